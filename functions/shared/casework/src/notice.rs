//! A notice: what the applicant is told, once per case and version; and how far telling it came.
//!
//! Never here: the words ([`crate::words`]), an address, a clock.

mod ways;

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::case::{CaseId, MissionCode, Status};
use crate::personal::Personal;
use crate::words::Language;

pub use ways::{Told, Way};

/// One message to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The case it is about, or the application that it may become.
    pub case: CaseId,
    /// The version of the case that caused it, 0 before there is one; with the case, its identity.
    pub version: u64,
    /// What it says.
    pub kind: NoticeKind,
}

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// An application was begun: the private link that leads back to it. No case's.
    PrivateLink,
    /// The application arrived and when it will be decided.
    Received,
    /// A document is missing.
    DocumentsAwaited,
    /// A better copy is needed.
    BetterCopyAwaited,
    /// The other side of the card is needed.
    OtherSideAwaited,
    /// The papers were read; the card waits for the applicant.
    ApplicantAwaited,
    /// Registered.
    Registered,
    /// Refused.
    Refused,
    /// A complaint against the refusal came.
    AppealReceived,
    /// It was handed on to the mission's superior.
    AppealHandedOn,
    /// Struck off.
    StruckOff,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::PrivateLink,
        Self::Received,
        Self::DocumentsAwaited,
        Self::BetterCopyAwaited,
        Self::OtherSideAwaited,
        Self::ApplicantAwaited,
        Self::Registered,
        Self::Refused,
        Self::AppealReceived,
        Self::AppealHandedOn,
        Self::StruckOff,
    ];

    /// What the applicant is told of a case that comes to stand so; nothing while scans are
    /// still being read, while officers are at it, or where they ended it themselves.
    pub const fn of(status: Status) -> Option<Self> {
        Some(match status {
            Status::Reading
            | Status::AwaitingSecondOfficer
            | Status::Withdrawn
            | Status::Joined => return None,
            Status::AwaitingBetterCopy => Self::BetterCopyAwaited,
            Status::AwaitingOtherSide => Self::OtherSideAwaited,
            Status::AwaitingDocuments => Self::DocumentsAwaited,
            Status::AwaitingApplicant => Self::ApplicantAwaited,
            Status::AwaitingOfficer => Self::Received,
            Status::Registered | Status::CertificateRequested => Self::Registered,
            Status::Refused => Self::Refused,
            Status::Appealed => Self::AppealReceived,
            Status::WithSuperior => Self::AppealHandedOn,
            Status::StruckOff => Self::StruckOff,
        })
    }

    /// Its name in kebab case, within the keys of its sentences.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PrivateLink => "private-link",
            Self::Received => "received",
            Self::DocumentsAwaited => "documents-awaited",
            Self::BetterCopyAwaited => "better-copy-awaited",
            Self::OtherSideAwaited => "other-side-awaited",
            Self::ApplicantAwaited => "applicant-awaited",
            Self::Registered => "registered",
            Self::Refused => "refused",
            Self::AppealReceived => "appeal-received",
            Self::AppealHandedOn => "appeal-handed-on",
            Self::StruckOff => "struck-off",
        }
    }
}

/// The identity of a notice in the outbox, and of the message that carries it: `7F3K-9Q2M-4B1T.3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId {
    /// The case.
    pub case: CaseId,
    /// Its version.
    pub version: u64,
}

/// The text is not the identity of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a notice's identity is a case reference, a full stop and a number")]
pub struct NotANoticeId;

impl Notice {
    /// The one that carries the private link of an application: before every version of its case.
    pub const fn of_application(reference: CaseId) -> Self {
        Self {
            case: reference,
            version: 0,
            kind: NoticeKind::PrivateLink,
        }
    }

    /// Its identity.
    pub fn id(&self) -> NoticeId {
        NoticeId {
            case: self.case.clone(),
            version: self.version,
        }
    }
}

impl std::fmt::Display for NoticeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.case, self.version)
    }
}

impl FromStr for NoticeId {
    type Err = NotANoticeId;

    fn from_str(text: &str) -> Result<Self, NotANoticeId> {
        let (case, version) = text.split_once('.').ok_or(NotANoticeId)?;
        Ok(Self {
            case: case.to_owned().try_into().map_err(|_| NotANoticeId)?,
            version: version.parse().map_err(|_| NotANoticeId)?,
        })
    }
}

/// A notice in the outbox, and how far it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The notice.
    pub notice: Notice,
    /// How often sending it was begun.
    pub tries: u32,
    /// When it may be tried next; nothing where it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// Who has it already, while it has yet to go to another.
    #[serde(default, skip_serializing_if = "Told::is_nobody")]
    pub told: Told,
    /// How it ended, once it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
}

impl Posted {
    /// Whether it may be tried at this time.
    pub fn is_due(&self, at: Timestamp) -> bool {
        self.settled.is_none() && self.next_at.is_none_or(|next| next <= at)
    }
}

/// How a notice ended, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// When.
    pub at: Timestamp,
    /// How.
    #[serde(flatten)]
    pub end: NoticeEnd,
}

impl Settled {
    /// Whether this may take the place of what was known: the first end stands, but what was
    /// sent may still come back.
    pub fn replaces(&self, known: Option<&Self>) -> bool {
        match known.map(|settled| &settled.end) {
            None => true,
            Some(NoticeEnd::Sent) => matches!(self.end, NoticeEnd::Undelivered { .. }),
            Some(NoticeEnd::Overtaken | NoticeEnd::Undelivered { .. }) => false,
        }
    }
}

/// How a notice ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "end")]
pub enum NoticeEnd {
    /// Handed over for delivery, to everyone it goes to.
    Sent,
    /// The case went on before it was sent: a later notice says what holds.
    Overtaken,
    /// It did not reach someone it goes to: tell them another way.
    Undelivered {
        /// Why not.
        why: Undelivered,
    },
}

/// Why a notice did not reach someone it goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undelivered {
    /// The card has no e-mail address, nor a telephone number, that is certain enough to write to.
    NoAddress,
    /// The receiving side refused it for good, with this code, like `550 5.1.1`.
    Refused(String),
    /// It was never taken, however often it was tried.
    GaveUp,
    /// The applicant was told; the ministry's system never took it, however often it was tried.
    SystemGaveUp,
}

impl Undelivered {
    /// The key of its sentence.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoAddress => "undelivered-no-address",
            Self::Refused(_) => "undelivered-refused",
            Self::GaveUp => "undelivered-gave-up",
            Self::SystemGaveUp => "undelivered-system-gave-up",
        }
    }
}

/// Tries before a notice is given up: after about four days, as mail servers do (RFC 5321 §4.5.4.1).
pub const TRIES_MAX: u32 = 14;
/// The wait after the first try. Longer than any sender may take: until it is over, the try
/// that was begun has the notice to itself.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// The longest wait between two tries.
const WAIT_MAX: SignedDuration = SignedDuration::from_hours(12);

/// When a notice may be tried again after its `tries`th try was begun at `at`: the waits double
/// from five minutes to twelve hours.
pub fn next_try(tries: u32, at: Timestamp) -> Timestamp {
    let doublings = tries.saturating_sub(1).min(16);
    let wait = FIRST_WAIT.saturating_mul(1 << doublings).min(WAIT_MAX);
    at.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

/// A message to a person: the words of a notice, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The notice it carries; the message's own identity wherever it goes.
    pub id: NoticeId,
    /// The applicant's e-mail address.
    pub to: Personal<String>,
    /// The languages it is in, in their order.
    pub languages: Vec<Language>,
    /// Its subject: the reference and what it is about, nothing of a person.
    pub subject: String,
    /// Its text.
    pub text: Personal<String>,
    /// The same as a page, without pictures or scripts.
    pub html: Personal<String>,
    /// The printed papers that go with it.
    pub papers: Vec<Enclosed>,
}

/// A short message to a person's telephone: at most two SMS, nothing of a person but whose case it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The notice it carries.
    pub id: NoticeId,
    /// The applicant's telephone number as networks take it (E.164): a plus sign and digits.
    pub to: Personal<String>,
    /// What it says, on one line.
    pub text: String,
}

/// What a ministry's system is told of a notice: what happened to which case, nothing of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The notice; by it the receiver knows one that came twice.
    pub id: NoticeId,
    /// What the applicant is told.
    pub kind: NoticeKind,
    /// The mission that has the case.
    pub mission: MissionCode,
    /// When the case came to stand so.
    pub at: Timestamp,
}

/// A printed paper that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its file's name: kind and reference, nothing of a person.
    pub name: String,
    /// The PDF.
    pub pdf: Personal<Vec<u8>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn waits_double_up_to_half_a_day() {
        let began = at("2026-10-23T09:00:00Z");
        for (tries, next) in [
            (0, "2026-10-23T09:05:00Z"),
            (1, "2026-10-23T09:05:00Z"),
            (2, "2026-10-23T09:10:00Z"),
            (8, "2026-10-23T19:40:00Z"),
            (9, "2026-10-23T21:00:00Z"),
            (TRIES_MAX, "2026-10-23T21:00:00Z"),
            (u32::MAX, "2026-10-23T21:00:00Z"),
        ] {
            assert_eq!(next_try(tries, began), at(next), "{tries}");
        }
        assert_eq!(next_try(1, Timestamp::MAX), Timestamp::MAX);
        let whole = (1..TRIES_MAX).fold(began, |at, tries| next_try(tries, at));
        let hours = whole.duration_since(began).as_hours();
        assert!((72..120).contains(&hours), "gives up after {hours} h");
    }

    #[test]
    fn the_first_end_stands_but_what_was_sent_may_come_back() {
        let settled = |end| Settled {
            at: at("2026-10-23T09:00:00Z"),
            end,
        };
        let refused = NoticeEnd::Undelivered {
            why: Undelivered::Refused("550 5.1.1".to_owned()),
        };
        let (sent, overtaken) = (NoticeEnd::Sent, NoticeEnd::Overtaken);
        for (known, new, replaces) in [
            (None, sent.clone(), true),
            (None, overtaken.clone(), true),
            (Some(sent.clone()), refused.clone(), true),
            (Some(sent.clone()), sent.clone(), false),
            (Some(sent.clone()), overtaken.clone(), false),
            (Some(refused.clone()), sent.clone(), false),
            (Some(overtaken), refused, false),
        ] {
            let known = known.map(settled);
            assert_eq!(
                settled(new.clone()).replaces(known.as_ref()),
                replaces,
                "{known:?} {new:?}"
            );
        }
    }

    #[test]
    fn an_identity_is_read_back_as_it_is_written() {
        let id = NoticeId {
            case: CaseId::try_from("0000-0000-0000".to_owned()).unwrap(),
            version: 12,
        };
        assert_eq!(id.to_string(), "0000-0000-0000.12");
        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in ["", "0000-0000-0000", "0000-0000-0001.1", "0000-0000-0000.x"] {
            assert_eq!(wrong.parse::<NoticeId>(), Err(NotANoticeId), "{wrong}");
        }
    }
}
