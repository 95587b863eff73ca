//! Paths within the site: nobody is ever sent elsewhere.

use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

/// The path, where it is one of ours; the first page's otherwise.
pub fn own_path(path: &str) -> &str {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if own { path } else { "/" }
}

/// The path of the page before, with what it was asked; the first page's where none is told.
pub fn came_from(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok());
    let uri = referer.and_then(|text| text.parse::<Uri>().ok());
    let asked = uri.as_ref().and_then(Uri::path_and_query);
    asked
        .map_or("/", |asked| own_path(asked.as_str()))
        .to_owned()
}

/// On to another page.
pub fn to(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (referer, path) in [
            ("http://127.0.0.1:8080/cases/7F3K?x=1", "/cases/7F3K?x=1"),
            ("http://evil.example//elsewhere.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("nonsense", "/"),
        ] {
            let referer = HeaderValue::from_static(referer);
            let headers = HeaderMap::from_iter([(header::REFERER, referer)]);
            assert_eq!(came_from(&headers), path);
        }
        assert_eq!(came_from(&HeaderMap::new()), "/");
        for (path, own) in [
            ("/cases/7F3K?x=1", true),
            ("/\\evil.example", false),
            ("/\r\nSet-Cookie: a", false),
        ] {
            assert_eq!(own_path(path) == path, own, "{path:?}");
        }
    }
}
