//! Notices, in the order in which they were written.

use casework::case::CaseId;
use casework::notice::{Notice, NoticeId, Posted, Settled, Told};
use casework::ports::{Outbox, StoreError};
use casework::record::{from_record, sortable, to_record};
use jiff::Timestamp;
use rusqlite::{Params, Transaction};

use crate::Store;
use crate::failure::sqlite_failure;

impl Outbox for Store {
    async fn post(&self, notice: &Notice) -> Result<(), StoreError> {
        const SQL: &str =
            "INSERT OR IGNORE INTO outbox (case_id, version, notice) VALUES (?, ?, ?)";
        let record = to_record("a notice", notice)?;
        let values = (notice.case.as_str(), notice.version, record);
        self.database.write(|tx| changed(tx, SQL, values))?;
        Ok(())
    }

    async fn due(&self, at: Timestamp, limit: u32) -> Result<Vec<Posted>, StoreError> {
        const SQL: &str = "SELECT notice, tries, next_at, told, settled FROM outbox
             WHERE settled IS NULL AND next_at <= ? ORDER BY next_at, number LIMIT ?";
        self.database
            .read(|tx| posted(tx, SQL, (sortable(at), limit)))
    }

    async fn begin_try(&self, posted: &Posted, next_at: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE outbox SET tries = tries + 1, next_at = ?
             WHERE case_id = ? AND version = ? AND tries = ? AND settled IS NULL";
        let notice = &posted.notice;
        let values = (
            sortable(next_at),
            notice.case.as_str(),
            notice.version,
            posted.tries,
        );
        let changed = self.database.write(|tx| changed(tx, SQL, values))?;
        Ok(changed == 1)
    }

    async fn note_told(&self, notice: &NoticeId, told: &Told) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE outbox SET told = ?
             WHERE case_id = ? AND version = ? AND settled IS NULL";
        let record = to_record("who was told", told)?;
        let values = (record, notice.case.as_str(), notice.version);
        self.database.write(|tx| changed(tx, SQL, values))?;
        Ok(())
    }

    async fn settle(&self, notice: &NoticeId, settled: &Settled) -> Result<(), StoreError> {
        const KNOWN: &str = "SELECT notice, tries, next_at, told, settled FROM outbox
             WHERE case_id = ? AND version = ?";
        const SQL: &str = "UPDATE outbox SET settled = ? WHERE case_id = ? AND version = ?";
        let (case, version) = (notice.case.as_str(), notice.version);
        let record = to_record("the end of a notice", settled)?;
        self.database.write(|tx| {
            let known = posted(tx, KNOWN, (case, version))?;
            if (known.iter()).any(|known| settled.replaces(known.settled.as_ref())) {
                changed(tx, SQL, (record, case, version))?;
            }
            Ok(())
        })
    }

    async fn notices(&self, case: &CaseId) -> Result<Vec<Posted>, StoreError> {
        const SQL: &str = "SELECT notice, tries, next_at, told, settled FROM outbox
             WHERE case_id = ? ORDER BY version";
        self.database.read(|tx| posted(tx, SQL, [case.as_str()]))
    }
}

/// A row as it is stored: the notice, its tries, when it is due, who has it, how it ended.
type Row = (String, u32, String, String, Option<String>);

fn posted(tx: &Transaction<'_>, sql: &str, values: impl Params) -> Result<Vec<Posted>, StoreError> {
    let row = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Row> {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    };
    let rows: Vec<Row> = tx
        .prepare_cached(sql)
        .and_then(|mut select| select.query_map(values, row)?.collect())
        .map_err(|e| sqlite_failure(&e))?;
    rows.into_iter().map(of_row).collect()
}

fn of_row((notice, tries, next_at, told, settled): Row) -> Result<Posted, StoreError> {
    let settled = settled.map(|text| from_record("the end of a notice", &text));
    Ok(Posted {
        notice: from_record("a notice", &notice)?,
        tries,
        // One that was never tried is due from the beginning: its time is no time.
        next_at: next_at.parse().ok(),
        told: from_record("who was told", &told)?,
        settled: settled.transpose()?,
    })
}

fn changed(tx: &Transaction<'_>, sql: &str, values: impl Params) -> Result<usize, StoreError> {
    tx.prepare_cached(sql)
        .and_then(|mut statement| statement.execute(values))
        .map_err(|e| sqlite_failure(&e))
}
