//! After the handing in: how the case stands, what is asked, its papers, withdrawing.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use casework::application::{Application, Slot};
use casework::case::action::{Action, ActionName, allowed};
use casework::case::{Actor, Case, CaseKind, Event, NotNow, Recorded, Role, Status};
use casework::crosscheck::surroundings;
use casework::mission::Missions;
use casework::ports::{Append, StoreError};
use casework::words::{Words, key_of};
use issue::{Issue, IssueError, Order, PaperKind, standing};
use maud::{Markup, html};
use web::address::to;

use crate::door::{Visit, not_found, path_of};
use crate::hand_in::hand_over;
use crate::page::{back, page, store_failed};
use crate::when::time;
use crate::{Portal, Sight, Store, certificate};

/// In whose name the holder of a link acts.
const APPLICANT: Actor = Actor {
    role: Role::Applicant,
    account: None,
};
/// Tries at a write that others are faster with.
const ATTEMPTS_MAX: u32 = 8;

/// How the application stands.
pub async fn show<S: Store, E: Sight>(portal: &Portal<S, E>, visit: &Visit) -> Response {
    let case = match case_of(portal, &visit.application).await {
        Ok(case) => case,
        Err(error) => return store_failed(&visit.words, &error),
    };
    let timeline = match portal.store.timeline(&visit.application.reference).await {
        Ok(timeline) => timeline,
        Err(error) => return store_failed(&visit.words, &error),
    };
    let words = &visit.words;
    let title = words.say("portal-follow-title");
    let content = if let Some(case) = &case {
        standing_page(visit, case, &timeline)
    } else {
        html! {
            h1 { (words.say("portal-handed-in-title")) }
            p { (words.say("portal-handed-in-soon")) }
            p { (words.say("portal-reference")) ": " strong .reference { (visit.application.reference) } }
        }
    };
    page(words, &title, &content)
}

/// The case; made now, where something failed when the application was handed in.
async fn case_of<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
) -> Result<Option<Case>, StoreError> {
    let is_case = application
        .handed_in
        .as_ref()
        .is_some_and(|handed_in| handed_in.is_case);
    if !is_case {
        let _ = hand_over(&portal.store, &portal.eyes, application, (portal.now)()).await;
    }
    portal.store.load(&application.reference).await
}

fn standing_page(visit: &Visit, case: &Case, timeline: &[Recorded]) -> Markup {
    let (words, application) = (&visit.words, &visit.application);
    let status = case.status_told();
    let signed = application
        .handed_in
        .as_ref()
        .is_some_and(|handed_in| handed_in.signature.is_some());
    html! {
        div .standing {
            h1 { (words.say(&format!("portal-status-{}", key_of(status.as_str())))) }
            p { (words.say("portal-reference")) ": " strong .reference { (case.id) } }
        }
        @if case.end.is_none() {
            p { (words.say("portal-follow-due")) " " strong { (time(words, application, case.due_at)) } }
        }
        (asks(visit, case))
        @if !signed && case.end.is_none() {
            section .note {
                h2 { (words.say("portal-follow-counter")) }
                p { (words.say("portal-follow-counter-help")) }
                p { a .button href=(visit.path("slip")) { (words.say("portal-slip-title")) } }
            }
        }
        (documents(visit, case))
        (next(words, case))
        h2 { (words.say("portal-follow-happened")) }
        ol .happened {
            @for one in timeline.iter().rev() {
                @if let Some(key) = told(one) {
                    li { span { (words.say(key)) } " " span .place { (time(words, application, one.at)) } }
                }
            }
        }
        p { a href=(visit.path("link")) { (words.say("portal-keep-title")) } }
        p { a href=(visit.path("data")) { (words.say("portal-data-title")) } }
        @if allowed(status, Role::Applicant).contains(&ActionName::Withdraw) {
            p { a href=(visit.path("withdraw")) { (words.say("portal-withdraw-title")) } }
        }
    }
}

/// What is asked of the applicant, and where to send it.
fn asks(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    let asks = case.asks_of_applicant();
    html! {
        @if !asks.is_empty() {
            section .note aria-labelledby="asked" {
                h2 #asked { (words.say("portal-follow-asked")) }
                ul .list {
                    @for ask in asks {
                        li { @if let Some(kind) = ask.document { strong { (words.say(kind.key())) } ": " } (words.say(&ask.why)) }
                    }
                }
                p { a .button href=(visit.path(&format!("papers/{}", Slot::Other.as_str()))) { (words.say("portal-follow-send")) } }
            }
        }
    }
}

fn documents(visit: &Visit, case: &Case) -> Markup {
    let words = &visit.words;
    let kinds = standing(case);
    html! {
        @if !kinds.is_empty() {
            h2 { (words.say("portal-follow-documents")) }
            ul .list {
                @for kind in kinds {
                    li { a href=(visit.path(&format!("documents/{}", kind.as_str()))) { (words.say(&format!("paper-kind-{}", kind.as_str()))) } " " span .quiet { "PDF" } }
                }
            }
            @if certificate::may_be_asked_for(case) { p { a href=(visit.path("certificate")) { (words.say("portal-certificate-title")) } } }
            @if case.certificate_requested { p .note { (words.say("portal-certificate-waits")) } }
        }
    }
}

/// What follows, in plain words.
fn next(words: &Words, case: &Case) -> Markup {
    let key = match case.status_told() {
        Status::Registered | Status::CertificateRequested => match case.manifest.kind {
            CaseKind::Permanent => "portal-next-registered-permanent",
            CaseKind::Temporary => "portal-next-registered-temporary",
        },
        Status::Refused => "portal-next-refused",
        Status::Appealed => "portal-next-appealed",
        Status::WithSuperior => "portal-next-with-superior",
        Status::Withdrawn => "portal-next-withdrawn",
        Status::StruckOff => "portal-next-struck-off",
        Status::Joined => "portal-next-joined",
        Status::Reading
        | Status::AwaitingBetterCopy
        | Status::AwaitingOtherSide
        | Status::AwaitingDocuments
        | Status::AwaitingApplicant
        | Status::AwaitingOfficer
        | Status::AwaitingSecondOfficer => "portal-next-open",
    };
    html! {
        h2 { (words.say("portal-follow-next")) }
        p { (words.say(key)) }
        @if case.status() == Status::Refused {
            p { a href=(path_of(&case.id, "appeal")) { (words.say("portal-appeal-title")) } }
        } @else if case.appeal.is_some() {
            p { a href=(path_of(&case.id, "appeal")) { (words.say("portal-appeal-stands")) } }
        }
        @if case.status() == Status::Appealed {
            p { a href=(path_of(&case.id, &format!("papers/{}", Slot::Other.as_str()))) { (words.say("portal-appeal-attach")) } }
        }
    }
}

/// What the applicant is told of an event; the machine's own steps are not theirs to follow.
const fn told(one: &Recorded) -> Option<&'static str> {
    Some(match &one.event {
        Event::Opened { .. } => "portal-event-opened",
        Event::ScanFiled { .. } => "portal-event-read",
        Event::CardDeclared { .. } => "portal-event-card",
        Event::BetterCopyAsked { .. } => "portal-event-better-copy",
        Event::Claimed => "portal-event-in-hand",
        Event::Approved { .. } => "portal-event-registered",
        Event::Refused { .. } => "portal-event-refused",
        Event::Appealed { .. } => "portal-event-appealed",
        Event::AppealHandedOn => "portal-event-appeal-handed-on",
        Event::Withdrawn => "portal-event-withdrawn",
        Event::StruckOff { .. } => "portal-event-struck-off",
        Event::CertificateRequested => "portal-event-certificate-requested",
        Event::CertificateReissued { .. } => "portal-event-certificate-reissued",
        Event::Joined { .. } | Event::JoinedInto { .. } => "portal-event-joined",
        Event::SentAnyway(_)
        | Event::Corrected { .. }
        | Event::Transcribed(_)
        | Event::Derived { .. }
        | Event::Looked
        | Event::Released
        | Event::RefusalProposed { .. }
        | Event::RefusalReturned { .. }
        | Event::Audited { .. } => return None,
    })
}

/// A printed paper that the case supports as it stands.
pub async fn document<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((_, kind)): Path<(String, String)>,
) -> Response {
    let Some(kind) = PaperKind::from_name(&kind) else {
        return not_found(&visit.words);
    };
    let issue = Issue {
        store: &portal.store,
        seal: &portal.seal,
        missions: Missions::embedded(),
    };
    let reference = &visit.application.reference;
    let printed = async {
        let today = issue.today(reference, (portal.now)()).await?;
        let order = Order {
            kind,
            with_english: false,
            today,
        };
        issue.paper(reference, order).await
    };
    match printed.await {
        Ok(paper) => {
            let name = format!("attachment; filename=\"{}\"", paper.file_name);
            let name =
                HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("attachment"));
            let kind = HeaderValue::from_static("application/pdf");
            (
                [
                    (header::CONTENT_TYPE, kind),
                    (header::CONTENT_DISPOSITION, name),
                ],
                paper.pdf,
            )
                .into_response()
        }
        Err(IssueError::Store(error)) => store_failed(&visit.words, &error),
        Err(_) => not_found(&visit.words),
    }
}

/// What withdrawing means.
pub async fn withdrawal(Extension(visit): Extension<Arc<Visit>>) -> Response {
    let words = &visit.words;
    let title = words.say("portal-withdraw-title");
    let content = html! {
        (back(words, &visit.path("")))
        h1 { (title) }
        p { (words.say("portal-withdraw-help")) }
        form .stack method="post" action=(visit.path("withdraw")) { button .grave { (words.say("portal-withdraw-go")) } }
    };
    page(words, &title, &content)
}

/// Withdraws.
pub async fn withdraw<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    match act(&portal, &visit.application, Action::Withdraw).await {
        Ok(()) => to(&visit.path("")),
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// Does it to the case as it stands. Where the case does not allow it any more, its page says how it stands.
pub async fn act<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
    action: Action,
) -> Result<(), StoreError> {
    for _ in 0..ATTEMPTS_MAX {
        let Some(case) = portal.store.load(&application.reference).await? else {
            return Ok(());
        };
        let around = surroundings(&portal.store, &case, &action).await?;
        let change = match case.apply(action.clone(), &APPLICANT, (portal.now)(), &around) {
            Ok(change) => change,
            Err(NotNow::Broken(why)) => return Err(StoreError::Permanent(why.to_string())),
            Err(_) => return Ok(()),
        };
        let written = portal.store.append(
            change.expected_version,
            &change.events,
            &change.case,
            &change.notices,
        );
        if written.await? == Append::Done {
            return Ok(());
        }
    }
    Err(StoreError::Transient(
        "the case is being changed by others".to_owned(),
    ))
}
