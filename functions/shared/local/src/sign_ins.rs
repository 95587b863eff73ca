//! Sign-ins at an OpenID provider that have begun and have not come back.

use casework::account::{SessionKey, SignIn};
use casework::ports::StoreError;
use casework::record::sortable;
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::cases::execute;
use crate::failure::sqlite_failure;

pub(crate) fn begin(
    tx: &Transaction<'_>,
    sign_in: &SignIn,
    forget_before: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT OR REPLACE INTO sign_ins (key, began_at, next) VALUES (?, ?, ?)";
    let before = [sortable(forget_before)];
    execute(tx, "DELETE FROM sign_ins WHERE began_at < ?", before)?;
    let began_at = sortable(sign_in.began_at);
    execute(tx, SQL, (&sign_in.key.0, began_at, &sign_in.next))
}

pub(crate) fn take(tx: &Transaction<'_>, key: &SessionKey) -> Result<Option<SignIn>, StoreError> {
    const SQL: &str = "DELETE FROM sign_ins WHERE key = ? RETURNING began_at, next";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let found: Option<(String, String)> = tx
        .prepare_cached(SQL)
        .and_then(|mut delete| delete.query_row([&key.0], row).optional())
        .map_err(|e| sqlite_failure(&e))?;
    let Some((began_at, next)) = found else {
        return Ok(None);
    };
    let damaged = |_| StoreError::Permanent("a sign-in cannot be read".to_owned());
    Ok(Some(SignIn {
        key: key.clone(),
        began_at: began_at.parse().map_err(damaged)?,
        next,
    }))
}
