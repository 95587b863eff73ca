//! A case: what does not agree first, then the card, then the pages it was read from.

mod card;
mod findings;
mod pages;

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use casework::case::{Case, Recorded};
use casework::finding::Place;
use casework::mission::Missions;
use casework::reading::DocumentKind;
use casework::scan::{ScanId, ScanOutcome};
use casework::words::Words;
use maud::{Markup, html};

use crate::crop::PageOfScan;
use crate::door::Visit;
use crate::page::store_failed;
use crate::worklist::{kind_words, status_words};
use crate::{Desk, Sight, Store};

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
) -> Response {
    match desk.store.timeline(&case.id).await {
        Ok(timeline) => {
            let content = content(&visit.words, &case, &timeline);
            visit.page(case.id.as_str(), &content)
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

fn content(words: &Words, case: &Case, timeline: &[Recorded]) -> Markup {
    html! {
        p .back { a href="/" { "← " (words.say("desk-worklist")) } }
        (heading(words, case))
        div .case {
            div .decide {
                (findings::section(words, case))
                (card::section(words, case))
                (happened(words, timeline))
            }
            (pages::section(words, case))
        }
    }
}

fn heading(words: &Words, case: &Case) -> Markup {
    let missions = Missions::embedded();
    let mission = missions.get(&case.manifest.mission);
    let zone = mission.map_or(jiff::tz::TimeZone::UTC, |m| m.time_zone.clone());
    let local = |at: jiff::Timestamp| {
        at.to_zoned(zone.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    };
    let status = case.status();
    html! {
        h1 .reference { (case.id) }
        p .status { span class={ "chip status " (status.as_str()) } { (status_words(words, status)) } }
        dl .facts {
            div { dt { (words.say("desk-kind")) } dd { (kind_words(words, case.manifest.kind)) } }
            div { dt { (words.say("desk-mission")) } dd { (mission.map_or(case.manifest.mission.0.as_str(), |m| m.names.of(words.language))) } }
            div { dt { (words.say("desk-received")) } dd { time datetime=(case.manifest.received_at) { (local(case.manifest.received_at)) } } }
            div { dt { (words.say("desk-due")) } dd { time datetime=(case.due_at) { (local(case.due_at)) } } }
        }
    }
}

fn happened(words: &Words, timeline: &[Recorded]) -> Markup {
    html! {
        details .timeline {
            summary { (words.say("desk-timeline")) }
            ol {
                @for one in timeline {
                    li {
                        time datetime=(one.at) { (one.at.strftime("%Y-%m-%d %H:%MZ").to_string()) } " "
                        (words.say(&format!("event-{}", one.event.name())))
                        " (" (words.say(&format!("role-{}", one.actor.role.as_str())))
                        @if let Some(account) = &one.actor.account { ", " (account) } ")"
                    }
                }
            }
        }
    }
}

/// The page a place is on, where it is on one.
fn page_of<'a>(case: &'a Case, place: &'a Place) -> Option<(PageOfScan<'a>, [f32; 4])> {
    match place {
        Place::Document {
            scan, page, bounds, ..
        } => Some((page_of_scan(case, scan, *page)?, *bounds)),
        Place::DeclaredCard | Place::Correction | Place::Case => None,
    }
}

fn page_of_scan<'a>(case: &'a Case, scan: &'a ScanId, page: u32) -> Option<PageOfScan<'a>> {
    let filed = case.scans.iter().find(|f| f.scan == *scan)?;
    let ScanOutcome::Read { page_sizes, .. } = &filed.outcome else {
        return None;
    };
    let size = *page_sizes.get(usize::try_from(page.checked_sub(1)?).ok()?)?;
    Some(PageOfScan {
        case: &case.id,
        scan,
        page,
        size,
    })
}

/// A place in words.
fn place_words(words: &Words, place: &Place) -> String {
    match place {
        Place::Document { document, page, .. } => words.say_with(
            "place-document",
            &[
                ("document", &document_words(words, *document)),
                ("page", &page.to_string()),
            ],
        ),
        Place::DeclaredCard => words.say("place-declared-card"),
        Place::Correction => words.say("place-correction"),
        Place::Case => words.say("place-case"),
    }
}

/// A kind of document in words.
fn document_words(words: &Words, kind: DocumentKind) -> String {
    words.say(match kind {
        DocumentKind::IdCardFront => "document-id-card-front",
        DocumentKind::IdCardBack => "document-id-card-back",
        DocumentKind::Passport => "document-passport",
        DocumentKind::ExitPermit => "document-exit-permit",
        DocumentKind::RegistrationCard => "document-registration-card",
        DocumentKind::Unknown => "document-unknown",
    })
}
