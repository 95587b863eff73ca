//! The papers of a case: which there are, and each as a PDF.
//!
//! Never here: what stands on a paper, or how it is signed.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::case::Case;
use casework::case::action::ActionName;
use casework::mission::Missions;
use issue::{Order, Paper, PaperKind, standing};
use maud::{Markup, html};

use crate::act::Typed;
use crate::case::decide::reissue;
use crate::door::Visit;
use crate::page::store_failed;
use crate::policy::Page;
use crate::{Desk, Sight, Store};

/// The papers there are, with and without English, and the certificate once more.
pub fn section(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    let papers = standing(case);
    html! {
        @if !papers.is_empty() {
            section #papers tabindex="-1" aria-labelledby="papers-title" {
                h2 #papers-title { (words.say("papers")) }
                ul .paper-list {
                    @for kind in papers {
                        @let name = kind.as_str();
                        @let title = words.say(&format!("paper-kind-{name}"));
                        li {
                            a href=(path(case, name)) { (title) " (PDF)" } " "
                            a .place href={ (path(case, name)) "?english=yes" } { (words.say("paper-with-english")) span .hidden { ": " (title) } }
                        }
                    }
                }
                @if case.certificate_requested { p { span .chip .ask { (words.say("certificate-requested")) } } }
                @if visit.may(case, ActionName::ReissueCertificate) {
                    // What was asked for stands with the decisions.
                    @if !case.certificate_requested { (reissue(visit, case, "quiet")) }
                    p .quiet { (words.say_with("certificate-copy", &[("copy", &case.certificate_copy().to_string())])) }
                }
            }
        }
    }
}

fn path(case: &Case, name: &str) -> String {
    crate::case::path(case, Page::Paper).replace("{paper}", name)
}

/// One of them.
pub async fn print<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
    Path((_, name)): Path<(String, String)>,
    Query(asked): Query<Typed>,
) -> Response {
    let Some(kind) = PaperKind::from_name(&name) else {
        return visit.sorry(StatusCode::NOT_FOUND, "paper-none");
    };
    let timeline = match desk.store.timeline(&case.id).await {
        Ok(timeline) => timeline,
        Err(error) => return store_failed(&visit.words, &error),
    };
    let order = Order {
        kind,
        with_english: asked.one("english").is_some(),
        today: case.day_of((desk.now)()),
    };
    match issue::print(&case, &timeline, order, &Missions::embedded(), &desk.seal) {
        Ok(paper) => pdf(paper),
        Err(_) => visit.sorry(StatusCode::NOT_FOUND, "paper-none"),
    }
}

/// A file to look at or to print, with its name.
fn pdf(paper: Paper) -> Response {
    let name = format!("inline; filename=\"{}\"", paper.file_name);
    let name = HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("inline"));
    let kind = HeaderValue::from_static("application/pdf");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, paper.pdf).into_response()
}
