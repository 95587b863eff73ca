//! Sign-ins at an OpenID provider that have begun and have not come back.
//!
//! The table drops an item of them by itself when it is over; one that it has not dropped yet is
//! over all the same, as whoever takes it sees.

use aws_sdk_dynamodb::types::ReturnValue;
use casework::account::{SessionKey, SignIn};
use casework::ports::StoreError;
use casework::record::sortable;
use jiff::Timestamp;

use crate::Store;
use crate::failure::sdk_failure;
use crate::item::{keyed, number, text, text_of, with};
use crate::keys::ItemKey;
use crate::tries::GONE_AT;

const BEGAN_AT: &str = "began_at";
const NEXT: &str = "next";

impl Store {
    pub(crate) async fn keep_sign_in(&self, sign_in: &SignIn) -> Result<(), StoreError> {
        let over_at = sign_in.began_at.saturating_add(SignIn::WHOLE_MAX);
        let over_at = over_at.unwrap_or(Timestamp::MAX);
        let item = with(
            keyed(&ItemKey::sign_in(&sign_in.key)),
            [
                (BEGAN_AT, text(sortable(sign_in.began_at))),
                (NEXT, text(&sign_in.next)),
                (GONE_AT, number(over_at.as_second().unsigned_abs())),
            ],
        );
        self.put("begin a sign-in", item).await
    }

    /// Deleting gives the item to one alone, however many ask.
    pub(crate) async fn take_sign_in_out(
        &self,
        key: &SessionKey,
    ) -> Result<Option<SignIn>, StoreError> {
        let delete = self.0.dynamo.delete_item().table_name(&self.0.table);
        let delete = delete
            .set_key(Some(keyed(&ItemKey::sign_in(key))))
            .return_values(ReturnValue::AllOld);
        let deleted = delete.send().await;
        let deleted = deleted.map_err(|e| sdk_failure("take a sign-in out", &e))?;
        let Some(item) = deleted.attributes.filter(|item| !item.is_empty()) else {
            return Ok(None);
        };
        let damaged = |_| StoreError::Permanent("a sign-in cannot be read".to_owned());
        Ok(Some(SignIn {
            key: key.clone(),
            began_at: text_of(&item, BEGAN_AT)?.parse().map_err(damaged)?,
            next: text_of(&item, NEXT)?.to_owned(),
        }))
    }
}
