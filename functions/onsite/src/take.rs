//! `tirkeu take`: files and folders into cases, every page accounted for.

mod report;
mod settings;

use std::path::{Path, PathBuf};

use casework::case::{CaseId, CaseKind, Manifest, ScanPages};
use casework::personal::Personal;
use casework::ports::ReadScan;
use indicatif::{ProgressBar, ProgressStyle};
use intake::manifest::{ManifestError, ManifestFile, TakeSettings, kind_by, kind_of};
use intake::piles::{Sheet, piles};
use intake::{Intake, Looked, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use report::{Count, Report};
use settings::in_folder;
pub use settings::{SettingsError, json};

use crate::read::shown_name;
use crate::stacks::{Folder, Stacks};

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

impl<'a, S: Store, E: ReadScan> Taking<'a, S, E> {
    /// Ready to take this many scans.
    pub fn new(
        intake: Intake<'a, S, E>,
        settings: &'a TakeSettings,
        now: Timestamp,
        scans: usize,
    ) -> Self {
        let progress = ProgressBar::new(scans as u64);
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos}/{len} files · {elapsed}, about {eta} left")
        {
            progress.set_style(style);
        }
        Self {
            intake,
            settings,
            now,
            progress,
        }
    }

    /// Takes everything. A bad file costs only itself; a bad manifest costs only its folder.
    ///
    /// # Errors
    /// [`TakeError`] where the store or the reader failed.
    pub async fn take(&self, stacks: &Stacks) -> Result<Report, TakeError> {
        let mut report = Report::default();
        report.passed_over.clone_from(&stacks.passed_over);
        report.unopened.clone_from(&stacks.unopened);
        for folder in &stacks.folders {
            match self.take_folder(folder, &mut report).await {
                Err(TakeError::Settings(error)) => {
                    report.not_taken.push((folder.path.clone(), error));
                }
                other => other?,
            }
        }
        self.take_loose(&stacks.loose, &mut report).await?;
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

    /// Loose files are sorted by the people on them.
    async fn take_loose(&self, files: &[PathBuf], report: &mut Report) -> Result<(), TakeError> {
        let scanned = self.look_at(files, report).await?;
        let sheets: Vec<Sheet> = scanned.iter().flat_map(|s| self.sheets(s)).collect();
        for pile in piles(&sheets) {
            let said = ManifestFile::default();
            let kind = (self.settings.kind).unwrap_or_else(|| kind_by(pile.documents()));
            let manifest = said.manifest(self.settings, kind, pile.scans(), self.now)?;
            report.cases.push(self.file(&manifest).await?);
        }
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

    fn sheets(&self, scanned: &Scanned) -> Vec<Sheet> {
        let today = self.now.to_zoned(TimeZone::UTC).date();
        let Looked { scan, seen } = &scanned.looked;
        Sheet::seen(scan, &file_name(&scanned.path), seen, today)
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

fn read_file(path: &Path) -> Option<Vec<u8>> {
    std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file)?;
    std::fs::read(path).ok()
}
