//! The registration card: one line an entry with the value that counts and how sure it is;
//! what was declared, what was read, and another value are one press away.

use casework::card::schema::{Schema, SchemaField};
use casework::card::{Entry, EntryValue};
use casework::case::Case;
use casework::case::action::ActionName;
use casework::reading::FieldName;
use casework::refusal::place;
use casework::words::Words;
use maud::{Markup, html};

use super::{act_form, entry_form, hand, page_of, why};
use crate::crop::crop;
use crate::door::Visit;
use crate::page::ABSENT;
use crate::policy::Page;

/// The section. Entries in the schema's order; those without any value are left out.
pub fn section(visit: &Visit, case: &Case) -> Markup {
    let schema = Schema::current();
    let fields = schema.fields_of(case.manifest.kind).filter_map(|field| {
        let entry = entry_of(case, &field.key);
        let stands = entry.is_some() || parts_of(case, field).next().is_some();
        stands.then(|| (field, entry.cloned().unwrap_or_default()))
    });
    html! {
        section #card tabindex="-1" aria-labelledby="card-title" {
            h2 #card-title { (visit.words.say("desk-card")) }
            (look(visit, case))
            dl .card {
                @for (field, entry) in fields {
                    @if parts_of(case, field).next().is_some() { (parts(&visit.words, case, field)) }
                    @else { (line(visit, case, field, &entry)) }
                }
            }
        }
    }
}

/// Says that the machine's values were looked at, while there are any nobody has looked at.
fn look(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    let unseen = case.card.entries.keys().any(|key| case.unseen(key));
    let press = html! {
        input type="hidden" name="back" value="card";
        button .quiet data-key="look" { (words.say("desk-look")) }
    };
    html! {
        @if unseen && visit.may(case, ActionName::Look) {
            div .unseen-some {
                p { span .unseen-mark aria-hidden="true" { "●" } " " (words.say("desk-unseen-some")) }
                (act_form(visit, case, Page::Look, "", &press))
            }
        }
    }
}

fn line(visit: &Visit, case: &Case, field: &SchemaField, entry: &Entry) -> Markup {
    let words = &visit.words;
    let key = FieldName::from_key(field.key.clone());
    let differs = case.findings.iter().any(|f| f.field.as_ref() == Some(&key));
    let counts = entry.resolved();
    let value = counts.map_or("", |value| value.value.reveal().as_str());
    let may_correct = visit.may(case, ActionName::Correct);
    html! {
        div .entry .differs[differs] id={ "entry-" (field.key) } {
            dt { (field.labels.of(words.language)) }
            dd .counts {
                span .value { (plain(words, field, counts)) }
                @if case.unseen(&key) { " " span .unseen-mark title=(words.say("desk-unseen")) { span aria-hidden="true" { "●" } span .hidden { (words.say("desk-unseen")) } } }
                (origin(words, case, &key, entry))
            }
            dd .more {
                details {
                    summary { (words.say(if may_correct { "edit-entry" } else { "entry-sources" })) span .hidden { ": " (field.labels.of(words.language)) } }
                    (sources(words, case, field, entry))
                    @if may_correct {
                        (entry_form::form(visit, case, field, value, &format!("entry-{}", field.key)))
                    }
                }
            }
        }
    }
}

/// Why the value counts: who settled it, or how sure its reading is.
fn origin(words: &Words, case: &Case, key: &FieldName, entry: &Entry) -> Markup {
    html! {
        @if entry.corrected.is_some() {
            span .sure .settled { span aria-hidden="true" { "✎ " } (words.say("desk-settled-one")) }
        } @else if let Some(value) = entry.resolved() {
            @if value.certainty.is_some() { (why::of_entry(words, case, key, value)) }
            @else { span .sure .place { (place(&value.source, words)) } }
        }
    }
}

/// What was declared and what was read, each where it stands.
fn sources(words: &Words, case: &Case, field: &SchemaField, entry: &Entry) -> Markup {
    let key = FieldName::from_key(field.key.clone());
    let both = [
        ("desk-declared", &entry.declared),
        ("desk-read", &entry.read),
    ];
    let sheets = case.sheets_by_hand().into_iter();
    let written = sheets.flat_map(|sheet| sheet.entries);
    let written = written.filter(|(written, _)| *written == field);
    html! {
        dl .sources {
            @for (_, at) in written {
                div { dt { (words.say("by-hand")) } dd { (hand::piece(words, case, field, &at)) } }
            }
            @for (title, value) in both {
                @if let Some(value) = value {
                    div {
                        dt { (words.say(title)) }
                        dd {
                            span .value { (field.shown(value.value.reveal(), words)) } " "
                            span .place { (place(&value.source, words)) } " "
                            (why::of_entry(words, case, &key, value))
                            @if let Some((page, bounds)) = page_of(case, &value.source) {
                                (crop(words, &page, bounds, &place(&value.source, words)))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn plain(words: &Words, field: &SchemaField, value: Option<&EntryValue>) -> Markup {
    html! { @match value { Some(value) => (field.shown(value.value.reveal(), words)), None => (ABSENT) } }
}

fn entry_of<'a>(case: &'a Case, key: &str) -> Option<&'a Entry> {
    case.card.entries.get(&FieldName::from_key(key.to_owned()))
}

/// What was said of the parts of an entry that has parts: the consent.
fn parts_of<'a>(case: &'a Case, field: &SchemaField) -> impl Iterator<Item = &'a EntryValue> {
    let parts = field.parts.iter();
    parts.filter_map(|part| part_of(case, field, &part.code)?.resolved())
}

fn part_of<'a>(case: &'a Case, field: &SchemaField, part: &str) -> Option<&'a Entry> {
    entry_of(case, &format!("{}.{part}", field.key))
}

fn parts(words: &Words, case: &Case, field: &SchemaField) -> Markup {
    let given = parts_of(case, field).filter(|part| part.value.reveal() != "false");
    let count = [
        ("given", given.count().to_string()),
        ("all", field.parts.len().to_string()),
    ];
    let count = count
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    html! {
        div .entry id={ "entry-" (field.key) } {
            dt { (field.labels.of(words.language)) }
            dd .counts { span .value { (words.say_with("desk-parts", &count)) } }
            dd .more {
                details {
                    summary { (words.say("entry-sources")) span .hidden { ": " (field.labels.of(words.language)) } }
                    dl .sources {
                        @for part in &field.parts {
                            div {
                                dt { (part.labels.of(words.language)) }
                                dd { (plain(words, field, part_of(case, field, &part.code).and_then(Entry::resolved))) }
                            }
                        }
                    }
                }
            }
        }
    }
}
