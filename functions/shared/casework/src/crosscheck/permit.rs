//! R10: the permit to leave for permanent residence: there, of this person, dated before receipt, for this country.

use super::facts::{Facts, Said, witnesses};
use super::papers::{IDENTITY, day};
use super::reason::Reason;
use crate::case::CaseKind;
use crate::finding::{Finding, Place, Witness};
use crate::names::{Comparison, compare};
use crate::reading::{DocumentKind, FieldName};

const PERMIT: [DocumentKind; 1] = [DocumentKind::ExitPermit];
/// What tells persons apart; a permit may lack any of it.
const PERSON: [FieldName; 4] = [
    FieldName::SURNAME,
    FieldName::GIVEN_NAMES,
    FieldName::BIRTH_DATE,
    FieldName::IIN,
];

/// R10; nothing for a temporary stay, which needs no permit.
pub(super) fn permit_permits(facts: &Facts) -> Vec<Finding> {
    if facts.case.manifest.kind != CaseKind::Permanent {
        return Vec::new();
    }
    if !facts.has(&PERMIT) {
        let missing = facts.is_complete();
        let found = missing.then(|| Reason::PermitMissing.found(None, Vec::new()));
        return found.into_iter().collect();
    }
    let mut found = of_this_person(facts);
    found.extend(dated(facts));
    found.extend(destination(facts));
    found
}

/// Whether the permit names somebody else: another number, or none, and another name or birth date.
///
/// One odd field is a misprint for the other rules; a different person differs in who they are.
pub(super) fn is_of_another(facts: &Facts) -> bool {
    let differs = |field: &FieldName| differing(facts, field).map(|values| !values.is_empty());
    let [surname, given, birth, iin] = PERSON.each_ref().map(differs);
    let name_or_birth = [birth, surname, given].contains(&Some(true));
    iin != Some(false) && name_or_birth
}

fn of_this_person(facts: &Facts) -> Vec<Finding> {
    if !is_of_another(facts) {
        return Vec::new();
    }
    let differing: Vec<(FieldName, Vec<Said>)> = PERSON
        .iter()
        .filter_map(|field| Some((field.clone(), differing(facts, field)?)))
        .filter(|(_, said)| !said.is_empty())
        .collect();
    let field = differing.first().map(|(field, _)| field.clone());
    let values: Vec<Witness> = differing
        .iter()
        .flat_map(|(_, said)| witnesses(said))
        .collect();
    vec![Reason::PermitOfAnother.found(field, values)]
}

/// What identity documents and permit say of a field, where they differ; empty where they agree, none where one is silent.
fn differing(facts: &Facts, field: &FieldName) -> Option<Vec<Said>> {
    let holder = facts.on_documents(&IDENTITY, field);
    let permit = facts.on_documents(&PERMIT, field);
    if holder.is_empty() || permit.is_empty() {
        return None;
    }
    let is_name = *field == FieldName::SURNAME || *field == FieldName::GIVEN_NAMES;
    let same = |a: &Said, b: &Said| {
        if is_name {
            !matches!(compare(&a.value, &b.value), Comparison::Mismatch { .. })
        } else {
            a.value == b.value
        }
    };
    let agree = holder.iter().any(|h| permit.iter().any(|p| same(h, p)));
    Some(if agree {
        Vec::new()
    } else {
        [holder, permit].concat()
    })
}

fn dated(facts: &Facts) -> Vec<Finding> {
    let permits = facts.documents(&PERMIT);
    let field = FieldName::ISSUE_DATE;
    let days: Vec<_> = permits
        .iter()
        .filter_map(|(scan, document)| day(scan, document, &field))
        .collect();
    if days.is_empty()
        && !facts
            .case
            .corrections
            .contains_key(&FieldName::new("permit_date"))
    {
        return vec![Reason::PermitDateMissing.found(Some(field), Vec::new())];
    }
    let late = days.into_iter().filter(|(day, _)| *day > facts.received_on);
    late.map(|(_, said)| Reason::PermitAfterReceipt.found(Some(field.clone()), vec![said.witness]))
        .collect()
}

fn destination(facts: &Facts) -> Vec<Finding> {
    let field = FieldName::DESTINATION_COUNTRY;
    let Some(here) = super::mission::country_of(facts.case) else {
        return Vec::new();
    };
    let elsewhere =
        |said: &Said| super::mission::country(&said.value).is_some_and(|code| code != here);
    let mut values: Vec<Witness> = facts
        .on_documents(&PERMIT, &field)
        .into_iter()
        .filter(elsewhere)
        .map(|said| said.witness)
        .collect();
    if values.is_empty() {
        return Vec::new();
    }
    values.push(Witness {
        value: here.clone().into(),
        place: Place::Case,
        certainty: None,
        confidence: None,
    });
    vec![Reason::DestinationDiffers.found(Some(field), values)]
}
