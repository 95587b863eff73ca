//! The end of an application that was not handed in.
//!
//! Its record goes first, on condition of how it stands, and leaves a note of what is to go with it:
//! whoever dies then has erased nothing of an application that lives on, and the note is gone on with
//! by the next who erases, or on a schedule. A paper that another application takes at that very
//! moment may go too; its holder is asked for it again.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::{ConditionCheck, Delete, TransactWriteItem};
use casework::application::Application;
use casework::case::CaseId;
use casework::ports::{Applications as _, Cases as _, Erase, Pieces as _, StoreError};
use casework::record::{from_record, to_record};
use casework::scan::ScanId;

use crate::Store;
use crate::body::Body;
use crate::item::{keyed, number, text_of};
use crate::keys::{self, ItemKey, NOTICE, OF_APPLICATION, PK, READING, SK, STACK, TO_ERASE};
use crate::table::Stretch;
use crate::transaction::{VERSION, unmade};

const WHICH: &str = "what is to be erased";
/// Notes that are gone on with at a time.
const NOTES_MAX: u32 = 20;

impl Erase for Store {
    async fn erase(&self, application: &Application) -> Result<bool, StoreError> {
        self.go_on_erasing().await?;
        let reference = &application.reference;
        let stands = self.begun(reference).await?;
        if application.handed_in.is_some() || stands.as_ref() != Some(application) {
            return Ok(false);
        }
        let papers = application.papers.iter().map(|paper| paper.scan.clone());
        let papers: BTreeSet<ScanId> = papers.collect();
        let note = Body::Inline(to_record(WHICH, &papers)?);
        let together = [
            self.delete_if(&ItemKey::application(reference), application.version)?,
            self.only_without(&ItemKey::case(reference))?,
            self.put_always(note.onto(keyed(&ItemKey::to_erase(reference))))?,
        ];
        let gone = self
            .transact_through("erase an application", &together)
            .await?;
        if gone {
            self.erase_rest(reference, papers.iter()).await?;
        }
        Ok(gone)
    }
}

impl Store {
    /// Goes on with what was being erased when something failed.
    ///
    /// # Errors
    /// [`StoreError`] where it fails again.
    pub async fn go_on_erasing(&self) -> Result<(), StoreError> {
        let notes = Stretch::whole(TO_ERASE).at_most(NOTES_MAX);
        for note in self.stretch(&notes).await? {
            let reference = case_id(text_of(&note, SK)?)?;
            let record = Body::of(&note)?.record(&self.0.objects).await?;
            let papers: BTreeSet<ScanId> = from_record(WHICH, &record)?;
            self.erase_rest(&reference, papers.iter()).await?;
        }
        Ok(())
    }

    /// All that an application which is gone has left behind, the note of it last.
    async fn erase_rest(
        &self,
        reference: &CaseId,
        papers: impl Iterator<Item = &ScanId>,
    ) -> Result<(), StoreError> {
        self.forget(reference).await?;
        for paper in papers {
            if self.is_only_theirs(reference, paper).await? {
                self.erase_scan(paper).await?;
            }
            let link = ItemKey::application_with(paper, reference);
            self.remove("unlink a paper", &link).await?;
        }
        let notices = Stretch::beginning(keys::case(reference), NOTICE);
        self.remove_items(&notices).await?;
        let openings = ItemKey::openings(reference);
        self.remove("forget failed openings", &openings).await?;
        let objects = &self.0.objects;
        let folder = format!("{}/", keys::folder_of(reference));
        objects.remove_all(&objects.records, &folder).await?;
        let note = ItemKey::to_erase(reference);
        self.remove("end an erasure", &note).await
    }

    /// A scan with what was read of it; what is locked away stays.
    async fn erase_scan(&self, scan: &ScanId) -> Result<(), StoreError> {
        let objects = &self.0.objects;
        let readings = format!("readings/{scan}/");
        objects.remove_all(&objects.records, &readings).await?;
        let readings = Stretch::beginning(keys::scan(scan), READING);
        self.remove_items(&readings).await?;
        let object = keys::scan_object(scan);
        objects.remove(&objects.records, &object).await
    }

    async fn remove_items(&self, which: &Stretch<'_>) -> Result<(), StoreError> {
        for item in self.stretch(which).await? {
            let key = ItemKey {
                pk: text_of(&item, PK)?.to_owned(),
                sk: text_of(&item, SK)?.to_owned(),
            };
            self.remove("erase an item", &key).await?;
        }
        Ok(())
    }

    /// Whether no case and no other application has this scan, and no stack brought it.
    async fn is_only_theirs(&self, reference: &CaseId, scan: &ScanId) -> Result<bool, StoreError> {
        if !self.holding(scan).await?.is_empty() {
            return Ok(false);
        }
        let of_scan = || keys::scan(scan);
        let stacks = Stretch::beginning(of_scan(), STACK).at_most(1);
        if !self.stretch(&stacks).await?.is_empty() {
            return Ok(false);
        }
        let links = Stretch::beginning(of_scan(), OF_APPLICATION);
        for link in self.stretch(&links).await? {
            let other = case_id(text_of(&link, SK)?.trim_start_matches(OF_APPLICATION))?;
            // A link stays when a paper takes the place of another: the application itself says.
            let has = |other: Application| other.papers.iter().any(|paper| paper.scan == *scan);
            if other != *reference && self.begun(&other).await?.is_some_and(has) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn delete_if(&self, key: &ItemKey, version: u64) -> Result<TransactWriteItem, StoreError> {
        let delete = Delete::builder()
            .table_name(&self.0.table)
            .set_key(Some(keyed(key)))
            .condition_expression("#version = :version")
            .expression_attribute_names("#version", VERSION)
            .expression_attribute_values(":version", number(version));
        let delete = delete.build().map_err(|e| unmade(&e))?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }

    fn only_without(&self, key: &ItemKey) -> Result<TransactWriteItem, StoreError> {
        let check = ConditionCheck::builder()
            .table_name(&self.0.table)
            .set_key(Some(keyed(key)))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK);
        let check = check.build().map_err(|e| unmade(&e))?;
        Ok(TransactWriteItem::builder().condition_check(check).build())
    }
}

fn case_id(text: &str) -> Result<CaseId, StoreError> {
    CaseId::try_from(text.to_owned())
        .map_err(|e| StoreError::Permanent(format!("a stored key: {e}")))
}
