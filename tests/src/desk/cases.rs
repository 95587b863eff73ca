//! Invented cases, one in every status.

use std::collections::BTreeMap;

use casework::appeal::{Appeal, Part, Typed};
use casework::card::{Card, Entry, EntryValue};
use casework::case::{Case, Event, MissionCode, Refusal, Status, StrikeOffGround};
use casework::document::Document;
use casework::finding::{Finding, Ground, Place, Rule, Severity};
use casework::finding_code::QualityFinding;
use casework::ports::Scans;
use casework::reading::{DocumentKind, FieldName, Quality};
use casework::scan::{ScanId, ScanOutcome};
use casework::words::Language;
use jiff::civil::date;

use crate::contract::cases::written;
use crate::contract::invented::{DUE, manifest, opened_by, then, time};
use crate::memory::Memory;

/// The bytes of the one scan of every case: a passport, and a card filled in by hand.
pub(super) const SCAN: &[u8] = b"a passport and a card";

fn passport() -> Event {
    let document = Document {
        kind: DocumentKind::Passport,
        page: 1,
        corners: [[0.0, 0.0], [800.0, 0.0], [800.0, 600.0], [0.0, 600.0]],
        quality: Quality::default(),
        mrz: None,
        fields: BTreeMap::new(),
        by_hand: BTreeMap::new(),
    };
    let card_by_hand = Document {
        kind: DocumentKind::RegistrationCard,
        by_hand: [(FieldName::new("phone"), [60.0, 420.0, 300.0, 24.0])].into(),
        ..document.clone()
    };
    Event::ScanFiled {
        scan: ScanId::of(SCAN),
        name: "passport.jpg".into(),
        outcome: ScanOutcome::Read {
            pages: 1,
            page_sizes: vec![[800, 600]],
            blank_pages: Vec::new(),
            documents: vec![document, card_by_hand],
            findings: Vec::new(),
        },
    }
}

/// A finding with two values, one read and one declared.
pub(super) fn finding(
    rule: Rule,
    severity: Severity,
    ground: Option<Ground>,
    reason: &str,
) -> Finding {
    Finding {
        rule,
        severity,
        ground,
        field: None,
        reason: reason.to_owned(),
        values: Vec::new(),
    }
}

fn derived(findings: Vec<Finding>) -> Event {
    let read = |value: &str| EntryValue {
        value: value.into(),
        source: Place::Document {
            scan: ScanId::of(SCAN),
            page: 1,
            document: DocumentKind::Passport,
            bounds: [10.0, 10.0, 200.0, 20.0],
        },
        certainty: None,
    };
    let entry = |value| Entry {
        read: Some(read(value)),
        ..Entry::default()
    };
    Event::Derived {
        card: Card {
            entries: [
                (FieldName::IIN, entry("900101300017")),
                (FieldName::SURNAME, entry("ҮЛГІЕВ")),
            ]
            .into(),
        },
        findings,
    }
}

/// Writes a case of this mission that stands so.
pub(super) async fn standing(store: &Memory, status: Status, mission: &str) -> Case {
    let scan = store.keep(SCAN).await.unwrap();
    let mut manifest = manifest(1, std::slice::from_ref(&scan));
    manifest.mission = MissionCode(mission.to_owned());
    let mut case = written(store, opened_by(manifest, DUE)).await;
    for event in leading_to(status, scan) {
        case = written(store, then(&case, "intake", event)).await;
    }
    assert_eq!(case.status(), status);
    case
}

fn refused() -> Event {
    Event::Refused {
        ground: Ground::Unreliable,
        findings: Vec::new(),
        language: None,
        reasons: "…".into(),
    }
}

fn proposed() -> Event {
    Event::RefusalProposed {
        refusal: Refusal {
            ground: Ground::NonCompliant,
            findings: Vec::new(),
            language: Language::Kk,
            reasons: "…".into(),
        },
    }
}

/// A complaint from the portal: whole, and not signed yet.
fn appealed() -> Event {
    let required = Part::ALL.into_iter().filter(|part| part.required(false));
    let mut typed: Typed = required.map(|part| (part, "…".to_owned())).collect();
    typed.insert(Part::Iin, "900101300017".to_owned());
    typed.insert(Part::LearnedOn, "2026-10-23".to_owned());
    Event::Appealed {
        appeal: Appeal::stated(&typed, false, date(2026, 10, 23)).unwrap(),
        hand_on_by: time(DUE),
    }
}

/// What happens to an opened case of this scan until it stands so.
fn leading_to(status: Status, scan: ScanId) -> Vec<Event> {
    let found = |rule, severity, reason| derived(vec![finding(rule, severity, None, reason)]);
    let other = opened_by(manifest(2, &[]), DUE).case.id;
    match status {
        Status::Reading => vec![],
        Status::AwaitingBetterCopy => vec![
            passport(),
            Event::BetterCopyAsked {
                scan,
                code: QualityFinding::Blur,
            },
        ],
        Status::AwaitingOtherSide => {
            vec![
                passport(),
                found(Rule::R18, Severity::Ask, "r18-back-missing"),
            ]
        }
        Status::AwaitingDocuments => {
            vec![
                passport(),
                found(Rule::R10, Severity::Hard, "r10-permit-missing"),
            ]
        }
        Status::AwaitingApplicant => {
            vec![
                passport(),
                found(Rule::R14, Severity::Hard, "r14-consent-missing"),
            ]
        }
        Status::AwaitingOfficer => vec![passport(), derived(vec![])],
        Status::AwaitingSecondOfficer => vec![passport(), derived(vec![]), proposed()],
        Status::Registered => vec![
            passport(),
            derived(vec![]),
            Event::Approved { reason: None },
        ],
        Status::CertificateRequested => vec![
            passport(),
            derived(vec![]),
            Event::Approved { reason: None },
            Event::CertificateRequested,
        ],
        Status::Refused => vec![passport(), refused()],
        Status::Appealed => vec![passport(), refused(), appealed()],
        Status::WithSuperior => vec![passport(), refused(), appealed(), Event::AppealHandedOn],
        Status::Withdrawn => vec![passport(), Event::Withdrawn],
        Status::StruckOff => vec![
            passport(),
            Event::Approved { reason: None },
            Event::StruckOff {
                ground: StrikeOffGround::StayEnded,
            },
        ],
        Status::Joined => vec![passport(), Event::JoinedInto { other }],
    }
}
