//! Stacks: one version after another, and pages to go on from.

use std::collections::BTreeSet;

use casework::case::{Actor, Channel, MissionCode, Role};
use casework::finding_code::RefusalCode;
use casework::ports::{Incoming, PageLooked, Scans, ScansInPieces, Stacks};
use casework::reading::PageReading;
use casework::scan::ScanId;
use casework::stack::{PageRef, Stack, StackFile, Terms};

use super::Adapter;
use super::invented::{RECEIVED, time};

fn stack(number: u32, mission: &str, came_at: &str) -> Stack {
    let terms = Terms {
        mission: MissionCode(mission.to_owned()),
        channel: Channel::Consulate,
        kind: None,
        received_at: time(RECEIVED),
        card: None,
    };
    let file = StackFile::new("a.pdf".into(), ScanId::of(&number.to_be_bytes()));
    brought(terms, file, came_at)
}

/// A stack of this file.
pub(crate) fn stack_of(file: StackFile) -> Stack {
    let Stack { terms, .. } = stack(1, "DEU-BER", RECEIVED);
    brought(terms, file, RECEIVED)
}

fn brought(terms: Terms, file: StackFile, came_at: &str) -> Stack {
    let clerk = Actor {
        role: Role::Clerk,
        account: Some("berik".to_owned()),
    };
    Stack::new(terms, vec![file], clerk, time(came_at))
}

fn page(digest: &str) -> PageLooked {
    PageLooked {
        seen: Ok(PageReading {
            size: [2480, 3508],
            digest: digest.to_owned(),
            blank: false,
            cover: Some("TIRKEU-COVER1:".to_owned()),
            readings: Vec::new(),
            findings: Vec::new(),
        }),
        thumbnail: vec![0xFF, 0xD8, 0],
    }
}

const fn at(file: u32, page: u32) -> PageRef {
    PageRef { file, page }
}

pub(crate) async fn a_stack_is_written_after_the_version_it_follows(place: &impl Adapter) {
    let store = place.open().await;
    let first = stack(1, "DEU-BER", RECEIVED);
    assert_eq!(store.stack(&first.id).await.unwrap(), None);
    let second = first.clone().opened(vec![Ok(3)]);
    let late = first.clone().opened(vec![Err(RefusalCode::TooLarge)]);
    for (stack, stands) in [
        (&second, false),
        (&first, true),
        (&first, true),
        (&second, true),
        (&second, true),
        (&late, false),
        (&first, false),
    ] {
        let kept = place.open().await.keep_stack(stack).await.unwrap();
        assert_eq!(kept, stands, "version {}", stack.version);
    }
    assert_eq!(store.stack(&first.id).await.unwrap(), Some(second));
}

pub(crate) async fn stacks_are_found_by_mission_by_age_and_by_what_is_to_do(place: &impl Adapter) {
    let store = place.open().await;
    let stacks = [
        stack(1, "DEU-BER", "2026-10-23T09:00:00.5Z"),
        stack(2, "TUR-ANK", "2026-10-23T09:00:01Z"),
        stack(3, "DEU-BER", "2026-10-23T08:00:00Z"),
    ];
    for stack in &stacks {
        assert!(store.keep_stack(stack).await.unwrap());
    }
    let [young, youngest, old] = stacks.each_ref().map(|stack| &stack.id);
    let berlin = BTreeSet::from([MissionCode("DEU-BER".into())]);
    let both = BTreeSet::from([MissionCode("DEU-BER".into()), MissionCode("TUR-ANK".into())]);
    for (missions, limit, expected) in [
        (None, 9, vec![youngest, young, old]),
        (None, 1, vec![youngest]),
        (Some(&berlin), 9, vec![young, old]),
        (Some(&both), 2, vec![youngest, young]),
        (Some(&BTreeSet::new()), 9, vec![]),
    ] {
        let found = store.stacks(missions, limit).await.unwrap();
        let found: Vec<_> = found.iter().map(|stack| &stack.id).collect();
        assert_eq!(found, expected, "{missions:?} {limit}");
    }
    let to_do = store.stacks_to_do().await.unwrap();
    assert_eq!(to_do.iter().collect::<Vec<_>>(), [old, young, youngest]);
    let sorted = stacks[0].clone().sorted(Vec::new(), Vec::new());
    let done = sorted.clone().filed(&[].into(), &BTreeSet::new());
    for (stack, to_do) in [(&sorted, 3), (&done, 2)] {
        assert!(store.keep_stack(stack).await.unwrap());
        assert_eq!(store.stacks_to_do().await.unwrap().len(), to_do);
    }
}

pub(crate) async fn pages_are_kept_one_by_one_and_come_back_in_order(place: &impl Adapter) {
    let store = place.open().await;
    let stack = stack(1, "DEU-BER", RECEIVED);
    assert!(store.keep_stack(&stack).await.unwrap());
    let refused = PageLooked {
        seen: Err(RefusalCode::TookTooLong),
        thumbnail: Vec::new(),
    };
    for (at, page) in [
        (at(0, 10), page("a")),
        (at(1, 1), refused.clone()),
        (at(0, 2), page("b")),
        (at(0, 2), page("b")),
    ] {
        store.keep_page(&stack.id, at, &page).await.unwrap();
    }
    let store = place.open().await;
    let expected = [
        (at(0, 2), page("b").seen),
        (at(0, 10), page("a").seen),
        (at(1, 1), refused.seen),
    ];
    assert_eq!(store.pages_seen(&stack.id).await.unwrap(), expected);
    assert_eq!(store.pages_read(&stack.id).await.unwrap(), 3);
    for (at, jpeg) in [
        (at(0, 2), Some(page("b").thumbnail)),
        (at(1, 1), None),
        (at(2, 1), None),
    ] {
        assert_eq!(store.thumbnail(&stack.id, at).await.unwrap(), jpeg);
    }
}

pub(crate) async fn a_page_came_before_in_an_earlier_stack_only(place: &impl Adapter) {
    let store = place.open().await;
    let early = stack(1, "DEU-BER", "2026-10-23T09:00:00Z");
    let late = stack(2, "DEU-BER", "2026-10-23T09:00:01Z");
    for stack in [&early, &late] {
        assert!(store.keep_stack(stack).await.unwrap());
        let both = page("both");
        store.keep_page(&stack.id, at(0, 7), &both).await.unwrap();
    }
    for (stack, digest, expected) in [
        (&late, "both", Some((early.id.clone(), at(0, 7)))),
        (&early, "both", None),
        (&late, "other", None),
    ] {
        let found = store.page_before(&stack.id, digest).await.unwrap();
        assert_eq!(found, expected, "{digest}");
    }
}

pub(crate) async fn a_scan_in_pieces_is_the_scan_as_a_whole(place: &impl Adapter) {
    let store = place.open().await;
    let unfinished = store.begin().unwrap();
    drop(unfinished);
    for whole in [&b"a scan"[..], b""] {
        let mut incoming = store.begin().unwrap();
        for piece in whole.chunks(4) {
            incoming.write(piece).unwrap();
        }
        let expected = (ScanId::of(whole), whole.len() as u64);
        assert_eq!(incoming.finish().await.unwrap(), expected);
        let found = place.open().await.bytes(&expected.0).await.unwrap();
        assert_eq!(found.as_deref(), Some(whole));
    }
    // What is locked away stays so, however it comes again.
    let scan = store.quarantine(b"a program").await.unwrap();
    let mut again = store.begin().unwrap();
    again.write(b"a program").unwrap();
    assert_eq!(again.finish().await.unwrap().0, scan);
    assert_eq!(store.bytes(&scan).await.unwrap(), None);
}
