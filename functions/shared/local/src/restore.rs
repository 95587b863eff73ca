//! A store from a backup: made aside, looked at as a whole, and only then put in its place.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use jiff::Timestamp;

use crate::backup::{BackupError, copy_file, empty, manifest};
use crate::failure::io_failure;
use crate::{Store, Verified, make_dir};

/// A store that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: Timestamp,
    /// Files.
    pub files: u64,
    /// What was looked at, case by case and scan by scan; nothing is wrong.
    pub verified: Verified,
}

/// Makes a store in this folder, new or empty, from a backup. Each file must have the hash it had,
/// each case be what its events make, each scan of a case be there.
///
/// # Errors
/// [`BackupError`]; the folder is then as it was.
pub fn restore(from: &Path, to: &Path) -> Result<Restored, BackupError> {
    let failure = |e| io_failure("restore the store", &e);
    let backup = manifest(from)?;
    empty(to)?;
    let beside = match to.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    make_dir(beside).map_err(failure)?;
    let aside = tempfile::Builder::new()
        .prefix(".restoring-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(beside)
        .map_err(failure)?;
    for file in &backup.files {
        if let Some(folder) = file.path.parent() {
            make_dir(&aside.path().join(folder)).map_err(failure)?;
        }
        let copied = copy_file(from, aside.path(), &file.path);
        if copied.ok().as_ref() != Some(file) {
            return Err(BackupError::Damaged(file.path.clone()));
        }
    }
    let verified = Store::open(aside.path())?.verify()?;
    if !verified.wrong.is_empty() {
        return Err(BackupError::NotWhole(verified.wrong));
    }
    fs::rename(aside.path(), to).map_err(failure)?;
    // It is in its place: there is nothing left to remove.
    let _ = aside.keep();
    let synced = File::open(beside).and_then(|dir| dir.sync_all());
    synced.map_err(failure)?;
    Ok(Restored {
        made_at: backup.made_at,
        files: backup.files.len() as u64,
        verified,
    })
}
