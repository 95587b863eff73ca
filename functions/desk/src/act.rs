//! What people do to a case: a form becomes an action, the action a conditional write.
//!
//! Whoever acted on a version that is no longer the case's sees what changed and keeps what they
//! typed. Never here: which action is right; that is the case's own to say.

mod answer;
mod typed;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::case::action::{Action, ActionName};
use casework::case::{Case, NotNow};
use casework::crosscheck::surroundings;
use casework::ports::{Append, StoreError};

use crate::door::Visit;
use crate::page::store_failed;
use crate::{Desk, Sight, Store, audit};
pub use typed::Typed;

/// How a try to act ended.
enum Tried {
    Done,
    Overtaken,
    NotNow(NotNow),
}

/// Does what the form says, and shows the case after it.
pub async fn act<S: Store, E: Sight>(
    name: ActionName,
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(case): Extension<Arc<Case>>,
    Form(typed): Form<Typed>,
) -> Response {
    let (Some(version), Some(action)) = (typed.version(), typed.action(name)) else {
        return visit.sorry(StatusCode::BAD_REQUEST, "desk-unclear");
    };
    // Of those that were not drawn none is audited: else the share would say nothing of the rest.
    if name == ActionName::Audit && !audit::is_due(&desk.audits, &visit, &case) {
        return visit.sorry(StatusCode::CONFLICT, "desk-not-now");
    }
    let tried = if version == case.version {
        attempt(&desk, &visit, &case, action).await
    } else {
        Ok(Tried::Overtaken)
    };
    match tried {
        Ok(Tried::Done) => to_case(&case, &typed),
        Ok(Tried::NotNow(why)) => answer::not_now(&visit, &case, name, &typed, &why),
        Ok(Tried::Overtaken) => match answer::overtaken(&desk, &visit, &case, name, &typed).await {
            Ok(answer) => answer,
            Err(error) => store_failed(&visit.words, &error),
        },
        Err(error) => store_failed(&visit.words, &error),
    }
}

async fn attempt<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    visit: &Visit,
    case: &Case,
    action: Action,
) -> Result<Tried, StoreError> {
    let around = surroundings(&desk.store, case, &action).await?;
    let change = match case.apply(action, &visit.actor(), (desk.now)(), &around) {
        Ok(change) => change,
        // It stands already as they want it.
        Err(NotNow::Nothing) => return Ok(Tried::Done),
        Err(NotNow::Broken(why)) => return Err(StoreError::Permanent(why.to_string())),
        Err(why) => return Ok(Tried::NotNow(why)),
    };
    let written = desk.store.append(
        change.expected_version,
        &change.events,
        &change.case,
        &change.notices,
    );
    Ok(match written.await? {
        Append::Done => Tried::Done,
        Append::Conflict { .. } => Tried::Overtaken,
    })
}

/// Back to the case, at the place the form names.
fn to_case(case: &Case, typed: &Typed) -> Response {
    let plain = |text: &&str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let place = typed.one("back").filter(plain);
    let place = place.map_or_else(String::new, |id| format!("#{id}"));
    let to = format!("/cases/{}{place}", case.id);
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}
