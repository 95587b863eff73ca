//! The end of an application that was not handed in.

use casework::application::Application;
use casework::case::CaseId;
use casework::ports::{Erase, Pieces as _, StoreError};
use casework::record::from_record;
use casework::scan::ScanId;
use rusqlite::Transaction;

use crate::Store;
use crate::cases::{execute, texts};
use crate::failed_tries::OPENINGS;

impl Erase for Store {
    async fn erase(&self, application: &Application) -> Result<bool, StoreError> {
        let reference = &application.reference;
        if application.handed_in.is_some() {
            return Ok(false);
        }
        self.forget(reference).await?;
        self.database.write(|tx| {
            if !stands(tx, application)? {
                return Ok(false);
            }
            // The files go before the record does: whoever dies in between leaves an application that
            // can be erased again, and nothing that nobody can find.
            for paper in &application.papers {
                if is_only_theirs(tx, reference, &paper.scan)? {
                    self.files.remove(&paper.scan)?;
                    let readings = "DELETE FROM readings WHERE scan = ?";
                    execute(tx, readings, [paper.scan.as_str()])?;
                }
            }
            let notices = "DELETE FROM outbox WHERE case_id = ?";
            execute(tx, notices, [reference.as_str()])?;
            OPENINGS.forget(tx, reference.as_str())?;
            let record = "DELETE FROM applications WHERE reference = ?";
            execute(tx, record, [reference.as_str()])?;
            Ok(true)
        })
    }
}

/// Whether it stands just so, and no case has come of it.
fn stands(tx: &Transaction<'_>, application: &Application) -> Result<bool, StoreError> {
    const THERE: &str = "SELECT application FROM applications WHERE reference = ?1
         AND NOT EXISTS (SELECT 1 FROM cases WHERE id = ?1)";
    let there = texts(tx, THERE, [application.reference.as_str()])?;
    let there = there
        .first()
        .map(|text| from_record("an application", text));
    Ok(there.transpose()?.as_ref() == Some(application))
}

/// Whether no case and no other application has this scan, and no stack brought it.
fn is_only_theirs(
    tx: &Transaction<'_>,
    reference: &CaseId,
    scan: &ScanId,
) -> Result<bool, StoreError> {
    const ELSEWHERE: &str = "SELECT 'a case' FROM scan_cases WHERE scan = ?1
         UNION ALL SELECT 'an application' FROM applications
         WHERE reference <> ?2 AND instr(application, ?1) > 0
         UNION ALL SELECT 'a stack' FROM stacks WHERE instr(stack, ?1) > 0 LIMIT 1";
    let elsewhere = texts(tx, ELSEWHERE, (scan.as_str(), reference.as_str()))?;
    Ok(elsewhere.is_empty())
}
