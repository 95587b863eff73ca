//! Whether a printed paper is genuine: anyone may put its code's text in and see what it attests.
//!
//! What is shown is in the code itself; nothing of the case is looked up.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::mission::Missions;
use casework::words::{Words, key_of};
use issue::{Attested, NotGenuine};
use maud::{Markup, html};

use crate::form::{Problem, Typed, mend, problems};
use crate::page::{again, back, page, words_for};
use crate::when::day;
use crate::{Portal, Sight, Store};

/// A code's text has some 200 characters.
const CODE_LENGTH_MAX: usize = 1_000;

/// Asks for the code's text.
pub async fn ask<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&portal, &headers);
    let title = words.say("portal-genuine-title");
    page(&words, &title, &question(&words, &title, "", &[]))
}

/// Says what the code attests, or why it attests nothing.
pub async fn check<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let words = words_for(&portal, &headers);
    let typed = typed.text("code");
    // However it was copied: letters' case and line breaks say nothing.
    let copied = typed.chars().filter(|c| !c.is_whitespace());
    let code: String = copied.take(CODE_LENGTH_MAX).collect();
    match issue::verify(&code.to_ascii_uppercase(), &portal.known_seals) {
        Ok(attested) => {
            let title = words.say("paper-genuine");
            page(&words, &title, &verdict(&words, &title, &attested))
        }
        Err(cause) => {
            let problem = Problem {
                at: "code".into(),
                sentence: words.say(not_genuine(cause)),
            };
            let title = words.say("portal-genuine-title");
            let content = question(&words, &title, typed, &[problem]);
            again(&words, &title, &content)
        }
    }
}

fn question(words: &Words, title: &str, typed: &str, mending: &[Problem]) -> Markup {
    html! {
        (back(words, "/"))
        (problems(words, mending))
        h1 { (title) }
        p { (words.say("portal-genuine-help")) }
        form .stack method="post" action="/genuine" {
            label { span { (words.say("portal-genuine-code")) }
                (mend(mending, "code"))
                textarea #code name="code" rows="6" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength=(CODE_LENGTH_MAX) { (typed) }
            }
            button { (words.say("portal-genuine-check")) }
        }
    }
}

fn verdict(words: &Words, title: &str, attested: &Attested) -> Markup {
    let missions = Missions::embedded();
    let mission = missions.get(&attested.mission);
    let mission = mission.map_or(attested.mission.0.as_str(), |known| {
        known.names.of(words.language)
    });
    let kind = words.say(&format!("paper-kind-{}", key_of(attested.kind.as_str())));
    html! {
        (back(words, "/genuine"))
        h1 { (title) }
        p { (words.say("portal-genuine-compare")) }
        dl .sheet {
            div { dt { (words.say("portal-genuine-kind")) } dd { (kind) } }
            div { dt { (words.say("paper-reference")) } dd { (attested.reference) } }
            div { dt { (words.say("paper-row-mission")) } dd { (mission) } }
            div { dt { (words.say("paper-date")) } dd { (day(words, attested.on)) } }
            @if !attested.initials.reveal().is_empty() {
                div { dt { (words.say("paper-initials")) } dd { (attested.initials.reveal()) } }
            }
        }
    }
}

/// The sentence that says why a code attests nothing.
const fn not_genuine(cause: NotGenuine) -> &'static str {
    match cause {
        NotGenuine::NotAPayload => "portal-genuine-no-code",
        NotGenuine::UnknownKey(_) => "portal-genuine-unknown-key",
        NotGenuine::Altered => "paper-altered",
    }
}
