//! What a refusal or a silence of the cloud means: try again, or not.
//!
//! A message has the code of an answer and never its text, which may quote a stored value.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the SDKs' enums are open; what is not named has the general answer"
)]

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use casework::ports::StoreError;

/// Refusals that pass. Answers of 429 and 5xx are worth another try whatever their code.
const PASSING: [&str; 12] = [
    "ConditionalRequestConflict",
    "ExpiredToken",
    "ExpiredTokenException",
    "LimitExceededException",
    "OperationAborted",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestTimeout",
    "SlowDown",
    "ThrottlingException",
    "TransactionConflictException",
    "TransactionInProgressException",
];

/// What could not be done; `doing` says it in the infinitive.
pub(crate) fn sdk_failure<E: ProvideErrorMetadata>(
    doing: &str,
    error: &SdkError<E, HttpResponse>,
) -> StoreError {
    let silent = |why| StoreError::Transient(format!("could not {doing}: {why}"));
    let Some(answer) = error.raw_response() else {
        return match error {
            SdkError::TimeoutError(_) => silent("no answer in time"),
            SdkError::ConstructionFailure(_) => {
                StoreError::Permanent(format!("could not {doing}: the request cannot be made"))
            }
            _ => silent("no connection"),
        };
    };
    refusal(doing, error.code(), answer.status().as_u16())
}

fn refusal(doing: &str, code: Option<&str>, status: u16) -> StoreError {
    let code = code.unwrap_or("no code");
    let message = format!("could not {doing}: {code} ({status})");
    if status >= 500 || status == 429 || PASSING.contains(&code) {
        StoreError::Transient(message)
    } else {
        StoreError::Permanent(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_worth_another_try_unless_asking_again_changes_nothing() {
        for (code, status, transient) in [
            (Some("ThrottlingException"), 400, true),
            (Some("ProvisionedThroughputExceededException"), 400, true),
            (Some("SlowDown"), 503, true),
            (Some("InternalServerError"), 500, true),
            (None, 502, true),
            (None, 429, true),
            (Some("AccessDeniedException"), 400, false),
            (Some("ResourceNotFoundException"), 400, false),
            (Some("ValidationException"), 400, false),
            (Some("NoSuchBucket"), 404, false),
            (None, 403, false),
        ] {
            let error = refusal("load a case", code, status);
            let found = matches!(error, StoreError::Transient(_));
            assert_eq!(found, transient, "{error}");
        }
        let sorted = PASSING.is_sorted();
        assert!(sorted, "one code stands once, in order");
    }
}
