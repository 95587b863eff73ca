//! Handing in: an application becomes a case through the intake, signed or to be signed at the counter.
//!
//! That it was handed in is written first; then its case is made, as often as it takes: whoever dies
//! in between leaves an application that waits to be handed over, and nothing is lost.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use casework::application::Application;
use casework::case::CaseId;
use casework::ports::{Applications, ReadScan, StoreError};
use casework::signing::ElectronicSignature;
use intake::{Intake, IntakeError};
use issue::{QUIET_MODULES, modules};
use jiff::Timestamp;
use maud::{Markup, html};
use web::address::to;

use crate::door::Visit;
use crate::held::change;
use crate::page::{back, page, store_failed};
use crate::step::not_taken;
use crate::when::{city, time};
use crate::{Portal, Sight, Store};

/// Applications handed over in one go.
const AT_ONCE: u32 = 64;

/// Hands it in, and shows how it stands.
pub async fn hand_in<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    visit: &Visit,
    signature: Option<ElectronicSignature>,
) -> Response {
    let now = (portal.now)();
    let kept = change(portal, &visit.application, |application| {
        application.handed_in(signature.clone(), now)
    })
    .await;
    let application = match kept {
        Ok(Ok(application)) => application,
        Ok(Err(why)) => return not_taken(visit, &why),
        Err(error) => return store_failed(&visit.words, &error),
    };
    // What fails here is done when the application is next looked at, or the portal next starts.
    let _ = hand_over(&portal.store, &portal.eyes, &application, now).await;
    to(&visit.path(""))
}

/// Makes the case of an application that was handed in, and files the papers that came since. Doing
/// it again changes nothing.
///
/// # Errors
/// [`IntakeError`]; it is then to be handed over again.
pub async fn hand_over<S: Store>(
    store: &S,
    eyes: &impl ReadScan,
    application: &Application,
    now: Timestamp,
) -> Result<Application, IntakeError> {
    let beyond = |why: String| IntakeError::Store(StoreError::Permanent(why));
    let Some(manifest) = application.manifest() else {
        return Err(beyond("the application was not handed in".to_owned()));
    };
    let due = application
        .due(manifest.received_at)
        .map_err(|e| beyond(e.to_string()))?;
    let intake = Intake::new(store, eyes);
    let case: CaseId = intake.open(&manifest, due.due_at, now).await?;
    for pages in &manifest.scans {
        match intake.file(&case, pages, now).await {
            // A case that has ended takes nothing, now or later.
            Ok(_) | Err(IntakeError::NotTaken { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    for sent in &manifest.sent_anyway {
        match intake.note(&case, sent, now).await {
            Ok(()) | Err(IntakeError::NotTaken { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let standing = application.clone().standing();
    // Who was faster has written the same, or more.
    store.keep_application(&standing).await?;
    Ok(standing)
}

/// Hands over what waits since something failed; how many were, and how many wait still.
///
/// # Errors
/// [`StoreError`] where the store cannot say what waits.
pub async fn hand_over_waiting<S: Store>(
    store: &S,
    eyes: &impl ReadScan,
    now: Timestamp,
) -> Result<(usize, usize), StoreError> {
    let waiting = Applications::to_hand_over(store, AT_ONCE).await?;
    let mut done = 0;
    for application in &waiting {
        done += usize::from(hand_over(store, eyes, application, now).await.is_ok());
    }
    Ok((done, waiting.len() - done))
}

/// Says what handing in without a signature means.
pub async fn counter<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    let words = &visit.words;
    if visit.application.confirmed.is_none() || visit.application.handed_in.is_some() {
        return to(&visit.path(""));
    }
    let title = words.say("portal-counter-title");
    let due = visit.application.due((portal.now)()).ok();
    let content = html! {
        (back(words, &visit.path("sign")))
        h1 { (title) }
        p { (words.say("portal-counter-help")) }
        @if let Some(due) = due { p { (words.say("portal-counter-due")) " " (time(words, &visit.application, due.due_at)) } }
        form .stack method="post" action=(visit.path("counter")) { button { (words.say("portal-counter-go")) } }
    };
    page(words, &title, &content)
}

/// Hands it in without a signature.
pub async fn unsigned<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    hand_in(&portal, &visit, None).await
}

/// The slip for the counter: the reference, to read and to scan; nothing of a person.
pub async fn slip(Extension(visit): Extension<Arc<Visit>>) -> Response {
    let (words, application) = (&visit.words, &visit.application);
    if application.handed_in.is_none() {
        return to(&visit.path(""));
    }
    let title = words.say("portal-slip-title");
    let content = html! {
        (back(words, &visit.path("")))
        h1 { (title) }
        p .reference .large { (application.reference) }
        (code(application.reference.as_str(), &words.say("portal-slip-code")))
        p { (words.say("portal-slip-mission")) " " strong { (city(words, application)) } }
        h2 { (words.say("portal-slip-bring")) }
        ul .list {
            li { (words.say("portal-slip-bring-originals")) }
            li { (words.say("portal-slip-bring-slip")) }
        }
        p { (words.say("portal-slip-sign")) }
        p { button .quiet type="button" data-print hidden { (words.say("portal-slip-print")) } }
    };
    page(words, &title, &content)
}

/// A text as a QR code.
fn code(text: &str, label: &str) -> Markup {
    let Some(code) = modules(text) else {
        return html! {};
    };
    let side = code.side + 2 * QUIET_MODULES;
    let dark = code.dark.iter().enumerate().filter(|(_, dark)| **dark);
    let squares: Vec<String> = dark
        .map(|(index, _)| {
            let (x, y) = (
                index % code.side + QUIET_MODULES,
                index / code.side + QUIET_MODULES,
            );
            format!("M{x} {y}h1v1h-1z")
        })
        .collect();
    let path = squares.concat();
    html! {
        svg .qr role="img" aria-label=(label) viewBox=(format!("0 0 {side} {side}")) width="180" height="180" shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}
