//! What is written by hand on a paper card: each piece of the page, and beside it the entry that a person reads off it.

use casework::card::schema::{EntryType, Schema, SchemaField};
use casework::case::action::ActionName;
use casework::case::{Case, Sheet};
use casework::finding::Place;
use casework::reading::{Bounds, FieldName};
use casework::refusal::place;
use casework::words::Words;
use maud::{Markup, html};

use super::{act_form, entry_form, page_of};
use crate::act::Typed;
use crate::crop::crop;
use crate::door::Visit;
use crate::policy::Page;

/// Room around a piece, in its heights: the strokes of a hand reach beyond what was seen of it.
const ROOM: f32 = 0.4;

/// What waits to be read off, sheet by sheet. Its entries are empty: whoever has what is known from elsewhere before
/// them saves it unread.
pub fn waiting(visit: &Visit, case: &Case) -> Markup {
    html! { @for sheet in case.unread_hand() { (form(visit, case, &sheet, |_| "")) } }
}

/// The sheet of this form with what was typed before.
pub fn again(visit: &Visit, case: &Case, typed: &Typed) -> Markup {
    let entries = typed.entries();
    let kept = |key: &str| {
        let value = entries.get(&FieldName::from_key(key));
        value.map_or("", |value| value.reveal().as_str())
    };
    let is_it = |sheet: &Sheet| {
        typed.scan().as_ref() == Some(sheet.scan) && typed.page() == Some(sheet.page)
    };
    html! { @for sheet in case.sheets_by_hand().iter().filter(|sheet| is_it(sheet)) { (form(visit, case, sheet, kept)) } }
}

/// Whether it was seen where the entry is written.
fn stands_on(sheet: &Sheet, key: &str) -> bool {
    sheet.entries.iter().any(|(field, _)| field.key == key)
}

fn form<'a>(visit: &Visit, case: &Case, sheet: &Sheet, value: impl Fn(&str) -> &'a str) -> Markup {
    let words = &visit.words;
    let may_enter = visit.may(case, ActionName::Transcribe);
    let number = sheet.scan.as_str().chars().take(12);
    let name = format!("{}-{}", number.collect::<String>(), sheet.page);
    let seen = html! {
        ol .by-hand {
            @for (field, at) in &sheet.entries {
                li {
                    @if may_enter { (entry_form::part(words, &name, field, value(&field.key), known(case, &field.key))) }
                    @else { p .place { (field.labels.of(words.language)) } }
                    (piece(words, case, field, at))
                }
            }
        }
    };
    if !may_enter {
        return seen;
    }
    let others = Schema::current().fields_of(case.manifest.kind);
    let others = others
        .filter(|field| !stands_on(sheet, &field.key) && field.entry_type != EntryType::Consent);
    let form = html! {
        input type="hidden" name="scan" value=(sheet.scan);
        input type="hidden" name="page" value=(sheet.page);
        input type="hidden" name="back" value="findings";
        (seen)
        details .edit {
            summary { (words.say("by-hand-others")) }
            ol .by-hand { @for field in others { li { (entry_form::part(words, &name, field, value(&field.key), known(case, &field.key))) } } }
        }
        button { (words.say("by-hand-save")) }
    };
    act_form(visit, case, Page::Transcribe, "", &form)
}

/// What the case knows of an entry from elsewhere: offered to whoever asks for it.
fn known<'a>(case: &'a Case, key: &str) -> Option<&'a str> {
    let counts = case
        .card
        .entries
        .get(&FieldName::from_key(key))?
        .resolved()?;
    Some(counts.value.reveal())
}

/// The piece of the page where an entry is written.
pub fn piece(words: &Words, case: &Case, field: &SchemaField, at: &Place) -> Markup {
    let label = format!("{}, {}", field.labels.of(words.language), place(at, words));
    let roomy = |[left, top, width, height]: Bounds| {
        let room = ROOM * height;
        [
            left - room,
            top - room / 2.0,
            width + 2.0 * room,
            height + room,
        ]
    };
    html! { @if let Some((page, bounds)) = page_of(case, at) { (crop(words, &page, roomy(bounds), &label)) } }
}
