//! Where a case stands: computed from it, never stored as a truth of its own.

use serde::{Deserialize, Serialize};

use super::state::{Case, End, FiledScan};
use crate::document::Document;
use crate::finding::{Finding, Rule, Severity};
use crate::finding_code::{QualityFinding, RefusalCode};
use crate::reading::DocumentKind;
use crate::scan::ScanOutcome;

/// What a case waits for, or how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Scans of its manifest are still to be read.
    Reading,
    /// A scan cannot be read well enough: a better copy is awaited.
    AwaitingBetterCopy,
    /// One side of the identity card is missing.
    AwaitingOtherSide,
    /// A document that this kind of case needs is missing.
    AwaitingDocuments,
    /// The card waits to be declared, or consent to be given.
    AwaitingApplicant,
    /// Everything is there: the officer decides.
    AwaitingOfficer,
    /// An officer proposed to refuse: a second one confirms it or sends it back.
    AwaitingSecondOfficer,
    /// The applicant is registered.
    Registered,
    /// The applicant is registered and asked for another certificate.
    CertificateRequested,
    /// The officer refused.
    Refused,
    /// The applicant complains of the refusal: the mission hands it on, or grants it.
    Appealed,
    /// The mission's superior considers the complaint.
    WithSuperior,
    /// The applicant withdrew.
    Withdrawn,
    /// The registration ended.
    StruckOff,
    /// It went on in another case.
    Joined,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 15] = [
        Self::Reading,
        Self::AwaitingBetterCopy,
        Self::AwaitingOtherSide,
        Self::AwaitingDocuments,
        Self::AwaitingApplicant,
        Self::AwaitingOfficer,
        Self::AwaitingSecondOfficer,
        Self::Registered,
        Self::CertificateRequested,
        Self::Refused,
        Self::Appealed,
        Self::WithSuperior,
        Self::Withdrawn,
        Self::StruckOff,
        Self::Joined,
    ];

    /// As written in records and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::AwaitingBetterCopy => "awaiting_better_copy",
            Self::AwaitingOtherSide => "awaiting_other_side",
            Self::AwaitingDocuments => "awaiting_documents",
            Self::AwaitingApplicant => "awaiting_applicant",
            Self::AwaitingOfficer => "awaiting_officer",
            Self::AwaitingSecondOfficer => "awaiting_second_officer",
            Self::Registered => "registered",
            Self::CertificateRequested => "certificate_requested",
            Self::Refused => "refused",
            Self::Appealed => "appealed",
            Self::WithSuperior => "with_superior",
            Self::Withdrawn => "withdrawn",
            Self::StruckOff => "struck_off",
            Self::Joined => "joined",
        }
    }

    /// Whether the case is decided or gone: nobody here has anything to do.
    pub const fn ended(self) -> bool {
        match self {
            Self::Reading
            | Self::AwaitingBetterCopy
            | Self::AwaitingOtherSide
            | Self::AwaitingDocuments
            | Self::AwaitingApplicant
            | Self::AwaitingOfficer
            | Self::AwaitingSecondOfficer
            | Self::Appealed => false,
            Self::Registered
            | Self::CertificateRequested
            | Self::Refused
            | Self::WithSuperior
            | Self::Withdrawn
            | Self::StruckOff
            | Self::Joined => true,
        }
    }

    /// Whether the person is in the register.
    pub const fn registered(self) -> bool {
        matches!(self, Self::Registered | Self::CertificateRequested)
    }

    /// Whether an officer is to decide.
    pub const fn waits_for_officer(self) -> bool {
        matches!(self, Self::AwaitingOfficer | Self::AwaitingSecondOfficer)
    }

    /// Whether the next step is the applicant's.
    pub const fn waits_for_applicant(self) -> bool {
        matches!(
            self,
            Self::AwaitingBetterCopy
                | Self::AwaitingOtherSide
                | Self::AwaitingDocuments
                | Self::AwaitingApplicant
        )
    }

    /// The status written so; none for a text that is no status.
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

impl Case {
    /// Where the case stands.
    pub fn status(&self) -> Status {
        let told = self.status_told();
        if told == Status::Registered && self.certificate_requested {
            Status::CertificateRequested
        } else if self.end.is_none() && self.refusal_awaiting().is_some() {
            Status::AwaitingSecondOfficer
        } else {
            told
        }
    }

    /// Where the case stands as its applicant is told: without what goes on among the officers.
    /// What the applicant can mend comes before what the officer decides.
    pub fn status_told(&self) -> Status {
        if let Some(end) = &self.end {
            return match end {
                End::Registered => Status::Registered,
                End::Refused { .. } => match &self.appeal {
                    None => Status::Refused,
                    Some(lodged) if lodged.handed_on_at.is_none() => Status::Appealed,
                    Some(_) => Status::WithSuperior,
                },
                End::Withdrawn => Status::Withdrawn,
                End::StruckOff { .. } => Status::StruckOff,
                End::Joined { .. } => Status::Joined,
            };
        }
        if self.scans_to_come().next().is_some() {
            Status::Reading
        } else if self.needs_better_copy() {
            Status::AwaitingBetterCopy
        } else if self.asks(Rule::R18) {
            Status::AwaitingOtherSide
        } else if self.lacks_documents() {
            Status::AwaitingDocuments
        } else if self.declared_card_is_missing() || self.consent_lacking().next().is_some() {
            Status::AwaitingApplicant
        } else {
            Status::AwaitingOfficer
        }
    }

    /// What its giver has yet to say of the consent; whether it was read for certain is the officer's to see.
    pub(super) fn consent_lacking(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.findings.iter();
        findings.filter(|f| f.rule == Rule::R14 && f.severity == Severity::Hard)
    }

    fn asks(&self, rule: Rule) -> bool {
        self.findings
            .iter()
            .any(|f| f.rule == rule && f.severity == Severity::Ask)
    }

    /// An officer asked for one, MRZ digits do not agree, or nothing could be made of a scan
    /// while a document is missing: a poor extra page beside whole papers stops nobody.
    fn needs_better_copy(&self) -> bool {
        !self.better_copies_asked.is_empty()
            || self.asks(Rule::R4)
            || (self.lacks_documents() && self.scans.iter().any(FiledScan::is_unreadable))
    }

    fn lacks_documents(&self) -> bool {
        !self.has_identity_document()
            || self
                .findings
                .iter()
                .any(|f| f.rule == Rule::R10 && f.reason == "r10-permit-missing")
    }

    pub(super) fn has_identity_document(&self) -> bool {
        self.documents().any(|(_, document)| match document.kind {
            DocumentKind::IdCardFront | DocumentKind::IdCardBack | DocumentKind::Passport => true,
            DocumentKind::ExitPermit | DocumentKind::RegistrationCard | DocumentKind::Unknown => {
                false
            }
        })
    }

    pub(super) fn declared_card_is_missing(&self) -> bool {
        self.declared.is_none()
            && !self
                .documents()
                .any(|(_, d)| d.kind == DocumentKind::RegistrationCard)
    }
}

impl FiledScan {
    /// Whether a document may be on it and nothing of it could be read.
    pub(super) fn is_unreadable(&self) -> bool {
        match &self.outcome {
            ScanOutcome::Refused { code, .. } => matches!(
                code,
                RefusalCode::Truncated | RefusalCode::UnreadableImage | RefusalCode::UnreadablePdf
            ),
            ScanOutcome::Read { documents, .. } => {
                let unread =
                    |d: &Document| d.quality.findings.contains(&QualityFinding::Unrecognised);
                !documents.is_empty() && documents.iter().all(unread)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_written_the_same_way_everywhere() {
        for status in Status::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
            assert_eq!(Status::from_code(status.as_str()), Some(status));
        }
        assert_eq!(Status::from_code("verified"), None);
    }
}
