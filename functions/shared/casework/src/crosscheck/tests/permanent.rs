//! A permanent case, a passport, a permit and a card: what other cases say of it, and what it says of itself.

use serde_json::json;

use super::{World, check, consent, document, zone};
use crate::case::{CaseId, CaseKind, Status};
use crate::crosscheck::Surroundings;
use crate::document::Certainty;
use crate::finding::{Ground, Rule, Severity};
use crate::reading::{DocumentKind, FieldName};

pub(super) const PASSPORT: DocumentKind = DocumentKind::Passport;
pub(super) const PERMIT: DocumentKind = DocumentKind::ExitPermit;
const CARD: DocumentKind = DocumentKind::RegistrationCard;

/// Nothing to find.
pub(super) fn whole() -> World {
    let mut passport = document(
        PASSPORT,
        &[
            ("surname", "ӘБІШЕВ"),
            ("given_names", "ҚАЙРАТ"),
            ("surname_latin", "ABISHEV"),
            ("given_names_latin", "KAIRAT"),
            ("birth_date", "1990-01-01"),
            ("sex", "M"),
            ("iin", "900101300017"),
            ("document_number", "N12345678"),
            ("issue_date", "2023-06-15"),
            ("expiry_date", "2033-06-14"),
        ],
    );
    passport.mrz = Some(zone(&[
        "P<KAZABISHEV<<KAIRAT<<<<<<<<<<<<<<<<<<<<<<<<",
        "N123456785KAZ9001011M3306149900101300017<<46",
    ]));
    let permit = document(
        PERMIT,
        &[
            ("permit_number", "17-5"),
            ("issue_date", "2026-05-01"),
            ("surname", "ӘБІШЕВ"),
            ("given_names", "ҚАЙРАТ"),
            ("birth_date", "1990-01-01"),
            ("iin", "900101300017"),
            ("destination_country", "Германия"),
        ],
    );
    World {
        kind: CaseKind::Permanent,
        mission: "DEU-BER",
        received_at: "2026-10-23T09:00:00Z",
        documents: vec![passport, permit],
        card: Some(json!({
            "surname": "Әбішев", "given_names": "Қайрат", "birth_date": "1990-01-01", "sex": "M",
            "iin": "900101300017", "document_number": "N12345678", "citizenship": "Қазақстан",
            "permit_date": "2026-05-01", "consent": consent(), "signed": true, "signed_on": "2026-10-23"
        })),
        corrections: Vec::new(),
        around: Surroundings::default(),
        unread: false,
    }
}

#[test]
fn r16_and_r17_other_cases() {
    fn with(w: &mut World, status: Status) {
        let other = World {
            mission: "TUR-ANK",
            ..whole()
        };
        w.around.same_person = vec![(CaseId::clone(&other.case().id), status)];
    }
    check(
        whole,
        &[
            (
                "registered",
                |w| with(w, Status::Registered),
                &["r16-already-registered"],
            ),
            (
                "open",
                |w| with(w, Status::AwaitingOfficer),
                &["r16-another-case"],
            ),
            ("struck off", |w| with(w, Status::StruckOff), &[]),
            (
                "itself",
                |w| w.around.same_person = vec![(w.case().id, Status::Registered)],
                &[],
            ),
            (
                "another's scan",
                |w| w.around.scan_of_another_person = true,
                &["r17-scan-of-another-person"],
            ),
        ],
    );
}

#[test]
fn a_finding_names_its_rule_its_ground_and_both_values_with_their_places() {
    let mut world = whole();
    world.declare("iin", json!("900101300811"));
    let found = world.findings().remove(0);
    assert_eq!(
        (found.rule, found.severity, found.ground),
        (Rule::R5, Severity::Hard, Some(Ground::Unreliable))
    );
    assert_eq!(found.field, Some(FieldName::IIN));
    let places: Vec<_> = found
        .values
        .iter()
        .map(|v| serde_json::to_value(&v.place).unwrap()["in"].clone())
        .collect();
    assert_eq!(places, ["document", "document", "declared_card"]);
    assert_eq!(found.values[0].certainty, Some(Certainty::Read));
    assert_eq!(found.values[2].certainty, None);
}

#[test]
fn the_card_is_filled_from_the_best_evidence_with_the_declared_value_beside_it() {
    let mut world = whole();
    world.print(PERMIT, "surname", "АБИШЕВ");
    world.documents.push(document(
        CARD,
        &[
            ("profession", "ИНЖЕНЕР"),
            ("surname", "АБИШЕВ"),
            ("no_such_key", "X"),
        ],
    ));
    world.corrections.push(("birth_place", "АСТАНА"));
    let (card, _) = crate::crosscheck::derive(&world.case(), &world.around);
    let entry = |key: &'static str| {
        card.entries
            .get(&FieldName::new(key))
            .cloned()
            .unwrap_or_default()
    };
    let value = |v: Option<crate::card::EntryValue>| v.map(|v| v.value.into_inner());
    for (key, declared, read, resolved) in [
        ("surname", Some("Әбішев"), Some("ӘБІШЕВ"), Some("ӘБІШЕВ")),
        ("document_kind", None, Some("passport"), Some("passport")),
        (
            "document_expiry_date",
            None,
            Some("2033-06-14"),
            Some("2033-06-14"),
        ),
        (
            "permit_date",
            Some("2026-05-01"),
            Some("2026-05-01"),
            Some("2026-05-01"),
        ),
        ("profession", Some("ИНЖЕНЕР"), None, Some("ИНЖЕНЕР")),
        ("birth_place", None, None, Some("АСТАНА")),
        ("no_such_key", None, None, None),
    ] {
        let entry = entry(key);
        assert_eq!(
            value(entry.resolved().cloned()).as_deref(),
            resolved,
            "{key}"
        );
        assert_eq!(value(entry.declared).as_deref(), declared, "{key}");
        assert_eq!(value(entry.read).as_deref(), read, "{key}");
    }
}
