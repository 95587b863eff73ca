//! What every page has: its frame, its language, its headers, and the answer to what is not there.

use axum::extract::Path;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use casework::ports::StoreError;
use casework::words::{Language, Words};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::door::Visit;
use crate::policy::Page;
use crate::{Desk, keys};

/// The cookie that keeps a person's language: no secret, no person.
const LANGUAGE_COOKIE: &str = "language";

/// Every language with its own name.
pub const LANGUAGES: [(Language, &str); 3] = [
    (Language::Kk, "Қазақша"),
    (Language::Ru, "Русский"),
    (Language::En, "English"),
];

/// The words of whoever asks: their cookie, else the desk's language.
pub fn words_for<S, E>(desk: &Desk<S, E>, headers: &HeaderMap) -> Words {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(Language::from_code);
    Words::of(chosen.unwrap_or(desk.language))
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

/// Keeps the language and goes back to the page the person came from.
pub async fn choose_language(Path(code): Path<String>, headers: HeaderMap) -> Response {
    let Some(language) = Language::from_code(&code) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cookie = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly",
        language.code()
    );
    let headers = [
        (header::SET_COOKIE, cookie),
        (header::LOCATION, came_from(&headers)),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// The path of the referring page; only ever a path, so that nobody is sent elsewhere.
pub fn came_from(headers: &HeaderMap) -> String {
    let referer = headers
        .get(header::REFERER)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.parse::<Uri>().ok());
    let asked = referer.and_then(|uri| uri.path_and_query().cloned());
    let Some(asked) = asked else {
        return "/".to_owned();
    };
    let shown = nearest_shown(asked.path());
    if shown == asked.path() {
        own_path(asked.as_str())
    } else {
        own_path(shown)
    }
}

/// This path where a page is shown under it; else the one above it: whoever sent a form and sees
/// its answer stands at a path that cannot be asked for again.
fn nearest_shown(path: &str) -> &str {
    let mut path = path;
    while !path.is_empty() {
        if Page::shown_at(path) {
            return path;
        }
        path = path.rsplit_once('/').map_or("", |(above, _)| above);
    }
    "/"
}

/// The path, where it is one of ours; the worklist's otherwise.
pub fn own_path(path: &str) -> String {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if own { path.to_owned() } else { "/".to_owned() }
}

/// The frame of a page, for someone who was let in or for a stranger.
pub fn frame(words: &Words, visit: Option<&Visit>, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – Tirkeu" }
                link rel="stylesheet" href="/desk.css";
                link rel="icon" href="data:,";
                @if visit.is_some() { script type="module" src="/desk.js" {} }
            }
            body data-keys=[visit.filter(|visit| visit.keys).map(|_| keys::for_script())] {
                a .skip href="#content" { (words.say("desk-skip")) }
                header .bar {
                    a .brand href="/" data-key="worklist" { "Tirkeu" span { (words.say("desk-name")) } }
                    @if let Some(visit) = visit { (person(words, visit)) }
                    nav aria-label=(words.say("desk-language")) {
                        @for (language, name) in LANGUAGES {
                            a href={ "/language/" (language.code()) } lang=(language.code()) hreflang=(language.code())
                                aria-current=[(language == words.language).then_some("true")] { (name) }
                        }
                    }
                }
                main #content { (content) }
            }
        }
    }
}

/// Who is logged in, and the way out.
fn person(words: &Words, visit: &Visit) -> Markup {
    html! {
        form .person method="post" action="/logout" {
            input type="hidden" name="token" value=(visit.form_token);
            a href="/stacks" { (words.say("stacks")) }
            @if Page::Overview.who().includes(visit.account.role) { a href="/overview" { (words.say("overview")) } }
            a href="/keys" data-key="help" { (words.say("help")) }
            span { (visit.account.name) " · " (words.say(&format!("role-{}", visit.account.role.as_str()))) }
            button .plain { (words.say("login-leave")) }
        }
    }
}

impl Visit {
    /// A page for this person.
    pub fn page(&self, title: &str, content: &Markup) -> Response {
        frame(&self.words, Some(self), title, content).into_response()
    }

    /// A page that says what happened and what to do.
    pub fn sorry(&self, status: StatusCode, key: &str) -> Response {
        sorry(&self.words, Some(self), status, key)
    }
}

/// A page that says what happened and what to do.
pub fn sorry(words: &Words, visit: Option<&Visit>, status: StatusCode, key: &str) -> Response {
    let title = words.say(&format!("{key}-title"));
    let content = html! {
        h1 { (title) }
        p { (words.say(key)) }
        p { a href="/" { (words.say("desk-to-worklist")) } }
    };
    (status, frame(words, visit, &title, &content)).into_response()
}

/// The store cannot answer: the person may try again, the record says why.
pub fn store_failed(words: &Words, _error: &StoreError) -> Response {
    sorry(
        words,
        None,
        StatusCode::SERVICE_UNAVAILABLE,
        "desk-store-failed",
    )
}

/// Headers of every answer: nothing is kept by others, nothing foreign is loaded, nothing is framed.
pub async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY.as_str(),
            "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS.as_str(), "nosniff"),
        (header::REFERRER_POLICY.as_str(), "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Text that stands for an absent value.
pub const ABSENT: PreEscaped<&str> = PreEscaped("<span class=\"absent\">–</span>");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere_after_choosing_a_language() {
        for (referer, path) in [
            ("http://127.0.0.1:8080/cases/7F3K?x=1", "/cases/7F3K?x=1"),
            ("http://evil.example//elsewhere.example/", "/"),
            ("javascript:alert(1)", "/"),
            (
                "http://127.0.0.1:8080/cases/7F3K/refuse?ground=unreliable",
                "/cases/7F3K/refuse?ground=unreliable",
            ),
            ("http://127.0.0.1:8080/cases/7F3K/correct", "/cases/7F3K"),
            ("http://127.0.0.1:8080/search", "/"),
        ] {
            let headers =
                HeaderMap::from_iter([(header::REFERER, HeaderValue::from_static(referer))]);
            assert_eq!(came_from(&headers), path, "{referer}");
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

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = HeaderMap::from_iter([
            (
                header::COOKIE,
                HeaderValue::from_static("language=ru; a_session=1"),
            ),
            (header::COOKIE, HeaderValue::from_static("session=2")),
        ]);
        for (name, value) in [
            ("language", Some("ru")),
            ("session", Some("2")),
            ("lang", None),
        ] {
            assert_eq!(cookie(&headers, name), value, "{name}");
        }
    }
}
