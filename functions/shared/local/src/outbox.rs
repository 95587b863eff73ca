//! Notices that wait, in the order in which they were written.

use casework::notice::Notice;
use casework::ports::{Outbox, StoreError};
use casework::record::{from_record, sortable};
use jiff::Timestamp;

use crate::Store;
use crate::cases::{execute, texts};

impl Outbox for Store {
    async fn waiting(&self, limit: u32) -> Result<Vec<Notice>, StoreError> {
        const SQL: &str = "SELECT notice FROM outbox WHERE sent_at IS NULL ORDER BY number LIMIT ?";
        let texts = self.database.read(|tx| texts(tx, SQL, [limit]))?;
        texts
            .iter()
            .map(|text| from_record("a notice", text))
            .collect()
    }

    async fn mark_sent(&self, notice: &Notice, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE outbox SET sent_at = ?
             WHERE case_id = ? AND version = ? AND sent_at IS NULL";
        let keys = (sortable(at), notice.case.as_str(), notice.version);
        self.database.write(|tx| execute(tx, SQL, keys))
    }
}
