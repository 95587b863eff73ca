//! Pieces of cases put one by one into an intake over a store in memory, and eyes that read words.

use std::collections::BTreeMap;

use casework::case::{Case, CaseId, Channel, ScanPages};
use casework::finding_code::RefusalCode;
use casework::mission::Missions;
use casework::ports::{Cases, ReadScan, ReaderFailure, Scans as _, Seen, Uploads};
use casework::reading::{
    DocumentKind, FieldName, FieldReading, FileReading, Quality, Reader, Reading, Source,
};
use casework::scan::ScanId;
use casework::upload::{Arrived, BatchId, Object, UploadEnd};
use intake::manifest::TakeSettings;
use intake::{Attempt, Intake, IntakeError, Patience, Received};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::memory::Memory;

pub(crate) const LEASE: SignedDuration = SignedDuration::from_secs(60);
pub(crate) const IIN: &str = "900101300017";

/// Reads files of one word a page: `passport`, `permit`, or nothing.
pub(crate) struct Eyes;

impl ReadScan for Eyes {
    fn version(&self) -> &'static str {
        "words"
    }

    async fn read(&self, bytes: &[u8], _name: Option<&str>) -> Result<Seen, ReaderFailure> {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if text == "broken machine" {
            return Err(ReaderFailure("it is broken".into()));
        }
        let pages = text.lines().zip(1..);
        let readings: Vec<Reading> = pages.clone().filter_map(reading).collect();
        let count = u32::try_from(text.lines().count()).unwrap();
        Ok(Ok(FileReading {
            pages: count,
            page_sizes: vec![[2480, 3508]; count as usize],
            blank_pages: pages
                .filter(|(word, _)| word.is_empty())
                .map(|(_, n)| n)
                .collect(),
            readings,
            findings: Vec::new(),
            covers: BTreeMap::new(),
        }))
    }
}

fn reading((word, page): (&str, u32)) -> Option<Reading> {
    let (kind, iin) = match word.split_once(' ').unwrap_or((word, IIN)) {
        ("passport", iin) => (DocumentKind::Passport, iin),
        ("permit", iin) => (DocumentKind::ExitPermit, iin),
        _ => return None,
    };
    Some(Reading {
        kind,
        page,
        corners: [[0.0; 2]; 4],
        quality: Quality::default(),
        mrz: None,
        by_hand: BTreeMap::new(),
        fields: vec![FieldReading {
            field: FieldName::IIN,
            text: iin.into(),
            source: Source::Print,
            reader: Reader::PrintNet,
            bounds: [0.0, 0.0, 100.0, 20.0],
            margins: vec![9.0; iin.len()],
            confidence: 0.99,
        }],
    })
}

pub(crate) fn settings() -> TakeSettings {
    TakeSettings {
        kind: None,
        mission: None,
        channel: Channel::Consulate,
        received_at: None,
        card: None,
        missions: Missions::embedded(),
    }
}

pub(crate) fn at(seconds: i64) -> Timestamp {
    let start: Timestamp = "2026-10-23T09:00:00Z".parse().unwrap();
    start + SignedDuration::from_secs(seconds)
}

/// An object, put this many seconds after the first.
pub(crate) fn object(key: &str, put_after_s: i64, text: &str) -> Arrived {
    Arrived {
        object: Object {
            bucket: "inbox".into(),
            key: key.into(),
            version: None,
            etag: ScanId::of(text.as_bytes()).to_string(),
            size_bytes: text.len() as u64,
            put_at: at(put_after_s),
        },
        bytes: Some(text.into()),
    }
}

/// One cloud: a store, and attempts that have a name each.
pub(crate) struct Cloud {
    pub(crate) store: Memory,
    pub(crate) settings: TakeSettings,
    attempts: std::cell::Cell<u32>,
}

impl Cloud {
    pub(crate) fn new() -> Self {
        Self {
            store: Memory::default(),
            settings: settings(),
            attempts: 0.into(),
        }
    }

    pub(crate) fn intake(&self) -> Intake<'_, Memory, Eyes> {
        Intake::new(&self.store, &Eyes)
    }

    pub(crate) async fn receive(&self, arrived: &Arrived, at: Timestamp) -> Received {
        self.attempts.set(self.attempts.get() + 1);
        let attempt = Attempt {
            name: &self.attempts.get().to_string(),
            lease: LEASE,
            settings: &self.settings,
            patience: Patience::Waits,
        };
        self.intake().receive(arrived, attempt, at).await.unwrap()
    }

    pub(crate) async fn case(&self, key: &str) -> Option<Case> {
        let id = CaseId::of_batch(&BatchId::of("inbox", key));
        self.store.load(&id).await.unwrap()
    }

    pub(crate) async fn end(&self, arrived: &Arrived) -> Option<UploadEnd> {
        let (batch, id) = (arrived.object.batch(), arrived.object.id());
        self.store.upload(&batch, &id).await.unwrap()?.end
    }
}

pub(crate) fn manifest(more: &serde_json::Value) -> String {
    let mut manifest = json!({
        "kind": "permanent", "channel": "consulate", "mission": "DEU-BER",
        "received_at": "2026-10-23T08:30:00Z",
    });
    let more = more.as_object().unwrap().clone();
    manifest.as_object_mut().unwrap().extend(more);
    manifest.to_string()
}

#[tokio::test]
async fn what_another_reader_had_locked_away_stays_refused() {
    let store = Memory::default();
    let intake = Intake::new(&store, &Eyes);
    let pages = |scan| ScanPages {
        scan,
        name: "paper.pdf".into(),
        pages: None,
    };
    let locked = store.quarantine(b"a program").await.unwrap();
    let seen = intake.seen(&pages(locked)).await.unwrap();
    assert_eq!(seen, Err(RefusalCode::ActiveContent));
    // Of what never came nobody says that it is unsafe.
    let gone = intake.seen(&pages(ScanId::of(b"lost"))).await;
    assert!(matches!(gone, Err(IntakeError::NoSuchScan(_))));
}
