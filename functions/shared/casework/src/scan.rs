//! A scan: one file that arrived, named by its content, and what became of it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::finding_code::{FileFinding, RefusalCode};

/// The sha256 of a file's bytes, 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScanId(String);

impl ScanId {
    /// The name of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(hex(&Sha256::digest(bytes)))
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scan is named by 64 lower-case hexadecimal digits (its sha256)")]
pub struct NotAScanId;

impl TryFrom<String> for ScanId {
    type Error = NotAScanId;

    fn try_from(text: String) -> Result<Self, NotAScanId> {
        let proper =
            text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if proper {
            Ok(Self(text))
        } else {
            Err(NotAScanId)
        }
    }
}

impl From<ScanId> for String {
    fn from(id: ScanId) -> Self {
        id.0
    }
}

impl std::fmt::Display for ScanId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What became of a scan: its one terminal record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum ScanOutcome {
    /// It was taken and read.
    Read {
        /// Pages in the file.
        pages: u32,
        /// Width and height of each page of the file, pixels.
        page_sizes: Vec<[u32; 2]>,
        /// Pages without print, 1-based.
        blank_pages: Vec<u32>,
        /// The documents on the pages that belong to the case.
        documents: Vec<Document>,
        /// What is odd about the file.
        findings: Vec<FileFinding>,
    },
    /// It cannot be taken; the same bytes would be refused again.
    Refused {
        /// Why.
        code: RefusalCode,
        /// Whether it is locked away unopened.
        quarantined: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_named_by_its_sha256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(ScanId::of(b"").as_str(), empty);
        for (text, proper) in [
            (empty, true),
            (&empty[1..], false),
            (&empty.to_uppercase(), false),
            ("../../x", false),
        ] {
            assert_eq!(ScanId::try_from(text.to_owned()).is_ok(), proper, "{text}");
        }
    }
}
