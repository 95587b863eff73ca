//! A paper that comes piece by piece: what is here of it, and one more piece. Sent again after a cut,
//! it goes on where it stopped.
//!
//! A paper is named by the sha256 of the whole, and only within its application. What came of it is
//! no paper yet: the form that says so makes it one.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use casework::ports::StoreError;
use casework::scan::ScanId;

use crate::door::{Visit, not_found};
use crate::misdirected::Came;
use crate::page::store_failed;
use crate::paper::{SIZE_BYTES_MAX, takes_papers};
use crate::{Portal, Sight, Store, misdirected};

/// Which byte of the paper a piece begins with.
const OFFSET: &str = "upload-offset";
/// The largest piece, bytes.
const PIECE_BYTES_MAX: usize = 1 << 20;

/// How many bytes of a paper are here.
pub async fn arrived<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Path((_, _, paper)): Path<(String, String, String)>,
) -> Response {
    let Ok(paper) = ScanId::try_from(paper) else {
        return not_found(&visit.words);
    };
    let reference = &visit.application.reference;
    answer(&visit, portal.store.arrived(reference, &paper).await)
}

/// Takes one more piece, where it follows what is here.
pub async fn take<S: Store, E: Sight>(
    State(portal): State<Arc<Portal<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
    Extension(came): Extension<Came>,
    Path((_, _, paper)): Path<(String, String, String)>,
    headers: HeaderMap,
    piece: Bytes,
) -> Response {
    match takes_papers(&portal, &visit.application).await {
        Ok(true) => {}
        Ok(false) => {
            return misdirected::lock_piece_away(&portal, &visit.words, &piece, came).await;
        }
        Err(error) => return store_failed(&visit.words, &error),
    }
    let offset = headers.get(OFFSET).and_then(|value| value.to_str().ok());
    let offset: Option<u64> = offset.and_then(|text| text.parse().ok());
    let (Some(offset), Ok(paper)) = (offset, ScanId::try_from(paper)) else {
        return not_found(&visit.words);
    };
    let until = usize::try_from(offset)
        .ok()
        .and_then(|at| at.checked_add(piece.len()));
    if piece.len() > PIECE_BYTES_MAX || until.is_none_or(|until| until > SIZE_BYTES_MAX) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let reference = &visit.application.reference;
    let here = match portal.store.arrived(reference, &paper).await {
        Ok(here) if here != offset => {
            return (StatusCode::CONFLICT, here.to_string()).into_response();
        }
        Ok(_) => portal.store.add(reference, &paper, offset, &piece).await,
        failed => failed,
    };
    answer(&visit, here)
}

fn answer(visit: &Visit, arrived: Result<u64, StoreError>) -> Response {
    match arrived {
        Ok(bytes) => bytes.to_string().into_response(),
        Err(error) => store_failed(&visit.words, &error),
    }
}
