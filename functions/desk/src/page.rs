//! What every page has: its frame, its language, its headers, and the answer to what is not there.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use casework::ports::StoreError;
use casework::words::{Language, Words};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use web::{address, language, with_headers};

use crate::door::Visit;
use crate::policy::Page;
use crate::{Desk, keys};

/// What pages may do. Nothing foreign is loaded, nothing is framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The words of whoever asks: those of the language they chose, else the desk's.
pub fn words_for<S, E>(desk: &Desk<S, E>, headers: &HeaderMap) -> Words {
    Words::of(language::chosen(headers).unwrap_or(desk.language))
}

/// Keeps the language and goes back to the page the person came from.
pub async fn choose_language(Path(code): Path<String>, headers: HeaderMap) -> Response {
    match Language::from_code(&code) {
        Some(chosen) => language::keep(chosen, &shown_before(&headers)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The path of the page before that can be shown again: whoever sent a form and sees its answer
/// stands at a path that cannot be asked for, and goes to the nearest one above it.
pub fn shown_before(headers: &HeaderMap) -> String {
    let from = address::came_from(headers);
    let path = from.split_once('?').map_or(from.as_str(), |(path, _)| path);
    let shown = nearest_shown(path);
    if shown == path {
        from
    } else {
        shown.to_owned()
    }
}

/// This path where a page is shown under it; else the one above it.
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
                    (language::links(words))
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

/// Headers of every answer.
pub async fn headers(answer: Response) -> Response {
    with_headers(answer, POLICY)
}

/// Text that stands for an absent value.
pub const ABSENT: PreEscaped<&str> = PreEscaped("<span class=\"absent\">–</span>");

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, header};

    use super::*;

    #[test]
    fn after_a_form_one_goes_back_to_what_can_be_shown() {
        for (referer, path) in [
            ("http://127.0.0.1:8080/cases/7F3K?x=1", "/cases/7F3K?x=1"),
            (
                "http://127.0.0.1:8080/cases/7F3K/refuse?ground=unreliable",
                "/cases/7F3K/refuse?ground=unreliable",
            ),
            ("http://127.0.0.1:8080/cases/7F3K/correct", "/cases/7F3K"),
            ("http://127.0.0.1:8080/search", "/"),
        ] {
            let headers =
                HeaderMap::from_iter([(header::REFERER, HeaderValue::from_static(referer))]);
            assert_eq!(shown_before(&headers), path, "{referer}");
        }
    }
}
