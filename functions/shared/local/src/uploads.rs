//! Uploads, each written in place of its version before.

use casework::ports::{StoreError, Uploads};
use casework::record::{from_record, sortable, to_record};
use casework::upload::{BatchId, Upload, UploadId};
use jiff::Timestamp;
use rusqlite::{Params, Transaction};

use crate::Store;
use crate::cases::{execute, texts};

const WHICH: &str = "an upload";

impl Uploads for Store {
    async fn upload(&self, batch: &BatchId, id: &UploadId) -> Result<Option<Upload>, StoreError> {
        self.database.read(|tx| one(tx, batch, id))
    }

    async fn keep_upload(&self, upload: &Upload) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT OR REPLACE INTO uploads (batch, id, version, came_at, upload)
             VALUES (?, ?, ?, ?, ?)";
        let (batch, id) = (upload.object.batch(), upload.object.id());
        let text = to_record(WHICH, upload)?;
        self.database.write(|tx| {
            let there = one(tx, &batch, &id)?;
            if there.as_ref() == Some(upload) {
                return Ok(true);
            }
            if there.map_or(0, |there| there.version) + 1 != upload.version {
                return Ok(false);
            }
            let came_at = upload.end.is_none().then(|| sortable(upload.came_at));
            let (batch, id) = (batch.as_str(), id.as_str());
            execute(tx, SQL, (batch, id, upload.version, came_at, text))?;
            Ok(true)
        })
    }

    async fn of_batch(&self, batch: &BatchId) -> Result<Vec<Upload>, StoreError> {
        const SQL: &str = "SELECT upload FROM uploads WHERE batch = ?";
        self.database.read(|tx| read(tx, SQL, [batch.as_str()]))
    }

    async fn without_end(
        &self,
        came_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Upload>, StoreError> {
        const SQL: &str = "SELECT upload FROM uploads
             WHERE came_at IS NOT NULL AND came_at <= ? ORDER BY came_at LIMIT ?";
        let until = sortable(came_until);
        self.database.read(|tx| read(tx, SQL, (until, limit)))
    }
}

fn one(tx: &Transaction<'_>, batch: &BatchId, id: &UploadId) -> Result<Option<Upload>, StoreError> {
    const SQL: &str = "SELECT upload FROM uploads WHERE batch = ? AND id = ?";
    read(tx, SQL, (batch.as_str(), id.as_str())).map(|mut found| found.pop())
}

fn read(tx: &Transaction<'_>, sql: &str, keys: impl Params) -> Result<Vec<Upload>, StoreError> {
    let texts = texts(tx, sql, keys)?;
    texts.iter().map(|text| from_record(WHICH, text)).collect()
}
