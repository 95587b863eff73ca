//! A backup: the whole store as it stands, made while others use it, each file with its hash.
//!
//! ```text
//! DEST/tirkeu.sqlite   one consistent snapshot of the database
//! DEST/…               every other file of the store, under the same path
//! DEST/backup.json     what there is, with sha256; written last: without it, there is no backup
//! ```
//!
//! The snapshot comes first: what it speaks of was on the disk before, so it is copied too. What
//! is locked away meanwhile is copied last, and so is in one place at least.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Component, Path, PathBuf};

use casework::ports::StoreError;
use casework::scan::hex;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::failure::io_failure;
use crate::{DATABASE, INCOMING, LOCK, QUARANTINE, SCANS, Store, make_dir};

/// The manifest's file.
pub(crate) const MANIFEST: &str = "backup.json";

/// What is no part of a backup: others' locks, halves of files, and what the snapshot stands for.
const LEFT_OUT: [&str; 5] = [
    LOCK,
    INCOMING,
    DATABASE,
    "tirkeu.sqlite-wal",
    "tirkeu.sqlite-shm",
];

/// What a backup holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BackupManifest {
    pub(crate) made_at: Timestamp,
    pub(crate) files: Vec<BackupFile>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BackupFile {
    /// Within the store and within the backup.
    pub(crate) path: PathBuf,
    pub(crate) size_bytes: u64,
    /// In hexadecimal digits.
    pub(crate) sha256: String,
}

/// A backup that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackedUp {
    /// Files in it.
    pub files: u64,
    /// Their bytes.
    pub size_bytes: u64,
    /// Scans, by path, whose bytes are not what their name says: damaged in the store before.
    pub damaged: Vec<String>,
}

/// Why a backup cannot be made or be restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The place is taken.
    #[error("{0} is not empty: name a folder that is new or empty")]
    NotEmpty(PathBuf),
    /// The backup would be a part of the store, and of the next backup.
    #[error("{0} is within the store: name a folder elsewhere, best on another disk")]
    Within(PathBuf),
    /// A backup that was not finished, or none.
    #[error("{0} is no finished backup: it has no proper backup.json")]
    NoBackup(PathBuf),
    /// A file that is not what it was.
    #[error("{0} in the backup is not what it was when the backup was made: use another backup")]
    Damaged(PathBuf),
    /// The files are what they were, and yet make no whole store.
    #[error("the store was not whole when the backup was made: {}", .0.join("; "))]
    NotWhole(Vec<String>),
    /// A name that no store gives.
    #[error("a file's name cannot be kept in a backup: {0}")]
    Name(PathBuf),
    /// The store, or the disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Copies the whole store into this folder, which is made, while others use the store.
    ///
    /// # Errors
    /// [`BackupError`]; what was copied so far stays, without a manifest.
    pub fn backup(&self, to: &Path, at: Timestamp) -> Result<BackedUp, BackupError> {
        let failure = |e| io_failure("make the backup", &e);
        empty(to)?;
        make_dir(to).map_err(failure)?;
        let [inner, outer] = [to, &self.dir].map(Path::canonicalize);
        if inner.map_err(failure)?.starts_with(outer.map_err(failure)?) {
            return Err(BackupError::Within(to.to_owned()));
        }
        self.database.copy_to(&to.join(DATABASE))?;
        let mut paths = Vec::new();
        for entry in fs::read_dir(&*self.dir).map_err(failure)? {
            let name = PathBuf::from(entry.map_err(failure)?.file_name());
            let left_out = LEFT_OUT.iter().any(|out| *out == name.as_os_str());
            if !left_out {
                paths.push(name);
            }
        }
        paths.sort_by_key(|name| *name == Path::new(QUARANTINE));
        let mut files = vec![hashed(to, Path::new(DATABASE)).map_err(failure)?];
        for path in &paths {
            self.copy(path, to, &mut files)?;
        }
        let made = BackedUp {
            files: files.len() as u64,
            size_bytes: files.iter().map(|file| file.size_bytes).sum(),
            damaged: files.iter().filter_map(damaged).collect(),
        };
        let manifest = BackupManifest { made_at: at, files };
        finish(to, &manifest).map_err(failure)?;
        Ok(made)
    }

    /// A file, or a folder with all that is in it. What is gone meanwhile is not copied.
    fn copy(&self, path: &Path, to: &Path, files: &mut Vec<BackupFile>) -> Result<(), BackupError> {
        let failure = |e| io_failure("copy a file into the backup", &e);
        if path.to_str().is_none() {
            return Err(BackupError::Name(path.to_owned()));
        }
        let from = self.dir.join(path);
        if !from.is_dir() {
            match copy_file(&self.dir, to, path) {
                Ok(file) => files.push(file),
                Err(e) if e.kind() == io::ErrorKind::NotFound && !from.exists() => {}
                Err(e) => return Err(failure(e).into()),
            }
            return Ok(());
        }
        make_dir(&to.join(path)).map_err(failure)?;
        for entry in fs::read_dir(&from).map_err(failure)? {
            let name = entry.map_err(failure)?.file_name();
            self.copy(&path.join(name), to, files)?;
        }
        File::open(to.join(path))
            .and_then(|dir| dir.sync_all())
            .map_err(|e| failure(e).into())
    }
}

/// Whether a scan's bytes are not those that its name, the sha256 of them, says.
fn damaged(file: &BackupFile) -> Option<String> {
    let of_scans = [SCANS, QUARANTINE].iter().any(|d| file.path.starts_with(d));
    let parts = file.path.components().skip(1);
    let name: String = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    (of_scans && name != file.sha256).then(|| file.path.display().to_string())
}

/// The folder is new or empty.
pub(crate) fn empty(dir: &Path) -> Result<(), BackupError> {
    match fs::read_dir(dir).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Ok(false) => Err(BackupError::NotEmpty(dir.to_owned())),
        Err(e) => Err(io_failure("look into the folder", &e).into()),
    }
}

/// Copies one file to the same path under another folder, onto the disk; its owner's alone.
pub(crate) fn copy_file(from: &Path, to: &Path, path: &Path) -> io::Result<BackupFile> {
    let mut source = File::open(from.join(path))?;
    let mut options = OpenOptions::new();
    let options = options.write(true).create_new(true).mode(0o600);
    let mut copy = Hashing::onto(Some(options.open(to.join(path))?));
    let size_bytes = io::copy(&mut source, &mut copy)?;
    if let Some(file) = &copy.file {
        file.set_permissions(source.metadata()?.permissions())?;
        file.sync_all()?;
    }
    Ok(copy.finished(path, size_bytes))
}

fn hashed(dir: &Path, path: &Path) -> io::Result<BackupFile> {
    let mut file = File::open(dir.join(path))?;
    let mut hashing = Hashing::onto(None);
    let size_bytes = io::copy(&mut file, &mut hashing)?;
    Ok(hashing.finished(path, size_bytes))
}

/// Hashes what is written, and passes it on.
struct Hashing {
    hash: Sha256,
    file: Option<File>,
}

impl Hashing {
    fn onto(file: Option<File>) -> Self {
        Self {
            hash: Sha256::new(),
            file,
        }
    }

    fn finished(self, path: &Path, size_bytes: u64) -> BackupFile {
        BackupFile {
            path: path.to_owned(),
            size_bytes,
            sha256: hex(&self.hash.finalize()),
        }
    }
}

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.file {
            Some(file) => file.write(bytes)?,
            None => bytes.len(),
        };
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn finish(dir: &Path, manifest: &BackupManifest) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    serde_json::to_writer(&mut file, manifest)?;
    file.flush()?;
    file.as_file().sync_all()?;
    file.persist(dir.join(MANIFEST)).map_err(|e| e.error)?;
    File::open(dir)?.sync_all()
}

/// The manifest of a backup; its paths stay within it.
pub(crate) fn manifest(dir: &Path) -> Result<BackupManifest, BackupError> {
    let none = || BackupError::NoBackup(dir.to_owned());
    let mut text = Vec::new();
    let mut file = File::open(dir.join(MANIFEST)).map_err(|_| none())?;
    file.read_to_end(&mut text)
        .map_err(|e| io_failure("read the backup", &e))?;
    let manifest: BackupManifest = serde_json::from_slice(&text).map_err(|_| none())?;
    let stays = |path: &Path| {
        let mut parts = path.components();
        parts.all(|part| matches!(part, Component::Normal(_)))
    };
    match manifest.files.iter().find(|file| !stays(&file.path)) {
        None => Ok(manifest),
        Some(file) => Err(BackupError::Name(file.path.clone())),
    }
}
