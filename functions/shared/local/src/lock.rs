//! The lock of a store: shared by all who have it open, so that one can know itself alone.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use casework::ports::StoreError;

use crate::failure::io_failure;

/// A hold on the store; the system lets go of it when its process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    alone: bool,
}

impl Lock {
    /// Takes hold: alone where nobody else has, shared with the others otherwise.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let failure = |e| io_failure("lock the store", &e);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(failure)?;
        let alone = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(e)) => return Err(failure(e)),
        };
        if !alone {
            file.lock_shared().map_err(failure)?;
        }
        Ok(Self { file, alone })
    }

    /// Whether nobody else has the store open.
    pub(crate) const fn alone(&self) -> bool {
        self.alone
    }

    /// Lets others in.
    pub(crate) fn share(mut self) -> Result<Self, StoreError> {
        let failure = |e| io_failure("share the store", &e);
        if self.alone {
            self.file.unlock().map_err(failure)?;
            self.file.lock_shared().map_err(failure)?;
            self.alone = false;
        }
        Ok(self)
    }
}
