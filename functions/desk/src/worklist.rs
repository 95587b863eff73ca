//! The worklist: what is due soonest comes first.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use casework::account::Reach;
use casework::case::{CaseKind, MissionCode, Status};
use casework::finding::Severity;
use casework::mission::Missions;
use casework::ports::StoreError;
use casework::words::{Words, key_of};
use casework::worklist::{WorklistCursor, WorklistPage, WorklistQuery, WorklistRow};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use crate::door::Visit;
use crate::page::{ABSENT, store_failed};
use crate::{Desk, Sight, Store};

/// Rows of one page: a screenful or two.
const ROWS: u32 = 50;

/// What the address says of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    mission: Option<String>,
    status: Option<String>,
    after_due: Option<Timestamp>,
    after_case: Option<String>,
}

impl Asked {
    fn mission(&self) -> Option<MissionCode> {
        let named = self.mission.clone().filter(|code| !code.is_empty());
        named.map(MissionCode)
    }

    fn query(&self) -> WorklistQuery {
        let not_empty = |text: &Option<String>| text.clone().filter(|t| !t.is_empty());
        let status = not_empty(&self.status).and_then(|s| Status::from_code(&s));
        let case = not_empty(&self.after_case).and_then(|id| id.try_into().ok());
        WorklistQuery {
            mission: self.mission(),
            with_ended: false,
            status,
            limit: ROWS,
            after: self
                .after_due
                .zip(case)
                .map(|(due_at, case)| WorklistCursor { due_at, case }),
            ..WorklistQuery::default()
        }
    }
}

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Query(asked): Query<Asked>,
) -> Response {
    let query = asked.query();
    match within(&desk.store, &query, &visit.account.reach).await {
        Ok(page) => {
            let content = content(&visit, &asked, &query, &page, (desk.now)());
            visit.page(&visit.words.say("desk-worklist"), &content)
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// What is asked, of the missions that the person belongs to: a page of each, and of these the
/// rows due soonest.
async fn within(
    store: &impl Store,
    query: &WorklistQuery,
    reach: &Reach,
) -> Result<WorklistPage, StoreError> {
    let Some(missions) = reach.missions() else {
        return store.worklist(query).await;
    };
    let (mut rows, mut more) = (Vec::new(), false);
    for mission in missions {
        if query.mission.as_ref().is_none_or(|asked| *asked == mission) {
            let mission = Some(mission);
            let query = WorklistQuery {
                mission,
                ..query.clone()
            };
            let page = store.worklist(&query).await?;
            more |= page.next.is_some();
            rows.extend(page.rows);
        }
    }
    let mut page = WorklistPage::of(rows, query.rows_max());
    if more {
        page.next = page.rows.last().map(WorklistRow::cursor);
    }
    Ok(page)
}

fn content(
    visit: &Visit,
    asked: &Asked,
    query: &WorklistQuery,
    page: &WorklistPage,
    now: Timestamp,
) -> Markup {
    let (words, mission) = (&visit.words, asked.mission());
    html! {
        h1 { (words.say("desk-worklist")) }
        (filters(visit, mission.as_ref(), query))
        @if page.rows.is_empty() {
            p .empty { (words.say("desk-nothing-waits")) }
        } @else {
            div .scroll role="region" aria-label=(words.say("desk-worklist")) tabindex="0" {
                table .worklist {
                    thead { tr {
                        @for key in ["desk-due", "desk-case", "desk-applicant", "desk-kind", "desk-mission", "desk-status", "desk-findings"] {
                            th scope="col" { (words.say(key)) }
                        }
                    } }
                    tbody { @for row in &page.rows { (line(words, row, now)) } }
                }
            }
        }
        @if let Some(next) = &page.next {
            p { a .button href={
                "/?mission=" (mission.as_ref().map_or("", |m| m.0.as_str()))
                "&status=" (query.status.map_or("", Status::as_str))
                "&after_due=" (next.due_at) "&after_case=" (next.case)
            } { (words.say("desk-more")) } }
        }
    }
}

fn filters(visit: &Visit, mission: Option<&MissionCode>, query: &WorklistQuery) -> Markup {
    let (words, missions) = (&visit.words, Missions::embedded());
    let theirs = missions
        .codes()
        .filter(|code| visit.account.reach.holds(code));
    html! {
        form .filters method="get" action="/" {
            label { span { (words.say("desk-mission")) }
                select name="mission" {
                    option value="" { (words.say("desk-all")) }
                    @for code in theirs {
                        option value=(code.0) selected[mission == Some(code)] { (code.0) }
                    }
                }
            }
            label { span { (words.say("desk-status")) }
                select name="status" {
                    option value="" { (words.say("desk-all-open")) }
                    @for status in Status::ALL {
                        option value=(status.as_str()) selected[query.status == Some(status)] { (status_words(words, status)) }
                    }
                }
            }
            button { (words.say("desk-show")) }
        }
    }
}

fn line(words: &Words, row: &WorklistRow, now: Timestamp) -> Markup {
    let late = row.due_at < now && !row.status.ended();
    html! {
        tr {
            td .due .late[late] {
                time datetime=(row.due_at) { (due(row)) }
                @if late { " " span .chip .hard { (words.say("desk-late")) } }
            }
            th scope="row" { a .reference href={ "/cases/" (row.case) } { (row.case) } }
            td { @match &row.applicant { Some(name) => (name.reveal()), None => (ABSENT) } }
            td { (kind_words(words, row.kind)) }
            td .code { (row.mission) }
            td { (status_words(words, row.status)) }
            td .chips {
                @for (rule, severity) in &row.findings { (chip(words, &format!("{rule:?}"), *severity)) }
                @match (row.findings.is_empty(), row.status) {
                    (true, Status::AwaitingOfficer) => span .clean { (words.say("desk-clean")) },
                    (true, _) => (ABSENT),
                    (false, _) => {},
                }
            }
        }
    }
}

/// The due time on the mission's clock.
fn due(row: &WorklistRow) -> String {
    let missions = Missions::embedded();
    let mission = missions.get(&row.mission);
    let zone = mission.map_or(jiff::tz::TimeZone::UTC, |m| m.time_zone.clone());
    row.due_at
        .to_zoned(zone)
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}

/// A severity as a chip: never by its colour alone.
pub fn chip(words: &Words, text: &str, severity: Severity) -> Markup {
    let (class, key) = match severity {
        Severity::Hard => ("hard", "severity-hard"),
        Severity::Ask => ("ask", "severity-ask"),
        Severity::Warning => ("warning", "severity-warning"),
    };
    html! { span class={ "chip " (class) } title=(words.say(key)) { (text) span .hidden { " " (words.say(key)) } } " " }
}

/// A status in words.
pub fn status_words(words: &Words, status: Status) -> String {
    words.say(&format!("status-{}", key_of(status.as_str())))
}

/// A kind in words.
pub fn kind_words(words: &Words, kind: CaseKind) -> String {
    words.say(match kind {
        CaseKind::Permanent => "kind-permanent",
        CaseKind::Temporary => "kind-temporary",
    })
}
