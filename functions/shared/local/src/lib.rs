//! Where we keep it, on one machine: the ports of [`casework`] over a directory and SQLite.
//!
//! ```text
//! DIR/tirkeu.sqlite   cases, events, readings, outbox, accounts, sessions, uploads,
//!                     stacks, applications
//! DIR/scans/ab/cdef…  scans as they came, each under the sha256 of its bytes
//! DIR/quarantine/…    scans that no page ever shows, in the same way
//! DIR/keys/           the key that signs papers, every public one that ever did, the key of links
//! DIR/incoming/       scans that are being written, papers that come piece by piece
//! DIR/lock            held, shared, by every process that has the store open
//! ```
//!
//! Everything is the owner's alone. Several processes may have one store open at a time.
//! An answer is given when the disk has what it speaks of (`fsync`), never before.
//!
//! Never here: a rule about cases, a clock, an async runtime. The port methods are `async`
//! by the contract; they do their short work at once and never wait for another task.

mod accounts;
mod applications;
mod backup;
mod cases;
mod database;
mod erase;
mod failed_tries;
mod failure;
mod keys;
mod lock;
mod outbox;
mod pieces;
mod readings;
mod restore;
mod scans;
mod sign_ins;
mod stacks;
mod uploads;
mod verify;
mod worklist;

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;

use casework::ports::StoreError;

pub use backup::{BackedUp, BackupError};
use database::Database;
use failure::io_failure;
pub use keys::KeyFiles;
use lock::Lock;
pub use restore::{Restored, restore};
pub use scans::IncomingScan;
use scans::ScanFiles;
pub use verify::Verified;

/// The database's file.
pub(crate) const DATABASE: &str = "tirkeu.sqlite";
/// The file that is locked.
pub(crate) const LOCK: &str = "lock";
/// The folder of scans.
pub(crate) const SCANS: &str = "scans";
/// The folder of scans that no page ever shows.
pub(crate) const QUARANTINE: &str = "quarantine";
/// The folder of scans that are being written.
pub(crate) const INCOMING: &str = "incoming";

/// A directory that holds scans, readings, cases and notices. A clone is the same store.
#[derive(Debug, Clone)]
pub struct Store {
    dir: Arc<Path>,
    files: Arc<ScanFiles>,
    database: Arc<Database>,
    _lock: Arc<Lock>,
}

impl Store {
    /// Opens the store in this directory; makes it where there is none.
    ///
    /// # Errors
    /// [`StoreError::Transient`] where the disk is full or a process with an older program
    /// has the store open; [`StoreError::Permanent`] where the directory may not be written
    /// or a newer program made the store.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        make_dir(dir).map_err(|e| io_failure("make the store's directory", &e))?;
        let lock = Lock::take(&dir.join(LOCK))?;
        let files = ScanFiles::open(dir)?;
        if lock.alone() {
            files.sweep()?;
        }
        let database = Database::open(&dir.join(DATABASE), lock.alone())?;
        Ok(Self {
            dir: dir.into(),
            files: Arc::new(files),
            database: Arc::new(database),
            _lock: Arc::new(lock.share()?),
        })
    }
}

/// Makes a directory that only its owner may enter; leaves one that is there as it is.
fn make_dir(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}
