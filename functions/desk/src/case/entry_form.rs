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
        label { span { (label) } (input(words, field, value, true)) }
        button .quiet { (words.say("edit-save")) }
    };
    act_form(visit, case, Page::Correct, "entry-form", &content)
}

/// The part of a form that enters this among other values; it may be left empty.
pub fn part(words: &Words, field: &SchemaField, value: &str) -> Markup {
    html! {
        input type="hidden" name="field" value=(field.key);
        label { span { (field.labels.of(words.language)) } (input(words, field, value, false)) }
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

fn input(words: &Words, field: &SchemaField, value: &str, required: bool) -> Markup {
    let choose = |options: Vec<(String, String)>| {
        html! {
            select name="value" required[required] {
                option value="" {}
                @for (code, shown) in options { option value=(code) selected[code == value] { (shown) } }
            }
        }
    };
    let codes = |codes: &[&str]| {
        let pair = |code: &&str| ((*code).to_owned(), field.shown(code, words));
        codes.iter().map(pair).collect()
    };
    match field.entry_type {
        EntryType::Choice => {
            let all: Vec<&str> = field.choices.iter().map(|c| c.code.as_str()).collect();
            choose(codes(&all))
        }
        EntryType::Sex => choose(codes(&["F", "M"])),
        EntryType::Bool => choose(codes(&["true", "false"])),
        EntryType::Iin => {
            html! { input name="value" value=(value) inputmode="numeric" maxlength="20" autocomplete="off" required[required]; }
        }
        EntryType::Date => {
            html! { input name="value" value=(value) inputmode="numeric" placeholder="1990-06-14" maxlength="10" autocomplete="off" required[required]; }
        }
        EntryType::Text
        | EntryType::Name
        | EntryType::Number
        | EntryType::Country
        | EntryType::Consent => {
            html! { input name="value" value=(value) maxlength="1000" autocomplete="off" required[required]; }
        }
    }
}
