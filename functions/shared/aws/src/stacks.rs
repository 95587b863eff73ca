//! Stacks, each written in place of its version before, and their pages as they are read.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::Select;
use casework::case::MissionCode;
use casework::ports::{PageLooked, Stacks, StoreError};
use casework::reading::PageSeen;
use casework::record::{from_record, sortable, to_record};
use casework::stack::{PageRef, Stack, StackId, Stage};
use futures_util::future::try_join_all;

use crate::Store;
use crate::body::{Body, INLINE_BYTES_MAX};
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, number, text, text_of, with};
use crate::keys::{self, ItemKey, PAGE, PK, SK, STACKS, STACKS_TO_DO};
use crate::table::Stretch;
use crate::transaction::VERSION;

const WHICH: &str = "a stack";
const WHICH_PAGE: &str = "a page of a stack";
/// When a stack came.
const CAME_AT: &str = "came_at";
/// What a page's picture is known by.
const DIGEST: &str = "digest";
/// The object that is the small picture of a page.
const THUMBNAIL: &str = "thumbnail";
/// What is seen on a page goes into an object, but for a refusal: a stack's pages are counted often.
const SEEN_INLINE_BYTES_MAX: usize = 64;
/// Objects that are fetched at a time.
const AT_A_TIME: usize = 16;

impl Stacks for Store {
    async fn stack(&self, id: &StackId) -> Result<Option<Stack>, StoreError> {
        match self.item(&ItemKey::stack(id)).await? {
            Some(item) => {
                let record = Body::of(&item)?.record(&self.0.objects).await?;
                from_record(WHICH, &record).map(Some)
            }
            None => Ok(None),
        }
    }

    async fn keep_stack(&self, stack: &Stack) -> Result<bool, StoreError> {
        let before = stack.version.checked_sub(1).filter(|v| *v > 0);
        let to_do = ItemKey::listed(STACKS_TO_DO.to_owned(), stack);
        let mut items = vec![
            self.put_if(self.stack_item(stack).await?, before)?,
            self.list(&to_do, stack.stage != Stage::Done)?,
        ];
        if before.is_none() {
            // They go ahead, there may be many: a link too many keeps a scan that nobody has.
            for some in stack.files.chunks(AT_A_TIME) {
                let links = some.iter().map(|file| {
                    let link = keyed(&ItemKey::stack_with(&file.scan, &stack.id));
                    self.put("link a stack", link)
                });
                try_join_all(links).await?;
            }
            for list in [STACKS.to_owned(), keys::stacks_of(&stack.terms.mission)] {
                items.push(self.list(&ItemKey::listed(list, stack), true)?);
            }
        }
        if self.transact_through("keep a stack", &items).await? {
            return Ok(true);
        }
        // Whoever finds their own words has written them, in an attempt whose answer was lost.
        Ok(self.stack(&stack.id).await?.as_ref() == Some(stack))
    }

    async fn stacks(
        &self,
        missions: Option<&BTreeSet<MissionCode>>,
        limit: u32,
    ) -> Result<Vec<Stack>, StoreError> {
        let lists: Vec<String> = match missions {
            None => vec![STACKS.to_owned()],
            Some(missions) => missions.iter().map(keys::stacks_of).collect(),
        };
        let lists = lists.into_iter().map(|list| self.last_of(list, limit));
        let mut places = try_join_all(lists).await?.concat();
        places.sort_by(|a, b| b.cmp(a));
        places.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        let found = places.iter().map(async |place| {
            let id = stack_placed(place)?;
            self.stack(&id).await
        });
        let found = try_join_all(found).await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn stacks_to_do(&self) -> Result<Vec<StackId>, StoreError> {
        let items = self.stretch(&Stretch::whole(STACKS_TO_DO)).await?;
        let ids = items.iter().map(|item| stack_placed(text_of(item, SK)?));
        ids.collect()
    }

    /// The page with the item by which its picture is found, in one write: a page that counts as
    /// read is never looked at again.
    async fn keep_page(
        &self,
        id: &StackId,
        at: PageRef,
        page: &PageLooked,
    ) -> Result<(), StoreError> {
        let mut items = vec![self.put_always(self.page_item(id, at, page).await?)?];
        if let Ok(seen) = &page.seen
            && let Some(came_at) = self.came_at(id).await?
        {
            let found = ItemKey::page_of_digest(&seen.digest, &came_at, id, at);
            items.push(self.put_always(keyed(&found))?);
        }
        let kept = self.transact_through("keep a page", &items).await?;
        let refused = || StoreError::Permanent("a page was refused without a condition".to_owned());
        kept.then_some(()).ok_or_else(refused)
    }

    async fn pages_seen(&self, id: &StackId) -> Result<Vec<(PageRef, PageSeen)>, StoreError> {
        let items = self.stretch(&pages_of(id)).await?;
        let mut seen = Vec::with_capacity(items.len());
        for some in items.chunks(AT_A_TIME) {
            let some = some.iter().map(|item| self.page_in(item));
            seen.extend(try_join_all(some).await?);
        }
        Ok(seen)
    }

    async fn pages_read(&self, id: &StackId) -> Result<u32, StoreError> {
        let pages = pages_of(id);
        let query = self
            .0
            .dynamo
            .query()
            .table_name(&self.0.table)
            .consistent_read(true)
            .select(Select::Count)
            .key_condition_expression("#pk = :pk AND #sk BETWEEN :from AND :to")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#sk", SK)
            .expression_attribute_values(":pk", text(pages.of))
            .expression_attribute_values(":from", text(pages.from))
            .expression_attribute_values(":to", text(pages.to));
        let (mut count, mut from) = (0_u32, None);
        loop {
            let page = query.clone().set_exclusive_start_key(from).send().await;
            let page = page.map_err(|e| sdk_failure("count pages", &e))?;
            count = count.saturating_add(page.count.unsigned_abs());
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(count);
            }
        }
    }

    async fn thumbnail(&self, id: &StackId, at: PageRef) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(item) = self.item(&ItemKey::page(id, at)).await? else {
            return Ok(None);
        };
        match text_of(&item, THUMBNAIL) {
            Ok(key) => {
                let objects = &self.0.objects;
                objects.bytes(&objects.records, key).await
            }
            Err(_) => Ok(None),
        }
    }

    async fn page_before(
        &self,
        id: &StackId,
        digest: &str,
    ) -> Result<Option<(StackId, PageRef)>, StoreError> {
        let Some(came_at) = self.came_at(id).await? else {
            return Ok(None);
        };
        let before = Stretch {
            // This stack's own pages have longer keys, and so come behind.
            to: format!("{came_at}#{id}"),
            ..Stretch::whole(keys::digest_of(digest))
        };
        for item in self.stretch(&before).await? {
            let found = keys::page_of(text_of(&item, SK)?);
            let (stack, at) = found.ok_or_else(|| damaged("a page's picture"))?;
            // A page that was read again may show another picture since: only what stands counts.
            let page = self.item(&ItemKey::page(&stack, at)).await?;
            if page.is_some_and(|page| text_of(&page, DIGEST).is_ok_and(|has| has == digest)) {
                return Ok(Some((stack, at)));
            }
        }
        Ok(None)
    }
}

impl Store {
    async fn stack_item(&self, stack: &Stack) -> Result<Item, StoreError> {
        let folder = format!("stacks/{}", stack.id);
        let record = to_record(WHICH, stack)?;
        let body = Body::keep(&self.0.objects, &folder, record, INLINE_BYTES_MAX).await?;
        let item = with(
            keyed(&ItemKey::stack(&stack.id)),
            [
                (VERSION, number(stack.version)),
                (CAME_AT, text(sortable(stack.came_at))),
            ],
        );
        Ok(body.onto(item))
    }

    async fn page_item(
        &self,
        id: &StackId,
        at: PageRef,
        page: &PageLooked,
    ) -> Result<Item, StoreError> {
        let (objects, folder) = (&self.0.objects, format!("stacks/{id}"));
        let record = to_record(WHICH_PAGE, &page.seen)?;
        let body = Body::keep(objects, &folder, record, SEEN_INLINE_BYTES_MAX).await?;
        let mut item = body.onto(keyed(&ItemKey::page(id, at)));
        if let Ok(seen) = &page.seen {
            item = with(item, [(DIGEST, text(&seen.digest))]);
        }
        if !page.thumbnail.is_empty() {
            let name = casework::scan::ScanId::of(&page.thumbnail);
            let key = format!("{folder}/{name}.jpg");
            let bytes = page.thumbnail.clone();
            objects.put_once(&objects.records, &key, bytes).await?;
            item = with(item, [(THUMBNAIL, text(key))]);
        }
        Ok(item)
    }

    async fn page_in(&self, item: &Item) -> Result<(PageRef, PageSeen), StoreError> {
        let record = Body::of(item)?.record(&self.0.objects).await?;
        Ok((page_placed(item)?, from_record(WHICH_PAGE, &record)?))
    }

    /// When a stack came, as its key has it.
    async fn came_at(&self, id: &StackId) -> Result<Option<String>, StoreError> {
        let item = self.item(&ItemKey::stack(id)).await?;
        let came_at = item.map(|item| text_of(&item, CAME_AT).map(str::to_owned));
        came_at.transpose()
    }

    /// The places of the stacks that came last into a list.
    async fn last_of(&self, list: String, limit: u32) -> Result<Vec<String>, StoreError> {
        let items = Stretch::whole(list).at_most(limit);
        let items = self.stretch_back(&items).await?;
        let places = items
            .iter()
            .map(|item| text_of(item, SK).map(str::to_owned));
        places.collect()
    }
}

fn pages_of(id: &StackId) -> Stretch<'static> {
    Stretch::beginning(ItemKey::stack(id).pk, PAGE)
}

fn page_placed(item: &Item) -> Result<PageRef, StoreError> {
    let place = text_of(item, SK)?.strip_prefix(PAGE);
    place
        .and_then(keys::page_placed)
        .ok_or_else(|| damaged("a page's place"))
}

fn stack_placed(place: &str) -> Result<StackId, StoreError> {
    keys::stack_placed(place).ok_or_else(|| damaged("a stack's place"))
}

fn damaged(what: &str) -> StoreError {
    StoreError::Permanent(format!("a stored key: {what} cannot be read"))
}
