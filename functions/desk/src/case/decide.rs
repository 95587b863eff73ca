//! The decision: what may be done to the case, each by one press or one page.

use casework::case::action::ActionName;
use casework::case::{Case, Status};
use casework::finding::Severity;
use maud::{Markup, html};

use super::{act_form, path};
use crate::door::Visit;
use crate::policy::Page;

/// Everything that may be done now by this person; nothing else is shown.
pub fn bar(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    html! {
        div .decide role="group" aria-label=(words.say("decide")) {
            @if visit.may(case, ActionName::Approve) { (approve(visit, case, None)) }
            @if case.refusal_awaiting().is_some() {
                a .button .quiet href="#proposed" data-key="refuse" { (words.say("refusal-read")) }
            }
            @if visit.may(case, ActionName::Refuse) {
                a .button .quiet href=(path(case, Page::Refusal)) data-key="refuse" { (words.say("decide-refuse")) }
            }
            @if visit.may(case, ActionName::AskBetterCopy) {
                a .button .quiet href=(path(case, Page::BetterCopy)) data-key="better-copy" { (words.say("decide-better-copy")) }
            }
            (in_hand(visit, case))
            @if case.certificate_requested { (reissue(visit, case, "")) }
            @if visit.may(case, ActionName::StrikeOff) {
                a .button .quiet href=(path(case, Page::StrikingOff)) { (words.say("decide-strike-off")) }
            }
            @if visit.may(case, ActionName::Appeal) && !case.appeal.as_ref().is_some_and(|lodged| lodged.appeal.is_signed()) {
                a .button .quiet href=(path(case, Page::Appealing)) { (words.say("decide-appeal")) }
            }
            @if visit.may(case, ActionName::DeclareCard) && Page::CaseCoverSheet.who().includes(visit.account.role) {
                a .button .plain href=(path(case, Page::CaseCoverSheet)) { (words.say("cover-sheet")) }
            }
            @if case.status().ended() {
                a .button href={ "/next?after=" (case.id) } data-key="open" { (words.say("decide-next")) }
            }
        }
        @if let Some(sentence) = hands(visit, case) { p .hands { (sentence) } }
    }
}

/// Registers: one press where nothing hard is open, else with the reason why all the same.
pub fn approve(visit: &Visit, case: &Case, typed: Option<&str>) -> Markup {
    let words = &visit.words;
    let typed = typed.unwrap_or_default();
    if !case.has(Severity::Hard) {
        let press = html! { button data-key="approve" { (words.say("decide-approve")) } };
        return act_form(visit, case, Page::Approve, "", &press);
    }
    let reason = html! {
        label { span { (words.say("decide-reason")) }
            textarea name="reason" rows="3" required { (typed) } }
        button { (words.say("decide-approve-anyway")) }
    };
    html! {
        details .anyway open[!typed.is_empty()] {
            summary .button .quiet data-key="approve" { (words.say("decide-approve-anyway")) "…" }
            (act_form(visit, case, Page::Approve, "stack", &reason))
        }
    }
}

/// Issues the certificate again.
pub fn reissue(visit: &Visit, case: &Case, class: &str) -> Markup {
    let press = html! { button class=(class) { (visit.words.say("certificate-reissue")) } };
    html! {
        @if visit.may(case, ActionName::ReissueCertificate) { (act_form(visit, case, Page::ReissueCertificate, "", &press)) }
    }
}

/// Takes the case in hand, or gives it back.
fn in_hand(visit: &Visit, case: &Case) -> Markup {
    let (page, action, key) = match &case.claimed_by {
        Some(_) => (Page::Release, ActionName::Release, "decide-release"),
        None => (Page::Claim, ActionName::Claim, "decide-claim"),
    };
    let press = html! { button .plain data-key="claim" { (visit.words.say(key)) } };
    html! { @if visit.may(case, action) { (act_form(visit, case, page, "", &press)) } }
}

/// Who has it in hand, while that matters.
fn hands(visit: &Visit, case: &Case) -> Option<String> {
    let holder = case
        .claimed_by
        .as_ref()
        .filter(|_| !case.status().ended())?;
    if *holder == visit.actor() {
        return Some(visit.words.say("hands-own"));
    }
    let who = holder.account.as_deref().unwrap_or_default();
    let status = case.status();
    let said = visit.words.say_with("hands-other", &[("who", who)]);
    (status != Status::Reading).then_some(said)
}
