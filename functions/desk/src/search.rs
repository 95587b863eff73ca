//! Search: by reference, by IIN, or by words of a name in any of its spellings.
//!
//! What is asked for is a person's: it comes in a form and goes into no address.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::case::{CaseId, name_words, person_key};
use casework::personal::Personal;
use casework::ports::StoreError;
use casework::worklist::{WorklistPage, WorklistRow};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::act::Typed;
use crate::door::Visit;
use crate::page::store_failed;
use crate::worklist::table;
use crate::{Desk, Sight, Store};

/// Cases of one answer.
const ROWS_MAX: usize = 50;

/// Where one asks; on the worklist, and over every answer.
pub fn form(visit: &Visit, asked: &str) -> Markup {
    let words = &visit.words;
    html! {
        form .search role="search" method="post" action="/search" {
            input type="hidden" name="token" value=(visit.form_token);
            label { span { (words.say("search-label")) }
                input type="search" name="q" value=(asked) maxlength="200" autocomplete="off" spellcheck="false" data-key="search" required; }
            button .quiet { (words.say("search")) }
        }
    }
}

/// The answer; of a reference the case itself.
pub async fn find<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Form(typed): Form<Typed>,
) -> Response {
    let asked = typed.one("q").unwrap_or_default().trim();
    if let Ok(id) = CaseId::try_from(asked.to_owned()) {
        let to = format!("/cases/{id}");
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    }
    match found(&desk.store, &visit, &keys(asked)).await {
        Ok(page) => {
            let content = content(&visit, asked, &page, (desk.now)());
            visit.page(&visit.words.say("search"), &content)
        }
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// An IIN, else every word of a name.
fn keys(asked: &str) -> BTreeSet<Personal<String>> {
    let whole = person_key(&Personal::from(asked));
    let words = || name_words(asked).filter_map(|word| person_key(&word));
    whole.map_or_else(|| words().collect(), |key| [key].into())
}

/// The cases that every key finds, of the missions that the person belongs to; due soonest first
/// of those that were found first.
async fn found(
    store: &impl Store,
    visit: &Visit,
    keys: &BTreeSet<Personal<String>>,
) -> Result<WorklistPage, StoreError> {
    let mut ids: Option<BTreeSet<CaseId>> = None;
    for key in keys {
        let found: BTreeSet<CaseId> = store.of_person(key).await?.into_iter().collect();
        ids = Some(ids.map_or_else(|| found.clone(), |ids| &ids & &found));
    }
    let mut rows = Vec::new();
    for id in ids.unwrap_or_default() {
        if rows.len() > ROWS_MAX {
            break;
        }
        let case = store.load(&id).await?;
        let case = case.filter(|case| visit.account.reach.holds(&case.manifest.mission));
        rows.extend(case.as_ref().map(WorklistRow::of));
    }
    let rows_max = u32::try_from(ROWS_MAX).unwrap_or(u32::MAX);
    Ok(WorklistPage::of(rows, rows_max))
}

fn content(visit: &Visit, asked: &str, page: &WorklistPage, now: Timestamp) -> Markup {
    let words = &visit.words;
    let count = page.rows.len().to_string();
    let count = [("count", count.as_str())];
    html! {
        h1 { (words.say("search")) }
        (form(visit, asked))
        @if page.rows.is_empty() { p role="status" { (words.say("search-none")) } }
        @else {
            p role="status" { (words.say_with(if page.next.is_some() { "search-many" } else { "search-found" }, &count)) }
            (table(words, &page.rows, now))
        }
    }
}
