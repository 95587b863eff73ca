//! What is answered where an action was not taken: why, what changed, and what had been typed.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use casework::case::action::ActionName;
use casework::case::{Case, Event, NotNow, Recorded};
use casework::ports::StoreError;
use maud::{Markup, html};

use super::Typed;
use crate::case::{entry_form, timeline};
use crate::door::Visit;
use crate::page::frame;
use crate::worklist::status_words;
use crate::{Desk, Sight, Store, appeal, audit, better_copy, case, refusal, strike_off};

/// Somebody was faster.
pub(super) async fn overtaken<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    visit: &Visit,
    seen: &Case,
    name: ActionName,
    typed: &Typed,
) -> Result<Response, StoreError> {
    let case = desk.store.load(&seen.id).await?;
    let case = case.unwrap_or_else(|| seen.clone());
    let events = desk.store.timeline(&case.id).await?;
    let since = |one: &&Recorded| typed.version().is_none_or(|version| one.version > version);
    let since: Vec<&Recorded> = events.iter().filter(since).collect();
    if name == ActionName::Approve && since.iter().any(|one| is_own_approval(one, visit)) {
        return Ok(super::to_case(&case, typed)); // The same press, sent twice.
    }
    let words = &visit.words;
    let content = html! {
        p { (words.say("overtaken")) }
        (timeline::list(words, &case, since.iter().copied()))
        (again(visit, &case, name, typed))
        p { a .button href={ "/cases/" (case.id) } { (words.say("overtaken-open")) } }
    };
    Ok(page(
        visit,
        StatusCode::CONFLICT,
        "overtaken-title",
        &content,
    ))
}

fn is_own_approval(one: &Recorded, visit: &Visit) -> bool {
    one.actor == visit.actor() && matches!(one.event, Event::Approved { .. })
}

/// The case, as it stands, does not allow it.
pub(super) fn not_now(
    visit: &Visit,
    case: &Case,
    name: ActionName,
    typed: &Typed,
    why: &NotNow,
) -> Response {
    let words = &visit.words;
    let holder = case.claimed_by.as_ref().and_then(|by| by.account.clone());
    let holder = holder.unwrap_or_default();
    let (status, sentence) = match why {
        NotNow::NotAllowed { status, .. } => {
            let status = status_words(words, *status);
            (
                StatusCode::CONFLICT,
                words.say_with("not-now-status", &[("status", &status)]),
            )
        }
        NotNow::InOtherHands => (
            StatusCode::CONFLICT,
            words.say_with("not-now-hands", &[("who", &holder)]),
        ),
        NotNow::AuditedBefore => (StatusCode::CONFLICT, words.say("not-now-audited")),
        NotNow::OwnProposal => (StatusCode::CONFLICT, words.say("not-now-own-proposal")),
        NotNow::ReasonNeeded => mend(words.say("not-now-reason")),
        NotNow::NoSuchValue { .. } => mend(words.say("not-now-value")),
        NotNow::NoText => mend(words.say("not-now-text")),
        NotNow::NoSuchFinding(_) => mend(words.say("not-now-finding")),
        NotNow::NoSuchScan => mend(words.say("not-now-scan")),
        NotNow::AppealLacks(_) => mend(words.say("not-now-appeal")),
        NotNow::AppealStands => (StatusCode::CONFLICT, words.say("not-now-appeal-stands")),
        NotNow::Nothing | NotNow::Broken(_) => mend(words.say("desk-not-now")),
    };
    let content = html! {
        p .complaint role="alert" { (sentence) }
        @if let NotNow::AppealLacks(faults) = why { (appeal::faults(words, faults)) }
        (again(visit, case, name, typed))
        p { a href={ "/cases/" (case.id) } { (words.say("desk-to-case")) } }
    };
    page(visit, status, "not-now-title", &content)
}

const fn mend(sentence: String) -> (StatusCode, String) {
    (StatusCode::UNPROCESSABLE_ENTITY, sentence)
}

/// What they typed: in a form that sends it anew against the case as it stands, or to copy where
/// the case no longer takes it. Nothing where they typed nothing.
fn again(visit: &Visit, case: &Case, name: ActionName, typed: &Typed) -> Markup {
    let words = &visit.words;
    if !visit.may(case, name) {
        let kept =
            ["value", "reason", "text", "word", "circumstances"].map(|field| typed.text(field));
        let kept = kept.iter().filter(|text| !text.is_empty());
        return html! {
            @for text in kept {
                label .kept { span { (words.say("overtaken-typed")) }
                    textarea readonly rows="8" { (text) } }
            }
        };
    }
    match name {
        ActionName::Correct => entry_form::again(visit, case, typed),
        ActionName::Transcribe => case::hand::again(visit, case, typed),
        ActionName::Approve => case::decide::approve(visit, case, Some(&typed.text("reason"))),
        ActionName::Refuse => refusal::again(visit, case, typed),
        ActionName::Audit => audit::form(visit, case, Some(typed)),
        ActionName::ReturnRefusal => refusal::second::return_form(visit, case, Some(typed)),
        ActionName::AskBetterCopy => better_copy::form(visit, case, typed),
        ActionName::StrikeOff => strike_off::form(visit, case, typed),
        ActionName::Appeal => appeal::form(visit, case, &typed.appeal()),
        ActionName::FileScan
        | ActionName::NoteSentAnyway
        | ActionName::DeclareCard
        | ActionName::Look
        | ActionName::Claim
        | ActionName::Release
        | ActionName::ConfirmRefusal
        | ActionName::HandOnAppeal
        | ActionName::Withdraw
        | ActionName::RequestCertificate
        | ActionName::ReissueCertificate
        | ActionName::Join => html! {},
    }
}

fn page(visit: &Visit, status: StatusCode, title: &str, content: &Markup) -> Response {
    let title = visit.words.say(title);
    let content = html! { div .narrow { h1 { (title) } (content) } };
    let page = frame(&visit.words, Some(visit), &title, &content);
    (status, page).into_response()
}
