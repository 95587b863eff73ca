//! What a Latin name in the MRZ proves of a printed Cyrillic one, letter by letter.
//!
//! Romanisation cannot tell Қ from К, Ғ from Г, Ә from А …: for such a letter the zone is no
//! witness, and it needs a measured margin in two readers of the print.

use std::collections::BTreeSet;

use super::seen::Seen;
use crate::reading::{Reader, Source};
use crate::romanisation::latin_proves;

/// The margin an ambiguous letter needs in each of two readers, nats. To be set by measurement.
const AMBIGUOUS_LETTER_MARGIN: f32 = 2.0;

/// Whether every letter of a printed name is proven by a Latin name read from a zone, or seen well by two readers.
pub(super) fn prove(latin: &str, printed: &[&Seen]) -> bool {
    let printed: Vec<&&Seen> = printed
        .iter()
        .filter(|s| s.source() == Source::Print)
        .collect();
    let Some(first) = printed.first() else {
        return false;
    };
    let Some(witnesses) = latin_proves(latin, &first.value) else {
        return false;
    };
    let letters: Vec<_> = witnesses
        .iter()
        .filter(|w| w.letter.is_alphabetic())
        .collect();
    let two_see = |index: usize| {
        let readers: BTreeSet<Reader> = printed
            .iter()
            .filter(|s| letter_margin(s, index, letters.len()) >= AMBIGUOUS_LETTER_MARGIN)
            .map(|s| s.reading.reader)
            .collect();
        readers.len() >= 2
    };
    !letters.is_empty()
        && letters
            .iter()
            .enumerate()
            .all(|(index, witness)| witness.is_proven() || two_see(index))
}

/// The margin of a reading's letter, none where margins do not fit its text.
fn letter_margin(seen: &Seen, index: usize, letters: usize) -> f32 {
    let text = seen.reading.text.reveal();
    let places: Vec<usize> = text
        .chars()
        .enumerate()
        .filter(|(_, c)| c.is_alphabetic())
        .map(|(i, _)| i)
        .collect();
    if places.len() != letters || seen.reading.margins.len() != text.chars().count() {
        return 0.0;
    }
    let place = places.get(index).and_then(|i| seen.reading.margins.get(*i));
    place.copied().unwrap_or(0.0)
}
