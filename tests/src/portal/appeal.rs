//! A complaint against a refusal, from its form to the case.

use axum::http::StatusCode;
use casework::appeal::Part;
use casework::case::action::Action;
use casework::case::{Actor, Refusal, Role, Status};
use casework::crosscheck::surroundings;
use casework::finding::Ground;
use casework::notice::NoticeKind;
use casework::ports::{Cases, Outbox};
use casework::words::Language;

use super::apply::confirmed;
use super::eyes::passport;
use super::{Holder, Site, now};
use crate::contract::invented::IIN;

/// An application that was handed in and decided so.
pub(super) async fn decided(site: &Site, decision: Action) -> Holder {
    let holder = confirmed(site, &passport(IIN), &[]).await;
    let handed_in = site
        .post(&holder.path("/counter"), &holder.cookie, &[])
        .await;
    assert_eq!(handed_in.status, StatusCode::SEE_OTHER);
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    let officer = Actor {
        role: Role::Officer,
        account: Some("aida".into()),
    };
    let around = surroundings(&site.store, &case, &decision).await.unwrap();
    let change = case.apply(decision, &officer, now(), &around).unwrap();
    let written = site.store.append(
        change.expected_version,
        &change.events,
        &change.case,
        &change.notices,
    );
    written.await.unwrap();
    holder
}

fn refusal() -> Action {
    Action::Refuse(Refusal {
        ground: Ground::NonCompliant,
        findings: Vec::new(),
        language: Language::En,
        reasons: "not within the Rules".into(),
    })
}

#[tokio::test]
async fn a_complaint_is_filled_in_looked_through_and_handed_in_once() {
    let site = Site::open();
    let holder = decided(&site, refusal()).await;
    let (path, cookie) = (holder.path("/appeal"), holder.cookie.as_str());
    let form = site.get(&path, cookie).await;
    for known in [IIN, "Musterweg 5, Берлин", "23.10.2026", "Berlin"] {
        assert!(form.body.contains(known), "{known}: {}", form.body);
    }
    let typed = [
        ("considered_by", "Ministry"),
        ("name", "САБИТОВ"),
        ("iin", IIN),
        ("postal_address", "Musterweg 5"),
        ("challenged", "the mission"),
        ("learned_on", "23.10.2026"),
        ("circumstances", "It is <right>."),
    ];
    let empty = typed.map(|(name, text)| (name, if name == "circumstances" { "" } else { text }));
    let lacking = site.post(&path, cookie, &empty).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lacking.body.contains(r##"href="#circumstances""##));

    let looked = site.post(&path, cookie, &typed).await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(looked.body.contains("It is &lt;right&gt;."));
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(case.status(), Status::Refused, "nothing was sent yet");

    let go: Vec<_> = typed.into_iter().chain([("step", "hand-in")]).collect();
    for _ in 0..2 {
        let handed_in = site.post(&path, cookie, &go).await;
        assert_eq!(handed_in.location(), path);
    }
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!(case.status(), Status::Appealed);
    let lodged = case.appeal.as_ref().unwrap();
    let text = lodged.appeal.part(Part::Circumstances).unwrap();
    assert_eq!(text.reveal(), "It is <right>.");
    let notices = site.store.notices(&holder.reference).await.unwrap();
    let kinds: Vec<_> = notices.iter().map(|posted| posted.notice.kind).collect();
    assert_eq!(
        kinds,
        [
            NoticeKind::PrivateLink,
            NoticeKind::Received,
            NoticeKind::Refused,
            NoticeKind::AppealReceived
        ]
    );
    let stands = site.get(&path, cookie).await;
    assert!(stands.body.contains("Your complaint") && !stands.body.contains("<textarea"));
    let follow = site.get(&holder.path(""), cookie).await;
    assert!(follow.body.contains("Your complaint was received"));

    // Evidence goes into the case, as any paper.
    let sent = site
        .send(&holder.path("/papers/other"), cookie, &passport("evidence"))
        .await;
    assert_eq!(sent.location(), holder.path(""));
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    assert_eq!((case.scans.len(), case.status()), (2, Status::Appealed));
}

#[tokio::test]
async fn there_is_nothing_to_complain_of_before_a_refusal() {
    let site = Site::open();
    let holder = site.begin().await;
    for answer in [
        site.get(&holder.path("/appeal"), &holder.cookie).await,
        site.post(&holder.path("/appeal"), &holder.cookie, &[])
            .await,
    ] {
        assert!(answer.location().starts_with(&holder.path("")));
    }
}
