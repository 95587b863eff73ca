//! Accounts, sessions, failed logins.

use std::collections::BTreeSet;
use std::thread;

use casework::account::{
    Account, AccountName, Credential, Failures, Identity, Reach, Session, SessionKey, SignIn,
};
use casework::case::{MissionCode, Role};
use casework::ports::{Accounts, KeepAccount};
use jiff::{SignedDuration, Timestamp};

use super::Adapter;
use super::cases::alone;
use super::invented::{RECEIVED, time};

pub(crate) fn name(text: &str) -> AccountName {
    AccountName::try_from(text.to_owned()).unwrap()
}

/// An invented account; nobody knows its password.
pub(crate) fn account(text: &str, role: Role, missions: &[&str]) -> Account {
    let codes = missions.iter().map(|code| MissionCode((*code).to_owned()));
    Account {
        name: name(text),
        role,
        reach: Reach::At(codes.collect::<BTreeSet<_>>()),
        credential: Credential::Password("$argon2id$none".into()),
    }
}

pub(crate) fn session(key: &str, account: &str, began_at: &str) -> Session {
    Session {
        key: SessionKey(key.to_owned()),
        account: name(account),
        began_at: time(began_at),
        used_at: time(began_at),
    }
}

const NEVER: Timestamp = Timestamp::MIN;

pub(crate) async fn an_account_is_kept_when_it_may_be(place: &impl Adapter) {
    let store = place.open().await;
    let aida = account("aida", Role::Officer, &["DEU-BER"]);
    let moved = account("aida", Role::Clerk, &["DEU-BER", "JPN-TYO"]);
    let berik = account("berik", Role::Auditor, &[]);
    assert_eq!(store.accounts().await.unwrap(), []);
    for (account, when, kept) in [
        (&aida, KeepAccount::Known, false),
        (&aida, KeepAccount::First, true),
        (&berik, KeepAccount::First, false),
        (&moved, KeepAccount::New, false),
        (&berik, KeepAccount::New, true),
        (&moved, KeepAccount::Known, true),
    ] {
        let ended = store.keep_account(account, when).await.unwrap();
        assert_eq!(ended, kept, "{} {when:?}", account.name);
    }
    let store = place.open().await;
    assert_eq!(store.accounts().await.unwrap(), [moved.clone(), berik]);
    assert_eq!(store.account(&name("aida")).await.unwrap(), Some(moved));
    assert_eq!(store.account(&name("vera")).await.unwrap(), None);
}

pub(crate) async fn of_many_first_accounts_one_is_kept(place: &impl Adapter) {
    let stores = [place.open().await, place.open().await, place.open().await];
    let kept: Vec<bool> = thread::scope(|scope| {
        let hands: Vec<_> = stores
            .iter()
            .zip(["aida", "berik", "vera"])
            .map(|(store, name)| {
                let account = account(name, Role::Supervisor, &[]);
                scope
                    .spawn(move || alone(store.keep_account(&account, KeepAccount::First)).unwrap())
            })
            .collect();
        hands.into_iter().map(|h| h.join().unwrap()).collect()
    });
    assert_eq!(kept.iter().filter(|kept| **kept).count(), 1, "{kept:?}");
    assert_eq!(stores[0].accounts().await.unwrap().len(), 1);
}

/// An account of someone who signs in at the provider, as this subject of it.
pub(crate) fn account_of(text: &str, subject: &str) -> Account {
    Account {
        credential: Credential::Oidc(identity(subject)),
        ..account(text, Role::Officer, &["DEU-BER"])
    }
}

pub(crate) fn identity(subject: &str) -> Identity {
    Identity::new("https://id.ministry.example", subject).unwrap()
}

pub(crate) async fn an_identity_is_one_accounts(place: &impl Adapter) {
    let store = place.open().await;
    let (aida, berik) = (account_of("aida", "1"), account_of("berik", "2"));
    let keep = async |account: &Account, when| store.keep_account(account, when).await.unwrap();
    let found = async |subject| store.account_of(&identity(subject)).await.unwrap();
    assert_eq!(found("1").await, None);
    assert!(keep(&aida, KeepAccount::First).await);
    assert!(keep(&berik, KeepAccount::New).await);
    // Nobody gets the identity of another, neither anew nor in place of their own.
    for (name, when) in [("vera", KeepAccount::New), ("berik", KeepAccount::Known)] {
        let account = account_of(name, "1");
        assert!(!keep(&account, when).await, "{name}");
    }
    assert_eq!(found("1").await, Some(aida.clone()));
    assert_eq!(found("2").await, Some(berik.clone()));
    assert_eq!(store.account(&name("vera")).await.unwrap(), None);

    // Kept as it is, it stays; kept otherwise, its identity is nobody's.
    assert!(keep(&aida, KeepAccount::Known).await);
    assert_eq!(found("1").await, Some(aida.clone()));
    let moved = account_of("aida", "3");
    assert!(keep(&moved, KeepAccount::Known).await);
    assert_eq!(found("1").await, None);
    let word = account("berik", Role::Officer, &[]);
    assert!(keep(&word, KeepAccount::Known).await);
    assert_eq!(found("2").await, None);
    let store = place.open().await;
    for (name, subject) in [("vera", "1"), ("dana", "2")] {
        let account = account_of(name, subject);
        assert!(
            store
                .keep_account(&account, KeepAccount::New)
                .await
                .unwrap()
        );
        let found = store.account_of(&identity(subject)).await.unwrap();
        assert_eq!(found, Some(account), "{name}");
    }
    // The same subject of another provider is another person.
    let elsewhere = Identity::new("https://id.elsewhere.example", "1").unwrap();
    assert_eq!(store.account_of(&elsewhere).await.unwrap(), None);
}

pub(crate) async fn of_many_accounts_of_one_identity_one_is_kept(place: &impl Adapter) {
    let stores = [place.open().await, place.open().await, place.open().await];
    let kept: Vec<bool> = thread::scope(|scope| {
        let hands: Vec<_> = stores
            .iter()
            .zip(["aida", "berik", "vera"])
            .map(|(store, name)| {
                let account = account_of(name, "1");
                scope.spawn(move || alone(store.keep_account(&account, KeepAccount::New)).unwrap())
            })
            .collect();
        hands.into_iter().map(|h| h.join().unwrap()).collect()
    });
    assert_eq!(kept.iter().filter(|kept| **kept).count(), 1, "{kept:?}");
    assert_eq!(stores[0].accounts().await.unwrap().len(), 1);
}

pub(crate) async fn a_sign_in_is_taken_out_once(place: &impl Adapter) {
    let stores = [place.open().await, place.open().await, place.open().await];
    let sign_in = SignIn {
        key: SessionKey("a".to_owned()),
        began_at: time(RECEIVED),
        next: "/cases/7F3K?x=1".to_owned(),
    };
    let other = SignIn {
        key: SessionKey("b".to_owned()),
        ..sign_in.clone()
    };
    for begun in [&sign_in, &other] {
        stores[0]
            .begin_sign_in(begun, begun.began_at)
            .await
            .unwrap();
    }
    let key = &sign_in.key.clone();
    let taken: Vec<Option<SignIn>> = thread::scope(|scope| {
        let hands: Vec<_> = stores
            .iter()
            .map(|store| scope.spawn(move || alone(store.take_sign_in(key)).unwrap()))
            .collect();
        hands.into_iter().map(|h| h.join().unwrap()).collect()
    });
    let taken: Vec<_> = taken.into_iter().flatten().collect();
    assert_eq!(taken, [sign_in]);
    let store = place.open().await;
    assert_eq!(store.take_sign_in(key).await.unwrap(), None);
    assert_eq!(store.take_sign_in(&other.key).await.unwrap(), Some(other));
}

pub(crate) async fn a_session_lives_until_it_is_ended(place: &impl Adapter) {
    let store = place.open().await;
    keep(&store, &["aida"]).await;
    let old = session("a", "aida", "2026-10-20T09:00:00.5Z");
    let mut young = session("b", "aida", RECEIVED);
    store.keep_session(&old, NEVER).await.unwrap();
    let key = &old.key;
    assert_eq!(store.session(key).await.unwrap(), Some(old.clone()));

    // What began before is forgotten, what began then is not.
    store.keep_session(&young, old.began_at).await.unwrap();
    assert_eq!(store.session(key).await.unwrap(), Some(old.clone()));
    store.keep_session(&young, young.began_at).await.unwrap();
    assert_eq!(store.session(key).await.unwrap(), None);

    young.used_at = time("2026-10-23T09:30:00Z");
    store.note_use(&young.key, young.used_at).await.unwrap();
    let store = place.open().await;
    assert_eq!(
        store.session(&young.key).await.unwrap(),
        Some(young.clone())
    );
    for _ in 0..2 {
        store.end_session(&young.key).await.unwrap();
        store.note_use(&young.key, young.used_at).await.unwrap();
        assert_eq!(store.session(&young.key).await.unwrap(), None);
    }
}

pub(crate) async fn an_account_kept_anew_ends_its_sessions_and_nobody_elses(place: &impl Adapter) {
    let store = place.open().await;
    keep(&store, &["aida", "berik"]).await;
    let hers = session("a", "aida", RECEIVED);
    let his = session("b", "berik", RECEIVED);
    for session in [&hers, &his] {
        store.keep_session(session, NEVER).await.unwrap();
    }
    // A refusal to keep changes nothing.
    let again = account("aida", Role::Officer, &[]);
    store.keep_account(&again, KeepAccount::New).await.unwrap();
    assert_eq!(store.session(&hers.key).await.unwrap(), Some(hers.clone()));
    store
        .keep_account(&again, KeepAccount::Known)
        .await
        .unwrap();
    assert_eq!(store.session(&hers.key).await.unwrap(), None);
    assert_eq!(store.session(&his.key).await.unwrap(), Some(his));
}

pub(crate) async fn tries_are_counted_before_they_are_looked_at(place: &impl Adapter) {
    let store = place.open().await;
    keep(&store, &["aida"]).await;
    let at = time(RECEIVED);
    let failed = |count| Failures {
        count,
        last_at: (count > 0).then_some(at),
    };
    // Of no account, too: a stranger learns nothing from the wait.
    for who in ["aida", "nobody"] {
        for count in 0..5 {
            let before = store.count_try(&name(who), at).await.unwrap();
            assert_eq!(before, failed(count), "{who}");
        }
        // From now on one must wait, and a try that waits does not count.
        for _ in 0..3 {
            let before = place.open().await.count_try(&name(who), at).await.unwrap();
            assert_eq!(before, failed(5), "{who}");
        }
    }
    store.forget_tries(&name("nobody")).await.unwrap();
    let aida = account("aida", Role::Officer, &[]);
    store.keep_account(&aida, KeepAccount::Known).await.unwrap();
    for who in ["aida", "nobody"] {
        let before = store.count_try(&name(who), at).await.unwrap();
        assert_eq!(before, failed(0), "{who}");
    }
}

pub(crate) async fn of_tries_at_once_each_sees_the_others(place: &impl Adapter) {
    let stores = [place.open().await, place.open().await, place.open().await];
    let at = time(RECEIVED);
    let mut seen: Vec<u32> = thread::scope(|scope| {
        let hands: Vec<_> = stores
            .iter()
            .map(|store| scope.spawn(move || alone(store.count_try(&name("aida"), at)).unwrap()))
            .collect();
        hands.into_iter().map(|h| h.join().unwrap().count).collect()
    });
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2]);
}

pub(crate) async fn old_tries_are_forgotten(place: &impl Adapter) {
    let store = place.open().await;
    let at = time(RECEIVED);
    for _ in 0..5 {
        store.count_try(&name("aida"), at).await.unwrap();
    }
    let day = SignedDuration::from_hours(24);
    for (after, count) in [(day - SignedDuration::from_nanos(1), 5), (day * 2, 0)] {
        let before = store.count_try(&name("aida"), at + after).await.unwrap();
        assert_eq!(before.count, count, "{after}");
    }
}

async fn keep(store: &impl Accounts, names: &[&str]) {
    for name in names {
        let account = account(name, Role::Officer, &["DEU-BER"]);
        assert!(
            store
                .keep_account(&account, KeepAccount::New)
                .await
                .unwrap()
        );
    }
}
