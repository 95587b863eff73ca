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
        let entry = entry_of(case, &field.key);
        let stands = entry.is_some() || parts_of(case, field).next().is_some();
        stands.then(|| (field, entry.cloned().unwrap_or_default()))
    });
    html! {
        section aria-labelledby="card" {
            h2 #card { (words.say("desk-card")) }
            div .scroll role="group" aria-labelledby="card" tabindex="0" {
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
                                @if parts_of(case, field).next().is_some() {
                                    td colspan="3" { (parts(words, case, field)) }
                                } @else {
                                    td { (plain(words, field, entry.declared.as_ref())) }
                                    td { (read(words, case, field, &entry)) }
                                    td { (plain(words, field, entry.resolved())) }
                                }
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
    html! {
        dl .parts {
            @for part in &field.parts {
                div {
                    dt { (part.labels.of(words.language)) }
                    dd { (plain(words, field, part_of(case, field, &part.code).and_then(Entry::resolved))) }
                }
            }
        }
    }
}

fn said(words: &Words, field: &SchemaField, value: &EntryValue) -> String {
    field.shown(value.value.reveal(), words)
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
            (_, None) => span .certainty .place { (place) },
        }
    }
}
