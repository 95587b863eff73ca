//! An upload: an object that came into the inbox, and what became of it.
//!
//! It is claimed by an attempt, brings something to its batch, and has one end. Every step is a
//! value made here and written on condition of the step before ([`crate::ports::Uploads`]): of
//! two attempts at one upload, one goes on.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::case::CaseId;
use crate::personal::Personal;
use crate::scan::{ScanId, hex};

/// Attempts at one upload; an attempt that broke off at the last of them gives it up.
pub const ATTEMPTS_MAX: u32 = 3;

/// An object as the store that holds it answered, never as an event named it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Object {
    /// The bucket.
    pub bucket: String,
    /// Its key; a folder in it may be named after a person.
    pub key: Personal<String>,
    /// Its version, where the bucket keeps versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its entity tag.
    pub etag: String,
    /// Bytes.
    pub size_bytes: u64,
    /// When it was put.
    pub put_at: Timestamp,
}

impl Object {
    /// Bucket, key and version; entity tag and size where there are no versions.
    pub fn id(&self) -> UploadId {
        let Self { bucket, key, .. } = self;
        let which = match &self.version {
            Some(version) => serde_json::json!([bucket, key, version]),
            None => serde_json::json!([bucket, key, self.etag, self.size_bytes]),
        };
        UploadId(digest(&which))
    }

    /// The folder it lies in; an object in no folder is a batch of its own.
    pub fn batch(&self) -> BatchId {
        BatchId::of(&self.bucket, self.key.reveal())
    }

    /// Whether it lies in no folder.
    pub fn is_loose(&self) -> bool {
        !self.key.reveal().contains('/')
    }

    /// The last part of its key.
    pub fn name(&self) -> &str {
        let key = self.key.reveal();
        key.rsplit_once('/').map_or(key, |(_, name)| name)
    }
}

/// An object that came, with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The object.
    pub object: Object,
    /// Its bytes; none where they are too many to be looked at.
    pub bytes: Option<Vec<u8>>,
}

/// The name of an upload: 64 hexadecimal digits that tell nothing of its key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UploadId(String);

impl UploadId {
    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a batch: 64 hexadecimal digits that tell nothing of its folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(String);

impl BatchId {
    /// The batch that an object of this key belongs to.
    pub fn of(bucket: &str, key: &str) -> Self {
        let folder = key.rsplit_once('/').map_or(key, |(folder, _)| folder);
        let loose = !key.contains('/');
        Self(digest(&serde_json::json!([bucket, folder, loose])))
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn digest(what: &serde_json::Value) -> String {
    hex(&Sha256::digest(what.to_string().as_bytes()))
}

/// An upload and what became of it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// The object.
    pub object: Object,
    /// How many times this record was written.
    pub version: u64,
    /// Attempts so far.
    pub attempts: u32,
    /// When the first attempt began.
    pub came_at: Timestamp,
    /// The attempt that works on it, or did last.
    pub claim: Option<Claim>,
    /// What it brings to its batch, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brings: Option<Brings>,
    /// Its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<UploadEnd>,
}

/// An attempt's hold on an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The attempt's own name; no other attempt has it.
    pub attempt: String,
    /// Until when nobody else begins.
    pub until: Timestamp,
}

/// What an upload brings to its batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "brings")]
pub enum Brings {
    /// A scan, kept and looked at.
    Scan {
        /// The scan.
        scan: ScanId,
    },
    /// What is said of the case: a manifest that can be used, as it was written.
    Manifest {
        /// JSON.
        text: Personal<String>,
    },
    /// A declared card that can be used, as it was written.
    Card {
        /// JSON.
        text: Personal<String>,
    },
}

/// The end of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "end")]
pub enum UploadEnd {
    /// It is in these cases.
    InCases {
        /// By reference.
        cases: Vec<CaseId>,
    },
    /// It is no scan and says nothing of a case.
    PassedOver,
    /// It cannot be used; the same object would be refused again.
    Refused {
        /// Why.
        why: UploadRefusal,
        /// What exactly, for whoever put it there.
        problem: Personal<String>,
    },
}

/// Why an upload cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadRefusal {
    /// It is larger than anything that is read.
    TooLarge,
    /// What it says of a case, or the card it declares, cannot be used.
    NotUsable,
    /// It says another kind, channel or mission than the case was opened with.
    OpenedOtherwise,
    /// The case takes nothing more.
    CaseEnded,
    /// Every attempt at it broke off.
    GivenUp,
    /// It was taken away, or another put in its place, before it was looked at.
    Gone,
}

/// How an attempt to claim an upload ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// To be written, and then it is the attempt's.
    Mine(Upload),
    /// To be written, and then it is nobody's any more: all attempts are used up. The attempt
    /// says what becomes of it without touching it again.
    GivenUp(Upload),
    /// Another attempt works on it.
    Held,
    /// It has its end.
    Ended(UploadEnd),
}

impl Upload {
    /// An upload nobody has claimed yet.
    pub const fn new(object: Object, came_at: Timestamp) -> Self {
        Self {
            object,
            version: 0,
            attempts: 0,
            came_at,
            claim: None,
            brings: None,
            end: None,
        }
    }

    /// Claims it for an attempt. The same attempt may claim it again: the answer to its first
    /// claim was lost.
    pub fn claimed(mut self, attempt: &str, at: Timestamp, lease: SignedDuration) -> Claimed {
        if let Some(end) = self.end {
            return Claimed::Ended(end);
        }
        if let Some(claim) = &self.claim {
            if claim.attempt == attempt {
                return Claimed::Mine(self);
            }
            if at < claim.until {
                return Claimed::Held;
            }
        }
        self.version += 1;
        self.attempts += 1;
        self.claim = Some(Claim {
            attempt: attempt.to_owned(),
            until: at.saturating_add(lease).unwrap_or(Timestamp::MAX),
        });
        // What it brings is known: the rest is done as often as it takes.
        if self.attempts > ATTEMPTS_MAX && self.brings.is_none() {
            Claimed::GivenUp(self)
        } else {
            Claimed::Mine(self)
        }
    }

    /// The attempt lets go of it in good order, which does not count against it: only attempts
    /// that broke off do.
    #[must_use]
    pub fn released(mut self) -> Self {
        self.version += 1;
        self.attempts = self.attempts.saturating_sub(1);
        self.claim = None;
        self
    }

    /// What it brings is known.
    #[must_use]
    pub fn bringing(mut self, brings: Brings) -> Self {
        self.version += 1;
        self.brings = Some(brings);
        self
    }

    /// Its end.
    #[must_use]
    pub fn ended(mut self, end: UploadEnd) -> Self {
        self.version += 1;
        self.end = Some(end);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(key: &str, version: Option<&str>, etag: &str) -> Object {
        Object {
            bucket: "inbox".into(),
            key: key.into(),
            version: version.map(str::to_owned),
            etag: etag.into(),
            size_bytes: 3,
            put_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_upload_is_known_by_its_version_else_by_its_content() {
        let one = object("a/b.jpg", Some("1"), "x").id();
        assert_eq!(one, object("a/b.jpg", Some("1"), "y").id());
        assert_ne!(one, object("a/b.jpg", Some("2"), "x").id());
        assert_ne!(one, object("a/c.jpg", Some("1"), "x").id());
        let bare = object("a/b.jpg", None, "x").id();
        assert_eq!(bare, object("a/b.jpg", None, "x").id());
        assert_ne!(bare, object("a/b.jpg", None, "y").id());
        assert!(!format!("{:?}", object("kassymova/b.jpg", None, "x")).contains("kassymova"));
    }

    #[test]
    fn a_folder_is_a_batch_and_a_loose_object_is_its_own() {
        let batch = |key| object(key, None, "x").batch();
        assert_eq!(batch("day/one/a.jpg"), batch("day/one/b.jpg"));
        for (one, other) in [
            ("day/one/a.jpg", "day/two/a.jpg"),
            ("day/one/a.jpg", "day/a.jpg"),
            ("a.jpg", "b.jpg"),
            ("day", "day/a.jpg"),
        ] {
            assert_ne!(batch(one), batch(other), "{one} {other}");
        }
        assert_eq!(object("day/one/a.jpg", None, "x").name(), "a.jpg");
        assert_eq!(object("a.jpg", None, "x").name(), "a.jpg");
    }

    #[test]
    fn one_attempt_works_at_a_time_and_the_last_gives_up() {
        let lease = SignedDuration::from_secs(60);
        let at = |s| Timestamp::from_second(s).unwrap();
        let mine = |claimed| match claimed {
            Claimed::Mine(upload) => upload,
            Claimed::GivenUp(_) | Claimed::Held | Claimed::Ended(_) => {
                panic!("it cannot be claimed")
            }
        };
        let upload = Upload::new(object("a/b.jpg", None, "x"), at(0));
        let first = mine(upload.claimed("a", at(0), lease));
        assert_eq!((first.version, first.attempts), (1, 1));
        assert_eq!(mine(first.clone().claimed("a", at(1), lease)), first);
        assert_eq!(first.clone().claimed("b", at(59), lease), Claimed::Held);
        let let_go = first.clone().released();
        assert_eq!(mine(let_go.claimed("b", at(1), lease)).attempts, 1);
        let second = mine(first.claimed("b", at(60), lease));
        let third = mine(second.claimed("c", at(120), lease));
        let brought = third.clone().bringing(Brings::Card { text: "{}".into() });
        assert_eq!(mine(brought.claimed("d", at(180), lease)).attempts, 4);
        let Claimed::GivenUp(given_up) = third.claimed("d", at(180), lease) else {
            panic!("it is not given up");
        };
        let ended = given_up.ended(UploadEnd::PassedOver);
        let again = ended.claimed("e", at(999), lease);
        assert_eq!(again, Claimed::Ended(UploadEnd::PassedOver));
    }
}
