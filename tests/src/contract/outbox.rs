//! Notices that wait.

use casework::case::Event;
use casework::notice::{Notice, NoticeKind};
use casework::ports::Outbox;

use super::Adapter;
use super::cases::written;
use super::invented::{RECEIVED, opened, then, time};

pub(crate) async fn notices_wait_oldest_first_until_they_are_sent(place: &impl Adapter) {
    let store = place.open().await;
    let notice = |case: &casework::case::Case, kind| Notice {
        case: case.id.clone(),
        version: case.version,
        kind,
    };
    let mut expected = Vec::new();
    let mut cases = Vec::new();
    for number in 0..3 {
        let mut change = opened(number);
        change.notices = vec![notice(&change.case, NoticeKind::Received)];
        expected.extend(change.notices.clone());
        cases.push(written(&store, change).await);
    }
    // The first case again: a younger notice of an older case.
    let mut change = then(&cases[0], "applicant", Event::Withdrawn);
    change.notices = vec![notice(&change.case, NoticeKind::StruckOff)];
    expected.extend(change.notices.clone());
    written(&store, change).await;

    let store = place.open().await;
    assert_eq!(store.waiting(10).await.unwrap(), expected);
    assert_eq!(store.waiting(2).await.unwrap(), expected[..2]);
    assert_eq!(store.waiting(0).await.unwrap(), []);
    for _ in 0..2 {
        store.mark_sent(&expected[1], time(RECEIVED)).await.unwrap();
        let left = [&expected[..1], &expected[2..]].concat();
        assert_eq!(store.waiting(10).await.unwrap(), left);
    }
    let never_there = notice(&opened(9).case, NoticeKind::Refused);
    store.mark_sent(&never_there, time(RECEIVED)).await.unwrap();
    assert_eq!(store.waiting(10).await.unwrap().len(), 3);
}
