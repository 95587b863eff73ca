//! What is kept about an application, plainly and as a file; and its deletion, as far as the law lets it
//! go.
//!
//! Never here: what concerns other cases, and who of the staff did what.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use casework::application::Application;
use casework::application::mine::Mine;
use casework::case::{Case, Status};
use casework::ports::StoreError;
use casework::vigil::{Keeping, Vigil};
use casework::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};
use web::address::to;

use crate::card::shown_day;
use crate::door::{Visit, cookie_gone};
use crate::held::{Failed, stands};
use crate::home::kind_words;
use crate::page::{back, frame, page, store_failed};
use crate::when::{city, time};
use crate::{Portal, Sight, Store};

async fn mine<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
) -> Result<Mine, StoreError> {
    let reference = &application.reference;
    Ok(Mine::of(
        application.clone(),
        portal.store.load(reference).await?,
        portal.store.timeline(reference).await?,
        portal.store.notices(reference).await?,
    ))
}

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    let words = &visit.words;
    match mine(&portal, &visit.application).await {
        Ok(mine) => page(
            words,
            &words.say("portal-data-title"),
            &content(&visit, &mine),
        ),
        Err(error) => store_failed(words, &error),
    }
}

/// The same as a file, for a program to read.
pub async fn file<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    let text = match mine(&portal, &visit.application).await {
        Ok(mine) => mine.as_json(),
        Err(error) => return store_failed(&visit.words, &error),
    };
    let name = format!(
        "attachment; filename=\"{}.json\"",
        visit.application.reference
    );
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, text).into_response()
}

fn content(visit: &Visit, mine: &Mine) -> Markup {
    let (words, application) = (&visit.words, &visit.application);
    html! {
        (back(words, &visit.path("")))
        h1 { (words.say("portal-data-title")) }
        p { (words.say("portal-data-help")) }
        p { a .button .quiet href=(visit.path("data/file")) download { (words.say("portal-data-file")) } }
        dl .sheet {
            div { dt { (words.say("portal-reference")) } dd .reference { (application.reference) } }
            div { dt { (words.say("desk-kind")) } dd { (kind_words(words, application.kind)) } }
            div { dt { (words.say("desk-mission")) } dd { (city(words, application)) } }
            div { dt { (words.say("portal-data-began")) } dd { (time(words, application, application.began_at)) } }
            div { dt { (words.say("portal-data-consent")) } dd { (shown_day(&application.consent.version.to_string())) " · " (time(words, application, application.consent.at)) } }
        }
        (papers(words, application))
        h2 { (words.say("portal-home-card")) }
        dl .sheet {
            @for (label, value) in mine.entries(words) { div { dt { (label) } dd { (shown_day(&value)) } } }
        }
        (messages(visit, mine))
        h2 { (words.say("portal-data-else")) }
        ul .list {
            li { (words.say("portal-data-link")) }
            li { (words.say("portal-data-readings")) }
        }
        p { a href=(visit.path("delete")) { (words.say("portal-delete-title")) } }
    }
}

fn papers(words: &Words, application: &Application) -> Markup {
    html! {
        h2 { (words.say("portal-home-papers")) }
        @if application.papers.is_empty() { p { (words.say("portal-data-none")) } }
        ul .list {
            @for paper in &application.papers {
                li { (words.say(&format!("portal-slot-{}", paper.slot.as_str()))) ": " (paper.name.reveal()) }
            }
        }
    }
}

fn messages(visit: &Visit, mine: &Mine) -> Markup {
    let words = &visit.words;
    html! {
        @if !mine.messages.is_empty() {
            h2 { (words.say("notices-title")) }
            ul .list {
                @for one in &mine.messages {
                    li {
                        (words.say(&format!("notice-{}-subject", one.notice.kind.key())))
                        @if let Some(settled) = &one.settled { " " span .place { (time(words, &visit.application, settled.at)) } }
                    }
                }
            }
        }
    }
}

/// What deleting means; of what was handed in, how long it must be kept.
pub async fn deletion<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, Failed> {
    let case = stands(&portal, &visit).await?;
    let words = &visit.words;
    let title = words.say("portal-delete-title");
    let content = html! {
        (back(words, &visit.path("data")))
        h1 { (title) }
        @if visit.application.handed_in.is_none() {
            p { (words.say("portal-delete-help")) }
            form .stack method="post" action=(visit.path("delete")) { button .grave { (words.say("portal-delete-go")) } }
        } @else {
            (kept(&visit, case.as_ref()))
        }
    };
    Ok(page(words, &title, &content))
}

/// Why and until when what was handed in is kept.
fn kept(visit: &Visit, case: Option<&Case>) -> Markup {
    let words = &visit.words;
    let status = case.map_or(Status::Reading, Case::status);
    let ended_at = case.and_then(|case| case.ended_at);
    let until = |at: Timestamp| html! { p { (words.say("portal-kept-until")) " " strong { (time(words, &visit.application, at)) } } };
    html! {
        p { (words.say("portal-kept-why")) }
        @match Vigil::embedded().keeping(status, ended_at) {
            Keeping::WhileOpen => {
                p { (words.say("portal-kept-open")) }
                p { a href=(visit.path("withdraw")) { (words.say("portal-withdraw-title")) } }
            },
            Keeping::Until(at) => (until(at)),
            Keeping::NoEndSet => p { (words.say("portal-kept-no-end")) },
        }
        p { (words.say("portal-kept-ask")) }
    }
}

/// Deletes a draft with everything that came for it. One that was handed in stays.
pub async fn delete<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    let words = &visit.words;
    match portal.store.erase(&visit.application).await {
        Ok(true) => {
            let title = words.say("portal-deleted-title");
            let content = html! {
                h1 { (title) }
                p { (words.say("portal-deleted")) }
                p { a href="/" { (words.say("portal-to-start")) } }
            };
            let gone = [(header::SET_COOKIE, cookie_gone(&visit))];
            (gone, frame(words, &title, &content)).into_response()
        }
        // It changed meanwhile, or was handed in: the page says how it stands.
        Ok(false) => to(&visit.path("delete")),
        Err(error) => store_failed(words, &error),
    }
}
