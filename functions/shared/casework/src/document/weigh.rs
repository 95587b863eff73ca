//! From readings to documents: each field weighed, then one person's documents of a file against each other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::confidence::{self, DOUBTFUL_BELOW};
use super::evidence::Evidence;
use super::letters::Spelling;
use super::seen::{self, Seen};
use super::verdict::{Verdict, named, proves};
use super::{Certainty, Document, DocumentMrz, letters, zone};
use crate::reading::{FieldName, Reading, Source};

/// The documents of one file, in the order they were seen.
///
/// `received_on` gives two-digit years their century.
pub fn weigh(readings: Vec<Reading>, received_on: Date) -> Vec<Document> {
    let mut weighed: Vec<Weighed> = readings
        .into_iter()
        .map(|reading| Weighed::of(reading, received_on))
        .collect();
    let spellings = each_with_others(&weighed, Weighed::spellings);
    for (one, spellings) in weighed.iter_mut().zip(spellings) {
        one.hold_against(&spellings);
    }
    let proofs = each_with_others(&weighed, Weighed::proofs_with);
    for (one, proofs) in weighed.iter_mut().zip(proofs) {
        for (field, proof) in proofs {
            if let Some(verdict) = one.verdicts.get_mut(&field) {
                verdict.proof = Some(proof);
                verdict.other_documents += 1;
            }
        }
    }
    weighed.into_iter().map(Weighed::into_document).collect()
}

/// What each document and the others of the same person say.
fn each_with_others<T>(
    weighed: &[Weighed],
    say: impl Fn(&Weighed, &[&Weighed]) -> Vec<T>,
) -> Vec<Vec<T>> {
    let others_of = |at: usize, one: &Weighed| -> Vec<&Weighed> {
        let all = weighed.iter().enumerate();
        let same_person = all.filter(|(other, w)| *other != at && one.is_same_person(w));
        same_person.map(|(_, w)| w).collect()
    };
    let each = weighed.iter().enumerate();
    each.map(|(at, one)| say(one, &others_of(at, one)))
        .collect()
}

/// A document whose fields are weighed, each by itself.
struct Weighed {
    reading: Reading,
    mrz: Option<DocumentMrz>,
    verdicts: BTreeMap<FieldName, Verdict>,
}

impl Weighed {
    fn of(mut reading: Reading, received_on: Date) -> Self {
        let printed = std::mem::take(&mut reading.fields);
        let printed = printed.into_iter().flat_map(seen::parted);
        let mut all: Vec<Seen> = printed.map(|f| Seen::printed(reading.kind, f)).collect();
        let zone = reading
            .mrz
            .as_ref()
            .and_then(|mrz| zone::weigh(mrz, received_on));
        let mrz = zone.map(|(mrz, fields)| {
            all.extend(fields);
            mrz
        });
        let mut by_field: BTreeMap<FieldName, Vec<Seen>> = BTreeMap::new();
        for seen in all {
            by_field
                .entry(seen.reading.field.clone())
                .or_default()
                .push(seen);
        }
        let verdicts = by_field.into_iter().filter_map(|(field, seen)| {
            let verdict = Verdict::of(&field, seen)?;
            Some((field, verdict))
        });
        Self {
            verdicts: verdicts.collect(),
            reading,
            mrz,
        }
    }

    fn iin(&self) -> Option<&str> {
        self.key_of(&FieldName::IIN)
    }

    fn key_of(&self, field: &FieldName) -> Option<&str> {
        self.verdicts.get(field).map(|v| v.key.as_str())
    }

    /// Equal IINs, or one document's two sides. Different IINs are different persons, whatever else agrees.
    fn is_same_person(&self, other: &Self) -> bool {
        if let (Some(one), Some(two)) = (self.iin(), other.iin()) {
            return one == two;
        }
        let number = self.key_of(&FieldName::DOCUMENT_NUMBER);
        number.is_some() && number == other.key_of(&FieldName::DOCUMENT_NUMBER)
    }

    /// How the zones of a person's documents spell the names that this one prints.
    fn spellings(&self, others: &[&Self]) -> Vec<(FieldName, Spelling)> {
        let names = [
            (FieldName::SURNAME, FieldName::SURNAME_LATIN),
            (FieldName::GIVEN_NAMES, FieldName::GIVEN_NAMES_LATIN),
        ];
        let spelt = names.into_iter().flat_map(|(name, latin)| {
            let own = self.verdicts.get(&latin);
            let is_unread = own.is_some_and(|own| !own.sources.contains(&Source::Print));
            let zones = std::iter::once(&self).chain(others);
            zones.filter_map(move |document| {
                let latin = document.verdicts.get(&latin)?;
                let is_heard = latin.is_heard_from(Source::Mrz);
                let spelling = || Spelling {
                    latin: latin.key.clone(),
                    is_unread,
                };
                is_heard.then(|| (name.clone(), spelling()))
            })
        });
        spelt.collect()
    }

    /// Holds what readers made of a printed name against how zones spell it: of two readings the one that a zone
    /// spells counts, and one that no spelling explains is to be looked at.
    fn hold_against(&mut self, spellings: &[(FieldName, Spelling)]) {
        let mut others = BTreeSet::new();
        for (name, spelling) in spellings {
            let Some(verdict) = self.verdicts.remove(name) else {
                continue;
            };
            let is_misread =
                |seen: &Seen| seen.source() == Source::Print && !spelling.may_be_of(seen);
            let verdict = verdict.without(is_misread);
            let is_other = verdict
                .winning()
                .any(|seen| seen.source() == Source::Print && spelling.contradicts(seen));
            others.extend(is_other.then_some(name));
            self.verdicts.insert(name.clone(), verdict);
        }
        // Only now: weighed anew against the next zone, a verdict forgets what it was.
        for name in others {
            if let Some(verdict) = self.verdicts.get_mut(name) {
                verdict.contradicted = true;
            }
        }
    }

    /// What the same person's other documents in the file, and the zone's Latin, prove beyond the field's own readings.
    fn proofs_with(&self, others: &[&Self]) -> Vec<(FieldName, String)> {
        let open = self
            .verdicts
            .iter()
            .filter(|(_, verdict)| verdict.is_open());
        let spellings = self.spellings(others);
        let proven = open.filter_map(|(field, verdict)| {
            let by_other = || {
                let mut others = others.iter();
                others.find_map(|other| self.joint_proof(field, verdict, other))
            };
            let by_latin = || {
                let printed: Vec<&Seen> = verdict.winning().collect();
                let misread: Vec<&Seen> = verdict.improper().collect();
                let mut latins = spellings.iter().filter(|(name, _)| name == field);
                latins
                    .any(|(_, spelling)| letters::prove(spelling, &printed, &misread))
                    .then(|| named(&[Source::Mrz, Source::Print].into()))
            };
            Some((field.clone(), by_other().or_else(by_latin)?))
        });
        proven.collect()
    }

    /// What two documents of one person prove by saying the same.
    fn joint_proof(&self, field: &FieldName, verdict: &Verdict, other: &Self) -> Option<String> {
        let witness = other.verdicts.get(field)?;
        if witness.key != verdict.key || !witness.is_witness() {
            return None;
        }
        let sources = verdict.sources.union(&witness.sources).copied().collect();
        if proves(field, &sources) {
            return Some(named(&sources));
        }
        // Two prints are two places on two papers, and one paper scanned twice is none. One reader's habit may misread
        // both: margins are asked for, of the IIN alone.
        let is_printed_twice = *field == FieldName::IIN && self.reading.kind != other.reading.kind;
        let is_clear = |verdict: &Verdict| {
            let mut printed = verdict.winning().filter(|s| s.source() == Source::Print);
            printed.any(Seen::is_clear)
        };
        let both = is_clear(verdict) && is_clear(witness);
        let well_formed = crate::iin::Iin::parse(&verdict.key).is_ok();
        (is_printed_twice && both && well_formed).then(|| "print+print".to_owned())
    }

    fn into_document(self) -> Document {
        let fields = self.verdicts.into_iter().filter_map(|(field, verdict)| {
            let value = verdict.into_field()?;
            Some((field, value))
        });
        let document = Document {
            kind: self.reading.kind,
            page: self.reading.page,
            corners: self.reading.corners,
            quality: self.reading.quality,
            mrz: self.mrz,
            fields: fields.collect(),
            by_hand: self.reading.by_hand,
        };
        with_confidence(document)
    }
}

/// The document with each value as sure as its evidence makes it; what is too little so is doubtful.
fn with_confidence(mut document: Document) -> Document {
    let names: Vec<FieldName> = document.fields.keys().cloned().collect();
    for name in names {
        let evidence = Evidence::of(&document, &name);
        let Some((evidence, field)) = evidence.zip(document.fields.get_mut(&name)) else {
            continue;
        };
        field.confidence = confidence::of(&evidence, field.certainty == Certainty::Verified);
        if field.certainty == Certainty::Read && field.confidence < DOUBTFUL_BELOW {
            field.certainty = Certainty::Doubtful;
        }
    }
    document
}
