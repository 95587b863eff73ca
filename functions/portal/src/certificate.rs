//! Another certificate of registration, on request: the officer issues it again.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use casework::case::action::{Action, ActionName, allowed};
use casework::case::{Case, Role};
use maud::html;
use web::address::to;

use crate::door::Visit;
use crate::follow::act;
use crate::held::{Failed, stands};
use crate::page::{back, page, store_failed};
use crate::{Portal, Sight, Store};

/// Whether the applicant may ask for one now.
pub fn may_be_asked_for(case: &Case) -> bool {
    allowed(case.status(), Role::Applicant).contains(&ActionName::RequestCertificate)
}

/// What asking for one means.
pub async fn show<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Result<Response, Failed> {
    let case = stands(&portal, &visit).await?;
    if !case.as_ref().is_some_and(may_be_asked_for) {
        return Ok(to(&visit.path("")));
    }
    let words = &visit.words;
    let title = words.say("portal-certificate-title");
    let content = html! {
        (back(words, &visit.path("")))
        h1 { (title) }
        p { (words.say("portal-certificate-help")) }
        form .stack method="post" action=(visit.path("certificate")) { button { (words.say("portal-certificate-go")) } }
    };
    Ok(page(words, &title, &content))
}

/// Asks for one.
pub async fn request<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    match act(&portal, &visit.application, Action::RequestCertificate).await {
        Ok(()) => to(&visit.path("")),
        Err(error) => store_failed(&visit.words, &error),
    }
}
