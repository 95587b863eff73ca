//! Scans as objects, each under the sha256 of its bytes.

use casework::ports::{Incoming, Scans, ScansInPieces, StoreError};
use casework::scan::ScanId;

use crate::Store;
use crate::keys::scan_object;

impl Scans for Store {
    async fn keep(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        let objects = &self.0.objects;
        let scan = ScanId::of(bytes);
        if !self.is_locked_away(&scan).await? {
            objects
                .put_once(&objects.records, &scan_object(&scan), bytes.to_vec())
                .await?;
        }
        Ok(scan)
    }

    async fn quarantine(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
        let objects = &self.0.objects;
        let scan = ScanId::of(bytes);
        objects
            .put_once(&objects.quarantine, scan.as_str(), bytes.to_vec())
            .await?;
        objects
            .remove(&objects.records, &scan_object(&scan))
            .await?;
        Ok(scan)
    }

    async fn is_locked_away(&self, scan: &ScanId) -> Result<bool, StoreError> {
        let objects = &self.0.objects;
        objects.is_there(&objects.quarantine, scan.as_str()).await
    }

    async fn bytes(&self, scan: &ScanId) -> Result<Option<Vec<u8>>, StoreError> {
        let objects = &self.0.objects;
        // Asked first: one kept while it was being locked away is still not shown.
        if self.is_locked_away(scan).await? {
            return Ok(None);
        }
        let bytes = objects.bytes(&objects.records, &scan_object(scan)).await?;
        match bytes {
            Some(bytes) if ScanId::of(&bytes) != *scan => Err(StoreError::Permanent(format!(
                "scan {scan} has changed since it was kept: restore an earlier version of its object"
            ))),
            bytes => Ok(bytes),
        }
    }
}

/// A scan on its way: held here until it is whole. Who sends one through a function sends no more
/// than a request holds, which is less than this.
#[derive(Debug)]
pub struct IncomingScan {
    store: Store,
    bytes: Vec<u8>,
}

/// The most that is held of a scan on its way.
const HELD_BYTES_MAX: usize = 64 << 20;

impl ScansInPieces for Store {
    type Incoming = IncomingScan;

    fn begin(&self) -> Result<IncomingScan, StoreError> {
        Ok(IncomingScan {
            store: self.clone(),
            bytes: Vec::new(),
        })
    }
}

impl Incoming for IncomingScan {
    fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        if self.bytes.len() + piece.len() > HELD_BYTES_MAX {
            let much = "a scan is larger than a function holds: put it into the inbox";
            return Err(StoreError::Permanent(much.to_owned()));
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    async fn finish(self) -> Result<(ScanId, u64), StoreError> {
        let scan = self.store.keep(&self.bytes).await?;
        Ok((scan, self.bytes.len() as u64))
    }
}
