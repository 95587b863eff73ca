//! Tries that failed one after another, by what was tried: an account's name, an application's reference.

use casework::account::Failures;
use casework::ports::StoreError;
use casework::record::sortable;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, Transaction};

use crate::cases::execute;
use crate::failure::sqlite_failure;

/// Failed tries are forgotten after so long: guessed names must not fill the disk.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// The statements of one table of failed tries.
pub(crate) struct FailedTries {
    sweep: &'static str,
    find: &'static str,
    count: &'static str,
    forget: &'static str,
}

macro_rules! failed_tries {
    ($table:literal, $key:literal) => {
        FailedTries {
            sweep: concat!("DELETE FROM ", $table, " WHERE last_at < ?"),
            find: concat!(
                "SELECT count, last_at FROM ",
                $table,
                " WHERE ",
                $key,
                " = ?"
            ),
            count: concat!(
                "INSERT INTO ",
                $table,
                " (",
                $key,
                ", count, last_at) VALUES (?1, 1, ?2) ON CONFLICT (",
                $key,
                ") DO UPDATE SET count = min(count + 1, 1000000), last_at = ?2"
            ),
            forget: concat!("DELETE FROM ", $table, " WHERE ", $key, " = ?"),
        }
    };
}

/// Logins, by account.
pub(crate) const LOGINS: FailedTries = failed_tries!("failed_logins", "name");
/// Openings of applications, by reference.
pub(crate) const OPENINGS: FailedTries = failed_tries!("failed_openings", "reference");

impl FailedTries {
    /// Counts a try, unless it must wait; what stood before it.
    pub(crate) fn count_try(
        &self,
        tx: &Transaction<'_>,
        key: &str,
        at: Timestamp,
    ) -> Result<Failures, StoreError> {
        let old = at.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
        execute(tx, self.sweep, [sortable(old)])?;
        let before = self.failures(tx, key)?;
        if !before.turn_away(at) {
            execute(tx, self.count, (key, sortable(at)))?;
        }
        Ok(before)
    }

    /// Forgets what failed before.
    pub(crate) fn forget(&self, tx: &Transaction<'_>, key: &str) -> Result<(), StoreError> {
        execute(tx, self.forget, [key])
    }

    fn failures(&self, tx: &Transaction<'_>, key: &str) -> Result<Failures, StoreError> {
        let found: Option<(u32, String)> = tx
            .prepare_cached(self.find)
            .and_then(|mut select| {
                let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
                select.query_row([key], row).optional()
            })
            .map_err(|e| sqlite_failure(&e))?;
        Ok(
            found.map_or_else(Failures::default, |(count, last_at)| Failures {
                count,
                last_at: last_at.parse().ok(),
            }),
        )
    }
}
