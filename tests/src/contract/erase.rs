//! The end of an application that was not handed in.

use casework::application::{Application, PaperSent, Slot};
use casework::case::Event;
use casework::finding_code::RefusalCode;
use casework::notice::{Notice, NoticeKind};
use casework::ports::{
    Applications, Cases, Erase, Outbox, Pieces, Readings, Scans, Stacks, StoreError,
};
use casework::scan::ScanId;
use casework::stack::StackFile;

use super::Adapter;
use super::applications::begun;
use super::cases::written;
use super::invented::{RECEIVED, filed, manifest, opened, opened_by, then, time};
use super::stacks::stack_of;

const READER: &str = "a reader";

/// An application that is kept with these papers, each of them read.
async fn with_papers<S>(store: &S, name: &str, papers: &[&[u8]]) -> Application
where
    S: Applications + Scans + Readings,
{
    let mut application = begun(name, "a");
    assert!(store.keep_application(&application).await.unwrap());
    for (bytes, slot) in papers.iter().zip(Slot::ALL) {
        let scan = store.keep(bytes).await.unwrap();
        let seen = Err(RefusalCode::TooLarge);
        store.keep_seen(&scan, READER, &seen).await.unwrap();
        let paper = PaperSent {
            slot,
            scan,
            name: "paper.jpg".into(),
            sent_anyway: Vec::new(),
        };
        application = application.with_paper(paper).unwrap();
        assert!(store.keep_application(&application).await.unwrap());
    }
    application
}

/// Whether a paper is there, and what was read of it: never the one without the other.
async fn is_there(store: &(impl Scans + Readings), bytes: &[u8]) -> Result<bool, StoreError> {
    let scan = ScanId::of(bytes);
    let is_there = store.bytes(&scan).await?.is_some();
    assert_eq!(store.seen(&scan, READER).await?.is_some(), is_there);
    Ok(is_there)
}

pub(crate) async fn an_application_is_erased_with_all_it_has(place: &impl Adapter) {
    let store = place.open().await;
    let (first, better, way) = (b"a passport", b"a better one", ScanId::of(b"a permit"));
    let mut one = with_papers(&store, "one/", &[first]).await;
    let mut paper = one.papers[0].clone();
    paper.scan = store.keep(better).await.unwrap();
    one = one.with_paper(paper).unwrap();
    assert!(store.keep_application(&one).await.unwrap());
    let reference = &one.reference;
    store.add(reference, &way, 0, b"a per").await.unwrap();
    store
        .count_opening(reference, time(RECEIVED))
        .await
        .unwrap();
    let notice = Notice {
        case: reference.clone(),
        version: 0,
        kind: NoticeKind::PrivateLink,
    };
    store.post(&notice).await.unwrap();
    let other = with_papers(&store, "other/", &[b"another"]).await;

    assert!(place.open().await.erase(&one).await.unwrap());
    let store = place.open().await;
    assert_eq!(store.begun(reference).await.unwrap(), None);
    for scan in [first.as_slice(), better] {
        assert!(!is_there(&store, scan).await.unwrap());
    }
    assert_eq!(store.arrived(reference, &way).await.unwrap(), 0);
    assert_eq!(store.notices(reference).await.unwrap(), []);
    let tries = store.count_opening(reference, time(RECEIVED)).await;
    assert_eq!(tries.unwrap().count, 0);
    assert!(!store.erase(&one).await.unwrap(), "it is gone already");

    let there = store.begun(&other.reference).await.unwrap();
    assert_eq!(there.as_ref(), Some(&other));
    assert!(is_there(&store, b"another").await.unwrap());
}

pub(crate) async fn a_paper_that_others_have_outlives_an_application(place: &impl Adapter) {
    let store = place.open().await;
    let papers = [b"a case's".as_slice(), b"a stack's", b"another's", b"own"];
    let [of_case, of_stack, _, _] = papers.map(ScanId::of);
    let one = with_papers(&store, "one/", &papers).await;
    let other = with_papers(&store, "other/", &[papers[2]]).await;
    let case = written(&store, opened(1)).await;
    written(&store, then(&case, "intake", filed(&of_case))).await;
    let file = StackFile::new("a.pdf".into(), of_stack);
    assert!(store.keep_stack(&stack_of(file)).await.unwrap());

    assert!(store.erase(&one).await.unwrap());
    for (bytes, outlives) in papers.into_iter().zip([true, true, true, false]) {
        assert_eq!(is_there(&store, bytes).await.unwrap(), outlives);
    }
    // Now nobody else has it.
    assert!(store.erase(&other).await.unwrap());
    assert!(!is_there(&store, papers[2]).await.unwrap());
}

pub(crate) async fn what_stands_otherwise_is_not_erased(place: &impl Adapter) {
    let store = place.open().await;
    let before = with_papers(&store, "one/", &[]).await;
    let now = with_papers(&store, "other/", &[b"a passport"]).await;
    let mut handed_in = now.clone();
    handed_in.confirmed = Some(casework::card::DeclaredCard::default());
    let handed_in = handed_in.handed_in(None, time(RECEIVED)).unwrap();
    let mut changed = before.clone();
    changed.version += 1;
    assert!(store.keep_application(&changed).await.unwrap());
    assert!(store.keep_application(&handed_in).await.unwrap());
    for stale in [&before, &now, &handed_in, &begun("nobody's/", "a")] {
        assert!(!store.erase(stale).await.unwrap(), "{stale:?}");
    }
    for stands in [&changed, &handed_in] {
        let there = store.begun(&stands.reference).await.unwrap();
        assert_eq!(there.as_ref(), Some(stands));
    }
    assert!(is_there(&store, b"a passport").await.unwrap());
}

pub(crate) async fn what_became_a_case_is_not_erased(place: &impl Adapter) {
    let store = place.open().await;
    let one = with_papers(&store, "one/", &[b"a passport"]).await;
    let mut manifest = manifest(1, &[]);
    manifest.batch = Some(one.batch.clone());
    let case = written(&store, opened_by(manifest, RECEIVED)).await;
    assert_eq!(case.id, one.reference);
    assert!(!store.erase(&one).await.unwrap());
    assert_eq!(store.begun(&one.reference).await.unwrap(), Some(one));
    assert!(store.load(&case.id).await.unwrap().is_some());
    assert!(is_there(&store, b"a passport").await.unwrap());
    assert!(matches!(
        store.timeline(&case.id).await.unwrap()[0].event,
        Event::Opened { .. }
    ));
}
