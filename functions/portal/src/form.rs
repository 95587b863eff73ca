//! What a person sent with a form, and the marks of a form that is shown again.

use casework::words::Words;
use maud::{Markup, html};
use serde::Deserialize;

/// The fields of a form, in order.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Typed(Vec<(String, String)>);

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl Typed {
    /// Whether this name was sent.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// The value of this name; empty where it was not sent.
    pub fn text(&self, name: &str) -> &str {
        let mut found = self.0.iter().filter(|(known, _)| known == name);
        found.next().map_or("", |(_, value)| value.as_str())
    }
}

/// Something to mend on a page: the control it is about, and the sentence.
pub struct Problem {
    /// The id of the control.
    pub at: String,
    /// What happened and what to do.
    pub sentence: String,
}

/// What is to be mended, first on the page, with a way to each place.
pub fn problems(words: &Words, problems: &[Problem]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div .complaint role="alert" tabindex="-1" #problems {
                h2 { (words.say("portal-problems")) }
                ul { @for problem in problems { li { a href={ "#" (problem.at) } { (problem.sentence) } } } }
            }
        }
    }
}

/// The sentence beside a control, where something is to be mended there.
pub fn mend(problems: &[Problem], at: &str) -> Markup {
    let mut here = problems.iter().filter(|problem| problem.at == at);
    html! {
        @if let Some(problem) = here.next() {
            p .mend id={ (at) "-mend" } { (problem.sentence) }
        }
    }
}
