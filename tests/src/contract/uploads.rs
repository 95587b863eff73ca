//! Uploads: one attempt at a time, one end.

use std::thread;

use casework::ports::Uploads;
use casework::scan::ScanId;
use casework::upload::{Brings, Claimed, Object, Upload, UploadEnd};
use jiff::{SignedDuration, Timestamp};

use super::Adapter;
use super::cases::alone;
use super::invented::{RECEIVED, time};

const LEASE: SignedDuration = SignedDuration::from_secs(60);

fn object(key: &str, etag: &str) -> Object {
    Object {
        bucket: "inbox".into(),
        key: key.into(),
        version: None,
        etag: etag.into(),
        size_bytes: 3,
        put_at: time(RECEIVED),
    }
}

/// The upload of a key, claimed by an attempt and not yet written.
pub(crate) fn claimed(key: &str, attempt: &str, at: Timestamp) -> Upload {
    mine(Upload::new(object(key, "x"), at), attempt, at)
}

fn mine(upload: Upload, attempt: &str, at: Timestamp) -> Upload {
    match upload.claimed(attempt, at, LEASE) {
        Claimed::Mine(upload) => upload,
        Claimed::GivenUp(_) | Claimed::Held | Claimed::Ended(_) => panic!("it cannot be claimed"),
    }
}

async fn stored(place: &impl Adapter, like: &Upload) -> Option<Upload> {
    let (batch, id) = (like.object.batch(), like.object.id());
    place.open().await.upload(&batch, &id).await.unwrap()
}

pub(crate) async fn an_upload_is_written_after_the_version_it_follows(place: &impl Adapter) {
    let store = place.open().await;
    let at = time(RECEIVED);
    let first = claimed("a/scan.jpg", "one", at);
    assert_eq!(stored(place, &first).await, None);
    let scan = ScanId::of(b"a");
    let second = first.clone().bringing(Brings::Scan { scan });
    assert!(!store.keep_upload(&second).await.unwrap(), "too early");
    let late = claimed("a/scan.jpg", "two", at);
    // The same write again stands until another follows.
    for (upload, stands) in [
        (&first, true),
        (&first, true),
        (&late, false),
        (&second, true),
        (&second, true),
        (&first, false),
    ] {
        let kept = place.open().await.keep_upload(upload).await.unwrap();
        assert_eq!(kept, stands, "version {}", upload.version);
    }
    assert_eq!(stored(place, &first).await, Some(second));
}

pub(crate) async fn of_many_attempts_one_has_the_upload(place: &impl Adapter) {
    let stores = [place.open().await, place.open().await, place.open().await];
    for round in 0..4 {
        let key = format!("a/{round}.jpg");
        let kept: Vec<bool> = thread::scope(|scope| {
            let hands: Vec<_> = stores
                .iter()
                .zip(["one", "two", "three"])
                .map(|(store, attempt)| {
                    let upload = claimed(&key, attempt, time(RECEIVED));
                    scope.spawn(move || alone(store.keep_upload(&upload)).unwrap())
                })
                .collect();
            hands.into_iter().map(|h| h.join().unwrap()).collect()
        });
        assert_eq!(kept.iter().filter(|kept| **kept).count(), 1, "{kept:?}");
    }
}

pub(crate) async fn a_batch_holds_everything_that_came_into_it(place: &impl Adapter) {
    let store = place.open().await;
    let mut expected = Vec::new();
    for (number, key) in ["a/1.jpg", "a/card.json", "a/b/1.jpg", "1.jpg"]
        .iter()
        .enumerate()
    {
        let mut upload = claimed(key, "one", time(RECEIVED));
        assert!(store.keep_upload(&upload).await.unwrap());
        if number == 1 {
            // Long enough not to fit where short ones do, and in a script of many bytes.
            let text = "қ".repeat(200_000).into();
            upload = upload.bringing(Brings::Card { text });
            assert!(store.keep_upload(&upload).await.unwrap());
        }
        expected.push(upload);
    }
    let again = mine(
        Upload::new(object("a/1.jpg", "y"), time(RECEIVED)),
        "one",
        time(RECEIVED),
    );
    assert!(store.keep_upload(&again).await.unwrap());
    let batch = again.object.batch();
    let mut found = place.open().await.of_batch(&batch).await.unwrap();
    let mut all = vec![expected[0].clone(), expected[1].clone(), again];
    for uploads in [&mut found, &mut all] {
        uploads.sort_by_key(|upload| upload.object.id());
    }
    assert_eq!(found, all);
    let loose = store.of_batch(&expected[3].object.batch()).await.unwrap();
    assert_eq!(loose, expected[3..]);
}

pub(crate) async fn what_has_no_end_is_found_by_its_age(place: &impl Adapter) {
    let store = place.open().await;
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let times = [
        "2026-10-23T09:00:00.5Z",
        "2026-10-23T09:00:01Z",
        "2026-10-23T08:00:00Z",
    ];
    let mut uploads = Vec::new();
    for (number, came_at) in times.into_iter().enumerate() {
        let upload = claimed(&format!("{number}/a.jpg"), "one", at(came_at));
        assert!(store.keep_upload(&upload).await.unwrap());
        uploads.push(upload);
    }
    let [young, younger, old] = uploads.try_into().unwrap();
    for (until, limit, expected) in [
        ("2026-10-23T09:00:01Z", 9, vec![&old, &young, &younger]),
        ("2026-10-23T09:00:01Z", 2, vec![&old, &young]),
        ("2026-10-23T09:00:00.5Z", 9, vec![&old, &young]),
        ("2026-10-23T07:00:00Z", 9, vec![]),
    ] {
        let found = place.open().await.without_end(at(until), limit).await;
        let found = found.unwrap();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{until}");
    }
    let ended = old.ended(UploadEnd::PassedOver);
    assert!(store.keep_upload(&ended).await.unwrap());
    let left = store.without_end(at(times[1]), 9).await.unwrap();
    assert_eq!(left, [young, younger]);
    assert_eq!(stored(place, &ended).await, Some(ended));
}
