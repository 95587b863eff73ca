//! Ground truth: what an image shows, in the words of the reading contract.

use std::collections::BTreeMap;

use casework::reading::DocumentKind;
use serde::{Deserialize, Serialize};

/// One document on one page of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentTruth {
    /// The file it is in, relative to the truth's folder.
    pub file: String,
    /// What it is.
    pub kind: DocumentKind,
    /// The page it is on, 1-based.
    pub page: u32,
    /// Top left, top right, bottom right, bottom left of the document as one reads it, in
    /// pixels of the page (EXIF orientation applied).
    pub corners: [[f32; 2]; 4],
    /// The lines of its machine readable zone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mrz: Vec<String>,
    /// Values by field name, in the contract's form.
    pub fields: BTreeMap<String, String>,
    /// Where each value stands: left, top, width, height of the upright box around it, pixels.
    pub bounds: BTreeMap<String, [f32; 4]>,
}

/// What a folder of samples shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Every document on every page.
    pub documents: Vec<DocumentTruth>,
    /// What becomes of the case; absent in sets for measuring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// What becomes of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Status after everything was read.
    pub status: String,
    /// Exactly the findings to be expected.
    pub findings: Vec<ExpectedFinding>,
    /// The day the term ends.
    pub due: jiff::civil::Date,
}

/// One finding to be expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedFinding {
    /// `R1` to `R18`.
    pub rule: String,
    /// `hard`, `warning` or `ask`.
    pub severity: String,
    /// The fields it concerns.
    pub fields: Vec<String>,
}
