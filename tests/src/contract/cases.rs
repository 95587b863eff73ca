//! Cases with their events.

use std::thread;

use casework::case::{Case, Change, Event};
use casework::notice::{Notice, NoticeKind};
use casework::personal::Personal;
use casework::ports::{Append, Cases, Outbox};
use casework::reading::FieldName;
use casework::scan::ScanId;

use super::Adapter;
use super::invented::{IIN, OTHER_IIN, derived, filed, manifest, opened, opened_by, then};

/// Appends a change.
pub(crate) async fn write(store: &impl Cases, change: &Change) -> Append {
    let Change {
        expected_version,
        events,
        case,
        notices,
    } = change;
    store
        .append(*expected_version, events, case, notices)
        .await
        .unwrap()
}

/// Appends a change that nothing stands against.
pub(crate) async fn written(store: &impl Cases, change: Change) -> Case {
    assert_eq!(write(store, &change).await, Append::Done);
    change.case
}

pub(crate) async fn a_case_comes_back_as_it_was_written(place: &impl Adapter) {
    let store = place.open().await;
    let first = opened(1);
    assert_eq!(store.load(&first.case.id).await.unwrap(), None);
    assert_eq!(store.timeline(&first.case.id).await.unwrap(), []);
    let case = written(&store, first.clone()).await;
    let second = then(&case, "aida", Event::Claimed);
    let case = written(&store, second.clone()).await;

    let again = place.open().await;
    assert_eq!(again.load(&case.id).await.unwrap(), Some(case.clone()));
    let timeline = again.timeline(&case.id).await.unwrap();
    assert_eq!(timeline, [first.events, second.events].concat());
    assert_eq!(Case::from_events(&timeline).unwrap(), case);
}

pub(crate) async fn a_write_on_another_version_is_a_conflict_and_writes_nothing(
    place: &impl Adapter,
) {
    let store = place.open().await;
    let first = written(&store, opened(1)).await;
    let second = written(&store, then(&first, "aida", Event::Claimed)).await;
    let mut late = then(&first, "berik", Event::Claimed);
    late.notices = vec![Notice {
        case: first.id.clone(),
        version: 2,
        kind: NoticeKind::Received,
    }];
    let ahead = then(&second, "berik", Event::Released).case;
    let ahead = then(&ahead, "berik", Event::Claimed);
    let unknown = opened(2).case;
    for (change, found_version) in [
        (late, 2),
        (ahead, 2),
        (then(&unknown, "berik", Event::Claimed), 0),
    ] {
        let ended = write(&store, &change).await;
        assert_eq!(ended, Append::Conflict { found_version });
    }
    assert_eq!(store.load(&first.id).await.unwrap(), Some(second));
    assert_eq!(store.timeline(&first.id).await.unwrap().len(), 2);
    assert_eq!(store.load(&unknown.id).await.unwrap(), None);
    assert_eq!(store.notices(&first.id).await.unwrap(), []);
}

pub(crate) async fn the_same_write_again_is_done_and_changes_nothing(place: &impl Adapter) {
    let store = place.open().await;
    let mut first = opened(1);
    first.notices = vec![Notice {
        case: first.case.id.clone(),
        version: 1,
        kind: NoticeKind::Received,
    }];
    let case = written(&store, first.clone()).await;
    written(&store, first.clone()).await;
    let second = then(&case, "aida", Event::Claimed);
    let case = written(&store, second.clone()).await;
    for earlier in [&first, &second] {
        assert_eq!(write(&store, earlier).await, Append::Done);
    }
    // The same event by someone else is someone else's.
    let theirs = then(&first.case, "berik", Event::Claimed);
    let conflict = Append::Conflict { found_version: 2 };
    assert_eq!(write(&store, &theirs).await, conflict);

    assert_eq!(store.load(&case.id).await.unwrap(), Some(case.clone()));
    assert_eq!(store.timeline(&case.id).await.unwrap().len(), 2);
    let posted = store.notices(&case.id).await.unwrap();
    let posted: Vec<_> = posted.into_iter().map(|p| p.notice).collect();
    assert_eq!(posted, first.notices);
}

pub(crate) async fn of_many_writers_exactly_one_wins_each_round(place: &impl Adapter) {
    const ROUNDS: usize = 100;
    let stores = [place.open().await, place.open().await, place.open().await];
    let mut case = written(&stores[0], opened(1)).await;
    for _ in 0..ROUNDS {
        let event = || match case.claimed_by {
            None => Event::Claimed,
            Some(_) => Event::Released,
        };
        let changes = ["aida", "berik", "vera"].map(|account| then(&case, account, event()));
        let ends: Vec<Append> = thread::scope(|scope| {
            let writers: Vec<_> = stores
                .iter()
                .zip(&changes)
                .map(|(store, change)| scope.spawn(|| alone(write(store, change))))
                .collect();
            writers.into_iter().map(|w| w.join().unwrap()).collect()
        });
        let found_version = case.version + 1;
        let won: Vec<usize> = (0..3).filter(|i| ends[*i] == Append::Done).collect();
        let lost = ends
            .iter()
            .filter(|end| **end == Append::Conflict { found_version });
        assert_eq!((won.len(), lost.count()), (1, 2), "{ends:?}");
        case = changes[won[0]].case.clone();
        assert_eq!(stores[0].load(&case.id).await.unwrap(), Some(case.clone()));
    }
    let timeline = stores[1].timeline(&case.id).await.unwrap();
    assert_eq!(Case::from_events(&timeline).unwrap(), case);
}

/// Runs a future to its end on this thread.
pub(crate) fn alone<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

pub(crate) async fn hostile_texts_come_back_unchanged(place: &impl Adapter) {
    let store = place.open().await;
    let texts = [
        "👩‍👩‍👧 Қыз",
        "\u{202E}gpj.exe\u{2066}",
        "NUL\0inside",
        "'; DROP TABLE events; --",
        "line\r\nline\u{2028}\u{FEFF}",
        "й и\u{306}",
        "%2e%2e%2f..\\",
        "",
        &"ә".repeat(512),
    ];
    for (text, number) in texts.into_iter().zip(1..) {
        let mut manifest = manifest(number, &[ScanId::of(text.as_bytes())]);
        manifest.scans[0].name = text.into();
        manifest.mission.0 = text.into();
        let case = written(&store, opened_by(manifest, super::invented::DUE)).await;
        let named = derived(&[(FieldName::SURNAME, text)], &[]);
        let case = written(&store, then(&case, text, named)).await;
        let found = place.open().await.load(&case.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&case), "{text:?}");
        let query = casework::ports::WorklistQuery {
            mission: Some(case.manifest.mission.clone()),
            ..Default::default()
        };
        let page = store.worklist(&query).await.unwrap();
        assert_eq!(page.rows, [casework::ports::WorklistRow::of(&case)]);
    }
}

pub(crate) async fn a_case_is_found_by_every_scan_it_holds(place: &impl Adapter) {
    let store = place.open().await;
    let [listed, filed_later, unknown] =
        ["listed", "filed", "unknown"].map(|s| ScanId::of(s.as_bytes()));
    let due = super::invented::DUE;
    let one = written(
        &store,
        opened_by(manifest(1, std::slice::from_ref(&listed)), due),
    )
    .await;
    let two = written(
        &store,
        opened_by(manifest(2, std::slice::from_ref(&listed)), due),
    )
    .await;
    let one = written(&store, then(&one, "intake", filed(&filed_later))).await;
    let mut both = vec![one.id.clone(), two.id];
    both.sort();
    assert_eq!(store.holding(&listed).await.unwrap(), both);
    assert_eq!(store.holding(&filed_later).await.unwrap(), [one.id]);
    assert_eq!(store.holding(&unknown).await.unwrap(), []);
}

pub(crate) async fn a_case_of_many_scans_is_found_by_each_of_them(place: &impl Adapter) {
    // More than a transaction of DynamoDB has items.
    const SCANS: u32 = 250;
    let store = place.open().await;
    let scans: Vec<_> = (0..SCANS).map(|n| ScanId::of(&n.to_be_bytes())).collect();
    let case = written(&store, opened_by(manifest(1, &scans), super::invented::DUE)).await;
    let only = vec![case.id.clone()];
    for scan in &scans {
        assert_eq!(store.holding(scan).await.unwrap(), only);
    }
    let withdrawn = written(&store, then(&case, "applicant", Event::Withdrawn)).await;
    assert_eq!(store.load(&case.id).await.unwrap(), Some(withdrawn));
    assert_eq!(store.holding(&scans[249]).await.unwrap(), only);
}

pub(crate) async fn a_case_of_any_size_comes_back(place: &impl Adapter) {
    let store = place.open().await;
    let mut case = written(&store, opened(1)).await;
    // Around what an item takes beside its record, and beyond all that it takes (400 KB).
    for size in [1 << 10, 32 << 10, 33 << 10, 1 << 20] {
        let long = derived(&[(FieldName::BIRTH_PLACE, &"x".repeat(size))], &[]);
        case = written(&store, then(&case, "intake", long)).await;
        let found = place.open().await.load(&case.id).await.unwrap();
        assert!(found.as_ref() == Some(&case), "{size} bytes");
    }
    let timeline = store.timeline(&case.id).await.unwrap();
    assert!(Case::from_events(&timeline).unwrap() == case);
}

pub(crate) async fn a_case_is_found_by_every_word_of_a_name_however_spelt(place: &impl Adapter) {
    let store = place.open().await;
    let of = |word: &str| Personal::new(word.to_owned());
    let case = written(&store, opened(1)).await;
    let names = [
        (FieldName::SURNAME, "СӘБИТОВ"),
        (FieldName::GIVEN_NAMES, "АЙДАР-БЕК"),
    ];
    let case = written(&store, then(&case, "intake", derived(&names, &[]))).await;
    for (word, found) in [
        ("сәбитов", true),
        ("САБИТОВ", true),
        ("Sabitov", true),
        ("айдар", true),
        ("Bek", true),
        ("АХМЕТОВ", false),
        ("СӘБИТ", false),
    ] {
        let expected: Vec<_> = found.then(|| case.id.clone()).into_iter().collect();
        assert_eq!(
            store.of_person(&of(word)).await.unwrap(),
            expected,
            "{word}"
        );
    }
    let renamed = derived(&[(FieldName::SURNAME, "АХМЕТОВ")], &[]);
    let case = written(&store, then(&case, "intake", renamed)).await;
    assert_eq!(store.of_person(&of("Akhmetov")).await.unwrap(), [case.id]);
    assert_eq!(store.of_person(&of("СӘБИТОВ")).await.unwrap(), []);
}

pub(crate) async fn a_case_is_found_by_every_iin_in_it(place: &impl Adapter) {
    let store = place.open().await;
    let of = |iin: &str| Personal::new(iin.to_owned());
    let mut manifest = manifest(1, &[]);
    let card = manifest.card.as_mut().unwrap();
    card.entries.insert(FieldName::IIN, IIN.into());
    let case = written(&store, opened_by(manifest, super::invented::DUE)).await;
    let read = derived(&[(FieldName::IIN, OTHER_IIN)], &[]);
    let case = written(&store, then(&case, "intake", read)).await;
    for (iin, expected) in [
        (IIN, vec![case.id.clone()]),
        ("900101 300017", vec![case.id.clone()]),
        (OTHER_IIN, vec![case.id.clone()]),
        ("90010130001", vec![]),
        ("", vec![]),
        ("000229600212", vec![]),
    ] {
        assert_eq!(store.of_person(&of(iin)).await.unwrap(), expected, "{iin}");
    }
    let read_anew = derived(&[(FieldName::IIN, IIN)], &[]);
    let case = written(&store, then(&case, "intake", read_anew)).await;
    assert_eq!(store.of_person(&of(IIN)).await.unwrap(), [case.id]);
    assert_eq!(store.of_person(&of(OTHER_IIN)).await.unwrap(), []);
}
