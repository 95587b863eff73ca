//! `tirkeu take`: files and folders into cases, every page accounted for.

mod report;
mod settings;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use casework::case::{Actor, CaseId, CaseKind, Manifest, ScanPages};
use casework::personal::Personal;
use casework::ports::{Incoming as _, ReadPages, ScansInPieces, Stacks, StoreError};
use casework::scan::ScanId;
use casework::stack::{Stack, StackFile};
use indicatif::{ProgressBar, ProgressStyle};
use intake::manifest::{ManifestError, TakeSettings, kind_of};
use intake::{Intake, Looked, Store};
use jiff::Timestamp;

pub use report::{Count, Report};
use settings::in_folder;
pub use settings::{SettingsError, json};

use crate::given::{Folder, Given};
use crate::read::shown_name;

/// Why taking stopped. What was taken stays taken; the same command goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// A manifest or card that cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The store or the reader failed.
    #[error("{0}\nwhat was taken so far is safe: run the same command again to go on")]
    Intake(#[from] intake::IntakeError),
}

impl From<StoreError> for TakeError {
    fn from(error: StoreError) -> Self {
        Self::Intake(error.into())
    }
}

impl From<ManifestError> for TakeError {
    fn from(error: ManifestError) -> Self {
        Self::Settings(error.into())
    }
}

/// Takes stacks of paper into a store.
#[derive(Debug)]
pub struct Taking<'a, S, E> {
    /// The handlers.
    pub intake: Intake<'a, S, E>,
    /// What the command line says of the cases.
    pub settings: &'a TakeSettings,
    /// Who brings it.
    brought_by: Actor,
    /// The time of taking.
    now: Timestamp,
    /// Pages done and to do.
    progress: ProgressBar,
}

/// A file that was kept and looked at.
struct Scanned {
    path: PathBuf,
    looked: Looked,
}

impl<'a, S: Store + Stacks + ScansInPieces, E: ReadPages> Taking<'a, S, E> {
    /// Ready to take this many scans.
    pub fn new(
        intake: Intake<'a, S, E>,
        settings: &'a TakeSettings,
        brought_by: Actor,
        now: Timestamp,
        scans: usize,
    ) -> Self {
        let progress = ProgressBar::new(scans as u64);
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos}/{len} · {elapsed}, about {eta} left")
        {
            progress.set_style(style);
        }
        Self {
            intake,
            settings,
            brought_by,
            now,
            progress,
        }
    }

    /// Takes everything. A bad file costs only itself; a bad manifest costs only its folder.
    ///
    /// # Errors
    /// [`TakeError`] where the store or the reader failed.
    pub async fn take(&self, given: &Given) -> Result<Report, TakeError> {
        let mut report = Report::default();
        report.passed_over.clone_from(&given.passed_over);
        report.unopened.clone_from(&given.unopened);
        for folder in &given.folders {
            match self.take_folder(folder, &mut report).await {
                Err(TakeError::Settings(error)) => {
                    report.not_taken.push((folder.path.clone(), error));
                }
                other => other?,
            }
        }
        self.take_loose(&given.loose, &mut report).await?;
        self.progress.finish_and_clear();
        Ok(report)
    }

    /// A folder is a case, whatever is in it.
    async fn take_folder(&self, folder: &Folder, report: &mut Report) -> Result<(), TakeError> {
        let said = in_folder(folder)?;
        let scanned = self.look_at(&folder.scans, report).await?;
        let kind = said
            .kind
            .or(self.settings.kind)
            .unwrap_or_else(|| kind_read(&scanned));
        let scans = scanned.iter().map(|s| whole(&s.path, &s.looked)).collect();
        let manifest = said.manifest(self.settings, kind, scans, self.now)?;
        let case = self.file(&manifest).await?;
        report.cases.push(case);
        Ok(())
    }

    /// Loose files are a stack: sorted by cover sheets and by the people on them.
    async fn take_loose(&self, paths: &[PathBuf], report: &mut Report) -> Result<(), TakeError> {
        let mut files = Vec::new();
        for path in paths {
            match keep(self.intake.store, path).await? {
                Some(scan) => files.push(StackFile::new(file_name(path), scan)),
                None => report.unopened.push(path.clone()),
            }
        }
        if files.is_empty() {
            return Ok(());
        }
        let terms = self.settings.terms(self.now)?;
        let stack = Stack::new(terms, files, self.brought_by.clone(), self.now);
        let id = self.intake.bring_stack(&stack).await?;
        let before = self.progress.position();
        let mut progress = |done: u32, of: u32| {
            self.progress.set_length(before + u64::from(of));
            self.progress.set_position(before + u64::from(done));
        };
        let work = self
            .intake
            .work_on(&id, self.settings, self.now, &mut progress);
        report.sorted(work.await?);
        Ok(())
    }

    /// Keeps and reads files one after another.
    async fn look_at(
        &self,
        files: &[PathBuf],
        report: &mut Report,
    ) -> Result<Vec<Scanned>, TakeError> {
        let mut scanned = Vec::new();
        for path in files {
            match read_file(path) {
                Some(bytes) => {
                    let name = shown_name(path.file_name().map_or(path.as_path(), Path::new));
                    let looked = self.intake.look(&bytes, Some(&name)).await?;
                    report.came(path, &looked);
                    scanned.push(Scanned {
                        path: path.clone(),
                        looked,
                    });
                }
                None => report.unopened.push(path.clone()),
            }
            self.progress.inc(1);
        }
        Ok(scanned)
    }

    async fn file(&self, manifest: &Manifest) -> Result<CaseId, TakeError> {
        let due_at = self.settings.due_at(manifest)?;
        let case = self.intake.open(manifest, due_at, self.now).await?;
        for pages in &manifest.scans {
            self.intake.file(&case, pages, self.now).await?;
        }
        Ok(case)
    }
}

fn kind_read(scanned: &[Scanned]) -> CaseKind {
    let readings = scanned
        .iter()
        .filter_map(|s| s.looked.seen.as_ref().ok())
        .flat_map(|r| &r.readings);
    kind_of(readings.map(|reading| reading.kind))
}

fn whole(path: &Path, looked: &Looked) -> ScanPages {
    ScanPages {
        scan: looked.scan.clone(),
        name: file_name(path),
        pages: None,
    }
}

fn file_name(path: &Path) -> Personal<String> {
    shown_name(path.file_name().map_or(path, Path::new)).into()
}

/// Bytes that are on their way into the store at a time.
const PIECE_BYTES: usize = 1 << 20;

/// Keeps a file, however large, without holding it whole; nothing where it cannot be opened.
async fn keep(store: &impl ScansInPieces, path: &Path) -> Result<Option<ScanId>, StoreError> {
    let is_file = std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    let Some(mut file) = File::open(path).ok().filter(|_| is_file) else {
        return Ok(None);
    };
    let (mut incoming, mut piece) = (store.begin()?, vec![0; PIECE_BYTES]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return incoming.finish().await.map(|(scan, _)| Some(scan)),
            Ok(size) => incoming.write(piece.get(..size).unwrap_or_default())?,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return Ok(None),
        }
    }
}

fn read_file(path: &Path) -> Option<Vec<u8>> {
    std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    std::fs::read(path).ok()
}
