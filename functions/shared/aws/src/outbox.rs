//! Notices that wait, in the order in which they were written, by the writers' clocks.

use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use casework::notice::Notice;
use casework::ports::{Outbox, StoreError};
use casework::record::{NEVER, from_record, sortable};
use jiff::Timestamp;

use crate::Store;
use crate::body::JSON;
use crate::failure::sdk_failure;
use crate::item::{keyed, text, text_of};
use crate::keys::{ItemKey, OUTBOX_WAITING, PK};
use crate::table::Stretch;

/// When a notice was sent, in its item.
const SENT_AT: &str = "sent_at";

impl Outbox for Store {
    async fn waiting(&self, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let waiting = Stretch {
            index: Some(OUTBOX_WAITING),
            of: OUTBOX_WAITING.1.to_owned(),
            from: "0".to_owned(),
            to: NEVER.to_owned(),
            items_max: Some(limit),
        };
        let items = self.stretch(&waiting).await?;
        items
            .iter()
            .map(|item| from_record("a notice", text_of(item, JSON)?))
            .collect()
    }

    async fn mark_sent(&self, notice: &Notice, at: Timestamp) -> Result<(), StoreError> {
        let update = self
            .0
            .dynamo
            .update_item()
            .table_name(&self.0.table)
            .set_key(Some(keyed(&ItemKey::notice(&notice.case, notice.version))))
            .update_expression("SET #sent_at = :at REMOVE #waiting")
            .condition_expression("attribute_exists(#pk) AND attribute_not_exists(#sent_at)")
            .expression_attribute_names("#sent_at", SENT_AT)
            .expression_attribute_names("#waiting", OUTBOX_WAITING.1)
            .expression_attribute_names("#pk", PK)
            .expression_attribute_values(":at", text(sortable(at)));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(e) if e.code() == Some("ConditionalCheckFailedException") => Ok(()),
            Err(e) => Err(sdk_failure("mark a notice", &e)),
        }
    }
}
