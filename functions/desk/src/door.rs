//! The door: every request comes through it. Who asks, may they, is the form their own.
//!
//! Never here: which page does what.

mod cookies;
pub mod login;
pub mod password;
mod secret;
pub mod sign_in;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use casework::account::{Account, Session};
use casework::case::action::ActionName;
use casework::case::{Actor, Case, CaseId};
use casework::ports::StoreError;
use casework::stack::{Stack, StackId};
use casework::words::Words;
use web::address::own_path;
use web::cookie;

use crate::page::{sorry, store_failed, words_for};
use crate::policy::{Page, Who};
use crate::{Desk, Sight, Store, keys};
use cookies::{DOOR, SESSION};
pub use secret::Secret;
pub(crate) use secret::same as same_token;

/// A form at most, bytes: a refusal's text in the longest script, with room.
const FORM_BYTES_MAX: usize = 64 << 10;

/// Someone who was let in.
#[derive(Debug)]
pub struct Visit {
    /// The words of their language.
    pub words: Words,
    /// Who they are.
    pub account: Account,
    /// What their forms must carry.
    pub form_token: String,
    /// Whether their browser listens to single keys.
    pub keys: bool,
    secret: Secret,
}

impl Visit {
    /// Who they are to a case.
    pub fn actor(&self) -> Actor {
        Actor {
            role: self.account.role,
            account: Some(self.account.name.to_string()),
        }
    }

    /// Whether they may do this to the case as it stands: what a button is shown by. The case
    /// itself is asked again when they do.
    pub fn may(&self, case: &Case, action: ActionName) -> bool {
        case.lets(&self.actor(), action)
    }
}

/// Lets in whom the policy lets in.
pub async fn guard<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    matched: Option<MatchedPath>,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let words = words_for(&desk, request.headers());
    let path = matched.as_ref().map(MatchedPath::as_str);
    let Some(path) = path else {
        return sorry(&words, None, StatusCode::NOT_FOUND, "desk-not-found");
    };
    let Some(page) = Page::of(request.method(), path) else {
        return sorry(&words, None, StatusCode::FORBIDDEN, "desk-denied");
    };
    let let_in = match page.who() {
        Who::Anyone => at_the_door(&words, request).await,
        Who::Staff(roles) => {
            let visit = match known(&desk, request.headers()).await {
                Ok(Some((account, secret))) => Visit {
                    form_token: secret.form_token(),
                    keys: keys::are_on(request.headers()),
                    words,
                    account,
                    secret,
                },
                Ok(None) => return stranger(&words, &request),
                Err(error) => return store_failed(&words, &error),
            };
            if !roles.contains(&visit.account.role) {
                return visit.sorry(StatusCode::FORBIDDEN, "desk-denied");
            }
            inside(&desk, page, visit, &params, request).await
        }
    };
    match let_in {
        Ok(request) => next.run(request).await,
        Err(response) => *response,
    }
}

/// What stands in the way of a request.
type Let = Result<Request, Box<Response>>;

/// A page for anyone; its forms are held to the secret that the login page gave.
async fn at_the_door(words: &Words, request: Request) -> Let {
    let secret = cookie(request.headers(), DOOR.name).and_then(Secret::read);
    let token = secret.map(|secret| secret.form_token());
    with_token(request, token.as_deref())
        .await
        .ok_or_else(|| Box::new(sorry(words, None, StatusCode::FORBIDDEN, "desk-stale-form")))
}

/// A page for the people of the desk: the form is theirs, the case is their mission's.
async fn inside<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    page: Page,
    visit: Visit,
    params: &RawPathParams,
    request: Request,
) -> Let {
    let turned_away = |status, key| Err(Box::new(visit.sorry(status, key)));
    let request = if page.carries_files() {
        Some(request)
    } else {
        with_token(request, Some(&visit.form_token)).await
    };
    let Some(mut request) = request else {
        return turned_away(StatusCode::FORBIDDEN, "desk-stale-form");
    };
    if page.names_stack() {
        let id = params.iter().find(|(name, _)| *name == "id");
        match stack_of(desk, &visit, id.map(|(_, id)| id)).await {
            Ok(Some(stack)) => {
                request.extensions_mut().insert(Arc::new(stack));
            }
            Ok(None) => return turned_away(StatusCode::NOT_FOUND, "stack-none"),
            Err(error) => return Err(Box::new(store_failed(&visit.words, &error))),
        }
    }
    if page.names_case() {
        let id = params.iter().find(|(name, _)| *name == "id");
        match case_of(desk, &visit, id.map(|(_, id)| id)).await {
            Ok(Some(case)) => {
                request.extensions_mut().insert(Arc::new(case));
            }
            Ok(None) => return turned_away(StatusCode::NOT_FOUND, "desk-no-case"),
            Err(error) => return Err(Box::new(store_failed(&visit.words, &error))),
        }
    }
    request.extensions_mut().insert(Arc::new(visit));
    Ok(request)
}

/// The case of this reference, if there is one and the person belongs to its mission.
async fn case_of<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    visit: &Visit,
    id: Option<&str>,
) -> Result<Option<Case>, StoreError> {
    let Some(Ok(id)) = id.map(|id| CaseId::try_from(id.to_owned())) else {
        return Ok(None);
    };
    let case = desk.store.load(&id).await?;
    Ok(case.filter(|case| visit.account.reach.holds(&case.manifest.mission)))
}

/// The stack of this name, if there is one and the person belongs to its mission.
async fn stack_of<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    visit: &Visit,
    id: Option<&str>,
) -> Result<Option<Stack>, StoreError> {
    let Some(Ok(id)) = id.map(|id| StackId::try_from(id.to_owned())) else {
        return Ok(None);
    };
    let stack = desk.store.stack(&id).await?;
    Ok(stack.filter(|stack| visit.account.reach.holds(&stack.terms.mission)))
}

/// Nobody we know: to the login page, and back from there; what was typed is not lost silently.
fn stranger(words: &Words, request: &Request) -> Response {
    if request.method() == Method::POST {
        return sorry(words, None, StatusCode::FORBIDDEN, "desk-session-over");
    }
    let asked = request.uri().path_and_query().map_or("/", |p| p.as_str());
    let to = format!("/login?{}", login::next_query(own_path(asked)));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The account of the browser that asks, while its session lives.
async fn known<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    headers: &HeaderMap,
) -> Result<Option<(Account, Secret)>, StoreError> {
    let Some(secret) = cookie(headers, SESSION.name).and_then(Secret::read) else {
        return Ok(None);
    };
    let (key, now) = (secret.key(), (desk.now)());
    let session = desk.store.session(&key).await?;
    let Some(session) = session.filter(|session: &Session| session.lives(now)) else {
        return Ok(None);
    };
    if session.use_is_news(now) {
        desk.store.note_use(&key, now).await?;
    }
    let account = desk.store.account(&session.account).await?;
    Ok(account.map(|account| (account, secret)))
}

/// The request, if it changes nothing or its form carries this token.
async fn with_token(request: Request, token: Option<&str>) -> Option<Request> {
    if request.method() != Method::POST {
        return Some(request);
    }
    let token = token?;
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, FORM_BYTES_MAX).await.ok()?;
    let form = form_urlencoded::parse(&bytes);
    let mut given = form.filter(|(name, _)| name == "token");
    let own = given
        .next()
        .is_some_and(|(_, value)| secret::same(&value, token));
    (own && given.next().is_none()).then(|| Request::from_parts(head, Body::from(bytes)))
}
