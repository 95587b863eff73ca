//! Readings with all their boxes: objects, which an item by scan and reader points at.

use casework::ports::{Readings, Seen, StoreError};
use casework::record::{from_record, to_record};
use casework::scan::ScanId;

use crate::Store;
use crate::body::Body;
use crate::item::keyed;
use crate::keys::ItemKey;

/// A refusal is a word and stays in its item; a reading, however short, does not.
const INLINE_BYTES_MAX: usize = 64;

impl Readings for Store {
    async fn keep_seen(&self, scan: &ScanId, reader: &str, seen: &Seen) -> Result<(), StoreError> {
        let record = to_record(&which(scan), seen)?;
        let folder = format!("readings/{scan}");
        let body = Body::keep(&self.0.objects, &folder, record, INLINE_BYTES_MAX).await?;
        let item = body.onto(keyed(&ItemKey::reading(scan, reader)));
        self.put("keep a reading", item).await
    }

    async fn seen(&self, scan: &ScanId, reader: &str) -> Result<Option<Seen>, StoreError> {
        let Some(item) = self.item(&ItemKey::reading(scan, reader)).await? else {
            return Ok(None);
        };
        let record = Body::of(&item)?.record(&self.0.objects).await?;
        from_record(&which(scan), &record).map(Some)
    }
}

fn which(scan: &ScanId) -> String {
    format!("the reading of scan {scan}")
}
