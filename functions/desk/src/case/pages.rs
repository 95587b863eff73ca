//! The pages of a case, with a box around every value that was read.

use casework::case::{Case, FiledScan};
use casework::document::Document;
use casework::scan::ScanOutcome;
use casework::words::{Words, key_of};
use maud::{Markup, html};

use super::{field_words, page_of_scan};
use crate::crop::PageOfScan;

/// The section: all pages one under another; scripts make a viewer of it, one page at a time.
pub fn section(words: &Words, case: &Case) -> Markup {
    html! {
        section .pages aria-labelledby="pages" tabindex="0" data-viewer {
            h2 #pages { (words.say("desk-pages")) }
            (tools(words, case))
            @for filed in &case.scans { (scan(words, case, filed)) }
        }
    }
}

/// What the viewer adds; shown where scripts run. Each gesture has its button here, and most a key.
fn tools(words: &Words, case: &Case) -> Markup {
    let sheets = sheets(case);
    let moves = [
        ("closer", "+"),
        ("farther", "−"),
        ("turn", "↻"),
        ("whole", "⤢"),
        ("left", "←"),
        ("up", "↑"),
        ("down", "↓"),
        ("right", "→"),
    ];
    html! {
        div .tools data-tools hidden {
            @if sheets.len() > 1 {
                div .tabs role="group" aria-label=(words.say("desk-pages")) {
                    @for sheet in &sheets {
                        button .tab type="button" data-tab=(sheet.page.anchor()) aria-pressed="false" { (sheet.title(words)) }
                    }
                }
            }
            div .moves role="group" aria-label=(words.say("viewer")) {
                @for (name, sign) in moves {
                    @let label = words.say(&format!("viewer-{name}"));
                    button .tool type="button" data-move=(name) data-key=(name) title=(label) aria-label=(label) { span aria-hidden="true" { (sign) } }
                }
            }
        }
    }
}

/// A page with what is on it.
struct Sheet<'a> {
    page: PageOfScan<'a>,
    documents: Vec<&'a Document>,
}

impl Sheet<'_> {
    /// The documents on it; its number where there are none.
    fn title(&self, words: &Words) -> String {
        let kinds: Vec<_> = self
            .documents
            .iter()
            .map(|d| words.say(d.kind.key()))
            .collect();
        if kinds.is_empty() {
            return words.say_with("desk-page", &[("page", &self.page.page.to_string())]);
        }
        kinds.join(", ")
    }
}

/// Every page that has a picture, in order.
fn sheets(case: &Case) -> Vec<Sheet<'_>> {
    let of_scan = |filed| sheets_of(case, filed);
    case.scans.iter().flat_map(of_scan).collect()
}

/// The pages of a scan that belong to the case, and the blank ones.
fn sheets_of<'a>(case: &'a Case, filed: &'a FiledScan) -> Vec<Sheet<'a>> {
    let ScanOutcome::Read {
        page_sizes,
        blank_pages,
        documents,
        ..
    } = &filed.outcome
    else {
        return Vec::new();
    };
    let numbers = (1_u32..).take(page_sizes.len());
    let sheet = |number| {
        let on_page = documents.iter().filter(|d| d.page == number);
        let documents: Vec<&Document> = on_page.collect();
        let stands = !documents.is_empty() || blank_pages.contains(&number);
        let page = page_of_scan(case, &filed.scan, number).filter(|_| stands)?;
        Some(Sheet { page, documents })
    };
    numbers.filter_map(sheet).collect()
}

fn scan(words: &Words, case: &Case, filed: &FiledScan) -> Markup {
    match &filed.outcome {
        ScanOutcome::Refused { code, .. } => html! {
            article .refused {
                h3 .name { (filed.name.reveal()) }
                p { span .chip .ask { (words.say("mark-refused")) } " " (words.say(&format!("refusal-{}", key_of(code.code())))) }
            }
        },
        ScanOutcome::Read { findings, .. } => html! {
            @for sheet in sheets_of(case, filed) {
                article id=(sheet.page.anchor()) tabindex="-1" data-sheet {
                    h3 .name { (filed.name.reveal()) " · " (words.say_with("desk-page", &[("page", &sheet.page.page.to_string())])) }
                    @for finding in findings {
                        p { span .chip .warning { (words.say("mark-odd")) } " " (words.say(&format!("file-{}", key_of(finding.code())))) }
                    }
                    @for hint in case.manifest.warned_of(&filed.scan) {
                        p { span .chip .ask { (words.say("mark-warned")) } " " (words.say("desk-sent-anyway")) " " (words.say(hint.key())) }
                    }
                    @if sheet.documents.is_empty() { p { (words.say("desk-blank")) } }
                    (picture(words, &sheet))
                    @for document in &sheet.documents {
                        (described(words, document))
                    }
                }
            }
        },
    }
}

fn picture(words: &Words, sheet: &Sheet<'_>) -> Markup {
    let [width, height] = sheet.page.size;
    let corners = |document: &Document| {
        let corners = document.corners.iter();
        let corners = corners.map(|[x, y]| format!("{x:.0},{y:.0}"));
        corners.collect::<Vec<_>>().join(" ")
    };
    html! {
        a .page href=(sheet.page.href()) {
            svg role="img" aria-label=(sheet.title(words)) viewBox=(format!("0 0 {width} {height}")) {
                image href=(sheet.page.href()) width=(width) height=(height) preserveAspectRatio="none" {}
                @for document in &sheet.documents {
                    polygon .outline points=(corners(document)) {}
                    @for (name, field) in &document.fields {
                        @let [x, y, w, h] = field.bounds;
                        rect .box x=(format!("{x:.0}")) y=(format!("{y:.0}")) width=(format!("{w:.0}")) height=(format!("{h:.0}")) {
                            title { (field_words(words, name)) ": " (field.value.reveal()) }
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
            summary { (words.say(document.kind.key())) " · " (words.say_with("desk-values", &[("count", &document.fields.len().to_string())])) }
            dl .values {
                @for (name, field) in &document.fields {
                    div { dt { (field_words(words, name)) } dd { (field.value.reveal()) } }
                }
            }
        }
        @for code in &document.quality.findings {
            p { span .chip .ask { (words.say("mark-poor")) } " " (words.say(&format!("quality-{}", key_of(code.code())))) }
        }
    }
}
