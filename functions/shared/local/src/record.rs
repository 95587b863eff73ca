//! A record: a value as it is stored, JSON.

use casework::ports::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::failure::malformed;

/// Writes a record. What could not be read back (a number that is none) is not written.
pub(crate) fn to_record<T: Serialize + DeserializeOwned>(
    which: &str,
    value: &T,
) -> Result<String, StoreError> {
    let text = serde_json::to_string(value).map_err(|e| malformed(which, &e))?;
    from_record::<T>(which, &text)?;
    Ok(text)
}

/// Reads a record. `which` names it in an error.
pub(crate) fn from_record<T: DeserializeOwned>(which: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| malformed(which, &e))
}
