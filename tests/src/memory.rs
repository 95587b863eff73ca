//! A store in memory: a peer of the others, for journeys that need no disk.

mod papers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

use casework::account::{Account, AccountName, Failures, Identity, Session, SessionKey, SignIn};
use casework::application::{Application, LinkKey};
use casework::case::{Case, CaseId, MissionCode, Recorded, person_key};
use casework::notice::{Notice, NoticeId, Posted, Settled, Told};
use casework::personal::Personal;
use casework::ports::{
    Accounts, Append, Applications, Cases, Incoming, KeepAccount, Outbox, PageLooked, Readings,
    Scans, ScansInPieces, Seen, Stacks, StoreError, Uploads, WorklistPage, WorklistQuery,
    WorklistRow,
};
use casework::reading::PageSeen;
use casework::scan::ScanId;
use casework::stack::{PageRef, Stack, StackId, Stage};
use casework::upload::{BatchId, Upload, UploadId};

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

impl Accounts for Memory {
    async fn keep_account(&self, account: &Account, when: KeepAccount) -> Result<bool, StoreError> {
        let mut held = self.held();
        let identity = account.credential.identity();
        let mut others = held.accounts.values().filter(|a| a.name != account.name);
        if identity.is_some() && others.any(|a| a.credential.identity() == identity) {
            return Ok(false);
        }
        let may = match when {
            KeepAccount::First => held.accounts.is_empty(),
            KeepAccount::New => !held.accounts.contains_key(&account.name),
            KeepAccount::Known => held.accounts.contains_key(&account.name),
        };
        if may {
            held.accounts.insert(account.name.clone(), account.clone());
            held.sessions.retain(|_, s| s.account != account.name);
            held.failures.remove(&account.name);
        }
        Ok(may)
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>, StoreError> {
        Ok(self.held().accounts.get(name).cloned())
    }

    async fn account_of(&self, identity: &Identity) -> Result<Option<Account>, StoreError> {
        let held = self.held();
        let mut accounts = held.accounts.values();
        let found = accounts.find(|a| a.credential.identity() == Some(identity));
        Ok(found.cloned())
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Ok(self.held().accounts.values().cloned().collect())
    }

    async fn keep_session(
        &self,
        session: &Session,
        forget_before: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        let mut held = self.held();
        held.sessions.retain(|_, s| s.began_at >= forget_before);
        held.sessions.insert(session.key.clone(), session.clone());
        Ok(())
    }

    async fn session(&self, key: &SessionKey) -> Result<Option<Session>, StoreError> {
        Ok(self.held().sessions.get(key).cloned())
    }

    async fn note_use(&self, key: &SessionKey, at: jiff::Timestamp) -> Result<(), StoreError> {
        if let Some(session) = self.held().sessions.get_mut(key) {
            session.used_at = at;
        }
        Ok(())
    }

    async fn end_session(&self, key: &SessionKey) -> Result<(), StoreError> {
        self.held().sessions.remove(key);
        Ok(())
    }

    async fn begin_sign_in(
        &self,
        sign_in: &SignIn,
        forget_before: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        let mut held = self.held();
        held.sign_ins.retain(|_, s| s.began_at >= forget_before);
        held.sign_ins.insert(sign_in.key.clone(), sign_in.clone());
        Ok(())
    }

    async fn take_sign_in(&self, key: &SessionKey) -> Result<Option<SignIn>, StoreError> {
        Ok(self.held().sign_ins.remove(key))
    }

    async fn count_try(
        &self,
        name: &AccountName,
        at: jiff::Timestamp,
    ) -> Result<Failures, StoreError> {
        let mut held = self.held();
        Ok(counted(held.failures.entry(name.clone()).or_default(), at))
    }

    async fn forget_tries(&self, name: &AccountName) -> Result<(), StoreError> {
        self.held().failures.remove(name);
        Ok(())
    }
}

/// Counts a try, unless it must wait; what stood before it, forgotten after a day.
fn counted(failures: &mut Failures, at: jiff::Timestamp) -> Failures {
    let old =
        |last: jiff::Timestamp| at.duration_since(last) > jiff::SignedDuration::from_hours(24);
    if failures.last_at.is_some_and(old) {
        *failures = Failures::default();
    }
    let before = *failures;
    if !before.turn_away(at) {
        failures.count += 1;
        failures.last_at = Some(at);
    }
    before
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

/// A scan on its way.
pub(crate) struct OnItsWay(Memory, Vec<u8>);

impl ScansInPieces for Memory {
    type Incoming = OnItsWay;

    fn begin(&self) -> Result<OnItsWay, StoreError> {
        Ok(OnItsWay(self.clone(), Vec::new()))
    }
}

impl Incoming for OnItsWay {
    fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.1.extend(piece);
        Ok(())
    }

    async fn finish(self) -> Result<(ScanId, u64), StoreError> {
        let (scan, size) = (ScanId::of(&self.1), self.1.len() as u64);
        self.0.held().scans.insert(scan.clone(), self.1);
        Ok((scan, size))
    }
}

impl Stacks for Memory {
    async fn stack(&self, id: &StackId) -> Result<Option<Stack>, StoreError> {
        Ok(self.held().stacks.get(id).cloned())
    }

    async fn keep_stack(&self, stack: &Stack) -> Result<bool, StoreError> {
        let mut held = self.held();
        let there = held.stacks.get(&stack.id);
        if there.map_or(0, |there| there.version) + 1 == stack.version {
            held.stacks.insert(stack.id.clone(), stack.clone());
            return Ok(true);
        }
        Ok(there == Some(stack))
    }

    async fn stacks(
        &self,
        missions: Option<&BTreeSet<MissionCode>>,
        limit: u32,
    ) -> Result<Vec<Stack>, StoreError> {
        let held = self.held();
        let of = |stack: &&Stack| missions.is_none_or(|m| m.contains(&stack.terms.mission));
        let mut stacks: Vec<_> = held.stacks.values().filter(of).cloned().collect();
        stacks.sort_by_key(|stack| std::cmp::Reverse(stack.came_at));
        stacks.truncate(limit as usize);
        Ok(stacks)
    }

    async fn stacks_to_do(&self) -> Result<Vec<StackId>, StoreError> {
        let held = self.held();
        let to_do = held.stacks.values().filter(|s| s.stage != Stage::Done);
        let mut stacks: Vec<_> = to_do.collect();
        stacks.sort_by_key(|stack| stack.came_at);
        Ok(stacks.into_iter().map(|stack| stack.id.clone()).collect())
    }

    async fn keep_page(
        &self,
        id: &StackId,
        at: PageRef,
        page: &PageLooked,
    ) -> Result<(), StoreError> {
        self.held()
            .stack_pages
            .insert((id.clone(), at), page.clone());
        Ok(())
    }

    async fn pages_seen(&self, id: &StackId) -> Result<Vec<(PageRef, PageSeen)>, StoreError> {
        let held = self.held();
        let own = held.stack_pages.iter().filter(|((of, _), _)| of == id);
        Ok(own
            .map(|((_, at), page)| (*at, page.seen.clone()))
            .collect())
    }

    async fn pages_read(&self, id: &StackId) -> Result<u32, StoreError> {
        let pages = self.pages_seen(id).await?;
        Ok(u32::try_from(pages.len()).unwrap())
    }

    async fn thumbnail(&self, id: &StackId, at: PageRef) -> Result<Option<Vec<u8>>, StoreError> {
        let held = self.held();
        let page = held.stack_pages.get(&(id.clone(), at));
        Ok(page
            .map(|page| page.thumbnail.clone())
            .filter(|jpeg| !jpeg.is_empty()))
    }

    async fn page_before(
        &self,
        id: &StackId,
        digest: &str,
    ) -> Result<Option<(StackId, PageRef)>, StoreError> {
        let held = self.held();
        let age = |id: &StackId| (held.stacks[id].came_at, id.clone());
        let same = |page: &PageLooked| page.seen.as_ref().is_ok_and(|seen| seen.digest == digest);
        let mut found: Vec<_> = held
            .stack_pages
            .iter()
            .filter(|((of, _), page)| same(page) && age(of) < age(id))
            .map(|((of, at), _)| (age(of), *at))
            .collect();
        found.sort();
        Ok(found.into_iter().next().map(|((_, of), at)| (of, at)))
    }
}
