//! R12–R14: the registration card itself: of the right kind, complete for a stay, signed, dated, with consent.

use jiff::civil::Date;

use super::facts::Facts;
use super::reason::Reason;
use crate::card::schema::Schema;
use crate::card::{CONSENT, EntryValue};
use crate::case::CaseKind;
use crate::document::Certainty;
use crate::finding::{Finding, Place, Witness};
use crate::reading::FieldName;

const CARD_KIND: FieldName = FieldName::new("card_kind");
const PURPOSE: FieldName = FieldName::new("purpose_of_stay");
const STAY_UNTIL: FieldName = FieldName::new("stay_until");
const SIGNED: FieldName = FieldName::new("signed");
const SIGNED_ON: FieldName = FieldName::new("signed_on");

/// R12: the card is of the kind applied for; a stay has a purpose and an end to come.
pub(super) fn card_is_of_kind(facts: &Facts) -> Vec<Finding> {
    if !facts.has_card() {
        return Vec::new();
    }
    if let Some(other) = other_kind(facts) {
        return vec![Reason::CardKindDiffers.found(Some(CARD_KIND), other)];
    }
    if facts.case.manifest.kind == CaseKind::Permanent {
        return Vec::new();
    }
    let mut found = Vec::new();
    let unread = facts.has_unread_hand();
    if facts.entry(&PURPOSE).is_none() && !unread {
        found.push(Reason::PurposeMissing.found(Some(PURPOSE), Vec::new()));
    }
    match facts.entry(&STAY_UNTIL) {
        None if unread => {}
        None => found.push(Reason::StayUntilMissing.found(Some(STAY_UNTIL), Vec::new())),
        Some(until) if day(until).is_some_and(|day| day <= facts.received_on) => {
            found.push(Reason::StayUntilPast.found(Some(STAY_UNTIL), vec![witness(until)]));
        }
        Some(_) => {}
    }
    found
}

/// What shows that the card is of the other kind: its heading, else entries that only the other kind has.
fn other_kind(facts: &Facts) -> Option<Vec<Witness>> {
    let (name, other, other_name) = match facts.case.manifest.kind {
        CaseKind::Permanent => ("permanent", CaseKind::Temporary, "temporary"),
        CaseKind::Temporary => ("temporary", CaseKind::Permanent, "permanent"),
    };
    // A heading that was misread names neither kind, and says nothing.
    if let Some(kind) = facts.entry(&CARD_KIND) {
        if kind.value.reveal() == name {
            return None;
        }
        if kind.value.reveal() == other_name {
            return Some(vec![witness(kind)]);
        }
    }
    let only_in = |kind: CaseKind| {
        let fields = Schema::current().fields.iter();
        let fields = fields.filter(move |f| f.kinds == [kind]);
        let entries = fields.filter_map(|f| facts.entry(&FieldName::from_key(f.key.clone())));
        entries.map(witness).collect::<Vec<_>>()
    };
    let (here, there) = (only_in(facts.case.manifest.kind), only_in(other));
    (here.is_empty() && !there.is_empty()).then_some(there)
}

/// R12: what is written by hand on a card was read by a person; until then nobody knows what the card says.
pub(super) fn hand_was_read(facts: &Facts) -> Vec<Finding> {
    let found = facts.has_unread_hand();
    let found = found.then(|| Reason::WrittenByHand.found(None, Vec::new()));
    found.into_iter().collect()
}

/// R13: the card is signed, and dated no later than it was received.
pub(super) fn card_is_signed(facts: &Facts) -> Vec<Finding> {
    if !facts.has_card() {
        return Vec::new();
    }
    let mut found = Vec::new();
    match facts.entry(&SIGNED) {
        Some(signed) if signed.value.reveal() == "false" => {
            found.push(Reason::NotSigned.found(Some(SIGNED), vec![witness(signed)]));
        }
        // Whatever was read in its place, something is written there.
        Some(_) => {}
        // A pen stroke that no reader looks for is not missing: a person must look.
        None if facts.case.declared.is_none() => {
            found.push(Reason::SignatureNotSeen.found(Some(SIGNED), Vec::new()));
        }
        None => found.push(Reason::NotSigned.found(Some(SIGNED), Vec::new())),
    }
    match facts.entry(&SIGNED_ON) {
        None if facts.has_unread_hand() => {}
        None => found.push(Reason::NotDated.found(Some(SIGNED_ON), Vec::new())),
        Some(on) if day(on).is_some_and(|day| day > facts.received_on) => {
            found.push(Reason::DatedAfterReceipt.found(Some(SIGNED_ON), vec![witness(on)]));
        }
        Some(_) => {}
    }
    found
}

/// R14: the consent is given, with all eight parts (Art. 8 of the Law No. 94-V).
///
/// A part is given by a text or by `true`; `false` withholds it. On a paper card the parts stand in its
/// printed text, so that one word of consent gives every part that is not withheld by name. A word that was not read
/// for certain, or that another reading denies, is for a person to look at.
pub(super) fn consent_is_complete(facts: &Facts) -> Vec<Finding> {
    if !facts.has_card() {
        return Vec::new();
    }
    let whole = facts.entry(&FieldName::new(CONSENT));
    let in_one_word = whole.is_some_and(|entry| entry.value.reveal() == "true");
    let part = |name: &str| facts.entry(&FieldName::from_key(format!("{CONSENT}.{name}")));
    let parts = Schema::current()
        .field(CONSENT)
        .map_or(&[][..], |f| &f.parts);
    let names = || parts.iter().map(|p| p.code.as_str()).chain(["version"]);
    let field = Some(FieldName::new(CONSENT));
    if !in_one_word && names().all(|name| part(name).is_none()) {
        return vec![Reason::ConsentMissing.found(field, whole.map(witness).into_iter().collect())];
    }
    let missing: Vec<Witness> = names()
        .filter(|name| part(name).map_or(!in_one_word, |entry| entry.value.reveal() == "false"))
        .map(unstated)
        .collect();
    let is_unsure = |entry: &&EntryValue| entry.certainty == Some(Certainty::Doubtful);
    let parts = names().filter_map(part);
    let unsure: Vec<Witness> = whole
        .into_iter()
        .chain(parts)
        .filter(is_unsure)
        .map(witness)
        .collect();
    let missing =
        (!missing.is_empty()).then(|| Reason::ConsentIncomplete.found(field.clone(), missing));
    let unsure = (!unsure.is_empty()).then(|| Reason::ConsentUnsure.found(field, unsure));
    missing.into_iter().chain(unsure).collect()
}

/// The name of a part that is missing; no value of a person.
fn unstated(name: &str) -> Witness {
    Witness {
        value: name.into(),
        place: Place::DeclaredCard,
        certainty: None,
        confidence: None,
    }
}

fn day(entry: &EntryValue) -> Option<Date> {
    entry.value.reveal().parse().ok()
}

fn witness(entry: &EntryValue) -> Witness {
    Witness {
        value: entry.value.clone(),
        place: entry.source.clone(),
        certainty: entry.certainty,
        confidence: None,
    }
}
