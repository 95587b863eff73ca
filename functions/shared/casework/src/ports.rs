//! What the handlers ask of the world. One contract suite holds every adapter to it.
//!
//! Conflicts and absences are values; an error is a store that failed.

mod applications;
mod identity;
mod stacks;

use std::future::Future;

use crate::account::{Account, AccountName, Failures, Identity, Session, SessionKey, SignIn};
use crate::case::{Case, CaseId, Recorded};
use crate::finding_code::RefusalCode;
use crate::notice::{Message, Notice, NoticeId, Posted, Settled, Told};
use crate::personal::Personal;
use crate::reading::FileReading;
use crate::scan::ScanId;
use crate::upload::{Arrived, BatchId, Object, Upload, UploadId};
pub use applications::{Applications, Erase, Pieces};
pub use identity::{Asked, Binding, IdentityProvider, ProviderError};
pub use stacks::{Incoming, PageLooked, ReadPages, ScansInPieces, Stacks};

pub use crate::worklist::{WorklistCursor, WorklistPage, WorklistQuery, WorklistRow};

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
    /// Keeps the bytes. Keeping them again changes nothing; what is locked away stays so.
    fn keep(&self, bytes: &[u8]) -> impl Future<Output = Result<ScanId, StoreError>> + Send;
    /// Locks the bytes away, where no page will ever show them.
    fn quarantine(&self, bytes: &[u8]) -> impl Future<Output = Result<ScanId, StoreError>> + Send;
    /// Whether it is locked away.
    fn is_locked_away(
        &self,
        scan: &ScanId,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
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
    /// Keeps what `reader` saw in `scan`, in place of what it saw before.
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
    ///
    /// Writing the very same events again is [`Append::Done`], also when others followed:
    /// whoever lost the answer to a write may repeat it.
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
    /// The cases that hold this scan, by reference.
    fn holding(
        &self,
        scan: &ScanId,
    ) -> impl Future<Output = Result<Vec<CaseId>, StoreError>> + Send;
    /// The cases of people with this IIN, or with this word in their name however it is spelt,
    /// ended ones too, by reference; see [`crate::case::person_key`].
    fn of_person(
        &self,
        iin_or_name: &Personal<String>,
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

/// The desk's people, their sessions, their failed logins.
pub trait Accounts: Send + Sync {
    /// Keeps an account where `when` says it may, and no other account has its identity; whether it
    /// did. Every session of an account that is kept anew ends, in the same write, and its failed
    /// logins are forgotten.
    fn keep_account(
        &self,
        account: &Account,
        when: KeepAccount,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// The account of this name.
    fn account(
        &self,
        name: &AccountName,
    ) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;
    /// The account of who this is to an OpenID provider.
    fn account_of(
        &self,
        identity: &Identity,
    ) -> impl Future<Output = Result<Option<Account>, StoreError>> + Send;
    /// All of them, by name.
    fn accounts(&self) -> impl Future<Output = Result<Vec<Account>, StoreError>> + Send;

    /// Keeps a session, in place of what was known of it; forgets those that began before `forget_before`.
    fn keep_session(
        &self,
        session: &Session,
        forget_before: jiff::Timestamp,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// The session of this key, over or not.
    fn session(
        &self,
        key: &SessionKey,
    ) -> impl Future<Output = Result<Option<Session>, StoreError>> + Send;
    /// Notes that a session is used; one that was ended meanwhile stays so.
    fn note_use(
        &self,
        key: &SessionKey,
        at: jiff::Timestamp,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Ends a session; one that is not there is ended already.
    fn end_session(&self, key: &SessionKey) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Keeps a sign-in that began; forgets those that began before `forget_before`.
    fn begin_sign_in(
        &self,
        sign_in: &SignIn,
        forget_before: jiff::Timestamp,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Takes a sign-in out, over or not: of many who ask at once, one gets it.
    fn take_sign_in(
        &self,
        key: &SessionKey,
    ) -> impl Future<Output = Result<Option<SignIn>, StoreError>> + Send;

    /// Counts a try at logging in as failed before it is looked at, unless it must wait, and
    /// says what stood before it: of many tries at once, each sees the others.
    fn count_try(
        &self,
        name: &AccountName,
        at: jiff::Timestamp,
    ) -> impl Future<Output = Result<Failures, StoreError>> + Send;
    /// The last try was right: forgets the failures before it.
    fn forget_tries(
        &self,
        name: &AccountName,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// When an account may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepAccount {
    /// While there is no account at all.
    First,
    /// While there is none of its name.
    New,
    /// In place of the one of its name.
    Known,
}

/// Notices to be sent.
///
/// A try is counted before it is made and reserves the notice until the next one is due, so of
/// many senders one sends. Who dies between sending and [`Outbox::settle`] leaves the notice
/// waiting, and it is sent again when the next try is due: the one way in which a person can
/// get the same message twice, under the same identity.
pub trait Outbox: Send + Sync {
    /// Puts in a notice that no change of a case causes. One that is there already stays as it is.
    fn post(&self, notice: &Notice) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Notices that may be tried at this time, at most `limit`: of those that were never tried
    /// the oldest first, of the others those first that have been due longest.
    fn due(
        &self,
        at: jiff::Timestamp,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Posted>, StoreError>> + Send;
    /// Counts a try that is about to be made and puts the next one off until `next_at`. Whether
    /// the caller has it: not where another was faster, or the notice has ended.
    fn begin_try(
        &self,
        posted: &Posted,
        next_at: jiff::Timestamp,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// Notes who has a notice that has yet to go to another; changes nothing where it has ended, or
    /// there is none.
    fn note_told(
        &self,
        notice: &NoticeId,
        told: &Told,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Ends a notice, where this end may take the place of what was known of it
    /// ([`Settled::replaces`]); changes nothing otherwise, or where there is no such notice.
    fn settle(
        &self,
        notice: &NoticeId,
        settled: &Settled,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// Every notice of a case, sent or not, oldest first.
    fn notices(
        &self,
        case: &CaseId,
    ) -> impl Future<Output = Result<Vec<Posted>, StoreError>> + Send;
}

/// What carries one kind of message: mails to people by a mail server, a service or a folder; short
/// texts ([`crate::notice::Text`]); what a ministry's system is told ([`crate::notice::Report`]).
pub trait Sender<M = Message>: Send + Sync {
    /// Hands a message over for delivery, with its identity as the message's own. Answers within
    /// two minutes, well before another may try the same notice ([`crate::notice::next_try`]).
    fn send(&self, message: &M) -> impl Future<Output = Delivery> + Send;
}

/// What became of a message that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The other side took it, and answers for it from here.
    Sent,
    /// The other side will never take it for this address. A code like `550 5.1.1`, never a
    /// text, which may quote the address.
    Refused(String),
    /// Not now: no connection, a full mailbox, a setting that somebody must mend. For a log,
    /// without a person's data.
    Later(String),
}

/// Uploads: what came into the inbox, and what became of it.
pub trait Uploads: Send + Sync {
    /// An upload of a batch.
    fn upload(
        &self,
        batch: &BatchId,
        id: &UploadId,
    ) -> impl Future<Output = Result<Option<Upload>, StoreError>> + Send;
    /// Writes an upload in place of its version before this one (1: it is not there yet);
    /// whether it stands now. Writing the very same again is, until another version follows.
    fn keep_upload(&self, upload: &Upload)
    -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// Every upload of a batch, ended ones too, in no order; each that was written before is there.
    fn of_batch(
        &self,
        batch: &BatchId,
    ) -> impl Future<Output = Result<Vec<Upload>, StoreError>> + Send;
    /// Uploads that came until then and have no end, the oldest first, at most `limit`.
    fn without_end(
        &self,
        came_until: jiff::Timestamp,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Upload>, StoreError>> + Send;
}

/// The inbox: the bucket in which uploads are put.
pub trait Inbox: Send + Sync {
    /// Its name.
    fn bucket(&self) -> &str;
    /// The object of a key as it is now; without its bytes, where they are more than
    /// `size_bytes_max`. None where there is no such object.
    fn fetch(
        &self,
        key: &str,
        size_bytes_max: u64,
    ) -> impl Future<Output = Result<Option<Arrived>, StoreError>> + Send;
    /// The next objects in the order of their keys, from behind `after`; none at the end.
    fn list(
        &self,
        after: Option<&str>,
    ) -> impl Future<Output = Result<Vec<Listed>, StoreError>> + Send;
}

/// An object as a listing shows it: without its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: Personal<String>,
    /// Its entity tag, where the listing has it.
    pub etag: Option<String>,
    /// Bytes.
    pub size_bytes: u64,
    /// When it was put.
    pub put_at: jiff::Timestamp,
}

impl Listed {
    /// Whether this is the object: the same content under the same key.
    pub fn is(&self, object: &Object) -> bool {
        let tag_fits = self.etag.as_ref().is_none_or(|etag| *etag == object.etag);
        tag_fits && (&self.key, self.size_bytes) == (&object.key, object.size_bytes)
    }
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

/// Pictures of pages for a viewer: re-encoded here, never the sender's bytes.
pub trait ShowPage: Send + Sync {
    /// The page (1-based) of a kept scan as a JPEG of at most `side_px_max` on its long side,
    /// without any metadata; none where the scan is not kept or locked away, has no such page or
    /// cannot be decoded.
    fn picture(
        &self,
        scan: &ScanId,
        page: u32,
        side_px_max: u32,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, ReaderFailure>> + Send;
}
