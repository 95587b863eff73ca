//! The readings of one field, weighed against one another.
//!
//! What proves and what does not: a check digit together with its margins; two independent
//! sources that agree. Two readers of the same print are one source, and make the same mistakes.

use std::collections::BTreeSet;

use super::confidence::rank;
use super::seen::{Seen, entry_type};
use super::zone::{is_proven, is_refuted};
use super::{Certainty, Field, Opinion};
use crate::card::schema::EntryType;
use crate::iin::Iin;
use crate::personal::Personal;
use crate::reading::{FieldName, Reader, Source};

/// What became of one field of one document.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    field: FieldName,
    seen: Vec<Seen>,
    /// The value that wins, as [`Seen::key`].
    pub key: String,
    /// Where it was read.
    pub sources: BTreeSet<Source>,
    /// What proves it.
    pub proof: Option<String>,
    /// Another source says otherwise.
    pub contradicted: bool,
    /// Readers of one and the same print do not agree.
    pub split: bool,
    /// Sources beyond this document that agree.
    pub other_documents: usize,
}

impl Verdict {
    /// Weighs every reading of a field; nothing where there is none, for empty readings agree about nothing.
    pub fn of(field: &FieldName, seen: Vec<Seen>) -> Option<Self> {
        let mut seen: Vec<Seen> = seen.into_iter().filter(|s| !s.key().is_empty()).collect();
        // What has not the form of its field neither wins nor contradicts where something else has.
        if seen.iter().any(|s| s.proper) {
            seen.sort_by_key(|s| !s.proper);
        }
        let proper: Vec<&Seen> = match seen.iter().filter(|s| s.proper).collect::<Vec<_>>() {
            none if none.is_empty() => seen.iter().collect(),
            proper => proper,
        };
        let keys: BTreeSet<String> = proper.iter().map(|s| s.key()).collect();
        let key = keys
            .into_iter()
            .max_by(|a, b| score(field, &proper, a).total_cmp(&score(field, &proper, b)))?;
        let sources_where = |wins: bool| -> BTreeSet<Source> {
            let group = proper.iter().filter(|s| (s.key() == key) == wins);
            group.map(|s| s.source()).collect()
        };
        let (sources, others) = (sources_where(true), sources_where(false));
        let mut verdict = Self {
            field: field.clone(),
            contradicted: !others.is_subset(&sources),
            split: !others.is_disjoint(&sources),
            proof: None,
            other_documents: 0,
            sources,
            seen: Vec::new(),
            key,
        };
        verdict.seen = seen;
        verdict.proof = verdict.own_proof();
        Some(verdict)
    }

    fn own_proof(&self) -> Option<String> {
        let by_digit = self.winning().any(|s| is_proven(s.mrz)) && is_checked(&self.field);
        if self.contradicted || (self.split && !by_digit) || !self.is_as_written() {
            return None;
        }
        (by_digit || proves(&self.field, &self.sources)).then(|| named(&self.sources))
    }

    /// The verdict without what is known to be misread: that neither wins nor contradicts, unless
    /// nothing else is there.
    pub fn without(self, is_misread: impl Fn(&Seen) -> bool) -> Self {
        let stays = |seen: &Seen| seen.proper && !is_misread(seen);
        if !self.seen.iter().any(stays) {
            return self;
        }
        let mut seen = self.seen.clone();
        for seen in &mut seen {
            seen.proper = stays(seen);
        }
        Self::of(&self.field, seen).unwrap_or(self)
    }

    /// The readings that are known to be misread, or have not the form of their field.
    pub fn improper(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().filter(|seen| !seen.proper)
    }

    /// The readings of the winning value.
    pub fn winning(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().filter(|s| s.key() == self.key)
    }

    /// Whether more evidence may still prove it.
    pub fn is_open(&self) -> bool {
        self.proof.is_none() && !self.contradicted && !self.split && self.is_as_written()
    }

    /// Whether it may bear witness to another document's value.
    pub fn is_witness(&self) -> bool {
        !self.contradicted && !self.split && self.is_as_written()
    }

    /// Whether this source says so and may be believed: readers of the other one that agrees may differ among themselves.
    pub fn is_heard_from(&self, source: Source) -> bool {
        let is_seconded = self.sources.len() > 1;
        self.sources.contains(&source)
            && !self.contradicted
            && (is_seconded || !self.split)
            && self.is_as_written()
    }

    /// Whether all who say so read it in its form, to the letter.
    fn is_as_written(&self) -> bool {
        self.winning().all(|s| s.proper && !s.guessed)
    }

    /// What its readings say; whether it is surer than doubtful, its confidence says.
    fn certainty(&self) -> Certainty {
        let refuted = self.winning().any(|s| is_refuted(s.mrz)) && self.sources.len() == 1;
        let improper = self.winning().any(|s| !s.proper) || self.winning().all(|s| s.guessed);
        if self.proof.is_some() {
            Certainty::Verified
        } else if self.contradicted || self.is_undecided() || improper || refuted {
            Certainty::Doubtful
        } else {
            Certainty::Read
        }
    }

    /// Readers of the only source do not agree.
    fn is_undecided(&self) -> bool {
        self.split && self.sources.len() + self.other_documents < 2
    }

    /// The field as it is kept; the shown reading is the printed one of a name, else what a check
    /// digit proves or a code says to the letter, else the best seen. Its confidence is still open.
    pub fn into_field(self) -> Option<Field> {
        let certainty = self.certainty();
        let is_name = entry_type(&self.field) == EntryType::Name;
        let worth = |s: &&Seen| {
            let preferred = if is_name {
                s.source() == Source::Print
            } else {
                is_proven(s.mrz) || s.source() == Source::Qr
            };
            f32::from(u8::from(preferred)) + rank(s.margin(), s.reading.confidence)
        };
        let shown = self
            .winning()
            .max_by(|a, b| worth(a).total_cmp(&worth(b)))?
            .clone();
        let opinion = |s: Seen| Opinion {
            value: Personal::new(s.value),
            well_formed: s.proper && !s.guessed,
            reading: s.reading,
        };
        Some(Field {
            value: Personal::new(shown.value),
            certainty,
            proof: self.proof,
            confidence: 0.0,
            source: shown.reading.source,
            bounds: shown.reading.bounds,
            raw: shown.reading.text,
            readings: self.seen.into_iter().map(opinion).collect(),
        })
    }
}

/// How well a value is evidenced: its digits first, then how many sources, how many readers, how sure.
/// Of two readings of an IIN the one that can be an IIN counts for more: its digit proves nothing, but a
/// wrong one refutes. Of a code and a print that differ the code is what its writer meant, to the letter. Of two
/// readers of a print that differ the net is right where it saw clearly: 72 of 73 times on cards and passports, and
/// tesseract never.
fn score(field: &FieldName, seen: &[&Seen], key: &str) -> f32 {
    let of = || seen.iter().filter(|s| s.key() == key);
    let flag = |yes: bool| f32::from(u8::from(yes));
    let count = |n: usize| f32::from(u8::try_from(n).unwrap_or(u8::MAX).min(9));
    let proven = of().any(|s| is_proven(s.mrz));
    let refuted = of().all(|s| is_refuted(s.mrz));
    let sources = of().map(|s| s.source()).collect::<BTreeSet<_>>().len();
    let best = of()
        .map(|s| rank(s.margin(), s.reading.confidence))
        .fold(0.0, f32::max);
    flag(proven) * 1000.0
        + flag(!refuted) * 500.0
        + count(sources) * 20.0
        + flag(*field == FieldName::IIN && Iin::parse(key).is_ok()) * 15.0
        + flag(of().any(|s| s.source() == Source::Qr)) * 10.0
        + count(of().count())
        + flag(of().any(|s| s.reading.reader == Reader::PrintNet && s.is_clear())) * 1.5
        + best
}

/// Whether a check digit of the MRZ may cover the field.
fn is_checked(field: &FieldName) -> bool {
    matches!(
        entry_type(field),
        EntryType::Number | EntryType::Date | EntryType::Iin
    )
}

/// Whether independent sources that agree prove this kind of field.
///
/// A letter for the sex is too little to agree about, and a zone holds nothing else in letters
/// but Latin names; a code's text is exact, so with the print it proves whatever it carries.
pub(super) fn proves(field: &FieldName, sources: &BTreeSet<Source>) -> bool {
    let letters_in_zone = !is_checked(field) && !field.as_str().ends_with("_latin");
    sources.len() > 1 && !(letters_in_zone && sources.contains(&Source::Mrz) && sources.len() < 3)
}

/// `mrz+print`: the sources in their fixed order, print last.
pub(super) fn named(sources: &BTreeSet<Source>) -> String {
    let order = [
        (Source::Mrz, "mrz"),
        (Source::Qr, "qr"),
        (Source::Barcode, "barcode"),
        (Source::Print, "print"),
    ];
    let names = order.iter().filter(|(source, _)| sources.contains(source));
    names.map(|(_, name)| *name).collect::<Vec<_>>().join("+")
}
