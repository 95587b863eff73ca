//! A scan in no folder: its pages go into cases of their own, one per person.

use casework::case::ScanPages;
use casework::ports::{ReadScan, Uploads};
use casework::scan::ScanId;
use casework::stack::split::{Pile, Sheet, Sorted, Split};
use casework::upload::{Upload, UploadEnd};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::manifest::{ManifestFile, TakeSettings};
use crate::sort::kind_of_pile;
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
        let whole = ScanPages {
            scan: scan.clone(),
            name,
            pages: None,
        };
        let Some(mission) = &settings.mission else {
            return Ok(false);
        };
        let seen = self.seen(&whole).await?;
        let sheets = Sheet::of_file(0, &seen, today);
        let (split, announced) = self.sort(&sheets, mission).await?;
        let mut cases = Vec::new();
        for pile in piles(split) {
            let pages = listed(&whole, &pile, sheets.len());
            let case = if let Some(case) = announced.goes_to(pile.cover.as_ref()) {
                case.clone()
            } else {
                let kind = kind_of_pile(&pile, settings.kind);
                let said = ManifestFile::default();
                let manifest = said.of_scans(settings, kind, vec![pages.clone()], came_at);
                let Ok(manifest) = manifest else {
                    return Ok(false);
                };
                let Ok(due_at) = settings.due_at(&manifest) else {
                    return Ok(false);
                };
                self.open(&manifest, due_at, at).await?
            };
            self.file(&case, &pages, at).await?;
            cases.push(case);
        }
        let ended = upload.clone().ended(UploadEnd::InCases { cases });
        self.store.keep_upload(&ended).await?;
        Ok(true)
    }
}

/// The piles of a scan that nobody has at hand: a page that would need a hand is one of its own.
fn piles(split: Split) -> Vec<Pile> {
    let alone = |(at, sorted)| match sorted {
        Sorted::NeedsHand(..) | Sorted::FileRefused(_) => Some(Pile {
            cover: None,
            pages: vec![at],
            kinds: Vec::new(),
        }),
        Sorted::CoverSheet(_) | Sorted::Blank | Sorted::Pile(_) | Sorted::CameBefore(..) => None,
    };
    let alone = split.pages.into_iter().filter_map(alone);
    let piles = split
        .piles
        .into_iter()
        .filter(|pile| !pile.pages.is_empty());
    piles.chain(alone).collect()
}

/// The pages of a pile; no list of them where they are the whole scan.
fn listed(whole: &ScanPages, pile: &Pile, pages_of_scan: usize) -> ScanPages {
    let pages = pile.pages.iter().map(|at| at.page).collect();
    ScanPages {
        pages: (pile.pages.len() != pages_of_scan).then_some(pages),
        ..whole.clone()
    }
}
