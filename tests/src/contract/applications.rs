//! Applications: found with their link only, written after the version they follow.

use std::collections::BTreeMap;

use casework::application::{Application, Beginning, Identity, LinkKey};
use casework::case::{CaseId, CaseKind, MissionCode};
use casework::ports::Applications;
use casework::reading::FieldName;
use casework::upload::BatchId;
use jiff::civil::date;

use super::Adapter;
use super::invented::{RECEIVED, time};

fn key(link: &str) -> LinkKey {
    LinkKey(link.to_owned())
}

pub(crate) fn begun(name: &str, link: &str) -> Application {
    let beginning = Beginning {
        language: casework::words::Language::Kk,
        represented: false,
        batch: BatchId::of("portal", name),
        link: key(link),
        kind: CaseKind::Temporary,
        mission: MissionCode("DEU-BER".into()),
        consent: date(2026, 11, 1),
        contact: BTreeMap::new(),
    };
    Application::begun(beginning, time(RECEIVED))
}

pub(crate) async fn an_application_is_found_with_its_link_only(place: &impl Adapter) {
    let one = begun("one/", "a");
    assert!(place.open().await.keep_application(&one).await.unwrap());
    let store = place.open().await;
    let other = CaseId::of_batch(&BatchId::of("portal", "other/"));
    for (reference, link, found) in [
        (&one.reference, "a", Some(&one)),
        (&one.reference, "b", None),
        (&one.reference, "", None),
        (&other, "a", None),
    ] {
        let answer = store.application(reference, &key(link)).await.unwrap();
        assert_eq!(answer.as_ref(), found, "{reference} {link}");
    }
}

pub(crate) async fn an_application_is_written_after_the_version_it_follows(place: &impl Adapter) {
    let store = place.open().await;
    let one = begun("one/", "a");
    let passport = one.clone().showing(Identity::Passport).unwrap();
    let card = one.clone().showing(Identity::IdCard).unwrap();
    for (application, stands) in [
        (&passport, false),
        (&one, true),
        (&one, true),
        (&passport, true),
        (&card, false),
        (&one, false),
        (&passport, true),
    ] {
        assert_eq!(store.keep_application(application).await.unwrap(), stands);
    }
    let there = place
        .open()
        .await
        .application(&one.reference, &one.link)
        .await
        .unwrap();
    assert_eq!(there, Some(passport));
}

pub(crate) async fn an_application_of_any_size_comes_back(place: &impl Adapter) {
    let store = place.open().await;
    let mut one = begun("one/", "a");
    let long = "ы".repeat(400 << 10);
    one.entries.insert(FieldName::SURNAME, long.into());
    assert!(store.keep_application(&one).await.unwrap());
    let found = store.application(&one.reference, &one.link).await.unwrap();
    assert_eq!(found, Some(one));
}

pub(crate) async fn what_was_handed_in_waits_until_its_case_stands(place: &impl Adapter) {
    let store = place.open().await;
    let one = begun("one/", "a");
    let mut ready = one.clone();
    ready.confirmed = Some(casework::card::DeclaredCard::default());
    let handed_in = ready.handed_in(None, time(RECEIVED)).unwrap();
    let standing = handed_in.clone().standing();
    for (step, waiting) in [(one, 0), (handed_in, 1), (standing, 0)] {
        assert!(store.keep_application(&step).await.unwrap());
        assert_eq!(
            store.to_hand_over(9).await.unwrap().len(),
            waiting,
            "{step:?}"
        );
    }
}

pub(crate) async fn openings_are_counted_whether_or_not_there_is_an_application(
    place: &impl Adapter,
) {
    let store = place.open().await;
    let one = begun("one/", "a");
    assert!(store.keep_application(&one).await.unwrap());
    let nobodys = CaseId::of_batch(&BatchId::of("portal", "nobody's/"));
    for reference in [&one.reference, &nobodys] {
        let mut before = Vec::new();
        for _ in 0..7 {
            before.push(
                store
                    .count_opening(reference, time(RECEIVED))
                    .await
                    .unwrap()
                    .count,
            );
        }
        assert_eq!(
            before,
            [0, 1, 2, 3, 4, 5, 5],
            "a try that must wait is not counted"
        );
        store.forget_openings(reference).await.unwrap();
        assert_eq!(
            store
                .count_opening(reference, time(RECEIVED))
                .await
                .unwrap()
                .count,
            0
        );
    }
}
