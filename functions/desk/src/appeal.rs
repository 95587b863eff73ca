//! A complaint against a refusal: brought on paper it is typed in here; it is shown with its case,
//! and handed on to the mission's superior.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use casework::appeal::{AppealCause, AppealFault, Part, Typed};
use casework::case::Case;
use casework::case::action::ActionName;
use casework::words::{Words, key_of};
use maud::{Markup, html};

use crate::case::{act_form, local};
use crate::door::Visit;
use crate::policy::Page;
use crate::{Desk, Sight, Store};

/// The form for one on paper; what stands already, or the card says, is in it.
pub async fn show<S: Store, E: Sight>(
    State(_): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
) -> Response {
    if !visit.may(&case, ActionName::Appeal) {
        return visit.sorry(StatusCode::CONFLICT, "desk-not-now");
    }
    let words = &visit.words;
    let typed = case.appeal.as_ref().map_or_else(
        || case.appeal_draft(words),
        |lodged| {
            let parts = lodged.appeal.parts();
            parts
                .map(|(part, text)| (part, text.reveal().clone()))
                .collect()
        },
    );
    let content = html! {
        div .narrow {
            p .back { a href={ "/cases/" (case.id) } data-key="open" { "← " (words.say("desk-to-case")) } }
            h1 { (words.say("appeal-on-paper")) " " span .reference { (case.id) } }
            p { (words.say("appeal-on-paper-help")) }
            (form(&visit, &case, &typed))
        }
    };
    visit.page(&words.say("appeal-on-paper"), &content)
}

/// The form, with what was typed before.
pub fn form(visit: &Visit, case: &Case, typed: &Typed) -> Markup {
    let words = &visit.words;
    let content = html! {
        @for part in Part::ALL {
            @let text = typed.get(&part).map_or("", String::as_str);
            @let required = part.required(true);
            label {
                span { (part_words(words, part)) @if !required { " " span .quiet { (words.say("portal-optional")) } } }
                @if part.is_long() { textarea name=(part.as_str()) rows=(if part == Part::Circumstances { 8 } else { 3 }) required[required] { (text) } }
                @else { input name=(part.as_str()) value=(text) autocomplete="off" required[required]; }
            }
        }
        button data-key="send" { (words.say("appeal-take")) }
    };
    act_form(visit, case, Page::Appeal, "stack", &content)
}

/// What is to be mended, each part by its name.
pub fn faults(words: &Words, faults: &[AppealFault]) -> Markup {
    html! {
        ul .complaint { @for fault in faults { li { (part_words(words, fault.part)) ": " (words.say(cause_key(fault.cause))) } } }
    }
}

/// The complaint on its case's page; nothing where there is none.
pub fn section(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    let Some(lodged) = &case.appeal else {
        return html! {};
    };
    let late = lodged.appeal.is_late(case.day_of(lodged.lodged_at));
    html! {
        section #appeal .appeal aria-labelledby="appeal-title" {
            h2 #appeal-title { (words.say("appeal-title")) }
            p .facts {
                span { (words.say("appeal-came")) " " (local(case, lodged.lodged_at)) }
                @match lodged.handed_on_at {
                    Some(at) => span { (words.say("appeal-was-handed-on")) " " (local(case, at)) },
                    None => span { (words.say("appeal-hand-on-by")) " " (local(case, lodged.hand_on_by)) },
                }
                @if !lodged.appeal.is_signed() { span .chip .ask { (words.say("appeal-unsigned")) } }
                @if late { span .chip .warning { (words.say("appeal-late")) } }
            }
            @if late { p .quiet { (words.say("appeal-late-help")) } }
            dl .told {
                @for (part, text) in lodged.appeal.parts() {
                    dt { (part_words(words, part)) }
                    dd { (text.reveal()) }
                }
            }
            @if visit.may(case, ActionName::HandOnAppeal) {
                @let press = html! { button data-key="send" { (words.say("appeal-hand-on")) } };
                p .quiet { (words.say("appeal-hand-on-help")) }
                (act_form(visit, case, Page::HandOnAppeal, "", &press))
            }
        }
    }
}

fn part_words(words: &Words, part: Part) -> String {
    words.say(&format!("appeal-part-{}", key_of(part.as_str())))
}

const fn cause_key(cause: AppealCause) -> &'static str {
    match cause {
        AppealCause::Missing => "portal-entry-missing",
        AppealCause::NotTwelveDigits => "portal-entry-iin",
        AppealCause::NotADay => "portal-entry-day",
        AppealCause::NotYet => "appeal-not-yet",
        AppealCause::TooLong => "appeal-too-long",
    }
}
