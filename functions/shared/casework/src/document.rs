//! A document: its fields, each with the evidence for it.
//!
//! Here it is decided whether a value is proven. Nothing else in the project may
//! call a value verified.

mod authority;
mod confidence;
pub mod evidence;
mod form;
mod letters;
mod nationality;
pub mod normal;
mod order;
mod seen;
mod street;
#[cfg(test)]
mod tests;
mod verdict;
mod weigh;
mod zone;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::mrz::CheckDigit;
use crate::personal::Personal;
use crate::reading::{Bounds, DocumentKind, FieldName, FieldReading, Quality, Source};
pub use weigh::weigh;

/// One document on one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// The page it is on, 1-based.
    pub page: u32,
    /// As in [`crate::reading::Reading::corners`].
    pub corners: [[f32; 2]; 4],
    /// How well it can be seen.
    pub quality: Quality,
    /// The machine readable zone, where one was read.
    pub mrz: Option<DocumentMrz>,
    /// The values found. A field that was not found is absent.
    pub fields: BTreeMap<FieldName, Field>,
    /// As in [`crate::reading::Reading::by_hand`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_hand: BTreeMap<FieldName, Bounds>,
}

/// The machine readable zone with the verdict of each of its check digits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentMrz {
    /// `TD1`, `TD2`, `TD3`, `MRV-A` or `MRV-B`.
    pub format: String,
    /// The lines as read, or as they must be where the check digits leave no choice; what such a repair touched is no
    /// longer proven by them.
    pub lines: Vec<Personal<String>>,
    /// `document_number`, `birth_date`, `expiry_date`, `optional`, `composite` → verdict.
    pub check_digits: BTreeMap<String, CheckDigit>,
}

/// One value of a document and the evidence for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// As printed, upper case where printed so; dates `YYYY-MM-DD`, sex `M`/`F`, numbers without `№`.
    pub value: Personal<String>,
    /// How far it may be trusted.
    pub certainty: Certainty,
    /// What proves it; present exactly when `certainty` is verified (`mrz`, `mrz+print`, `qr+print` …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// The share of such values that are right, 0 to 1.
    pub confidence: f32,
    /// Where the shown value was read.
    pub source: Source,
    /// Its place on the page.
    pub bounds: Bounds,
    /// The text before normalisation.
    pub raw: Personal<String>,
    /// Every reading it rests on.
    pub readings: Vec<Opinion>,
}

/// One reading and what it says in the field's one form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// Its value; dates `YYYY-MM-DD` and so on.
    pub value: Personal<String>,
    /// Whether the text has that form: a day that exists, twelve digits. Else it says nothing one could compare.
    pub well_formed: bool,
    /// The reading itself.
    #[serde(flatten)]
    pub reading: FieldReading,
}

/// How far a value may be trusted (the contract of `tirkeu read`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// To be looked at.
    Doubtful,
    /// Read, with a measured confidence.
    Read,
    /// Proven.
    Verified,
}
