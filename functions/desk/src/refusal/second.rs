//! A refusal between two officers: what was proposed, for the second to confirm or send back; and
//! what came back, for the first.

use casework::case::action::ActionName;
use casework::case::{Actor, Case, Refusal};
use casework::words::Words;
use maud::{Markup, html};

use super::ground_key;
use crate::act::Typed;
use crate::case::{act_form, local};
use crate::door::Visit;
use crate::policy::Page;

/// What stands between the officers, if anything does: the first thing they are to read.
pub fn section(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    if let Some(proposed) = case.refusal_awaiting() {
        let by = who(&proposed.by);
        return html! {
            section #proposed .finding .hard tabindex="-1" aria-labelledby="proposed-title" {
                h2 #proposed-title { (words.say("refusal-proposed-title")) }
                p { (words.say_with("refusal-proposed-by", &[("who", by)])) " · " (local(case, proposed.at)) }
                (text(words, &proposed.refusal))
                (answers(visit, case))
            }
        };
    }
    let Some((refusal, returned)) = case.refusal_sent_back().filter(|_| case.end.is_none()) else {
        return html! {};
    };
    html! {
        section #proposed .finding .ask tabindex="-1" aria-labelledby="proposed-title" {
            h2 #proposed-title { (words.say("refusal-sent-back-title")) }
            p { (words.say_with("refusal-sent-back-by", &[("who", who(&returned.by))])) " " strong { (returned.word.reveal()) } }
            details .document { summary { (words.say("refusal-proposed-title")) } (text(words, refusal)) }
        }
    }
}

fn who(actor: &Actor) -> &str {
    actor.account.as_deref().unwrap_or_default()
}

/// The refusal as the applicant would get it, and what it rests on.
fn text(words: &Words, refusal: &Refusal) -> Markup {
    html! {
        p { strong { (words.say(&ground_key(refusal.ground))) } }
        blockquote .letter-text lang=(refusal.language.code()) {
            @for paragraph in refusal.reasons.reveal().split("\n\n") { p { (paragraph) } }
        }
        @if !refusal.findings.is_empty() {
            p { (words.say("refuse-rests-on")) ":" }
            ul .list { @for finding in &refusal.findings { li { (words.say(finding)) } } }
        }
    }
}

/// What may be said to it.
fn answers(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    let confirm = html! { button .grave data-key="send" { (words.say("refusal-confirm")) } };
    let own =
        visit.may(case, ActionName::ReturnRefusal) && !visit.may(case, ActionName::ConfirmRefusal);
    html! {
        @if own { p .quiet { (words.say("refusal-proposed-own")) } }
        @else { p .quiet { (words.say("refusal-proposed-help")) } }
        @if visit.may(case, ActionName::ConfirmRefusal) { (act_form(visit, case, Page::ConfirmRefusal, "", &confirm)) }
        @if visit.may(case, ActionName::ReturnRefusal) {
            details .edit {
                summary data-key="edit" { (words.say(if own { "refusal-take-back" } else { "refusal-return" })) "…" }
                (return_form(visit, case, None))
            }
        }
    }
}

/// Sends it back, with a word; with what was typed before.
pub fn return_form(visit: &Visit, case: &Case, typed: Option<&Typed>) -> Markup {
    let words = &visit.words;
    let content = html! {
        label { span { (words.say("refusal-return-word")) }
            textarea name="word" rows="3" required { (typed.map_or_else(String::new, |typed| typed.text("word"))) } }
        button .quiet { (words.say("refusal-return")) }
    };
    act_form(visit, case, Page::ReturnRefusal, "stack", &content)
}
