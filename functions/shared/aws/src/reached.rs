//! How far the reconciler got in the inbox: its next run goes on there.

use casework::personal::Personal;
use casework::ports::StoreError;

use crate::Store;
use crate::item::{keyed, text, text_of, with};
use crate::keys::ItemKey;

/// A key of the inbox; empty, where the next run begins at the first one.
const AFTER: &str = "after";

impl Store {
    /// The object of the inbox after which the reconciler goes on; none, where it begins anew.
    ///
    /// # Errors
    /// [`StoreError`] where the table cannot be asked.
    pub async fn reached(&self) -> Result<Option<Personal<String>>, StoreError> {
        let Some(item) = self.item(&ItemKey::reached()).await? else {
            return Ok(None);
        };
        let after = text_of(&item, AFTER)?;
        Ok((!after.is_empty()).then(|| after.into()))
    }

    /// Keeps where the reconciler stopped; nothing, where it came to the end.
    ///
    /// # Errors
    /// [`StoreError`] where the table does not take it.
    pub async fn keep_reached(&self, after: Option<&Personal<String>>) -> Result<(), StoreError> {
        let after = after.map_or("", |key| key.reveal().as_str());
        let item = with(keyed(&ItemKey::reached()), [(AFTER, text(after))]);
        self.put("keep how far the reconciler got", item).await
    }
}
