//! What is kept about an application, and how it ends.

use axum::http::{StatusCode, header};
use casework::application::PaperSent;
use casework::ports::{Applications as _, Cases as _, Outbox as _, Scans as _};
use casework::scan::ScanId;

use super::apply::confirmed;
use super::eyes::passport;
use super::{Holder, Site};
use crate::contract::invented::{IIN, OTHER_IIN};

async fn papers(site: &Site, holder: &Holder) -> Vec<PaperSent> {
    let application = site.store.begun(&holder.reference).await.unwrap();
    application.unwrap().papers
}

#[tokio::test]
async fn everything_that_is_kept_is_shown_and_given_as_a_file() {
    let site = Site::open();
    let holder = confirmed(&site, &passport(IIN), &[]).await;
    let page = site.get(&holder.path("/data"), &holder.cookie).await.body;
    for told in ["СӘБИТОВ", IIN, "Musterweg 5", "a.jpg", "aigul@mail.example"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    site.post(&holder.path("/counter"), &holder.cookie, &[])
        .await;
    let file = site.get(&holder.path("/data/file"), &holder.cookie).await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/json");
    let kept: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(kept["application"]["reference"], holder.reference.as_str());
    assert!(kept["timeline"].as_array().unwrap().len() > 1);
    assert!(kept["case"]["card"]["iin"].is_object());
    assert_eq!(kept["application"]["link"], "");
}

#[tokio::test]
async fn a_draft_is_deleted_at_once_with_its_scans() {
    let site = Site::open();
    let (holder, other) = (site.begin().await, site.begin().await);
    let (own, shared) = (passport(IIN), passport(OTHER_IIN));
    for (whose, slot, bytes) in [
        (&holder, "passport", &own),
        (&holder, "other", &shared),
        (&other, "passport", &shared),
    ] {
        site.send(
            &whose.path(&format!("/papers/{slot}")),
            &whose.cookie,
            bytes,
        )
        .await;
        site.get(&whose.path(""), &whose.cookie).await;
    }
    assert_eq!(papers(&site, &holder).await.len(), 2);
    let gone = site
        .post(&holder.path("/delete"), &holder.cookie, &[])
        .await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    let cookie = gone.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("Max-Age=0"), "{cookie}");
    let kept = async |bytes: &[u8]| site.store.bytes(&ScanId::of(bytes)).await.unwrap();
    assert_eq!(kept(&own).await, None);
    assert_eq!(kept(&shared).await, Some(shared.clone()));
    assert!(site.store.begun(&holder.reference).await.unwrap().is_none());
    assert_eq!(site.store.notices(&holder.reference).await.unwrap(), []);
    assert_eq!(papers(&site, &other).await.len(), 1);
    let again = site.get(&holder.path(""), &holder.cookie).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_handed_in_is_kept_and_says_so() {
    let site = Site::open();
    let holder = confirmed(&site, &passport(IIN), &[]).await;
    site.post(&holder.path("/counter"), &holder.cookie, &[])
        .await;
    let page = site.get(&holder.path("/delete"), &holder.cookie).await.body;
    assert!(page.contains("while it is being considered"), "{page}");
    assert!(!page.contains("<form"), "{page}");
    let kept = site
        .post(&holder.path("/delete"), &holder.cookie, &[])
        .await;
    assert_eq!(kept.location(), holder.path("/delete"));
    assert!(site.store.load(&holder.reference).await.unwrap().is_some());
    site.post(&holder.path("/withdraw"), &holder.cookie, &[])
        .await;
    let page = site.get(&holder.path("/delete"), &holder.cookie).await.body;
    assert!(page.contains("no end of its keeping is set yet"), "{page}");
}
