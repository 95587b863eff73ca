//! A scan in no folder: its pages go into cases of their own, one per person.

use casework::ports::{ReadScan, Uploads};
use casework::scan::ScanId;
use casework::upload::{Upload, UploadEnd};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::manifest::{ManifestFile, TakeSettings, kind_by};
use crate::piles::{Sheet, piles};
use crate::{Intake, IntakeError, Store};

impl<S: Store + Uploads, E: ReadScan> Intake<'_, S, E> {
    /// Files a loose scan; whether it could be. It cannot while no mission is set for what names
    /// none: it waits, and is counted among what has no end.
    pub(crate) async fn file_loose(
        &self,
        upload: &Upload,
        scan: &ScanId,
        settings: &TakeSettings,
        at: Timestamp,
    ) -> Result<bool, IntakeError> {
        let name = upload.object.name().into();
        let came_at = upload.object.put_at;
        let today = came_at.to_zoned(TimeZone::UTC).date();
        let whole = casework::case::ScanPages {
            scan: scan.clone(),
            name,
            pages: None,
        };
        let seen = self.seen(&whole).await?;
        let sheets = Sheet::seen(scan, &whole.name, &seen, today);
        let mut cases = Vec::new();
        for pile in piles(&sheets) {
            let kind = settings.kind.unwrap_or_else(|| kind_by(pile.documents()));
            let manifest = ManifestFile::default().of_scans(settings, kind, pile.scans(), came_at);
            let Ok(manifest) = manifest else {
                return Ok(false);
            };
            let Ok(due_at) = settings.due_at(&manifest) else {
                return Ok(false);
            };
            let case = self.open(&manifest, due_at, at).await?;
            for pages in &manifest.scans {
                self.file(&case, pages, at).await?;
            }
            cases.push(case);
        }
        let ended = upload.clone().ended(UploadEnd::InCases { cases });
        self.store.keep_upload(&ended).await?;
        Ok(true)
    }
}
