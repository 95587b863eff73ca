//! A scan: one file that arrived, named by its content, and what became of it.

use std::collections::BTreeSet;

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

/// The name of bytes that come in pieces.
#[derive(Debug, Clone, Default)]
pub struct Naming(Sha256);

impl Naming {
    /// The next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The name of all pieces together.
    pub fn finish(self) -> ScanId {
        ScanId(hex(&self.0.finalize()))
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

impl ScanOutcome {
    /// The pages of the file that are in the case, where that is not all of them: the others are
    /// other people's, or blank, of one stack.
    pub fn some_pages(&self) -> Option<BTreeSet<u32>> {
        let Self::Read {
            pages,
            page_sizes,
            blank_pages,
            documents,
            ..
        } = self
        else {
            return None;
        };
        let printed = documents.iter().map(|document| document.page);
        let some = usize::try_from(*pages) != Ok(page_sizes.len());
        some.then(|| printed.chain(blank_pages.iter().copied()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_the_name_of_the_whole() {
        let mut naming = Naming::default();
        for piece in [&b"a s"[..], b"", b"can"] {
            naming.update(piece);
        }
        assert_eq!(naming.finish(), ScanId::of(b"a scan"));
    }

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
