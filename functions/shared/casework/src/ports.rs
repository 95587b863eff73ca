//! What the handlers ask of the world. One contract suite holds every adapter to it.
//!
//! Conflicts and absences are values; an error is a store that failed.

use std::future::Future;

use serde::{Deserialize, Serialize};

use crate::case::status::Status;
use crate::case::{Case, CaseId, CaseKind, MissionCode, Recorded};
use crate::finding::{Rule, Severity};
use crate::finding_code::RefusalCode;
use crate::notice::Notice;
use crate::personal::Personal;
use crate::reading::FileReading;
use crate::scan::ScanId;

/// A store that failed, by cause.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Try again: busy, full, unreachable.
    #[error("the store cannot answer now ({0}); try again")]
    Transient(String),
    /// Trying again changes nothing: a record that cannot be read, a wrong setting.
    #[error("the store is damaged or set up wrongly: {0}")]
    Permanent(String),
}

/// Original scans, untouched, under the name of their content.
pub trait Scans: Send + Sync {
    /// Keeps the bytes. Keeping them again changes nothing.
    fn keep(&self, bytes: &[u8]) -> impl Future<Output = Result<ScanId, StoreError>> + Send;
    /// Locks the bytes away, where no page will ever show them.
    fn quarantine(&self, bytes: &[u8]) -> impl Future<Output = Result<ScanId, StoreError>> + Send;
    /// The bytes of a kept scan; none if it was never kept, or is locked away.
    fn bytes(
        &self,
        scan: &ScanId,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;
}

/// What a file said when it was read: the reading, or the refusal. Kept so that nothing is read twice.
pub type Seen = Result<FileReading, RefusalCode>;

/// Readings by scan and by the reader's version.
pub trait Readings: Send + Sync {
    /// Keeps what `reader` saw in `scan`.
    fn keep_seen(
        &self,
        scan: &ScanId,
        reader: &str,
        seen: &Seen,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// What `reader` saw in `scan`, if it has looked.
    fn seen(
        &self,
        scan: &ScanId,
        reader: &str,
    ) -> impl Future<Output = Result<Option<Seen>, StoreError>> + Send;
}

/// Cases with their events.
pub trait Cases: Send + Sync {
    /// The case as it stands.
    fn load(&self, id: &CaseId) -> impl Future<Output = Result<Option<Case>, StoreError>> + Send;
    /// Its events, oldest first.
    fn timeline(
        &self,
        id: &CaseId,
    ) -> impl Future<Output = Result<Vec<Recorded>, StoreError>> + Send;
    /// Writes events, the case they make and the notices they cause, all or nothing, if
    /// the case still stands at `expected_version` (0: it does not exist yet).
    fn append(
        &self,
        expected_version: u64,
        events: &[Recorded],
        case: &Case,
        notices: &[Notice],
    ) -> impl Future<Output = Result<Append, StoreError>> + Send;
    /// A bounded page of the worklist, due soonest first.
    fn worklist(
        &self,
        query: &WorklistQuery,
    ) -> impl Future<Output = Result<WorklistPage, StoreError>> + Send;
    /// The cases that hold this scan.
    fn holding(
        &self,
        scan: &ScanId,
    ) -> impl Future<Output = Result<Vec<CaseId>, StoreError>> + Send;
    /// The cases of this person.
    fn of_person(
        &self,
        iin: &Personal<String>,
    ) -> impl Future<Output = Result<Vec<CaseId>, StoreError>> + Send;
}

/// How a conditional write ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Append {
    /// Written.
    Done,
    /// Somebody was faster; the case stands at this version now (0: it does not exist).
    Conflict {
        /// The version found.
        found_version: u64,
    },
}

/// What one asks of the worklist. Every filter that is absent lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorklistQuery {
    /// Only this mission.
    pub mission: Option<MissionCode>,
    /// Only this status.
    pub status: Option<Status>,
    /// Only cases due at or before this instant.
    pub due_until: Option<jiff::Timestamp>,
    /// Rows at most; an adapter may give fewer, never more than [`WorklistQuery::LIMIT_MAX`].
    pub limit: u32,
    /// Where the page before ended.
    pub after: Option<WorklistCursor>,
}

impl WorklistQuery {
    /// The largest page.
    pub const LIMIT_MAX: u32 = 200;
}

/// The place of a row in the worklist: due time, then reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WorklistCursor {
    /// The row's due time.
    pub due_at: jiff::Timestamp,
    /// The row's case.
    pub case: CaseId,
}

/// A page of the worklist.
#[derive(Debug, Clone, PartialEq)]
pub struct WorklistPage {
    /// Due soonest first.
    pub rows: Vec<WorklistRow>,
    /// Ask again with this for more; none at the end.
    pub next: Option<WorklistCursor>,
}

/// What the worklist shows of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorklistRow {
    /// Its reference.
    pub case: CaseId,
    /// Permanent or temporary.
    pub kind: CaseKind,
    /// Its mission.
    pub mission: MissionCode,
    /// Where it stands.
    pub status: Status,
    /// Until when it is to be decided.
    pub due_at: jiff::Timestamp,
    /// The applicant's name as the card has it, if any.
    pub applicant: Option<Personal<String>>,
    /// Rules that found something, the hard ones first.
    pub findings: Vec<(Rule, Severity)>,
    /// Pages in its scans.
    pub pages: u32,
}

/// Notices that wait to be sent.
pub trait Outbox: Send + Sync {
    /// The oldest that were not sent, at most `limit`.
    fn waiting(&self, limit: u32) -> impl Future<Output = Result<Vec<Notice>, StoreError>> + Send;
    /// Marks one as sent. Marking it again changes nothing.
    fn mark_sent(
        &self,
        notice: &Notice,
        at: jiff::Timestamp,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The eyes: on one machine a child process with limits, in the cloud the function itself.
pub trait ReadScan: Send + Sync {
    /// Changes whenever the same bytes may be read differently.
    fn version(&self) -> &str;
    /// Reads a file. `name` is only compared with the content, never trusted.
    fn read(
        &self,
        bytes: &[u8],
        name: Option<&str>,
    ) -> impl Future<Output = Result<Seen, ReaderFailure>> + Send;
}

/// The reader itself failed, not the file: try again.
#[derive(Debug, thiserror::Error)]
#[error("the reader failed: {0}")]
pub struct ReaderFailure(pub String);
