//! Whole papers of an invented person: a passport that was read and a card that was declared.
//! Nothing is derived here; the rules do that when the case is opened.

use std::collections::BTreeMap;

use casework::card::DeclaredCard;
use casework::case::{
    Action, Actor, Case, CaseKind, Change, Channel, Manifest, MissionCode, Role, ScanPages,
    SentAnyway, open,
};
use casework::crosscheck::{Surroundings, surroundings};
use casework::document::{Certainty, Document, Field, Opinion};
use casework::finding_code::Hint;
use casework::ports::Cases;
use casework::reading::{DocumentKind, FieldName, FieldReading, Quality, Reader, Source};
use casework::scan::{ScanId, ScanOutcome};
use jiff::civil::date;
use samples::chance::Chance;

use crate::contract::cases::written;
use crate::contract::invented::{DUE, RECEIVED, time};

const INTAKE: Actor = Actor {
    role: Role::Intake,
    account: None,
};

/// The papers of the `number`th applicant: a person of their own, everything in order.
pub(super) struct Papers {
    number: u32,
    pub(super) mission: &'static str,
    pub(super) surname: String,
    pub(super) given_names: String,
    pub(super) iin: String,
    birth_date: String,
    /// What the passport says and the card does not.
    differing: Option<(&'static str, String)>,
    /// What is written by hand on a paper card that came with it.
    by_hand: &'static [&'static str],
}

impl Papers {
    pub(super) fn of(number: u32) -> Self {
        let mut chance = Chance::new(7, &format!("desk {number}"));
        // A birthday of their own, so that next to no two of them share an IIN.
        let born_on = date(1960, 1, 1) + jiff::Span::new().days(number % 14_000);
        Self {
            number,
            mission: "DEU-BER",
            surname: "СӘБИТОВ".into(),
            given_names: "АЙДАР".into(),
            iin: samples::iin::invent(&mut chance, born_on, false),
            birth_date: born_on.to_string(),
            differing: None,
            by_hand: &[],
        }
    }

    /// The passport says something else of this field.
    pub(super) fn passport_says(mut self, field: &'static str, value: &str) -> Self {
        self.differing = Some((field, value.to_owned()));
        self
    }

    /// A paper card comes along on the passport's page, with these entries written by hand.
    pub(super) fn with_card_by_hand(mut self, entries: &'static [&'static str]) -> Self {
        self.by_hand = entries;
        self
    }

    pub(super) fn scan(&self) -> ScanId {
        ScanId::of(format!("passport {}", self.number).as_bytes())
    }

    fn person(&self) -> [(&'static str, &str); 5] {
        [
            ("surname", &self.surname),
            ("given_names", &self.given_names),
            ("sex", "M"),
            ("birth_date", &self.birth_date),
            ("iin", &self.iin),
        ]
    }

    fn document_number(&self) -> String {
        format!("N{:08}", 10_000_000 + self.number)
    }

    fn card(&self) -> DeclaredCard {
        let number = self.document_number();
        let rest = [
            ("document_number", number.as_str()),
            ("citizenship", "KAZ"),
            ("purpose_of_stay", "study"),
            ("stay_until", "2027-07-16"),
            ("signed", "true"),
            ("signed_on", "2026-10-22"),
            ("consent", "true"),
        ];
        let consent = ["version", "operator", "subject", "term", "third_parties"];
        let more = ["cross_border", "public_sources", "data", "other"];
        let consent = consent.into_iter().chain(more);
        let consent = consent.map(|part| (format!("consent.{part}"), "true"));
        let person = self.person().into_iter().chain(rest);
        let entries = person.map(|(key, value)| (key.to_owned(), value));
        let entries = entries.chain(consent).filter(|(key, _)| key != "consent");
        DeclaredCard {
            entries: entries
                .map(|(key, value)| (FieldName::from_key(key), value.into()))
                .collect(),
        }
    }

    fn passport(&self) -> Document {
        let number = self.document_number();
        let rest = [
            ("document_number", number.as_str()),
            ("citizenship", "KAZ"),
            ("issue_date", "2024-03-02"),
            ("expiry_date", "2034-03-01"),
        ];
        let all = self.person().into_iter().chain(rest);
        let said = all.zip(0_u8..).map(|((key, value), line)| {
            let other = self.differing.as_ref().filter(|(field, _)| *field == key);
            let value = other.map_or(value, |(_, value)| value);
            let top = 40.0 + 50.0 * f32::from(line);
            (
                FieldName::new(key),
                read(key, value, [60.0, top, 300.0, 24.0]),
            )
        });
        Document {
            kind: DocumentKind::Passport,
            page: 1,
            corners: [[0.0, 0.0], [800.0, 0.0], [800.0, 600.0], [0.0, 600.0]],
            quality: Quality::default(),
            mrz: None,
            fields: said.collect(),
            by_hand: BTreeMap::new(),
        }
    }

    fn card_by_hand(&self) -> Option<Document> {
        let (first, step) = ([60.0, 420.0, 300.0, 24.0], 40.0);
        let places = self.by_hand.iter().zip(0_u8..).map(|(name, line)| {
            let [x, y, width, height] = first;
            let bounds = [x, y + step * f32::from(line), width, height];
            (FieldName::new(name), bounds)
        });
        (!self.by_hand.is_empty()).then(|| Document {
            kind: DocumentKind::RegistrationCard,
            fields: BTreeMap::new(),
            by_hand: places.collect(),
            ..self.passport()
        })
    }

    /// Opens the case and files its scan, as the intake does.
    pub(super) async fn arrive(&self, store: &impl Cases) -> Case {
        let manifest = Manifest {
            kind: CaseKind::Temporary,
            channel: Channel::Portal,
            mission: MissionCode(self.mission.into()),
            received_at: time(RECEIVED),
            card: Some(self.card()),
            scans: vec![ScanPages {
                scan: self.scan(),
                name: "passport.jpg".into(),
                pages: None,
            }],
            batch: None,
            signature: None,
            language: None,
            sent_anyway: vec![SentAnyway {
                scan: self.scan(),
                warned_of: vec![Hint::Glare],
            }],
        };
        // Each a second after the one before, so that their order is known.
        let due_at = time(DUE) + jiff::Span::new().seconds(self.number);
        let opened = open(manifest, due_at, &INTAKE, time(RECEIVED)).unwrap();
        let case = written(store, opened).await;
        let filing = Action::FileScan {
            scan: self.scan(),
            name: "passport.jpg".into(),
            outcome: ScanOutcome::Read {
                pages: 1,
                page_sizes: vec![[800, 600]],
                blank_pages: Vec::new(),
                documents: [self.passport()]
                    .into_iter()
                    .chain(self.card_by_hand())
                    .collect(),
                findings: Vec::new(),
            },
        };
        let around: Surroundings = surroundings(store, &case, &filing).await.unwrap();
        let filed: Change = case
            .apply(filing, &INTAKE, time(RECEIVED), &around)
            .unwrap();
        written(store, filed).await
    }
}

/// A value as one reader of print saw it.
fn read(key: &'static str, value: &str, bounds: [f32; 4]) -> Field {
    let reading = FieldReading {
        field: FieldName::new(key),
        text: value.into(),
        source: Source::Print,
        reader: Reader::PrintNet,
        bounds,
        margins: Vec::new(),
        confidence: 0.93,
    };
    Field {
        value: value.into(),
        certainty: Certainty::Read,
        proof: None,
        confidence: 0.93,
        source: Source::Print,
        bounds,
        raw: value.into(),
        readings: vec![Opinion {
            value: value.into(),
            well_formed: true,
            reading,
        }],
    }
}
