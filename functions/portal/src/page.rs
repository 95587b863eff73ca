//! What every page has: its frame, its language, its headers, and the answer to what is not there.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use casework::ports::StoreError;
use casework::words::{Language, Words};
use maud::{DOCTYPE, Markup, html};
use web::{address, language, with_headers};

use crate::Portal;

/// What pages may do. Nothing foreign is loaded, nothing is framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The same, and the program on the signer's own machine may be asked (`wss`, its fixed port).
pub const SIGNING_POLICY: &str = "default-src 'none'; script-src 'self'; img-src 'self' data:; style-src 'self'; connect-src wss://127.0.0.1:13579; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The words of whoever asks: those of the language they chose, else of the first that their
/// browser asks for and we have, else the portal's.
pub fn words_for<S, E>(portal: &Portal<S, E>, headers: &HeaderMap) -> Words {
    let chosen = language::chosen(headers).or_else(|| language::asked_for(headers));
    Words::of(chosen.unwrap_or(portal.language))
}

/// Keeps the language and goes back to the page the person came from: every path shows a page.
pub async fn choose_language(Path(code): Path<String>, headers: HeaderMap) -> Response {
    match Language::from_code(&code) {
        Some(chosen) => language::keep(chosen, &address::came_from(&headers)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
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
                    (language::links(words))
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
pub async fn headers(answer: Response) -> Response {
    with_headers(answer, POLICY)
}
