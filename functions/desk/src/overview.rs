//! The supervisor's page: how many cases, whether in time, what the rules find, what people
//! correct; each share with its number and how far it can be trusted.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use casework::case::{MissionCode, Status};
use casework::overview::{Numbers, Overview, Share};
use casework::ports::StoreError;
use casework::words::Words;
use casework::worklist::{WorklistQuery, WorklistRow};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

use crate::case::field_words;
use crate::door::Visit;
use crate::page::store_failed;
use crate::worklist::{rule_key, table, within};
use crate::{Desk, Sight, Store};

/// Cases whose term ended longer ago are not counted.
const DAYS: i64 = 30;
/// Cases set for audit on the page.
const AUDITS_SHOWN: usize = 50;
/// Pages of the list that are read at most: 50,000 cases.
const PAGES_MAX: usize = 250;

/// What the address says of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    mission: Option<String>,
}

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Query(asked): Query<Asked>,
) -> Response {
    let now = (desk.now)();
    match counted(&desk, &visit, now).await {
        Ok(counted) => {
            let mission = asked.mission.map(MissionCode);
            let content = content(&visit.words, &counted, mission.as_ref(), now);
            visit.page(&visit.words.say("overview"), &content)
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// What is counted, and what waits for somebody who oversees.
#[derive(Default)]
struct Counted {
    overview: Overview,
    /// Cases set for audit, the first of them.
    to_audit: Vec<WorklistRow>,
}

/// Every case of the person's missions that fell due in the last days or is still to.
async fn counted<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    visit: &Visit,
    now: Timestamp,
) -> Result<Counted, StoreError> {
    let since = now.checked_sub(SignedDuration::from_hours(24 * DAYS));
    let mut query = WorklistQuery {
        with_ended: true,
        ..WorklistQuery::default()
    };
    let mut counted = Counted::default();
    for _ in 0..PAGES_MAX {
        let page = within(&desk.store, &query, &visit.account.reach).await?;
        let recent = |due_at: Timestamp| since.as_ref().is_ok_and(|since| due_at >= *since);
        let open = |status: Status| !status.ended();
        for row in &page.rows {
            if recent(row.due_at) || open(row.status) {
                counted.overview.count(row, now);
                if counted.to_audit.len() < AUDITS_SHOWN && desk.audits.waits(row) {
                    counted.to_audit.push(row.clone());
                }
            }
        }
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    Ok(counted)
}

fn content(
    words: &Words,
    counted: &Counted,
    mission: Option<&MissionCode>,
    now: Timestamp,
) -> Markup {
    let overview = &counted.overview;
    let own = mission.and_then(|code| overview.missions.get(code));
    let numbers = own.unwrap_or(&overview.whole);
    html! {
        h1 { (words.say("overview")) @if own.is_some() { @if let Some(code) = mission { " " span .reference { (code) } } } }
        p .quiet { (words.say_with("overview-span", &[("days", &DAYS.to_string())])) }
        (tiles(words, numbers))
        div .charts {
            (bars(words, "overview-findings", numbers.cases, numbers.findings.iter().map(|(rule, count)| {
                (html! { span .chip .warning { (format!("{rule:?}")) } " " (words.say(&rule_key(*rule))) }, *count)
            }).collect()))
            (bars(words, "overview-corrections", numbers.cases, numbers.corrections.iter().map(|(field, count)| {
                (html! { (field_words(words, field)) }, *count)
            }).collect()))
        }
        (audits(words, numbers, &counted.to_audit, mission, now))
        (missions(words, overview, mission))
    }
}

/// What second looks at clean cases found, and those that are still to be made.
fn audits(
    words: &Words,
    numbers: &Numbers,
    to_audit: &[WorklistRow],
    mission: Option<&MissionCode>,
    now: Timestamp,
) -> Markup {
    let share = Share {
        count: numbers.audits_differing,
        of: numbers.audited,
    };
    let of_mission = |row: &&WorklistRow| mission.is_none_or(|mission| row.mission == *mission);
    let rows: Vec<WorklistRow> = to_audit.iter().filter(of_mission).cloned().collect();
    html! {
        section .audits aria-labelledby="audits-title" {
            h2 #audits-title { (words.say("audits")) }
            p .quiet { (words.say("audits-help")) }
            @if share.of == 0 { p { (words.say("audits-none")) } }
            @else {
                ol .bars { li {
                    span .of { (words.say("audits-differ")) }
                    (bar(share))
                    span .quiet { (share_words(words, share)) }
                } }
            }
            @if !rows.is_empty() {
                h3 { (words.say("audits-waiting")) }
                (table(words, &rows, now))
            }
        }
    }
}

/// The numbers one looks for first.
fn tiles(words: &Words, numbers: &Numbers) -> Markup {
    let decided = Share {
        count: numbers.kept,
        of: numbers.kept + numbers.missed,
    };
    let counts = [
        ("overview-cases", numbers.cases, false),
        (
            "view-decide",
            numbers.standing_in(Status::waits_for_officer),
            false,
        ),
        (
            "view-applicant",
            numbers.standing_in(Status::waits_for_applicant),
            false,
        ),
        ("overview-overdue", numbers.overdue, numbers.overdue > 0),
        (
            "status-registered",
            numbers.standing_in(Status::registered),
            false,
        ),
        (
            "status-refused",
            numbers.standing_in(|s| s == Status::Refused),
            false,
        ),
    ];
    html! {
        dl .tiles {
            @for (key, count, grave) in counts {
                div .grave[grave] { dt { (words.say(key)) } dd { (count) } }
            }
            div .grave[numbers.missed > 0] { dt { (words.say("overview-kept")) } dd { (decided.count) " / " (decided.of) } }
        }
    }
}

/// A share of the cases for each of these, the most frequent first: a bar, its interval as a
/// line over it, and all of it in words.
fn bars(words: &Words, title: &str, of: u32, mut counts: Vec<(Markup, u32)>) -> Markup {
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    html! {
        section aria-labelledby=(title) {
            h2 id=(title) { (words.say(title)) }
            @if counts.is_empty() { p .quiet { (words.say("overview-none")) } }
            ol .bars {
                @for (name, count) in counts {
                    @let share = Share { count, of };
                    li {
                        span .of { (name) }
                        (bar(share))
                        span .quiet { (share_words(words, share)) }
                    }
                }
            }
        }
    }
}

fn bar(share: Share) -> Markup {
    let (low, high) = share.interval();
    let at = |part: f64| format!("{:.1}", part * 100.0);
    html! {
        svg .share viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
            rect .whole width="100" height="10" {}
            rect .part width=(at(share.value())) height="10" {}
            line .interval x1=(at(low)) x2=(at(high)) y1="5" y2="5" {}
        }
    }
}

fn share_words(words: &Words, share: Share) -> String {
    let percent = |part: f64| format!("{:.0}", part * 100.0);
    let (low, high) = share.interval();
    let values = [
        ("count", share.count.to_string()),
        ("of", share.of.to_string()),
        ("percent", percent(share.value())),
        ("low", percent(low)),
        ("high", percent(high)),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    words.say_with("overview-share", &values)
}

/// Every mission with its numbers; each leads to its own page.
fn missions(words: &Words, overview: &Overview, chosen: Option<&MissionCode>) -> Markup {
    let heads = [
        "desk-mission",
        "overview-cases",
        "view-decide",
        "view-applicant",
        "overview-overdue",
        "overview-kept",
    ];
    html! {
        h2 { (words.say("overview-missions")) }
        div .scroll role="region" aria-label=(words.say("overview-missions")) tabindex="0" {
            table .numbers {
                thead { tr { @for head in heads { th scope="col" { (words.say(head)) } } } }
                tbody {
                    tr { th scope="row" { a href="/overview" aria-current=[chosen.is_none().then_some("page")] { (words.say("desk-all")) } } (cells(&overview.whole)) }
                    @for (code, numbers) in &overview.missions {
                        tr {
                            th scope="row" { a href={ "/overview?mission=" (code) } aria-current=[(chosen == Some(code)).then_some("page")] { (code) } }
                            (cells(numbers))
                        }
                    }
                }
            }
        }
    }
}

fn cells(numbers: &Numbers) -> Markup {
    html! {
        td { (numbers.cases) }
        td { (numbers.standing_in(Status::waits_for_officer)) }
        td { (numbers.standing_in(Status::waits_for_applicant)) }
        td { (numbers.overdue) }
        td { (numbers.kept) " / " (numbers.kept + numbers.missed) }
    }
}
