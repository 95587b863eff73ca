//! What came, as a message of the queue says it: EventBridge's event of a bucket.
//!
//! A message is believed in nothing but where to look.

use serde::Deserialize;

/// An object that a message names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The bucket.
    pub bucket: String,
    /// The key, as it is: EventBridge does not encode it.
    pub key: String,
}

/// A message that is no event of a bucket. What it says is not quoted: nobody knows what it is.
#[derive(Debug, thiserror::Error)]
#[error("the message is no event of a bucket (line {line}, column {column})")]
pub struct NoEvent {
    line: usize,
    column: usize,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Bridge {
        detail: Detail,
    },
    /// What S3 sends when notifications are set up, whoever listens.
    Test {
        #[serde(rename = "Event")]
        event: TestEvent,
    },
}

#[derive(Deserialize)]
enum TestEvent {
    #[serde(rename = "s3:TestEvent")]
    Test,
}

#[derive(Deserialize)]
struct Detail {
    bucket: Bucket,
    object: Object,
}

#[derive(Deserialize)]
struct Bucket {
    name: String,
}

#[derive(Deserialize)]
struct Object {
    key: String,
}

/// The object that a message names; none in S3's test event.
///
/// # Errors
/// [`NoEvent`] where it is neither.
pub fn key_in(message: &str) -> Result<Option<Named>, NoEvent> {
    match serde_json::from_str(message) {
        Ok(Message::Bridge { detail }) => Ok(Some(Named {
            bucket: detail.bucket.name,
            key: detail.object.key,
        })),
        Ok(Message::Test {
            event: TestEvent::Test,
        }) => Ok(None),
        Err(error) => Err(NoEvent {
            line: error.line(),
            column: error.column(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_as_it_is_and_a_test_event_is_none() {
        let bridge = |key: &str| {
            format!(
                r#"{{"version": "0", "source": "aws.s3", "detail-type": "Object Created",
                "detail": {{"bucket": {{"name": "inbox"}}, "object": {{"key": "{key}", "size": 1}}}}}}"#
            )
        };
        for key in ["a/b.jpg", "a+b/c d%20.jpg", "күн/паспорт.jpg"] {
            let named = key_in(&bridge(key)).unwrap().unwrap();
            assert_eq!((&*named.bucket, &*named.key), ("inbox", key));
        }
        let test = r#"{"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "inbox"}"#;
        assert_eq!(key_in(test).unwrap(), None);
        for wrong in ["", "{}", "not json", r#"{"Event": "s3:Other"}"#, "Айдар"] {
            let error = key_in(wrong).unwrap_err().to_string();
            assert!(!error.contains("Айдар"), "{error}");
        }
    }
}
