//! A case: the decision at the top, left the pages, right what does not agree and then the card.
//! The order of the page is the order in which one sees it.

mod card;
pub(crate) mod decide;
pub(crate) mod entry_form;
mod findings;
pub(crate) mod hand;
mod notices;
mod pages;
pub(crate) mod timeline;
mod why;

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use casework::card::schema::Schema;
use casework::case::{Case, Recorded};
use casework::finding::Place;
use casework::mission::Missions;
use casework::notice::Posted;
use casework::ports::StoreError;
use casework::reading::FieldName;
use casework::scan::{ScanId, ScanOutcome};
use casework::words::{Words, key_of};
use casework::worklist::WorklistRow;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::appeal;
use crate::crop::PageOfScan;
use crate::door::Visit;
use crate::page::store_failed;
use crate::policy::Page;
use crate::worklist::{kind_words, rule_chip, status_words};
use crate::{Desk, Sight, Store, audit, paper, refusal};

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
) -> Response {
    match happened(&desk.store, &case).await {
        Ok(happened) => {
            let content = content(&desk, &visit, &case, &happened);
            visit.page(case.id.as_str(), &content)
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// What happened to a case: its events, and what the applicant was told of them.
struct Happened {
    timeline: Vec<Recorded>,
    notices: Vec<Posted>,
}

async fn happened(store: &impl Store, case: &Case) -> Result<Happened, StoreError> {
    Ok(Happened {
        timeline: store.timeline(&case.id).await?,
        notices: store.notices(&case.id).await?,
    })
}

fn content<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    visit: &Visit,
    case: &Case,
    happened: &Happened,
) -> Markup {
    let (decided, papers) = (case.end.is_some(), paper::section(visit, case));
    html! {
        div .case {
            (heading(visit, case, &happened.notices, (desk.now)()))
            (pages::section(&visit.words, case))
            div .papers {
                (audit::section(&desk.audits, visit, case))
                (refusal::second::section(visit, case))
                @if decided { (papers) }
                (appeal::section(visit, case))
                (findings::section(visit, case))
                (card::section(visit, case))
                @if !decided { (papers) }
                (notices::section(&visit.words, case, &happened.notices))
                (timeline::section(&visit.words, case, &happened.timeline))
            }
        }
    }
}

/// Whose case it is, until when, and what may be decided.
fn heading(visit: &Visit, case: &Case, notices: &[Posted], now: Timestamp) -> Markup {
    let words = &visit.words;
    let row = WorklistRow::of(case);
    let late = row.due_at < now && !row.status.ended();
    html! {
        header .case-bar {
            p .back { a href="/" { "← " (words.say("desk-worklist")) } }
            h1 {
                @if let Some(name) = &row.applicant { span .name { (name.reveal()) } " " }
                span .reference { (case.id) }
            }
            p .facts {
                span { (kind_words(words, row.kind)) }
                span { (mission_words(visit, case)) }
                span { (words.say("desk-received")) " " (local(case, case.manifest.received_at)) }
                span { (words.say("desk-due")) " " (local(case, row.due_at)) @if late { " " span .chip .hard { (words.say("desk-late")) } } }
                span .status { (status_words(words, row.status)) }
                @if case.manifest.signature.is_some() { span { (words.say("desk-signed")) } }
                @for (rule, severity) in &row.findings { (rule_chip(words, *rule, *severity)) }
                (notices::mark(words, notices))
            }
            (decide::bar(visit, case))
        }
    }
}

fn mission_words(visit: &Visit, case: &Case) -> String {
    let missions = Missions::embedded();
    let code = &case.manifest.mission;
    let mission = missions.get(code);
    mission.map_or_else(
        || code.0.clone(),
        |m| m.names.of(visit.words.language).to_owned(),
    )
}

/// A time on the mission's clock.
pub(crate) fn local(case: &Case, at: Timestamp) -> Markup {
    let missions = Missions::embedded();
    let mission = missions.get(&case.manifest.mission);
    let zone = mission.map_or(TimeZone::UTC, |m| m.time_zone.clone());
    let shown = at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string();
    html! { time datetime=(at) { (shown) } }
}

/// A form that does something to the case: it carries whose it is and which version they saw.
pub(crate) fn act_form(
    visit: &Visit,
    case: &Case,
    page: Page,
    class: &str,
    content: &Markup,
) -> Markup {
    html! {
        form class=(class) method="post" action=(path(case, page)) {
            input type="hidden" name="token" value=(visit.form_token);
            input type="hidden" name="version" value=(case.version);
            (content)
        }
    }
}

/// The address of a page of this case.
pub(crate) fn path(case: &Case, page: Page) -> String {
    page.path().replace("{id}", case.id.as_str())
}

/// A field in words: the label of its entry on the card, else the name it has on documents.
pub(crate) fn field_words(words: &Words, name: &FieldName) -> String {
    let field = Schema::current().field(name.as_str());
    field.map_or_else(
        || words.say(&format!("field-{}", key_of(name.as_str()))),
        |field| field.labels.of(words.language).to_owned(),
    )
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
