//! Notices, in the order in which they were written, by the writers' clocks.
//!
//! What waits is in the index by the time at which it is due; what has ended is not.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use casework::case::CaseId;
use casework::notice::{Notice, NoticeEnd, NoticeId, Posted, Settled, Told};
use casework::ports::{Outbox, StoreError};
use casework::record::{NEVER, from_record, sortable, to_record};
use jiff::Timestamp;

use crate::Store;
use crate::body::JSON;
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, number, text, text_of};
use crate::keys::{self, ItemKey, NOTICE, OUTBOX_WAITING, PK};
use crate::table::Stretch;
use crate::write::notice_item;

/// How often sending was begun; absent before the first try.
pub(crate) const TRIES: &str = "tries";
/// When the next try is due; absent before the first.
pub(crate) const NEXT_AT: &str = "next_at";
/// Who has it while it has yet to go to another, JSON; absent while nobody has.
pub(crate) const TOLD: &str = "told";
/// How it ended, JSON; absent while it waits.
const SETTLED: &str = "settled";
/// Whether it ended with being sent: what may still come back.
const SENT: &str = "sent";

impl Outbox for Store {
    async fn post(&self, notice: &Notice) -> Result<(), StoreError> {
        let put = self.0.dynamo.put_item().table_name(&self.0.table);
        let put = put
            .set_item(Some(notice_item(notice, (self.0.now)())?))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK);
        match put.send().await {
            Ok(_) => Ok(()),
            Err(e) if e.code() == Some("ConditionalCheckFailedException") => Ok(()),
            Err(e) => Err(sdk_failure("post a notice", &e)),
        }
    }

    async fn due(&self, at: Timestamp, limit: u32) -> Result<Vec<Posted>, StoreError> {
        let due = Stretch {
            index: Some(OUTBOX_WAITING),
            of: OUTBOX_WAITING.1.to_owned(),
            from: "0".to_owned(),
            to: format!("{}{NEVER}", sortable(at)),
            items_max: Some(limit),
        };
        self.stretch(&due).await?.iter().map(posted).collect()
    }

    async fn begin_try(&self, posted: &Posted, next_at: Timestamp) -> Result<bool, StoreError> {
        let notice = posted.notice.id();
        let next = sortable(next_at);
        let condition = if posted.tries == 0 {
            "attribute_exists(#pk) AND attribute_not_exists(#settled) AND attribute_not_exists(#tries)"
        } else {
            "attribute_exists(#pk) AND attribute_not_exists(#settled) AND #tries = :tries"
        };
        let mut values = HashMap::from([
            (":more".to_owned(), number(u64::from(posted.tries) + 1)),
            (":next".to_owned(), text(&next)),
            (":due".to_owned(), text(keys::queued(&next, notice.version))),
        ]);
        if posted.tries > 0 {
            values.insert(":tries".to_owned(), number(u64::from(posted.tries)));
        }
        let update = self
            .update(&notice)
            .update_expression("SET #tries = :more, #next = :next, #due = :due")
            .condition_expression(condition)
            .expression_attribute_names("#tries", TRIES)
            .expression_attribute_names("#next", NEXT_AT)
            .expression_attribute_names("#due", OUTBOX_WAITING.2)
            .set_expression_attribute_values(Some(values));
        updated(update, "begin a notice").await
    }

    async fn note_told(&self, notice: &NoticeId, told: &Told) -> Result<(), StoreError> {
        let update = self
            .update(notice)
            .update_expression("SET #told = :told")
            .condition_expression("attribute_exists(#pk) AND attribute_not_exists(#settled)")
            .expression_attribute_names("#told", TOLD)
            .expression_attribute_values(":told", text(to_record("who was told", told)?));
        updated(update, "note who was told").await.map(|_| ())
    }

    async fn settle(&self, notice: &NoticeId, settled: &Settled) -> Result<(), StoreError> {
        let record = to_record("the end of a notice", settled)?;
        let sent = matches!(settled.end, NoticeEnd::Sent);
        let update = self
            .update(notice)
            .update_expression("SET #settled = :settled, #sent = :sent REMOVE #waiting")
            .expression_attribute_names("#sent", SENT)
            .expression_attribute_names("#waiting", OUTBOX_WAITING.1)
            .expression_attribute_values(":settled", text(record))
            .expression_attribute_values(":sent", AttributeValue::Bool(sent));
        // As `Settled::replaces` has it.
        let update = match settled.end {
            NoticeEnd::Undelivered { .. } => update
                .condition_expression(
                    "attribute_exists(#pk) AND (attribute_not_exists(#settled) OR #sent = :yes)",
                )
                .expression_attribute_values(":yes", AttributeValue::Bool(true)),
            NoticeEnd::Sent | NoticeEnd::Overtaken => update
                .condition_expression("attribute_exists(#pk) AND attribute_not_exists(#settled)"),
        };
        updated(update, "end a notice").await.map(|_| ())
    }

    async fn notices(&self, case: &CaseId) -> Result<Vec<Posted>, StoreError> {
        let all = Stretch {
            index: None,
            of: keys::case(case),
            from: NOTICE.to_owned(),
            to: format!("{NOTICE}{NEVER}"),
            items_max: None,
        };
        self.stretch(&all).await?.iter().map(posted).collect()
    }
}

impl Store {
    fn update(&self, notice: &NoticeId) -> UpdateItemFluentBuilder {
        let key = ItemKey::notice(&notice.case, notice.version);
        let update = self.0.dynamo.update_item().table_name(&self.0.table);
        update
            .set_key(Some(keyed(&key)))
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#settled", SETTLED)
    }
}

/// Whether it was updated: not where its condition did not hold.
async fn updated(update: UpdateItemFluentBuilder, doing: &str) -> Result<bool, StoreError> {
    match update.send().await {
        Ok(_) => Ok(true),
        Err(e) if e.code() == Some("ConditionalCheckFailedException") => Ok(false),
        Err(e) => Err(sdk_failure(doing, &e)),
    }
}

fn posted(item: &Item) -> Result<Posted, StoreError> {
    let said = |name| item.get(name).and_then(|value| value.as_s().ok());
    let tries = item.get(TRIES).and_then(|value| value.as_n().ok());
    let settled = said(SETTLED).map(|text| from_record("the end of a notice", text));
    let told = said(TOLD).map(|text| from_record("who was told", text));
    Ok(Posted {
        notice: from_record("a notice", text_of(item, JSON)?)?,
        tries: tries.and_then(|n| n.parse().ok()).unwrap_or_default(),
        next_at: said(NEXT_AT).and_then(|at| at.parse().ok()),
        told: told.transpose()?.unwrap_or_default(),
        settled: settled.transpose()?,
    })
}
