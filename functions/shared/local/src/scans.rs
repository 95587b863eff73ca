//! Scans as files, each under the sha256 of its bytes: written aside, then renamed into place.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use casework::ports::{Incoming, Scans, ScansInPieces, StoreError};
use casework::scan::{Naming, ScanId};

use crate::failure::io_failure;
use crate::{INCOMING, QUARANTINE, SCANS, Store, make_dir};

/// The directories that hold scans.
#[derive(Debug)]
pub(crate) struct ScanFiles {
    kept: PathBuf,
    locked_away: PathBuf,
    incoming: PathBuf,
}

impl ScanFiles {
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreError> {
        let files = Self {
            kept: dir.join(SCANS),
            locked_away: dir.join(QUARANTINE),
            incoming: dir.join(INCOMING),
        };
        for dir in [&files.kept, &files.locked_away, &files.incoming] {
            make_dir(dir).map_err(|e| io_failure("make the store's directory", &e))?;
        }
        Ok(files)
    }

    /// Removes what a process that was killed left behind; only while nobody writes.
    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        let failure = |e| io_failure("sweep the incoming scans", &e);
        for left in fs::read_dir(&self.incoming).map_err(failure)? {
            fs::remove_file(left.map_err(failure)?.path()).map_err(failure)?;
        }
        Ok(())
    }

    fn is_locked_away(&self, scan: &ScanId) -> Result<bool, StoreError> {
        place(&self.locked_away, scan)
            .1
            .try_exists()
            .map_err(|e| io_failure("look into the quarantine", &e))
    }

    fn keep(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        let scan = ScanId::of(bytes);
        if !self.is_locked_away(&scan)? {
            self.write(&self.kept, &scan, bytes, 0o600)
                .map_err(|e| io_failure("keep a scan", &e))?;
        }
        Ok(scan)
    }

    fn quarantine(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        let scan = ScanId::of(bytes);
        let failure = |e| io_failure("lock a scan away", &e);
        self.write(&self.locked_away, &scan, bytes, 0o400)
            .map_err(failure)?;
        match fs::remove_file(place(&self.kept, &scan).1) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failure(e)),
            _ => Ok(scan),
        }
    }

    fn bytes(&self, scan: &ScanId) -> Result<Option<Vec<u8>>, StoreError> {
        if self.is_locked_away(scan)? {
            return Ok(None);
        }
        let bytes = match fs::read(place(&self.kept, scan).1) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(io_failure("read a scan", &e)),
        };
        if ScanId::of(&bytes) != *scan {
            return Err(StoreError::Permanent(format!(
                "scan {scan} has changed since it was kept: restore it from a backup, or send it again"
            )));
        }
        Ok(Some(bytes))
    }

    /// Removes a kept scan; what is locked away stays.
    pub(crate) fn remove(&self, scan: &ScanId) -> Result<(), StoreError> {
        let (dir, path) = place(&self.kept, scan);
        match fs::remove_file(path).and_then(|()| File::open(dir)?.sync_all()) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(io_failure("remove a scan", &e)),
            _ => Ok(()),
        }
    }

    /// What is wrong with a scan that a case holds, in sight or locked away; nothing where it is whole.
    pub(crate) fn wrong(&self, scan: &ScanId) -> Option<&'static str> {
        let read = |root: &Path| fs::read(place(root, scan).1);
        match read(&self.kept).or_else(|_| read(&self.locked_away)) {
            Ok(bytes) if ScanId::of(&bytes) == *scan => None,
            Ok(_) => Some("has changed since it was kept"),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Some("is not there"),
            Err(_) => Some("cannot be read"),
        }
    }

    /// Puts whole bytes in place, or nothing. Bytes that are there already are not written
    /// again; damaged ones are replaced. The directory is synced in either case: whoever wrote
    /// them may not have come so far.
    fn write(&self, root: &Path, scan: &ScanId, bytes: &[u8], mode: u32) -> io::Result<()> {
        let (dir, path) = place(root, scan);
        if !dir.try_exists()? {
            make_dir(&dir)?;
        }
        if !holds(&path, bytes)? {
            let mut file = tempfile::Builder::new()
                .permissions(Permissions::from_mode(mode))
                .tempfile_in(&self.incoming)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path).map_err(|e| e.error)?;
        }
        File::open(&dir)?.sync_all()?;
        File::open(root)?.sync_all()
    }
}

/// The directory and the path of a scan. A scan's name is 64 hexadecimal digits, so no path
/// can be smuggled in.
fn place(root: &Path, scan: &ScanId) -> (PathBuf, PathBuf) {
    let (shard, rest) = scan.as_str().split_at(2);
    let dir = root.join(shard);
    let path = dir.join(rest);
    (dir, path)
}

fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    match fs::read(path) {
        Ok(found) => Ok(found == bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

impl Scans for Store {
    async fn keep(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        self.files.keep(bytes)
    }

    async fn quarantine(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        self.files.quarantine(bytes)
    }

    async fn is_locked_away(&self, scan: &ScanId) -> Result<bool, StoreError> {
        self.files.is_locked_away(scan)
    }

    async fn bytes(&self, scan: &ScanId) -> Result<Option<Vec<u8>>, StoreError> {
        self.files.bytes(scan)
    }
}

/// A scan on its way: written aside, and gone if it is never finished.
#[derive(Debug)]
pub struct IncomingScan {
    file: tempfile::NamedTempFile,
    naming: Naming,
    size_bytes: u64,
    store: Store,
}

impl ScansInPieces for Store {
    type Incoming = IncomingScan;

    fn begin(&self) -> Result<IncomingScan, StoreError> {
        let file = tempfile::Builder::new()
            .permissions(Permissions::from_mode(0o600))
            .tempfile_in(&self.files.incoming);
        Ok(IncomingScan {
            file: file.map_err(|e| io_failure("keep a scan", &e))?,
            naming: Naming::default(),
            size_bytes: 0,
            store: self.clone(),
        })
    }
}

impl Incoming for IncomingScan {
    fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.naming.update(piece);
        self.size_bytes += piece.len() as u64;
        let written = self.file.write_all(piece);
        written.map_err(|e| io_failure("keep a scan", &e))
    }

    async fn finish(self) -> Result<(ScanId, u64), StoreError> {
        let (files, scan) = (&self.store.files, self.naming.finish());
        if !files.is_locked_away(&scan)? {
            let (dir, path) = place(&files.kept, &scan);
            let put = || -> io::Result<()> {
                if !dir.try_exists()? {
                    make_dir(&dir)?;
                }
                self.file.as_file().sync_all()?;
                // In place of what is there: it is the same, or was damaged.
                self.file.persist(&path).map_err(|e| e.error)?;
                File::open(&dir)?.sync_all()?;
                File::open(&files.kept)?.sync_all()
            };
            put().map_err(|e| io_failure("keep a scan", &e))?;
        }
        Ok((scan, self.size_bytes))
    }
}

impl Store {
    /// The file of a kept scan, to be read and never written; none if it was never kept, or is
    /// locked away.
    ///
    /// # Errors
    /// [`StoreError`] where the directory cannot be looked into.
    pub fn scan_file(&self, scan: &ScanId) -> Result<Option<PathBuf>, StoreError> {
        if self.files.is_locked_away(scan)? {
            return Ok(None);
        }
        let path = place(&self.files.kept, scan).1;
        let there = path.try_exists();
        let there = there.map_err(|e| io_failure("look for a scan", &e))?;
        Ok(there.then_some(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn files(dir: &Path) -> (ScanFiles, ScanId) {
        let files = ScanFiles::open(dir).unwrap();
        let scan = files.keep(b"a scan").unwrap();
        (files, scan)
    }

    #[test]
    fn everything_in_the_store_is_its_owners_alone() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("made/by/the/store");
        let store = Store::open(&root).unwrap();
        let kept = place(&store.files.kept, &store.files.keep(b"a scan").unwrap());
        let locked = store.files.quarantine(b"a program").unwrap();
        let locked = place(&store.files.locked_away, &locked);
        for (path, expected) in [
            (root.clone(), 0o700),
            (kept.0, 0o700),
            (kept.1, 0o600),
            (locked.0, 0o700),
            (locked.1, 0o400),
            (root.join("lock"), 0o600),
            (root.join("tirkeu.sqlite"), 0o600),
            (root.join("tirkeu.sqlite-wal"), 0o600),
            (root.join("tirkeu.sqlite-shm"), 0o600),
        ] {
            assert_eq!(mode(&path), expected, "{}", path.display());
        }
    }

    #[test]
    fn a_scan_that_is_there_is_not_written_again() {
        let dir = tempfile::tempdir().unwrap();
        let (files, scan) = files(dir.path());
        let path = place(&files.kept, &scan).1;
        // Another mode shows that the file is still the one it was.
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        files.keep(b"a scan").unwrap();
        assert_eq!(mode(&path), 0o640);
    }

    #[test]
    fn a_damaged_scan_is_an_error_until_its_bytes_are_sent_again() {
        let dir = tempfile::tempdir().unwrap();
        let (files, scan) = files(dir.path());
        for damaged in [&b"a scam"[..], b"a sca", b""] {
            fs::write(place(&files.kept, &scan).1, damaged).unwrap();
            let error = files.bytes(&scan).unwrap_err();
            assert!(matches!(error, StoreError::Permanent(_)), "{error}");
            files.keep(b"a scan").unwrap();
            assert_eq!(files.bytes(&scan).unwrap().unwrap(), b"a scan");
        }
    }

    #[test]
    fn a_scan_cut_off_by_a_crash_is_swept_away_by_whoever_opens_the_store_alone() {
        let dir = tempfile::tempdir().unwrap();
        let left = dir.path().join("incoming/half a scan");
        let first = Store::open(dir.path()).unwrap();
        fs::write(&left, b"half").unwrap();
        let second = Store::open(dir.path()).unwrap();
        assert!(left.exists(), "the first may be writing it");
        drop((first, second));
        Store::open(dir.path()).unwrap();
        assert!(!left.exists());
    }
}
