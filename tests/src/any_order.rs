//! Pieces of a case come in any order, twice, and in attempts that break off: the case is the same.

use casework::case::{Case, CaseKind, Status};
use casework::finding_code::RefusalCode;
use casework::ports::{Cases, Readings, Scans, Uploads};
use casework::scan::{ScanId, ScanOutcome};
use casework::upload::{ATTEMPTS_MAX, Arrived, UploadEnd, UploadRefusal};
use intake::{Attempt, Patience, Received};
use serde_json::json;

use crate::piecemeal::{Cloud, IIN, LEASE, at, manifest, object};

/// What matters of a case: not in which order its scans came, and so not in which order a
/// finding shows them.
fn gist(case: &Case) -> serde_json::Value {
    let mut scans = case.scans.clone();
    scans.sort_by(|a, b| a.scan.cmp(&b.scan));
    let mut findings = case.findings.clone();
    for finding in &mut findings {
        finding.values.sort_by_key(|value| json!(value).to_string());
    }
    json!([
        case.id,
        case.status(),
        case.declared,
        findings,
        case.due_at,
        case.manifest.kind,
        case.manifest.mission,
        scans,
    ])
}

/// Every order of this many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let with_last = |order: Vec<usize>| {
        (0..=order.len()).map(move |place| {
            let mut order = order.clone();
            order.insert(place, count - 1);
            order
        })
    };
    orders(count - 1).into_iter().flat_map(with_last).collect()
}

/// A stack of two pages, of which one is the case's; a passport beside it that is listed, a
/// scan that is not; a manifest; a card that could not be used, and the one put in its place.
fn pieces() -> Vec<Arrived> {
    let [stack, passport, extra] = ["permit\npassport 851231400120", "passport", "\n"];
    let listed = json!({"scans": [
        {"scan": ScanId::of(stack.as_bytes()), "name": "stack.pdf", "pages": [1]},
        {"scan": ScanId::of(passport.as_bytes()), "name": "passport.jpg"},
    ]});
    vec![
        object("a/stack.pdf", 0, stack),
        object("a/passport.jpg", 1, passport),
        object("a/extra.jpg", 2, extra),
        object("a/manifest.json", 3, &manifest(&listed)),
        object("a/card.json", 4, r#"{"birth_date": "1990-02-30"}"#),
        object("a/card.json", 5, r#"{"birth_date": "1990-02-28"}"#),
    ]
}

#[tokio::test]
async fn in_every_order_the_case_is_the_same() {
    let pieces = pieces();
    let mut gists = Vec::new();
    for order in orders(pieces.len()) {
        let cloud = Cloud::new();
        for (second, piece) in order.iter().zip(10..) {
            // Each message comes twice.
            for _ in 0..2 {
                cloud.receive(&pieces[*second], at(piece)).await;
            }
        }
        let case = cloud.case("a/x").await.unwrap();
        for piece in &pieces {
            let end = cloud.end(piece).await;
            let ended = match end {
                Some(UploadEnd::InCases { cases }) => cases == [case.id.clone()],
                Some(UploadEnd::Refused { why, .. }) => {
                    why == UploadRefusal::NotUsable && piece.object == pieces[4].object
                }
                _ => false,
            };
            assert!(ended, "{order:?} {:?}", piece.object);
        }
        gists.push((gist(&case), order));
    }
    let (first, _) = &gists[0];
    for (gist, order) in &gists {
        assert_eq!(gist, first, "{order:?}");
    }
    // The second page of the stack is another person's and is not in the case.
    let text = first.to_string();
    assert!(
        text.contains(IIN) && !text.contains("851231400120"),
        "{text}"
    );
    assert_eq!(first[2]["birth_date"], "1990-02-28");
    assert_eq!(first[7].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn scans_wait_for_a_manifest_that_can_be_used() {
    let cloud = Cloud::new();
    let scan = object("a/passport.jpg", 0, "passport");
    let wrong = object("a/manifest.json", 1, r#"{"mission": "MOON-1"}"#);
    let right = object("a/manifest.json", 2, &manifest(&json!({})));
    assert_eq!(cloud.receive(&scan, at(10)).await, Received::Waits);
    assert_eq!(cloud.receive(&wrong, at(11)).await, Received::Ended);
    assert_eq!(cloud.case("a/x").await, None);
    assert_eq!(cloud.receive(&right, at(12)).await, Received::Ended);
    let case = cloud.case("a/x").await.unwrap();
    assert_eq!(case.scans.len(), 1);
    let in_case = UploadEnd::InCases {
        cases: vec![case.id],
    };
    assert_eq!(cloud.end(&scan).await, Some(in_case));
}

#[tokio::test]
async fn a_manifest_put_in_place_of_another_is_followed_but_does_not_move_a_case() {
    let cloud = Cloud::new();
    let stack = "permit\npassport 851231400120";
    let pages = json!({"scans": [
        {"scan": ScanId::of(stack.as_bytes()), "name": "stack.pdf", "pages": [1]},
    ]});
    for piece in [
        object("a/stack.pdf", 0, stack),
        object("a/manifest.json", 1, &manifest(&json!({}))),
        object("a/manifest.json", 2, &manifest(&pages)),
    ] {
        cloud.receive(&piece, at(10)).await;
    }
    let case = cloud.case("a/x").await.unwrap();
    let ScanOutcome::Read { pages, .. } = case.scans[0].outcome else {
        panic!("it was not read");
    };
    assert_eq!((case.scans.len(), pages), (1, 1));
    let elsewhere = manifest(&json!({"mission": "TUR-ANK"}));
    let elsewhere = object("a/manifest.json", 3, &elsewhere);
    cloud.receive(&elsewhere, at(20)).await;
    let refused = UploadEnd::Refused {
        why: UploadRefusal::OpenedOtherwise,
        problem: String::new().into(),
    };
    assert_eq!(cloud.end(&elsewhere).await, Some(refused));
    assert_eq!(cloud.case("a/x").await, Some(case));
}

#[tokio::test]
async fn what_nothing_is_said_of_becomes_a_case_when_enough_was_waited() {
    let mut cloud = Cloud::new();
    let scans = [
        object("a/1.jpg", 0, "permit"),
        object("a/2.jpg", 1, "passport"),
    ];
    for scan in &scans {
        assert_eq!(cloud.receive(scan, at(10)).await, Received::Waits);
    }
    let waiting = cloud.store.without_end(at(10), 9).await.unwrap();
    assert_eq!(waiting.len(), 2);
    let batch = scans[0].object.batch();
    let settle = async |cloud: &Cloud| {
        let intake = cloud.intake();
        let case = intake.gather(&batch, Patience::Over, &cloud.settings, at(99));
        case.await.unwrap()
    };
    // Nobody said to which mission: it waits on.
    assert_eq!(settle(&cloud).await, None);
    cloud.settings.mission = Some(casework::case::MissionCode("DEU-BER".into()));
    let id = settle(&cloud).await.unwrap();
    let case = cloud.store.load(&id).await.unwrap().unwrap();
    assert_eq!(
        (case.scans.len(), case.manifest.kind),
        (2, CaseKind::Permanent)
    );
    assert_eq!(cloud.store.without_end(at(99), 9).await.unwrap(), []);
    // More of it still comes, and a manifest.
    let late = object("a/3.jpg", 50, "\n");
    let said = object("a/manifest.json", 51, &manifest(&json!({})));
    for piece in [late, said] {
        assert_eq!(cloud.receive(&piece, at(100)).await, Received::Ended);
    }
    let case = cloud.store.load(&id).await.unwrap().unwrap();
    assert_eq!(case.scans.len(), 3);
}

#[tokio::test]
async fn a_loose_scan_becomes_a_case_for_each_person_on_it() {
    let mut cloud = Cloud::new();
    cloud.settings.mission = Some(casework::case::MissionCode("DEU-BER".into()));
    let stack = object("stack.pdf", 0, "passport\npassport 851231400120\npermit");
    assert_eq!(cloud.receive(&stack, at(10)).await, Received::Ended);
    let Some(UploadEnd::InCases { cases }) = cloud.end(&stack).await else {
        panic!("it is in no case");
    };
    assert_eq!(cases.len(), 2);
    let passed_over = object("manifest.json", 1, "{}");
    cloud.receive(&passed_over, at(11)).await;
    assert_eq!(cloud.end(&passed_over).await, Some(UploadEnd::PassedOver));
}

#[tokio::test]
async fn a_scan_at_which_every_attempt_breaks_off_is_refused_in_its_case() {
    let cloud = Cloud::new();
    let said = object("a/manifest.json", 0, &manifest(&json!({})));
    let poison = object("a/poison.jpg", 1, "passport");
    cloud.receive(&said, at(10)).await;
    // An attempt that is killed leaves its claim and nothing else.
    let mut upload = casework::upload::Upload::new(poison.object.clone(), at(10));
    for round in 0..i64::from(ATTEMPTS_MAX) {
        let casework::upload::Claimed::Mine(claimed) =
            upload.claimed(&format!("killed {round}"), at(100 * round), LEASE)
        else {
            panic!("it cannot be claimed");
        };
        assert!(cloud.store.keep_upload(&claimed).await.unwrap());
        let early = cloud.receive(&poison, at(100 * round + 1)).await;
        assert_eq!(early, Received::Held);
        upload = claimed;
    }
    assert_eq!(cloud.receive(&poison, at(999)).await, Received::Ended);
    let case = cloud.case("a/x").await.unwrap();
    let ScanOutcome::Refused { code, .. } = case.scans[0].outcome else {
        panic!("it was read");
    };
    assert_eq!(code, RefusalCode::TookTooMuchMemory);
    assert_eq!(case.status(), Status::AwaitingDocuments);
    let kept = cloud.store.bytes(&case.scans[0].scan).await.unwrap();
    assert!(kept.is_some());
}

#[tokio::test]
async fn a_machine_that_fails_is_not_held_against_the_upload() {
    let cloud = Cloud::new();
    let scan = object("a/1.jpg", 0, "broken machine");
    for round in 0..i64::from(ATTEMPTS_MAX) + 2 {
        let attempt = Attempt {
            name: &round.to_string(),
            lease: LEASE,
            settings: &cloud.settings,
            patience: Patience::Waits,
        };
        let failed = cloud.intake().receive(&scan, attempt, at(round)).await;
        assert!(failed.is_err());
    }
    let (batch, id) = (scan.object.batch(), scan.object.id());
    let upload = cloud.store.upload(&batch, &id).await.unwrap().unwrap();
    assert_eq!((upload.attempts, upload.claim, upload.end), (0, None, None));
    let scan = ScanId::of(b"broken machine");
    assert!(
        cloud.store.bytes(&scan).await.unwrap().is_some(),
        "it is kept"
    );
    assert_eq!(cloud.store.seen(&scan, "words").await.unwrap(), None);
}

#[tokio::test]
async fn what_comes_after_the_end_of_a_case_is_on_record() {
    let cloud = Cloud::new();
    cloud
        .receive(&object("a/1.jpg", 0, "passport"), at(10))
        .await;
    let said = object("a/manifest.json", 1, &manifest(&json!({})));
    cloud.receive(&said, at(11)).await;
    let case = cloud.case("a/x").await.unwrap();
    let ended = super::contract::invented::then(&case, "aida", casework::case::Event::Withdrawn);
    super::contract::cases::written(&cloud.store, ended).await;
    let late = object("a/2.jpg", 2, "permit");
    assert_eq!(cloud.receive(&late, at(12)).await, Received::Ended);
    let end = cloud.end(&late).await;
    let refused = |end: &UploadEnd| matches!(end, UploadEnd::Refused { why, .. } if *why == UploadRefusal::CaseEnded);
    assert!(end.as_ref().is_some_and(refused), "{end:?}");
    assert_eq!(cloud.case("a/x").await.unwrap().scans.len(), 1);
}
