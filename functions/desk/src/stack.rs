//! Stacks of paper: brought in, watched while they are read, accounted for page by page.
//!
//! Never here: how a stack is read or sorted; whoever keeps the machine does that beside the pages.

pub mod bring;
pub mod hand;
pub mod report;

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use casework::account::Reach;
use casework::case::MissionCode;
use casework::mission::Missions;
use casework::ports::StoreError;
use casework::stack::{PageRef, Stack, Stage};
use casework::words::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::door::Visit;
use crate::page::store_failed;
use crate::policy::Page;
use crate::{Desk, Sight, Store};

/// Stacks on one page.
const ROWS: u32 = 50;

/// A stack as the list shows it: with the pages read so far.
struct Listed {
    stack: Stack,
    read: u32,
}

/// The list, and where one brings another.
pub async fn list<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    match listed(&desk.store, &visit.account.reach).await {
        Ok(stacks) => {
            let content = content(&visit, &stacks, None);
            visit.page(&visit.words.say("stacks"), &content)
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

async fn listed(store: &impl Store, reach: &Reach) -> Result<Vec<Listed>, StoreError> {
    let stacks = store.stacks(reach.missions().as_ref(), ROWS).await?;
    let mut listed = Vec::new();
    for stack in stacks {
        let read = store.pages_read(&stack.id).await?;
        listed.push(Listed { stack, read });
    }
    Ok(listed)
}

fn content(visit: &Visit, stacks: &[Listed], complaint: Option<&str>) -> Markup {
    let words = &visit.words;
    html! {
        div .title-line {
            h1 { (words.say("stacks")) }
            @if Page::CoverSheets.who().includes(visit.account.role) {
                a .button .quiet href="/cover-sheets" { (words.say("cover-sheets")) }
            }
        }
        @if let Some(key) = complaint { p .complaint role="alert" { (words.say(key)) } }
        @if Page::BringStack.who().includes(visit.account.role) { (bring::form(visit)) }
        @if stacks.is_empty() { p { (words.say("stacks-none")) } } @else { (table(words, stacks)) }
    }
}

fn table(words: &Words, stacks: &[Listed]) -> Markup {
    html! {
        div .scroll tabindex="0" role="region" aria-label=(words.say("stacks")) {
            table .worklist {
                thead { tr {
                    th scope="col" { (words.say("stack-came")) }
                    th scope="col" { (words.say("desk-mission")) }
                    th scope="col" { (words.say("stack-files")) }
                    th scope="col" { (words.say("stack-pages")) }
                    th scope="col" { (words.say("stack-cases")) }
                    th scope="col" { (words.say("desk-status")) }
                } }
                tbody { @for one in stacks { (line(words, one)) } }
            }
        }
    }
}

fn line(words: &Words, listed: &Listed) -> Markup {
    let (stack, count) = (&listed.stack, listed.stack.count());
    html! {
        tr {
            th scope="row" { a href={ "/stacks/" (stack.id) } data-walk { (local(stack, stack.came_at)) } }
            td .code { (stack.terms.mission) }
            td .name { (files(words, stack)) }
            td { span .label { (words.say("stack-pages")) ": " } (count.pages_in) }
            td { span .label { (words.say("stack-cases")) ": " } (stack.cases.len()) }
            td { @match stack.stage {
                Stage::Reading => (words.say_with("stack-reading", &[("read", &listed.read.to_string()), ("of", &count.pages_in.to_string())])),
                Stage::Filing => (words.say("stack-filing")),
                Stage::Done if count.needs_hand > 0 => span .chip .ask { (words.say_with("stack-needs-hand", &[("count", &count.needs_hand.to_string())])) },
                Stage::Done => span .clean { "✓ " (words.say("stack-accounted")) },
            } }
        }
    }
}

/// The first file's name, and how many more there are.
fn files(words: &Words, stack: &Stack) -> String {
    let first = stack.files.first();
    let first = first.map_or_else(String::new, |file| file.name.reveal().clone());
    match stack.files.len() {
        0 | 1 => first,
        more => {
            let more = (more - 1).to_string();
            words.say_with("stack-and-more", &[("first", &first), ("count", &more)])
        }
    }
}

/// A time on the clock of the stack's mission.
fn local(stack: &Stack, at: Timestamp) -> Markup {
    let missions = Missions::embedded();
    let mission = missions.get(&stack.terms.mission);
    let zone = mission.map_or(TimeZone::UTC, |m| m.time_zone.clone());
    let shown = at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string();
    html! { time datetime=(at) { (shown) } }
}

/// The missions that a person may bring stacks of, with their names.
pub(crate) fn own_missions(visit: &Visit) -> Vec<(MissionCode, String)> {
    let missions = Missions::embedded();
    let own = missions
        .codes()
        .filter(|code| visit.account.reach.holds(code));
    let named = |code: &MissionCode| {
        let mission = missions.get(code)?;
        let name = mission.names.of(visit.words.language);
        Some((code.clone(), format!("{name} · {code}")))
    };
    own.filter_map(named).collect()
}

/// A page of a stack, as a picture made here.
pub async fn picture<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(stack): Extension<Arc<Stack>>,
    axum::extract::Path((_, file, page)): axum::extract::Path<(String, u32, u32)>,
) -> Response {
    let known = usize::try_from(file)
        .ok()
        .and_then(|at| stack.files.get(at));
    match known {
        Some(file) => crate::shown(&desk, &file.scan, page).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The small picture of a page that was kept when it was read.
pub async fn thumbnail<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(stack): Extension<Arc<Stack>>,
    axum::extract::Path((_, file, page)): axum::extract::Path<(String, u32, u32)>,
) -> Response {
    let page = PageRef { file, page };
    web::shown(desk.store.thumbnail(&stack.id, page).await)
}
