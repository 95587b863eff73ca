//! What every page has: its frame, its language, its headers, and the answer to what is not there.

use axum::extract::Path;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use casework::ports::StoreError;
use casework::words::{Language, Words};
use maud::{DOCTYPE, Markup, html};

use crate::{Portal, hints};

/// The cookie that keeps a person's language: no secret, no person.
const LANGUAGE_COOKIE: &str = "language";

/// Every language with its own name.
pub const LANGUAGES: [(Language, &str); 3] = [
    (Language::Kk, "Қазақша"),
    (Language::Ru, "Русский"),
    (Language::En, "English"),
];

/// What pages may do. Nothing foreign is loaded, nothing is framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same, and the program on the signer's own machine may be asked (`wss`, its fixed port).
pub const SIGNING_POLICY: &str = "default-src 'none'; script-src 'self'; img-src 'self' data:; style-src 'self'; connect-src wss://127.0.0.1:13579; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The words of whoever asks: their cookie, else the first language of their browser that we
/// have, else the portal's.
pub fn words_for<S, E>(portal: &Portal<S, E>, headers: &HeaderMap) -> Words {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(Language::from_code);
    let accepted = || {
        let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        let mut codes = text.split(',').filter_map(|part| part.trim().get(..2));
        codes.find_map(Language::from_code)
    };
    Words::of(chosen.or_else(accepted).unwrap_or(portal.language))
}

/// The value of a cookie.
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

/// Keeps the language and goes back to the page the person came from: every path shows a page.
pub async fn choose_language(Path(code): Path<String>, headers: HeaderMap) -> Response {
    let Some(language) = Language::from_code(&code) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kept = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        language.code()
    );
    ([(header::SET_COOKIE, kept)], to(&came_from(&headers))).into_response()
}

/// The path of the page before, with what it was asked; only ever a path, so that nobody is sent
/// elsewhere.
fn came_from(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok());
    let uri = referer.and_then(|text| text.parse::<Uri>().ok());
    let path = uri.and_then(|uri| uri.path_and_query().map(ToString::to_string));
    let own =
        |path: &String| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    path.filter(own).unwrap_or_else(|| "/".to_owned())
}

/// On to another page.
pub fn to(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}

/// The frame of a page.
pub fn frame(words: &Words, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – Tirkeu" }
                link rel="stylesheet" href="/portal.css";
                link rel="icon" href="data:,";
                script type="module" src="/portal.js" {}
            }
            body {
                a .skip href="#content" { (words.say("desk-skip")) }
                header .bar {
                    a .brand href="/" { "Tirkeu" span { (words.say("desk-name")) } }
                    nav aria-label=(words.say("desk-language")) {
                        @for (language, name) in LANGUAGES {
                            a href={ "/language/" (language.code()) } lang=(language.code()) hreflang=(language.code())
                                aria-current=[(language == words.language).then_some("true")] { (name) }
                        }
                    }
                }
                main #content .one { (content) }
                footer .foot { p { (words.say("portal-foot")) } }
            }
        }
    }
}

/// A page.
pub fn page(words: &Words, title: &str, content: &Markup) -> Response {
    frame(words, title, content).into_response()
}

/// A page with something to be mended on it.
pub fn again(words: &Words, title: &str, content: &Markup) -> Response {
    let title = format!("{}: {title}", words.say("portal-problems"));
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        frame(words, &title, content),
    )
        .into_response()
}

/// The way back, over the title.
pub fn back(words: &Words, path: &str) -> Markup {
    html! { p .back { a href=(path) { "← " (words.say("portal-back")) } } }
}

/// A page that says what happened and what to do.
pub fn sorry(words: &Words, status: StatusCode, key: &str) -> Response {
    let title = words.say(&format!("{key}-title"));
    let content = html! {
        h1 { (title) }
        p { (words.say(key)) }
        p { a href="/return" { (words.say("portal-return-title")) } }
        p { a href="/" { (words.say("portal-to-start")) } }
    };
    (status, frame(words, &title, &content)).into_response()
}

/// The store cannot answer: the person may try again.
pub fn store_failed(words: &Words, _error: &StoreError) -> Response {
    sorry(
        words,
        StatusCode::SERVICE_UNAVAILABLE,
        "portal-store-failed",
    )
}

/// Headers of every answer.
pub async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS.as_str(), "nosniff"),
        (header::REFERRER_POLICY.as_str(), "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(POLICY));
    headers
        .entry(hints::PERMISSIONS)
        .or_insert(hints::NO_CAMERA);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere_after_choosing_a_language() {
        for (referer, path) in [
            (
                "http://127.0.0.1:8081/apply?stay=there",
                "/apply?stay=there",
            ),
            ("http://evil.example//elsewhere.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("nonsense", "/"),
        ] {
            let referer = HeaderValue::from_static(referer);
            let headers = HeaderMap::from_iter([(header::REFERER, referer)]);
            assert_eq!(came_from(&headers), path);
        }
        assert_eq!(came_from(&HeaderMap::new()), "/");
    }
}
