//! The card pre-filled: each entry from the document that evidences it best, the declared value beside it.
//!
//! Never here: whether the two agree; that is the cross-check's.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::schema::Schema;
use super::{Card, Entry, EntryValue};
use crate::case::{Case, CaseKind};
use crate::document::{Document, Field};
use crate::finding::Place;
use crate::reading::{DocumentKind, FieldName};
use crate::scan::ScanId;

const FRONT: DocumentKind = DocumentKind::IdCardFront;
const BACK: DocumentKind = DocumentKind::IdCardBack;
const PASSPORT: DocumentKind = DocumentKind::Passport;
const PERMIT: DocumentKind = DocumentKind::ExitPermit;
/// Identity documents come before a permit, whatever the reading's confidence.
const ANY: &[&[DocumentKind]] = &[&[FRONT, BACK, PASSPORT], &[PERMIT]];

/// The card of a case: declared, read and corrected, entry by entry.
pub fn prefill(case: &Case) -> Card {
    let mut entries: BTreeMap<FieldName, Entry> = BTreeMap::new();
    for (key, value) in declared(case) {
        entries.entry(key).or_default().declared = Some(value);
    }
    for (key, value) in read(case) {
        entries.entry(key).or_default().read = Some(value);
    }
    for (key, value) in &case.corrections {
        entries.entry(key.clone()).or_default().corrected = Some(EntryValue {
            value: value.clone(),
            source: Place::Correction,
            certainty: None,
        });
    }
    Card { entries }
}

/// The paper card's entries, printed or read off by a person, and over them what was typed.
fn declared(case: &Case) -> BTreeMap<FieldName, EntryValue> {
    let mut entries = BTreeMap::new();
    for (scan, document) in case.documents() {
        if document.kind != DocumentKind::RegistrationCard {
            continue;
        }
        for (key, field) in &document.fields {
            if is_entry(key) {
                entries.insert(key.clone(), entry(scan, document, field));
            }
        }
        for (key, value, place) in case.read_off(scan, document) {
            entries.entry(key.clone()).or_insert_with(|| EntryValue {
                value: value.clone(),
                source: place,
                certainty: None,
            });
        }
    }
    let typed = case.declared.iter().flat_map(|card| &card.entries);
    entries.extend(typed.map(|(key, value)| {
        let value = EntryValue {
            value: value.clone(),
            source: Place::DeclaredCard,
            certainty: None,
        };
        (key.clone(), value)
    }));
    entries
}

/// A key of the schema, or a part of one: `consent.term`.
fn is_entry(key: &FieldName) -> bool {
    let whole = key.as_str().split('.').next().unwrap_or_default();
    Schema::current().field(whole).is_some()
}

fn read(case: &Case) -> Vec<(FieldName, EntryValue)> {
    let of_card = |key: &'static str| FieldName::new(key);
    let person = [
        FieldName::SURNAME,
        FieldName::GIVEN_NAMES,
        FieldName::PATRONYMIC,
        FieldName::SEX,
        FieldName::BIRTH_DATE,
        FieldName::BIRTH_PLACE,
        FieldName::NATIONALITY,
        FieldName::CITIZENSHIP,
        FieldName::IIN,
    ];
    let mut read: Vec<(FieldName, EntryValue)> = person
        .into_iter()
        .filter_map(|field| Some((field.clone(), best(case, ANY, &field)?)))
        .collect();
    let document = identity_kinds(case);
    let papers: [(&'static str, &[DocumentKind], FieldName); 7] = [
        ("document_number", document, FieldName::DOCUMENT_NUMBER),
        ("document_issue_date", document, FieldName::ISSUE_DATE),
        ("document_authority", document, FieldName::ISSUING_AUTHORITY),
        ("document_expiry_date", document, FieldName::EXPIRY_DATE),
        ("permit_number", &[PERMIT], FieldName::PERMIT_NUMBER),
        ("permit_date", &[PERMIT], FieldName::ISSUE_DATE),
        ("permit_authority", &[PERMIT], FieldName::ISSUING_AUTHORITY),
    ];
    let permanent = case.manifest.kind == CaseKind::Permanent;
    read.extend(papers.into_iter().filter_map(|(key, kinds, field)| {
        let belongs = permanent || kinds != [PERMIT];
        Some((
            of_card(key),
            best(case, &[kinds], &field).filter(|_| belongs)?,
        ))
    }));
    read.extend(document_kind(case, document).map(|value| (of_card("document_kind"), value)));
    read
}

/// The identity document the card is about: the one whose number was declared, else the passport where there is one.
fn identity_kinds(case: &Case) -> &'static [DocumentKind] {
    let number = declared(case).remove(&FieldName::DOCUMENT_NUMBER);
    let named = case.documents().find(|(_, document)| {
        let known = document.fields.get(&FieldName::DOCUMENT_NUMBER);
        document.kind != DocumentKind::RegistrationCard
            && number.is_some()
            && known.map(|f| &f.value) == number.as_ref().map(|n| &n.value)
    });
    let has_passport = case
        .documents()
        .any(|(_, document)| document.kind == PASSPORT);
    let passport = named.map_or(has_passport, |(_, document)| document.kind == PASSPORT);
    if passport {
        &[PASSPORT]
    } else {
        &[FRONT, BACK]
    }
}

fn document_kind(case: &Case, kinds: &[DocumentKind]) -> Option<EntryValue> {
    let (scan, document) = case.documents().find(|(_, d)| kinds.contains(&d.kind))?;
    let name = if document.kind == PASSPORT {
        "passport"
    } else {
        "id_card"
    };
    Some(EntryValue {
        value: name.into(),
        source: Place::on(scan, document, [0.0; 4]),
        certainty: None,
    })
}

/// The best-evidenced value among the first group of kinds that has one.
fn best(case: &Case, groups: &[&[DocumentKind]], field: &FieldName) -> Option<EntryValue> {
    groups.iter().find_map(|kinds| {
        let documents: Vec<(&ScanId, &Document)> = case
            .documents()
            .filter(|(_, d)| kinds.contains(&d.kind))
            .collect();
        let known = documents
            .into_iter()
            .filter_map(|(s, d)| Some((s, d, d.fields.get(field)?)));
        let best = known.reduce(|best, next| {
            if better(next.2, best.2) == Ordering::Greater {
                next
            } else {
                best
            }
        });
        best.map(|(scan, document, field)| entry(scan, document, field))
    })
}

fn better(one: &Field, other: &Field) -> Ordering {
    let certainty = one.certainty.cmp(&other.certainty);
    certainty.then(one.confidence.total_cmp(&other.confidence))
}

fn entry(scan: &ScanId, document: &Document, field: &Field) -> EntryValue {
    EntryValue {
        value: field.value.clone(),
        source: Place::on(scan, document, field.bounds),
        certainty: Some(field.certainty),
    }
}
