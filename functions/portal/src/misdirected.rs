//! A paper that came for no application, or for one that takes none: locked away, and one answer.
//!
//! Whether there is such an application must not be told, neither by the answer nor by the time it
//! takes: the answer goes out at the next beat since the request came, whatever was done until then.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::Response;
use casework::words::Words;
use tokio::time::{Instant, sleep_until};

use crate::door::not_found;
use crate::page::store_failed;
use crate::sent::{Sent, sent};
use crate::{Portal, Sight, Store};

/// Between two beats: longer than locking a paper away takes.
const BEAT: Duration = Duration::from_millis(250);

/// When a request came, on a clock that tells no time of day.
#[derive(Debug, Clone, Copy)]
pub struct Came(Instant);

impl Came {
    /// It comes now.
    pub fn now() -> Self {
        Self(Instant::now())
    }

    /// Waits for the next beat since then.
    async fn beat(self) {
        let beats = self.0.elapsed().as_millis() / BEAT.as_millis() + 1;
        let beats = u32::try_from(beats).unwrap_or(u32::MAX);
        sleep_until(self.0 + BEAT.saturating_mul(beats)).await;
    }
}

/// Locks the paper of this request away and answers as to what is not there.
pub async fn paper<S: Store, E: Sight>(
    portal: &Arc<Portal<S, E>>,
    words: &Words,
    request: Request,
    came: Came,
) -> Response {
    let sent = match Multipart::from_request(request, portal).await {
        Ok(form) => sent(form).await.ok(),
        Err(_) => None,
    };
    lock_away(portal, words, sent, came).await
}

/// The same of a piece of one.
pub async fn piece<S: Store, E: Sight>(
    portal: &Arc<Portal<S, E>>,
    words: &Words,
    request: Request,
    came: Came,
) -> Response {
    let piece = Bytes::from_request(request, portal).await;
    lock_piece_away(portal, words, &piece.unwrap_or_default(), came).await
}

/// Locks away a piece that was sent.
pub async fn lock_piece_away<S: Store, E: Sight>(
    portal: &Arc<Portal<S, E>>,
    words: &Words,
    piece: &[u8],
    came: Came,
) -> Response {
    let sent = (!piece.is_empty()).then(|| Sent::of(piece.to_vec()));
    lock_away(portal, words, sent, came).await
}

/// Locks away what was sent. It gets a name of its own: the same bytes may be somebody's good
/// paper, which stays where it is.
pub async fn lock_away<S: Store, E: Sight>(
    portal: &Arc<Portal<S, E>>,
    words: &Words,
    sent: Option<Sent>,
    came: Came,
) -> Response {
    if let Some(sent) = sent {
        let head = format!("misdirected paper of {}\n", (portal.now)());
        let locked = [head.as_bytes(), &sent.bytes].concat();
        if let Err(error) = portal.store.quarantine(&locked).await {
            return store_failed(words, &error);
        }
    }
    came.beat().await;
    not_found(words)
}
