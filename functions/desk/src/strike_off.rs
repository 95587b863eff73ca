//! Striking a person off the register: on which of the five grounds, and until when.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use casework::case::action::ActionName;
use casework::case::{Case, StrikeOffGround};
use casework::mission::Missions;
use casework::term::due;
use casework::words::{Words, key_of};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::act::Typed;
use crate::case::act_form;
use crate::door::Visit;
use crate::policy::Page;
use crate::{Desk, Sight, Store};

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
    Query(asked): Query<Typed>,
) -> Response {
    if !visit.may(&case, ActionName::StrikeOff) {
        return visit.sorry(StatusCode::CONFLICT, "desk-not-now");
    }
    let words = &visit.words;
    let content = html! {
        div .narrow {
            p .back { a href={ "/cases/" (case.id) } data-key="open" { "← " (words.say("desk-to-case")) } }
            h1 { (words.say("strike-off-title")) " " span .reference { (case.id) } }
            (term(words, &case, (desk.now)()))
            (form(&visit, &case, &asked))
        }
    };
    visit.page(&words.say("strike-off-title"), &content)
}

/// Until when an application of today is examined, and the person struck off.
fn term(words: &Words, case: &Case, now: Timestamp) -> Markup {
    let missions = Missions::embedded();
    let mission = missions.get(&case.manifest.mission);
    let until = |days| {
        due(now, mission?, days)
            .ok()
            .map(|due| due.last_day.to_string())
    };
    let examined = until(StrikeOffGround::WORKING_DAYS_TO_EXAMINE);
    let struck = until(StrikeOffGround::WORKING_DAYS);
    html! {
        @if let (Some(examined), Some(struck)) = (examined, struck) {
            p { (words.say_with("strike-off-term", &[("examined", &examined), ("struck", &struck)])) }
        }
    }
}

/// The form, with what was chosen before.
pub fn form(visit: &Visit, case: &Case, typed: &Typed) -> Markup {
    let words = &visit.words;
    let chosen = typed.strike_off();
    let content = html! {
        fieldset {
            legend { (words.say("strike-off-ground")) }
            @for ground in StrikeOffGround::ALL {
                label .check { input type="radio" name="strike_off" value=(ground.as_str()) required checked[chosen == Some(ground)]; " " (ground_words(words, ground)) }
            }
        }
        button .grave data-key="send" { (words.say("strike-off-send")) }
    };
    act_form(visit, case, Page::StrikeOff, "stack", &content)
}

/// A ground in words.
pub fn ground_words(words: &Words, ground: StrikeOffGround) -> String {
    words.say(&format!("strike-off-{}", key_of(ground.as_str())))
}
