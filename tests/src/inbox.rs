//! The queue's messages over the cloud in this process: objects that were really put.

use std::sync::atomic::{AtomicI64, Ordering};

use casework::case::{CaseId, MissionCode};
use casework::ports::{Cases, Inbox as _, Uploads};
use casework::upload::BatchId;
use intake::manifest::TakeSettings;
use intake::messages::{Done, Message, MessageError};
use intake::{Attempt, Intake, Patience, Reconciled, Run};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::cloud::Cloud;
use crate::contract::Adapter;
use crate::piecemeal::{Eyes, at, manifest, settings};

fn message(key: &str) -> String {
    json!({"detail": {"bucket": {"name": "inbox"}, "object": {"key": key}}}).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_object_is_what_the_bucket_answers() {
    let cloud = Cloud::new();
    let inbox = cloud.inbox().await;
    assert_eq!(inbox.fetch("a/1.jpg", 9).await.unwrap(), None);
    inbox.put("a/+ қ.jpg", b"one".to_vec()).await.unwrap();
    let one = inbox.fetch("a/+ қ.jpg", 3).await.unwrap().unwrap();
    assert_eq!(one.bytes.as_deref(), Some(&b"one"[..]));
    assert_eq!((one.object.name(), one.object.size_bytes), ("+ қ.jpg", 3));
    inbox.put("a/+ қ.jpg", b"four".to_vec()).await.unwrap();
    let other = inbox.fetch("a/+ қ.jpg", 3).await.unwrap().unwrap();
    assert_eq!(other.bytes, None, "more than one looks at");
    assert_ne!(one.object.id(), other.object.id());
}

/// Messages of which some are of no use, and one that is sent twice.
fn messages() -> Vec<String> {
    let elsewhere = message("a/1.jpg").replace("inbox", "outbox");
    let test = r#"{"Event": "s3:TestEvent"}"#.to_owned();
    vec![
        message("a/1.jpg"),
        message("a/2.jpg"),
        message("a/2.jpg"),
        message("a/manifest.json"),
        message("a/notes.json"),
        message("b/manifest.json"),
        message("c/1.jpg"),
        message("d/gone.jpg"),
        elsewhere,
        test,
        "no event".to_owned(),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn of_ten_messages_the_bad_ones_cost_only_themselves() {
    let cloud = Cloud::new();
    let (store, inbox) = (cloud.open().await, cloud.inbox().await);
    let (intake, settings) = (Intake::new(&store, &Eyes), settings());
    for (key, text) in [
        ("a/1.jpg", "passport"),
        ("a/2.jpg", "permit"),
        ("a/manifest.json", &*manifest(&json!({}))),
        ("a/notes.json", "{}"),
        ("b/manifest.json", "not json"),
        ("c/1.jpg", "broken machine"),
    ] {
        inbox.put(key, text.into()).await.unwrap();
    }
    let mut outcomes = Vec::new();
    for (text, name) in messages().into_iter().zip(0..) {
        let attempt = Attempt {
            name: &name.to_string(),
            lease: SignedDuration::from_secs(60),
            settings: &settings,
            patience: Patience::Waits,
        };
        let taken = intake.take_message(&inbox, &text, attempt, at(name)).await;
        outcomes.push(taken.map_err(|e: MessageError| e.error_type()));
    }
    let done = |done| Ok(Message::Done(done));
    assert_eq!(
        outcomes,
        [
            done(Done::Waits),
            done(Done::Waits),
            done(Done::Waits),
            done(Done::Ended),
            done(Done::Ended),
            done(Done::Ended),
            Err("ReaderFailed"),
            done(Done::NothingThere),
            done(Done::NothingThere),
            done(Done::NothingThere),
            Err("NoEvent"),
        ]
    );
    let case = store
        .load(&CaseId::of_batch(&BatchId::of("inbox", "a/x")))
        .await;
    assert_eq!(case.unwrap().unwrap().scans.len(), 2);
    let waiting = store.without_end(at(99), 9).await.unwrap();
    assert_eq!(waiting.len(), 1, "the one at which the machine failed");
}

/// A run that waits for nothing.
fn run<'a>(name: &'a str, settings: &'a TakeSettings) -> Run<'a> {
    #[expect(
        clippy::disallowed_methods,
        reason = "objects are put by the real clock"
    )]
    let now = Timestamp::now;
    Run {
        attempt: Attempt {
            name,
            lease: SignedDuration::from_secs(60),
            settings,
            patience: Patience::Waits,
        },
        grace: SignedDuration::ZERO,
        now,
        after: None,
        until: Timestamp::MAX,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_no_message_told_of_is_found_within_one_run() {
    let cloud = Cloud::new();
    let (store, inbox) = (cloud.open().await, cloud.inbox().await);
    let mut settings = settings();
    settings.mission = Some(MissionCode("DEU-BER".into()));
    let intake = Intake::new(&store, &Eyes);
    for (key, text) in [
        ("a/1.jpg", "passport"),
        ("a/manifest.json", &*manifest(&json!({}))),
        ("b/1.jpg", "passport 851231400120"),
        ("loose.jpg", "permit"),
    ] {
        inbox.put(key, text.into()).await.unwrap();
    }
    let early = Run {
        grace: SignedDuration::from_hours(1),
        ..run("early", &settings)
    };
    let found = intake.reconcile(&inbox, early).await.unwrap();
    assert_eq!((found.listed, found.lost), (4, 0), "messages may yet come");
    let first = intake.reconcile(&inbox, run("first", &settings)).await;
    let expected = Reconciled {
        listed: 4,
        lost: 4,
        ..Reconciled::default()
    };
    assert_eq!(first.unwrap(), expected);
    let second = intake.reconcile(&inbox, run("second", &settings)).await;
    // The orphan waited for its manifest, and enough was waited.
    let expected = Reconciled {
        lost: 0,
        without_end: 1,
        ..expected
    };
    assert_eq!(second.unwrap(), expected);
    for folder in ["a/x", "b/x"] {
        let id = CaseId::of_batch(&BatchId::of("inbox", folder));
        let case = store.load(&id).await.unwrap().unwrap();
        assert_eq!(case.scans.len(), 1, "{folder}");
    }
    let third = intake.reconcile(&inbox, run("third", &settings)).await;
    let nothing = Reconciled {
        without_end: 0,
        ..expected
    };
    assert_eq!(third.unwrap(), nothing);
}

/// A clock that goes on by a second whenever it is asked.
fn asked_again() -> Timestamp {
    static ASKED: AtomicI64 = AtomicI64::new(0);
    let later = SignedDuration::from_hours(24 * 365 * 100);
    at(ASKED.fetch_add(1, Ordering::Relaxed)) + later
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_inbox_too_large_for_one_run_is_compared_by_several() {
    let cloud = Cloud::new();
    let (store, inbox) = (cloud.open().await, cloud.inbox().await);
    let settings = settings();
    let intake = Intake::new(&store, &Eyes);
    for number in 0..9 {
        let key = format!("{number}/manifest.json");
        inbox.put(&key, b"not json".to_vec()).await.unwrap();
    }
    let (mut lost, mut runs) = (0, 0);
    loop {
        let reached = store.reached().await.unwrap();
        let short = Run {
            now: asked_again,
            after: reached.as_ref().map(|key| key.reveal().as_str()),
            until: asked_again() + SignedDuration::from_secs(10),
            ..run("short", &settings)
        };
        let found = intake.reconcile(&inbox, short).await.unwrap();
        assert_eq!(found.listed, found.lost, "none is compared twice");
        (lost, runs) = (lost + found.lost, runs + 1);
        let stopped = found.stopped_after;
        store.keep_reached(stopped.as_ref()).await.unwrap();
        if stopped.is_none() {
            break;
        }
    }
    assert_eq!(lost, 9);
    assert!(runs > 1, "{runs}");
    assert_eq!(store.reached().await.unwrap(), None, "the next begins anew");
}
