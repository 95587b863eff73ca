//! Several items in one write: all of them, or none.

use std::time::Duration;

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{BuildError, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, Delete, Put, TransactWriteItem, Update};
use casework::ports::StoreError;

use crate::Store;
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, number};
use crate::keys::{ItemKey, PK};

/// Items in a transaction.
pub(crate) const ITEMS_MAX: usize = 100;
/// Attempts at a write that others cross.
pub(crate) const ATTEMPTS_MAX: u32 = 6;
/// Wait after the first of them; twice as long after each further one.
const PAUSE: Duration = Duration::from_millis(20);

/// The version of what an item holds, in the item.
pub(crate) const VERSION: &str = "version";

/// How a transaction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// All of it.
    Now,
    /// Nothing: what it rests on stands otherwise.
    ConditionFailed,
    /// Nothing: another transaction had hold of an item.
    Crossed,
}

/// The pause before the attempt after this one.
pub(crate) async fn pause(attempt: u32) {
    tokio::time::sleep(PAUSE * 2_u32.pow(attempt)).await;
}

impl Store {
    /// Writes these items together. The SDK gives every call a token of its own: an attempt whose
    /// answer was lost is not made twice.
    pub(crate) async fn transact(
        &self,
        doing: &str,
        items: Vec<TransactWriteItem>,
    ) -> Result<Written, StoreError> {
        let request = self.0.dynamo.transact_write_items();
        match request.set_transact_items(Some(items)).send().await {
            Ok(_) => Ok(Written::Now),
            Err(error) => cancelled(doing, &error),
        }
    }

    /// Writes these items together, again while others cross; whether their conditions held.
    pub(crate) async fn transact_through(
        &self,
        doing: &str,
        items: &[TransactWriteItem],
    ) -> Result<bool, StoreError> {
        for attempt in 0..ATTEMPTS_MAX {
            match self.transact(doing, items.to_vec()).await? {
                Written::Now => return Ok(true),
                Written::ConditionFailed => return Ok(false),
                Written::Crossed => pause(attempt).await,
            }
        }
        let busy = format!("could not {doing}: others are writing it");
        Err(StoreError::Transient(busy))
    }

    /// Puts an item in place of the one of this version; of none, without a version.
    pub(crate) fn put_if(
        &self,
        item: Item,
        version: Option<u64>,
    ) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder()
            .table_name(&self.0.table)
            .set_item(Some(item));
        let put = match version {
            None => put
                .condition_expression("attribute_not_exists(#pk)")
                .expression_attribute_names("#pk", PK),
            Some(version) => put
                .condition_expression("#version = :version")
                .expression_attribute_names("#version", VERSION)
                .expression_attribute_values(":version", number(version)),
        };
        let put = put.build().map_err(|e| unmade(&e))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    pub(crate) fn put_always(&self, item: Item) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder()
            .table_name(&self.0.table)
            .set_item(Some(item));
        let put = put.build().map_err(|e| unmade(&e))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    pub(crate) fn delete(&self, key: &ItemKey) -> Result<TransactWriteItem, StoreError> {
        let delete = Delete::builder().table_name(&self.0.table);
        let delete = delete.set_key(Some(keyed(key)));
        let delete = delete.build().map_err(|e| unmade(&e))?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }

    /// An item that is there under this key while `listed`, and is not otherwise.
    pub(crate) fn list(
        &self,
        key: &ItemKey,
        listed: bool,
    ) -> Result<TransactWriteItem, StoreError> {
        if listed {
            self.put_always(keyed(key))
        } else {
            self.delete(key)
        }
    }
}

/// An update as a part of a transaction.
pub(crate) fn updating(
    update: aws_sdk_dynamodb::types::builders::UpdateBuilder,
) -> Result<TransactWriteItem, StoreError> {
    let update: Update = update.build().map_err(|e| unmade(&e))?;
    Ok(TransactWriteItem::builder().update(update).build())
}

pub(crate) fn unmade(error: &BuildError) -> StoreError {
    StoreError::Permanent(format!("a request cannot be made: {error}"))
}

type Refused = SdkError<TransactWriteItemsError, HttpResponse>;

fn cancelled(doing: &str, error: &Refused) -> Result<Written, StoreError> {
    let failure = sdk_failure(doing, error);
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            outcome(cancelled.cancellation_reasons()).ok_or(failure)
        }
        Some(TransactWriteItemsError::TransactionInProgressException(_)) => Ok(Written::Crossed),
        _ => Err(failure),
    }
}

/// What reasons of a cancelled transaction mean; none where they are no answer to the change but
/// a failure of the table.
fn outcome(reasons: &[CancellationReason]) -> Option<Written> {
    let codes = || reasons.iter().filter_map(CancellationReason::code);
    if codes().any(|code| code == "ConditionalCheckFailed") {
        return Some(Written::ConditionFailed);
    }
    let passing = |code| {
        matches!(
            code,
            "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded" | "None"
        )
    };
    (!reasons.is_empty() && codes().all(passing)).then_some(Written::Crossed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_transaction_says_why() {
        for (codes, expected) in [
            (
                &["None", "ConditionalCheckFailed"][..],
                Some(Written::ConditionFailed),
            ),
            (
                &["TransactionConflict", "ConditionalCheckFailed"],
                Some(Written::ConditionFailed),
            ),
            (
                &["None", "TransactionConflict", "None"],
                Some(Written::Crossed),
            ),
            (&["ThrottlingError"], Some(Written::Crossed)),
            (&["ValidationError", "TransactionConflict"], None),
            (&["ItemCollectionSizeLimitExceeded"], None),
            (&[], None),
        ] {
            let reason = |code: &&str| CancellationReason::builder().code(*code).build();
            let reasons: Vec<_> = codes.iter().map(reason).collect();
            assert_eq!(outcome(&reasons), expected, "{codes:?}");
        }
    }
}
