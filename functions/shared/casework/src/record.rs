//! A record: a value as a store keeps it, JSON; and what every store asks of one.
//!
//! A message never quotes a stored value: it may be a person's.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::case::{Case, Recorded};
use crate::ports::StoreError;

/// Writes a record. What could not be read back (a number that is none) is not written.
///
/// # Errors
/// [`StoreError::Permanent`], naming the record by `which`.
pub fn to_record<T: Serialize + DeserializeOwned>(
    which: &str,
    value: &T,
) -> Result<String, StoreError> {
    let text = serde_json::to_string(value).map_err(|e| malformed(which, &e))?;
    from_record::<T>(which, &text)?;
    Ok(text)
}

/// Reads a record. `which` names it in an error, without a person's data.
///
/// # Errors
/// [`StoreError::Permanent`] where it is not what it should be.
pub fn from_record<T: DeserializeOwned>(which: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| malformed(which, &e))
}

fn malformed(which: &str, error: &serde_json::Error) -> StoreError {
    StoreError::Permanent(format!(
        "{which} cannot be read ({:?} at column {}): restore it from a backup",
        error.classify(),
        error.column()
    ))
}

/// A time as text of fixed width: texts sort as times do (years 0 to 9999).
pub fn sortable(at: Timestamp) -> String {
    format!("{at:.9}")
}

/// Behind every time as [`sortable`] writes it.
pub const NEVER: &str = "~";

/// A store takes a case only where its events make it of the one that was there before.
///
/// # Errors
/// [`StoreError::Permanent`] where they make another.
pub fn follows(before: Option<Case>, events: &[Recorded], case: &Case) -> Result<(), StoreError> {
    let wrong = |why: &str| StoreError::Permanent(format!("case {}: {why}", case.id));
    let mut after = before;
    for recorded in events {
        let following = Case::following(after, recorded).map_err(|e| wrong(&e.to_string()))?;
        after = Some(following);
    }
    if after.as_ref() == Some(case) {
        Ok(())
    } else {
        Err(wrong("it is not what its events make"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_record_is_named_and_never_quoted() {
        let error = from_record::<u32>("event 3 of 7F3K", "\"Айдар\"").unwrap_err();
        let message = error.to_string();
        assert!(message.contains("event 3 of 7F3K"), "{message}");
        assert!(!message.contains("Айдар"), "{message}");
    }

    #[test]
    fn what_could_not_be_read_back_is_not_written() {
        for (value, written) in [(0.5, true), (f64::MAX, true), (f64::NAN, false)] {
            assert_eq!(to_record("a number", &value).is_ok(), written, "{value}");
        }
    }

    #[test]
    fn times_as_text_sort_as_times() {
        let times = [
            "0001-01-01T00:00:00Z",
            "2026-10-23T09:00:00Z",
            "2026-10-23T09:00:00.000000001Z",
            "2026-10-23T09:00:00.1Z",
            "2026-10-23T09:00:01Z",
            "9999-12-30T00:00:00Z",
        ];
        let texts: Vec<_> = times.iter().map(|t| sortable(t.parse().unwrap())).collect();
        assert!(texts.is_sorted(), "{texts:?}");
        assert!(texts.iter().all(|t| t.as_str() < NEVER && t.len() == 30));
    }
}
