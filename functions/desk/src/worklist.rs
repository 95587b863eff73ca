//! The worklist: what is due soonest comes first.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::account::Reach;
use casework::case::{CaseKind, MissionCode, Status};
use casework::finding::{Rule, Severity};
use casework::mission::Missions;
use casework::ports::StoreError;
use casework::words::{Words, key_of};
use casework::worklist::{WorklistCursor, WorklistPage, WorklistQuery, WorklistRow};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use maud::{Markup, html};
use serde::Deserialize;

use crate::door::Visit;
use crate::page::{ABSENT, store_failed};
use crate::{Desk, Sight, Store, search};

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

/// Rows as a table.
pub fn table(words: &Words, rows: &[WorklistRow], now: Timestamp) -> Markup {
    html! {
        div .scroll role="region" aria-label=(words.say("desk-worklist")) tabindex="0" {
            table .worklist {
                thead { tr {
                    @for key in ["desk-due", "desk-case", "desk-applicant", "desk-kind", "desk-mission", "desk-status", "desk-findings"] {
                        th scope="col" { (words.say(key)) }
                    }
                } }
                tbody { @for row in rows { (line(words, row, now)) } }
            }
        }
    }
}

fn filters(
    visit: &Visit,
    view: View,
    mission: Option<&MissionCode>,
    query: &WorklistQuery,
) -> Markup {
    let (words, missions) = (&visit.words, Missions::embedded());
    let theirs = missions
        .codes()
        .filter(|code| visit.account.reach.holds(code));
    html! {
        form .filters method="get" action="/" {
            input type="hidden" name="view" value=(view.code());
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
            button .quiet { (words.say("desk-show")) }
        }
    }
}

fn line(words: &Words, row: &WorklistRow, now: Timestamp) -> Markup {
    let late = row.due_at < now && !row.status.ended();
    html! {
        tr {
            td .due .late[late] {
                time datetime=(row.due_at) { (due(row).strftime("%Y-%m-%d %H:%M").to_string()) }
                @if late { " " span .chip .hard { (words.say("desk-late")) } }
                @else if let Some(left) = until_close(row, now) { br; strong { (left_words(words, left)) } }
            }
            th scope="row" { a .reference href={ "/cases/" (row.case) } data-walk { (row.case) } }
            td { @match &row.applicant { Some(name) => (name.reveal()), None => (ABSENT) } }
            td { (kind_words(words, row.kind)) }
            td .code { (row.mission) }
            td {
                (status_words(words, row.status))
                @if let Some(who) = &row.claimed_by { br; span .quiet { (words.say_with("held", &[("who", who)])) } }
            }
            td .chips {
                (refusal_chip(words, row))
                @for (rule, severity) in &row.findings { (rule_chip(words, *rule, *severity)) }
                @match (row.findings.is_empty(), row.status) {
                    (true, Status::AwaitingSecondOfficer) => {},
                    (true, Status::AwaitingOfficer) => span .clean { "✓ " (words.say("desk-clean")) },
                    (true, _) => (ABSENT),
                    (false, _) => {},
                }
            }
        }
    }
}

/// What goes on between two officers: it is what there is to do before anything else.
fn refusal_chip(words: &Words, row: &WorklistRow) -> Markup {
    let by = row.refusal_proposed_by.as_deref();
    html! {
        @if let Some(who) = by { span .chip .hard { (words.say_with("chip-refusal-proposed", &[("who", who)])) } " " }
        @else if row.refusal_sent_back && !row.status.ended() { span .chip .ask { (words.say("chip-refusal-sent-back")) } " " }
    }
}

/// The due time on the mission's clock.
fn due(row: &WorklistRow) -> Zoned {
    let missions = Missions::embedded();
    let mission = missions.get(&row.mission);
    let zone = mission.map_or(TimeZone::UTC, |m| m.time_zone.clone());
    row.due_at.to_zoned(zone)
}

/// What is left of the working day on which an open case is due; nothing on any other day.
fn until_close(row: &WorklistRow, now: Timestamp) -> Option<SignedDuration> {
    let due = due(row);
    let today = now.to_zoned(due.time_zone().clone()).date() == due.date();
    let open = today && now <= row.due_at && !row.status.ended();
    open.then(|| row.due_at.duration_since(now))
}

/// Whole hours, of the last one whole minutes; rounded down, so that nobody counts on more.
fn left_words(words: &Words, left: SignedDuration) -> String {
    let (hours, minutes) = (left.as_hours().to_string(), left.as_mins().to_string());
    if left.as_hours() > 0 {
        words.say_with("due-hours", &[("hours", &hours)])
    } else {
        words.say_with("due-minutes", &[("minutes", &minutes)])
    }
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

/// What a rule finds, as a chip that says what it is about.
pub fn rule_chip(words: &Words, rule: Rule, severity: Severity) -> Markup {
    chip(words, &words.say(&rule_key(rule)), severity)
}

/// The key of what a rule is about.
pub fn rule_key(rule: Rule) -> String {
    format!("rule-{rule:?}").to_lowercase()
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

#[cfg(test)]
mod tests {
    use casework::words::Language;

    use super::*;

    #[test]
    fn what_is_left_is_told_on_the_missions_own_day_only() {
        let row = |due: &str| WorklistRow {
            case: "ZNDX-Y37Q-8S0N".to_owned().try_into().unwrap(),
            kind: CaseKind::Temporary,
            mission: MissionCode("KOR-SEL".into()),
            status: Status::AwaitingOfficer,
            due_at: due.parse().unwrap(),
            applicant: None,
            findings: Vec::new(),
            pages: 1,
            ended_at: None,
            corrected: Vec::new(),
            claimed_by: None,
            refusal_proposed_by: None,
            refusal_sent_back: false,
            audit_differs: None,
        };
        let words = Words::of(Language::En);
        // 18:00 in Seoul is 09:00 UTC; its day begins at 15:00 UTC of the day before.
        for (now, left) in [
            ("2026-10-26T14:59:00Z", None),
            ("2026-10-26T15:00:00Z", Some("18 h left today")),
            ("2026-10-27T07:00:00Z", Some("2 h left today")),
            ("2026-10-27T08:01:00Z", Some("59 min left today")),
            ("2026-10-27T09:00:00Z", Some("0 min left today")),
            ("2026-10-27T09:00:01Z", None),
        ] {
            let found = until_close(&row("2026-10-27T09:00:00Z"), now.parse().unwrap());
            let found = found.map(|left| left_words(&words, left));
            assert_eq!(found.as_deref(), left, "{now}");
        }
    }
}
