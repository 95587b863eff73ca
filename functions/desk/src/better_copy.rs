//! Asking for a better copy: of which scan, and what is wrong with it. Never a ground of refusal.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use casework::case::action::ActionName;
use casework::case::{Case, FiledScan};
use casework::finding_code::QualityFinding;
use casework::scan::ScanOutcome;
use casework::words::key_of;
use maud::{Markup, html};

use crate::act::Typed;
use crate::case::act_form;
use crate::door::Visit;
use crate::policy::Page;

/// The page.
pub async fn show(
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
    Query(asked): Query<Typed>,
) -> Response {
    if !visit.may(&case, ActionName::AskBetterCopy) {
        return visit.sorry(StatusCode::CONFLICT, "desk-not-now");
    }
    let words = &visit.words;
    let content = html! {
        div .narrow {
            p .back { a href={ "/cases/" (case.id) } data-key="open" { "← " (words.say("desk-to-case")) } }
            h1 { (words.say("copy-title")) " " span .reference { (case.id) } }
            p { (words.say("copy-help")) }
            (form(&visit, &case, &asked))
        }
    };
    visit.page(&words.say("copy-title"), &content)
}

/// The form, with what was chosen before; else the first poor scan and what is poor about it. Of a
/// good one the officer says it: a reason that nobody chose would be told to the applicant.
pub fn form(visit: &Visit, case: &Case, typed: &Typed) -> Markup {
    let words = &visit.words;
    let poor = case.scans.iter().find(|filed| fault(filed).is_some());
    let first = poor.or(case.scans.first());
    let scan = typed.scan().or_else(|| first.map(|f| f.scan.clone()));
    let code = typed.code().or_else(|| first.and_then(fault));
    let content = html! {
        fieldset {
            legend { (words.say("copy-of")) }
            @for filed in &case.scans {
                label .check { input type="radio" name="scan" value=(filed.scan) required checked[scan.as_ref() == Some(&filed.scan)]; " " (filed.name.reveal()) }
            }
        }
        fieldset {
            legend { (words.say("copy-why")) }
            @for one in QualityFinding::ALL {
                label .check { input type="radio" name="code" value=(one.code()) required checked[code == Some(*one)]; " " (words.say(&format!("quality-{}", key_of(one.code())))) }
            }
        }
        button data-key="send" { (words.say("copy-send")) }
    };
    act_form(visit, case, Page::AskBetterCopy, "stack", &content)
}

/// What the machine found poor about a scan.
fn fault(filed: &FiledScan) -> Option<QualityFinding> {
    match &filed.outcome {
        ScanOutcome::Read { documents, .. } => {
            let mut found = documents.iter().flat_map(|d| &d.quality.findings);
            found.next().copied()
        }
        ScanOutcome::Refused { .. } => Some(QualityFinding::Unrecognised),
    }
}
