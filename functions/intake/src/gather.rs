//! Everything of a batch goes into its case, whatever came first.

use std::collections::BTreeSet;

use casework::card::CheckedCard;
use casework::case::{Action, Case, CaseId, CaseKind, Manifest, NotNow};
use casework::ports::{ReadScan, Uploads};
use casework::scan::ScanId;
use casework::upload::{BatchId, Brings, Upload, UploadEnd, UploadRefusal};
use jiff::Timestamp;

use crate::batch::Batch;
use crate::manifest::{ManifestFile, TakeSettings, kind_of};
use crate::receive::refused;
use crate::{Intake, IntakeError, Store};

/// Whether more may be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A manifest may yet come, or the scans of one that lists none.
    Waits,
    /// Enough was waited: what is there is a case, even if nothing was said of it.
    Over,
}

/// How often an end is tried to be written: an attempt writes its upload thrice, and what is left
/// open all the same is taken up again.
const WRITES_MAX: u32 = 5;

/// What an ended case did not take.
#[derive(Debug, Default)]
struct Left {
    scans: BTreeSet<ScanId>,
    card: bool,
}

impl<S: Store + Uploads, E: ReadScan> Intake<'_, S, E> {
    /// Opens the case of a batch, or goes on with it: the card is declared, every scan that was
    /// read is filed as the manifest lists it, every upload has its end. No case while too little
    /// came.
    ///
    /// # Errors
    /// [`IntakeError`]; what was done is done, and doing it again changes nothing.
    pub async fn gather(
        &self,
        id: &BatchId,
        patience: Patience,
        settings: &TakeSettings,
        at: Timestamp,
    ) -> Result<Option<CaseId>, IntakeError> {
        let batch = Batch::of(self.store.of_batch(id).await?);
        let Some(manifest) = self.governing(id, &batch, patience, settings).await? else {
            return Ok(None);
        };
        let Ok(due_at) = settings.due_at(&manifest) else {
            return Ok(None);
        };
        let case = self.open(&manifest, due_at, at).await?;
        let left = self.bring(&case, &batch, &manifest, at).await?;
        for upload in batch.open() {
            let end = left.end_of(&upload, &case);
            self.end(upload, end).await?;
        }
        Ok(Some(case))
    }

    /// Gives an upload its end, where it has none: whoever wrote it meanwhile may have given it one,
    /// or only let it go.
    async fn end(&self, mut upload: Upload, end: UploadEnd) -> Result<(), IntakeError> {
        for _ in 0..WRITES_MAX {
            let ended = upload.clone().ended(end.clone());
            if self.store.keep_upload(&ended).await? {
                break;
            }
            let (batch, id) = (upload.object.batch(), upload.object.id());
            match self.store.upload(&batch, &id).await? {
                Some(written) if written.end.is_none() => upload = written,
                Some(_) | None => break,
            }
        }
        Ok(())
    }

    /// What the case is opened with, or goes on with: the last manifest that does not contradict
    /// the case; where nothing was said and enough was waited, the settings alone.
    async fn governing(
        &self,
        id: &BatchId,
        batch: &Batch,
        patience: Patience,
        settings: &TakeSettings,
    ) -> Result<Option<Manifest>, IntakeError> {
        let case = self.store.load(&CaseId::of_batch(id)).await?;
        let patient = patience == Patience::Waits && case.is_none();
        for (upload, said) in batch.manifests() {
            let Some(manifest) = of_batch(id, batch, said, settings, upload.object.put_at) else {
                continue;
            };
            if case.as_ref().is_none_or(|case| alike(case, &manifest)) {
                let too_little = patient && manifest.scans.is_empty();
                return Ok((!too_little).then_some(manifest));
            }
            if upload.end.is_none() {
                let end = refused(UploadRefusal::OpenedOtherwise, "");
                self.end(upload.clone(), end).await?;
            }
        }
        if patient {
            return Ok(None);
        }
        if let Some(case) = case {
            let card = batch.card().map(|CheckedCard(card)| card);
            return Ok(Some(Manifest {
                card,
                ..case.manifest
            }));
        }
        let mut said = ManifestFile::default();
        said.kind = match settings.kind {
            Some(kind) => Some(kind),
            None => Some(self.kind_read(batch).await?),
        };
        let came_at = batch.came_at();
        Ok(came_at.and_then(|at| of_batch(id, batch, said, settings, at)))
    }

    /// The kind that the documents of a batch make it.
    async fn kind_read(&self, batch: &Batch) -> Result<CaseKind, IntakeError> {
        let mut kinds = Vec::new();
        for pages in batch.scans(&[]) {
            if let Ok(reading) = self.seen(&pages).await? {
                kinds.extend(reading.readings.iter().map(|reading| reading.kind));
            }
        }
        Ok(kind_of(kinds))
    }

    /// Brings everything into the case. A card is declared again only when something new was
    /// said: what a clerk declared since stands.
    async fn bring(
        &self,
        id: &CaseId,
        batch: &Batch,
        manifest: &Manifest,
        at: Timestamp,
    ) -> Result<Left, IntakeError> {
        let case = self.store.load(id).await?;
        let case = case.ok_or_else(|| IntakeError::NoSuchCase(id.clone()))?;
        let mut left = Left::default();
        let said = batch.says_something_new();
        let card = manifest.card.clone();
        if let Some(card) = card.filter(|_| said || case.declared.is_none()) {
            let declared = self.act(id, at, &Action::DeclareCard(card)).await;
            left.card = !taken(declared)?;
        }
        for pages in batch.scans(&manifest.scans) {
            let there = case.scans.iter().any(|filed| filed.scan == pages.scan);
            if (said || !there) && !taken(self.file(id, &pages, at).await)? {
                left.scans.insert(pages.scan);
            }
        }
        Ok(left)
    }
}

impl Left {
    fn end_of(&self, upload: &Upload, case: &CaseId) -> UploadEnd {
        let left = match &upload.brings {
            Some(Brings::Scan { scan }) => self.scans.contains(scan),
            Some(Brings::Manifest { .. } | Brings::Card { .. }) => self.card,
            None => false,
        };
        if left {
            return refused(UploadRefusal::CaseEnded, "");
        }
        UploadEnd::InCases {
            cases: vec![case.clone()],
        }
    }
}

/// The manifest of a batch: with its `card.json`, and its listed scans or those read so far.
fn of_batch(
    id: &BatchId,
    batch: &Batch,
    mut said: ManifestFile,
    settings: &TakeSettings,
    came_at: Timestamp,
) -> Option<Manifest> {
    let kind = said.kind.or(settings.kind)?;
    said.card = batch.card().or(said.card);
    let scans = said.scans.take().unwrap_or_else(|| batch.scans(&[]));
    let manifest = said.of_scans(settings, kind, scans, came_at).ok()?;
    Some(Manifest {
        batch: Some(id.clone()),
        ..manifest
    })
}

/// Whether a manifest says of a case what it was opened with.
fn alike(case: &Case, manifest: &Manifest) -> bool {
    let opened = &case.manifest;
    (opened.kind, opened.channel, &opened.mission)
        == (manifest.kind, manifest.channel, &manifest.mission)
}

/// Whether the case took it; a case that has ended takes nothing, which is no failure.
fn taken<T>(done: Result<T, IntakeError>) -> Result<bool, IntakeError> {
    match done {
        Ok(_) => Ok(true),
        Err(IntakeError::NotTaken {
            why: NotNow::NotAllowed { .. },
            ..
        }) => Ok(false),
        Err(error) => Err(error),
    }
}
