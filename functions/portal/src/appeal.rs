//! A complaint against a refusal (Art. 91–93 of the Code): filled in, looked through, handed in;
//! then to be printed and signed.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::response::Response;
use casework::appeal::{Appeal, AppealCause, AppealFault, Lodged, Part, Typed};
use casework::case::action::{Action, ActionName, allowed};
use casework::case::{Case, Role};
use casework::words::{Words, key_of};
use maud::{Markup, html};
use web::address::to;

use crate::card::shown_day;
use crate::door::Visit;
use crate::follow::act;
use crate::form::{self, Problem, mend, problems};
use crate::held::{Failed, stands};
use crate::page::{again, back, page, store_failed};
use crate::when::time;
use crate::{Portal, Sight, Store};

/// The button that says what is to be done with what was filled in.
const STEP: &str = "step";

/// The form; the complaint itself, once there is one.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, Failed> {
    Ok(match stands(&portal, &visit).await? {
        Some(case) if may(&case) => fill_in(&visit, &case.appeal_draft(&visit.words), &[]),
        Some(Case {
            appeal: Some(lodged),
            ..
        }) => handed_in(&visit, &lodged),
        Some(_) | None => to(&visit.path("")),
    })
}

/// Takes what was filled in: shows it to be looked through, or hands it in.
pub async fn take<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Form(form): Form<form::Typed>,
) -> Result<Response, Failed> {
    let Some(case) = stands(&portal, &visit).await?.filter(may) else {
        return Ok(to(&visit.path("appeal")));
    };
    let typed = typed(&form);
    let today = case.day_of((portal.now)());
    Ok(
        match (Appeal::stated(&typed, false, today), form.text(STEP)) {
            (Err(faults), _) => fill_in(&visit, &typed, &mending(&visit.words, &faults)),
            (Ok(_), "change") => fill_in(&visit, &typed, &[]),
            (Ok(_), "hand-in") => {
                match act(&portal, &visit.application, Action::Appeal(typed)).await {
                    Ok(()) => to(&visit.path("appeal")),
                    Err(error) => store_failed(&visit.words, &error),
                }
            }
            (Ok(appeal), _) => look_through(&visit, &typed, &appeal, appeal.is_late(today)),
        },
    )
}

/// Whether the applicant may complain now.
fn may(case: &Case) -> bool {
    allowed(case.status(), Role::Applicant).contains(&ActionName::Appeal)
}

fn typed(form: &form::Typed) -> Typed {
    let parts = asked();
    parts
        .map(|part| (part, form.text(part.as_str()).to_owned()))
        .collect()
}

/// What is asked for; the signature comes on paper.
fn asked() -> impl Iterator<Item = Part> {
    let parts = Part::ALL.into_iter();
    parts.filter(|part| *part != Part::SignedOn)
}

fn mending(words: &Words, faults: &[AppealFault]) -> Vec<Problem> {
    let problem = |fault: &AppealFault| {
        let key = match fault.cause {
            AppealCause::Missing => "portal-entry-missing",
            AppealCause::NotTwelveDigits => "portal-entry-iin",
            AppealCause::NotADay => "portal-entry-day",
            AppealCause::NotYet => "appeal-not-yet",
            AppealCause::TooLong => "appeal-too-long",
        };
        Problem {
            at: fault.part.as_str().to_owned(),
            sentence: format!("{}: {}", part_words(words, fault.part), words.say(key)),
        }
    };
    faults.iter().map(problem).collect()
}

fn part_words(words: &Words, part: Part) -> String {
    words.say(&format!("appeal-part-{}", key_of(part.as_str())))
}

fn fill_in(visit: &Visit, typed: &Typed, mending: &[Problem]) -> Response {
    let words = &visit.words;
    let title = words.say("portal-appeal-title");
    let content = html! {
        (back(words, &visit.path("")))
        (problems(words, mending))
        h1 { (title) }
        p { (words.say("portal-appeal-help")) }
        p .quiet { (words.say("portal-appeal-where")) }
        form .stack method="post" action=(visit.path("appeal")) {
            @for part in asked() { (entry(words, part, typed, mending)) }
            p .quiet { (words.say("portal-appeal-files")) }
            button { (words.say("portal-continue")) }
        }
    };
    if mending.is_empty() {
        page(words, &title, &content)
    } else {
        again(words, &title, &content)
    }
}

fn entry(words: &Words, part: Part, typed: &Typed, mending: &[Problem]) -> Markup {
    let name = part.as_str();
    let text = typed.get(&part).map_or("", String::as_str);
    let help = format!("appeal-part-{}-help", key_of(name));
    let help = words.has(&help).then(|| words.say(&help));
    let help_id = help.as_ref().map(|_| format!("{name}-help"));
    html! {
        div .wide {
            label for=(name) { span { (part_words(words, part)) @if !part.required(false) { " " span .quiet { (words.say("portal-optional")) } } } }
            (mend(mending, name))
            @if let Some(help) = &help { p .quiet .hint id=[help_id.as_ref()] { (help) } }
            @if part.is_long() {
                textarea id=(name) name=(name) rows=(if part == Part::Circumstances { 8 } else { 3 }) maxlength="10000" aria-describedby=[help_id.as_ref()] { (text) }
            } @else {
                input id=(name) name=(name) value=(text) maxlength="1000" autocomplete="off"
                    inputmode=[(part.is_day() || part == Part::Iin).then_some("numeric")] aria-describedby=[help_id.as_ref()];
            }
        }
    }
}

/// All of it once more; nothing of it is kept until it is handed in.
fn look_through(visit: &Visit, typed: &Typed, appeal: &Appeal, late: bool) -> Response {
    let words = &visit.words;
    let title = words.say("portal-appeal-check");
    let content = html! {
        h1 { (title) }
        p { (words.say("portal-appeal-check-help")) }
        @if late { p .note { (words.say("appeal-late-help")) } }
        (sheet(words, appeal))
        form .stack method="post" action=(visit.path("appeal")) {
            @for (part, text) in typed { input type="hidden" name=(part.as_str()) value=(text); }
            button name=(STEP) value="hand-in" { (words.say("portal-appeal-go")) }
            button .quiet name=(STEP) value="change" { (words.say("portal-change")) }
        }
    };
    page(words, &title, &content)
}

/// The complaint that was handed in, as it is printed and signed.
fn handed_in(visit: &Visit, lodged: &Lodged) -> Response {
    let words = &visit.words;
    let title = words.say("portal-appeal-stands");
    let content = html! {
        (back(words, &visit.path("")))
        h1 { (title) }
        p { (words.say("portal-reference")) ": " strong .reference { (visit.application.reference) } " · " (time(words, &visit.application, lodged.lodged_at)) }
        @if !lodged.appeal.is_signed() {
            section .note .screen {
                h2 { (words.say("portal-appeal-sign")) }
                p { (words.say("portal-appeal-sign-help")) }
                p { button .quiet type="button" data-print hidden { (words.say("portal-slip-print")) } }
            }
        }
        (sheet(words, &lodged.appeal))
        p .by-hand { span { (words.say("portal-appeal-date")) } span { (words.say("portal-appeal-signature")) } }
        p .screen { (words.say("portal-appeal-next")) }
    };
    page(words, &title, &content)
}

fn sheet(words: &Words, appeal: &Appeal) -> Markup {
    html! {
        dl .sheet {
            @for (part, text) in appeal.parts() {
                div {
                    dt { (part_words(words, part)) }
                    dd .text { @if part.is_day() { (shown_day(text.reveal())) } @else { (text.reveal()) } }
                }
            }
        }
    }
}
