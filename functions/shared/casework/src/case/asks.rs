//! What is asked of the applicant while the case waits for them: which document, and why.

use super::{Case, FiledScan, Status};
use crate::document::Document;
use crate::finding::{Place, Rule, Severity};
use crate::reading::DocumentKind;
use crate::scan::{ScanId, ScanOutcome};
use crate::words::key_of;

/// One thing that the applicant can mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// On which document, where that is known.
    pub document: Option<DocumentKind>,
    /// The key of the sentence that says what is wrong and what to do.
    pub why: String,
}

impl Case {
    /// What its status asks of the applicant, each thing once; nothing where it waits for
    /// somebody else or has ended.
    pub fn asks_of_applicant(&self) -> Vec<Ask> {
        let mut asks = match self.status_told() {
            Status::AwaitingBetterCopy => self.better_copies(),
            Status::AwaitingOtherSide => self.found(Rule::R18),
            Status::AwaitingDocuments => self.missing_documents(),
            Status::AwaitingApplicant => self.missing_declaration(),
            Status::Reading
            | Status::AwaitingOfficer
            | Status::AwaitingSecondOfficer
            | Status::Registered
            | Status::CertificateRequested
            | Status::Refused
            | Status::Appealed
            | Status::WithSuperior
            | Status::Withdrawn
            | Status::StruckOff
            | Status::Joined => Vec::new(),
        };
        let mut seen: Vec<Ask> = Vec::new();
        asks.retain(|ask| !seen.contains(ask) && (seen.push(ask.clone()), true).1);
        asks
    }

    fn better_copies(&self) -> Vec<Ask> {
        let asked = self.better_copies_asked.iter().map(|copy| Ask {
            document: self.document_on(&copy.scan),
            why: format!("quality-{}", key_of(copy.code.code())),
        });
        let mut asks: Vec<Ask> = asked.chain(self.found(Rule::R4)).collect();
        if asks.is_empty() {
            let unread = self.scans.iter().filter(|filed| filed.is_unreadable());
            asks.extend(unread.map(Ask::unreadable));
        }
        asks
    }

    fn missing_documents(&self) -> Vec<Ask> {
        let identity = (!self.has_identity_document()).then(|| Ask::of("ask-identity-document"));
        let permit = self.findings.iter();
        let permit = permit.filter(|finding| finding.reason == "r10-permit-missing");
        identity
            .into_iter()
            .chain(permit.map(|finding| Ask::of(&finding.reason)))
            .collect()
    }

    fn missing_declaration(&self) -> Vec<Ask> {
        let card = self.declared_card_is_missing();
        let card = card.then(|| Ask::of("ask-registration-card"));
        let consent = self.consent_lacking();
        card.into_iter()
            .chain(consent.map(|finding| Ask::of(&finding.reason)))
            .collect()
    }

    /// What this rule asks, with the document it found it on.
    fn found(&self, rule: Rule) -> Vec<Ask> {
        let asked = |f: &&crate::finding::Finding| f.rule == rule && f.severity == Severity::Ask;
        let findings = self.findings.iter().filter(asked);
        findings
            .map(|finding| Ask {
                document: finding.values.iter().find_map(|value| match &value.place {
                    Place::Document { document, .. } => Some(*document),
                    Place::DeclaredCard | Place::Correction | Place::Case => None,
                }),
                why: finding.reason.clone(),
            })
            .collect()
    }

    /// The document on this scan, where it is one that is known.
    fn document_on(&self, scan: &ScanId) -> Option<DocumentKind> {
        let mut on_scan = self.documents().filter(|(on, _)| *on == scan);
        on_scan.find_map(|(_, document)| document.known_kind())
    }
}

impl Document {
    fn known_kind(&self) -> Option<DocumentKind> {
        (self.kind != DocumentKind::Unknown).then_some(self.kind)
    }
}

impl Ask {
    fn of(why: &str) -> Self {
        Self {
            document: None,
            why: why.to_owned(),
        }
    }

    fn unreadable(filed: &FiledScan) -> Self {
        Self::of(&match &filed.outcome {
            ScanOutcome::Refused { code, .. } => format!("refusal-{}", key_of(code.code())),
            ScanOutcome::Read { .. } => "quality-unrecognised".to_owned(),
        })
    }
}
