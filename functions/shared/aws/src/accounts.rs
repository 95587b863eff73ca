//! Accounts, sessions and failed logins.
//!
//! An account counts how often it was kept, and a session knows the count it began under: an
//! account that is kept anew has ended every session of it by that very write. One whose person
//! signs in elsewhere is found by an item under that identity, which is one account's.

use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use casework::account::{Account, AccountName, Failures, Identity, Session, SessionKey, SignIn};
use casework::ports::{Accounts, KeepAccount, StoreError};
use casework::record::{from_record, sortable, to_record};
use jiff::Timestamp;

use crate::Store;
use crate::body::JSON;
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, number, number_of, text, text_of, with};
use crate::keys::{ACCOUNT, ACCOUNTS, ItemKey, PK, SESSIONS, SK};
use crate::table::Stretch;
use crate::transaction::{ATTEMPTS_MAX, pause, unmade, updating};

const WHICH: &str = "an account";
/// How often an account was kept; in a session, under which of them it began.
const KEPT: &str = "kept";
/// Whose session it is.
const WHOSE: &str = "account";
const BEGAN_AT: &str = "began_at";
const USED_AT: &str = "used_at";
/// Old sessions that one login forgets: it is not to wait for a year of them.
const FORGOTTEN_AT_ONCE: u32 = 25;

impl Accounts for Store {
    async fn keep_account(&self, account: &Account, when: KeepAccount) -> Result<bool, StoreError> {
        for attempt in 0..ATTEMPTS_MAX {
            let stands = self.account_item(&account.name).await?;
            let items = self.keeping(account, when, stands.as_ref())?;
            if self.transact_through("keep an account", &items).await? {
                return Ok(true);
            }
            // Another kept it meanwhile, perhaps under another identity.
            let kept = stands.map_or(Ok(0), |item| number_of(&item, KEPT))?;
            if self.times_kept(&account.name).await? == kept {
                return Ok(false);
            }
            pause(attempt).await;
        }
        let busy = "could not keep an account: others are writing it".to_owned();
        Err(StoreError::Transient(busy))
    }

    async fn account(&self, name: &AccountName) -> Result<Option<Account>, StoreError> {
        let item = self.account_item(name).await?;
        item.as_ref().map(account_in).transpose()
    }

    async fn account_of(&self, identity: &Identity) -> Result<Option<Account>, StoreError> {
        let key = ItemKey::account_of(&self.0.iin_key, identity);
        let Some(item) = self.item(&key).await? else {
            return Ok(None);
        };
        let damaged = |_| StoreError::Permanent("an account's item cannot be read".to_owned());
        let name = text_of(&item, WHOSE)?.to_owned();
        let account = self.account(&name.try_into().map_err(damaged)?).await?;
        // Between the two reads it may have been given another way in.
        Ok(account.filter(|account| account.credential.identity() == Some(identity)))
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let items = Stretch::beginning(ACCOUNTS, ACCOUNT);
        let items = self.stretch(&items).await?;
        let accounts = items.iter().map(account_in);
        let mut accounts: Vec<Account> = accounts.collect::<Result<_, _>>()?;
        accounts.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(accounts)
    }

    /// The item by its age first: one that leads nowhere is forgotten in its time, one that is
    /// missing would leave a session for ever.
    async fn keep_session(
        &self,
        session: &Session,
        forget_before: Timestamp,
    ) -> Result<(), StoreError> {
        self.forget_sessions(forget_before).await?;
        let kept = self.times_kept(&session.account).await?;
        let of_age = ItemKey::session_of_age(session.began_at, &session.key);
        self.put("keep a session", keyed(&of_age)).await?;
        let item = with(
            keyed(&ItemKey::session(&session.key)),
            [
                (WHOSE, text(session.account.as_str())),
                (BEGAN_AT, text(sortable(session.began_at))),
                (USED_AT, text(sortable(session.used_at))),
                (KEPT, number(kept)),
            ],
        );
        self.put("keep a session", item).await
    }

    async fn session(&self, key: &SessionKey) -> Result<Option<Session>, StoreError> {
        let Some(item) = self.item(&ItemKey::session(key)).await? else {
            return Ok(None);
        };
        let session = session_in(&item, key)?;
        let kept = self.times_kept(&session.account).await?;
        Ok((kept == number_of(&item, KEPT)?).then_some(session))
    }

    async fn note_use(&self, key: &SessionKey, at: Timestamp) -> Result<(), StoreError> {
        let update = self.0.dynamo.update_item().table_name(&self.0.table);
        let update = update
            .set_key(Some(keyed(&ItemKey::session(key))))
            .update_expression("SET #used = :used")
            .condition_expression("attribute_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#used", USED_AT)
            .expression_attribute_values(":used", text(sortable(at)));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(e) if e.code() == Some("ConditionalCheckFailedException") => Ok(()),
            Err(e) => Err(sdk_failure("note the use of a session", &e)),
        }
    }

    async fn end_session(&self, key: &SessionKey) -> Result<(), StoreError> {
        self.remove("end a session", &ItemKey::session(key)).await
    }

    async fn begin_sign_in(&self, sign_in: &SignIn, _: Timestamp) -> Result<(), StoreError> {
        self.keep_sign_in(sign_in).await
    }

    async fn take_sign_in(&self, key: &SessionKey) -> Result<Option<SignIn>, StoreError> {
        self.take_sign_in_out(key).await
    }

    async fn count_try(&self, name: &AccountName, at: Timestamp) -> Result<Failures, StoreError> {
        self.count(&ItemKey::logins(&self.0.iin_key, name), at)
            .await
    }

    async fn forget_tries(&self, name: &AccountName) -> Result<(), StoreError> {
        let logins = ItemKey::logins(&self.0.iin_key, name);
        self.remove("forget failed logins", &logins).await
    }
}

impl Store {
    async fn account_item(&self, name: &AccountName) -> Result<Option<Item>, StoreError> {
        self.item(&ItemKey::account(&self.0.iin_key, name)).await
    }

    /// How often an account was kept; never, where there is none.
    async fn times_kept(&self, name: &AccountName) -> Result<u64, StoreError> {
        let item = self.account_item(name).await?;
        item.map_or(Ok(0), |item| number_of(&item, KEPT))
    }

    /// The account in place of what stands, and all that goes with it.
    fn keeping(
        &self,
        account: &Account,
        when: KeepAccount,
        stands: Option<&Item>,
    ) -> Result<Vec<TransactWriteItem>, StoreError> {
        let logins = ItemKey::logins(&self.0.iin_key, &account.name);
        let kept = stands.map_or(Ok(0), |item| number_of(item, KEPT))?;
        let mut items = vec![self.kept_anew(account, when, kept)?, self.delete(&logins)?];
        let any = keyed(&ItemKey::any_account());
        match when {
            KeepAccount::First => items.push(self.put_if(any, None)?),
            KeepAccount::New => items.push(self.put_always(any)?),
            KeepAccount::Known => {}
        }
        let identity = account.credential.identity();
        if let Some(identity) = identity {
            items.push(self.held_by(identity, &account.name)?);
        }
        let before = stands.map(account_in).transpose()?;
        let before = before
            .as_ref()
            .and_then(|before| before.credential.identity());
        if let Some(before) = before.filter(|before| Some(*before) != identity) {
            items.push(self.delete(&ItemKey::account_of(&self.0.iin_key, before))?);
        }
        Ok(items)
    }

    /// The account in its place, and the count of it: how often it was kept before is a condition.
    fn kept_anew(
        &self,
        account: &Account,
        when: KeepAccount,
        kept: u64,
    ) -> Result<TransactWriteItem, StoreError> {
        let key = ItemKey::account(&self.0.iin_key, &account.name);
        let update = Update::builder()
            .table_name(&self.0.table)
            .set_key(Some(keyed(&key)))
            .update_expression("SET #json = :json ADD #kept :one")
            .expression_attribute_names("#json", JSON)
            .expression_attribute_names("#kept", KEPT)
            .expression_attribute_values(":json", text(to_record(WHICH, account)?))
            .expression_attribute_values(":one", number(1));
        updating(match when {
            KeepAccount::First | KeepAccount::New => update
                .condition_expression("attribute_not_exists(#pk)")
                .expression_attribute_names("#pk", PK),
            KeepAccount::Known => update
                .condition_expression("#kept = :kept")
                .expression_attribute_values(":kept", number(kept)),
        })
    }

    /// The item by which the account of this identity is found: nobody's, or already its own.
    fn held_by(
        &self,
        identity: &Identity,
        name: &AccountName,
    ) -> Result<TransactWriteItem, StoreError> {
        let key = ItemKey::account_of(&self.0.iin_key, identity);
        let put = Put::builder()
            .table_name(&self.0.table)
            .set_item(Some(with(keyed(&key), [(WHOSE, text(name.as_str()))])))
            .condition_expression("attribute_not_exists(#pk) OR #whose = :whose")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#whose", WHOSE)
            .expression_attribute_values(":whose", text(name.as_str()));
        let put = put.build().map_err(|e| unmade(&e))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// Forgets sessions that began before then, the oldest first.
    async fn forget_sessions(&self, before: Timestamp) -> Result<(), StoreError> {
        let old = Stretch {
            to: sortable(before),
            ..Stretch::whole(SESSIONS).at_most(FORGOTTEN_AT_ONCE)
        };
        if old.from > old.to {
            return Ok(());
        }
        for item in self.stretch(&old).await? {
            let sk = text_of(&item, SK)?.to_owned();
            if let Some((_, key)) = sk.split_once('#') {
                self.forget_session(&SessionKey(key.to_owned()), before)
                    .await?;
            }
            let pk = SESSIONS.to_owned();
            self.remove("forget a session", &ItemKey { pk, sk }).await?;
        }
        Ok(())
    }

    /// Forgets a session, unless it was kept again since.
    async fn forget_session(&self, key: &SessionKey, before: Timestamp) -> Result<(), StoreError> {
        let delete = self.0.dynamo.delete_item().table_name(&self.0.table);
        let delete = delete
            .set_key(Some(keyed(&ItemKey::session(key))))
            .condition_expression("#began < :before")
            .expression_attribute_names("#began", BEGAN_AT)
            .expression_attribute_values(":before", text(sortable(before)));
        match delete.send().await {
            Ok(_) => Ok(()),
            Err(e) if e.code() == Some("ConditionalCheckFailedException") => Ok(()),
            Err(e) => Err(sdk_failure("forget a session", &e)),
        }
    }
}

fn account_in(item: &Item) -> Result<Account, StoreError> {
    from_record(WHICH, text_of(item, JSON)?)
}

fn session_in(item: &Item, key: &SessionKey) -> Result<Session, StoreError> {
    let damaged = || StoreError::Permanent("a session cannot be read".to_owned());
    let time = |name| text_of(item, name)?.parse().map_err(|_| damaged());
    let account = text_of(item, WHOSE)?.to_owned();
    Ok(Session {
        key: key.clone(),
        account: account.try_into().map_err(|_| damaged())?,
        began_at: time(BEGAN_AT)?,
        used_at: time(USED_AT)?,
    })
}
