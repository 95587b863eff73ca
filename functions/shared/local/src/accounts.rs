//! Accounts, sessions and failed logins.

use casework::account::{Account, AccountName, Failures, Identity, Session, SessionKey, SignIn};
use casework::ports::{Accounts, KeepAccount, StoreError};
use casework::record::{from_record, sortable, to_record};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction};

use crate::cases::{execute, texts};
use crate::failed_tries::LOGINS;
use crate::failure::sqlite_failure;
use crate::{Store, sign_ins};

impl Accounts for Store {
    async fn keep_account(&self, account: &Account, when: KeepAccount) -> Result<bool, StoreError> {
        let name = account.name.as_str();
        let record = to_record(&which(&account.name), account)?;
        let identity = account.credential.identity();
        self.database.write(|tx| {
            let other = identity.map(|identity| holder(tx, identity)).transpose()?;
            if other
                .flatten()
                .is_some_and(|other| other.name != account.name)
            {
                return Ok(false);
            }
            let may = match when {
                KeepAccount::First => {
                    texts(tx, "SELECT name FROM accounts LIMIT 1", [])?.is_empty()
                }
                KeepAccount::New => load(tx, &account.name)?.is_none(),
                KeepAccount::Known => load(tx, &account.name)?.is_some(),
            };
            if may {
                const SQL: &str =
                    "INSERT INTO accounts (name, account, identity) VALUES (?1, ?2, ?3)
                     ON CONFLICT (name) DO UPDATE SET account = ?2, identity = ?3";
                let key = identity.map(|identity| identity.key().into_inner());
                execute(tx, SQL, (name, record, key))?;
                execute(tx, "DELETE FROM sessions WHERE account = ?", [name])?;
                LOGINS.forget(tx, name)?;
            }
            Ok(may)
        })
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>, StoreError> {
        self.database.read(|tx| load(tx, name))
    }

    async fn account_of(&self, identity: &Identity) -> Result<Option<Account>, StoreError> {
        self.database.read(|tx| holder(tx, identity))
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        const SQL: &str = "SELECT account FROM accounts ORDER BY name";
        let found = self.database.read(|tx| texts(tx, SQL, []))?;
        let accounts = found.iter().map(|text| from_record("an account", text));
        accounts.collect()
    }

    async fn keep_session(
        &self,
        session: &Session,
        forget_before: Timestamp,
    ) -> Result<(), StoreError> {
        const SQL: &str = "INSERT OR REPLACE INTO sessions (key, account, began_at, used_at)
             VALUES (?, ?, ?, ?)";
        let values = (
            &session.key.0,
            session.account.as_str(),
            sortable(session.began_at),
            sortable(session.used_at),
        );
        self.database.write(|tx| {
            let before = [sortable(forget_before)];
            execute(tx, "DELETE FROM sessions WHERE began_at < ?", before)?;
            execute(tx, SQL, values)
        })
    }

    async fn session(&self, key: &SessionKey) -> Result<Option<Session>, StoreError> {
        const SQL: &str = "SELECT account, began_at, used_at FROM sessions WHERE key = ?";
        let found: Option<[String; 3]> = self.database.read(|tx| {
            tx.prepare_cached(SQL)
                .and_then(|mut select| {
                    let row = |row: &rusqlite::Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?]);
                    select.query_row([&key.0], row).optional()
                })
                .map_err(|e| sqlite_failure(&e))
        })?;
        let Some([account, began_at, used_at]) = found else {
            return Ok(None);
        };
        let damaged = || StoreError::Permanent("a session cannot be read".to_owned());
        Ok(Some(Session {
            key: key.clone(),
            account: account.try_into().map_err(|_| damaged())?,
            began_at: began_at.parse().map_err(|_| damaged())?,
            used_at: used_at.parse().map_err(|_| damaged())?,
        }))
    }

    async fn note_use(&self, key: &SessionKey, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE sessions SET used_at = ? WHERE key = ?";
        let values = (sortable(at), &key.0);
        self.database.write(|tx| execute(tx, SQL, values))
    }

    async fn end_session(&self, key: &SessionKey) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM sessions WHERE key = ?";
        self.database.write(|tx| execute(tx, SQL, [&key.0]))
    }

    async fn begin_sign_in(
        &self,
        sign_in: &SignIn,
        forget_before: Timestamp,
    ) -> Result<(), StoreError> {
        self.database
            .write(|tx| sign_ins::begin(tx, sign_in, forget_before))
    }

    async fn take_sign_in(&self, key: &SessionKey) -> Result<Option<SignIn>, StoreError> {
        self.database.write(|tx| sign_ins::take(tx, key))
    }

    async fn count_try(&self, name: &AccountName, at: Timestamp) -> Result<Failures, StoreError> {
        self.database
            .write(|tx| LOGINS.count_try(tx, name.as_str(), at))
    }

    async fn forget_tries(&self, name: &AccountName) -> Result<(), StoreError> {
        self.database.write(|tx| LOGINS.forget(tx, name.as_str()))
    }
}

fn which(name: &AccountName) -> String {
    format!("account {name}")
}

fn load(tx: &Transaction<'_>, name: &AccountName) -> Result<Option<Account>, StoreError> {
    const SQL: &str = "SELECT account FROM accounts WHERE name = ?";
    let found = texts(tx, SQL, [name.as_str()])?;
    let account = found.first().map(|text| from_record(&which(name), text));
    account.transpose()
}

/// The account of this identity.
fn holder(tx: &Transaction<'_>, identity: &Identity) -> Result<Option<Account>, StoreError> {
    const SQL: &str = "SELECT account FROM accounts WHERE identity = ?";
    let found = texts(tx, SQL, [identity.key().reveal()])?;
    let account = found.first().map(|text| from_record("an account", text));
    account.transpose()
}
