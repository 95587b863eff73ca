//! A finding: what a rule noticed, for a person to look at. A rule finds, an officer decides.

use serde::{Deserialize, Serialize};

use crate::document::Certainty;
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
