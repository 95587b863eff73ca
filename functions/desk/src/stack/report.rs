//! The report of a stack: pages in = pages accounted for, and what needs a hand at the top.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use casework::case::{CaseId, CaseKind};
use casework::cover::CoverSheet;
use casework::ports::StoreError;
use casework::stack::{Fate, PageRef, Stack, StackCount, StackPage, Stage, Why};
use casework::words::{Words, key_of};
use casework::worklist::WorklistRow;
use maud::{Markup, html};

use super::local;
use crate::door::Visit;
use crate::page::store_failed;
use crate::policy::Page;
use crate::worklist::{kind_words, status_words};
use crate::{Desk, Sight, Store};

/// The stack's cases, as the worklist has them.
type Rows = BTreeMap<CaseId, WorklistRow>;

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(stack): Extension<Arc<Stack>>,
) -> Response {
    let read = desk.store.pages_read(&stack.id).await;
    match (read, rows(&desk.store, &stack).await) {
        (Ok(read), Ok(rows)) => {
            let content = content(&visit, &stack, read, &rows);
            visit.page(&visit.words.say("stack"), &content)
        }
        (Err(error), _) | (_, Err(error)) => store_failed(&visit.words, &error),
    }
}

async fn rows(store: &impl Store, stack: &Stack) -> Result<Rows, StoreError> {
    let mut rows = Rows::new();
    for known in &stack.cases {
        if let Some(case) = store.load(&known.id).await? {
            rows.insert(known.id.clone(), WorklistRow::of(&case));
        }
    }
    Ok(rows)
}

fn content(visit: &Visit, stack: &Stack, read: u32, rows: &Rows) -> Markup {
    let (words, count) = (&visit.words, stack.count());
    let waiting = |page: &&StackPage| matches!(page.fate, Fate::NeedsHand { .. });
    html! {
        p .back { a href="/stacks" { "← " (words.say("stacks")) } }
        h1 { (words.say("stack")) " · " (local(stack, stack.came_at)) }
        p .facts {
            span { (stack.terms.mission) }
            @if let Some(account) = &stack.brought_by.account { span { (words.say("stack-by")) " " (account) } }
            @else { span { (words.say("stack-by-machine")) } }
            span { (words.say_with("stack-count-files", &[("count", &stack.files.len().to_string())])) }
        }
        (progress(words, stack, read, count))
        @if stack.stage != Stage::Reading {
            (sums(words, count))
            @if count.needs_hand > 0 {
                section aria-labelledby="hand" {
                    h2 #hand tabindex="-1" { (words.say("stack-hand")) }
                    ol .to-place { @for page in stack.pages.iter().filter(waiting) { (by_hand(visit, stack, page, rows)) } }
                }
            }
            (cases(words, rows))
            section aria-labelledby="all" {
                h2 #all { (words.say("stack-all-pages")) }
                ol .sheets { @for page in &stack.pages { (sheet(words, stack, page, rows)) } }
            }
        }
    }
}

/// How far it is. Scripts keep it up to date; without, it is looked at again.
fn progress(words: &Words, stack: &Stack, read: u32, count: StackCount) -> Markup {
    let (read_text, of) = (read.to_string(), count.pages_in.to_string());
    let said = match stack.stage {
        Stage::Reading => words.say_with("stack-reading", &[("read", &read_text), ("of", &of)]),
        Stage::Filing => words.say("stack-filing"),
        Stage::Done => return html! { p #progress role="status" hidden {} },
    };
    html! {
        div #progress role="status" data-progress {
            p { (said) }
            @if stack.stage == Stage::Reading && stack.files.iter().all(|file| file.pages.is_some()) {
                progress value=(read) max=(count.pages_in) aria-label=(words.say("stack-progress")) { (read_text) }
            }
            p { a href={ "/stacks/" (stack.id) } { (words.say("stack-look-again")) } }
        }
    }
}

/// Pages in, and the same number by what became of them.
fn sums(words: &Words, count: StackCount) -> Markup {
    let parts = [
        ("stack-in-cases", count.in_cases),
        ("stack-waiting", count.needs_hand),
        ("stack-cover-sheets", count.cover_sheets),
        ("stack-blank", count.blank),
        ("stack-came-before", count.came_before),
        ("stack-refused", count.refused),
        ("stack-dropped", count.dropped),
    ];
    html! {
        dl .tiles .sums {
            div { dt { (words.say("stack-pages-in")) } dd { (count.pages_in) } }
            @for (key, number) in parts {
                @if number > 0 || key == "stack-in-cases" {
                    div .grave[key == "stack-waiting" || key == "stack-refused"] { dt { (words.say(key)) } dd { (number) } }
                }
            }
        }
        @if count.accounted() == count.pages_in { p .clean { "✓ " (words.say("stack-sums-agree")) } }
        @else { p .complaint { (words.say("stack-sums-differ")) } }
    }
}

/// One page that waits, with everything that may be said of it.
fn by_hand(visit: &Visit, stack: &Stack, page: &StackPage, rows: &Rows) -> Markup {
    let words = &visit.words;
    let Fate::NeedsHand { why, suggested } = &page.fate else {
        return html! {};
    };
    html! {
        li .one-to-place id=(anchor(page.at)) data-walk tabindex="-1" {
            (thumbnail(words, stack, page.at))
            div {
                h3 .name { (title(words, stack, page.at)) }
                p { (words.say(why.key())) }
                @if let Why::Unreadable(code) = why { p .quiet { (words.say(&format!("refusal-{}", key_of(code.code())))) } }
                @if Page::PlacePage.who().includes(visit.account.role) { (choices(visit, stack, page.at, suggested.as_ref(), rows)) }
            }
        }
    }
}

fn choices(
    visit: &Visit,
    stack: &Stack,
    at: PageRef,
    suggested: Option<&CaseId>,
    rows: &Rows,
) -> Markup {
    let words = &visit.words;
    let place = html! {
        label { span { (words.say("stack-place-into")) }
            select name="case" {
                @for (id, row) in rows.iter().filter(|(_, row)| !row.status.ended()) {
                    option value=(id) selected[Some(id) == suggested] { (who(row)) }
                }
            }
        }
        button data-key="take-a" { (words.say("stack-place")) }
    };
    let other = html! {
        label { span { (words.say("stack-other-case")) }
            input name="reference" autocomplete="off" spellcheck="false" maxlength="20" required; }
        button .quiet { (words.say("stack-place")) }
    };
    let new = html! {
        label { span { (words.say("stack-new-case")) }
            select name="kind" {
                option value="temporary" { (kind_words(words, CaseKind::Temporary)) }
                option value="permanent" { (kind_words(words, CaseKind::Permanent)) }
            }
        }
        button .quiet { (words.say("stack-open-case")) }
    };
    let drop = html! {
        label { span { (words.say("stack-drop-why")) } input name="reason" maxlength="200" required; }
        button .grave { (words.say("stack-drop")) }
    };
    html! {
        @if !rows.is_empty() { (hand_form(visit, stack, at, "place", &place)) }
        details {
            summary data-key="edit" { (words.say("stack-otherwise")) }
            (hand_form(visit, stack, at, "place", &other))
            (hand_form(visit, stack, at, "new-case", &new))
            (hand_form(visit, stack, at, "drop", &drop))
        }
    }
}

fn hand_form(visit: &Visit, stack: &Stack, at: PageRef, what: &str, content: &Markup) -> Markup {
    html! {
        form .entry-form method="post" action={ "/stacks/" (stack.id) "/" (what) } {
            input type="hidden" name="token" value=(visit.form_token);
            input type="hidden" name="file" value=(at.file);
            input type="hidden" name="page" value=(at.page);
            (content)
        }
    }
}

fn cases(words: &Words, rows: &Rows) -> Markup {
    html! {
        @if !rows.is_empty() {
            section aria-labelledby="cases" {
                h2 #cases { (words.say("stack-its-cases")) }
                ul .stack-cases {
                    @for (id, row) in rows {
                        li { a href={ "/cases/" (id) } { (who(row)) } " · " (kind_words(words, row.kind)) " · " (status_words(words, row.status)) }
                    }
                }
            }
        }
    }
}

/// Whose case it is.
fn who(row: &WorklistRow) -> String {
    match &row.applicant {
        Some(name) => format!("{} · {}", row.case, name.reveal()),
        None => row.case.to_string(),
    }
}

/// One page with its fate.
fn sheet(words: &Words, stack: &Stack, page: &StackPage, rows: &Rows) -> Markup {
    html! {
        li .sheet .waits[matches!(page.fate, Fate::NeedsHand { .. })] data-fate=(word(&page.fate)) {
            (thumbnail(words, stack, page.at))
            p .place .name { (title(words, stack, page.at)) }
            p { (fate(words, page, rows)) }
            @if let Some((actor, at)) = &page.by {
                p .place { (words.say(&format!("role-{}", actor.role.as_str()))) " " (actor.account.as_deref().unwrap_or_default()) ", " (local(stack, *at)) }
            }
        }
    }
}

/// A fate's name, as it is in records.
const fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::CoverSheet { .. } => "cover_sheet",
        Fate::Blank => "blank",
        Fate::InCase { .. } => "in_case",
        Fate::NeedsHand { .. } => "needs_hand",
        Fate::CameBefore { .. } => "came_before",
        Fate::FileRefused { .. } => "file_refused",
        Fate::Dropped { .. } => "dropped",
    }
}

fn fate(words: &Words, page: &StackPage, rows: &Rows) -> Markup {
    match &page.fate {
        Fate::CoverSheet { cover } => html! {
            (words.say("cover-sheet")) ": "
            @match cover {
                CoverSheet::NewCase { kind, .. } => (kind_words(words, *kind)),
                CoverSheet::Case { case } => span .reference { (case) },
            }
        },
        Fate::Blank => html! { span .quiet { (words.say("stack-fate-blank")) } },
        Fate::InCase { case } => {
            let row = rows.get(case);
            let name = row.and_then(|row| row.applicant.as_ref());
            html! {
                a href={ "/cases/" (case) } { span .reference { (case) } }
                @if let Some(name) = name { " " span .name { (name.reveal()) } }
            }
        }
        Fate::NeedsHand { why, .. } => html! {
            a href={ "#" (anchor(page.at)) } { span .chip .ask { (words.say("stack-waiting")) } }
            " " (words.say(why.key()))
        },
        Fate::CameBefore { stack, page } => html! {
            a href={ "/stacks/" (stack) } { (words.say_with("stack-fate-before", &[("page", &page.page.to_string())])) }
        },
        Fate::FileRefused { code } => html! {
            span .chip .hard { (words.say("mark-refused")) } " " (words.say(&format!("refusal-{}", key_of(code.code()))))
        },
        Fate::Dropped { reason } => {
            html! { (words.say("stack-fate-dropped")) ": " (reason.reveal()) }
        }
    }
}

fn anchor(at: PageRef) -> String {
    format!("page-{}-{}", at.file, at.page)
}

/// Its file and its number in it.
fn title(words: &Words, stack: &Stack, at: PageRef) -> String {
    let file = usize::try_from(at.file)
        .ok()
        .and_then(|at| stack.files.get(at));
    let page = words.say_with("desk-page", &[("page", &at.page.to_string())]);
    file.map_or_else(String::new, |file| {
        format!("{} · {page}", file.name.reveal())
    })
}

/// A small picture that leads to the large one.
fn thumbnail(words: &Words, stack: &Stack, at: PageRef) -> Markup {
    let path = format!("/stacks/{}/pages/{}/{}", stack.id, at.file, at.page);
    let file = usize::try_from(at.file)
        .ok()
        .and_then(|at| stack.files.get(at));
    let unreadable = |page: &StackPage| {
        matches!(
            &page.fate,
            Fate::NeedsHand {
                why: Why::Unreadable(_),
                ..
            }
        )
    };
    let shown = file.is_some_and(|file| matches!(file.pages, Some(Ok(_))))
        && !stack.page(at).is_some_and(unreadable);
    html! {
        @if shown {
            a .thumbnail href=(path) { img src={ (path) "/small" } alt=(title(words, stack, at)) loading="lazy"; }
        } @else {
            span .thumbnail .none aria-hidden="true" { "–" }
        }
    }
}
