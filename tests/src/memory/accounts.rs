//! Accounts of staff, their sessions, and what was typed wrong at the door.

use casework::account::{Account, AccountName, Failures, Identity, Session, SessionKey, SignIn};
use casework::ports::{Accounts, KeepAccount, StoreError};

use super::Memory;

impl Accounts for Memory {
    async fn keep_account(&self, account: &Account, when: KeepAccount) -> Result<bool, StoreError> {
        let mut held = self.held();
        let identity = account.credential.identity();
        let mut others = held.accounts.values().filter(|a| a.name != account.name);
        if identity.is_some() && others.any(|a| a.credential.identity() == identity) {
            return Ok(false);
        }
        let may = match when {
            KeepAccount::First => held.accounts.is_empty(),
            KeepAccount::New => !held.accounts.contains_key(&account.name),
            KeepAccount::Known => held.accounts.contains_key(&account.name),
        };
        if may {
            held.accounts.insert(account.name.clone(), account.clone());
            held.sessions.retain(|_, s| s.account != account.name);
            held.failures.remove(&account.name);
        }
        Ok(may)
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>, StoreError> {
        Ok(self.held().accounts.get(name).cloned())
    }

    async fn account_of(&self, identity: &Identity) -> Result<Option<Account>, StoreError> {
        let held = self.held();
        let mut accounts = held.accounts.values();
        let found = accounts.find(|a| a.credential.identity() == Some(identity));
        Ok(found.cloned())
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Ok(self.held().accounts.values().cloned().collect())
    }

    async fn keep_session(
        &self,
        session: &Session,
        forget_before: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        let mut held = self.held();
        held.sessions.retain(|_, s| s.began_at >= forget_before);
        held.sessions.insert(session.key.clone(), session.clone());
        Ok(())
    }

    async fn session(&self, key: &SessionKey) -> Result<Option<Session>, StoreError> {
        Ok(self.held().sessions.get(key).cloned())
    }

    async fn note_use(&self, key: &SessionKey, at: jiff::Timestamp) -> Result<(), StoreError> {
        if let Some(session) = self.held().sessions.get_mut(key) {
            session.used_at = at;
        }
        Ok(())
    }

    async fn end_session(&self, key: &SessionKey) -> Result<(), StoreError> {
        self.held().sessions.remove(key);
        Ok(())
    }

    async fn begin_sign_in(
        &self,
        sign_in: &SignIn,
        forget_before: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        let mut held = self.held();
        held.sign_ins.retain(|_, s| s.began_at >= forget_before);
        held.sign_ins.insert(sign_in.key.clone(), sign_in.clone());
        Ok(())
    }

    async fn take_sign_in(&self, key: &SessionKey) -> Result<Option<SignIn>, StoreError> {
        Ok(self.held().sign_ins.remove(key))
    }

    async fn count_try(
        &self,
        name: &AccountName,
        at: jiff::Timestamp,
    ) -> Result<Failures, StoreError> {
        let mut held = self.held();
        Ok(counted(held.failures.entry(name.clone()).or_default(), at))
    }

    async fn forget_tries(&self, name: &AccountName) -> Result<(), StoreError> {
        self.held().failures.remove(name);
        Ok(())
    }
}

/// Counts a try, unless it must wait; what stood before it, forgotten after a day.
pub(super) fn counted(failures: &mut Failures, at: jiff::Timestamp) -> Failures {
    let old =
        |last: jiff::Timestamp| at.duration_since(last) > jiff::SignedDuration::from_hours(24);
    if failures.last_at.is_some_and(old) {
        *failures = Failures::default();
    }
    let before = *failures;
    if !before.turn_away(at) {
        failures.count += 1;
        failures.last_at = Some(at);
    }
    before
}
