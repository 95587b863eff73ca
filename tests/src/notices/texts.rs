//! Short texts to who gave a telephone number and no address.

use std::path::Path;

use casework::case::Case;
use casework::notice::{NoticeEnd, Text};
use casework::ports::{Delivery, Outbox as _, Sender};
use casework::reading::FieldName;
use jiff::SignedDuration;
use local::Store;
use mail::{Mail, SmsSpool};
use notify::{Carriers, NoEnclosures, Nothing, Notifier};

use super::{Clock, FROM, told_by};
use crate::machine::Machine;

const EMAIL: FieldName = FieldName::new("email");
const PHONE: FieldName = FieldName::new("phone");

/// The names of the files that a folder holds.
fn files(folder: &Path) -> Vec<String> {
    let listing = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = listing.filter(|entry| entry.file_type().unwrap().is_file());
    let mut names: Vec<_> = files
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn name(case: &Case) -> String {
    format!("{}.{}.sms", case.id, case.version)
}

/// A spool whose user dies right after the first text is in it.
struct Dying<'a> {
    spool: &'a SmsSpool,
    died: tokio::sync::Notify,
}

impl Sender<Text> for Dying<'_> {
    async fn send(&self, text: &Text) -> Delivery {
        let sent = self.spool.send(text).await;
        assert_eq!(sent, Delivery::Sent);
        self.died.notify_one();
        std::future::pending().await
    }
}

#[tokio::test]
async fn who_dies_between_writing_and_marking_leaves_one_text_to_send() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("sms");
    let spool = SmsSpool::at(&folder).unwrap();
    let mail = Mail::into_folder(&dir.path().join("mail"), FROM).unwrap();
    let open = || Store::open(&dir.path().join("store")).unwrap();
    let case = told_by(&open(), 1, &[(PHONE, "+49 30 000 00 12")]).await;
    let clock = Clock::new();
    let dying = Dying {
        spool: &spool,
        died: tokio::sync::Notify::new(),
    };
    let store = open();
    let notifier = Notifier {
        store: &store,
        carriers: Carriers::<_, _, Nothing> {
            mail: &mail,
            texts: Some(&dying),
            reports: None,
        },
        enclosures: &NoEnclosures,
        now: &|| clock.now(),
    };
    tokio::select! {
        _ = notifier.send_due() => panic!("it died"),
        () = dying.died.notified() => {}
    }
    let posted = store.notices(&case.id).await.unwrap().remove(0);
    assert_eq!((posted.tries, posted.settled), (1, None));
    assert_eq!(files(&folder), [name(&case)]);

    clock.go_on(SignedDuration::from_mins(6));
    let store = open();
    let notifier = Notifier {
        store: &store,
        carriers: Carriers::<_, _, Nothing> {
            mail: &mail,
            texts: Some(&spool),
            reports: None,
        },
        enclosures: &NoEnclosures,
        now: &|| clock.now(),
    };
    assert_eq!(notifier.send_due().await.unwrap().sent, 1);
    let posted = store.notices(&case.id).await.unwrap().remove(0);
    assert_eq!(posted.settled.unwrap().end, NoticeEnd::Sent);
    assert_eq!(files(&folder), [name(&case)], "exactly one file");
    assert_eq!(files(&dir.path().join("mail")), [""; 0]);
}

#[tokio::test]
async fn a_text_goes_where_a_mail_cannot_and_nothing_goes_twice() {
    let machine = Machine::new();
    let store = Store::open(&machine.path("store")).unwrap();
    let [email, phone] = [(EMAIL, "person@example.com"), (PHONE, "+7 701 000 00 00")];
    let by_text = told_by(&store, 1, std::slice::from_ref(&phone)).await;
    let by_mail = told_by(&store, 2, &[email, phone]).await;
    let by_none = told_by(&store, 3, &[(PHONE, "701 000 00 00")]).await;
    let folder = machine.path("sms");
    let spool = folder.to_str().unwrap();
    let portal = "https://portal.example/";
    machine.say(["notify", "--sms-spool", spool, "--portal-address", portal]);
    assert_eq!(files(&folder), [name(&by_text)]);
    let mails = files(&machine.path("store/mail"));
    assert_eq!(mails, [format!("{}.{}.eml", by_mail.id, by_mail.version)]);
    let text = std::fs::read_to_string(folder.join(name(&by_text))).unwrap();
    let (head, text) = text.split_once("\n\n").unwrap();
    assert_eq!(head, "To: 77010000000\nAlphabet: UTF-8");
    let expected = format!(
        "Консулдық есеп, іс {}: құжат жетіспейді. Толығырақ: https://portal.example/return\n",
        by_text.id
    );
    assert_eq!(text, expected);
    let posted = store.notices(&by_none.id).await.unwrap().remove(0);
    let end = posted.settled.unwrap().end;
    assert!(matches!(end, NoticeEnd::Undelivered { .. }), "{end:?}");
}
