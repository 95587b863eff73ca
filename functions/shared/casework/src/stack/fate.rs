//! What can become of a page of a stack, and why one needs a hand.

use serde::{Deserialize, Serialize};

use super::{PageRef, StackId};
use crate::case::CaseId;
use crate::cover::CoverSheet;
use crate::finding_code::RefusalCode;
use crate::personal::Personal;

/// What became of a page: exactly one of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fate")]
pub enum Fate {
    /// It is a cover sheet.
    CoverSheet {
        /// What it says.
        cover: CoverSheet,
    },
    /// Nothing is printed on it: the back of a sheet. Dropped and counted.
    Blank,
    /// It is in this case.
    InCase {
        /// By reference.
        case: CaseId,
    },
    /// A person must say where it belongs.
    NeedsHand {
        /// Why.
        why: Why,
        /// The case of the person who it seems to be of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suggested: Option<CaseId>,
    },
    /// The very same picture came before, and is accounted for there.
    CameBefore {
        /// In this stack.
        stack: StackId,
        /// As this page.
        page: PageRef,
    },
    /// Its file cannot be taken; the file counts as one page.
    FileRefused {
        /// Why.
        code: RefusalCode,
    },
    /// A person said that it belongs to no case.
    Dropped {
        /// Why.
        reason: Personal<String>,
    },
}

/// Why a page needs a hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is another person's than the papers it lies among.
    Stranger,
    /// Papers of two people are on it.
    TwoPeople,
    /// It lies between papers of two people and does not say whose it is.
    Whose,
    /// It cannot be shown.
    Unreadable(RefusalCode),
    /// Nothing on it was recognised.
    Nothing,
    /// The code of the cover sheet above it cannot be used here.
    UnknownCover,
    /// The cover sheet above it is another mission's.
    OtherMission,
    /// The cover sheet above it names a case that is not there.
    NoSuchCase,
    /// The case it belongs to takes nothing more.
    CaseEnded,
}

impl Why {
    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stranger => "stack-why-stranger",
            Self::TwoPeople => "stack-why-two-people",
            Self::Whose => "stack-why-whose",
            Self::Unreadable(_) => "stack-why-unreadable",
            Self::Nothing => "stack-why-nothing",
            Self::UnknownCover => "stack-why-unknown-cover",
            Self::OtherMission => "stack-why-other-mission",
            Self::NoSuchCase => "stack-why-no-such-case",
            Self::CaseEnded => "stack-why-case-ended",
        }
    }
}
