//! The reconciliation of a batch: pages in = pages accounted for, counted in the store.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use casework::case::CaseId;
use casework::ports::{Cases, StoreError};
use casework::scan::{ScanId, ScanOutcome};
use casework::stack::Stack;
use intake::Looked;

use super::settings::SettingsError;

/// What came, and where it went.
#[derive(Debug, Default)]
pub struct Report {
    /// Pages of each scan that came.
    came: BTreeMap<ScanId, u32>,
    /// Files that came, doubles included.
    files: u32,
    /// Files whose bytes came before in this very batch.
    doubles: u32,
    /// The cases that were opened or gone on with.
    pub cases: Vec<CaseId>,
    /// The loose files, sorted.
    pub stack: Option<Stack>,
    /// Files that are no scans.
    pub passed_over: Vec<PathBuf>,
    /// Paths that cannot be opened.
    pub unopened: Vec<PathBuf>,
    /// Folders whose manifest or card cannot be used.
    pub not_taken: Vec<(PathBuf, SettingsError)>,
}

/// The pages of a batch, counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Pages that came.
    pub pages_in: u32,
    /// Pages with print that are in a case.
    pub in_cases: u32,
    /// Blank pages, kept with their case.
    pub blank: u32,
    /// Files that were refused; each counts as one page.
    pub refused: u32,
    /// Cover sheets.
    pub cover_sheets: u32,
    /// Pages of loose files that came before, as the same picture.
    pub came_before: u32,
    /// Pages that wait for a hand.
    pub needs_hand: u32,
    /// Pages that somebody dropped.
    pub dropped: u32,
    /// Pages that no case holds: never more than 0.
    pub lost: u32,
}

impl Report {
    /// Notes a file that was looked at.
    pub fn came(&mut self, _path: &Path, looked: &Looked) {
        self.files += 1;
        let pages = looked.seen.as_ref().map_or(1, |reading| reading.pages);
        self.doubles += u32::from(self.came.insert(looked.scan.clone(), pages).is_some());
    }

    /// Notes what became of the loose files.
    pub fn sorted(&mut self, stack: Stack) {
        self.files += u32::try_from(stack.files.len()).unwrap_or(u32::MAX);
        let scans: BTreeSet<&ScanId> = stack.files.iter().map(|file| &file.scan).collect();
        self.doubles += u32::try_from(stack.files.len() - scans.len()).unwrap_or(u32::MAX);
        self.cases
            .extend(stack.cases.iter().map(|case| case.id.clone()));
        self.stack = Some(stack);
    }

    /// Files, and how many of them came twice.
    pub const fn files(&self) -> (u32, u32) {
        (self.files, self.doubles)
    }

    /// Whether everything that was given was taken.
    pub const fn complete(&self) -> bool {
        self.unopened.is_empty() && self.not_taken.is_empty()
    }

    /// Counts in the store, not in this program's memory.
    pub async fn count(&self, store: &impl Cases) -> Result<Count, StoreError> {
        let mut count = Count {
            pages_in: self.came.values().sum(),
            ..Count::default()
        };
        let mut held: BTreeMap<&ScanId, BTreeSet<u32>> = BTreeMap::new();
        for (scan, &pages) in &self.came {
            for id in store.holding(scan).await? {
                let Some(case) = store.load(&id).await? else {
                    continue;
                };
                let Some(filed) = case.scans.iter().find(|f| f.scan == *scan) else {
                    continue;
                };
                let of_scan = case
                    .manifest
                    .scans
                    .iter()
                    .find(|p| p.scan == *scan)
                    .and_then(|p| p.pages.clone());
                let listed = of_scan.unwrap_or_else(|| (1..=pages).collect());
                let new: Vec<u32> = listed
                    .into_iter()
                    .filter(|p| held.entry(scan).or_default().insert(*p))
                    .collect();
                match &filed.outcome {
                    ScanOutcome::Refused { .. } => {
                        count.refused += u32::try_from(new.len()).unwrap_or(u32::MAX);
                    }
                    ScanOutcome::Read { blank_pages, .. } => {
                        for page in new {
                            let blank = blank_pages.contains(&page);
                            *if blank {
                                &mut count.blank
                            } else {
                                &mut count.in_cases
                            } += 1;
                        }
                    }
                }
            }
        }
        count.lost = count.pages_in - count.in_cases - count.blank - count.refused;
        if let Some(stack) = &self.stack {
            count.add(stack);
        }
        Ok(count)
    }
}

impl Count {
    fn add(&mut self, stack: &Stack) {
        let of_stack = stack.count();
        self.pages_in += of_stack.pages_in;
        self.in_cases += of_stack.in_cases;
        self.blank += of_stack.blank;
        self.refused += of_stack.refused;
        self.cover_sheets = of_stack.cover_sheets;
        self.came_before = of_stack.came_before;
        self.needs_hand = of_stack.needs_hand;
        self.dropped = of_stack.dropped;
        self.lost += of_stack.pages_in - of_stack.accounted();
    }
}
