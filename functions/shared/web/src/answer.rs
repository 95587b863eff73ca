//! Answers that are no page, and what the head of every answer says.

use axum::http::StatusCode;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

/// How both look: colours, type, controls.
const BASE_STYLE: &str = include_str!("look/base.css");

/// What a page may use of the machine it is shown on.
pub const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
/// Nothing of it.
const NO_CAMERA: HeaderValue = HeaderValue::from_static("camera=(), microphone=(), geolocation=()");

/// The answer with the headers of every answer: nobody else keeps or frames it, it is what it says
/// it is, and it loads only what `policy` (CSP) allows. What it says of itself already stays.
pub fn with_headers(mut answer: Response, policy: &'static str) -> Response {
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS.as_str(), "nosniff"),
        (header::REFERRER_POLICY.as_str(), "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(policy),
        ),
        (PERMISSIONS, NO_CAMERA),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ] {
        headers.entry(name).or_insert(value);
    }
    answer
}

/// An ES module, as it was written.
pub fn script(source: &'static str) -> Response {
    asset("text/javascript; charset=utf-8", source)
}

/// The look of both, and what is a site's own after it.
pub fn stylesheet(own: &[&str]) -> Response {
    asset(
        "text/css; charset=utf-8",
        [&[BASE_STYLE], own].concat().concat(),
    )
}

fn asset(kind: &'static str, text: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=600"),
    ];
    (headers, text).into_response()
}

/// A picture (JPEG) of what never changes; whether there is none, or nobody could look.
pub fn shown<E>(picture: Result<Option<Vec<u8>>, E>) -> Response {
    match picture {
        Ok(Some(jpeg)) => {
            let headers = [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
            ];
            (headers, jpeg).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
