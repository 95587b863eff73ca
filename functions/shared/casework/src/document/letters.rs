//! What a Latin name in the MRZ proves of a printed Cyrillic one, letter by letter.
//!
//! Romanisation cannot tell Қ from К, Ғ from Г, Ә from А …: for such a letter the zone is no
//! witness, and it needs a measured margin in two readers of the print.

use std::collections::BTreeSet;

use super::seen::{Seen, wanted_margin};
use crate::names::{Comparison, Word, compare, skeleton, words};
use crate::reading::{Reader, Source};
use crate::romanisation::latin_proves;

/// How a zone spells a name.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    pub latin: String,
    /// The document that prints the Cyrillic has the Latin too, and nobody read it there but in its zone.
    pub is_unread: bool,
}

impl Spelling {
    /// Whether a reading may be of the Cyrillic name that is spelled so.
    pub fn may_be_of(&self, printed: &Seen) -> bool {
        !self.is_drawn_like(printed) && latin_proves(&self.latin, &printed.value).is_some()
    }

    /// Whether a reading may be of the Latin line, which nobody read, and not of the Cyrillic one above it: `KIM` is
    /// drawn like `КІМ`.
    fn is_drawn_like(&self, printed: &Seen) -> bool {
        let looks = |text| words(text).iter().map(Word::look).collect::<Vec<String>>();
        self.is_unread && looks(&self.latin) == looks(&printed.value)
    }

    /// Whether no known spelling explains both what was read and the zone, which may have cut the name short: either
    /// was misread, or they are two names. Nor is the Latin itself a Cyrillic name.
    pub fn contradicts(&self, printed: &Seen) -> bool {
        let is_other = matches!(
            compare(&printed.value, &self.latin),
            Comparison::Mismatch { .. }
        );
        let is_cut = || skeleton(&printed.value).starts_with(&skeleton(&self.latin));
        is_other && !is_cut() || self.is_drawn_like(printed)
    }
}

/// Whether every letter of a printed name is proven by a Latin name read from a zone, or seen well by
/// two readers. `refuted` are readings of the same print that the zone spells otherwise: their
/// other letters count for what they are.
pub(super) fn prove(spelling: &Spelling, printed: &[&Seen], refuted: &[&Seen]) -> bool {
    let of_print = |seen: &&&Seen| seen.source() == Source::Print;
    let Some(shown) = printed.iter().find(of_print) else {
        return false;
    };
    let Some(witnesses) = latin_proves(&spelling.latin, &shown.value) else {
        return false;
    };
    if spelling.is_drawn_like(shown) {
        return false;
    }
    // The zone cannot say whether a sign is there: readers that differ about one leave it open.
    if refuted.iter().any(|other| signs(other) != signs(shown)) {
        return false;
    }
    let letters: Vec<_> = witnesses
        .iter()
        .filter(|w| w.letter.is_alphabetic())
        .collect();
    let readings = printed.iter().chain(refuted).filter(of_print);
    let seen: Vec<(Reader, Vec<(char, f32)>)> = readings
        .map(|seen| (seen.reading.reader, letters_of(seen)))
        .filter(|(_, seen)| seen.len() == letters.len())
        .collect();
    let two_see = |index: usize, letter: char| {
        let witness = |(reader, letters): &(Reader, Vec<(char, f32)>)| {
            let (character, margin) = letters.get(index)?;
            (*character == letter && *margin >= wanted_margin(*reader)).then_some(*reader)
        };
        seen.iter()
            .filter_map(witness)
            .collect::<BTreeSet<_>>()
            .len()
            >= 2
    };
    let mut indexed = letters.iter().enumerate();
    !letters.is_empty()
        && indexed.all(|(index, witness)| witness.is_proven() || two_see(index, witness.letter))
}

/// How many letters without a sound of their own a reading has.
fn signs(seen: &Seen) -> usize {
    let letters = seen.value.chars().flat_map(char::to_uppercase);
    letters.filter(|c| matches!(c, 'Ь' | 'Ъ')).count()
}

/// A reading's letters in capitals, each with its margin; none where margins do not fit its text.
fn letters_of(seen: &Seen) -> Vec<(char, f32)> {
    let text = seen.reading.text.reveal();
    let margins = &seen.reading.margins;
    if margins.len() != text.chars().count() {
        return Vec::new();
    }
    let capital = |c: char| c.to_uppercase().next().unwrap_or(c);
    text.chars()
        .zip(margins)
        .filter(|(c, _)| c.is_alphabetic())
        .map(|(c, margin)| (capital(c), *margin))
        .collect()
}
