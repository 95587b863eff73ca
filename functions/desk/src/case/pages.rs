//! The pages of a case, with a box around every value that was read.

use casework::case::{Case, FiledScan};
use casework::document::Document;
use casework::scan::ScanOutcome;
use casework::words::{Words, key_of};
use maud::{Markup, html};

use super::{document_words, page_of_scan};
use crate::crop::PageOfScan;

/// The section.
pub fn section(words: &Words, case: &Case) -> Markup {
    html! {
        section .pages aria-labelledby="pages" {
            h2 #pages { (words.say("desk-pages")) }
            @for filed in &case.scans { (scan(words, case, filed)) }
        }
    }
}

fn scan(words: &Words, case: &Case, filed: &FiledScan) -> Markup {
    match &filed.outcome {
        ScanOutcome::Refused { code, .. } => html! {
            article .refused {
                h3 .name { (filed.name.reveal()) }
                p { span .chip .ask { (code.code()) } " " (words.say(&format!("refusal-{}", key_of(code.code())))) }
            }
        },
        ScanOutcome::Read {
            page_sizes,
            blank_pages,
            documents,
            findings,
            ..
        } => html! {
            @for number in (1_u32..).take(page_sizes.len()) {
                @let on_page: Vec<&Document> = documents.iter().filter(|d| d.page == number).collect();
                @if !on_page.is_empty() || blank_pages.contains(&number) {
                    article {
                        h3 .name { (filed.name.reveal()) " · " (words.say_with("desk-page", &[("page", &number.to_string())])) }
                        @for finding in findings {
                            p { span .chip .warning { (finding.code()) } " " (words.say(&format!("file-{}", key_of(finding.code())))) }
                        }
                        @if blank_pages.contains(&number) { p { (words.say("desk-blank")) } }
                        @if let Some(page) = page_of_scan(case, &filed.scan, number) { (picture(words, &page, &on_page)) }
                        @for document in on_page { (described(words, document)) }
                    }
                }
            }
        },
    }
}

fn picture(words: &Words, page: &PageOfScan<'_>, documents: &[&Document]) -> Markup {
    let [width, height] = page.size;
    let kinds: Vec<String> = documents
        .iter()
        .map(|d| document_words(words, d.kind))
        .collect();
    html! {
        a .page href=(page.href()) {
            svg role="img" aria-label=(kinds.join(", ")) viewBox=(format!("0 0 {width} {height}")) {
                image href=(page.href()) width=(width) height=(height) preserveAspectRatio="none" {}
                @for document in documents {
                    polygon .outline points=(document.corners.iter().map(|[x, y]| format!("{x:.0},{y:.0}")).collect::<Vec<_>>().join(" ")) {}
                    @for (name, field) in &document.fields {
                        @let [x, y, w, h] = field.bounds;
                        rect .box x=(format!("{x:.0}")) y=(format!("{y:.0}")) width=(format!("{w:.0}")) height=(format!("{h:.0}")) {
                            title { (name) ": " (field.value.reveal()) }
                        }
                    }
                }
            }
        }
    }
}

/// What was read on a document, and what is poor about its picture: the picture's text equivalent.
fn described(words: &Words, document: &Document) -> Markup {
    html! {
        details .document {
            summary { (document_words(words, document.kind)) " · " (words.say_with("desk-values", &[("count", &document.fields.len().to_string())])) }
            dl .values {
                @for (name, field) in &document.fields {
                    div { dt { (words.say(&format!("field-{}", key_of(name.as_str())))) } dd { (field.value.reveal()) } }
                }
            }
        }
        @for code in &document.quality.findings {
            p { span .chip .ask { (code.code()) } " " (words.say(&format!("quality-{}", key_of(code.code())))) }
        }
    }
}
