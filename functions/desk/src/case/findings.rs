//! What does not agree: the rule in one sentence, every value with its crop.

use casework::card::schema::Schema;
use casework::case::Case;
use casework::document::Certainty;
use casework::finding::{Finding, Witness};
use casework::words::Words;
use maud::{Markup, html};

use super::{page_of, place_words};
use crate::crop::crop;
use crate::worklist::chip;

/// The section.
pub fn section(words: &Words, case: &Case) -> Markup {
    html! {
        section aria-labelledby="findings" {
            h2 #findings { (words.say("desk-findings")) }
            @if case.findings.is_empty() { p .clean { (words.say("desk-everything-agrees")) } }
            @for finding in &case.findings { (one(words, case, finding)) }
        }
    }
}

fn one(words: &Words, case: &Case, finding: &Finding) -> Markup {
    html! {
        article .finding {
            h3 {
                (chip(words, &format!("{:?}", finding.rule), finding.severity))
                (words.say(&finding.reason))
            }
            @if !finding.values.is_empty() {
                ul .witnesses { @for witness in &finding.values { (value(words, case, finding, witness)) } }
            }
        }
    }
}

fn value(words: &Words, case: &Case, finding: &Finding, witness: &Witness) -> Markup {
    let value = witness.value.reveal();
    let field = finding
        .field
        .as_ref()
        .and_then(|name| Schema::current().field(name.as_str()));
    let said = field.map_or_else(|| value.clone(), |field| field.shown(value, words));
    let place = place_words(words, &witness.place);
    html! {
        li {
            strong { (said) }
            span .place { (place) @if let Some(certainty) = witness.certainty { " · " (certainty_words(words, certainty)) } }
            @if let Some((page, bounds)) = page_of(case, &witness.place) { (crop(&page, bounds, &place)) }
        }
    }
}

/// A certainty in words.
pub fn certainty_words(words: &Words, certainty: Certainty) -> String {
    words.say(match certainty {
        Certainty::Verified => "certainty-verified",
        Certainty::Read => "certainty-read",
        Certainty::Doubtful => "certainty-doubtful",
    })
}
