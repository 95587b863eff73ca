//! The children on a card, a row each.

use casework::card::children::{CHILDREN, Child, listed, written};
use casework::words::Words;
use maud::{Markup, html};

use crate::card::shown_day;
use crate::form::{Problem, Typed, mend};

/// Rows that are there to be filled in; more where more are named already.
const ROWS: usize = 4;

/// The rows, with what stands in them; folded up where nothing does.
pub fn rows(words: &Words, label: &str, value: &str, mending: &[Problem]) -> Markup {
    let key = CHILDREN;
    let children = listed(value);
    let empty = ROWS.max(children.len() + 1) - children.len();
    let filled = !children.is_empty();
    let all = children
        .into_iter()
        .chain(std::iter::repeat_with(Child::default).take(empty));
    html! {
        details .entry .children id=(key.as_str()) open[filled || mending.iter().any(|problem| problem.at == key.as_str())] {
            summary { (label) " " span .quiet { (words.say("portal-optional")) } }
            (mend(mending, key.as_str()))
            p .quiet { (words.say("portal-children-help")) }
            @for (child, number) in all.zip(1..) { (row(words, &child, number)) }
        }
    }
}

fn row(words: &Words, child: &Child, number: usize) -> Markup {
    let fields = [
        ("name", child.name.clone(), None),
        ("birth_date", shown_day(&child.birth_date), Some("numeric")),
        ("iin", child.iin.clone(), Some("numeric")),
    ];
    html! {
        fieldset .child {
            legend { (words.say_with("portal-child", &[("number", &number.to_string())])) }
            @for (name, value, inputmode) in fields {
                label { span { (words.say(&format!("portal-child-{}", name.replace('_', "-")))) }
                    input name=(part(number, name)) value=(value) inputmode=[inputmode] maxlength="200" autocomplete="off" spellcheck="false";
                }
            }
        }
    }
}

/// The rows that were sent, as the one text of the entry.
pub fn typed(typed: &Typed) -> String {
    let text = |number, name| typed.text(&part(number, name)).to_owned();
    let children = (1..).map_while(|number| {
        let sent = typed.has(&part(number, "name"));
        sent.then(|| Child {
            name: text(number, "name"),
            birth_date: text(number, "birth_date"),
            iin: text(number, "iin"),
        })
    });
    written(&children.collect::<Vec<_>>())
}

fn part(number: usize, name: &str) -> String {
    format!("{CHILDREN}.{number}.{name}")
}
