//! The language that someone chose, and the links to the others.

use axum::http::HeaderValue;
use axum::http::header::{self, HeaderMap};
use axum::response::{IntoResponse, Response};
use casework::words::{Language, Words};
use maud::{Markup, html};

use crate::address::to;
use crate::cookie::cookie;

/// The cookie that keeps it: no secret, no person.
const COOKIE: &str = "language";

/// Every language with its own name.
pub const LANGUAGES: [(Language, &str); 3] = [
    (Language::Kk, "Қазақша"),
    (Language::Ru, "Русский"),
    (Language::En, "English"),
];

/// The one this browser keeps.
pub fn chosen(headers: &HeaderMap) -> Option<Language> {
    cookie(headers, COOKIE).and_then(Language::from_code)
}

/// The first of those this browser asks for that we have.
pub fn asked_for(headers: &HeaderMap) -> Option<Language> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut codes = text.split(',').filter_map(|part| part.trim().get(..2));
    codes.find_map(Language::from_code)
}

/// Keeps it in this browser for a year, and goes on to `path`.
pub fn keep(language: Language, path: &str) -> Response {
    let kept = match language {
        Language::Kk => "language=kk; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        Language::Ru => "language=ru; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        Language::En => "language=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
    };
    let kept = [(header::SET_COOKIE, HeaderValue::from_static(kept))];
    (kept, to(path)).into_response()
}

/// The links to each, for the head of a page.
pub fn links(words: &Words) -> Markup {
    html! {
        nav aria-label=(words.say("desk-language")) {
            @for (language, name) in LANGUAGES {
                a href={ "/language/" (language.code()) } lang=(language.code()) hreflang=(language.code())
                    aria-current=[(language == words.language).then_some("true")] { (name) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(text))])
    }

    #[test]
    fn a_language_that_was_kept_is_the_one_chosen() {
        for (language, _) in LANGUAGES {
            let answer = keep(language, "/");
            let kept = answer.headers()[header::SET_COOKIE].clone();
            let sent = HeaderMap::from_iter([(header::COOKIE, kept)]);
            assert_eq!(chosen(&sent), Some(language));
        }
        assert_eq!(chosen(&headers(header::COOKIE, "language=de")), None);
    }

    #[test]
    fn the_first_language_asked_for_that_there_is_is_taken() {
        for (text, language) in [
            ("de-DE,de;q=0.9,ru;q=0.8,en;q=0.7", Some(Language::Ru)),
            ("kk", Some(Language::Kk)),
            ("de", None),
            ("", None),
        ] {
            assert_eq!(asked_for(&headers(header::ACCEPT_LANGUAGE, text)), language);
        }
    }
}
