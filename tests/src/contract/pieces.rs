//! Papers on their way, piece by piece.

use std::thread;

use casework::case::CaseId;
use casework::ports::Pieces;
use casework::scan::ScanId;
use casework::upload::BatchId;

use super::Adapter;
use super::cases::alone;

fn reference(name: &str) -> CaseId {
    CaseId::of_batch(&BatchId::of("portal", name))
}

pub(crate) async fn a_piece_is_added_where_it_follows(place: &impl Adapter) {
    let (one, other, bytes) = (reference("one/"), reference("other/"), b"a whole paper");
    let paper = ScanId::of(bytes);
    let (head, tail) = bytes.split_at(4);
    // What is on its way may be lost with the last process that has the place open.
    let _open = place.open().await;
    for (offset, piece, here, is_whole) in [
        (4, tail, 0, false),
        (0, head, 4, false),
        (0, head, 4, false),
        (9, tail, 4, false),
        (4, tail, 13, true),
        (4, tail, 13, true),
    ] {
        // As of another process each time, while the first goes on.
        let store = place.open().await;
        assert_eq!(store.add(&one, &paper, offset, piece).await.unwrap(), here);
        assert_eq!(store.arrived(&one, &paper).await.unwrap(), here);
        let whole = store.whole(&one, &paper).await.unwrap();
        assert_eq!(whole, is_whole.then(|| bytes.to_vec()), "{offset}");
        assert_eq!(store.arrived(&other, &paper).await.unwrap(), 0);
        assert_eq!(store.whole(&other, &paper).await.unwrap(), None);
    }
}

pub(crate) async fn pieces_of_any_size_become_the_whole(place: &impl Adapter) {
    let store = place.open().await;
    let one = reference("one/");
    let bytes: Vec<u8> = (0..700_000_u32).map(|n| (n % 251) as u8).collect();
    let paper = ScanId::of(&bytes);
    let (mut rest, mut here) = (&bytes[..], 0);
    for size in [1, 1, 98_304, 7, 300_000, 65_536, usize::MAX] {
        let (piece, after) = rest.split_at(size.min(rest.len()));
        here += piece.len() as u64;
        rest = after;
        let now = store.add(&one, &paper, here - piece.len() as u64, piece);
        assert_eq!(now.await.unwrap(), here);
    }
    assert_eq!(store.whole(&one, &paper).await.unwrap(), Some(bytes));
}

pub(crate) async fn of_many_pieces_at_once_one_follows(place: &impl Adapter) {
    let (one, bytes) = (reference("one/"), [[7; 9], [8; 9]].concat());
    let paper = ScanId::of(&bytes);
    let stores = [place.open().await, place.open().await, place.open().await];
    for offset in [0_u8, 9] {
        let (before, after) = (u64::from(offset), u64::from(offset) + 9);
        let piece = &bytes[usize::from(offset)..][..9];
        thread::scope(|scope| {
            for store in &stores {
                scope.spawn(|| {
                    let here = alone(store.add(&one, &paper, before, piece)).unwrap();
                    assert_eq!(here, after, "whoever was slower is told what is here");
                });
            }
        });
        assert_eq!(stores[0].arrived(&one, &paper).await.unwrap(), after);
    }
    let whole = stores[0].whole(&one, &paper).await.unwrap();
    assert_eq!(whole, Some(bytes));
}

pub(crate) async fn a_paper_that_begins_takes_the_place_of_another(place: &impl Adapter) {
    let store = place.open().await;
    let one = reference("one/");
    let (first, second) = (ScanId::of(b"first"), ScanId::of(b"fired"));
    assert_eq!(store.add(&one, &first, 0, b"fir").await.unwrap(), 3);
    assert_eq!(store.add(&one, &second, 3, b"ed").await.unwrap(), 0);
    assert_eq!(store.add(&one, &second, 0, b"fir").await.unwrap(), 3);
    assert_eq!(store.arrived(&one, &first).await.unwrap(), 0);
    assert_eq!(store.add(&one, &second, 3, b"ed").await.unwrap(), 5);
    let whole = store.whole(&one, &second).await.unwrap();
    assert_eq!(whole.as_deref(), Some(&b"fired"[..]));
    assert_eq!(store.whole(&one, &first).await.unwrap(), None);
}

pub(crate) async fn what_is_forgotten_begins_anew(place: &impl Adapter) {
    let store = place.open().await;
    let [one, other] = ["one/", "other/"].map(reference);
    let paper = ScanId::of(b"paper");
    // Bytes that are no part of the paper: they are never whole.
    assert_eq!(store.add(&one, &paper, 0, b"proof").await.unwrap(), 5);
    assert_eq!(store.add(&other, &paper, 0, b"pa").await.unwrap(), 2);
    assert_eq!(store.whole(&one, &paper).await.unwrap(), None);
    for _ in 0..2 {
        store.forget(&one).await.unwrap();
        assert_eq!(store.arrived(&one, &paper).await.unwrap(), 0);
    }
    assert_eq!(store.add(&one, &paper, 0, b"paper").await.unwrap(), 5);
    assert!(store.whole(&one, &paper).await.unwrap().is_some());
    assert_eq!(store.arrived(&other, &paper).await.unwrap(), 2);
}
