//! Rules on a temporary case: both sides of an ID card, a card.

use serde_json::{Value, json};

use super::{World, check, consent, document, zone};
use crate::case::CaseKind;
use crate::crosscheck::Surroundings;
use crate::document::Certainty;
use crate::reading::{DocumentKind, FieldName};

const FRONT: DocumentKind = DocumentKind::IdCardFront;
const BACK: DocumentKind = DocumentKind::IdCardBack;
const PAPER: DocumentKind = DocumentKind::RegistrationCard;

/// Nothing to find.
fn whole() -> World {
    let front = document(
        FRONT,
        &[
            ("surname", "ОМАРОВА"),
            ("given_names", "ӘСЕЛ"),
            ("birth_date", "1985-12-31"),
            ("sex", "F"),
            ("iin", "851231400120"),
            ("document_number", "012345678"),
        ],
    );
    let mut back = document(
        BACK,
        &[
            ("surname_latin", "OMAROVA"),
            ("given_names_latin", "ASSEL"),
            ("iin", "851231400120"),
            ("document_number", "012345678"),
            ("issue_date", "2023-06-15"),
            ("expiry_date", "2033-06-14"),
        ],
    );
    back.mrz = Some(zone(&[
        "IDKAZ0123456784851231400120<<<",
        "8512312F3306149KAZ<<<<<<<<<<<4",
        "OMAROVA<<ASSEL<<<<<<<<<<<<<<<<",
    ]));
    World {
        kind: CaseKind::Temporary,
        mission: "DEU-BER",
        received_at: "2026-10-23T09:00:00Z",
        documents: vec![front, back],
        card: Some(json!({
            "surname": "ОМАРОВА", "given_names": "АСЕЛЬ", "iin": "851231400120", "document_number": "012345678",
            "purpose_of_stay": "study", "stay_until": "2027-07-01",
            "consent": consent(), "signed": true, "signed_on": "2026-10-23"
        })),
        corrections: Vec::new(),
        around: Surroundings::default(),
        unread: false,
    }
}

/// The same card on paper, without the entries that are left out.
fn on_paper(world: &mut World, left_out: &[&str]) {
    world.card = None;
    let entries = [
        ("surname", "ОМАРОВА"),
        ("purpose_of_stay", "study"),
        ("stay_until", "2027-07-01"),
        ("consent", "true"),
        ("signed", "true"),
        ("signed_on", "2026-10-23"),
    ];
    let kept: Vec<_> = entries
        .into_iter()
        .filter(|(key, _)| !left_out.contains(key))
        .collect();
    world.documents.push(document(PAPER, &kept));
}

#[test]
fn r6_and_r18_two_sides_of_one_card() {
    check(
        whole,
        &[
            ("everything agrees", |_| {}, &[]),
            (
                "R6 sides of two cards",
                |w| w.print(BACK, "document_number", "012345679"),
                &["r6-document-number-differs"],
            ),
            ("R18 no back", |w| w.without(BACK), &["r18-back-missing"]),
            ("R18 no front", |w| w.without(FRONT), &["r18-front-missing"]),
            (
                "R18 no back yet",
                |w| {
                    w.without(BACK);
                    w.unread = true;
                },
                &[],
            ),
            (
                "R18 a passport beside it",
                |w| {
                    w.without(BACK);
                    w.documents.push(document(
                        DocumentKind::Passport,
                        &[("document_number", "N12345678")],
                    ));
                },
                &[],
            ),
            (
                "no permit is asked for",
                |w| w.without(DocumentKind::ExitPermit),
                &[],
            ),
        ],
    );
}

#[test]
fn r12_the_card_is_of_its_kind() {
    check(
        whole,
        &[
            (
                "heading of the other kind",
                |w| w.declare("card_kind", json!("permanent")),
                &["r12-card-kind-differs"],
            ),
            (
                "a heading on paper that cannot be read names neither kind",
                |w| {
                    on_paper(w, &[]);
                    w.documents
                        .push(document(PAPER, &[("card_kind", "врименна")]));
                },
                &[],
            ),
            (
                "entries of the other kind only",
                |w| {
                    w.declare("purpose_of_stay", Value::Null);
                    w.declare("stay_until", Value::Null);
                    w.declare("permit_date", json!("2026-05-01"));
                },
                &["r12-card-kind-differs"],
            ),
            (
                "no purpose",
                |w| w.declare("purpose_of_stay", Value::Null),
                &["r12-purpose-missing"],
            ),
            (
                "no end",
                |w| w.declare("stay_until", Value::Null),
                &["r12-stay-until-missing"],
            ),
            (
                "an end on the day of receipt",
                |w| w.declare("stay_until", json!("2026-10-23")),
                &["r12-stay-until-past"],
            ),
            (
                "an end the day after",
                |w| w.declare("stay_until", json!("2026-10-24")),
                &[],
            ),
            (
                "no card at all is not for the rules to say",
                |w| w.card = None,
                &[],
            ),
        ],
    );
}

/// The card on paper; these entries of it are written by hand.
fn by_hand(world: &mut World, entries: &[&'static str]) {
    on_paper(world, entries);
    let card = world.documents.last_mut().unwrap();
    let places = entries.iter().map(|name| (FieldName::new(name), [0.0; 4]));
    card.by_hand = places.collect();
}

#[test]
fn r12_what_is_written_by_hand_waits_for_a_person() {
    check(
        whole,
        &[
            (
                "nobody has read it, and nothing on it is called missing",
                |w| by_hand(w, &["purpose_of_stay", "stay_until", "signed_on"]),
                &["r12-written-by-hand"],
            ),
            (
                "what was declared elsewhere is no reading of it",
                |w| {
                    w.documents.push(document(PAPER, &[]));
                    let card = w.documents.last_mut().unwrap();
                    card.by_hand = [(FieldName::SURNAME, [0.0; 4])].into();
                },
                &["r12-written-by-hand"],
            ),
            (
                "consent is its giver's",
                |w| {
                    on_paper(w, &[]);
                    let card = w.documents.last_mut().unwrap();
                    card.by_hand = [(FieldName::new("consent"), [0.0; 4])].into();
                },
                &[],
            ),
        ],
    );
}

#[test]
fn r13_the_card_is_signed_and_dated() {
    check(
        whole,
        &[
            (
                "not signed",
                |w| w.declare("signed", json!(false)),
                &["r13-not-signed"],
            ),
            (
                "nothing said of it",
                |w| w.declare("signed", Value::Null),
                &["r13-not-signed"],
            ),
            (
                "not dated",
                |w| w.declare("signed_on", Value::Null),
                &["r13-not-dated"],
            ),
            (
                "dated after receipt",
                |w| w.declare("signed_on", json!("2026-10-24")),
                &["r13-dated-after-receipt"],
            ),
            ("on paper", |w| on_paper(w, &[]), &[]),
            (
                "on paper, a scribble",
                |w| {
                    on_paper(w, &["signed"]);
                    w.print(PAPER, "signed", "Жуф");
                },
                &[],
            ),
            (
                "on paper, the place left empty",
                |w| {
                    on_paper(w, &["signed"]);
                    w.print(PAPER, "signed", "false");
                },
                &["r13-not-signed"],
            ),
            (
                "on paper, no signature seen",
                |w| on_paper(w, &["signed"]),
                &["r13-signature-not-seen"],
            ),
        ],
    );
}

#[test]
fn r14_the_consent_has_eight_parts() {
    check(
        whole,
        &[
            (
                "none",
                |w| w.declare("consent", Value::Null),
                &["r14-consent-missing"],
            ),
            (
                "a part is missing",
                |w| w.card.as_mut().unwrap()["consent"]["term"] = Value::Null,
                &["r14-consent-incomplete"],
            ),
            (
                "a part is denied that needs a text",
                |w| w.card.as_mut().unwrap()["consent"]["data"] = json!(false),
                &["r14-consent-incomplete"],
            ),
            (
                "the version is missing",
                |w| w.card.as_mut().unwrap()["consent"]["version"] = Value::Null,
                &["r14-consent-incomplete"],
            ),
            (
                "a part is withheld",
                |w| w.card.as_mut().unwrap()["consent"]["cross_border"] = json!(false),
                &["r14-consent-incomplete"],
            ),
            (
                "a part is given by a tick",
                |w| w.card.as_mut().unwrap()["consent"]["term"] = json!(true),
                &[],
            ),
            (
                "on paper, not ticked",
                |w| on_paper(w, &["consent"]),
                &["r14-consent-missing"],
            ),
            ("on paper, in one word", |w| on_paper(w, &[]), &[]),
            (
                "on paper in one word, and a part withheld by its code",
                |w| {
                    on_paper(w, &["consent"]);
                    let parts = [("consent", "true"), ("consent.cross_border", "false")];
                    w.documents.push(document(PAPER, &parts));
                },
                &["r14-consent-incomplete"],
            ),
        ],
    );
}

#[test]
fn r14_a_consent_not_read_for_certain_is_for_a_person() {
    check(
        whole,
        &[
            (
                "in one word",
                |w| {
                    on_paper(w, &[]);
                    let card = w.documents.iter_mut().find(|d| d.kind == PAPER).unwrap();
                    let consent = card.fields.get_mut(&FieldName::new("consent"));
                    consent.unwrap().certainty = Certainty::Doubtful;
                },
                &["r14-consent-unsure"],
            ),
            (
                "a part by its code",
                |w| {
                    on_paper(w, &["consent"]);
                    let parts = [("consent", "true"), ("consent.cross_border", "true")];
                    let mut paper = document(PAPER, &parts);
                    let part = FieldName::from_key("consent.cross_border".to_owned());
                    paper.fields.get_mut(&part).unwrap().certainty = Certainty::Doubtful;
                    w.documents.push(paper);
                },
                &["r14-consent-unsure"],
            ),
        ],
    );
}
