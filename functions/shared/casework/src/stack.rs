//! A stack of paper as a clerk scanned it: its files, and the one fate of every page in them.
//!
//! A stack is read page by page, sorted in one step ([`split`]), and then filed: every page that
//! is in a case by its fate is brought there, as often as it takes. Each step is a value made here
//! and written on condition of the step before ([`crate::ports::Stacks`]), so a stack that broke
//! off goes on where it stood, and of two people who place the same page one does.
//!
//! Never here: how a page is read, where it is kept, how a case is opened.

mod fate;
mod hand;
mod holder;
pub mod split;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::card::DeclaredCard;
use crate::case::{Actor, CaseId, CaseKind, Channel, Manifest, MissionCode, ScanPages};
use crate::finding_code::RefusalCode;
use crate::personal::Personal;
use crate::scan::{ScanId, hex};
pub use fate::{Fate, Why};
pub use hand::{HandAction, NotByHand};

/// A stack and what became of it so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stack {
    /// Its name.
    pub id: StackId,
    /// How many times this record was written.
    pub version: u64,
    /// When it came.
    pub came_at: Timestamp,
    /// Who brought it.
    pub brought_by: Actor,
    /// What is said of all cases to come of it.
    pub terms: Terms,
    /// Its files, the uppermost first.
    pub files: Vec<StackFile>,
    /// How far it is.
    pub stage: Stage,
    /// Its pages with their fates, in order; none before they are sorted.
    pub pages: Vec<StackPage>,
    /// The cases that its pages are in.
    pub cases: Vec<StackCase>,
}

/// What is said of the cases of a stack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// The mission it came to.
    pub mission: MissionCode,
    /// The way it came.
    pub channel: Channel,
    /// The kind of cases without a cover sheet; by their documents, where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CaseKind>,
    /// When the papers were received.
    pub received_at: Timestamp,
    /// The card that is declared for the one case in it, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<DeclaredCard>,
}

/// The name of a stack: 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StackId(ScanId);

impl StackId {
    /// The stack of these files in this order that came to this mission: the same stack, however
    /// often it comes.
    pub fn of<'a>(mission: &MissionCode, files: impl IntoIterator<Item = &'a ScanId>) -> Self {
        let files: Vec<&str> = files.into_iter().map(ScanId::as_str).collect();
        let what = serde_json::json!(["stack", mission, files]).to_string();
        let digits = hex(&Sha256::digest(what.as_bytes()));
        // A digest is written as a scan's name is.
        Self(ScanId::try_from(digits).unwrap_or_else(|_| ScanId::of(what.as_bytes())))
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<String> for StackId {
    type Error = crate::scan::NotAScanId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        ScanId::try_from(text).map(Self)
    }
}

impl From<StackId> for String {
    fn from(id: StackId) -> Self {
        id.0.into()
    }
}

impl std::fmt::Display for StackId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A file of a stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackFile {
    /// Its name as it came.
    pub name: Personal<String>,
    /// Its content.
    pub scan: ScanId,
    /// Its pages, or why it cannot be taken, once it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<Result<u32, RefusalCode>>,
}

impl StackFile {
    /// A file that was not opened yet.
    pub const fn new(name: Personal<String>, scan: ScanId) -> Self {
        Self {
            name,
            scan,
            pages: None,
        }
    }

    /// How many pages it counts for: a file that cannot be taken is one.
    pub fn counts(&self) -> u32 {
        match self.pages {
            Some(Ok(pages)) => pages,
            Some(Err(_)) | None => 1,
        }
    }
}

/// A page of a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageRef {
    /// Which of the stack's files, the first is 0.
    pub file: u32,
    /// Its page, the first is 1.
    pub page: u32,
}

/// How far a stack is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Its pages are being read.
    Reading,
    /// Every page has its fate; some may not be in their case yet.
    Filing,
    /// Every page is where its fate says.
    Done,
}

/// A page and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StackPage {
    /// Which page.
    pub at: PageRef,
    /// What became of it.
    pub fate: Fate,
    /// The person who said so, and when; the machine, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<(Actor, Timestamp)>,
}

/// A case with pages of the stack in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StackCase {
    /// Its reference.
    pub id: CaseId,
    /// What opens it, where the stack does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<Manifest>,
}

/// The pages of a stack, counted by what became of them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct StackCount {
    /// Pages of all files; a file that cannot be taken is one.
    pub pages_in: u32,
    /// Cover sheets.
    pub cover_sheets: u32,
    /// Blank.
    pub blank: u32,
    /// In a case.
    pub in_cases: u32,
    /// Waiting for a hand.
    pub needs_hand: u32,
    /// Came before.
    pub came_before: u32,
    /// Files that cannot be taken.
    pub refused: u32,
    /// Dropped by hand.
    pub dropped: u32,
}

impl StackCount {
    /// Pages that have a fate.
    pub const fn accounted(&self) -> u32 {
        self.cover_sheets
            + self.blank
            + self.in_cases
            + self.needs_hand
            + self.came_before
            + self.refused
            + self.dropped
    }
}

impl Stack {
    /// A stack that just came.
    pub fn new(terms: Terms, files: Vec<StackFile>, brought_by: Actor, came_at: Timestamp) -> Self {
        let id = StackId::of(&terms.mission, files.iter().map(|file| &file.scan));
        Self {
            id,
            version: 1,
            came_at,
            brought_by,
            terms,
            files,
            stage: Stage::Reading,
            pages: Vec::new(),
            cases: Vec::new(),
        }
    }

    /// Every file was opened: how many pages each has, or why it cannot be taken.
    #[must_use]
    pub fn opened(mut self, pages: Vec<Result<u32, RefusalCode>>) -> Self {
        self.version += 1;
        for (file, pages) in self.files.iter_mut().zip(pages) {
            file.pages = Some(pages);
        }
        self
    }

    /// Every page has its fate.
    #[must_use]
    pub fn sorted(mut self, pages: Vec<StackPage>, cases: Vec<StackCase>) -> Self {
        self.version += 1;
        self.stage = Stage::Filing;
        (self.pages, self.cases) = (pages, cases);
        self
    }

    /// Every page is where its fate says, but for those of cases that took nothing; `went` says
    /// under which reference each case is found.
    #[must_use]
    pub fn filed(mut self, went: &BTreeMap<CaseId, CaseId>, ended: &BTreeSet<CaseId>) -> Self {
        self.version += 1;
        self.stage = Stage::Done;
        for page in &mut self.pages {
            let Fate::InCase { case } = &page.fate else {
                continue;
            };
            if ended.contains(case) {
                page.fate = Fate::NeedsHand {
                    why: Why::CaseEnded,
                    suggested: None,
                };
                page.by = None;
            } else if let Some(into) = went.get(case) {
                page.fate = Fate::InCase { case: into.clone() };
            }
        }
        let known = |id: &CaseId| went.get(id).unwrap_or(id).clone();
        let kept = self.cases.iter().filter(|case| !ended.contains(&case.id));
        let ids: BTreeSet<CaseId> = kept.map(|case| known(&case.id)).collect();
        let plain = |id| StackCase { id, manifest: None };
        self.cases = ids.into_iter().map(plain).collect();
        self
    }

    /// The pages of a case, by file.
    pub fn pages_of(&self, case: &CaseId) -> Vec<ScanPages> {
        let of_case =
            |page: &&StackPage| matches!(&page.fate, Fate::InCase { case: id } if id == case);
        self.scan_pages(self.pages.iter().filter(of_case).map(|page| page.at))
    }

    /// These pages, by file; a file whose every page is among them is listed as a whole.
    pub fn scan_pages(&self, pages: impl IntoIterator<Item = PageRef>) -> Vec<ScanPages> {
        let mut by_file: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for at in pages {
            by_file.entry(at.file).or_default().insert(at.page);
        }
        let listed = by_file.into_iter().filter_map(|(file, pages)| {
            let file = self.files.get(usize::try_from(file).ok()?)?;
            let whole = u32::try_from(pages.len()) == Ok(file.counts());
            Some(ScanPages {
                scan: file.scan.clone(),
                name: file.name.clone(),
                pages: (!whole).then(|| pages.into_iter().collect()),
            })
        });
        // The same file twice in a stack is one scan of its cases.
        let mut scans: Vec<ScanPages> = Vec::new();
        for one in listed {
            match scans.iter_mut().find(|known| known.scan == one.scan) {
                Some(known) => known.pages = joined(known.pages.take(), one.pages),
                None => scans.push(one),
            }
        }
        scans
    }

    /// What became of a page.
    pub fn page(&self, at: PageRef) -> Option<&StackPage> {
        self.pages.iter().find(|page| page.at == at)
    }

    /// Its pages, counted.
    pub fn count(&self) -> StackCount {
        let mut count = StackCount {
            pages_in: self.files.iter().map(StackFile::counts).sum(),
            ..StackCount::default()
        };
        for page in &self.pages {
            *match &page.fate {
                Fate::CoverSheet { .. } => &mut count.cover_sheets,
                Fate::Blank => &mut count.blank,
                Fate::InCase { .. } => &mut count.in_cases,
                Fate::NeedsHand { .. } => &mut count.needs_hand,
                Fate::CameBefore { .. } => &mut count.came_before,
                Fate::FileRefused { .. } => &mut count.refused,
                Fate::Dropped { .. } => &mut count.dropped,
            } += 1;
        }
        count
    }
}

fn joined(some: Option<Vec<u32>>, more: Option<Vec<u32>>) -> Option<Vec<u32>> {
    let all: BTreeSet<u32> = some?.into_iter().chain(more?).collect();
    Some(all.into_iter().collect())
}
