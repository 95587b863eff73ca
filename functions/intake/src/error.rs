//! Why intake stopped. None of these says anything about a document.

use casework::case::{CaseId, NotNow};
use casework::ports::{ReaderFailure, StoreError};
use casework::scan::ScanId;
use casework::stack::StackId;

use crate::manifest::ManifestError;

/// Why intake stopped.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reader failed.
    #[error(transparent)]
    Reader(#[from] ReaderFailure),
    /// The case does not take the scan: it has ended, or its record is damaged.
    #[error("case {case} does not take the scan: {why}")]
    NotTaken {
        /// The case.
        case: CaseId,
        /// Why.
        why: NotNow,
    },
    /// The case is not in the store.
    #[error("case {0} is not in the store")]
    NoSuchCase(CaseId),
    /// The scan is not in the store.
    #[error("scan {0} is not in the store")]
    NoSuchScan(ScanId),
    /// The stack is not in the store.
    #[error("stack {0} is not in the store")]
    NoSuchStack(StackId),
    /// Others kept working on the stack.
    #[error("stack {0} is being worked on by others; try again")]
    StackBusy(StackId),
    /// A case of the stack cannot be opened as it was said.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Others kept changing the case.
    #[error("case {0} is being changed by others; try again")]
    Busy(CaseId),
}
