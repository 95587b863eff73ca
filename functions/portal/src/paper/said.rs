//! What became of a paper that was sent: refused, or read, and what is poor about it.

use casework::application::PaperSent;
use casework::application::Slot;
use casework::case::{Case, FiledScan};
use casework::document::Document;
use casework::finding_code::RefusalCode;
use casework::reading::DocumentKind;
use casework::scan::{ScanId, ScanOutcome};
use casework::words::{Words, key_of};
use maud::{Markup, html};

use crate::crop::{href, size};
use crate::door::Visit;
use crate::step::{step_path, step_words};

/// What became of the paper that was sent.
pub fn said(visit: &Visit, slot: Slot, draft: &Case, paper: &PaperSent) -> Markup {
    let words = &visit.words;
    let filed = draft.scans.iter().find(|filed| filed.scan == paper.scan);
    let next = visit.application.next_step(draft);
    let next = html! {
        p { a .button href=(step_path(visit, next)) { (words.say("portal-continue")) } span .hidden { ": " (step_words(words, next)) } }
    };
    let Some(FiledScan { scan, outcome, .. }) = filed else {
        return html! {
            p .note { (words.say("portal-paper-unread")) }
            (next)
        };
    };
    match outcome {
        ScanOutcome::Refused { code, .. } => html! {
            div .complaint role="alert" { p { (refusal(words, *code)) } }
        },
        ScanOutcome::Read { documents, .. } => {
            let warnings = warnings(words, slot, documents);
            html! {
                @for warning in &warnings { p .note { (warning) } }
                @if warnings.is_empty() { p .clean { "✓ " (words.say("portal-paper-read")) } }
                (shown(words, draft, scan, slot))
                (values(words, documents))
                (next)
            }
        }
    }
}

pub fn refusal(words: &Words, code: RefusalCode) -> String {
    words.say(&format!("refusal-{}", key_of(code.code())))
}

/// What is poor about a paper, or looks like another than was asked for; none of it stops anyone.
fn warnings(words: &Words, slot: Slot, documents: &[Document]) -> Vec<String> {
    let mut warnings: Vec<String> = documents
        .iter()
        .flat_map(|document| &document.quality.findings)
        .map(|code| words.say(&format!("quality-{}", key_of(code.code()))))
        .collect();
    warnings.sort();
    warnings.dedup();
    let is = |kind| documents.iter().any(|document| document.kind == kind);
    if let Some(wanted) = slot.document().filter(|wanted| !is(*wanted)) {
        let known = documents.iter().find(|d| d.kind != DocumentKind::Unknown);
        let wanted = words.say(wanted.key());
        warnings.push(match known {
            Some(document) => {
                let seen = words.say(document.kind.key());
                words.say_with(
                    "portal-paper-other",
                    &[("seen", &seen), ("wanted", &wanted)],
                )
            }
            None => words.say_with("portal-paper-unknown", &[("wanted", &wanted)]),
        });
    }
    warnings
}

/// The page as it was received.
fn shown(words: &Words, draft: &Case, scan: &ScanId, slot: Slot) -> Markup {
    let label = words.say(&format!("portal-slot-{}", slot.as_str()));
    html! {
        @if let Some([width, height]) = size(draft, scan, 1) {
            img .received src=(href(draft, scan, 1)) width=(width) height=(height) alt=(label);
        }
    }
}

/// How many values were read; they are looked at one after another with the card.
fn values(words: &Words, documents: &[Document]) -> Markup {
    let count: usize = documents.iter().map(|document| document.fields.len()).sum();
    html! {
        @if count > 0 {
            p { (words.say_with("portal-paper-values", &[("count", &count.to_string())])) }
        }
    }
}
