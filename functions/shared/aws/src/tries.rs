//! Tries that failed one after another: at logging in, at opening an application.
//!
//! The table drops an item of them by itself a day after the last one; one that it has not dropped
//! yet counts no more.

use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use casework::account::Failures;
use casework::ports::StoreError;
use casework::record::sortable;
use jiff::{SignedDuration, Timestamp};

use crate::Store;
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, number, number_of, text, text_of, with};
use crate::keys::{ItemKey, PK};
use crate::transaction::{ATTEMPTS_MAX, pause};

/// Failed tries are forgotten after so long: guessed names must not fill the table.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

const COUNT: &str = "count";
const LAST_AT: &str = "last_at";
/// When the table drops the item, in seconds since 1970; the template names it.
pub(crate) const GONE_AT: &str = "gone_at";

impl Store {
    /// Counts a try, unless it must wait; what stood before it. Each is written on condition of
    /// what stood before, so that of many at once each sees the others.
    pub(crate) async fn count(&self, key: &ItemKey, at: Timestamp) -> Result<Failures, StoreError> {
        for attempt in 0..ATTEMPTS_MAX {
            let stands = self.item(key).await?;
            let stands = stands.as_ref().map(failures).transpose()?;
            let before = stands.filter(|f| counts(f, at)).unwrap_or_default();
            if before.turn_away(at) || self.note_try(key, stands, before, at).await? {
                return Ok(before);
            }
            pause(attempt).await;
        }
        let busy = "could not count a try: too many at once".to_owned();
        Err(StoreError::Transient(busy))
    }

    /// Whether the try is noted: not where another was noted meanwhile.
    async fn note_try(
        &self,
        key: &ItemKey,
        stands: Option<Failures>,
        before: Failures,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let gone_at = at.saturating_add(KEPT).unwrap_or(Timestamp::MAX);
        let item = with(
            keyed(key),
            [
                (COUNT, number(u64::from(before.count.saturating_add(1)))),
                (LAST_AT, text(sortable(at))),
                (GONE_AT, number(gone_at.as_second().unsigned_abs())),
            ],
        );
        let put = self.0.dynamo.put_item().table_name(&self.0.table);
        let put = put.set_item(Some(item));
        let put = match stands {
            None => put
                .condition_expression("attribute_not_exists(#pk)")
                .expression_attribute_names("#pk", PK),
            Some(stands) => put
                .condition_expression("#count = :count AND #last = :last")
                .expression_attribute_names("#count", COUNT)
                .expression_attribute_names("#last", LAST_AT)
                .expression_attribute_values(":count", number(stands.count.into()))
                .expression_attribute_values(
                    ":last",
                    text(sortable(stands.last_at.unwrap_or(Timestamp::MIN))),
                ),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(e) if e.code() == Some("ConditionalCheckFailedException") => Ok(false),
            Err(e) => Err(sdk_failure("count a try", &e)),
        }
    }

    /// Removes an item; one that is not there is no failure.
    pub(crate) async fn remove(&self, doing: &str, key: &ItemKey) -> Result<(), StoreError> {
        let delete = self.0.dynamo.delete_item().table_name(&self.0.table);
        let deleted = delete.set_key(Some(keyed(key))).send().await;
        deleted.map(|_| ()).map_err(|e| sdk_failure(doing, &e))
    }
}

fn failures(item: &Item) -> Result<Failures, StoreError> {
    Ok(Failures {
        count: u32::try_from(number_of(item, COUNT)?).unwrap_or(u32::MAX),
        last_at: text_of(item, LAST_AT)?.parse().ok(),
    })
}

fn counts(failures: &Failures, at: Timestamp) -> bool {
    let last_at = failures.last_at.unwrap_or(Timestamp::MIN);
    at.duration_since(last_at) <= KEPT
}
