//! A paper that came for no application, or for one that takes none: locked away, and one answer.
//!
//! Whether there is such an application must not be told, neither by the answer nor by the time it
//! takes: either way the paper is locked away, and that is what takes the time.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use axum::response::Response;
use casework::words::Words;

use crate::door::not_found;
use crate::page::store_failed;
use crate::paper::{Sent, sent};
use crate::{Portal, Sight, Store};

/// Locks the paper of this request away and answers as to what is not there.
pub async fn paper<S: Store, E: Sight>(
    portal: &Arc<Portal<S, E>>,
    words: &Words,
    request: Request,
) -> Response {
    match Multipart::from_request(request, portal).await {
        Ok(form) => lock_away(portal, words, sent(form).await.ok()).await,
        Err(_) => not_found(words),
    }
}

/// Locks away what was sent. It gets a name of its own: the same bytes may be somebody's good
/// paper, which stays where it is.
pub async fn lock_away<S: Store, E: Sight>(
    portal: &Arc<Portal<S, E>>,
    words: &Words,
    sent: Option<Sent>,
) -> Response {
    let Some(sent) = sent else {
        return not_found(words);
    };
    let head = format!("misdirected paper of {}\n", (portal.now)());
    let locked = [head.as_bytes(), &sent.bytes].concat();
    match portal.store.quarantine(&locked).await {
        Ok(_) => not_found(words),
        Err(error) => store_failed(words, &error),
    }
}
