//! The private link by mail: it opens the application, and stands nowhere but in the mail.

use axum::http::StatusCode;
use casework::case::{Case, CaseId};
use casework::notice::{Enclosed, NoticeEnd, NoticeKind};
use casework::ports::{Applications as _, Outbox as _, StoreError};
use casework::words::Language;
use mail::Mail;
use notify::{Carriers, Enclosures, Notifier, PrivateLink};
use portal::link::Links;

use super::{KEY, Site, now};

/// Links as the machine that serves the portal knows them.
struct Known<'a>(&'a Site);

impl Enclosures for Known<'_> {
    async fn link(&self, reference: &CaseId) -> Result<Option<PrivateLink>, StoreError> {
        let application = self.0.store.begun(reference).await?;
        Ok(application.and_then(|application| {
            Some(PrivateLink {
                to: application.entries.values().next()?.clone(),
                language: application.language?,
                address: Links::of(KEY).address(&application, "https://portal.example")?,
            })
        }))
    }

    async fn papers(&self, _: &Case, _: NoticeKind) -> Result<Vec<Enclosed>, StoreError> {
        Ok(Vec::new())
    }
}

#[tokio::test]
async fn the_mailed_link_opens_the_application_and_following_it_uses_nothing_up() {
    let site = Site::open();
    let holder = site.begin().await;
    let folder = site.dir.path().join("mail");
    let mail = Mail::into_folder(&folder, "no-reply@mfa.example").unwrap();
    let notifier = Notifier {
        store: &site.store,
        carriers: Carriers::mail(&mail),
        enclosures: &Known(&site),
        now: &now,
    };
    assert_eq!(notifier.send_due().await.unwrap().sent, 1);
    assert!(notifier.send_due().await.unwrap().is_empty(), "once");
    let posted = site.store.notices(&holder.reference).await.unwrap();
    let [posted] = &posted[..] else {
        panic!("{posted:?}")
    };
    assert_eq!(posted.notice.kind, NoticeKind::PrivateLink);
    assert_eq!(posted.settled.as_ref().unwrap().end, NoticeEnd::Sent);

    let path = folder.join(format!("{}.0.eml", holder.reference));
    let text = std::fs::read_to_string(path).unwrap();
    // Quoted-printable: a line that ends in `=` goes on.
    let text = text.replace("=\r\n", "");
    assert!(!text.replace("To: aigul@mail.example", "").contains("aigul"));
    let (_, rest) = text.split_once("https://portal.example").unwrap();
    let link = rest.split_whitespace().next().unwrap();
    assert_eq!(
        link,
        format!("/open/{}/{}", holder.reference, holder.code()),
        "the link on the page is the one in the mail"
    );
    for _ in 0..3 {
        let page = site.get(link, "").await;
        assert_eq!(page.status, StatusCode::OK, "a scanner of mail looks");
    }
    let form = [
        ("reference", holder.reference.as_str()),
        ("code", holder.code()),
    ];
    let opened = site.post("/return", "", &form).await;
    assert_eq!(opened.location(), holder.path(""));
    let application = site.store.begun(&holder.reference).await.unwrap().unwrap();
    assert_eq!(application.language, Some(Language::En));
    let kept = serde_json::to_string(&(application, posted)).unwrap();
    assert!(!kept.contains(holder.code()), "the secret is not kept");
}
