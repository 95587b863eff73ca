//! The registration card: declared, read, and what counts.

use casework::card::schema::{Schema, SchemaField};
use casework::card::{Entry, EntryValue};
use casework::case::Case;
use casework::reading::FieldName;
use casework::words::Words;
use maud::{Markup, html};

use super::findings::certainty_words;
use super::{page_of, place_words};
use crate::crop::crop;
use crate::page::ABSENT;

/// The section. Entries in the schema's order; those without any value are left out.
pub fn section(words: &Words, case: &Case) -> Markup {
    let schema = Schema::current();
    let fields = schema.fields_of(case.manifest.kind).filter_map(|field| {
        let entry = case
            .card
            .entries
            .get(&FieldName::from_key(field.key.clone()))?;
        Some((field, entry))
    });
    html! {
        section aria-labelledby="card" {
            h2 #card { (words.say("desk-card")) }
            div .scroll role="region" aria-labelledby="card" tabindex="0" {
                table .card {
                    thead { tr {
                        th scope="col" { (words.say("desk-entry")) }
                        th scope="col" { (words.say("desk-declared")) }
                        th scope="col" { (words.say("desk-read")) }
                        th scope="col" { (words.say("desk-resolved")) }
                    } }
                    tbody {
                        @for (field, entry) in fields {
                            tr .differs[differs(case, &field.key)] {
                                th scope="row" { (field.labels.of(words.language)) }
                                td { (plain(words, field, entry.declared.as_ref())) }
                                td { (read(words, case, field, entry)) }
                                td { (plain(words, field, entry.resolved())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a finding is about this entry.
fn differs(case: &Case, key: &str) -> bool {
    case.findings
        .iter()
        .any(|f| f.field.as_ref().is_some_and(|name| name.as_str() == key))
}

fn plain(words: &Words, field: &SchemaField, value: Option<&EntryValue>) -> Markup {
    html! { @match value { Some(value) => (said(words, field, value)), None => (ABSENT) } }
}

/// A choice by its label; anything else as it stands.
fn said<'a>(words: &Words, field: &'a SchemaField, value: &'a EntryValue) -> &'a str {
    let text = value.value.reveal();
    let choice = field.choices.iter().find(|choice| choice.code == *text);
    choice.map_or(text, |choice| choice.labels.of(words.language))
}

fn read(words: &Words, case: &Case, field: &SchemaField, entry: &Entry) -> Markup {
    let Some(value) = &entry.read else {
        return html! { (ABSENT) };
    };
    let place = place_words(words, &value.source);
    let certainty = value
        .certainty
        .map(|c| (format!("{c:?}").to_lowercase(), certainty_words(words, c)));
    html! {
        span .value { (said(words, field, value)) }
        @match (page_of(case, &value.source), certainty) {
            (Some((page, bounds)), Some((class, said))) => details .certainty {
                summary class=(class) { (said) }
                p .place { (place) }
                (crop(&page, bounds, &place))
            },
            (None, Some((class, said))) => span .certainty { span class=(class) { (said) } },
            (_, None) => span .place { (place) },
        }
    }
}
