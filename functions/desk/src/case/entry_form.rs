//! A form for one entry of the card: the right value, in the shape the entry has.

use casework::card::schema::{EntryType, Schema, SchemaField};
use casework::case::Case;
use casework::words::Words;
use maud::{Markup, html};

use super::act_form;
use crate::act::Typed;
use crate::door::Visit;
use crate::policy::Page;

/// Enters another value; `back` is the place on the case's page to come back to.
pub fn form(visit: &Visit, case: &Case, field: &SchemaField, value: &str, back: &str) -> Markup {
    let words = &visit.words;
    let label = field.labels.of(words.language);
    let content = html! {
        input type="hidden" name="field" value=(field.key);
        input type="hidden" name="back" value=(back);
        label { span { (label) } (input(words, field, value, true, None)) }
        button .quiet { (words.say("edit-save")) }
    };
    act_form(visit, case, Page::Correct, "entry-form", &content)
}

/// The part of a form that enters this among other values; it may be left empty. What is known already is offered
/// when it is asked for, and never stands there by itself. `form` tells the forms of a page apart.
pub fn part(
    words: &Words,
    form: &str,
    field: &SchemaField,
    value: &str,
    known: Option<&str>,
) -> Markup {
    let chosen = matches!(
        field.entry_type,
        EntryType::Choice | EntryType::Sex | EntryType::Bool
    );
    let known = known.filter(|_| !chosen);
    let list = known.map(|known| (format!("{form}-{}", field.key), known));
    html! {
        input type="hidden" name="field" value=(field.key);
        label { span { (field.labels.of(words.language)) }
            (input(words, field, value, false, list.as_ref().map(|(id, _)| id.as_str()))) }
        @if let Some((id, known)) = &list { datalist id=(id) { option value=(known) {} } }
    }
}

/// The form with what was typed into it before.
pub fn again(visit: &Visit, case: &Case, typed: &Typed) -> Markup {
    let key = typed.one("field").unwrap_or_default();
    let back = typed.one("back").unwrap_or_default();
    html! {
        @if let Some(field) = Schema::current().field(key) { (form(visit, case, field, &typed.text("value"), back)) }
    }
}

/// Takes the value of this letter.
pub fn take(visit: &Visit, case: &Case, field: &SchemaField, value: &str, letter: char) -> Markup {
    let letter = letter.to_string();
    let shown = field.shown(value, &visit.words);
    let content = html! {
        input type="hidden" name="field" value=(field.key);
        input type="hidden" name="back" value="findings";
        button .quiet name="value" value=(value) data-key={ "take-" (letter.to_lowercase()) } {
            (visit.words.say_with("take", &[("letter", &letter)])) span .hidden { ": " (shown) }
        }
    };
    act_form(visit, case, Page::Correct, "take", &content)
}

/// The input of an entry; `list` offers values for it.
fn input(
    words: &Words,
    field: &SchemaField,
    value: &str,
    required: bool,
    list: Option<&str>,
) -> Markup {
    let choose = |codes: &[&str]| {
        html! {
            select name="value" required[required] {
                option value="" {}
                @for code in codes { option value=(code) selected[*code == value] { (field.shown(code, words)) } }
            }
        }
    };
    let typed = |mode: Option<&str>, like: Option<&str>, length: u32| {
        html! {
            input name="value" value=(value) inputmode=[mode] placeholder=[like] maxlength=(length) autocomplete="off"
                list=[list] required[required];
        }
    };
    match field.entry_type {
        EntryType::Choice => {
            let all: Vec<&str> = field.choices.iter().map(|c| c.code.as_str()).collect();
            choose(&all)
        }
        EntryType::Sex => choose(&["F", "M"]),
        EntryType::Bool => choose(&["true", "false"]),
        EntryType::Iin => typed(Some("numeric"), None, 20),
        EntryType::Date => typed(Some("numeric"), Some("1990-06-14"), 10),
        EntryType::Text
        | EntryType::Name
        | EntryType::Number
        | EntryType::Country
        | EntryType::Consent => typed(None, None, 1000),
    }
}
