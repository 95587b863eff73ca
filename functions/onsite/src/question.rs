//! What is asked of the reader's process, and what it says: the words between [`crate::eyes`] and
//! [`crate::reader_child`].

use std::path::PathBuf;

use casework::finding_code::RefusalCode;
use casework::ports::Seen;
use casework::reading::PageSeen;
use serde::{Deserialize, Serialize};

/// Whose limits a file is read under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowance {
    /// `tirkeu read`, and what an applicant sends.
    File,
    /// What a clerk takes in: many pages, each with its own time.
    Batch,
}

/// What the child is to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wanted {
    /// Read it.
    Reading,
    /// Make a picture of a page, at most this large on its long side.
    Picture {
        /// 1-based.
        page: u32,
        /// Pixels.
        side_px_max: u32,
    },
    /// Say what the QR codes on its pages say.
    Codes,
    /// Open it and say how many pages it has.
    Opening,
    /// Read one of its pages.
    Page(u32),
}

/// What is asked of the child; the file's bytes follow it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Question {
    /// The file's name, compared with its content.
    pub name: Option<String>,
    /// Whose limits.
    pub allowance: Allowance,
    /// What is wanted of it.
    pub wanted: Wanted,
    /// The file, where it is kept; its bytes do not follow then.
    pub file: Option<PathBuf>,
    /// How many bytes it has, or follow.
    pub size_bytes: u64,
}

/// What the child says.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// It is ready.
    Ready,
    /// It is still at work: this page is done.
    Page(u32),
    /// It has read the file.
    Seen(Seen),
    /// It has made a picture; that many bytes of JPEG follow. 0: there is no such page.
    Picture {
        /// Bytes that follow.
        size_bytes: u32,
    },
    /// What the codes say, or why the file cannot be read.
    Codes(Result<Vec<String>, RefusalCode>),
    /// It has opened the file, which has so many pages.
    Opened(Result<u32, RefusalCode>),
    /// It has looked at a page; that many bytes of JPEG follow.
    Looked {
        /// What was seen on it.
        seen: PageSeen,
        /// Bytes that follow.
        size_bytes: u32,
    },
}
