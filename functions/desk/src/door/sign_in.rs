//! Signing in at the organisation's OpenID provider.
//!
//! While the person is away their browser keeps one secret. What the provider gets to see follows
//! from it, so that nobody else's browser can bring an answer back; the store keeps that the sign-in
//! began, and gives it out once. Who may do what is the account's, never the provider's to say.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::account::{Identity, SignIn};
use casework::ports::{IdentityProvider, ProviderError, StoreError};
use casework::words::Words;
use jiff::Timestamp;
use maud::html;
use serde::Deserialize;
use web::address::{own_path, to};
use web::cookie;

use super::cookies::{DOOR, SESSION, SIGN_IN};
use super::login::{Asked, begin_session};
use super::secret::{self, Secret};
use crate::page::{frame, sorry, store_failed, words_for};
use crate::{Desk, Sight, Store};

/// A path that is kept while a person is away, at most: every page's, with what it is asked.
const NEXT_BYTES_MAX: usize = 512;

/// What the provider says in the address it sends the browser back to.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Answer {
    state: String,
    code: String,
    error: String,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer(…)")
    }
}

/// Why nobody was let in.
enum Not {
    /// It is over, was answered already, or began elsewhere.
    Over,
    /// The provider, or the person there, said no.
    Declined,
    /// The provider does not answer.
    Silent,
    /// Its answer proves nothing.
    Refused,
    /// They are who they are, and have no account.
    Nobody(Identity),
    /// The store failed.
    Failed(StoreError),
}

impl From<StoreError> for Not {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl From<ProviderError> for Not {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Silent(_) => Self::Silent,
            ProviderError::Refused(_) => Self::Refused,
        }
    }
}

/// Sends the browser to the provider.
pub async fn begin<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&desk, &headers);
    let Some(provider) = &desk.provider else {
        return sorry(&words, None, StatusCode::NOT_FOUND, "desk-not-found");
    };
    match sent_off(&desk, provider.as_ref(), &asked.next).await {
        Ok((secret, address)) => {
            let kept = SIGN_IN.keep_for_sign_in(&desk, secret.reveal());
            ([(header::SET_COOKIE, kept)], to(&address)).into_response()
        }
        Err(not) => not.page(&words),
    }
}

async fn sent_off<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    provider: &dyn IdentityProvider,
    next: &str,
) -> Result<(Secret, String), Not> {
    let secret = Secret::new().map_err(|e| StoreError::Transient(e.to_string()))?;
    let address = provider.address(&secret.binding()).await?;
    let now = (desk.now)();
    let sign_in = SignIn {
        key: secret.sign_in_key(),
        began_at: now,
        next: next_to_keep(next).to_owned(),
    };
    let forget_before = now.saturating_sub(SignIn::WHOLE_MAX);
    let forget_before = forget_before.unwrap_or(Timestamp::MIN);
    desk.store.begin_sign_in(&sign_in, forget_before).await?;
    Ok((secret, address))
}

/// The path to keep meanwhile. Strangers ask, and what they ask is not to fill the store.
fn next_to_keep(next: &str) -> &str {
    let next = own_path(next);
    if next.len() <= NEXT_BYTES_MAX {
        next
    } else {
        "/"
    }
}

/// Takes the browser that comes back.
pub async fn come_back<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    answer: Result<Query<Answer>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&desk, &headers);
    let Some(provider) = &desk.provider else {
        return sorry(&words, None, StatusCode::NOT_FOUND, "desk-not-found");
    };
    let Query(answer) = answer.unwrap_or_default();
    match let_in(&desk, provider.as_ref(), &answer, &headers).await {
        Ok((session, next)) => {
            let mut response = onward(&words, &next);
            let session = SESSION.keep(&desk, session.reveal());
            for set in [session, DOOR.drop(&desk), SIGN_IN.drop(&desk)] {
                response.headers_mut().append(header::SET_COOKIE, set);
            }
            response
        }
        // Another's answer ends no sign-in that this browser has begun.
        Err(not) => not.page(&words),
    }
}

/// The secret of a session that begins now, and where the person wanted to be.
async fn let_in<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    provider: &dyn IdentityProvider,
    answer: &Answer,
    headers: &HeaderMap,
) -> Result<(Secret, String), Not> {
    let secret = cookie(headers, SIGN_IN.name).and_then(Secret::read);
    let secret = secret.ok_or(Not::Over)?;
    let binding = secret.binding();
    if !secret::same(&answer.state, &binding.state) {
        return Err(Not::Over);
    }
    let sign_in = desk.store.take_sign_in(&secret.sign_in_key()).await?;
    let sign_in = sign_in.filter(|sign_in| sign_in.lives((desk.now)()));
    let sign_in = sign_in.ok_or(Not::Over)?;
    if !answer.error.is_empty() || answer.code.is_empty() {
        return Err(Not::Declined);
    }
    let identity = provider.identity(&answer.code, &binding, sign_in.began_at);
    let identity = identity.await?;
    let Some(account) = desk.store.account_of(&identity).await? else {
        return Err(Not::Nobody(identity));
    };
    Ok((begin_session(desk, account.name).await?, sign_in.next))
}

/// On to where they wanted to be, by a page of our own: a redirect would go on what the provider's
/// site began, and the browser would keep the session's cookie back.
fn onward(words: &Words, next: &str) -> Response {
    let title = words.say("login-oidc-in-title");
    let content = html! {
        h1 { (title) }
        p { a .button href=(own_path(next)) { (words.say("login-oidc-in-on")) } }
    };
    let refresh = format!("0; url={}", own_path(next));
    (
        [(header::REFRESH, refresh)],
        frame(words, None, &title, &content),
    )
        .into_response()
}

impl Not {
    /// The page that says what happened and what to do.
    fn page(self, words: &Words) -> Response {
        let (status, key) = match &self {
            Self::Over => (StatusCode::FORBIDDEN, "login-oidc-over"),
            Self::Declined => (StatusCode::FORBIDDEN, "login-oidc-declined"),
            Self::Silent => (StatusCode::SERVICE_UNAVAILABLE, "login-oidc-silent"),
            Self::Refused => (StatusCode::FORBIDDEN, "login-oidc-refused"),
            Self::Nobody(_) => (StatusCode::FORBIDDEN, "login-oidc-nobody"),
            Self::Failed(error) => return store_failed(words, error),
        };
        let title = words.say(&format!("{key}-title"));
        let content = html! {
            h1 { (title) }
            p { (words.say(key)) }
            // To them alone: for whoever can give them an account.
            @if let Self::Nobody(identity) = &self {
                p { (words.say("login-oidc-subject")) ": " code { (identity.subject.reveal()) } }
            }
            p { a href="/login" { (words.say("login-title")) } }
        };
        (status, frame(words, None, &title, &content)).into_response()
    }
}
