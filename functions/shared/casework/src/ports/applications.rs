//! What the portal asks of the world: applications, papers on their way to them, their end.

use std::future::Future;

use super::StoreError;
use crate::account::Failures;
use crate::application::{Application, LinkKey};
use crate::case::CaseId;
use crate::scan::ScanId;

/// Applications on the portal. To whoever has not its link, an application does not exist.
pub trait Applications: Send + Sync {
    /// The application of this reference, for the service itself: never for a visitor.
    fn begun(
        &self,
        reference: &CaseId,
    ) -> impl Future<Output = Result<Option<Application>, StoreError>> + Send;
    /// The application of this reference whose link is known so; that it is another's and that
    /// there is none are one answer, found in one way.
    fn application(
        &self,
        reference: &CaseId,
        link: &LinkKey,
    ) -> impl Future<Output = Result<Option<Application>, StoreError>> + Send;
    /// Writes an application in place of its version before this one (1: it is not there yet);
    /// whether it stands now. Writing the very same again is, until another version follows.
    fn keep_application(
        &self,
        application: &Application,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
    /// Applications that were handed in and are no case yet, or not with every paper, at most `limit`.
    fn to_hand_over(
        &self,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Application>, StoreError>> + Send;
    /// Counts a try to open an application as failed before it is looked at, unless it must wait,
    /// and says what stood before it; whether there is such an application makes no difference.
    fn count_opening(
        &self,
        reference: &CaseId,
        at: jiff::Timestamp,
    ) -> impl Future<Output = Result<Failures, StoreError>> + Send;
    /// The last try was right: forgets the failures before it.
    fn forget_openings(
        &self,
        reference: &CaseId,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// Papers on their way to an application, piece by piece, so that one that was cut off goes on where
/// it stopped. One at a time for each application; what is left of it may be lost with the process.
pub trait Pieces: Send + Sync {
    /// Bytes that are here of the paper with this content, 0 where it was not begun.
    fn arrived(
        &self,
        reference: &CaseId,
        paper: &ScanId,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;
    /// Adds a piece where exactly `offset` bytes are here, and says how many are here now. One that
    /// begins takes the place of another that was on its way.
    fn add(
        &self,
        reference: &CaseId,
        paper: &ScanId,
        offset: u64,
        piece: &[u8],
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;
    /// The whole paper, once its bytes are here and have this name.
    fn whole(
        &self,
        reference: &CaseId,
        paper: &ScanId,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;
    /// Forgets what came in pieces.
    fn forget(&self, reference: &CaseId) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The end of an application that was not handed in, as its holder wishes it.
pub trait Erase: Send + Sync {
    /// Erases an application as it stands, with its papers, what was read of them and what was to be
    /// mailed: all but papers that another application, a case or a stack has too. Whether it is
    /// gone: not where it changed meanwhile or was handed in.
    fn erase(
        &self,
        application: &Application,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}
