//! What a browser brings along.

use axum::http::header::{self, HeaderMap};

/// The value of the cookie of this name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter();
    let texts = all.filter_map(|value| value.to_str().ok());
    let mut pairs = texts
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let sent = ["language=ru; a_session=1", "session=2"].map(HeaderValue::from_static);
        let headers = HeaderMap::from_iter(sent.map(|value| (header::COOKIE, value)));
        for (name, value) in [
            ("language", Some("ru")),
            ("session", Some("2")),
            ("lang", None),
        ] {
            assert_eq!(cookie(&headers, name), value, "{name}");
        }
    }
}
