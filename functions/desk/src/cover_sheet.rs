//! Cover sheets: which there are, and each as a PDF to print.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::case::{Case, CaseKind, MissionCode};
use casework::cover::CoverSheet;
use casework::mission::Missions;
use issue::cover_sheet;
use maud::html;

use crate::door::Visit;
use crate::stack::own_missions;
use crate::worklist::kind_words;

const KINDS: [(CaseKind, &str); 2] = [
    (CaseKind::Permanent, "permanent"),
    (CaseKind::Temporary, "temporary"),
];

/// The page.
pub async fn list(Extension(visit): Extension<Arc<Visit>>) -> Response {
    let words = &visit.words;
    let content = html! {
        div .narrow {
            p .back { a href="/stacks" { "← " (words.say("stacks")) } }
            h1 { (words.say("cover-sheets")) }
            p { (words.say("cover-sheets-help")) }
            @for (code, name) in own_missions(&visit) {
                section .cover-choice {
                    h2 { (name) }
                    p { @for (kind, word) in KINDS {
                        a .button .quiet href={ "/cover-sheets/" (word) "/" (code) } { (kind_words(words, kind)) " (PDF)" } " "
                    } }
                }
            }
        }
    };
    visit.page(&words.say("cover-sheets"), &content)
}

/// The sheet for new cases of a kind at a mission of theirs.
pub async fn for_new(
    Extension(visit): Extension<Arc<Visit>>,
    Path((kind, mission)): Path<(String, String)>,
) -> Response {
    let kind = KINDS.into_iter().find(|(_, word)| *word == kind);
    let mission = MissionCode(mission);
    let own = own_missions(&visit)
        .into_iter()
        .any(|(code, _)| code == mission);
    match kind.filter(|_| own) {
        Some((kind, _)) => printed(&visit, &CoverSheet::NewCase { kind, mission }),
        None => visit.sorry(StatusCode::NOT_FOUND, "desk-not-found"),
    }
}

/// The sheet for more papers of a case.
pub async fn for_case(
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
) -> Response {
    let case = case.id.clone();
    printed(&visit, &CoverSheet::Case { case })
}

fn printed(visit: &Visit, sheet: &CoverSheet) -> Response {
    match cover_sheet(sheet, &Missions::embedded()) {
        Ok(pdf) => ([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response(),
        Err(_) => visit.sorry(StatusCode::NOT_FOUND, "desk-not-found"),
    }
}
