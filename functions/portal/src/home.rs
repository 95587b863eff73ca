//! An application's own page: what is done and what comes next, or how it stands; and its link.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use casework::application::Step;
use casework::case::{Case, CaseKind};
use casework::words::Words;
use maud::{Markup, html};

use crate::begin::E_MAIL;
use crate::door::Visit;
use crate::held::{Failed, drafted};
use crate::link::private_link;
use crate::page::page;
use crate::step::{step_path, step_words};
use crate::when::city;
use crate::{Portal, Sight, Store, follow};

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, Failed> {
    if visit.application.handed_in.is_some() {
        return Ok(follow::show(&portal, &visit).await);
    }
    let draft = drafted(&portal, &visit).await?;
    let title = visit.words.say("portal-home-title");
    Ok(page(&visit.words, &title, &steps(&visit, &draft)))
}

fn steps(visit: &Visit, draft: &Case) -> Markup {
    let (words, application) = (&visit.words, &visit.application);
    let next = application.next_step(draft);
    let papers = application.slots().into_iter();
    let papers = papers.map(|slot| (Step::Paper(slot), application.has(slot, draft)));
    let identity = (Step::Identity, application.identity.is_some());
    let sections = application.sections().map(|section| {
        (
            Step::Section(section),
            application.looked_through.contains(&section),
        )
    });
    let end = [
        (Step::Answers, application.confirmed.is_some()),
        (Step::Sign, false),
    ];
    let groups: [(&str, Vec<(Step, bool)>); 3] = [
        (
            "portal-home-papers",
            std::iter::once(identity).chain(papers).collect(),
        ),
        ("portal-home-card", sections.collect()),
        ("portal-home-end", end.into()),
    ];
    html! {
        h1 { (words.say("portal-home-title")) }
        p { (kind_words(words, application.kind)) " · " (city(words, application)) " · " span .reference { (application.reference) } }
        p { a .button href=(step_path(visit, next)) { (words.say("portal-home-next")) ": " (step_words(words, next)) } }
        @for (title, steps) in groups {
            h2 { (words.say(title)) }
            ol .steps {
                @for (step, done) in steps {
                    li { (line(visit, step, done, step == next)) }
                }
            }
        }
        p { a href=(visit.path("link")) { (words.say("portal-keep-title")) } }
        p { a href=(visit.path("data")) { (words.say("portal-data-title")) } }
    }
}

/// A step that can be gone to, and whether it is done.
fn line(visit: &Visit, step: Step, done: bool, is_next: bool) -> Markup {
    let words = &visit.words;
    let can_be_gone_to = done || is_next;
    let state = match (done, is_next) {
        (true, _) => "portal-step-done",
        (_, true) => "portal-step-next",
        _ => "portal-step-later",
    };
    html! {
        @if can_be_gone_to { a href=(step_path(visit, step)) { (step_words(words, step)) } }
        @else { span { (step_words(words, step)) } }
        span .state .done[done] { (words.say(state)) }
    }
}

/// The kind of registration.
pub fn kind_words(words: &Words, kind: CaseKind) -> String {
    words.say(match kind {
        CaseKind::Permanent => "kind-permanent",
        CaseKind::Temporary => "kind-temporary",
    })
}

/// The reference and the link, to be kept.
pub async fn keep<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    let (words, application) = (&visit.words, &visit.application);
    let secret = visit.secret.reveal();
    let link = private_link(&portal.address, &application.reference, &visit.secret);
    let title = words.say("portal-keep-title");
    let content = html! {
        h1 { (title) }
        p { (words.say("portal-keep-help")) }
        dl .sheet {
            div { dt { (words.say("portal-reference")) } dd .reference { (application.reference) } }
            div { dt { (words.say("portal-code")) } dd .reference .code { (grouped(secret)) } }
            div { dt { (words.say("portal-keep-link")) } dd .link { a href=(link) { (link) } } }
        }
        p { button .quiet type="button" data-copy=(link) hidden { (words.say("portal-keep-copy")) } " "
            span role="status" data-copied=(words.say("portal-keep-copied")) {} }
        p .note { (words.say("portal-keep-secret")) }
        @if application.entries.contains_key(&E_MAIL) { p { (words.say("portal-keep-mailed")) } }
        p { a .button href=(visit.path("")) { (words.say("portal-continue")) } }
    };
    page(words, &title, &content)
}

/// In fours, as people read it to each other.
fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let fours = letters
        .chunks(4)
        .map(|four| four.iter().collect::<String>());
    fours.collect::<Vec<_>>().join(" ")
}
