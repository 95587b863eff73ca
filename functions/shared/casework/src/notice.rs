//! A notice: what the applicant is told, once per case and version.

use serde::{Deserialize, Serialize};

use crate::case::CaseId;

/// One message to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The case it is about.
    pub case: CaseId,
    /// The version of the case that caused it; with the case, its identity.
    pub version: u64,
    /// What it says.
    pub kind: NoticeKind,
}

/// What a notice says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The application arrived and when it will be decided.
    Received,
    /// A document is missing.
    DocumentsAwaited,
    /// A better copy is needed.
    BetterCopyAwaited,
    /// The other side of the card is needed.
    OtherSideAwaited,
    /// The card waits for the applicant.
    ApplicantAwaited,
    /// Registered.
    Registered,
    /// Refused.
    Refused,
    /// Struck off.
    StruckOff,
}
