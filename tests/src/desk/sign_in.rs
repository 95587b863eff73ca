//! Signing in at an OpenID provider, coming back, being turned away.

use std::collections::BTreeMap;
use std::future::ready;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{StatusCode, header};
use casework::account::Identity;
use casework::case::Role;
use casework::ports::{Accounts, Asked, Binding, IdentityProvider, KeepAccount, ProviderError};
use desk::{Desk, router};
use jiff::{SignedDuration, Timestamp};

use super::{Answer, CLOCK, ask, hire, pair, settings, try_login};
use crate::contract::accounts::{account_of, identity};
use crate::memory::Memory;

/// A provider that keeps to the protocol, and lets in whom the code names, once.
#[derive(Debug, Default)]
pub(super) struct There(Mutex<BTreeMap<String, Binding>>);

const AT: &str = "https://id.ministry.example/authorize";

impl IdentityProvider for There {
    fn address<'a>(&'a self, binding: &'a Binding) -> Asked<'a, String> {
        let state = &binding.state;
        self.0
            .lock()
            .unwrap()
            .insert(state.clone(), binding.clone());
        Box::pin(ready(Ok(format!("{AT}?state={state}"))))
    }

    fn identity<'a>(
        &'a self,
        code: &'a str,
        binding: &'a Binding,
        _: Timestamp,
    ) -> Asked<'a, Identity> {
        let begun = self.0.lock().unwrap().remove(&binding.state);
        let found = match code {
            "down" => Err(ProviderError::Silent("it is down")),
            subject if begun.as_ref() == Some(binding) => Ok(identity(subject)),
            _ => Err(ProviderError::Refused("another began it")),
        };
        Box::pin(ready(found))
    }
}

/// A provider that is down.
#[derive(Debug)]
struct Down;

impl IdentityProvider for Down {
    fn address<'a>(&'a self, _: &'a Binding) -> Asked<'a, String> {
        Box::pin(ready(Err(ProviderError::Silent("it is down"))))
    }

    fn identity<'a>(&'a self, _: &'a str, _: &'a Binding, _: Timestamp) -> Asked<'a, Identity> {
        Box::pin(ready(Err(ProviderError::Silent("it is down"))))
    }
}

/// A desk whose people may sign in there.
pub(super) fn desk_beside_provider(store: &Memory) -> Router {
    desk_beside(store, There::default())
}

fn desk_beside(store: &Memory, provider: impl IdentityProvider + 'static) -> Router {
    router(Desk {
        provider: Some(Arc::new(provider)),
        ..settings(store)
    })
}

/// A browser that is away at the provider: its cookie, and the state that is to come back.
pub(super) struct Away {
    pub(super) cookie: String,
    pub(super) state: String,
}

pub(super) async fn send_away(desk: &Router, next: &str) -> Away {
    let sent = ask(desk, &format!("/login/oidc?next={next}"), "", None).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let cookie = sent.set_cookie("tirkeu_sign_in").unwrap();
    let state = sent
        .location()
        .unwrap()
        .strip_prefix(&format!("{AT}?state="));
    Away {
        state: state.unwrap().to_owned(),
        cookie: pair(&cookie).to_owned(),
    }
}

pub(super) async fn come_back(desk: &Router, cookie: &str, state: &str, code: &str) -> Answer {
    let path = format!("/login/oidc/callback?code={code}&state={state}");
    ask(desk, &path, cookie, None).await
}

/// Adds an officer who signs in at the provider, as this subject of it.
pub(super) async fn hire_there(store: &Memory, who: &str, subject: &str) {
    let account = account_of(who, subject);
    let kept = store.keep_account(&account, KeepAccount::New).await;
    assert!(kept.unwrap());
}

#[tokio::test]
async fn who_signed_in_there_is_in_here_as_with_a_password() {
    let store = Memory::default();
    hire_there(&store, "aida", "248").await;
    for over_tls in [false, true] {
        let desk = router(Desk {
            over_tls,
            provider: Some(Arc::new(There::default())),
            ..settings(&store)
        });
        let sent = ask(&desk, "/login/oidc?next=%2F%3Fstatus%3Drefused", "", None).await;
        let away = sent.set_cookie("tirkeu_sign_in").unwrap();
        for attribute in [
            "HttpOnly",
            "SameSite=Lax",
            "Max-Age=600",
            "Path=/login/oidc",
        ] {
            assert!(away.contains(&format!("; {attribute}")), "{away}");
        }
        assert_eq!(away.contains("; Secure"), over_tls, "{away}");
        let (_, secret) = pair(&away).split_once('=').unwrap();
        assert_eq!(secret.len(), 64, "256 bits");
        assert!(!sent.location().unwrap().contains(secret));
        assert!(!store.holds_text(secret), "only its hash is kept");

        let (_, state) = sent.location().unwrap().split_once("state=").unwrap();
        let back = come_back(&desk, pair(&away), state, "248").await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.body);
        // By a page of ours: after a redirect the browser would keep the session's cookie back.
        assert_eq!(back.headers[header::REFRESH], "0; url=/?status=refused");
        let session = back.set_cookie("tirkeu_session").unwrap();
        assert!(session.contains("; HttpOnly; SameSite=Strict"), "{session}");
        assert_eq!(session.contains("; Secure"), over_tls, "{session}");
        assert!(
            back.set_cookie("tirkeu_sign_in")
                .unwrap()
                .contains("Max-Age=0")
        );
        let worklist = ask(&desk, "/", pair(&session), None).await;
        assert_eq!(worklist.status, StatusCode::OK);
        assert!(worklist.body.contains("aida"), "{}", worklist.body);
    }
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_began_and_in_time() {
    let store = Memory::default();
    hire_there(&store, "aida", "248").await;
    let desk = desk_beside_provider(&store);
    let (own, other) = (send_away(&desk, "/").await, send_away(&desk, "/").await);
    let turned_away = async |cookie: &str, state: &str, why: &str| {
        let answer = come_back(&desk, cookie, state, "248").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{why}");
        assert!(answer.set_cookie("tirkeu_session").is_none(), "{why}");
        assert!(
            answer.body.contains("Start again."),
            "{why}: {}",
            answer.body
        );
    };
    turned_away("", &own.state, "no cookie").await;
    turned_away("tirkeu_sign_in=nonsense", &own.state, "no secret").await;
    turned_away(&other.cookie, &own.state, "another browser").await;
    turned_away(&own.cookie, &other.state, "another's answer").await;
    turned_away(&own.cookie, "", "no state").await;
    turned_away(&own.cookie, &"0".repeat(64), "a forged state").await;
    turned_away(&own.cookie, &format!("{}&state=x", own.state), "two states").await;
    // None of which ended the sign-in itself.
    let back = come_back(&desk, &own.cookie, &own.state, "248").await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    turned_away(&own.cookie, &own.state, "the same again").await;

    CLOCK.set(CLOCK.get() + SignedDuration::from_mins(10));
    turned_away(&other.cookie, &other.state, "too late").await;
    CLOCK.set(CLOCK.get() - SignedDuration::from_mins(10));
    turned_away(&other.cookie, &other.state, "too late, and again").await;
}

#[tokio::test]
async fn whom_nobody_gave_access_is_told_what_to_hand_to_the_supervisor() {
    let store = Memory::default();
    let word = hire(&store, "aida", Role::Officer, &[]).await;
    let desk = desk_beside_provider(&store);
    let away = send_away(&desk, "/").await;
    let answer = come_back(&desk, &away.cookie, &away.state, "5f7c%3Cb%3E").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(
        answer.body.contains("<code>5f7c&lt;b&gt;</code>"),
        "{}",
        answer.body
    );
    assert!(answer.set_cookie("tirkeu_session").is_none());
    assert!(!store.holds_text("5f7c"), "nothing of it is kept");
    assert_eq!(
        store.accounts().await.unwrap().len(),
        1,
        "nor an account made"
    );
    // An account of that very name is another's.
    let away = send_away(&desk, "/").await;
    let answer = come_back(&desk, &away.cookie, &away.state, "aida").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let answer = try_login(&desk, "aida", &word, "/").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_account_of_the_provider_has_no_password_that_works() {
    let store = Memory::default();
    hire_there(&store, "aida", "248").await;
    let desk = desk_beside_provider(&store);
    for typed in ["", "248", "nobody", "https://id.ministry.example 248"] {
        let answer = try_login(&desk, "aida", typed, "/").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{typed}");
    }
}

#[tokio::test]
async fn a_provider_that_fails_keeps_nobody_with_a_password_out() {
    let store = Memory::default();
    hire_there(&store, "aida", "248").await;
    let word = hire(&store, "berik", Role::Officer, &[]).await;
    let down = desk_beside(&store, Down);
    let sent = ask(&down, "/login/oidc", "", None).await;
    assert_eq!(sent.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(sent.set_cookie("tirkeu_sign_in").is_none());
    let answer = try_login(&down, "berik", &word, "/").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    let desk = desk_beside_provider(&store);
    let forged = desk_beside_provider(&store);
    for (answering, query, status) in [
        (&desk, "code=down", StatusCode::SERVICE_UNAVAILABLE),
        (&desk, "error=access_denied", StatusCode::FORBIDDEN),
        (
            &desk,
            "code=248&error=login_required",
            StatusCode::FORBIDDEN,
        ),
        (&desk, "code=", StatusCode::FORBIDDEN),
        // The provider never heard of this sign-in: its answer proves nothing.
        (&forged, "code=248", StatusCode::FORBIDDEN),
    ] {
        let Away { cookie, state } = send_away(&desk, "/").await;
        let path = format!("/login/oidc/callback?{query}&state={state}");
        let answer = ask(answering, &path, &cookie, None).await;
        assert_eq!(answer.status, status, "{query}");
        assert!(answer.set_cookie("tirkeu_session").is_none(), "{query}");
        let again = come_back(answering, &cookie, &state, "248").await;
        assert_eq!(
            again.status,
            StatusCode::FORBIDDEN,
            "{query}: it is used up"
        );
    }
}

#[tokio::test]
async fn the_provider_stands_first_where_there_is_one_and_nowhere_else() {
    let store = Memory::default();
    let page = ask(
        &desk_beside_provider(&store),
        "/login?next=%2Fkeys",
        "",
        None,
    )
    .await;
    let link = page
        .body
        .find(r#"href="/login/oidc?next=%2Fkeys""#)
        .unwrap();
    assert!(link < page.body.find(r#"name="password""#).unwrap());
    let desk = super::desk(&store);
    let page = ask(&desk, "/login", "", None).await;
    assert!(!page.body.contains("/login/oidc"), "{}", page.body);
    for path in ["/login/oidc", "/login/oidc/callback?code=1&state=2"] {
        let answer = ask(&desk, path, "", None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn after_signing_in_one_is_never_elsewhere() {
    let store = Memory::default();
    hire_there(&store, "aida", "248").await;
    let desk = desk_beside_provider(&store);
    for (next, to) in [
        ("%2Fkeys", "/keys"),
        ("%2F%2Fevil.example%2F", "/"),
        ("https:%2F%2Fevil.example%2F", "/"),
        ("%2F%0D%0ASet-Cookie:%20a=b", "/"),
        ("", "/"),
        (&format!("%2F{}", "a".repeat(512)), "/"),
    ] {
        let away = send_away(&desk, next).await;
        let back = come_back(&desk, &away.cookie, &away.state, "248").await;
        let refresh = back.headers[header::REFRESH].to_str().unwrap();
        assert_eq!(refresh, format!("0; url={to}"), "{next}");
    }
}
