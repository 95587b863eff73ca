//! A store in memory: a peer of the others, for journeys that need no disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use casework::case::{Case, CaseId, Recorded, iin_digits};
use casework::notice::Notice;
use casework::personal::Personal;
use casework::ports::{
    Append, Cases, Outbox, Readings, Scans, Seen, StoreError, WorklistPage, WorklistQuery,
    WorklistRow,
};
use casework::scan::ScanId;

/// What it holds. A clone is the same store.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    scans: BTreeMap<ScanId, Vec<u8>>,
    locked_away: BTreeSet<ScanId>,
    seen: BTreeMap<(ScanId, String), Seen>,
    events: BTreeMap<CaseId, Vec<Recorded>>,
    waiting: Vec<Notice>,
}

impl Memory {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap()
    }

    fn found(&self, mut wanted: impl FnMut(&Case) -> bool) -> Vec<Case> {
        let held = self.held();
        let cases = held
            .events
            .values()
            .map(|events| Case::from_events(events).unwrap());
        cases.filter(|case| wanted(case)).collect()
    }

    fn ids(&self, wanted: impl FnMut(&Case) -> bool) -> Vec<CaseId> {
        self.found(wanted).into_iter().map(|case| case.id).collect()
    }
}

impl Scans for Memory {
    async fn keep(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        let scan = ScanId::of(bytes);
        self.held().scans.insert(scan.clone(), bytes.to_vec());
        Ok(scan)
    }

    async fn quarantine(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        let scan = ScanId::of(bytes);
        self.held().locked_away.insert(scan.clone());
        Ok(scan)
    }

    async fn bytes(&self, scan: &ScanId) -> Result<Option<Vec<u8>>, StoreError> {
        let held = self.held();
        let bytes = held.scans.get(scan).cloned();
        Ok(bytes.filter(|_| !held.locked_away.contains(scan)))
    }
}

impl Readings for Memory {
    async fn keep_seen(&self, scan: &ScanId, reader: &str, seen: &Seen) -> Result<(), StoreError> {
        let key = (scan.clone(), reader.to_owned());
        self.held().seen.insert(key, seen.clone());
        Ok(())
    }

    async fn seen(&self, scan: &ScanId, reader: &str) -> Result<Option<Seen>, StoreError> {
        let key = (scan.clone(), reader.to_owned());
        Ok(self.held().seen.get(&key).cloned())
    }
}

impl Cases for Memory {
    async fn load(&self, id: &CaseId) -> Result<Option<Case>, StoreError> {
        Ok(self.found(|case| case.id == *id).pop())
    }

    async fn timeline(&self, id: &CaseId) -> Result<Vec<Recorded>, StoreError> {
        Ok(self.held().events.get(id).cloned().unwrap_or_default())
    }

    async fn append(
        &self,
        expected_version: u64,
        events: &[Recorded],
        case: &Case,
        notices: &[Notice],
    ) -> Result<Append, StoreError> {
        let mut held = self.held();
        let mut there = held.events.get(&case.id).cloned().unwrap_or_default();
        let found_version = there.len() as u64;
        if found_version != expected_version {
            let mut after = there.iter().filter(|e| e.version > expected_version);
            let mine = !events.is_empty() && events.iter().all(|event| after.next() == Some(event));
            return Ok(if mine {
                Append::Done
            } else {
                Append::Conflict { found_version }
            });
        }
        there.extend_from_slice(events);
        held.events.insert(case.id.clone(), there);
        held.waiting.extend_from_slice(notices);
        Ok(Append::Done)
    }

    async fn worklist(&self, query: &WorklistQuery) -> Result<WorklistPage, StoreError> {
        let statuses: Vec<_> = query.statuses().collect();
        let mut rows: Vec<_> = self.found(|_| true).iter().map(WorklistRow::of).collect();
        rows.retain(|row| {
            statuses.contains(&row.status)
                && query.mission.as_ref().is_none_or(|m| row.mission == *m)
                && query.due_until.is_none_or(|until| row.due_at <= until)
                && query
                    .after
                    .as_ref()
                    .is_none_or(|after| row.cursor() > *after)
        });
        Ok(WorklistPage::of(rows, query.rows_max()))
    }

    async fn holding(&self, scan: &ScanId) -> Result<Vec<CaseId>, StoreError> {
        Ok(self.ids(|case| case.scan_ids().contains(scan)))
    }

    async fn of_person(&self, iin: &Personal<String>) -> Result<Vec<CaseId>, StoreError> {
        let digits = iin_digits(iin);
        Ok(self.ids(|case| digits.as_ref().is_some_and(|iin| case.iins().contains(iin))))
    }
}

impl Outbox for Memory {
    async fn waiting(&self, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let held = self.held();
        Ok(held.waiting.iter().take(limit as usize).cloned().collect())
    }

    async fn mark_sent(&self, notice: &Notice, _at: jiff::Timestamp) -> Result<(), StoreError> {
        let same = |other: &Notice| (&other.case, other.version) == (&notice.case, notice.version);
        self.held().waiting.retain(|other| !same(other));
        Ok(())
    }
}
