//! A store in memory: a peer of the others, for journeys that need no disk.

mod accounts;
mod papers;
mod stacks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use casework::account::{Account, AccountName, Failures, Session, SessionKey, SignIn};
use casework::application::{Application, LinkKey};
use casework::case::{Case, CaseId, Recorded, person_key};
use casework::notice::{Notice, NoticeId, Posted, Settled, Told};
use casework::personal::Personal;
use casework::ports::{
    Append, Applications, Cases, Outbox, PageLooked, Readings, Scans, Seen, StoreError, Uploads,
    WorklistPage, WorklistQuery, WorklistRow,
};
use casework::scan::ScanId;
use casework::stack::{PageRef, Stack, StackId};
use casework::upload::{BatchId, Upload, UploadId};

use accounts::counted;

/// What it holds. A clone is the same store.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Held>>);

#[derive(Debug, Default, Clone)]
struct Held {
    scans: BTreeMap<ScanId, Vec<u8>>,
    locked_away: BTreeSet<ScanId>,
    seen: BTreeMap<(ScanId, String), Seen>,
    events: BTreeMap<CaseId, Vec<Recorded>>,
    uploads: BTreeMap<(BatchId, UploadId), Upload>,
    posted: Vec<Posted>,
    accounts: BTreeMap<AccountName, Account>,
    sessions: BTreeMap<SessionKey, Session>,
    sign_ins: BTreeMap<SessionKey, SignIn>,
    failures: BTreeMap<AccountName, Failures>,
    applications: BTreeMap<CaseId, Application>,
    openings: BTreeMap<CaseId, Failures>,
    pieces: BTreeMap<CaseId, (ScanId, Vec<u8>)>,
    stacks: BTreeMap<StackId, Stack>,
    stack_pages: BTreeMap<(StackId, PageRef), PageLooked>,
}

impl Memory {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap()
    }

    /// Another store that holds the same.
    pub(crate) fn copied(&self) -> Self {
        Self(Arc::new(Mutex::new(self.held().clone())))
    }

    /// Whether this text stands in any account, session or sign-in.
    pub(crate) fn holds_text(&self, text: &str) -> bool {
        let held = self.held();
        let accounts = serde_json::to_string(&held.accounts).unwrap();
        let sessions: Vec<_> = held.sessions.values().collect();
        let sessions = serde_json::to_string(&sessions).unwrap();
        let sign_ins: Vec<_> = held.sign_ins.values().collect();
        let sign_ins = serde_json::to_string(&sign_ins).unwrap();
        [accounts, sessions, sign_ins]
            .iter()
            .any(|kept| kept.contains(text))
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

    async fn is_locked_away(&self, scan: &ScanId) -> Result<bool, StoreError> {
        Ok(self.held().locked_away.contains(scan))
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
        held.posted.extend(notices.iter().map(|notice| Posted {
            notice: notice.clone(),
            tries: 0,
            next_at: None,
            told: Told::default(),
            settled: None,
        }));
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

    async fn of_person(&self, iin_or_name: &Personal<String>) -> Result<Vec<CaseId>, StoreError> {
        let Some(key) = person_key(iin_or_name) else {
            return Ok(Vec::new());
        };
        Ok(self.ids(|case| case.person_keys().contains(&key)))
    }
}

impl Outbox for Memory {
    async fn post(&self, notice: &Notice) -> Result<(), StoreError> {
        let mut held = self.held();
        if held.posted.iter().all(|p| p.notice.id() != notice.id()) {
            held.posted.push(Posted {
                notice: notice.clone(),
                tries: 0,
                next_at: None,
                told: Told::default(),
                settled: None,
            });
        }
        Ok(())
    }

    async fn due(&self, at: jiff::Timestamp, limit: u32) -> Result<Vec<Posted>, StoreError> {
        let held = self.held();
        let mut due: Vec<_> = held.posted.iter().filter(|p| p.is_due(at)).collect();
        due.sort_by_key(|posted| posted.next_at);
        Ok(due.into_iter().take(limit as usize).cloned().collect())
    }

    async fn begin_try(
        &self,
        posted: &Posted,
        next_at: jiff::Timestamp,
    ) -> Result<bool, StoreError> {
        let mut held = self.held();
        let same = |p: &&mut Posted| p.notice == posted.notice && p.tries == posted.tries;
        let found = held.posted.iter_mut().find(same);
        let found = found.filter(|p| p.settled.is_none());
        Ok(found.is_some_and(|p| {
            p.tries += 1;
            p.next_at = Some(next_at);
            true
        }))
    }

    async fn note_told(&self, notice: &NoticeId, told: &Told) -> Result<(), StoreError> {
        let mut held = self.held();
        let waits = |p: &&mut Posted| p.notice.id() == *notice && p.settled.is_none();
        if let Some(posted) = held.posted.iter_mut().find(waits) {
            posted.told = told.clone();
        }
        Ok(())
    }

    async fn settle(&self, notice: &NoticeId, settled: &Settled) -> Result<(), StoreError> {
        let mut held = self.held();
        let found = held.posted.iter_mut().find(|p| p.notice.id() == *notice);
        if let Some(p) = found.filter(|p| settled.replaces(p.settled.as_ref())) {
            p.settled = Some(settled.clone());
        }
        Ok(())
    }

    async fn notices(&self, case: &CaseId) -> Result<Vec<Posted>, StoreError> {
        let held = self.held();
        let of_case = held.posted.iter().filter(|p| p.notice.case == *case);
        Ok(of_case.cloned().collect())
    }
}

impl Uploads for Memory {
    async fn upload(&self, batch: &BatchId, id: &UploadId) -> Result<Option<Upload>, StoreError> {
        let key = (batch.clone(), id.clone());
        Ok(self.held().uploads.get(&key).cloned())
    }

    async fn keep_upload(&self, upload: &Upload) -> Result<bool, StoreError> {
        let key = (upload.object.batch(), upload.object.id());
        let mut held = self.held();
        let there = held.uploads.get(&key);
        let follows = there.map_or(0, |there| there.version) + 1 == upload.version;
        if follows {
            held.uploads.insert(key, upload.clone());
            return Ok(true);
        }
        Ok(there == Some(upload))
    }

    async fn of_batch(&self, batch: &BatchId) -> Result<Vec<Upload>, StoreError> {
        let held = self.held();
        let uploads = held.uploads.values();
        Ok(uploads
            .filter(|u| u.object.batch() == *batch)
            .cloned()
            .collect())
    }

    async fn without_end(
        &self,
        came_until: jiff::Timestamp,
        limit: u32,
    ) -> Result<Vec<Upload>, StoreError> {
        let held = self.held();
        let waits = |upload: &&Upload| upload.end.is_none() && upload.came_at <= came_until;
        let mut uploads: Vec<_> = held.uploads.values().filter(waits).cloned().collect();
        uploads.sort_by_key(|upload| upload.came_at);
        uploads.truncate(limit as usize);
        Ok(uploads)
    }
}

impl Applications for Memory {
    async fn begun(&self, reference: &CaseId) -> Result<Option<Application>, StoreError> {
        Ok(self.held().applications.get(reference).cloned())
    }

    async fn application(
        &self,
        reference: &CaseId,
        link: &LinkKey,
    ) -> Result<Option<Application>, StoreError> {
        let held = self.held();
        let found = held.applications.get(reference);
        Ok(found.filter(|found| found.link == *link).cloned())
    }

    async fn keep_application(&self, application: &Application) -> Result<bool, StoreError> {
        let mut held = self.held();
        let there = held.applications.get(&application.reference);
        if there == Some(application) {
            return Ok(true);
        }
        let follows = there.map_or(0, |there| there.version) + 1 == application.version;
        if follows {
            held.applications
                .insert(application.reference.clone(), application.clone());
        }
        Ok(follows)
    }

    async fn to_hand_over(&self, limit: u32) -> Result<Vec<Application>, StoreError> {
        let held = self.held();
        let waits = |one: &&Application| {
            one.handed_in
                .as_ref()
                .is_some_and(|handed_in| !handed_in.is_case)
        };
        let waiting = held.applications.values().filter(waits);
        Ok(waiting.take(limit as usize).cloned().collect())
    }

    async fn count_opening(
        &self,
        reference: &CaseId,
        at: jiff::Timestamp,
    ) -> Result<Failures, StoreError> {
        let mut held = self.held();
        Ok(counted(
            held.openings.entry(reference.clone()).or_default(),
            at,
        ))
    }

    async fn forget_openings(&self, reference: &CaseId) -> Result<(), StoreError> {
        self.held().openings.remove(reference);
        Ok(())
    }
}
