//! Signing: a good signature hands the application in; every other says what to do.

use std::sync::Arc;

use axum::http::StatusCode;
use casework::ports::{Cases, Scans};
use casework::words::{Language, Words};
use data_encoding::BASE64;
use jiff::{Timestamp, ToSpan};
use samples::eds::message::Letter;
use samples::eds::office::Office;
use samples::eds::revocation::Says as Status;
use samples::eds::shape::{LOGIN, PERSON, later};
use signature::revocation::Responder;

use super::apply::confirmed;
use super::eyes::passport;
use super::{Answer, Holder, Site, now};
use crate::contract::invented::{IIN, OTHER_IIN};

/// The bytes that the page asks to be signed.
async fn request(site: &Site, holder: &Holder) -> Vec<u8> {
    let page = site.get(&holder.path("/sign"), &holder.cookie).await;
    BASE64
        .decode(page.between(r#"data-content=""#, "\"").as_bytes())
        .unwrap()
}

async fn send(site: &Site, holder: &Holder, message: &[u8]) -> Answer {
    let text = BASE64.encode(message);
    site.post(
        &holder.path("/sign"),
        &holder.cookie,
        &[("signature", &text)],
    )
    .await
}

#[tokio::test]
async fn a_good_signature_hands_the_application_in_and_the_case_remembers_it() {
    let site = Site::open();
    let holder = confirmed(&site, &passport(IIN), &[]).await;
    let content = request(&site, &holder).await;
    let message = Office::open().unwrap().sign(&content, IIN, now());
    let taken = send(&site, &holder, &message).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let case = site.store.load(&holder.reference).await.unwrap().unwrap();
    let signature = case.manifest.signature.clone().unwrap();
    assert!(signature.revocation_known);
    assert_eq!(signature.signer.reveal(), IIN);
    assert_eq!(
        site.store.bytes(&signature.content).await.unwrap().unwrap(),
        content
    );
    assert_eq!(
        site.store.bytes(&signature.message).await.unwrap().unwrap(),
        message
    );
    let signed: Vec<_> = case
        .findings
        .iter()
        .filter(|f| format!("{:?}", f.rule) == "R13")
        .collect();
    assert!(signed.is_empty(), "it is signed and dated: {signed:?}");
    let page = site.get(&holder.path(""), &holder.cookie).await;
    assert!(!page.body.contains("has to be signed at the consulate"));
}

/// A responder that always says this.
#[derive(Debug)]
struct Says(Vec<u8>);

impl Responder for Says {
    fn answer(&self, _: &[u8]) -> Option<Vec<u8>> {
        Some(self.0.clone())
    }
}

#[tokio::test]
async fn the_responders_word_is_newer_than_the_lists_where_it_can_be_believed() {
    let office = Office::open().unwrap();
    let revoked = office.answer(IIN, Status::Revoked(later(now(), -1)), now());
    let good = office.answer(IIN, Status::Good, now());
    for (answer, handed_in) in [
        (revoked, false),
        (good, true),
        (b"no answer".to_vec(), true),
    ] {
        let site = Site::asking(Some(Arc::new(Says(answer))));
        let holder = confirmed(&site, &passport(IIN), &[]).await;
        let content = request(&site, &holder).await;
        let taken = send(&site, &holder, &office.sign(&content, IIN, now())).await;
        let case = site.store.load(&holder.reference).await.unwrap();
        assert_eq!(case.is_some(), handed_in);
        if !handed_in {
            assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
            let told = Words::of(Language::En).say("eds-invalid-revoked");
            assert!(taken.body.contains(&told), "{}", taken.body);
        }
    }
}

#[tokio::test]
async fn every_other_signature_says_what_to_do_and_hands_nothing_in() {
    let site = Site::open();
    let holder = confirmed(&site, &passport(IIN), &[]).await;
    let content = request(&site, &holder).await;
    let office = Office::open().unwrap();
    let signed =
        |at: Timestamp, content: &[u8], holder: &_| Letter::of(content, at).sign(&[holder]);
    let usual = office.holder(IIN, now(), |_| {});
    let login = office.holder(IIN, now(), |shape| shape.purposes = vec![LOGIN, PERSON]);
    let expired = office.holder(IIN, now(), |shape| shape.until = later(now(), -2));
    for (message, told) in [
        (b"no message".to_vec(), "The signature is not valid"),
        (
            office.sign(&content, OTHER_IIN, now()),
            "belongs to someone else",
        ),
        (
            office.sign(b"other content", IIN, now()),
            "changed while it was being signed",
        ),
        (signed(now(), &content, &login), "for logging in"),
        (signed(now(), &content, &expired), "The key has expired"),
        (
            signed(now() - 30.hours(), &content, &usual),
            "Check your computer’s clock",
        ),
    ] {
        let answer = send(&site, &holder, &message).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
        assert!(
            site.store.load(&holder.reference).await.unwrap().is_none(),
            "{told}"
        );
    }
}
