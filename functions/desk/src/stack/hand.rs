//! A person says where a page belongs; whoever keeps the machine brings it there a moment later.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::case::{CaseId, CaseKind};
use casework::ports::StoreError;
use casework::stack::{HandAction, NotByHand, PageRef, Stack};

use crate::act::Typed;
use crate::door::Visit;
use crate::page::store_failed;
use crate::{Desk, Sight, Store};

/// What a form says of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It belongs to a case.
    Place,
    /// It is a new case's.
    NewCase,
    /// It is nobody's.
    Drop,
}

/// Does what the form says, and shows the stack after it.
pub async fn say<S: Store, E: Sight>(
    said: Said,
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(stack): Extension<Arc<Stack>>,
    Form(typed): Form<Typed>,
) -> Response {
    let number = |name: &str| typed.one(name).and_then(|text| text.parse().ok());
    let at = number("file").zip(number("page"));
    let Some((file, page)) = at else {
        return visit.sorry(StatusCode::BAD_REQUEST, "desk-unclear");
    };
    let at = PageRef { file, page };
    let action = match said {
        Said::Place => match open_case(&desk.store, &visit, &typed).await {
            Ok(Some(case)) => HandAction::Place(case),
            Ok(None) => return visit.sorry(StatusCode::CONFLICT, "stack-no-open-case"),
            Err(error) => return store_failed(&visit.words, &error),
        },
        Said::NewCase => match typed.one("kind") {
            Some("permanent") => HandAction::NewCase(CaseKind::Permanent),
            Some("temporary") => HandAction::NewCase(CaseKind::Temporary),
            _ => return visit.sorry(StatusCode::BAD_REQUEST, "desk-unclear"),
        },
        Said::Drop => HandAction::Drop(typed.text("reason").into()),
    };
    let next = match stack.by_hand(at, action, &visit.actor(), (desk.now)()) {
        Ok(next) => next,
        Err(NotByHand::NoReason) => {
            return visit.sorry(StatusCode::BAD_REQUEST, "stack-no-reason");
        }
        Err(NotByHand::NotYet | NotByHand::NotWaiting) => {
            return visit.sorry(StatusCode::CONFLICT, "stack-not-waiting");
        }
    };
    match desk.store.keep_stack(&next).await {
        Ok(true) => {
            let to = format!("/stacks/{}#hand", stack.id);
            (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
        }
        // Somebody else said something first.
        Ok(false) => visit.sorry(StatusCode::CONFLICT, "stack-not-waiting"),
        Err(error) => store_failed(&visit.words, &error),
    }
}

/// The case that the form names, if it is one of the person's missions and still open.
async fn open_case(
    store: &impl Store,
    visit: &Visit,
    typed: &Typed,
) -> Result<Option<CaseId>, StoreError> {
    let named = ["reference", "case"].into_iter();
    let mut named = named.filter_map(|name| typed.one(name).filter(|text| !text.trim().is_empty()));
    let Some(Ok(id)) = named.next().map(|text| CaseId::try_from(text.to_owned())) else {
        return Ok(None);
    };
    let case = store.load(&id).await?;
    let case = case.filter(|case| visit.account.reach.holds(&case.manifest.mission));
    Ok(case.filter(|case| case.end.is_none()).map(|case| case.id))
}
