//! The database file: how it is opened, its schema's versions, one writer and one reader.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use casework::ports::StoreError;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::cases::index_people;
use crate::failure::{io_failure, sqlite_failure};

/// The schema, one step per version; `user_version` counts the steps taken. Steps are only
/// ever added.
const MIGRATIONS: [&str; 10] = [
    include_str!("migrations/0001_cases.sql"),
    include_str!("migrations/0002_accounts.sql"),
    include_str!("migrations/0003_names.sql"),
    include_str!("migrations/0004_uploads.sql"),
    include_str!("migrations/0005_notices.sql"),
    include_str!("migrations/0006_stacks.sql"),
    include_str!("migrations/0007_applications.sql"),
    include_str!("migrations/0008_outbox.sql"),
    include_str!("migrations/0009_told.sql"),
    include_str!("migrations/0010_sign_ins.sql"),
];
/// Stores of fewer steps find people by less than this program does.
const PEOPLE_SINCE: usize = 3;

/// How long one waits for another process's write before it counts as busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Statements kept prepared per connection; more than there are in this crate.
const STATEMENTS_KEPT: usize = 64;

/// Two connections: SQLite lets one write at a time, so a second writer would only wait; and a
/// page that is read must not wait until a write has reached the disk, so reading has its own.
#[derive(Debug)]
pub(crate) struct Database {
    path: PathBuf,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
}

impl Database {
    /// Opens the database, brought to this program's schema. Its schema is changed only while
    /// nobody else has the store open.
    pub(crate) fn open(path: &Path, alone: bool) -> Result<Self, StoreError> {
        // SQLite gives its further files the mode of this one.
        make(path)?;
        let mut writer = connect(path).map_err(|e| sqlite_failure(&e))?;
        migrate(&mut writer, alone)?;
        let reader = connect(path).map_err(|e| sqlite_failure(&e))?;
        reader
            .pragma_update(None, "query_only", true)
            .map_err(|e| sqlite_failure(&e))?;
        Ok(Self {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
        })
    }

    /// Reads from one snapshot of the database.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        within(&self.reader, TransactionBehavior::Deferred, read)
    }

    /// Copies one snapshot of the database into a new file, onto the disk, while others write.
    pub(crate) fn copy_to(&self, copy: &Path) -> Result<(), StoreError> {
        let file = make(copy)?;
        let name = copy.to_string_lossy();
        connect(&self.path)
            .and_then(|connection| connection.execute("VACUUM INTO ?", [&*name]))
            .map_err(|e| sqlite_failure(&e))?;
        file.sync_all()
            .map_err(|e| io_failure("keep the copy of the database", &e))
    }

    /// Writes all or nothing; when it returns, the disk has it.
    pub(crate) fn write<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        within(&self.writer, TransactionBehavior::Immediate, write)
    }
}

/// Makes the file where there is none, its owner's alone.
fn make(path: &Path) -> Result<File, StoreError> {
    let made = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path);
    made.map_err(|e| io_failure("open the database", &e))
}

/// A panic within a transaction rolled it back, so a poisoned connection is as good as any.
fn within<T>(
    connection: &Mutex<Connection>,
    behavior: TransactionBehavior,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    let transaction = connection
        .transaction_with_behavior(behavior)
        .map_err(|e| sqlite_failure(&e))?;
    let done = work(&transaction)?;
    transaction.commit().map_err(|e| sqlite_failure(&e))?;
    Ok(done)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection, alone: bool) -> Result<(), StoreError> {
    let failure = |e: rusqlite::Error| sqlite_failure(&e);
    let taken: usize = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(failure)?;
    let known = MIGRATIONS.len();
    if taken > known {
        return Err(StoreError::Permanent(format!(
            "a newer program made this store (schema {taken}, this one knows {known}): run the newer program"
        )));
    }
    if taken == known {
        return Ok(());
    }
    if !alone {
        return Err(StoreError::Transient(
            "an older program has this store open: stop it first".to_owned(),
        ));
    }
    let transaction = connection.transaction().map_err(failure)?;
    for step in MIGRATIONS.iter().skip(taken) {
        transaction.execute_batch(step).map_err(failure)?;
    }
    if taken < PEOPLE_SINCE {
        index_people(&transaction)?;
    }
    transaction
        .pragma_update(None, "user_version", known)
        .map_err(failure)?;
    transaction.commit().map_err(failure)
}

#[cfg(test)]
mod tests {
    use casework::account::Account;
    use casework::record::from_record;

    use super::*;

    #[test]
    fn a_store_of_a_newer_program_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tirkeu.sqlite");
        drop(Database::open(&path, true).unwrap());
        drop(Database::open(&path, true).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection
            .pragma_update(None, "user_version", MIGRATIONS.len() + 1)
            .unwrap();
        let error = Database::open(&path, true).unwrap_err();
        assert!(matches!(error, StoreError::Permanent(_)), "{error}");
        assert!(error.to_string().contains("newer program"), "{error}");
    }

    #[test]
    fn a_schema_is_not_changed_under_a_running_older_program() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tirkeu.sqlite");
        let error = Database::open(&path, false).unwrap_err();
        assert!(matches!(error, StoreError::Transient(_)), "{error}");
        Database::open(&path, true).unwrap();
        Database::open(&path, false).unwrap();
    }

    /// Accounts had a password and nothing else before anybody could sign in elsewhere.
    #[test]
    fn an_older_stores_account_keeps_its_password_and_is_nobody_elsewhere() {
        const BEFORE_SIGN_INS: usize = 9;
        const RECORD: &str =
            r#"{"name":"aida","role":"officer","reach":"everywhere","password":"$argon2id$x"}"#;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tirkeu.sqlite");
        let older = Connection::open(&path).unwrap();
        for step in &MIGRATIONS[..BEFORE_SIGN_INS] {
            older.execute_batch(step).unwrap();
        }
        older
            .pragma_update(None, "user_version", BEFORE_SIGN_INS)
            .unwrap();
        let insert = "INSERT INTO accounts (name, account) VALUES ('aida', ?)";
        older.execute(insert, [RECORD]).unwrap();
        drop(older);
        let database = Database::open(&path, true).unwrap();
        let (record, identity): (String, Option<String>) = database
            .read(|tx| {
                let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
                tx.query_row("SELECT account, identity FROM accounts", [], row)
                    .map_err(|e| sqlite_failure(&e))
            })
            .unwrap();
        assert_eq!(identity, None);
        let account: Account = from_record("an account", &record).unwrap();
        assert_eq!(account.credential.password(), Some("$argon2id$x"));
    }

    #[test]
    fn a_file_that_is_no_database_is_a_permanent_failure() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tirkeu.sqlite");
        std::fs::write(
            &path,
            b"not a database, and long enough to be looked at".repeat(9),
        )
        .unwrap();
        let error = Database::open(&path, true).unwrap_err();
        assert!(matches!(error, StoreError::Permanent(_)), "{error}");
    }

    #[test]
    fn a_full_disk_is_told_and_leaves_nothing_half_written() {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::open(&dir.path().join("tirkeu.sqlite"), true).unwrap();
        let keep = |bytes: usize| {
            database.write(|tx| {
                tx.execute(
                    "INSERT INTO readings (scan, reader, seen) VALUES ('a', ?1, ?2)",
                    (bytes.to_string(), "x".repeat(bytes)),
                )
                .map_err(|e| sqlite_failure(&e))
            })
        };
        keep(1).unwrap();
        let pages: u32 = database
            .writer
            .lock()
            .unwrap()
            .query_row("PRAGMA max_page_count = 40", [], |row| row.get(0))
            .unwrap();
        assert_eq!(pages, 40);
        let error = keep(1 << 20).unwrap_err();
        assert!(matches!(error, StoreError::Transient(_)), "{error}");
        assert!(error.to_string().contains("make room"), "{error}");
        let kept: u32 = database
            .read(|tx| {
                tx.query_row("SELECT count(*) FROM readings", [], |row| row.get(0))
                    .map_err(|e| sqlite_failure(&e))
            })
            .unwrap();
        assert_eq!(kept, 1);
    }
}
