//! The registration card: declared, read, and what counts.

use casework::card::schema::Schema;
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
                                td { (plain(entry.declared.as_ref())) }
                                td { (read(words, case, entry)) }
                                td { (plain(entry.resolved())) }
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

fn plain(value: Option<&EntryValue>) -> Markup {
    html! { @match value { Some(value) => (value.value.reveal()), None => (ABSENT) } }
}

fn read(words: &Words, case: &Case, entry: &Entry) -> Markup {
    let Some(value) = &entry.read else {
        return html! { (ABSENT) };
    };
    let place = place_words(words, &value.source);
    html! {
        span .value { (value.value.reveal()) }
        @if let Some(certainty) = value.certainty {
            span class={ "certainty " (format!("{certainty:?}").to_lowercase()) } { (certainty_words(words, certainty)) }
        }
        @if let Some((page, bounds)) = page_of(case, &value.source) {
            details { summary { (place) } (crop(&page, bounds, &place)) }
        }
    }
}
