//! What does not agree: the rule in one sentence, every value with its crops, and how to settle it.

use casework::card::schema::{Schema, SchemaField};
use casework::case::Case;
use casework::case::action::ActionName;
use casework::crosscheck::Reason;
use casework::finding::{Finding, Severity, Witness};
use casework::refusal::place;
use casework::words::Words;
use maud::{Markup, html};

use super::{entry_form, hand, page_of, why};
use crate::crop::crop;
use crate::door::Visit;
use crate::worklist::chip;

/// The section; it is where one comes back to after settling something.
pub fn section(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    html! {
        section #findings tabindex="-1" aria-labelledby="findings-title" {
            h2 #findings-title { (words.say("desk-findings")) }
            @if case.findings.is_empty() { p .clean { "✓ " (words.say("desk-everything-agrees")) } }
            @for (index, finding) in case.findings.iter().enumerate() { (one(visit, case, finding, index + 1)) }
        }
    }
}

fn one(visit: &Visit, case: &Case, finding: &Finding, number: usize) -> Markup {
    let words = &visit.words;
    let id = format!("finding-{number}");
    let values = by_value(finding);
    let settled_by = finding.settled_by();
    let settled_by = settled_by.filter(|_| visit.may(case, ActionName::Correct));
    let class = match finding.severity {
        Severity::Hard => "hard",
        Severity::Ask => "ask",
        Severity::Warning => "warning",
    };
    html! {
        article .finding .(class) id=(id) tabindex="-1" aria-labelledby={ (id) "-title" } data-walk {
            h3 id={ (id) "-title" } {
                (chip(words, &format!("{:?}", finding.rule), finding.severity))
                (words.say(&finding.reason))
            }
            @if finding.reason == Reason::WrittenByHand.key() { (hand::waiting(visit, case)) }
            @if !values.is_empty() {
                ol .options {
                    @for ((value, witnesses), letter) in values.iter().zip('A'..='Z') {
                        li {
                            (said(words, finding, value, &values, letter))
                            ul .witnesses { @for witness in witnesses { (place_of(words, case, finding, witness)) } }
                            @if let Some(field) = settled_by.filter(|_| values.len() > 1) {
                                (entry_form::take(visit, case, field, value, letter))
                            }
                        }
                    }
                }
            }
            @if let Some(field) = settled_by {
                details .edit {
                    summary data-key="edit" { (words.say("edit")) "…" }
                    (entry_form::form(visit, case, field, "", "findings"))
                }
            }
        }
    }
}

/// The different values, each with everyone who says so, in the order they are first named.
fn by_value(finding: &Finding) -> Vec<(&str, Vec<&Witness>)> {
    let mut values: Vec<(&str, Vec<&Witness>)> = Vec::new();
    for witness in &finding.values {
        let value = witness.value.reveal().as_str();
        match values.iter_mut().find(|(known, _)| *known == value) {
            Some((_, witnesses)) => witnesses.push(witness),
            None => values.push((value, vec![witness])),
        }
    }
    values
}

/// A value with its letter; of two, the characters in which they differ are marked.
fn said(
    words: &Words,
    finding: &Finding,
    value: &str,
    values: &[(&str, Vec<&Witness>)],
    letter: char,
) -> Markup {
    let field = finding.field.as_ref();
    let field = field.and_then(|name| Schema::current().field(name.as_str()));
    let shown = |value: &str| shown(words, field, value);
    let other = match values {
        [(a, _), (b, _)] => Some(shown(if *a == value { b } else { a })),
        _ => None,
    };
    let shown = shown(value);
    let (before, differs, after) = other.map_or((&*shown, "", ""), |other| parts(&shown, &other));
    html! {
        p .said {
            @if values.len() > 1 { span .letter { (letter) } " " }
            strong { (before) @if !differs.is_empty() { mark { (differs) } } (after) }
        }
    }
}

fn shown(words: &Words, field: Option<&SchemaField>, value: &str) -> String {
    field.map_or_else(|| value.to_owned(), |field| field.shown(value, words))
}

/// What both texts begin with, what this one has of its own, what both end with.
fn parts<'a>(text: &'a str, other: &str) -> (&'a str, &'a str, &'a str) {
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: usize, back: bool| -> usize {
        let chars = text.chars();
        if back {
            chars.rev().take(pairs).map(char::len_utf8).sum()
        } else {
            chars.take(pairs).map(char::len_utf8).sum()
        }
    };
    let starts = text.chars().zip(other.chars()).take_while(same).count();
    let shorter = text.chars().count().min(other.chars().count());
    let ends = text.chars().rev().zip(other.chars().rev());
    let ends = ends.take_while(same).count().min(shorter - starts);
    let (before, rest) = text.split_at(length(starts, false));
    let (differs, after) = rest.split_at(rest.len() - length(ends, true));
    (before, differs, after)
}

/// Where a value stands, and how sure its reading is.
fn place_of(words: &Words, case: &Case, finding: &Finding, witness: &Witness) -> Markup {
    let place = place(&witness.place, words);
    html! {
        li {
            @if let Some((page, bounds)) = page_of(case, &witness.place) { (crop(words, &page, bounds, &place)) }
            span .place { (place) }
            " " (why::of_witness(words, case, finding.field.as_ref(), witness))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn two_values_are_split_where_they_differ() {
        for (text, other, split) in [
            ("900101300017", "900101300071", ("9001013000", "17", "")),
            ("САБИТОВ", "СӘБИТОВ", ("С", "А", "БИТОВ")),
            ("AA", "AAA", ("AA", "", "")),
            ("AAA", "AA", ("AA", "A", "")),
            ("1", "2", ("", "1", "")),
            ("Ж", "Ж", ("Ж", "", "")),
            ("", "Ж", ("", "", "")),
        ] {
            assert_eq!(parts(text, other), split, "{text} {other}");
        }
    }
}
