//! What every port asks of the table: an item, a stretch of items, a plain write.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use casework::ports::StoreError;
use casework::record::NEVER;

use crate::Store;
use crate::failure::sdk_failure;
use crate::item::{Item, keyed, text};
use crate::keys::{ItemKey, PK, SK};

/// Before every key that begins with a digit or a letter.
const FIRST: &str = "0";

/// Items of one partition, from key to key.
#[derive(Debug)]
pub(crate) struct Stretch<'a> {
    /// The index, or the table itself.
    pub(crate) index: Option<(&'a str, &'a str, &'a str)>,
    /// The partition.
    pub(crate) of: String,
    /// The first key.
    pub(crate) from: String,
    /// The last.
    pub(crate) to: String,
    /// Items at most.
    pub(crate) items_max: Option<u32>,
}

impl Stretch<'_> {
    /// Every item of a partition of the table.
    pub(crate) fn whole(of: impl Into<String>) -> Self {
        Self {
            index: None,
            of: of.into(),
            from: FIRST.to_owned(),
            to: NEVER.to_owned(),
            items_max: None,
        }
    }

    /// Those of them whose keys begin so.
    pub(crate) fn beginning(of: impl Into<String>, with: &str) -> Self {
        Self {
            from: with.to_owned(),
            to: format!("{with}{NEVER}"),
            ..Self::whole(of)
        }
    }

    /// At most so many.
    pub(crate) fn at_most(self, items: u32) -> Self {
        let items_max = Some(items);
        Self { items_max, ..self }
    }
}

impl Store {
    /// An item as it stands.
    pub(crate) async fn item(&self, key: &ItemKey) -> Result<Option<Item>, StoreError> {
        let get = self.0.dynamo.get_item().table_name(&self.0.table);
        let got = get.set_key(Some(keyed(key))).consistent_read(true);
        let got = got.send().await;
        got.map(|got| got.item)
            .map_err(|e| sdk_failure("get an item", &e))
    }

    /// Puts an item in place of what is there.
    pub(crate) async fn put(&self, doing: &str, item: Item) -> Result<(), StoreError> {
        let put = self.0.dynamo.put_item().table_name(&self.0.table);
        let put = put.set_item(Some(item)).send().await;
        put.map(|_| ()).map_err(|e| sdk_failure(doing, &e))
    }

    /// The items of a stretch, in the order of their keys: of the table consistently, of an index
    /// as far as it has followed.
    pub(crate) async fn stretch(&self, stretch: &Stretch<'_>) -> Result<Vec<Item>, StoreError> {
        self.walk(stretch, true).await
    }

    /// The same, the last first.
    pub(crate) async fn stretch_back(
        &self,
        stretch: &Stretch<'_>,
    ) -> Result<Vec<Item>, StoreError> {
        self.walk(stretch, false).await
    }

    async fn walk(&self, stretch: &Stretch<'_>, forward: bool) -> Result<Vec<Item>, StoreError> {
        let (index, of, by) = match stretch.index {
            Some((index, of, by)) => (Some(index.to_owned()), of, by),
            None => (None, PK, SK),
        };
        let names = [("#of", of), ("#by", by)].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let (of, from, to) = (&stretch.of, &stretch.from, &stretch.to);
        let values = [(":of", of), (":from", from), (":to", to)];
        let query = self
            .0
            .dynamo
            .query()
            .table_name(&self.0.table)
            .consistent_read(index.is_none())
            .scan_index_forward(forward)
            .set_index_name(index)
            .key_condition_expression("#of = :of AND #by BETWEEN :from AND :to")
            .set_expression_attribute_names(Some(names.into()))
            .set_expression_attribute_values(Some(texts(values)));
        let mut items: Vec<Item> = Vec::new();
        let mut from = None;
        loop {
            let left = stretch.items_max.map(|max| left(max, items.len()));
            if left == Some(0) {
                return Ok(items);
            }
            let page = query.clone().set_limit(left).set_exclusive_start_key(from);
            let page = page.send().await;
            let page = page.map_err(|e| sdk_failure("query items", &e))?;
            items.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() {
                return Ok(items);
            }
        }
    }
}

fn left(items_max: u32, found: usize) -> i32 {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    i32::try_from(items_max.saturating_sub(found)).unwrap_or(i32::MAX)
}

fn texts<const N: usize>(values: [(&str, &String); N]) -> HashMap<String, AttributeValue> {
    values
        .map(|(name, value)| (name.to_owned(), text(value)))
        .into()
}
