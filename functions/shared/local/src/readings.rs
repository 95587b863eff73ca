//! Readings, by scan and by the reader's version.

use casework::ports::{Readings, Seen, StoreError};
use casework::record::{from_record, to_record};
use casework::scan::ScanId;
use rusqlite::OptionalExtension as _;

use crate::Store;
use crate::failure::sqlite_failure;

impl Readings for Store {
    async fn keep_seen(&self, scan: &ScanId, reader: &str, seen: &Seen) -> Result<(), StoreError> {
        let seen = to_record(&which(scan), seen)?;
        self.database.write(|tx| {
            tx.prepare_cached(
                "INSERT OR REPLACE INTO readings (scan, reader, seen) VALUES (?, ?, ?)",
            )
            .and_then(|mut insert| insert.execute((scan.as_str(), reader, seen)))
            .map_err(|e| sqlite_failure(&e))?;
            Ok(())
        })
    }

    async fn seen(&self, scan: &ScanId, reader: &str) -> Result<Option<Seen>, StoreError> {
        let seen: Option<String> = self.database.read(|tx| {
            tx.prepare_cached("SELECT seen FROM readings WHERE scan = ? AND reader = ?")
                .and_then(|mut select| {
                    select
                        .query_row((scan.as_str(), reader), |row| row.get(0))
                        .optional()
                })
                .map_err(|e| sqlite_failure(&e))
        })?;
        seen.map(|seen| from_record(&which(scan), &seen))
            .transpose()
    }
}

fn which(scan: &ScanId) -> String {
    format!("the reading of scan {scan}")
}
