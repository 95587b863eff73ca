//! What is written by hand on a paper card: each piece of the page, and beside it the entry that a person reads off it.

use casework::card::Entry;
use casework::card::schema::SchemaField;
use casework::case::action::ActionName;
use casework::case::{Case, Sheet};
use casework::finding::Place;
use casework::reading::FieldName;
use casework::refusal::place;
use casework::words::Words;
use maud::{Markup, html};

use super::{act_form, entry_form, page_of};
use crate::act::Typed;
use crate::crop::crop;
use crate::door::Visit;
use crate::policy::Page;

/// What waits to be read off, sheet by sheet. What the case knows of an entry from elsewhere stands in it, to be compared.
pub fn waiting(visit: &Visit, case: &Case) -> Markup {
    let known = |key: &FieldName| {
        let counts = case.card.entries.get(key).and_then(Entry::resolved);
        counts.map_or("", |value| value.value.reveal().as_str())
    };
    html! { @for sheet in case.unread_hand() { (form(visit, case, &sheet, known)) } }
}

/// The sheet of this form with what was typed before.
pub fn again(visit: &Visit, case: &Case, typed: &Typed) -> Markup {
    let entries = typed.entries();
    let kept = |key: &FieldName| entries.get(key).map_or("", |value| value.reveal().as_str());
    let is_it = |sheet: &Sheet| {
        typed.scan().as_ref() == Some(sheet.scan) && typed.page() == Some(sheet.page)
    };
    html! { @for sheet in case.unread_hand().iter().filter(|sheet| is_it(sheet)) { (form(visit, case, sheet, kept)) } }
}

fn form<'a>(
    visit: &Visit,
    case: &Case,
    sheet: &Sheet,
    value: impl Fn(&FieldName) -> &'a str,
) -> Markup {
    let words = &visit.words;
    let may_enter = visit.may(case, ActionName::Transcribe);
    let rows = html! {
        ol .by-hand {
            @for (field, at) in &sheet.entries {
                li {
                    @if may_enter { (entry_form::part(words, field, value(&FieldName::from_key(&*field.key)))) }
                    @else { p .place { (field.labels.of(words.language)) } }
                    (piece(words, case, field, at))
                }
            }
        }
    };
    if !may_enter {
        return rows;
    }
    let form = html! {
        input type="hidden" name="scan" value=(sheet.scan);
        input type="hidden" name="page" value=(sheet.page);
        input type="hidden" name="back" value="findings";
        (rows)
        button { (words.say("by-hand-save")) }
    };
    act_form(visit, case, Page::Transcribe, "", &form)
}

/// The piece of the page where an entry is written.
pub fn piece(words: &Words, case: &Case, field: &SchemaField, at: &Place) -> Markup {
    let label = format!("{}, {}", field.labels.of(words.language), place(at, words));
    html! { @if let Some((page, bounds)) = page_of(case, at) { (crop(words, &page, bounds, &label)) } }
}
