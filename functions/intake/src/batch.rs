//! A batch: everything that came into one folder so far, and what follows from all of it.
//!
//! Never here: the order in which it came. Of two manifests, or two cards, the one that was put
//! last counts.

use std::collections::BTreeMap;

use casework::card::CheckedCard;
use casework::case::ScanPages;
use casework::personal::Personal;
use casework::scan::ScanId;
use casework::upload::{Brings, Upload};
use jiff::Timestamp;

use crate::manifest::ManifestFile;

/// What came into a folder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    /// What was put last, first.
    uploads: Vec<Upload>,
}

impl Batch {
    pub(crate) fn of(mut uploads: Vec<Upload>) -> Self {
        let put = |upload: &Upload| (upload.object.put_at, upload.came_at, upload.object.id());
        uploads.sort_by_key(|upload| std::cmp::Reverse(put(upload)));
        Self { uploads }
    }

    /// Its manifests that can be used, the one that counts first.
    pub(crate) fn manifests(&self) -> impl Iterator<Item = (&Upload, ManifestFile)> {
        self.uploads.iter().filter_map(|upload| {
            let Some(Brings::Manifest { text }) = &upload.brings else {
                return None;
            };
            Some((upload, serde_json::from_str(text.reveal()).ok()?))
        })
    }

    /// The card in its `card.json`.
    pub(crate) fn card(&self) -> Option<CheckedCard> {
        self.uploads.iter().find_map(|upload| {
            let Some(Brings::Card { text }) = &upload.brings else {
                return None;
            };
            serde_json::from_str(text.reveal()).ok()
        })
    }

    /// Its scans that were looked at, by name: those pages that the manifest lists of a scan,
    /// and the whole of a scan it does not list.
    pub(crate) fn scans(&self, listed: &[ScanPages]) -> Vec<ScanPages> {
        let mut names: BTreeMap<&ScanId, &str> = BTreeMap::new();
        for upload in &self.uploads {
            if let Some(Brings::Scan { scan }) = &upload.brings {
                names.insert(scan, upload.object.name());
            }
        }
        let mut scans: Vec<_> = names
            .into_iter()
            .map(|(scan, name)| listing(listed, scan).unwrap_or_else(|| whole(scan, name.into())))
            .collect();
        scans.sort_by(|a, b| (&a.name, &a.scan).cmp(&(&b.name, &b.scan)));
        scans
    }

    /// When the first of it was put.
    pub(crate) fn came_at(&self) -> Option<Timestamp> {
        self.uploads.last().map(|upload| upload.object.put_at)
    }

    /// Whether a manifest or a card has not had its say yet.
    pub(crate) fn says_something_new(&self) -> bool {
        let says = |brings: &Brings| !matches!(brings, Brings::Scan { .. });
        let new =
            |upload: &Upload| upload.end.is_none() && upload.brings.as_ref().is_some_and(says);
        self.uploads.iter().any(new)
    }

    /// The uploads that brought something and have no end yet.
    pub(crate) fn open(self) -> impl Iterator<Item = Upload> {
        let open = |upload: &Upload| upload.end.is_none() && upload.brings.is_some();
        self.uploads.into_iter().filter(open)
    }
}

fn whole(scan: &ScanId, name: Personal<String>) -> ScanPages {
    ScanPages {
        scan: scan.clone(),
        name,
        pages: None,
    }
}

/// What is listed of a scan; pages that are listed apart are put together.
fn listing(listed: &[ScanPages], scan: &ScanId) -> Option<ScanPages> {
    let mut of_scan = listed.iter().filter(|pages| pages.scan == *scan);
    let mut all = of_scan.next()?.clone();
    for more in of_scan {
        all.pages = match (all.pages, &more.pages) {
            (Some(some), Some(more)) => Some([some.as_slice(), more].concat()),
            (None, _) | (_, None) => None,
        };
    }
    if let Some(pages) = &mut all.pages {
        pages.sort_unstable();
        pages.dedup();
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_listed_apart_are_put_together() {
        let scan = ScanId::of(b"a");
        let entry = |pages: Option<&[u32]>| ScanPages {
            pages: pages.map(<[u32]>::to_vec),
            ..whole(&scan, "a.pdf".into())
        };
        for (listed, expected) in [
            (
                vec![entry(Some(&[3, 1])), entry(Some(&[2, 1]))],
                entry(Some(&[1, 2, 3])),
            ),
            (vec![entry(Some(&[1])), entry(None)], entry(None)),
            (vec![entry(None)], entry(None)),
        ] {
            assert_eq!(listing(&listed, &scan), Some(expected));
            assert_eq!(listing(&listed, &ScanId::of(b"b")), None);
        }
    }
}
