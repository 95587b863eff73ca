//! The papers there are, which of them a case supports as it stands, and the printing of one.

use std::fmt;

use casework::case::{Case, CaseKind, Recorded, Status};
use casework::mission::Missions;
use casework::words::{Language, Words};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::IssueError;
use crate::compose::compose;
use crate::matter::Matter;
use crate::payload::payload;
use crate::press::{About, press};
use crate::seal::Seal;
use crate::sheet::lay_out;
use crate::template::Template;

/// The kinds of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// The insert to the passport: permanent registration.
    PassportInsert,
    /// The notification of temporary registration.
    Notification,
    /// The certificate of registration, on request.
    Certificate,
    /// The reasoned refusal.
    Refusal,
    /// The request for a better copy.
    BetterCopy,
    /// The acceptance slip: reference and due date.
    AcceptanceSlip,
}

impl PaperKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::PassportInsert,
        Self::Notification,
        Self::Certificate,
        Self::Refusal,
        Self::BetterCopy,
        Self::AcceptanceSlip,
    ];

    /// As written on the command line, in addresses, in file names and in keys of words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PassportInsert => "passport-insert",
            Self::Notification => "notification",
            Self::Certificate => "certificate",
            Self::Refusal => "refusal",
            Self::BetterCopy => "better-copy",
            Self::AcceptanceSlip => "acceptance-slip",
        }
    }

    /// The kind written so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Its number in a payload; never given to another kind.
    pub const fn code(self) -> u8 {
        match self {
            Self::PassportInsert => 1,
            Self::Notification => 2,
            Self::Certificate => 3,
            Self::Refusal => 4,
            Self::BetterCopy => 5,
            Self::AcceptanceSlip => 6,
        }
    }

    pub(crate) fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it says that someone is registered, and so must name them.
    pub(crate) const fn registers(self) -> bool {
        match self {
            Self::PassportInsert | Self::Notification | Self::Certificate => true,
            Self::Refusal | Self::BetterCopy | Self::AcceptanceSlip => false,
        }
    }
}

/// Which paper is wanted, and how.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// Which.
    pub kind: PaperKind,
    /// English too, below Kazakh and Russian.
    pub with_english: bool,
    /// The day, by the mission's clock; only a certificate bears it, the others the day they rest on.
    pub today: Date,
}

impl Order {
    /// The languages on the page, the State's first.
    pub(crate) const fn languages(self) -> &'static [Language] {
        if self.with_english {
            &Language::ALL
        } else {
            &[Language::Kk, Language::Ru]
        }
    }
}

/// A printed paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// A name for its file: kind and reference.
    pub file_name: String,
    /// PDF/A-2a and PDF/UA-1.
    pub pdf: Vec<u8>,
    /// What its code says.
    pub payload: String,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper")
            .field("kind", &self.kind)
            .field("pdf_bytes", &self.pdf.len())
            .finish_non_exhaustive()
    }
}

/// The papers that a case supports as it stands.
pub fn standing(case: &Case) -> Vec<PaperKind> {
    match case.status() {
        Status::Registered | Status::CertificateRequested => {
            let result = match case.manifest.kind {
                CaseKind::Permanent => PaperKind::PassportInsert,
                CaseKind::Temporary => PaperKind::Notification,
            };
            vec![result, PaperKind::Certificate]
        }
        Status::Refused | Status::Appealed | Status::WithSuperior => vec![PaperKind::Refusal],
        Status::Withdrawn | Status::StruckOff | Status::Joined => Vec::new(),
        Status::Reading
        | Status::AwaitingBetterCopy
        | Status::AwaitingOtherSide
        | Status::AwaitingDocuments
        | Status::AwaitingApplicant
        | Status::AwaitingOfficer
        | Status::AwaitingSecondOfficer => {
            let asked = !case.better_copies_asked.is_empty();
            let copies = asked.then_some(PaperKind::BetterCopy);
            copies
                .into_iter()
                .chain([PaperKind::AcceptanceSlip])
                .collect()
        }
    }
}

/// Prints one paper of the case that these events make.
///
/// # Errors
/// [`IssueError`] where the case does not stand as the paper would say, or the paper cannot be printed.
pub fn print(
    case: &Case,
    timeline: &[Recorded],
    order: Order,
    missions: &Missions,
    seal: &Seal,
) -> Result<Paper, IssueError> {
    let kind = order.kind;
    if !standing(case).contains(&kind) {
        let status = case.status();
        return Err(IssueError::NotStanding { kind, status });
    }
    let matter = Matter::of(case, timeline, order, missions)?;
    let template = Template::of(kind, matter.on);
    let payload = payload(&matter.attested()?, seal).ok_or(IssueError::TooLong)?;
    let key = seal.public().id().to_string();
    let blocks = compose(&matter, template, order.languages(), &payload, &key)?;
    let laid_out = lay_out(&blocks, template.page)?;
    let words = Words::of(Language::Kk);
    let about = About {
        title: &words.say(&template.title),
        language: words.language.code(),
        author: &words.say("paper-ministry"),
        at: matter.rests_on.at.to_zoned(TimeZone::UTC).datetime(),
        identity: &payload,
    };
    let pdf = press(&laid_out, &about).map_err(IssueError::Press)?;
    Ok(Paper {
        kind,
        file_name: format!("{}-{}.pdf", kind.as_str(), case.id),
        pdf,
        payload,
    })
}
