//! Invented cases, made of events as a store would hold them.

use std::collections::BTreeMap;

use casework::card::{Card, Entry, EntryValue};
use casework::case::{
    Actor, Case, CaseKind, Channel, Event, Manifest, MissionCode, Recorded, Role, StrikeOffGround,
};
use casework::finding::{Finding, Ground, Place, Rule, Severity, Witness};
use casework::finding_code::{QualityFinding, RefusalCode};
use casework::personal::Personal;
use casework::reading::{DocumentKind, FieldName};
use casework::scan::{ScanId, ScanOutcome};
use casework::words::Language;
use jiff::{Timestamp, ToSpan as _};

use crate::PaperKind;

/// A case's events.
#[derive(Debug, Clone)]
pub struct Invented {
    pub timeline: Vec<Recorded>,
}

/// A card with every Kazakh letter somewhere.
pub fn card() -> Card {
    let entries = [
        ("surname", "Ңұрғалиева"),
        ("given_names", "Өмірһәнзия"),
        ("patronymic", "Қуанышқызы"),
        ("birth_date", "1990-01-01"),
        ("iin", "900101400006"),
        ("document_kind", "passport"),
        ("document_number", "N12345678"),
        ("purpose_of_stay", "study"),
        ("stay_until", "2027-07-16"),
        ("address_country", "DEU"),
        ("address_city", "Berlin"),
        ("address_street", "Erfundene Straße 5"),
        ("address_postcode", "10117"),
    ];
    Card {
        entries: entries.map(|(key, value)| entry(key, value)).into(),
    }
}

/// A finding that a refusal may rest on.
fn birth_date_differs() -> Finding {
    let said = |value: &str, place| Witness {
        value: value.into(),
        place,
        certainty: None,
        confidence: None,
    };
    let passport = Place::Document {
        scan: ScanId::of(b"passport"),
        page: 1,
        document: DocumentKind::Passport,
        bounds: [0.0; 4],
    };
    Finding {
        rule: Rule::R2,
        severity: Severity::Hard,
        ground: Some(Ground::Unreliable),
        field: Some(FieldName::BIRTH_DATE),
        reason: "r2-birth-date-differs".to_owned(),
        values: vec![
            said("1990-01-10", passport),
            said("1990-01-01", Place::DeclaredCard),
        ],
    }
}

fn entry(key: &str, value: &str) -> (FieldName, Entry) {
    let value = EntryValue {
        value: value.into(),
        source: Place::DeclaredCard,
        certainty: None,
    };
    let entry = Entry {
        declared: Some(value),
        ..Entry::default()
    };
    (FieldName::from_key(key), entry)
}

impl Invented {
    /// An open case of a kind.
    pub fn open(kind: CaseKind) -> Self {
        let received_at: Timestamp = "2026-11-20T08:10:00Z".parse().unwrap();
        let manifest = Manifest {
            kind,
            channel: Channel::Consulate,
            mission: MissionCode("DEU-BER".into()),
            received_at,
            card: None,
            scans: Vec::new(),
            batch: None,
            signature: None,
            language: None,
            sent_anyway: Vec::new(),
        };
        let opened = Event::Opened {
            manifest,
            due_at: "2026-11-24T17:00:00Z".parse().unwrap(),
        };
        let derived = Event::Derived {
            card: card(),
            findings: vec![birth_date_differs()],
        };
        let timeline = Vec::new();
        Self { timeline }.then(opened).then(derived)
    }

    /// One more event, an hour after the last.
    pub fn then(mut self, event: Event) -> Self {
        let version = self.timeline.len() as u64 + 1;
        let start: Timestamp = "2026-11-20T22:30:00Z".parse().unwrap();
        self.timeline.push(Recorded {
            version,
            at: start + i64::try_from(version).unwrap().hours(),
            actor: Actor {
                role: Role::Officer,
                account: None,
            },
            event,
        });
        self
    }

    /// A case that supports this paper.
    pub fn for_kind(kind: PaperKind) -> Self {
        let approved = Event::Approved { reason: None };
        match kind {
            PaperKind::PassportInsert => Self::open(CaseKind::Permanent).then(approved),
            PaperKind::Notification | PaperKind::Certificate => {
                Self::open(CaseKind::Temporary).then(approved)
            }
            PaperKind::Refusal => Self::refused(
                "Туған күні құжаттарда бірдей емес: карточкада 01.01.1990, паспортта 10.01.1990.\n\n\
                 Түпнұсқаларды көрсетіп, өтінішті қайта бере аласыз.",
            ),
            PaperKind::BetterCopy => Self::open(CaseKind::Temporary).asked(),
            PaperKind::AcceptanceSlip => Self::open(CaseKind::Temporary),
        }
    }

    /// Refused with this text.
    pub fn refused(reasons: &str) -> Self {
        Self::open(CaseKind::Permanent).then(Event::Refused {
            ground: Ground::Unreliable,
            findings: vec!["r2-birth-date-differs".to_owned()],
            language: Some(Language::Kk),
            reasons: Personal::new(reasons.to_owned()),
        })
    }

    /// With better copies asked for of two files.
    fn asked(self) -> Self {
        let copies = [
            ("төлқұжат-漢.jpg", QualityFinding::Glare),
            ("IMG_0042.jpg", QualityFinding::Blur),
        ];
        let filed = copies.map(|(name, _)| Event::ScanFiled {
            scan: ScanId::of(name.as_bytes()),
            name: name.into(),
            outcome: ScanOutcome::Refused {
                code: RefusalCode::UnreadableImage,
                quarantined: false,
            },
        });
        let asked = copies.map(|(name, code)| Event::BetterCopyAsked {
            scan: ScanId::of(name.as_bytes()),
            code,
        });
        filed.into_iter().chain(asked).fold(self, Self::then)
    }

    /// With another value on the card.
    pub fn with(mut self, key: &str, value: &str) -> Self {
        for recorded in &mut self.timeline {
            if let Event::Derived { card, .. } = &mut recorded.event {
                card.entries.extend(BTreeMap::from([entry(key, value)]));
            }
        }
        self
    }

    /// Cases of both kinds, open and ended in every way.
    pub fn in_every_state() -> Vec<Self> {
        let ends = [
            vec![],
            vec![Event::BetterCopyAsked {
                scan: ScanId::of(b"a scan"),
                code: QualityFinding::Blur,
            }],
            vec![Event::Approved { reason: None }],
            vec![
                Event::Approved { reason: None },
                Event::CertificateRequested,
            ],
            vec![Event::Refused {
                ground: Ground::NonCompliant,
                findings: Vec::new(),
                language: Some(Language::Kk),
                reasons: Personal::new("Себебі бар.".to_owned()),
            }],
            vec![Event::Withdrawn],
            vec![
                Event::Approved { reason: None },
                Event::StruckOff {
                    ground: StrikeOffGround::StayEnded,
                },
            ],
        ];
        let kinds = [CaseKind::Temporary, CaseKind::Permanent];
        let all = kinds.into_iter().flat_map(|kind| {
            ends.clone()
                .map(|events| events.into_iter().fold(Self::open(kind), Self::then))
        });
        all.collect()
    }

    pub fn case(&self) -> Case {
        Case::from_events(&self.timeline).unwrap()
    }

    pub fn temporary(&self) -> bool {
        self.case().manifest.kind == CaseKind::Temporary
    }
}

/// Whether papers of this kind have a row for the patronymic.
pub const fn shows_patronymic(kind: PaperKind) -> bool {
    match kind {
        PaperKind::PassportInsert
        | PaperKind::Notification
        | PaperKind::Certificate
        | PaperKind::Refusal
        | PaperKind::AcceptanceSlip => true,
        PaperKind::BetterCopy => false,
    }
}
