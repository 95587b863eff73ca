//! What a failure of the disk, of SQLite or of a record means: try again, or not.
//!
//! A message never quotes a stored value: it may be a person's.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "both enums are open; what is not named has the general answer"
)]

use std::io;

use casework::ports::StoreError;
use rusqlite::ErrorCode;

const DISK_FULL: &str = "the disk is full: make room on it";

/// A file operation that failed; `doing` says which, in the infinitive.
pub(crate) fn io_failure(doing: &str, error: &io::Error) -> StoreError {
    use io::ErrorKind as Kind;
    let cause = match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => DISK_FULL.to_owned(),
        Kind::ReadOnlyFilesystem => "the disk is mounted read-only".to_owned(),
        kind => kind.to_string(),
    };
    let message = format!("could not {doing}: {cause}");
    match error.kind() {
        Kind::PermissionDenied | Kind::NotADirectory | Kind::IsADirectory | Kind::InvalidInput => {
            StoreError::Permanent(message)
        }
        _ => StoreError::Transient(message),
    }
}

/// What SQLite could not do.
pub(crate) fn sqlite_failure(error: &rusqlite::Error) -> StoreError {
    use ErrorCode as Code;
    let Some(code) = error.sqlite_error_code() else {
        return StoreError::Permanent(format!("the database holds what it cannot hold: {error}"));
    };
    let transient = |cause: &str| StoreError::Transient(format!("database: {cause}"));
    match code {
        Code::DatabaseBusy | Code::DatabaseLocked => transient("another process is writing"),
        Code::DiskFull => transient(DISK_FULL),
        Code::ReadOnly => transient("the disk is mounted read-only"),
        Code::OutOfMemory => transient("out of memory"),
        Code::CannotOpen => transient("a file cannot be opened"),
        Code::SystemIoFailure
        | Code::FileLockingProtocolFailed
        | Code::OperationAborted
        | Code::OperationInterrupted => transient("the disk does not answer"),
        Code::DatabaseCorrupt | Code::NotADatabase => StoreError::Permanent(
            "the database file is damaged: restore it from a backup".to_owned(),
        ),
        _ => StoreError::Permanent(format!("database: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_transient(error: &StoreError) -> bool {
        matches!(error, StoreError::Transient(_))
    }

    #[test]
    fn a_file_operation_is_worth_another_try_unless_the_setting_is_wrong() {
        for (errno, transient, says) in [
            (28, true, "make room"),    // ENOSPC
            (122, true, "make room"),   // EDQUOT
            (30, true, "read-only"),    // EROFS
            (5, true, "could not"),     // EIO
            (24, true, "could not"),    // EMFILE
            (13, false, "permission"),  // EACCES
            (20, false, "not a direc"), // ENOTDIR
        ] {
            let error = io_failure("keep a scan", &io::Error::from_raw_os_error(errno));
            assert_eq!(is_transient(&error), transient, "{error}");
            assert!(error.to_string().contains(says), "{error}");
        }
    }

    #[test]
    fn sqlite_is_worth_another_try_unless_the_file_is_damaged() {
        use rusqlite::ffi;
        for (code, transient) in [
            (ffi::SQLITE_BUSY, true),
            (ffi::SQLITE_LOCKED, true),
            (ffi::SQLITE_FULL, true),
            (ffi::SQLITE_IOERR, true),
            (ffi::SQLITE_READONLY, true),
            (ffi::SQLITE_CORRUPT, false),
            (ffi::SQLITE_NOTADB, false),
            (ffi::SQLITE_CONSTRAINT, false),
            (ffi::SQLITE_ERROR, false),
        ] {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            assert_eq!(is_transient(&sqlite_failure(&error)), transient, "{code}");
        }
    }
}
