//! Items of the table: written by attribute, read back with a named complaint.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use casework::ports::StoreError;

use crate::keys::{ItemKey, PK, SK};

/// The attributes of an item.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// A text as an attribute.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number as an attribute.
pub(crate) fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The key of an item as its attributes.
pub(crate) fn keyed(key: &ItemKey) -> Item {
    with(Item::new(), [(PK, text(&key.pk)), (SK, text(&key.sk))])
}

/// The item with more attributes.
pub(crate) fn with<const N: usize>(mut item: Item, more: [(&str, AttributeValue); N]) -> Item {
    item.extend(more.map(|(name, value)| (name.to_owned(), value)));
    item
}

/// An attribute that must be there as a text.
pub(crate) fn text_of<'a>(item: &'a Item, name: &str) -> Result<&'a str, StoreError> {
    let found = item.get(name).and_then(|value| value.as_s().ok());
    found.map(String::as_str).ok_or_else(|| lacking(item, name))
}

/// An attribute that must be there as a number.
pub(crate) fn number_of(item: &Item, name: &str) -> Result<u64, StoreError> {
    let found = item.get(name).and_then(|value| value.as_n().ok());
    found
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| lacking(item, name))
}

fn lacking(item: &Item, name: &str) -> StoreError {
    // A key holds nothing of a person.
    let key = |part| item.get(part).and_then(|value| value.as_s().ok());
    let (pk, sk) = (key(PK), key(SK));
    StoreError::Permanent(format!("item {pk:?} {sk:?} has no proper {name}"))
}
