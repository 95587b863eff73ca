//! Scans and readings.

use casework::finding_code::{FileFinding, RefusalCode};
use casework::mrz::seen::Alternative;
use casework::ports::{Readings, Scans};
use casework::reading::{DocumentKind, FileReading, MrzLine, MrzReading, Quality, Reading};
use casework::scan::ScanId;

use super::Adapter;

pub(crate) async fn kept_bytes_come_back(place: &impl Adapter) {
    let store = place.open().await;
    let large = vec![0xA5; 1 << 20];
    for bytes in [&b""[..], b"\0\xFF", b"../../etc/passwd", &large] {
        let scan = ScanId::of(bytes);
        assert_eq!(store.bytes(&scan).await.unwrap(), None);
        for _ in 0..2 {
            assert_eq!(store.keep(bytes).await.unwrap(), scan);
            let again = place.open().await.bytes(&scan).await.unwrap();
            assert!(again.as_deref() == Some(bytes), "{} bytes", bytes.len());
        }
    }
}

pub(crate) async fn what_is_locked_away_never_comes_back(place: &impl Adapter) {
    let store = place.open().await;
    store.keep(b"kept before").await.unwrap();
    for bytes in [&b"never kept"[..], b"kept before"] {
        let scan = store.quarantine(bytes).await.unwrap();
        assert_eq!(scan, ScanId::of(bytes));
        assert_eq!(store.bytes(&scan).await.unwrap(), None);
        store.quarantine(bytes).await.unwrap();
        store.keep(bytes).await.unwrap();
        assert_eq!(store.bytes(&scan).await.unwrap(), None, "kept after");
        assert!(store.is_locked_away(&scan).await.unwrap());
    }
    let other = store.keep(b"another").await.unwrap();
    assert!(store.bytes(&other).await.unwrap().is_some());
    for scan in [other, ScanId::of(b"a stranger")] {
        assert!(!store.is_locked_away(&scan).await.unwrap());
    }
}

pub(crate) async fn a_reading_is_its_readers_own(place: &impl Adapter) {
    let store = place.open().await;
    let (scan, other) = (ScanId::of(b"a scan"), ScanId::of(b"another"));
    let seen = Ok(reading("N123456785KAZ<<ҚӘ\0"));
    store.keep_seen(&scan, "reader 2", &seen).await.unwrap();
    for (scan, reader, expected) in [
        (&scan, "reader 2", Some(&seen)),
        (&scan, "reader 1", None),
        (&scan, "reader 3", None),
        (&scan, "", None),
        (&other, "reader 2", None),
    ] {
        let found = place.open().await.seen(scan, reader).await.unwrap();
        assert_eq!(found.as_ref(), expected, "{reader}");
    }
    let refused = Err(RefusalCode::TookTooLong);
    store.keep_seen(&scan, "reader 2", &refused).await.unwrap();
    let found = store.seen(&scan, "reader 2").await.unwrap();
    assert_eq!(found, Some(refused));
}

fn reading(text: &str) -> FileReading {
    FileReading {
        pages: 1,
        page_sizes: vec![[2480, 3508]],
        blank_pages: Vec::new(),
        readings: vec![Reading {
            kind: DocumentKind::Passport,
            page: 1,
            corners: [
                [0.1, 1.0 / 3.0],
                [f32::MIN_POSITIVE, f32::MAX],
                [0.0; 2],
                [-7.7; 2],
            ],
            quality: Quality::default(),
            mrz: Some(MrzReading {
                lines: vec![MrzLine {
                    text: text.into(),
                    margins: vec![16.777_217, 1e-7],
                    bounds: vec![[0.3; 4]],
                    alternatives: vec![vec![Alternative {
                        character: 'B',
                        behind: 0.7,
                    }]]
                    .into(),
                }],
            }),
            by_hand: std::collections::BTreeMap::new(),
            fields: Vec::new(),
        }],
        findings: vec![FileFinding::TrailingData],
        covers: std::collections::BTreeMap::new(),
    }
}
