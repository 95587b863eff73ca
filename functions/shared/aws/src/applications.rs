//! Applications on the portal, each written in place of its version before.

use std::collections::BTreeSet;

use casework::account::Failures;
use casework::application::{Application, LinkKey};
use casework::case::CaseId;
use casework::ports::{Applications, StoreError};
use casework::record::{from_record, to_record};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use crate::Store;
use crate::body::{Body, INLINE_BYTES_MAX};
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, number, text, text_of, with};
use crate::keys::{self, APPLICATION, ItemKey, PK, SK, TO_HAND_OVER, application};
use crate::table::Stretch;
use crate::transaction::VERSION;

const WHICH: &str = "an application";
/// How its link is known.
const LINK: &str = "link";

impl Applications for Store {
    async fn begun(&self, reference: &CaseId) -> Result<Option<Application>, StoreError> {
        match self.item(&ItemKey::application(reference)).await? {
            Some(item) => self.application_in(&item).await.map(Some),
            None => Ok(None),
        }
    }

    /// The table itself compares the link: that it is another's and that there is none are answered
    /// alike, and no body is fetched for either.
    async fn application(
        &self,
        reference: &CaseId,
        link: &LinkKey,
    ) -> Result<Option<Application>, StoreError> {
        let query = self
            .0
            .dynamo
            .query()
            .table_name(&self.0.table)
            .consistent_read(true)
            .key_condition_expression("#pk = :pk AND #sk = :sk")
            .filter_expression("#link = :link")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#sk", SK)
            .expression_attribute_names("#link", LINK)
            .expression_attribute_values(":pk", text(application(reference)))
            .expression_attribute_values(":sk", text(APPLICATION))
            .expression_attribute_values(":link", text(&link.0));
        let found = query.send().await;
        let found = found.map_err(|e| sdk_failure("find an application", &e))?;
        match found.items().first() {
            Some(item) => self.application_in(item).await.map(Some),
            None => Ok(None),
        }
    }

    async fn keep_application(&self, application: &Application) -> Result<bool, StoreError> {
        let before = application.version.checked_sub(1).filter(|v| *v > 0);
        let key = ItemKey::to_hand_over(&application.reference);
        let mut items = vec![
            self.put_if(self.application_item(application).await?, before)?,
            self.list(&key, waits(application))?,
        ];
        for link in paper_links(application) {
            items.push(self.put_always(keyed(&link))?);
        }
        if self.transact_through("keep an application", &items).await? {
            return Ok(true);
        }
        // Whoever finds their own words has written them, in an attempt whose answer was lost.
        let there = self.begun(&application.reference).await?;
        Ok(there.as_ref() == Some(application))
    }

    async fn to_hand_over(&self, limit: u32) -> Result<Vec<Application>, StoreError> {
        let waiting = Stretch::whole(TO_HAND_OVER).at_most(limit);
        let waiting = self.stretch(&waiting).await?;
        let found = waiting.iter().map(async |item| {
            let reference = CaseId::try_from(text_of(item, SK)?.to_owned());
            let reference =
                reference.map_err(|e| StoreError::Permanent(format!("a stored key: {e}")))?;
            self.begun(&reference).await
        });
        let found = try_join_all(found).await?;
        Ok(found.into_iter().flatten().filter(waits).collect())
    }

    async fn count_opening(
        &self,
        reference: &CaseId,
        at: Timestamp,
    ) -> Result<Failures, StoreError> {
        self.count(&ItemKey::openings(reference), at).await
    }

    async fn forget_openings(&self, reference: &CaseId) -> Result<(), StoreError> {
        let openings = ItemKey::openings(reference);
        self.remove("forget failed openings", &openings).await
    }
}

/// The items by which an application is found under its papers: a paper that two have outlives
/// either.
pub(crate) fn paper_links(application: &Application) -> BTreeSet<ItemKey> {
    let papers = application.papers.iter();
    papers
        .map(|paper| ItemKey::application_with(&paper.scan, &application.reference))
        .collect()
}

/// Whether it is to become a case, or to bring one more papers.
fn waits(application: &Application) -> bool {
    let handed_in = application.handed_in.as_ref();
    handed_in.is_some_and(|handed_in| !handed_in.is_case)
}

impl Store {
    async fn application_item(&self, application: &Application) -> Result<Item, StoreError> {
        let folder = keys::folder_of(&application.reference);
        let record = to_record(WHICH, application)?;
        let body = Body::keep(&self.0.objects, &folder, record, INLINE_BYTES_MAX).await?;
        let item = with(
            keyed(&ItemKey::application(&application.reference)),
            [
                (VERSION, number(application.version)),
                (LINK, text(&application.link.0)),
            ],
        );
        Ok(body.onto(item))
    }

    async fn application_in(&self, item: &Item) -> Result<Application, StoreError> {
        let record = Body::of(item)?.record(&self.0.objects).await?;
        from_record(WHICH, &record)
    }
}
