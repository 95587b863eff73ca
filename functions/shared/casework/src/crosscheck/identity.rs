//! R1–R5: the number, the birth date and the sex agree everywhere, and the MRZ's digits with themselves.

use super::facts::{Facts, Said, differ, witnesses};
use super::reason::Reason;
use crate::document::{Certainty, CheckDigit, Document};
use crate::finding::Finding;
use crate::iin::{Iin, IinError};
use crate::reading::{DocumentKind, FieldName};

/// R1: the IIN has a right check digit and a day that exists.
pub(super) fn iin_is_sound(facts: &Facts) -> Vec<Finding> {
    let mut said = winning(facts, &FieldName::IIN);
    said.sort_by(|a, b| a.value.cmp(&b.value));
    let groups = said.chunk_by(|a, b| a.value == b.value);
    let found = groups.filter_map(|group| {
        let reason = match Iin::parse(&group.first()?.value).err()? {
            IinError::NotTwelveDigits => Reason::IinShape,
            IinError::CheckDigitRefuted => Reason::IinCheckDigit,
            IinError::CenturyUnknown => Reason::IinCentury,
            IinError::ImpossibleDate => Reason::IinDate,
        };
        Some(reason.found(Some(FieldName::IIN), witnesses(group)))
    });
    found.collect()
}

/// The winning value of each document, and what was typed: a reading that lost is no number to be judged.
fn winning(facts: &Facts, field: &FieldName) -> Vec<Said> {
    let wins = |said: &Said| said.witness.certainty != Some(Certainty::Doubtful);
    let all = facts.all(field);
    if all.iter().any(wins) {
        all.into_iter().filter(wins).collect()
    } else {
        all
    }
}

/// R2: one birth date in the IIN, the MRZ, the print, the permit and the card.
pub(super) fn birth_date_agrees(facts: &Facts) -> Vec<Finding> {
    let field = FieldName::BIRTH_DATE;
    let named = |iin: Iin| iin.birth_date().to_string();
    let said = with_iin(facts.all(&field), &facts.all(&FieldName::IIN), named);
    found_where(differ(&said), Reason::BirthDateDiffers, &field, &said)
}

/// R3: one sex in the IIN, the MRZ, the print and the card. A permit does not say it.
pub(super) fn sex_agrees(facts: &Facts) -> Vec<Finding> {
    let named = |iin: Iin| iin.sex().letter().to_string();
    let numbers = facts.beside_permit(&FieldName::IIN);
    let said = with_iin(facts.all(&FieldName::SEX), &numbers, named);
    found_where(differ(&said), Reason::SexDiffers, &FieldName::SEX, &said)
}

/// What was said, and what the IINs name too; a number with a wrong digit names nothing.
fn with_iin(mut said: Vec<Said>, numbers: &[Said], named: impl Fn(Iin) -> String) -> Vec<Said> {
    let sound = numbers
        .iter()
        .filter_map(|s| Some(s.following(named(Iin::parse(&s.value).ok()?))));
    said.extend(sound);
    said
}

/// R5: one IIN everywhere.
pub(super) fn iin_agrees(facts: &Facts) -> Vec<Finding> {
    let said = facts.all(&FieldName::IIN);
    found_where(differ(&said), Reason::IinDiffers, &FieldName::IIN, &said)
}

fn found_where(found: bool, reason: Reason, field: &FieldName, said: &[Said]) -> Vec<Finding> {
    let finding = found.then(|| reason.found(Some(field.clone()), witnesses(said)));
    finding.into_iter().collect()
}

/// R4: the check digits of every MRZ agree with it; else a better copy is asked for.
///
/// Not where the fact under the digit is proven otherwise: by the print, or on another copy.
pub(super) fn mrz_agrees_with_itself(facts: &Facts) -> Vec<Finding> {
    let documents = facts.case.documents();
    let found = documents.filter_map(|(scan, document)| {
        let open: Vec<FieldName> = refuted(document)
            .into_iter()
            .filter(|field| !is_proven(facts, field, document.kind))
            .collect();
        let field = open.first().cloned()?;
        let values = open.iter().filter_map(|f| document.fields.get(f));
        let values = values
            .map(|f| Said::of(scan, document, f).witness)
            .collect();
        Some(Reason::MrzRefuted.found(Some(field), values))
    });
    found.collect()
}

/// The fields under a refuted digit; all of them where only the composite is wrong.
fn refuted(document: &Document) -> Vec<FieldName> {
    let under = [
        ("document_number", FieldName::DOCUMENT_NUMBER),
        ("birth_date", FieldName::BIRTH_DATE),
        ("expiry_date", FieldName::EXPIRY_DATE),
        ("optional", FieldName::IIN),
    ];
    let Some(mrz) = &document.mrz else {
        return Vec::new();
    };
    let is_refuted = |digit: &str| mrz.check_digits.get(digit) == Some(&CheckDigit::Refuted);
    let own: Vec<FieldName> = under
        .iter()
        .filter(|(digit, _)| is_refuted(digit))
        .map(|(_, field)| field.clone())
        .collect();
    if own.is_empty() && is_refuted("composite") {
        return under.map(|(_, field)| field).to_vec();
    }
    own
}

fn is_proven(facts: &Facts, field: &FieldName, kind: DocumentKind) -> bool {
    let documents = facts.documents(&[kind]);
    documents.iter().any(|(_, document)| {
        let known = document.fields.get(field);
        known.is_some_and(|f| f.certainty == Certainty::Verified)
    })
}
