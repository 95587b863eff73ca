//! The applicant's electronic signature (EDS, ЭЦП), as a case remembers it once it was verified.
//!
//! Never here: how a signature is verified; that is the crate `signature`'s.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::personal::Personal;
use crate::scan::ScanId;

/// A signature that was verified when it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectronicSignature {
    /// The twelve digits in the certificate.
    pub signer: Personal<String>,
    /// SHA-256 of the certificate, in hexadecimal.
    pub certificate_sha256: Personal<String>,
    /// When the signer says that they signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_at: Option<Timestamp>,
    /// When it came and was verified.
    pub verified_at: Timestamp,
    /// Whether somebody trustworthy said that the certificate was not revoked.
    pub revocation_known: bool,
    /// The bytes that were signed, kept beside the scans.
    pub content: ScanId,
    /// The CMS message, kept beside the scans.
    pub message: ScanId,
}
