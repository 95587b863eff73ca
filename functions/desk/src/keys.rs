//! Single keys: one table of which key presses what, read by the page that explains them and by
//! the script that listens. They can be turned off (WCAG 2.1.4): they get in the way of speech.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use web::cookie;

use crate::door::Visit;
use crate::page::shown_before;

/// The cookie that says that someone turned them off.
const OFF_COOKIE: &str = "keys";

/// A key by its place on the keyboard (the layout's letters differ), as it is printed on most
/// keyboards, and the name of what it presses.
type Key = (&'static str, &'static str, &'static str);

const KEYS: [Key; 20] = [
    ("KeyJ", "J", "next"),
    ("KeyK", "K", "previous"),
    ("KeyA", "A", "take-a"),
    ("KeyB", "B", "take-b"),
    ("KeyE", "E", "edit"),
    ("KeyL", "L", "look"),
    ("KeyR", "R", "approve"),
    ("KeyX", "X", "refuse"),
    ("KeyC", "C", "better-copy"),
    ("KeyH", "H", "claim"),
    ("KeyN", "N", "open"),
    ("KeyS", "S", "send"),
    ("KeyW", "W", "worklist"),
    ("KeyV", "V", "show"),
    ("Slash", "/", "search"),
    ("Equal", "+", "closer"),
    ("Minus", "−", "farther"),
    ("KeyT", "T", "turn"),
    ("Digit0", "0", "whole"),
    ("?", "?", "help"),
];

/// Whether this browser listens to them.
pub fn are_on(headers: &HeaderMap) -> bool {
    cookie(headers, OFF_COOKIE) != Some("off")
}

/// For the script: `KeyJ=next KeyK=previous …`.
pub fn for_script() -> String {
    let pairs = KEYS.map(|(code, _, name)| format!("{code}={name}"));
    pairs.join(" ")
}

/// The page that explains them.
pub async fn show(Extension(visit): Extension<Arc<Visit>>) -> Response {
    let words = &visit.words;
    let (to, turn) = if visit.keys {
        ("/keys/off", "keys-turn-off")
    } else {
        ("/keys/on", "keys-turn-on")
    };
    let content = html! {
        div .narrow {
            h1 { (words.say("help-title")) }
            p { (words.say("help-layout")) }
            dl .keys { @for key in KEYS { (line(&visit, key)) } }
            p { a .button .quiet href=(to) { (words.say(turn)) } }
        }
    };
    visit.page(&words.say("help-title"), &content)
}

fn line(visit: &Visit, (_, shown, name): Key) -> Markup {
    html! { div { dt { kbd { (shown) } } dd { (visit.words.say(&format!("key-{name}"))) } } }
}

/// Turns them on or off in this browser, and goes back to where one came from.
pub async fn turn(Path(state): Path<String>, headers: HeaderMap) -> Response {
    if !matches!(state.as_str(), "on" | "off") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let cookie =
        format!("{OFF_COOKIE}={state}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
    let headers = [
        (header::SET_COOKIE, cookie),
        (header::LOCATION, shown_before(&headers)),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use casework::words::{Language, Words};

    use super::*;

    #[test]
    fn every_key_presses_one_thing_and_is_explained() {
        let words = Words::of(Language::En);
        let codes: BTreeSet<_> = KEYS.iter().map(|(code, _, _)| code).collect();
        let names: BTreeSet<_> = KEYS.iter().map(|(_, _, name)| name).collect();
        assert_eq!((codes.len(), names.len()), (KEYS.len(), KEYS.len()));
        for name in names {
            assert!(words.has(&format!("key-{name}")), "{name}");
        }
    }
}
