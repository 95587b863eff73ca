//! R9: the names are one person's, across Kazakh, Russian and Latin spellings.
//!
//! A known spelling variant is no alarm at all. A Latin difference is a warning and never more,
//! for the holder may ask for another spelling.

use super::facts::{Facts, Said, witnesses};
use super::papers::IDENTITY;
use super::reason::Reason;
use crate::document::Certainty;
use crate::finding::Finding;
use crate::names::{Comparison, Variant, compare};
use crate::reading::{DocumentKind, FieldName};

/// R9, name by name.
pub(super) fn names_agree(facts: &Facts) -> Vec<Finding> {
    let names = [
        (
            FieldName::SURNAME,
            Some(FieldName::SURNAME_LATIN),
            Reason::SurnameDiffers,
        ),
        (
            FieldName::GIVEN_NAMES,
            Some(FieldName::GIVEN_NAMES_LATIN),
            Reason::GivenNamesDiffer,
        ),
        (FieldName::PATRONYMIC, None, Reason::PatronymicDiffers),
    ];
    let found = names.into_iter().flat_map(|(field, latin, differs)| {
        // The names on a permit of another person are R10's.
        let all = if super::permit::is_of_another(facts) {
            facts.beside_permit(&field)
        } else {
            facts.all(&field)
        };
        let latins = latin.map(|field| facts.all(&field)).unwrap_or_default();
        let reference = reference(&all).or_else(|| reference(&latins));
        reference
            .map(|reference| against(facts, &field, &reference, &all, &latins, differs))
            .unwrap_or_default()
    });
    found.collect()
}

/// The name to compare with: the surest one on an identity document.
fn reference(said: &[Said]) -> Option<Said> {
    let on_identity = said
        .iter()
        .filter(|s| s.kind.is_some_and(|k| IDENTITY.contains(&k)));
    let rank = |s: &&Said| (s.witness.certainty, s.witness.confidence.unwrap_or(0.0));
    let surest = |a: &&Said, b: &&Said| {
        let (one, two) = (rank(a), rank(b));
        one.0.cmp(&two.0).then(one.1.total_cmp(&two.1))
    };
    // The first of equals, so that the answer does not depend on how `max_by` breaks ties.
    let best = on_identity.rev().max_by(surest);
    best.cloned()
}

fn against(
    facts: &Facts,
    field: &FieldName,
    reference: &Said,
    all: &[Said],
    latins: &[Said],
    differs: Reason,
) -> Vec<Finding> {
    let is_former = |said: &Said| *field == FieldName::SURNAME && was_called(facts, &said.value);
    let (mut different, mut partly) = (Vec::new(), Vec::new());
    for said in all.iter().filter(|said| !is_former(said)) {
        match verdict(field, reference, said) {
            Verdict::Different => different.push(said.clone()),
            Verdict::Part => partly.push(said.clone()),
            Verdict::Same => {}
        }
    }
    // A doubtful reading is shown as one; its letters are no spelling to warn of.
    let sure = |said: &&Said| said.witness.certainty != Some(Certainty::Doubtful);
    let of_latin = latins.iter().filter(sure).filter(|said| !is_former(said));
    let latin: Vec<Said> = of_latin
        .filter(|said| {
            matches!(
                compare(&reference.value, &said.value),
                Comparison::Mismatch { .. }
            )
        })
        .cloned()
        .collect();
    // Where only Latin names the person, a difference is a difference of spelling systems at most.
    let is_latin = reference.value.chars().any(|c| c.is_ascii_alphabetic());
    if is_latin {
        partly.clear();
    }
    let hard = if is_latin {
        Reason::LatinDiffers
    } else {
        differs
    };
    [
        (hard, different),
        (Reason::PartOfNames, partly),
        (Reason::LatinDiffers, latin),
    ]
    .into_iter()
    .filter(|(_, said)| !said.is_empty())
    .map(|(reason, said)| {
        let values = [vec![reference.clone()], said].concat();
        reason.found(Some(field.clone()), witnesses(&values))
    })
    .collect()
}

enum Verdict {
    Same,
    Part,
    Different,
}

fn verdict(field: &FieldName, reference: &Said, said: &Said) -> Verdict {
    match compare(&reference.value, &said.value) {
        Comparison::Plausible { why } if why.contains(&Variant::PartOfName) => {
            if *field == FieldName::SURNAME {
                Verdict::Different
            } else {
                Verdict::Part
            }
        }
        Comparison::Match | Comparison::Plausible { .. } => Verdict::Same,
        Comparison::Mismatch { .. } => Verdict::Different,
    }
}

/// Whether the applicant declares this as a former surname.
fn was_called(facts: &Facts, surname: &str) -> bool {
    let former = FieldName::new("former_surname");
    let mut said = facts.typed(&former);
    said.extend(facts.on_documents(&[DocumentKind::RegistrationCard], &former));
    said.iter()
        .any(|s| !matches!(compare(&s.value, surname), Comparison::Mismatch { .. }))
}
