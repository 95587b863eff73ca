//! Logging in and out.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::account::{AccountName, Session};
use casework::ports::StoreError;
use casework::words::Words;
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use web::address::{own_path, to};
use web::cookie;

use super::cookies::{DOOR, SESSION};
use super::secret::Secret;
use super::{Visit, password};
use crate::page::{frame, sorry, store_failed, words_for};
use crate::{Desk, Sight, Store};

/// What the address of the login page says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) next: String,
}

/// What a person typed. Its token was looked at already.
#[derive(Deserialize)]
pub struct Typed {
    name: String,
    password: String,
    #[serde(default)]
    next: String,
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

/// The part of an address that says where to go after logging in.
pub(super) fn next_query(path: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", path).finish()
}

/// The page.
pub async fn show<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let words = words_for(&desk, &headers);
    ask(&desk, &words, &headers, &asked.next, StatusCode::OK, None)
}

/// Asks for name and password, perhaps again.
fn ask<S, E>(
    desk: &Desk<S, E>,
    words: &Words,
    headers: &HeaderMap,
    next: &str,
    status: StatusCode,
    complaint: Option<&str>,
) -> Response {
    let known = cookie(headers, DOOR.name).and_then(Secret::read);
    let Ok(secret) = known.map_or_else(Secret::new, Ok) else {
        return sorry(
            words,
            None,
            StatusCode::SERVICE_UNAVAILABLE,
            "desk-store-failed",
        );
    };
    let with_provider = desk.provider.is_some();
    let content = ways_in(words, &secret.form_token(), next, complaint, with_provider);
    let page = frame(words, None, &words.say("login-title"), &content);
    let kept = DOOR.keep(desk, secret.reveal());
    (status, [(header::SET_COOKIE, kept)], page).into_response()
}

/// The ways in: where there is a provider, that of most people first.
fn ways_in(
    words: &Words,
    token: &str,
    next: &str,
    complaint: Option<&str>,
    with_provider: bool,
) -> Markup {
    let next = own_path(next);
    html! {
        div .login {
            h1 { (words.say("login-title")) }
            @if with_provider {
                // A link and no form: a browser holds a form's redirects to the policy of the page.
                p { a .button href={ "/login/oidc?" (next_query(next)) } { (words.say("login-oidc")) } }
                h2 { (words.say("login-or")) }
            }
            @if let Some(complaint) = complaint { p .complaint role="alert" { (complaint) } }
            form method="post" action="/login" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="next" value=(next);
                label { span { (words.say("login-name")) }
                    input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="40" required autofocus[!with_provider]; }
                label { span { (words.say("login-password")) }
                    input name="password" type="password" autocomplete="current-password" maxlength="128" required; }
                button .quiet[with_provider] { (words.say("login-enter")) }
            }
            p .quiet { (words.say("login-help")) }
        }
    }
}

/// Takes name and password.
pub async fn log_in<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let words = words_for(&desk, &headers);
    let again = |status, complaint: &str| {
        ask(
            &desk,
            &words,
            &headers,
            &typed.next,
            status,
            Some(complaint),
        )
    };
    match try_login(&desk, &typed).await {
        Ok(Tried::In(secret)) => {
            let kept = SESSION.keep(&desk, secret.reveal());
            let mut response = to(own_path(&typed.next));
            let dropped = DOOR.drop(&desk);
            for set in [kept, dropped] {
                response.headers_mut().append(header::SET_COOKIE, set);
            }
            response
        }
        Ok(Tried::Wrong) => again(StatusCode::FORBIDDEN, &words.say("login-wrong")),
        Ok(Tried::TooOften { wait_s }) => {
            let wait = [("seconds", wait_s.to_string())];
            let wait = wait.each_ref().map(|(name, value)| (*name, value.as_str()));
            again(
                StatusCode::TOO_MANY_REQUESTS,
                &words.say_with("login-wait", &wait),
            )
        }
        Err(error) => store_failed(&words, &error),
    }
}

/// How a try ended.
enum Tried {
    In(Secret),
    Wrong,
    TooOften { wait_s: i64 },
}

async fn try_login<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    typed: &Typed,
) -> Result<Tried, StoreError> {
    let now = (desk.now)();
    let Ok(name) = AccountName::try_from(typed.name.clone()) else {
        return Ok(Tried::Wrong);
    };
    let failures = desk.store.count_try(&name, now).await?;
    if let Some(at) = failures.next_try_at().filter(|at| now < *at) {
        let wait_s = at.duration_since(now).as_secs() + 1;
        return Ok(Tried::TooOften { wait_s });
    }
    let account = desk.store.account(&name).await?;
    if !password::opens(account.as_ref(), &typed.password) {
        return Ok(Tried::Wrong);
    }
    desk.store.forget_tries(&name).await?;
    begin_session(desk, name).await.map(Tried::In)
}

/// A session of this account that begins now: its secret, for the browser alone.
pub(super) async fn begin_session<S: Store, E: Sight>(
    desk: &Desk<S, E>,
    account: AccountName,
) -> Result<Secret, StoreError> {
    let now = (desk.now)();
    let secret = Secret::new().map_err(|e| StoreError::Transient(e.to_string()))?;
    let session = Session {
        key: secret.key(),
        account,
        began_at: now,
        used_at: now,
    };
    let forget_before = now
        .saturating_sub(Session::WHOLE_MAX)
        .unwrap_or(Timestamp::MIN);
    desk.store.keep_session(&session, forget_before).await?;
    Ok(secret)
}

/// Ends the session.
pub async fn log_out<S: Store, E: Sight>(
    State(desk): State<Arc<Desk<S, E>>>,
    Extension(visit): Extension<Arc<Visit>>,
) -> Response {
    if let Err(error) = desk.store.end_session(&visit.secret.key()).await {
        return store_failed(&visit.words, &error);
    }
    let dropped = SESSION.drop(&desk);
    let to = HeaderValue::from_static("/login");
    let headers = [(header::SET_COOKIE, dropped), (header::LOCATION, to)];
    (StatusCode::SEE_OTHER, headers).into_response()
}
