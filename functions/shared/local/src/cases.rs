//! Cases with their events, written together or not at all.

use casework::case::{Case, CaseId, Recorded, person_key};
use casework::notice::Notice;
use casework::personal::Personal;
use casework::ports::{Append, Cases, StoreError, WorklistPage, WorklistQuery, WorklistRow};
use casework::record::{follows, from_record, sortable, to_record};
use casework::scan::ScanId;
use rusqlite::{OptionalExtension as _, Params, Transaction};

use crate::Store;
use crate::failure::sqlite_failure;
use crate::worklist::page;

impl Cases for Store {
    async fn load(&self, id: &CaseId) -> Result<Option<Case>, StoreError> {
        self.database.read(|tx| load(tx, id))
    }

    async fn timeline(&self, id: &CaseId) -> Result<Vec<Recorded>, StoreError> {
        self.database.read(|tx| events_between(tx, id, 0, u64::MAX))
    }

    async fn append(
        &self,
        expected_version: u64,
        events: &[Recorded],
        case: &Case,
        notices: &[Notice],
    ) -> Result<Append, StoreError> {
        self.database.write(|tx| {
            let found_version = version(tx, &case.id)?;
            if found_version != expected_version {
                let there = events_between(tx, &case.id, expected_version, case.version)?;
                let mine = !events.is_empty() && there == events;
                return Ok(if mine {
                    Append::Done
                } else {
                    Append::Conflict { found_version }
                });
            }
            follows(load(tx, &case.id)?, events, case)?;
            put_case(tx, case)?;
            put_events(tx, &case.id, events)?;
            put_notices(tx, notices)?;
            Ok(Append::Done)
        })
    }

    async fn worklist(&self, query: &WorklistQuery) -> Result<WorklistPage, StoreError> {
        self.database.read(|tx| page(tx, query))
    }

    async fn holding(&self, scan: &ScanId) -> Result<Vec<CaseId>, StoreError> {
        const SQL: &str = "SELECT case_id FROM scan_cases WHERE scan = ? ORDER BY case_id";
        self.database.read(|tx| case_ids(tx, SQL, scan.as_str()))
    }

    async fn of_person(&self, iin_or_name: &Personal<String>) -> Result<Vec<CaseId>, StoreError> {
        const SQL: &str = "SELECT case_id FROM person_cases WHERE key = ? ORDER BY case_id";
        let Some(key) = person_key(iin_or_name) else {
            return Ok(Vec::new());
        };
        self.database.read(|tx| case_ids(tx, SQL, key.reveal()))
    }
}

/// The snapshot; the fold of the events where an older program made the snapshot.
fn load(tx: &Transaction<'_>, id: &CaseId) -> Result<Option<Case>, StoreError> {
    let snapshot: Option<String> = tx
        .prepare_cached("SELECT snapshot FROM cases WHERE id = ?")
        .and_then(|mut select| select.query_row([id.as_str()], |row| row.get(0)).optional())
        .map_err(|e| sqlite_failure(&e))?;
    match snapshot.map(|text| serde_json::from_str(&text)) {
        None => Ok(None),
        Some(Ok(case)) => Ok(Some(case)),
        Some(Err(_)) => fold(tx, id).map(Some),
    }
}

/// The case that its stored events make.
pub(crate) fn fold(tx: &Transaction<'_>, id: &CaseId) -> Result<Case, StoreError> {
    let events = events_between(tx, id, 0, u64::MAX)?;
    Case::from_events(&events).map_err(|e| StoreError::Permanent(format!("case {id}: {e}")))
}

fn version(tx: &Transaction<'_>, id: &CaseId) -> Result<u64, StoreError> {
    tx.prepare_cached("SELECT coalesce(max(version), 0) FROM events WHERE case_id = ?")
        .and_then(|mut select| select.query_row([id.as_str()], |row| row.get(0)))
        .map_err(|e| sqlite_failure(&e))
}

/// The events after version `after`, up to version `until`, oldest first.
fn events_between(
    tx: &Transaction<'_>,
    id: &CaseId,
    after: u64,
    until: u64,
) -> Result<Vec<Recorded>, StoreError> {
    const SQL: &str = "SELECT recorded FROM events
         WHERE case_id = ? AND version > ? AND version <= ? ORDER BY version";
    let bound = |version| i64::try_from(version).unwrap_or(i64::MAX);
    let texts = texts(tx, SQL, (id.as_str(), bound(after), bound(until)))?;
    let which = format!("an event of case {id}");
    texts.iter().map(|text| from_record(&which, text)).collect()
}

fn put_case(tx: &Transaction<'_>, case: &Case) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO cases (id, version, mission, status, due_at, row, snapshot)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET version = ?2, mission = ?3, status = ?4, due_at = ?5,
             row = ?6, snapshot = ?7";
    let (id, row) = (case.id.as_str(), WorklistRow::of(case));
    let which = format!("case {id}");
    let values = (
        id,
        case.version,
        &row.mission.0,
        row.status.as_str(),
        sortable(row.due_at),
        to_record(&which, &row)?,
        to_record(&which, case)?,
    );
    execute(tx, SQL, values)?;
    execute(tx, "DELETE FROM scan_cases WHERE case_id = ?", [id])?;
    for scan in case.scan_ids() {
        const SQL: &str = "INSERT INTO scan_cases (scan, case_id) VALUES (?, ?)";
        execute(tx, SQL, (scan.as_str(), id))?;
    }
    put_people(tx, case)
}

/// By whom the case is found.
fn put_people(tx: &Transaction<'_>, case: &Case) -> Result<(), StoreError> {
    let id = case.id.as_str();
    execute(tx, "DELETE FROM person_cases WHERE case_id = ?", [id])?;
    for key in case.person_keys() {
        const SQL: &str = "INSERT INTO person_cases (key, case_id) VALUES (?, ?)";
        execute(tx, SQL, (key.reveal(), id))?;
    }
    Ok(())
}

/// Every case is found by what this program finds people by; an older one knew less.
pub(crate) fn index_people(tx: &Transaction<'_>) -> Result<(), StoreError> {
    for id in texts(tx, "SELECT id FROM cases", [])? {
        let id = CaseId::try_from(id);
        let id = id.map_err(|e| StoreError::Permanent(format!("a stored key: {e}")))?;
        if let Some(case) = load(tx, &id)? {
            put_people(tx, &case)?;
        }
    }
    Ok(())
}

fn put_events(tx: &Transaction<'_>, id: &CaseId, events: &[Recorded]) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO events (case_id, version, recorded) VALUES (?, ?, ?)";
    for recorded in events {
        let text = to_record(
            &format!("event {} of case {id}", recorded.version),
            recorded,
        )?;
        execute(tx, SQL, (id.as_str(), recorded.version, text))?;
    }
    Ok(())
}

fn put_notices(tx: &Transaction<'_>, notices: &[Notice]) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO outbox (case_id, version, notice) VALUES (?, ?, ?)";
    for notice in notices {
        let text = to_record("a notice", notice)?;
        execute(tx, SQL, (notice.case.as_str(), notice.version, text))?;
    }
    Ok(())
}

fn case_ids(tx: &Transaction<'_>, sql: &str, key: &str) -> Result<Vec<CaseId>, StoreError> {
    texts(tx, sql, [key])?
        .into_iter()
        .map(|text| {
            CaseId::try_from(text).map_err(|e| StoreError::Permanent(format!("a stored key: {e}")))
        })
        .collect()
}

/// The first column of every row found.
pub(crate) fn texts(
    tx: &Transaction<'_>,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<String>, StoreError> {
    tx.prepare_cached(sql)
        .and_then(|mut select| select.query_map(parameters, |row| row.get(0))?.collect())
        .map_err(|e| sqlite_failure(&e))
}

pub(crate) fn execute(
    tx: &Transaction<'_>,
    sql: &str,
    parameters: impl Params,
) -> Result<(), StoreError> {
    tx.prepare_cached(sql)
        .and_then(|mut statement| statement.execute(parameters))
        .map(|_rows| ())
        .map_err(|e| sqlite_failure(&e))
}
