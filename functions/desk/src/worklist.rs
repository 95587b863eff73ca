//! The worklist: what is due soonest comes first.

mod row;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::account::Reach;
use casework::case::{MissionCode, Status};
use casework::ports::StoreError;
use casework::words::Words;
use casework::worklist::{WorklistCursor, WorklistPage, WorklistQuery, WorklistRow};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

use crate::door::Visit;
use crate::page::store_failed;
use crate::stack::own_missions;
use crate::{Desk, Sight, Store, search};
use row::until_close;
pub use row::{chip, kind_words, rule_chip, rule_key, status_words, table};

/// Rows of one page: a screenful or two.
const ROWS: u32 = 50;

/// What the address says of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    view: Option<String>,
    mission: Option<String>,
    status: Option<String>,
    after_due: Option<Timestamp>,
    after_case: Option<String>,
}

/// What people look at the worklist for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Open,
    Decide,
    Today,
    Applicant,
    Certificates,
}

impl View {
    const ALL: [Self; 5] = [
        Self::Open,
        Self::Decide,
        Self::Today,
        Self::Applicant,
        Self::Certificates,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decide => "decide",
            Self::Today => "today",
            Self::Applicant => "applicant",
            Self::Certificates => "certificates",
        }
    }

    fn of(text: Option<&str>) -> Self {
        let named = Self::ALL.into_iter().find(|view| Some(view.code()) == text);
        named.unwrap_or(Self::Open)
    }
}

impl Asked {
    fn mission(&self) -> Option<MissionCode> {
        let named = self.mission.clone().filter(|code| !code.is_empty());
        named.map(MissionCode)
    }

    fn view(&self) -> View {
        View::of(self.view.as_deref())
    }

    fn query(&self, now: Timestamp) -> WorklistQuery {
        let not_empty = |text: &Option<String>| text.clone().filter(|t| !t.is_empty());
        let status = not_empty(&self.status).and_then(|s| Status::from_code(&s));
        let case = not_empty(&self.after_case).and_then(|id| id.try_into().ok());
        let view = self.view();
        let requested = (view == View::Certificates).then_some(Status::CertificateRequested);
        // A working day ends within a day, whatever the clock of the mission.
        let today = now.checked_add(SignedDuration::from_hours(24)).ok();
        WorklistQuery {
            mission: self.mission(),
            with_ended: false,
            with_applicant: view == View::Applicant,
            with_officer: view == View::Decide,
            status: status.or(requested),
            due_until: today.filter(|_| view == View::Today),
            limit: ROWS,
            after: self
                .after_due
                .zip(case)
                .map(|(due_at, case)| WorklistCursor { due_at, case }),
        }
    }
}

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Query(asked): Query<Asked>,
) -> Response {
    let now = (desk.now)();
    let query = asked.query(now);
    match within(&desk.store, &query, &visit.account.reach).await {
        Ok(mut page) => {
            if asked.view() == View::Today {
                page.rows
                    .retain(|row| until_close(row, now).is_some() || row.due_at < now);
            }
            let content = content(&visit, &asked, &query, &page, now);
            visit.page(&visit.words.say("desk-worklist"), &content)
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// What the address says of the case to come.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    after: Option<String>,
}

/// Goes to the case that waits for the officer and is due soonest, if nobody else has it in hand;
/// not back to the one they came from, and not to a refusal that they proposed themselves.
pub async fn next<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Query(asked): Query<After>,
) -> Response {
    let query = WorklistQuery {
        with_officer: true,
        limit: ROWS,
        ..WorklistQuery::default()
    };
    let own = visit.account.name.as_str();
    let free = |row: &&WorklistRow| {
        row.claimed_by.as_deref().is_none_or(|by| by == own)
            && row.refusal_proposed_by.as_deref() != Some(own)
            && asked.after.as_deref() != Some(row.case.as_str())
    };
    match within(&desk.store, &query, &visit.account.reach).await {
        Ok(page) => {
            let row = page.rows.iter().find(free);
            let to = row.map_or_else(|| "/".to_owned(), |row| format!("/cases/{}", row.case));
            (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// What is asked, of the missions that the person belongs to: a page of each, and of these the
/// rows due soonest.
pub async fn within(
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
        div .title-line {
            h1 { (words.say("desk-worklist")) }
            a .button href="/next" data-key="open" { (words.say("decide-next")) }
        }
        (search::form(visit, ""))
        (views(words, asked))
        (filters(visit, asked.view(), mission.as_ref(), query))
        @if page.rows.is_empty() {
            p .empty { (words.say("desk-nothing-waits")) }
        } @else {
            (table(words, &page.rows, now))
        }
        @if let Some(next) = &page.next {
            p { a .button .quiet href={
                "/?view=" (asked.view().code())
                "&mission=" (mission.as_ref().map_or("", |m| m.0.as_str()))
                "&status=" (asked.status.as_deref().and_then(Status::from_code).map_or("", Status::as_str))
                "&after_due=" (next.due_at) "&after_case=" (next.case)
            } { (words.say("desk-more")) } }
        }
    }
}

fn views(words: &Words, asked: &Asked) -> Markup {
    let mission = asked.mission();
    let mission = mission.as_ref().map_or("", |m| m.0.as_str());
    html! {
        nav .views aria-label=(words.say("view")) {
            @for view in View::ALL {
                a href={ "/?view=" (view.code()) "&mission=" (mission) } aria-current=[(view == asked.view()).then_some("page")] {
                    (words.say(&format!("view-{}", view.code())))
                }
            }
        }
    }
}

/// Narrows the list down; folded up until somebody does.
fn filters(
    visit: &Visit,
    view: View,
    mission: Option<&MissionCode>,
    query: &WorklistQuery,
) -> Markup {
    let words = &visit.words;
    let (of_mission, of_status) = (words.say("desk-mission"), words.say("desk-status"));
    let narrowed = mission.is_some() || (query.status.is_some() && view != View::Certificates);
    html! {
        details .narrowing open[narrowed] {
            summary { (of_mission) " · " (of_status) }
            form .filters method="get" action="/" {
                input type="hidden" name="view" value=(view.code());
                label { span { (of_mission) }
                    select name="mission" {
                        option value="" { (words.say("desk-all")) }
                        @for (code, name) in own_missions(visit) {
                            option value=(code) selected[mission == Some(&code)] { (name) }
                        }
                    }
                }
                label { span { (of_status) }
                    select name="status" {
                        option value="" { (words.say("desk-all-open")) }
                        @for status in Status::ALL {
                            option value=(status.as_str()) selected[query.status == Some(status)] { (status_words(words, status)) }
                        }
                    }
                }
                button .quiet { (words.say("desk-show")) }
            }
        }
    }
}
