//! Clerks and officers over HTTP: the worklist and the case.
//!
//! Handlers over the ports of `casework`, the same on one machine and in the cloud.
//! Never here: a rule about documents, the clock, a store's name, words in one language only.

mod case;
mod crop;
mod page;
mod worklist;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use casework::ports::{Cases, ReadScan, Scans, ShowPage};
use casework::scan::ScanId;
use casework::words::Language;
use jiff::Timestamp;

/// What the pages are made from.
#[derive(Debug)]
pub struct Desk<S, E> {
    /// Scans and cases.
    pub store: S,
    /// What turns a scan's page into a picture.
    pub eyes: E,
    /// The language of someone who has not chosen one.
    pub language: Language,
    /// The time, asked for with every request.
    pub now: fn() -> Timestamp,
}

/// What the desk keeps things in.
pub trait Store: Scans + Cases + 'static {}
impl<T: Scans + Cases + 'static> Store for T {}

/// What the desk sees with.
pub trait Sight: ReadScan + ShowPage + 'static {}
impl<T: ReadScan + ShowPage + 'static> Sight for T {}

/// Long side of the page picture a viewer gets, pixels: an A4 page stays readable.
const PICTURE_SIDE_PX_MAX: u32 = 2_000;

/// Every page of the desk.
pub fn router<S: Store, E: Sight>(desk: Desk<S, E>) -> Router {
    Router::new()
        .route("/", get(worklist::show::<S, E>))
        .route("/cases/{id}", get(case::show::<S, E>))
        .route("/scans/{scan}/pages/{page}", get(picture::<S, E>))
        .route("/language/{code}", get(page::choose_language))
        .route("/desk.css", get(stylesheet))
        .fallback(page::not_found::<S, E>)
        .layer(axum::middleware::map_response(page::guard))
        .with_state(Arc::new(desk))
}

async fn stylesheet() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("desk.css"),
    )
}

/// A page of a scan, as a picture made here.
async fn picture<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Path((scan, page)): Path<(String, u32)>,
) -> Response {
    let Ok(scan) = ScanId::try_from(scan) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let bytes = match desk.store.bytes(&scan).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    match desk.eyes.picture(&bytes, page, PICTURE_SIDE_PX_MAX).await {
        Ok(Some(jpeg)) => {
            let headers = [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
            ];
            (headers, jpeg).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
