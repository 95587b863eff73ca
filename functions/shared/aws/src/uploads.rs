//! Uploads, each written on condition of its version before.

use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use casework::ports::{StoreError, Uploads};
use casework::record::{from_record, sortable, to_record};
use casework::upload::{BatchId, Upload, UploadId};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use crate::Store;
use crate::body::{Body, INLINE_BYTES_MAX};
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, number, text, text_of, with};
use crate::keys::{self, ItemKey, PK, SK, UPLOADS_WITHOUT_END};
use crate::table::Stretch;
use crate::transaction::VERSION;

const WHICH: &str = "an upload";

impl Uploads for Store {
    async fn upload(&self, batch: &BatchId, id: &UploadId) -> Result<Option<Upload>, StoreError> {
        match self.item(&ItemKey::upload(batch, id)).await? {
            Some(item) => self.upload_in(&item).await.map(Some),
            None => Ok(None),
        }
    }

    /// A condition that failed is answered by what stands there: whoever finds their own words
    /// has written them, in an attempt whose answer was lost.
    async fn keep_upload(&self, upload: &Upload) -> Result<bool, StoreError> {
        let item = self.upload_item(upload).await?;
        let put = self.0.dynamo.put_item().table_name(&self.0.table);
        let put = put.set_item(Some(item));
        let put = if upload.version == 1 {
            put.condition_expression("attribute_not_exists(#pk)")
                .expression_attribute_names("#pk", PK)
        } else {
            put.condition_expression("#version = :before")
                .expression_attribute_names("#version", VERSION)
                .expression_attribute_values(":before", number(upload.version.saturating_sub(1)))
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(e) if e.code() == Some("ConditionalCheckFailedException") => {
                let (batch, id) = (upload.object.batch(), upload.object.id());
                Ok(self.upload(&batch, &id).await?.as_ref() == Some(upload))
            }
            Err(e) => Err(sdk_failure("keep an upload", &e)),
        }
    }

    async fn of_batch(&self, batch: &BatchId) -> Result<Vec<Upload>, StoreError> {
        let (from, to) = keys::uploads_of(batch);
        let uploads = Stretch {
            index: None,
            of: from.pk,
            from: from.sk,
            to: to.sk,
            items_max: None,
        };
        let items = self.stretch(&uploads).await?;
        try_join_all(items.iter().map(|item| self.upload_in(item))).await
    }

    async fn without_end(
        &self,
        came_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Upload>, StoreError> {
        let waiting = Stretch {
            index: Some(UPLOADS_WITHOUT_END),
            of: UPLOADS_WITHOUT_END.1.to_owned(),
            from: "0".to_owned(),
            to: sortable(came_until),
            items_max: Some(limit),
        };
        let mut found = Vec::new();
        for item in self.stretch(&waiting).await? {
            let key = ItemKey {
                pk: text_of(&item, PK)?.to_owned(),
                sk: text_of(&item, SK)?.to_owned(),
            };
            // The index may lag: the item says whether it still has no end.
            if let Some(item) = self.item(&key).await? {
                let upload = self.upload_in(&item).await?;
                found.extend(Some(upload).filter(|upload| upload.end.is_none()));
            }
        }
        Ok(found)
    }
}

impl Store {
    async fn upload_item(&self, upload: &Upload) -> Result<Item, StoreError> {
        let (batch, id) = (upload.object.batch(), upload.object.id());
        let folder = format!("uploads/{}", id.as_str());
        let record = to_record(WHICH, upload)?;
        let body = Body::keep(&self.0.objects, &folder, record, INLINE_BYTES_MAX).await?;
        let item = keyed(&ItemKey::upload(&batch, &id));
        let item = body.onto(with(item, [(VERSION, number(upload.version))]));
        if upload.end.is_some() {
            return Ok(item);
        }
        let (_, waiting, came_at) = UPLOADS_WITHOUT_END;
        let since = text(sortable(upload.came_at));
        Ok(with(item, [(waiting, text(waiting)), (came_at, since)]))
    }

    async fn upload_in(&self, item: &Item) -> Result<Upload, StoreError> {
        let record = Body::of(item)?.record(&self.0.objects).await?;
        from_record(WHICH, &record)
    }
}
