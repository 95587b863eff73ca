//! The request that is signed: one text for one application, byte for byte.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Application;
use crate::case::{CaseId, CaseKind, MissionCode};
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::ScanId;

/// What is asked for, in the order in which it is written: the keys of the card are sorted.
#[derive(Debug, Serialize)]
pub struct Request<'a> {
    /// What it is a request for.
    #[serde(rename = "request")]
    purpose: &'static str,
    reference: &'a CaseId,
    kind: CaseKind,
    mission: &'a MissionCode,
    consent: Date,
    card: &'a BTreeMap<FieldName, Personal<String>>,
    /// The sha256 of every paper, in the order in which they were asked for.
    papers: Vec<ScanId>,
}

impl Application {
    /// The canonical bytes of the request: JSON in UTF-8, without space between its parts. None
    /// until the card was confirmed as a whole.
    pub fn request(&self) -> Option<Vec<u8>> {
        let request = Request {
            purpose: "consular registration",
            reference: &self.reference,
            kind: self.kind,
            mission: &self.mission,
            consent: self.consent.version,
            card: &self.confirmed.as_ref()?.entries,
            papers: self.scans().into_iter().map(|pages| pages.scan).collect(),
        };
        serde_json::to_vec(&request).ok()
    }
}
