//! Notices: due, tried by one sender at a time, ended once.

use casework::case::{Case, Event};
use casework::notice::{Notice, NoticeEnd, NoticeKind, Posted, Settled, Told, Undelivered};
use casework::ports::Outbox;
use jiff::Timestamp;

use super::Adapter;
use super::cases::written;
use super::invented::{RECEIVED, opened, then, time};

/// Behind the clock of every store: all that waits and was never tried is due.
const LATER: &str = "2100-01-01T00:00:00Z";
/// When a begun try lets others try.
const AGAIN: &str = "2100-01-01T00:05:00Z";

fn notice(case: &Case, kind: NoticeKind) -> Notice {
    Notice {
        case: case.id.clone(),
        version: case.version,
        kind,
    }
}

/// Three cases that each tell something, and the first of them once more.
async fn four(store: &(impl Outbox + casework::ports::Cases)) -> Vec<Notice> {
    let mut expected = Vec::new();
    let mut cases = Vec::new();
    for number in 0..3 {
        let mut change = opened(number);
        change.notices = vec![notice(&change.case, NoticeKind::Received)];
        expected.extend(change.notices.clone());
        cases.push(written(store, change).await);
    }
    // The first case again: a younger notice of an older case.
    let mut change = then(&cases[0], "applicant", Event::Withdrawn);
    change.notices = vec![notice(&change.case, NoticeKind::StruckOff)];
    expected.extend(change.notices.clone());
    written(store, change).await;
    expected
}

async fn due(store: &impl Outbox, at: &str, limit: u32) -> Vec<Notice> {
    let due = store.due(time(at), limit).await.unwrap();
    due.into_iter().map(|posted| posted.notice).collect()
}

fn ended(end: NoticeEnd) -> Settled {
    Settled {
        at: time(RECEIVED),
        end,
    }
}

pub(crate) async fn notices_wait_oldest_first_until_they_end(place: &impl Adapter) {
    let store = place.open().await;
    let expected = four(&store).await;
    let store = place.open().await;
    assert_eq!(due(&store, LATER, 10).await, expected);
    assert_eq!(due(&store, LATER, 2).await, expected[..2]);
    assert_eq!(due(&store, LATER, 0).await, []);
    for end in [NoticeEnd::Sent, NoticeEnd::Overtaken] {
        let id = expected[1].id();
        store.settle(&id, &ended(end)).await.unwrap();
        let left = [&expected[..1], &expected[2..]].concat();
        assert_eq!(due(&store, LATER, 10).await, left);
        let posted = store.notices(&id.case).await.unwrap();
        assert_eq!(
            posted[0].settled,
            Some(ended(NoticeEnd::Sent)),
            "the first end stands"
        );
    }
    let never_there = notice(&opened(9).case, NoticeKind::Refused);
    let (id, sent) = (never_there.id(), ended(NoticeEnd::Sent));
    store.settle(&id, &sent).await.unwrap();
    assert_eq!(store.notices(&never_there.case).await.unwrap(), []);
    assert_eq!(due(&store, LATER, 10).await.len(), 3);
    let of_first = store.notices(&expected[0].case).await.unwrap();
    let told: Vec<_> = of_first.into_iter().map(|posted| posted.notice).collect();
    assert_eq!(told, [expected[0].clone(), expected[3].clone()]);
}

pub(crate) async fn a_try_is_one_senders_until_the_next_is_due(place: &impl Adapter) {
    let store = place.open().await;
    let expected = four(&store).await;
    let again: Timestamp = time(AGAIN);
    let found = store.due(time(LATER), 1).await.unwrap();
    let posted = &found[0];
    assert_eq!((posted.tries, posted.next_at), (0, None));
    let other = place.open().await;
    assert!(store.begin_try(posted, again).await.unwrap());
    assert!(
        !other.begin_try(posted, again).await.unwrap(),
        "it is taken"
    );
    assert_eq!(due(&other, LATER, 10).await, expected[1..]);
    // The sender died: when the time has come, the notice is there again, behind the new ones.
    let there: Vec<Posted> = other.due(again, 10).await.unwrap();
    assert_eq!(there.len(), 4);
    let begun = Posted {
        tries: 1,
        next_at: Some(again),
        ..posted.clone()
    };
    assert!(there.contains(&begun), "{there:?}");
    assert!(
        !other.begin_try(posted, again).await.unwrap(),
        "an old look"
    );
    assert!(
        other
            .begin_try(&begun, time("2100-01-01T01:00:00Z"))
            .await
            .unwrap()
    );
    let sent = ended(NoticeEnd::Sent);
    other.settle(&begun.notice.id(), &sent).await.unwrap();
    let twice = Posted { tries: 2, ..begun };
    let late = store.begin_try(&twice, again).await.unwrap();
    assert!(!late, "it has ended");
}

pub(crate) async fn what_was_sent_may_come_back(place: &impl Adapter) {
    let store = place.open().await;
    let id = four(&store).await[2].id();
    let back = ended(NoticeEnd::Undelivered {
        why: Undelivered::Refused("550 5.1.1".to_owned()),
    });
    let sent = ended(NoticeEnd::Sent);
    for (end, known) in [(&sent, &sent), (&back, &back), (&sent, &back)] {
        store.settle(&id, end).await.unwrap();
        let posted = store.notices(&id.case).await.unwrap();
        assert_eq!(posted[0].settled.as_ref(), Some(known));
        assert_eq!(due(&store, LATER, 10).await.len(), 3);
    }
}

pub(crate) async fn who_was_told_is_kept_until_the_notice_ends(place: &impl Adapter) {
    let store = place.open().await;
    let expected = four(&store).await;
    let id = expected[1].id();
    let told = Told {
        applicant: Some(NoticeEnd::Sent),
        ministry: false,
    };
    store.note_told(&id, &told).await.unwrap();
    let other = place.open().await;
    let due = other.due(time(LATER), 10).await.unwrap();
    let kept: Vec<_> = due.iter().map(|posted| posted.told.clone()).collect();
    let nobody = Told::default();
    assert_eq!(kept, [&nobody, &told, &nobody, &nobody].map(Told::clone));
    assert!(other.begin_try(&due[1], time(AGAIN)).await.unwrap());
    let sent = ended(NoticeEnd::Sent);
    other.settle(&id, &sent).await.unwrap();
    store.note_told(&id, &nobody).await.unwrap();
    let never_there = notice(&opened(9).case, NoticeKind::Refused);
    store.note_told(&never_there.id(), &told).await.unwrap();
    assert_eq!(store.notices(&never_there.case).await.unwrap(), []);
    let posted = store.notices(&id.case).await.unwrap();
    assert_eq!(posted[0].told, told, "an end is an end");
    assert_eq!(posted[0].settled, Some(sent));
}

pub(crate) async fn a_notice_of_an_application_waits_as_any_and_is_put_in_once(
    place: &impl Adapter,
) {
    let store = place.open().await;
    let notice = Notice::of_application(opened(5).case.id);
    for _ in 0..2 {
        store.post(&notice).await.unwrap();
    }
    assert_eq!(due(&store, LATER, 10).await, std::slice::from_ref(&notice));
    let sent = ended(NoticeEnd::Sent);
    store.settle(&notice.id(), &sent).await.unwrap();
    store.post(&notice).await.unwrap();
    let other = place.open().await;
    assert_eq!(due(&other, LATER, 10).await, []);
    assert_eq!(other.notices(&notice.case).await.unwrap().len(), 1);
    // The case that it becomes has its notices beside it.
    let mut change = opened(5);
    change.notices = vec![self::notice(&change.case, NoticeKind::Received)];
    written(&other, change).await;
    let kinds = other.notices(&notice.case).await.unwrap();
    let kinds: Vec<_> = kinds.iter().map(|posted| posted.notice.kind).collect();
    assert_eq!(kinds, [NoticeKind::PrivateLink, NoticeKind::Received]);
}
