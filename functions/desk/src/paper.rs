//! The papers of a case: what prints them, which there are, and each as a PDF.
//!
//! Never here: what stands on a paper, or how it is signed.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::case::action::ActionName;
use casework::case::{Case, Recorded};
use casework::cover::CoverSheet;
use jiff::Timestamp;
use maud::{Markup, html};

use crate::act::Typed;
use crate::case::act_form;
use crate::door::Visit;
use crate::page::store_failed;
use crate::policy::Page;
use crate::{Desk, Sight, Store};

/// What prints.
pub trait Printer: std::fmt::Debug + Send + Sync {
    /// A cover sheet, as PDF; none where its mission is not known.
    fn cover_sheet(&self, sheet: &CoverSheet) -> Option<Vec<u8>>;

    /// The names of the papers that a case supports as it stands.
    fn papers(&self, case: &Case) -> Vec<&'static str>;

    /// One of them; none where the case does not support it, or it cannot be printed.
    fn paper(&self, order: &PaperOrder<'_>) -> Option<PrintedPaper>;
}

/// Which paper is wanted, and of what.
#[derive(Debug, Clone, Copy)]
pub struct PaperOrder<'a> {
    /// Its name.
    pub name: &'a str,
    /// English too, beside Kazakh and Russian.
    pub with_english: bool,
    /// The case.
    pub case: &'a Case,
    /// What happened to it.
    pub timeline: &'a [Recorded],
    /// The time.
    pub now: Timestamp,
}

/// A paper, as PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedPaper {
    /// A name for its file.
    pub file_name: String,
    /// The file.
    pub pdf: Vec<u8>,
}

/// The papers there are, with and without English, and the certificate once more.
pub fn section<S: Store, E: Sight>(desk: &Desk<S, E>, visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    let papers = desk.printer.papers(case);
    let reissue = html! { button .quiet { (words.say("certificate-reissue")) } };
    html! {
        @if !papers.is_empty() {
            section #papers tabindex="-1" aria-labelledby="papers-title" {
                h2 #papers-title { (words.say("papers")) }
                ul .paper-list {
                    @for name in papers {
                        @let title = words.say(&format!("paper-kind-{name}"));
                        li {
                            a href=(path(case, name)) { (title) " (PDF)" } " "
                            a .place href={ (path(case, name)) "?english=yes" } { (words.say("paper-with-english")) span .hidden { ": " (title) } }
                        }
                    }
                }
                @if case.certificate_requested { p { span .chip .ask { (words.say("certificate-requested")) } } }
                @if visit.may(case, ActionName::ReissueCertificate) {
                    (act_form(visit, case, Page::ReissueCertificate, "", &reissue))
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
    let timeline = match desk.store.timeline(&case.id).await {
        Ok(timeline) => timeline,
        Err(error) => return store_failed(&visit.words, &error),
    };
    let order = PaperOrder {
        name: &name,
        with_english: asked.one("english").is_some(),
        case: &case,
        timeline: &timeline,
        now: (desk.now)(),
    };
    match desk.printer.paper(&order) {
        Some(paper) => pdf(&paper),
        None => visit.sorry(StatusCode::NOT_FOUND, "paper-none"),
    }
}

/// A file to look at or to print, with its name.
pub(crate) fn pdf(paper: &PrintedPaper) -> Response {
    let name = format!("inline; filename=\"{}\"", paper.file_name);
    let name = HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("inline"));
    let kind = HeaderValue::from_static("application/pdf");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, paper.pdf.clone()).into_response()
}
