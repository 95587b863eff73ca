//! Notices from the outbox to a real mail server, with senders that die on the way.

mod command;
mod ministry;
mod receiver;
pub(crate) mod server;
mod service;
mod ses;
mod sns;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use casework::case::{Case, Event};
use casework::notice::{Message, Notice, NoticeEnd, NoticeId, NoticeKind, TRIES_MAX, Undelivered};
use casework::ports::{Cases, Delivery, Outbox, Sender};
use casework::reading::FieldName;
use jiff::{SignedDuration, Timestamp};
use local::Store;
use mail::Mail;
use notify::{Bounce, Carriers, NoEnclosures, Notifier, Tally};

use self::server::MailServer;
use crate::contract::cases::written;
use crate::contract::invented::{DUE, RECEIVED, change, derived, manifest, then, time};
use crate::memory::Memory;

const FROM: &str = "no-reply@mfa.example";

/// A clock that goes when it is told to.
struct Clock(AtomicI64);

impl Clock {
    fn new() -> Self {
        Self(AtomicI64::new(time(RECEIVED).as_second()))
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }

    fn go_on(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_secs(), Ordering::SeqCst);
    }
}

/// A case that lacks its documents and says so to this address.
async fn told(store: &impl Cases, number: u32, address: &str) -> Case {
    told_by(store, number, &[(FieldName::new("email"), address)]).await
}

/// A case that lacks its documents and says so to whoever its card says.
async fn told_by(store: &impl Cases, number: u32, entries: &[(FieldName, &str)]) -> Case {
    let opened = Event::Opened {
        manifest: manifest(number, &[]),
        due_at: time(DUE),
    };
    let entries = derived(entries, &[]);
    let mut change = change(None, "intake", vec![opened, entries]);
    change.notices = vec![Notice {
        case: change.case.id.clone(),
        version: change.case.version,
        kind: NoticeKind::DocumentsAwaited,
    }];
    written(store, change).await
}

/// A sender that dies with certain messages: before the server has them, or right after.
struct Dying<'a> {
    mail: &'a Mail,
    before: Mutex<BTreeSet<NoticeId>>,
    after: Mutex<BTreeSet<NoticeId>>,
    died: tokio::sync::Notify,
}

impl Dying<'_> {
    /// Of each death the first time only; whoever waits for it takes the sender down.
    async fn die_of(&self, deaths: &Mutex<BTreeSet<NoticeId>>, id: &NoticeId) {
        let dies = deaths.lock().unwrap().remove(id);
        if dies {
            self.died.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

impl Sender for Dying<'_> {
    async fn send(&self, message: &Message) -> Delivery {
        self.die_of(&self.before, &message.id).await;
        let sent = self.mail.send(message).await;
        self.die_of(&self.after, &message.id).await;
        sent
    }
}

/// A slice here; the whole with `tests/notices`.
#[expect(
    clippy::too_many_lines,
    reason = "one story, from the store to what the server received"
)]
#[tokio::test]
async fn each_notice_arrives_once_but_for_the_window_between_sending_and_marking() {
    let cases: u32 = std::env::var("CASES").map_or(120, |number| number.parse().unwrap());
    let start = Instant::now();
    let dir = tempfile::tempdir().unwrap();
    let open = || Store::open(dir.path()).unwrap();
    let server = MailServer::start().await;
    let mail = Mail::by_smtp(&format!("smtp://{}", server.address), FROM).unwrap();
    let mut all = BTreeSet::new();
    let [mut lost, mut before, mut after] = [const { BTreeSet::new() }; 3];
    for number in 0..cases {
        let name = if number % 17 == 3 { "lost" } else { "person" };
        let case = told(&open(), number, &format!("{name}{number}@example.com")).await;
        let id = NoticeId {
            version: case.version,
            case: case.id,
        };
        match number % 17 {
            3 => lost.insert(id.clone()),
            5 | 11 => after.insert(id.clone()),
            7 => before.insert(id.clone()),
            _ => false,
        };
        all.insert(id);
    }
    let window: BTreeSet<NoticeId> = after.union(&lost).cloned().collect();
    let deaths_expected = before.len() + after.len();
    let clock = Clock::new();
    let dying = Dying {
        mail: &mail,
        before: Mutex::new(before),
        after: Mutex::new(after),
        died: tokio::sync::Notify::new(),
    };
    let mut deaths = 0;
    loop {
        // Whoever comes next opens the store anew, as another process does.
        let store = open();
        let notifier = Notifier {
            enclosures: &NoEnclosures,
            store: &store,
            carriers: Carriers::mail(&dying),
            now: &|| clock.now(),
        };
        tokio::select! {
            tally = notifier.send_due() => {
                if tally.unwrap().is_empty() {
                    break;
                }
            }
            () = dying.died.notified() => deaths += 1,
        }
        clock.go_on(SignedDuration::from_mins(6));
    }
    assert_eq!(deaths, deaths_expected);
    let mut times: BTreeMap<NoticeId, u32> = BTreeMap::new();
    for taken in server.taken() {
        *times.entry(taken.id.parse().unwrap()).or_default() += 1;
    }
    assert_eq!(
        times.keys().cloned().collect::<BTreeSet<_>>(),
        all,
        "none is lost"
    );
    assert!(times.values().all(|times| *times <= 2));
    let doubled = times.iter().filter(|(_, times)| **times == 2);
    let doubled: BTreeSet<NoticeId> = doubled.map(|(id, _)| id.clone()).collect();
    assert_eq!(doubled, window, "the doubled ones are those of the window");
    for id in &all {
        let posted = open().notices(&id.case).await.unwrap();
        let end = posted[0].settled.as_ref().map(|settled| &settled.end);
        assert_eq!(end, Some(&NoticeEnd::Sent));
    }
    println!(
        "{cases} notices by {} senders of which {deaths} died, {} answers lost: {} arrived twice, the others once, in {:?}",
        deaths + 1,
        lost.len(),
        doubled.len(),
        start.elapsed()
    );
}

#[tokio::test]
async fn what_is_refused_is_told_and_what_is_put_off_is_tried_until_it_is_given_up() {
    let server = MailServer::start().await;
    let mail = Mail::by_smtp(&format!("smtp://{}", server.address), FROM).unwrap();
    let store = Memory::default();
    let gone = told(&store, 1, "gone@example.com").await;
    let later = told(&store, 2, "later@example.com").await;
    let nowhere = told(&store, 3, "no address").await;
    let clock = Clock::new();
    let notifier = Notifier {
        enclosures: &NoEnclosures,
        store: &store,
        carriers: Carriers::mail(&mail),
        now: &|| clock.now(),
    };
    let tally = notifier.send_due().await.unwrap();
    let expected = Tally {
        undelivered: 2,
        later: 1,
        last_cause: Some("the mail server answers 451 4.3.0".to_owned()),
        ..Tally::default()
    };
    assert_eq!(tally, expected);
    assert!(notifier.send_due().await.unwrap().is_empty(), "not yet due");
    for _ in 1..=TRIES_MAX {
        clock.go_on(SignedDuration::from_hours(12));
        notifier.send_due().await.unwrap();
    }
    let refused = Undelivered::Refused("550 5.1.1".to_owned());
    for (case, expected, tries) in [
        (&gone, refused, 1),
        (&later, Undelivered::GaveUp, TRIES_MAX),
        (&nowhere, Undelivered::NoAddress, 1),
    ] {
        let posted = store.notices(&case.id).await.unwrap().remove(0);
        assert_eq!(posted.tries, tries, "{expected:?}");
        let why = NoticeEnd::Undelivered { why: expected };
        assert_eq!(posted.settled.unwrap().end, why);
    }
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_case_that_went_on_tells_what_holds_now() {
    let server = MailServer::start().await;
    let mail = Mail::by_smtp(&format!("smtp://{}", server.address), FROM).unwrap();
    let store = Memory::default();
    let case = told(&store, 1, "person@example.com").await;
    let other = told(&store, 2, "other@example.com").await;
    let mut change = then(&case, "aida", Event::Approved { reason: None });
    change.notices = vec![Notice {
        case: case.id.clone(),
        version: change.case.version,
        kind: NoticeKind::Registered,
    }];
    let case = written(&store, change).await;
    let clock = Clock::new();
    let notifier = Notifier {
        enclosures: &NoEnclosures,
        store: &store,
        carriers: Carriers::mail(&mail),
        now: &|| clock.now(),
    };
    let tally = notifier.send_due_of(&case.id).await.unwrap();
    assert_eq!((tally.sent, tally.overtaken), (1, 1), "{tally}");
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].to, "person@example.com");
    assert_eq!(taken[0].id, format!("{}.{}", case.id, case.version));

    // It comes back days later.
    let bounce = Bounce {
        notice: taken[0].id.parse().unwrap(),
        code: "5.1.1".to_owned(),
    };
    bounce.note(&store, clock.now()).await.unwrap();
    let posted = store.notices(&case.id).await.unwrap();
    let why = Undelivered::Refused("5.1.1".to_owned());
    let ends: Vec<_> = posted.into_iter().map(|p| p.settled.unwrap().end).collect();
    assert_eq!(ends, [NoticeEnd::Overtaken, NoticeEnd::Undelivered { why }]);
    let waiting = store.notices(&other.id).await.unwrap();
    assert!(
        waiting[0].is_due(clock.now()),
        "nobody asked for the other's"
    );
}
