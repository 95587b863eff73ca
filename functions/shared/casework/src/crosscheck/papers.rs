//! R6–R8, R11 and R18: the identity document itself: its number, its state, its term, its sides.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::facts::{Facts, Said, differ, witnesses};
use super::reason::Reason;
use crate::case::CaseKind;
use crate::document::{Document, DocumentMrz};
use crate::finding::{Finding, Place, Witness};
use crate::mrz::{MrzField, Zone};
use crate::reading::{DocumentKind, FieldName};
use crate::scan::ScanId;

/// The documents that say who somebody is.
pub(super) const IDENTITY: [DocumentKind; 3] = [
    DocumentKind::IdCardFront,
    DocumentKind::IdCardBack,
    DocumentKind::Passport,
];
const ID_CARD: [DocumentKind; 2] = [DocumentKind::IdCardFront, DocumentKind::IdCardBack];
const PASSPORT: [DocumentKind; 1] = [DocumentKind::Passport];
/// How far from ten years the term of a document may be.
const TERM_TOLERANCE_DAYS: i32 = 31;

/// R6: one number on all sides of a document and in the card, of the shape its kind has.
pub(super) fn number_agrees(facts: &Facts) -> Vec<Finding> {
    let field = FieldName::DOCUMENT_NUMBER;
    let mut found = Vec::new();
    let groups = [
        facts.on_documents(&ID_CARD, &field),
        facts.on_documents(&PASSPORT, &field),
    ];
    for said in groups.iter().filter(|said| differ(said)) {
        found.push(Reason::DocumentNumberDiffers.found(Some(field.clone()), witnesses(said)));
    }
    let read = groups.concat();
    let mut declared = facts.on_documents(&[DocumentKind::RegistrationCard], &field);
    declared.extend(facts.typed(&field));
    let unknown = |said: &&Said| !read.iter().any(|r| r.value == said.value);
    let strangers: Vec<Said> = declared.iter().filter(unknown).cloned().collect();
    if !read.is_empty() && !strangers.is_empty() {
        let values = witnesses(&[strangers, read.clone()].concat());
        found.push(Reason::DocumentNumberDiffers.found(Some(field.clone()), values));
    }
    let odd: Vec<Said> = read.into_iter().filter(|said| !has_shape(said)).collect();
    if !odd.is_empty() {
        found.push(Reason::DocumentNumberShape.found(Some(field), witnesses(&odd)));
    }
    found
}

/// Nine digits on a card, N and eight digits in a passport.
fn has_shape(said: &Said) -> bool {
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if said.kind == Some(DocumentKind::Passport) {
        return said
            .value
            .strip_prefix('N')
            .is_some_and(|rest| digits(rest, 8));
    }
    digits(&said.value, 9)
}

/// R7: issued by Kazakhstan to its citizen. No digit checks what a zone says of either: an officer's word counts for more.
pub(super) fn state_is_kazakhstan(facts: &Facts) -> Vec<Finding> {
    let is_settled = facts.case.corrections.contains_key(&FieldName::CITIZENSHIP);
    let documents = facts.documents(&IDENTITY).into_iter();
    let zones = documents
        .filter(|_| !is_settled)
        .filter_map(|(scan, document)| {
            let (code, bounds) = foreign(document.mrz.as_ref()?, document)?;
            Some(Witness {
                value: code.into(),
                place: Place::on(scan, document, bounds),
                certainty: document
                    .fields
                    .get(&FieldName::SURNAME_LATIN)
                    .map(|f| f.certainty),
                confidence: None,
            })
        });
    let citizenship = facts.all(&FieldName::CITIZENSHIP);
    let foreigners = citizenship
        .into_iter()
        .filter(|said| super::mission::country(&said.value).is_some_and(|code| code != "KAZ"));
    let values: Vec<Witness> = zones.chain(foreigners.map(|said| said.witness)).collect();
    let found = (!values.is_empty())
        .then(|| Reason::NotKazakhstan.found(Some(FieldName::CITIZENSHIP), values));
    found.into_iter().collect()
}

/// The state or nationality of a zone that is another one, and where the zone's names stand.
fn foreign(mrz: &DocumentMrz, document: &Document) -> Option<(String, crate::reading::Bounds)> {
    let lines: Vec<&String> = mrz
        .lines
        .iter()
        .map(crate::personal::Personal::reveal)
        .collect();
    let zone = Zone::new(&lines).ok()?;
    let codes = [MrzField::State, MrzField::Nationality].map(|field| zone.field(field));
    let other = codes.into_iter().find(|code| code != "KAZ")?;
    let names = document.fields.get(&FieldName::SURNAME_LATIN);
    Some((other, names.map_or([0.0; 4], |f| f.bounds)))
}

/// R8: not expired on the day of receipt; issued before it expires, for about ten years.
pub(super) fn term_runs(facts: &Facts) -> Vec<Finding> {
    let documents = facts.documents(&IDENTITY);
    let found = documents.into_iter().flat_map(|(scan, document)| {
        let expiry = day(scan, document, &FieldName::EXPIRY_DATE);
        let issue = day(scan, document, &FieldName::ISSUE_DATE);
        let mut found = Vec::new();
        if let Some((expires, said)) = &expiry
            && *expires < facts.received_on
        {
            let values = vec![said.witness.clone()];
            found.push(Reason::DocumentExpired.found(Some(FieldName::EXPIRY_DATE), values));
        }
        if let (Some((issued, from)), Some((expires, until))) = (issue, expiry)
            && let Some(reason) = odd_term(issued, expires)
        {
            found.push(reason.found(Some(FieldName::ISSUE_DATE), witnesses(&[from, until])));
        }
        found
    });
    found.collect()
}

fn odd_term(issued: Date, expires: Date) -> Option<Reason> {
    if issued >= expires {
        return Some(Reason::IssuedAfterExpiry);
    }
    let usual: Date = issued.saturating_add(Span::new().years(10));
    let around = usual.saturating_sub(TERM_TOLERANCE_DAYS.days())
        ..=usual.saturating_add(TERM_TOLERANCE_DAYS.days());
    (!around.contains(&expires)).then_some(Reason::ValidityUnusual)
}

/// A day on a document, as it was read.
pub(super) fn day(scan: &ScanId, document: &Document, field: &FieldName) -> Option<(Date, Said)> {
    let said = Said::of(scan, document, document.fields.get(field)?);
    Some((said.value.parse().ok()?, said))
}

/// R11: who resides abroad permanently usually has a passport only; an ID card alone is worth a look.
pub(super) fn permanent_has_passport(facts: &Facts) -> Vec<Finding> {
    let odd = facts.case.manifest.kind == CaseKind::Permanent
        && facts.is_complete()
        && facts.has(&ID_CARD)
        && !facts.has(&PASSPORT);
    let found = odd.then(|| Reason::NoPassport.found(None, Vec::new()));
    found.into_iter().collect()
}

/// R18: both sides of an ID card, where it is the identity document.
pub(super) fn both_sides(facts: &Facts) -> Vec<Finding> {
    if facts.has(&PASSPORT) || !facts.is_complete() {
        return Vec::new();
    }
    let front = facts.has(&[DocumentKind::IdCardFront]);
    let back = facts.has(&[DocumentKind::IdCardBack]);
    let reason = match (front, back) {
        (true, false) => Reason::BackMissing,
        (false, true) => Reason::FrontMissing,
        (true, true) | (false, false) => return Vec::new(),
    };
    vec![reason.found(None, Vec::new())]
}
