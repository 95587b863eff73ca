//! A page of the worklist: for every status asked for, the next rows by its index.
//!
//! A walk over all open cases would sort them all for one page; a walk per status reads no
//! more rows than it may show.

use casework::ports::{StoreError, WorklistPage, WorklistQuery};
use casework::record::{NEVER, from_record, sortable};
use rusqlite::Transaction;

use crate::cases::texts;

const OF_ALL: &str = "SELECT row FROM cases
     WHERE status = ?1 AND (due_at, id) > (?2, ?3) AND due_at <= ?4
     ORDER BY due_at, id LIMIT ?5";
const OF_MISSION: &str = "SELECT row FROM cases
     WHERE status = ?1 AND (due_at, id) > (?2, ?3) AND due_at <= ?4 AND mission = ?6
     ORDER BY due_at, id LIMIT ?5";

pub(crate) fn page(
    tx: &Transaction<'_>,
    query: &WorklistQuery,
) -> Result<WorklistPage, StoreError> {
    let rows_max = query.rows_max();
    let (due_at, case) = query.after.as_ref().map_or_else(Default::default, |c| {
        (sortable(c.due_at), c.case.as_str().to_owned())
    });
    let due_until = query.due_until.map_or_else(|| NEVER.to_owned(), sortable);
    let mut rows = Vec::new();
    for status in query.statuses() {
        let status = status.as_str();
        let (due_at, case, due_until) = (&*due_at, &*case, &*due_until);
        let found = match &query.mission {
            None => texts(tx, OF_ALL, (status, due_at, case, due_until, rows_max + 1)),
            Some(mission) => {
                let mission = &mission.0;
                let keys = (status, due_at, case, due_until, rows_max + 1, mission);
                texts(tx, OF_MISSION, keys)
            }
        };
        for text in found? {
            rows.push(from_record("a row of the worklist", &text)?);
        }
    }
    Ok(WorklistPage::of(rows, rows_max))
}
