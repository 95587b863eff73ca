//! Which ways a notice goes, and who has it already while it still goes another.
//!
//! The applicant is told by one message: a mail where there is an address, else a short text. A
//! ministry's system, where one is named, is told of what happens to cases beside.

use serde::{Deserialize, Serialize};

use super::{NoticeEnd, NoticeKind, Undelivered};

/// A way to the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By e-mail.
    Mail,
    /// By SMS.
    Text,
}

impl Way {
    /// The way to an applicant who can be reached in these: one, and the first of them. A private link
    /// goes by mail alone, for it is a key, and texts are read by whoever holds the telephone.
    pub fn to_applicant(kind: NoticeKind, open: &[Self]) -> Option<Self> {
        let ways: &[Self] = match kind {
            NoticeKind::PrivateLink => &[Self::Mail],
            NoticeKind::Received
            | NoticeKind::DocumentsAwaited
            | NoticeKind::BetterCopyAwaited
            | NoticeKind::OtherSideAwaited
            | NoticeKind::ApplicantAwaited
            | NoticeKind::Registered
            | NoticeKind::Refused
            | NoticeKind::AppealReceived
            | NoticeKind::AppealHandedOn
            | NoticeKind::StruckOff => &[Self::Mail, Self::Text],
        };
        ways.iter().copied().find(|way| open.contains(way))
    }
}

/// Who has a notice that has not ended yet, so that nobody gets it again because another has not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// How telling the applicant ended, once it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant: Option<NoticeEnd>,
    /// Whether the ministry's system has taken it.
    #[serde(default)]
    pub ministry: bool,
}

impl Told {
    /// Whether nobody was told.
    pub fn is_nobody(&self) -> bool {
        *self == Self::default()
    }

    /// How the notice ends: as telling the applicant did, once everyone it goes to has it.
    pub fn end(&self, goes_to_ministry: bool) -> Option<NoticeEnd> {
        (self.ministry || !goes_to_ministry)
            .then(|| self.applicant.clone())
            .flatten()
    }

    /// How it ends where the case went on before all had it: the later notice goes to all again.
    pub fn overtaken(&self) -> NoticeEnd {
        self.applicant.clone().unwrap_or(NoticeEnd::Overtaken)
    }

    /// How it ends where it was tried often enough.
    pub fn given_up(&self) -> NoticeEnd {
        let why = match (&self.applicant, self.ministry) {
            (Some(NoticeEnd::Sent), false) => Undelivered::SystemGaveUp,
            (Some(end), _) => return end.clone(),
            (None, _) => Undelivered::GaveUp,
        };
        NoticeEnd::Undelivered { why }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_applicant_is_told_once_by_mail_or_else_by_text() {
        use Way::{Mail, Text};
        for kind in NoticeKind::ALL {
            let by_text = (kind != NoticeKind::PrivateLink).then_some(Text);
            for (open, way) in [
                (&[][..], None),
                (&[Mail], Some(Mail)),
                (&[Text], by_text),
                (&[Mail, Text], Some(Mail)),
                (&[Text, Mail], Some(Mail)),
            ] {
                assert_eq!(Way::to_applicant(kind, open), way, "{kind:?} {open:?}");
            }
        }
    }

    #[test]
    fn a_notice_ends_when_everyone_it_goes_to_has_it() {
        let undelivered = |why| NoticeEnd::Undelivered { why };
        let sent = Some(NoticeEnd::Sent);
        let nobody = Some(undelivered(Undelivered::NoAddress));
        let (gave_up, system) = (
            undelivered(Undelivered::GaveUp),
            undelivered(Undelivered::SystemGaveUp),
        );
        let overtaken = NoticeEnd::Overtaken;
        // Who has it; its end where it goes to the applicant alone, and to the ministry's system too;
        // when the case went on; when it was tried often enough.
        for (applicant, ministry, alone, both, went_on, at_last) in [
            (&None, false, &None, &None, &overtaken, &gave_up),
            (&None, true, &None, &None, &overtaken, &gave_up),
            (&sent, false, &sent, &None, &NoticeEnd::Sent, &system),
            (
                &sent,
                true,
                &sent,
                &sent,
                &NoticeEnd::Sent,
                &NoticeEnd::Sent,
            ),
            (
                &nobody,
                false,
                &nobody,
                &None,
                &undelivered(Undelivered::NoAddress),
                &undelivered(Undelivered::NoAddress),
            ),
            (
                &nobody,
                true,
                &nobody,
                &nobody,
                &undelivered(Undelivered::NoAddress),
                &undelivered(Undelivered::NoAddress),
            ),
        ] {
            let applicant = applicant.clone();
            let told = Told {
                applicant,
                ministry,
            };
            assert_eq!(&told.end(false), alone, "{told:?}");
            assert_eq!(&told.end(true), both, "{told:?}");
            assert_eq!(&told.overtaken(), went_on, "{told:?}");
            assert_eq!(&told.given_up(), at_last, "{told:?}");
        }
    }

    #[test]
    fn who_was_told_is_read_back_as_it_is_written() {
        for told in [
            Told::default(),
            Told {
                applicant: Some(NoticeEnd::Sent),
                ministry: false,
            },
            Told {
                applicant: None,
                ministry: true,
            },
        ] {
            let text = serde_json::to_string(&told).unwrap();
            assert_eq!(serde_json::from_str::<Told>(&text).unwrap(), told, "{text}");
        }
        assert!(Told::default().is_nobody());
    }
}
