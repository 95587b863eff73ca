//! Papers on their way, piece by piece: one file for each application, named by the whole paper's
//! sha256. They lie beside the scans that are being written and go with them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use casework::case::CaseId;
use casework::ports::{Pieces, StoreError};
use casework::scan::ScanId;

use crate::Store;
use crate::failure::io_failure;

/// The file that whoever adds to a paper holds.
const LOCK: &str = "pieces.lock";

impl Pieces for Store {
    async fn arrived(&self, reference: &CaseId, paper: &ScanId) -> Result<u64, StoreError> {
        self.length(reference, paper).map_err(|e| failure(&e))
    }

    async fn add(
        &self,
        reference: &CaseId,
        paper: &ScanId,
        offset: u64,
        piece: &[u8],
    ) -> Result<u64, StoreError> {
        let _one_at_a_time = self.adding().map_err(|e| failure(&e))?;
        self.append(reference, paper, offset, piece)
            .map_err(|e| failure(&e))
    }

    async fn whole(
        &self,
        reference: &CaseId,
        paper: &ScanId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = match fs::read(self.part(reference, paper)) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(failure(&e)),
        };
        Ok((ScanId::of(&bytes) == *paper).then_some(bytes))
    }

    async fn forget(&self, reference: &CaseId) -> Result<(), StoreError> {
        let _one_at_a_time = self.adding().map_err(|e| failure(&e))?;
        self.remove_parts(reference).map_err(|e| failure(&e))
    }
}

fn failure(error: &io::Error) -> StoreError {
    io_failure("keep a piece of a paper", error)
}

impl Store {
    /// Until the file is closed nobody else adds to papers of this store, in this process or another.
    fn adding(&self) -> io::Result<File> {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(self.dir.join(LOCK))?;
        file.lock()?;
        Ok(file)
    }

    /// Both names are made of letters and digits, so no path can be smuggled in.
    fn part(&self, reference: &CaseId, paper: &ScanId) -> PathBuf {
        let name = format!("{reference}.{paper}.part");
        self.dir.join(crate::INCOMING).join(name)
    }

    fn length(&self, reference: &CaseId, paper: &ScanId) -> io::Result<u64> {
        match fs::metadata(self.part(reference, paper)) {
            Ok(found) => Ok(found.len()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(e) => Err(e),
        }
    }

    fn append(
        &self,
        reference: &CaseId,
        paper: &ScanId,
        offset: u64,
        piece: &[u8],
    ) -> io::Result<u64> {
        let here = self.length(reference, paper)?;
        if here != offset {
            return Ok(here);
        }
        if offset == 0 {
            self.remove_parts(reference)?;
        }
        let mut file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(self.part(reference, paper))?;
        file.write_all(piece)?;
        file.sync_data()?;
        Ok(file.metadata()?.len())
    }

    fn remove_parts(&self, reference: &CaseId) -> io::Result<()> {
        let begins = format!("{reference}.");
        for left in fs::read_dir(self.dir.join(crate::INCOMING))? {
            let left = left?;
            if left.file_name().to_string_lossy().starts_with(&begins) {
                fs::remove_file(left.path())?;
            }
        }
        Ok(())
    }
}
