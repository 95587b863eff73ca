//! Applications on the portal, each written in place of its version before.

use casework::account::Failures;
use casework::application::{Application, LinkKey};
use casework::case::CaseId;
use casework::ports::{Applications, StoreError};
use casework::record::{from_record, to_record};
use jiff::Timestamp;
use rusqlite::Params;

use crate::Store;
use crate::cases::{execute, texts};
use crate::failed_tries::OPENINGS;

const WHICH: &str = "an application";

impl Applications for Store {
    async fn begun(&self, reference: &CaseId) -> Result<Option<Application>, StoreError> {
        const SQL: &str = "SELECT application FROM applications WHERE reference = ?";
        Ok(self.applications(SQL, [reference.as_str()])?.pop())
    }

    async fn application(
        &self,
        reference: &CaseId,
        link: &LinkKey,
    ) -> Result<Option<Application>, StoreError> {
        const SQL: &str = "SELECT application FROM applications WHERE reference = ? AND link = ?";
        Ok(self.applications(SQL, (reference.as_str(), &link.0))?.pop())
    }

    async fn keep_application(&self, application: &Application) -> Result<bool, StoreError> {
        const THERE: &str = "SELECT application FROM applications WHERE reference = ?";
        const SQL: &str = "INSERT OR REPLACE INTO applications (reference, link, version, to_hand_over, application)
             VALUES (?, ?, ?, ?, ?)";
        let record = to_record(WHICH, application)?;
        let to_hand_over = application
            .handed_in
            .as_ref()
            .is_some_and(|handed_in| !handed_in.is_case);
        let reference = application.reference.as_str();
        self.database.write(|tx| {
            let there = texts(tx, THERE, [reference])?;
            let there = there
                .first()
                .map(|text| from_record::<Application>(WHICH, text));
            let there = there.transpose()?;
            if there.as_ref() == Some(application) {
                return Ok(true);
            }
            if there.map_or(0, |there| there.version) + 1 != application.version {
                return Ok(false);
            }
            let values = (
                reference,
                &application.link.0,
                application.version,
                to_hand_over,
                record,
            );
            execute(tx, SQL, values)?;
            Ok(true)
        })
    }

    async fn to_hand_over(&self, limit: u32) -> Result<Vec<Application>, StoreError> {
        const SQL: &str = "SELECT application FROM applications WHERE to_hand_over = 1 ORDER BY reference LIMIT ?";
        self.applications(SQL, [limit])
    }

    async fn count_opening(
        &self,
        reference: &CaseId,
        at: Timestamp,
    ) -> Result<Failures, StoreError> {
        self.database
            .write(|tx| OPENINGS.count_try(tx, reference.as_str(), at))
    }

    async fn forget_openings(&self, reference: &CaseId) -> Result<(), StoreError> {
        self.database
            .write(|tx| OPENINGS.forget(tx, reference.as_str()))
    }
}

impl Store {
    fn applications(&self, sql: &str, keys: impl Params) -> Result<Vec<Application>, StoreError> {
        let found = self.database.read(|tx| texts(tx, sql, keys))?;
        found.iter().map(|text| from_record(WHICH, text)).collect()
    }
}
