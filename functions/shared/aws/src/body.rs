//! A record in an item, or beside it: what is too large goes to the bucket first, and the item
//! has its key and hash.

use casework::ports::StoreError;
use casework::scan::ScanId;

use crate::item::{Item, text, text_of, with};
use crate::objects::Objects;

/// Longest record in an item. A hundred of them fit into one transaction (4 MB), and one of them
/// into an item (400 KB) with all else it has.
pub(crate) const INLINE_BYTES_MAX: usize = 32 << 10;

/// The record itself.
pub(crate) const JSON: &str = "json";
/// The key of the object that is the record.
const OBJECT: &str = "object";
/// The sha256 of that object.
const SHA256: &str = "sha256";

/// Where a record is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Body {
    Inline(String),
    Object { key: String, sha256: String },
}

impl Body {
    /// Keeps a record: in its item up to this many bytes, as an object under `folder` beyond.
    /// An object of a write that then fails belongs to nobody and is in nobody's way.
    pub(crate) async fn keep(
        objects: &Objects,
        folder: &str,
        record: String,
        inline_bytes_max: usize,
    ) -> Result<Self, StoreError> {
        if record.len() <= inline_bytes_max {
            return Ok(Self::Inline(record));
        }
        let sha256 = sha256(record.as_bytes());
        let key = format!("{folder}/{sha256}");
        objects
            .put_once(&objects.records, &key, record.into_bytes())
            .await?;
        Ok(Self::Object { key, sha256 })
    }

    /// The item that says where it is.
    pub(crate) fn onto(self, item: Item) -> Item {
        match self {
            Self::Inline(record) => with(item, [(JSON, text(record))]),
            Self::Object { key, sha256 } => {
                with(item, [(OBJECT, text(key)), (SHA256, text(sha256))])
            }
        }
    }

    /// Where the record of an item is.
    pub(crate) fn of(item: &Item) -> Result<Self, StoreError> {
        if let Some(record) = item.get(JSON).and_then(|value| value.as_s().ok()) {
            return Ok(Self::Inline(record.clone()));
        }
        Ok(Self::Object {
            key: text_of(item, OBJECT)?.to_owned(),
            sha256: text_of(item, SHA256)?.to_owned(),
        })
    }

    /// The record.
    pub(crate) async fn record(self, objects: &Objects) -> Result<String, StoreError> {
        let (key, hash) = match self {
            Self::Inline(record) => return Ok(record),
            Self::Object { key, sha256 } => (key, sha256),
        };
        let wrong = |what| {
            StoreError::Permanent(format!("object {key} {what}: restore an earlier version"))
        };
        let found = objects.bytes(&objects.records, &key).await?;
        let bytes = found.ok_or_else(|| wrong("is not there"))?;
        if sha256(&bytes) != hash {
            return Err(wrong("has changed since it was put"));
        }
        String::from_utf8(bytes).map_err(|_| wrong("is no text"))
    }
}

fn sha256(bytes: &[u8]) -> String {
    ScanId::of(bytes).into()
}
