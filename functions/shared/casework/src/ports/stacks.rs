//! What handlers of stacks ask of the world: files that come in pieces, pages one by one.

use std::collections::BTreeSet;
use std::future::Future;

use super::{ReadScan, ReaderFailure, StoreError};
use crate::case::MissionCode;
use crate::finding_code::RefusalCode;
use crate::reading::PageSeen;
use crate::scan::ScanId;
use crate::stack::{PageRef, Stack, StackId};

/// Scans that come in pieces and are never held whole.
pub trait ScansInPieces: Send + Sync {
    /// A scan on its way.
    type Incoming: Incoming;
    /// Begins to keep a scan. One that is not finished leaves nothing behind.
    ///
    /// # Errors
    /// [`StoreError`] where there is no room for it.
    fn begin(&self) -> Result<Self::Incoming, StoreError>;
}

/// A scan on its way into the store.
pub trait Incoming: Send {
    /// Its next piece.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be written; nothing of the scan is kept then.
    fn write(&mut self, piece: &[u8]) -> Result<(), StoreError>;
    /// All of it came: it is kept, as [`Scans::keep`](super::Scans::keep) keeps one. Its name and its size in bytes.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be kept.
    fn finish(self) -> impl Future<Output = Result<(ScanId, u64), StoreError>> + Send;
}

/// Stacks of paper, and their pages while they are read.
pub trait Stacks: Send + Sync {
    /// The stack of this name.
    fn stack(&self, id: &StackId)
    -> impl Future<Output = Result<Option<Stack>, StoreError>> + Send;
    /// Writes a stack in place of its version before this one (1: it is not there yet); whether
    /// it stands now. Writing the very same again does, until another version follows.
    fn keep_stack(&self, stack: &Stack) -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// The stacks that came to these missions (to any, where none are named), the last first, at
    /// most `limit`.
    fn stacks(
        &self,
        missions: Option<&BTreeSet<MissionCode>>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Stack>, StoreError>> + Send;
    /// The stacks that are not done, the oldest first.
    fn stacks_to_do(&self) -> impl Future<Output = Result<Vec<StackId>, StoreError>> + Send;
    /// Keeps what was seen on a page, with a small picture of it: where reading goes on from.
    fn keep_page(
        &self,
        id: &StackId,
        at: PageRef,
        page: &PageLooked,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
    /// What was seen on the pages of a stack so far, in order.
    fn pages_seen(
        &self,
        id: &StackId,
    ) -> impl Future<Output = Result<Vec<(PageRef, PageSeen)>, StoreError>> + Send;
    /// How many pages of a stack were looked at so far.
    fn pages_read(&self, id: &StackId) -> impl Future<Output = Result<u32, StoreError>> + Send;
    /// The small picture of a page.
    fn thumbnail(
        &self,
        id: &StackId,
        at: PageRef,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;
    /// Where a page of this digest came in a stack that came before this one (by time, then by
    /// name: of two stacks that are read at once, only one is before the other).
    fn page_before(
        &self,
        id: &StackId,
        digest: &str,
    ) -> impl Future<Output = Result<Option<(StackId, PageRef)>, StoreError>> + Send;
}

/// A page that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct PageLooked {
    /// What was seen on it.
    pub seen: PageSeen,
    /// A small picture of it, JPEG; empty where it cannot be shown.
    pub thumbnail: Vec<u8>,
}

impl PageLooked {
    /// A page that cannot be looked at, and why.
    pub const fn refused(why: RefusalCode) -> Self {
        Self {
            seen: Err(why),
            thumbnail: Vec::new(),
        }
    }
}

/// Eyes that look at a kept file page by page, however many it has.
pub trait ReadPages: ReadScan {
    /// How many pages a kept file has, or why it cannot be taken. `name` is only compared with the
    /// content.
    fn pages(
        &self,
        scan: &ScanId,
        name: Option<&str>,
    ) -> impl Future<Output = Result<Result<u32, RefusalCode>, ReaderFailure>> + Send;
    /// Looks at a page, 1-based.
    fn page(
        &self,
        scan: &ScanId,
        page: u32,
    ) -> impl Future<Output = Result<PageLooked, ReaderFailure>> + Send;
}
