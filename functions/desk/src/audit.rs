//! A second look at a clean case that was drawn: shown to those who oversee, after the decision.

use casework::audit::Audits;
use casework::card::schema::Schema;
use casework::case::Case;
use casework::case::action::ActionName;
use casework::worklist::WorklistRow;
use maud::{Markup, html};

use crate::act::Typed;
use crate::case::act_form;
use crate::door::Visit;
use crate::policy::Page;

/// Whether this person is to look at the case a second time.
pub fn is_due(audits: &Audits, visit: &Visit, case: &Case) -> bool {
    visit.may(case, ActionName::Audit) && audits.waits(&WorklistRow::of(case))
}

/// What is asked of them.
pub fn section(audits: &Audits, visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    html! {
        @if is_due(audits, visit, case) {
            section #audit .finding .ask tabindex="-1" aria-labelledby="audit-title" {
                h2 #audit-title { (words.say("audit")) }
                p { (words.say("audit-help")) }
                (form(visit, case, None))
            }
        }
    }
}

/// The outcome; with what was typed before.
pub fn form(visit: &Visit, case: &Case, typed: Option<&Typed>) -> Markup {
    let words = &visit.words;
    let was = |name: &str| typed.map_or_else(String::new, |typed| typed.text(name));
    let (field, word) = (was("field"), was("word"));
    let agrees = html! {
        input type="hidden" name="outcome" value="agrees";
        button data-key="send" { (words.say("audit-agrees-send")) }
    };
    let differs = html! {
        input type="hidden" name="outcome" value="differs";
        label { span { (words.say("audit-field")) }
            select name="field" required {
                option value="" {}
                @for known in Schema::current().fields_of(case.manifest.kind) {
                    option value=(known.key) selected[known.key == field] { (known.labels.of(words.language)) }
                }
            } }
        label { span { (words.say("audit-word")) }
            textarea name="word" rows="2" required { (word) } }
        button .quiet { (words.say("audit-differs-send")) }
    };
    html! {
        (act_form(visit, case, Page::Audit, "", &agrees))
        details .edit open[typed.is_some()] {
            summary data-key="edit" { (words.say("audit-differs")) "…" }
            (act_form(visit, case, Page::Audit, "stack", &differs))
        }
    }
}
