//! What the applicant was told, by notices and by the portal's page, on the page of the case.

use casework::case::Role;
use casework::notice::{Notice, NoticeEnd, NoticeId, NoticeKind, Settled, Undelivered};
use casework::ports::Outbox;

use super::papers::Papers;
use super::{Memory, ask, desk, hire, log_in};
use crate::contract::cases::written;
use crate::contract::invented::{opened, time};

#[tokio::test]
async fn a_case_shows_what_its_applicant_was_told_and_opens_what_did_not_reach_them() {
    let store = Memory::default();
    let password = hire(&store, "aida", Role::Officer, &[]).await;
    let mut change = opened(1);
    let id = NoticeId {
        case: change.case.id.clone(),
        version: change.case.version,
    };
    change.notices = vec![Notice {
        case: id.case.clone(),
        version: id.version,
        kind: NoticeKind::Received,
    }];
    let case = written(&store, change).await;
    let desk = desk(&store);
    let badge = log_in(&desk, "aida", &password).await;
    let path = format!("/cases/{}", case.id);
    let section = async || {
        let page = ask(&desk, &path, &badge.cookie, None).await.body;
        let (before, after) = page.split_once("Messages to the applicant").unwrap();
        let opened = before.rsplit_once("<details").unwrap().1.contains("open");
        assert_eq!(
            page.contains(r##"href="#notices""##),
            opened,
            "the heading says so too"
        );
        (opened, after.split_once("</details>").unwrap().0.to_owned())
    };
    let at = time("2026-10-23T10:00:00Z");
    let why = Undelivered::Refused("550 5.1.1".to_owned());
    for (end, open, says) in [
        (None, false, "waits to be sent"),
        (Some(NoticeEnd::Sent), false, "– sent"),
        (Some(NoticeEnd::Undelivered { why }), true, "(550 5.1.1)"),
    ] {
        if let Some(end) = end {
            store.settle(&id, &Settled { at, end }).await.unwrap();
        }
        let (opened, said) = section().await;
        assert_eq!(opened, open, "{said}");
        for expected in ["your application was received", says] {
            assert!(said.contains(expected), "{said}");
        }
    }
}

#[tokio::test]
async fn a_case_shows_what_its_applicant_was_warned_of_before_sending() {
    let store = Memory::default();
    let password = hire(&store, "aida", Role::Officer, &[]).await;
    let case = Papers::of(1).arrive(&store).await;
    let desk = desk(&store);
    let badge = log_in(&desk, "aida", &password).await;
    let path = format!("/cases/{}", case.id);
    let page = ask(&desk, &path, &badge.cookie, None).await.body;
    let (_, warned) = page.split_once("warned of this before").unwrap();
    assert!(warned.contains("Light is reflected from the document"));
}
