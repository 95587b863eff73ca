//! Every rule on two whole cases, a permanent and a temporary one, each changed in one thing.

mod identity;
mod names;
mod passport;
mod permanent;
mod permit;
mod temporary;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Surroundings, derive};
use crate::card::DeclaredCard;
use crate::case::{
    Actor, Case, CaseKind, Channel, Event, Manifest, MissionCode, Recorded, Role, ScanPages,
};
use crate::document::{Certainty, CheckDigit, Document, DocumentMrz, Field, Opinion};
use crate::finding::{Finding, Severity};
use crate::reading::{DocumentKind, FieldName, FieldReading, Quality, Reader, Source};
use crate::scan::{ScanId, ScanOutcome};

/// What a case is made from.
pub(super) struct World {
    kind: CaseKind,
    mission: &'static str,
    received_at: &'static str,
    documents: Vec<Document>,
    card: Option<Value>,
    corrections: Vec<(&'static str, &'static str)>,
    around: Surroundings,
    unread: bool,
}

impl World {
    fn document(&mut self, kind: DocumentKind) -> &mut Document {
        self.documents.iter_mut().find(|d| d.kind == kind).unwrap()
    }

    /// Prints another value, or a first one, on a document.
    pub(super) fn print(&mut self, kind: DocumentKind, name: &'static str, value: &str) {
        let document = self.document(kind);
        document.fields.insert(
            FieldName::new(name),
            field(name, value, &[(Source::Print, value)]),
        );
    }

    pub(super) fn without(&mut self, kind: DocumentKind) {
        self.documents.retain(|d| d.kind != kind);
    }

    pub(super) fn declare(&mut self, key: &str, value: Value) {
        self.card.as_mut().unwrap()[key] = value;
    }

    fn manifest(&self, scans: Vec<ScanPages>) -> Manifest {
        let card = self
            .card
            .as_ref()
            .map(|c| DeclaredCard::parse(&c.to_string()).unwrap());
        Manifest {
            kind: self.kind,
            channel: Channel::Consulate,
            mission: MissionCode(self.mission.into()),
            received_at: self.received_at.parse().unwrap(),
            card,
            scans,
            batch: None,
            signature: None,
            language: None,
            sent_anyway: Vec::new(),
        }
    }

    pub(super) fn case(&self) -> Case {
        let (scan, late) = (ScanId::of(b"one"), ScanId::of(b"late"));
        let page = |scan: &ScanId| ScanPages {
            scan: scan.clone(),
            name: "scan.jpg".into(),
            pages: None,
        };
        let scans = if self.unread {
            vec![page(&scan), page(&late)]
        } else {
            vec![page(&scan)]
        };
        let manifest = self.manifest(scans);
        let outcome = ScanOutcome::Read {
            pages: 1,
            page_sizes: vec![[1000, 1000]],
            blank_pages: Vec::new(),
            documents: self.documents.clone(),
            findings: Vec::new(),
        };
        let mut events = vec![
            Event::Opened {
                due_at: manifest.received_at,
                manifest,
            },
            Event::ScanFiled {
                scan,
                name: "scan.jpg".into(),
                outcome,
            },
        ];
        events.extend(
            self.corrections
                .iter()
                .map(|(field, value)| Event::Corrected {
                    field: FieldName::new(field),
                    value: (*value).into(),
                }),
        );
        let recorded: Vec<Recorded> = (1..)
            .zip(events)
            .map(|(version, event)| Recorded {
                version,
                at: "2026-10-23T10:00:00Z".parse().unwrap(),
                actor: Actor {
                    role: Role::Intake,
                    account: None,
                },
                event,
            })
            .collect();
        Case::from_events(&recorded).unwrap()
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        derive(&self.case(), &self.around).1
    }
}

/// A field with a reading per source; the value is that of the first.
fn field(name: &'static str, value: &str, readings: &[(Source, &str)]) -> Field {
    let opinion = |(source, text): &(Source, &str)| Opinion {
        value: (*text).into(),
        well_formed: !text.contains('?'),
        reading: FieldReading {
            field: FieldName::new(name),
            text: (*text).into(),
            source: *source,
            reader: Reader::PrintNet,
            bounds: [0.0; 4],
            margins: Vec::new(),
            confidence: 0.9,
        },
    };
    Field {
        value: value.into(),
        certainty: Certainty::Read,
        proof: None,
        confidence: 0.9,
        source: Source::Print,
        bounds: [0.0; 4],
        raw: value.into(),
        readings: readings.iter().map(opinion).collect(),
    }
}

fn document(kind: DocumentKind, fields: &[(&'static str, &str)]) -> Document {
    Document {
        kind,
        page: 1,
        corners: [[0.0; 2]; 4],
        quality: Quality::default(),
        mrz: None,
        by_hand: BTreeMap::new(),
        fields: fields
            .iter()
            .map(|(name, value)| {
                (
                    FieldName::new(name),
                    field(name, value, &[(Source::Print, value)]),
                )
            })
            .collect(),
    }
}

fn zone(lines: &[&str]) -> DocumentMrz {
    let digits = ["document_number", "birth_date", "expiry_date", "composite"];
    DocumentMrz {
        format: if lines.len() == 3 {
            "TD1".into()
        } else {
            "TD3".into()
        },
        lines: lines.iter().map(|line| (*line).into()).collect(),
        check_digits: digits
            .map(|digit| (digit.to_owned(), CheckDigit::Verified))
            .into(),
    }
}

fn consent() -> Value {
    json!({
        "version": "2026-1", "operator": "МИД РК, БИН 000000000000", "subject": "АСАН ӘБІШ", "term": "5 years",
        "third_parties": "none", "cross_border": true, "public_sources": "none", "data": "as on the card", "other": "none"
    })
}

/// One change of a whole case, and the reasons that must be found: exactly these, in this order.
pub(super) type Row = (&'static str, fn(&mut World), &'static [&'static str]);

pub(super) fn check(whole: fn() -> World, rows: &[Row]) {
    for (what, change, expected) in rows {
        let mut world = whole();
        change(&mut world);
        let found = world.findings();
        let reasons: Vec<&str> = found.iter().map(|f| f.reason.as_str()).collect();
        assert_eq!(reasons, *expected, "{what}");
        let order = |f: &Finding| {
            (
                f.severity == Severity::Warning,
                f.severity == Severity::Ask,
                f.rule,
            )
        };
        assert!(
            found.is_sorted_by_key(order),
            "{what}: hard, asked, warnings, each by rule"
        );
    }
}
