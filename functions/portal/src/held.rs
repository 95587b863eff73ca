//! An application as it is held: with what was read of its papers, and changed step by step.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use casework::application::{Application, NotTaken};
use casework::case::Case;
use casework::ports::StoreError;
use intake::{Intake, IntakeError, outcome};

use crate::door::Visit;
use crate::page::store_failed;
use crate::{Portal, Sight, Store};

/// Tries at a write that another tab is faster with.
const ATTEMPTS_MAX: u32 = 8;

/// The case that an application would be now. A paper that cannot be read at the moment is left
/// out: nothing waits for it, and it is read when it is next asked for.
pub async fn draft<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
) -> Result<Case, StoreError> {
    let intake = Intake::new(&portal.store, &portal.eyes);
    let at = (portal.now)();
    let mut read = Vec::new();
    for pages in application.scans() {
        match intake.seen(&pages).await {
            Ok(seen) => {
                let received_on = at.to_zoned(jiff::tz::TimeZone::UTC).date();
                let outcome = outcome(seen, &pages, received_on);
                read.push((pages, outcome));
            }
            Err(IntakeError::Store(error)) => return Err(error),
            Err(_) => {}
        }
    }
    let draft = application.draft(read, at);
    draft.map_err(|why| StoreError::Permanent(why.to_string()))
}

/// The store failed while a page was being made for someone.
pub struct Failed {
    visit: Arc<Visit>,
    error: StoreError,
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        store_failed(&self.visit.words, &self.error)
    }
}

impl Failed {
    fn of(visit: &Arc<Visit>) -> impl FnOnce(StoreError) -> Self {
        let visit = Arc::clone(visit);
        |error| Self { visit, error }
    }
}

/// The same for a visit.
pub async fn drafted<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    visit: &Arc<Visit>,
) -> Result<Case, Failed> {
    let draft = draft(portal, &visit.application).await;
    draft.map_err(Failed::of(visit))
}

/// The case of what was handed in; none of a draft.
pub async fn stands<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    visit: &Arc<Visit>,
) -> Result<Option<Case>, Failed> {
    let case = portal.store.load(&visit.application.reference).await;
    case.map_err(Failed::of(visit))
}

/// Changes the application as it stands, again where another tab was faster.
pub async fn change<S: Store, E: Sight>(
    portal: &Portal<S, E>,
    application: &Application,
    how: impl Fn(Application) -> Result<Application, NotTaken>,
) -> Result<Result<Application, NotTaken>, StoreError> {
    let mut stands = application.clone();
    for _ in 0..ATTEMPTS_MAX {
        let changed = match how(stands.clone()) {
            Ok(changed) => changed,
            Err(why) => return Ok(Err(why)),
        };
        if portal.store.keep_application(&changed).await? {
            return Ok(Ok(changed));
        }
        let again = portal
            .store
            .application(&application.reference, &application.link)
            .await?;
        stands = again.unwrap_or(stands);
    }
    Err(StoreError::Transient(
        "the application is being changed by others".to_owned(),
    ))
}
