//! Two pieces of a case come at the same time, and one attempt writes between the other's lines.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use casework::case::CaseId;
use casework::ports::{Cases, ReadScan, ReaderFailure, Seen, Uploads};
use casework::upload::{Brings, Claimed, Upload, UploadEnd};
use intake::{Attempt, Intake, Patience, Received};
use serde_json::json;

use crate::memory::Memory;
use crate::piecemeal::{Cloud, Eyes, LEASE, at, manifest, object};

/// Eyes in whose sight another attempt lets its upload go, once the case of its batch is open.
struct Meanwhile<'a> {
    store: &'a Memory,
    held: &'a Upload,
}

impl ReadScan for Meanwhile<'_> {
    fn version(&self) -> &'static str {
        let case = CaseId::of_batch(&self.held.object.batch());
        if at_once(self.store.load(&case)).unwrap().is_some() {
            let let_go = self.held.clone().released();
            at_once(self.store.keep_upload(&let_go)).unwrap();
        }
        Eyes.version()
    }

    async fn read(&self, bytes: &[u8], name: Option<&str>) -> Result<Seen, ReaderFailure> {
        Eyes.read(bytes, name).await
    }
}

/// What comes of a future that waits for nobody.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let polled = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(value) = polled else {
        panic!("the memory waits")
    };
    value
}

/// Two pieces come at the same time; the manifest's attempt saw no scan yet.
#[tokio::test]
async fn an_upload_that_is_let_go_meanwhile_gets_its_end() {
    let cloud = Cloud::new();
    let text = manifest(&json!({}));
    let said = object("a/manifest.json", 0, &text);
    let new = Upload::new(said.object.clone(), at(0));
    let Claimed::Mine(claimed) = new.claimed("another", at(0), LEASE) else {
        panic!("nobody else has it")
    };
    let held = claimed
        .clone()
        .bringing(Brings::Manifest { text: text.into() });
    for upload in [&claimed, &held] {
        assert!(cloud.store.keep_upload(upload).await.unwrap());
    }
    let eyes = Meanwhile {
        store: &cloud.store,
        held: &held,
    };
    let scan = object("a/1.jpg", 1, "passport");
    let attempt = Attempt {
        name: "mine",
        lease: LEASE,
        settings: &cloud.settings,
        patience: Patience::Waits,
    };
    let intake = Intake::new(&cloud.store, &eyes);
    let received = intake.receive(&scan, attempt, at(1)).await.unwrap();
    assert_eq!(received, Received::Ended);
    assert!(matches!(
        cloud.end(&said).await,
        Some(UploadEnd::InCases { .. })
    ));
    assert_eq!(cloud.end(&said).await, cloud.end(&scan).await);
}
