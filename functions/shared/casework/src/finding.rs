//! A finding: what a rule noticed, for a person to look at. A rule finds, an officer decides.

use serde::{Deserialize, Serialize};

use crate::card::schema::{EntryType, Schema, SchemaField};
use crate::document::{Certainty, Document};
use crate::personal::Personal;
use crate::reading::{Bounds, DocumentKind, FieldName};
use crate::scan::ScanId;

/// What a cross-check rule noticed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that found it.
    pub rule: Rule,
    /// What it does to the case.
    pub severity: Severity,
    /// The refusal ground it would support, if an officer so decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// The field it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
    /// Which sentence explains it: the key of a message, e.g. `r5-iin-differs`.
    pub reason: String,
    /// The values that were compared, with their places; one where a value is at odds with a rule.
    pub values: Vec<Witness>,
}

impl Finding {
    /// The entry of the card whose right value would settle it. None where no value does: a paper
    /// is missing or another's, consent or a better copy is the applicant's to give.
    pub fn settled_by(&self) -> Option<&'static SchemaField> {
        let of_value = match self.rule {
            Rule::R1
            | Rule::R2
            | Rule::R3
            | Rule::R5
            | Rule::R6
            | Rule::R7
            | Rule::R9
            | Rule::R12
            | Rule::R13 => true,
            Rule::R4
            | Rule::R8
            | Rule::R10
            | Rule::R11
            | Rule::R14
            | Rule::R15
            | Rule::R16
            | Rule::R17
            | Rule::R18 => false,
        };
        let name = self.field.as_ref().filter(|_| of_value)?;
        let field = Schema::current().field(name.as_str())?;
        (field.entry_type != EntryType::Consent).then_some(field)
    }
}

/// A value that took part in a finding, and where it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// The value compared.
    pub value: Personal<String>,
    /// Where it comes from.
    pub place: Place,
    /// How far it may be trusted; none for what a person typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// 0 to 1; none for what a person typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "in")]
pub enum Place {
    /// On a page of a scan.
    Document {
        /// The scan.
        scan: ScanId,
        /// The page, 1-based.
        page: u32,
        /// The kind of document.
        document: DocumentKind,
        /// Place on the page, pixels.
        bounds: Bounds,
    },
    /// In the card as the applicant declared it.
    DeclaredCard,
    /// Entered by an officer or a clerk.
    Correction,
    /// In the case itself: its kind, its mission, its date of receipt.
    Case,
}

impl Place {
    /// There on the page of this document.
    pub fn on(scan: &ScanId, document: &Document, bounds: Bounds) -> Self {
        Self::Document {
            scan: scan.clone(),
            page: document.page,
            document: document.kind,
            bounds,
        }
    }
}

/// The cross-check rules of the domain, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each is documented where it is implemented, in `crosscheck`"
)]
pub enum Rule {
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
    R16,
    R17,
    R18,
}

/// What a finding does to the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Blocks one-click approval.
    Hard,
    /// To be looked at.
    Warning,
    /// Something is asked of the applicant: a better copy, the other side.
    Ask,
}

/// The three grounds of refusal. Only an officer refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 1: the documents, or the data in them, are unreliable.
    Unreliable,
    /// 2: the applicant or the data does not meet the Rules.
    NonCompliant,
    /// 3: no consent to the processing of personal data.
    NoConsent,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_field_of_the_card_that_a_value_can_settle_is_settled_by_one() {
        for (rule, field, settled_by) in [
            (Rule::R5, Some("iin"), Some("iin")),
            (Rule::R12, Some("stay_until"), Some("stay_until")),
            (Rule::R8, Some("expiry_date"), None),
            (Rule::R9, Some("surname_latin"), None),
            (Rule::R10, Some("surname"), None),
            (Rule::R14, Some("consent"), None),
            (Rule::R5, None, None),
        ] {
            let finding = Finding {
                rule,
                severity: Severity::Hard,
                ground: None,
                field: field.map(FieldName::from_key),
                reason: "r5-iin-differs".into(),
                values: Vec::new(),
            };
            let found = finding.settled_by().map(|field| field.key.as_str());
            assert_eq!(found, settled_by, "{rule:?} {field:?}");
        }
    }
}
