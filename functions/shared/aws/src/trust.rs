//! The files that say whose digital signatures are taken: objects that whoever runs the stack puts.

use casework::ports::StoreError;

use crate::Store;
use crate::failure::sdk_failure;

/// Before the names of the files.
const FOLDER: &str = "trust/";

impl Store {
    /// Every file of trust with its name; none where signing was not set up.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be listed, or one cannot be fetched.
    pub async fn trust_files(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let objects = &self.0.objects;
        let list = objects.s3.list_objects_v2().bucket(&objects.records);
        // A page of them, a thousand, is more than there are authorities.
        let list = list.prefix(FOLDER).send().await;
        let list = list.map_err(|e| sdk_failure("list the files of trust", &e))?;
        let mut files = Vec::new();
        for key in list.contents().iter().filter_map(|object| object.key()) {
            if let Some(bytes) = objects.bytes(&objects.records, key).await? {
                files.push((key.trim_start_matches(FOLDER).to_owned(), bytes));
            }
        }
        Ok(files)
    }
}
