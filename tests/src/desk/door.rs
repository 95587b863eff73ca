//! Logging in, staying in, being turned away.

use axum::http::StatusCode;
use casework::account::Account;
use casework::case::Role;
use casework::ports::{Accounts, KeepAccount};
use desk::{Desk, router};
use jiff::SignedDuration;

use super::{CLOCK, ask, desk, hire, log_in, pair, settings, try_login};
use crate::contract::accounts::name;
use crate::memory::Memory;

fn later(wait: SignedDuration) {
    CLOCK.set(CLOCK.get() + wait);
}

#[tokio::test]
async fn the_right_password_opens_and_nothing_else_does() {
    let store = Memory::default();
    let word = hire(&store, "aida", Role::Officer, &["DEU-BER"]).await;
    let other = hire(&store, "berik", Role::Officer, &["DEU-BER"]).await;
    let desk = desk(&store);
    for (who, typed, status) in [
        ("aida", &*word, StatusCode::SEE_OTHER),
        (" Aida ", &*word, StatusCode::SEE_OTHER),
        ("aida", &*other, StatusCode::FORBIDDEN),
        ("nobody", &*word, StatusCode::FORBIDDEN),
        ("айда", &*word, StatusCode::FORBIDDEN),
        ("aida", "", StatusCode::FORBIDDEN),
    ] {
        let answer = try_login(&desk, who, typed, "/").await;
        assert_eq!(answer.status, status, "{who}");
        let session = answer.set_cookie("tirkeu_session");
        assert_eq!(session.is_some(), status == StatusCode::SEE_OTHER, "{who}");
        assert!(!answer.body.contains(&*word), "a password never comes back");
    }
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let store = Memory::default();
    let word = hire(&store, "aida", Role::Officer, &[]).await;
    for over_tls in [false, true] {
        let desk = router(Desk {
            over_tls,
            ..settings(&store)
        });
        let page = ask(&desk, "/login", "", None).await;
        let session = try_login(&desk, "aida", &word, "/").await;
        for cookie in [
            page.set_cookie("tirkeu_door").unwrap(),
            session.set_cookie("tirkeu_session").unwrap(),
        ] {
            assert!(cookie.contains("; HttpOnly"), "{cookie}");
            assert!(cookie.contains("; SameSite=Strict"), "{cookie}");
            assert_eq!(cookie.contains("; Secure"), over_tls, "{cookie}");
            let (_, secret) = pair(&cookie).split_once('=').unwrap();
            assert_eq!(secret.len(), 64, "256 bits");
            assert!(!store.holds_text(secret), "only its hash is kept");
        }
    }
}

#[tokio::test]
async fn whoever_guesses_waits_and_the_right_password_waits_too() {
    let store = Memory::default();
    let word = hire(&store, "aida", Role::Officer, &[]).await;
    let desk = desk(&store);
    let status = async |who, typed| try_login(&desk, who, typed, "/").await.status;
    for who in ["aida", "nobody"] {
        for _ in 0..5 {
            assert_eq!(status(who, "wrong").await, StatusCode::FORBIDDEN, "{who}");
        }
        assert_eq!(
            status(who, "wrong").await,
            StatusCode::TOO_MANY_REQUESTS,
            "{who}"
        );
    }
    assert_eq!(status("aida", &*word).await, StatusCode::TOO_MANY_REQUESTS);
    later(SignedDuration::from_secs(15));
    assert_eq!(status("aida", &*word).await, StatusCode::SEE_OTHER);
    assert_eq!(status("aida", "wrong").await, StatusCode::FORBIDDEN);
    assert_eq!(status("aida", &*word).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_when_it_is_left_left_alone_or_its_account_is_reset() {
    let store = Memory::default();
    let word = hire(&store, "aida", Role::Officer, &[]).await;
    let desk = desk(&store);
    let lives = async |cookie: &str| ask(&desk, "/", cookie, None).await.status == StatusCode::OK;

    let badge = log_in(&desk, "aida", &word).await;
    for _ in 0..3 {
        later(SignedDuration::from_mins(59));
        assert!(lives(&badge.cookie).await, "it is used");
    }
    later(SignedDuration::from_mins(60));
    assert!(!lives(&badge.cookie).await, "it was left alone");

    let badge = log_in(&desk, "aida", &word).await;
    let left = ask(
        &desk,
        "/logout",
        &badge.cookie,
        Some(&[("token", &badge.token)]),
    )
    .await;
    assert_eq!(left.location(), Some("/login"));
    assert!(!lives(&badge.cookie).await, "it was left");

    let badge = log_in(&desk, "aida", &word).await;
    assert!(lives(&badge.cookie).await);
    let account: Account = store.account(&name("aida")).await.unwrap().unwrap();
    store
        .keep_account(&account, KeepAccount::Known)
        .await
        .unwrap();
    assert!(!lives(&badge.cookie).await, "its account was kept anew");
}

#[tokio::test]
async fn a_form_counts_only_with_its_own_browsers_token() {
    let store = Memory::default();
    let desk = desk(&store);
    let mut badges = Vec::new();
    for who in ["aida", "berik"] {
        let word = hire(&store, who, Role::Officer, &[]).await;
        badges.push(log_in(&desk, who, &word).await);
    }
    let (own, other) = (&*badges[0].token, &*badges[1].token);
    let cookie = &*badges[0].cookie;
    for (form, status) in [
        (vec![], StatusCode::FORBIDDEN),
        (vec![("token", "")], StatusCode::FORBIDDEN),
        (vec![("token", other)], StatusCode::FORBIDDEN),
        (vec![("token", own), ("token", own)], StatusCode::FORBIDDEN),
        (vec![("token", own)], StatusCode::SEE_OTHER),
    ] {
        let before = ask(&desk, "/", cookie, None).await.status;
        assert_eq!(before, StatusCode::OK, "the refused ones change nothing");
        let answer = ask(&desk, "/logout", cookie, Some(&form)).await;
        assert_eq!(answer.status, status, "{}", form.len());
    }
    // Nor does the login form without the browser it was shown in.
    let page = ask(&desk, "/login", "", None).await;
    let token = page.token();
    let answer = ask(&desk, "/login", "", Some(&[("token", &token)])).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn after_logging_in_one_is_where_one_wanted_to_be_and_never_elsewhere() {
    let store = Memory::default();
    let word = hire(&store, "aida", Role::Officer, &[]).await;
    let desk = desk(&store);
    let sent = ask(&desk, "/?status=refused", "", None).await;
    assert_eq!(sent.location(), Some("/login?next=%2F%3Fstatus%3Drefused"));
    for (next, to) in [
        ("/?status=refused", "/?status=refused"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ] {
        let answer = try_login(&desk, "aida", &word, next).await;
        assert_eq!(answer.location(), Some(to), "{next}");
    }
}
