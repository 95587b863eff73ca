//! Whether a store is whole, after a restore for instance: the file, the links, every fold, every
//! scan.

use casework::case::{Case, CaseId};
use casework::ports::{StoreError, WorklistRow};
use casework::scan::ScanId;
use rusqlite::Transaction;

use crate::Store;
use crate::cases::{fold, texts};

/// What was looked at, and what was found wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Cases folded anew from their events.
    pub cases: u64,
    /// Scans of cases whose bytes were hashed anew.
    pub scans: u64,
    /// What is wrong, one sentence each; empty where the store is whole.
    pub wrong: Vec<String>,
}

impl Store {
    /// Checks the database file and its links, and folds every case anew: what is stored of
    /// it must be what its events make, and each scan that a case holds must be there, unchanged.
    /// Reads everything; changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be read at all.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        self.database.read(|tx| {
            let mut verified = Verified::default();
            let checks = texts(tx, "PRAGMA integrity_check", [])?;
            verified
                .wrong
                .extend(checks.into_iter().filter(|line| line != "ok"));
            for table in texts(tx, "PRAGMA foreign_key_check", [])? {
                let what = format!("a row of table {table} belongs to a case that is not there");
                verified.wrong.push(what);
            }
            for id in texts(tx, "SELECT id FROM cases ORDER BY id", [])? {
                verified.cases += 1;
                if let Err(wrong) = verify_case(tx, &id) {
                    verified.wrong.push(format!("case {id}: {wrong}"));
                }
            }
            for id in texts(tx, "SELECT DISTINCT scan FROM scan_cases ORDER BY scan", [])? {
                verified.scans += 1;
                let scan = ScanId::try_from(id);
                let scan = scan.map_err(|e| StoreError::Permanent(e.to_string()))?;
                if let Some(wrong) = self.files.wrong(&scan) {
                    verified.wrong.push(format!("scan {scan} {wrong}"));
                }
            }
            Ok(verified)
        })
    }
}

fn verify_case(tx: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    let wrong = |why: &str| StoreError::Permanent(why.to_owned());
    let case_id = CaseId::try_from(id.to_owned()).map_err(|e| wrong(&e.to_string()))?;
    let case = fold(tx, &case_id)?;
    let stored = |sql: &str| Ok(texts(tx, sql, [id])?.pop().unwrap_or_default());
    let snapshot = stored("SELECT snapshot FROM cases WHERE id = ?")?;
    if serde_json::from_str::<Case>(&snapshot).ok().as_ref() != Some(&case) {
        return Err(wrong("its snapshot is not what its events make"));
    }
    let row = stored("SELECT row FROM cases WHERE id = ?")?;
    if serde_json::from_str(&row).ok() != Some(WorklistRow::of(&case)) {
        return Err(wrong("the worklist shows something else"));
    }
    Ok(())
}
