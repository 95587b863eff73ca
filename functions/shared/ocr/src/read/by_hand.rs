//! Whether the entries of a paper card are written by hand: then nobody has read them, and a person must.
//!
//! The net has seen print alone and reads handwriting as print: `Қасымова` as a sure `Қиснмоба`. But it is never
//! as sure of it as of the labels beside it, which are print in the same light. Measured on cards of thirteen
//! printed faces and of four hands (`tests/handwriting`): its middle margin on entries is 0.69 to 1.1 of that on
//! labels where they are printed, 0.16 to 0.48 where they are written.

use std::collections::BTreeMap;

use casework::reading::{Bounds, DocumentKind, FieldName, Reader, Source};

use crate::layout::{self, Found, Piece};
use crate::line::{Glyph, TextLine};

/// Entries are written by hand if their middle margin is less than this share of the labels'.
const SHARE: f32 = 0.6;
/// What the labels' middle margin is at least, nats: where they cannot be read either, nobody can say.
const LEGIBLE: f32 = 15.0;
/// Letters of entries from which it is told.
const LETTERS_MIN: usize = 30;

/// Takes the values that were written by hand off a paper card, and says where they stand; what its code says stays.
pub(super) fn set_apart(card: &mut Found, lines: &[TextLine]) -> BTreeMap<FieldName, Bounds> {
    if !is_by_hand(card, lines) {
        return BTreeMap::new();
    }
    let written = card
        .values
        .extract_if(.., |value| value.source == Source::Print);
    let place =
        |pieces: &[Piece]| layout::hull(pieces.iter().map(|piece| layout::around(&piece.corners)));
    written
        .filter_map(|value| Some((value.field, place(&value.pieces)?)))
        .collect()
}

fn is_by_hand(card: &Found, lines: &[TextLine]) -> bool {
    let pieces: Vec<&Piece> = card
        .values
        .iter()
        .flat_map(|value| &value.pieces)
        .filter(|piece| piece.reader == Reader::PrintNet)
        .collect();
    let places: Vec<Bounds> = pieces
        .iter()
        .map(|piece| layout::around(&piece.corners))
        .collect();
    let is_entry = |glyph: &&Glyph| {
        let [left, top, width, height] = glyph.bounds;
        let middle = [left + width / 2.0, top + height / 2.0];
        places.iter().any(|place| holds(place, middle))
    };
    let own = card.lines.iter().filter_map(|&at| lines.get(at));
    let labels = own
        .flat_map(|line| &line.glyphs)
        .filter(|glyph| !is_entry(glyph));
    let entries = pieces.iter().flat_map(|piece| &piece.glyphs);
    let (Some((entries, letters)), Some((labels, _))) = (middle(entries), middle(labels)) else {
        return false;
    };
    card.kind == DocumentKind::RegistrationCard
        && letters >= LETTERS_MIN
        && labels >= LEGIBLE
        && entries < SHARE * labels
}

/// The middle margin of letters and digits, and how many they are.
fn middle<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> Option<(f32, usize)> {
    let mut margins: Vec<f32> = glyphs
        .filter(|glyph| glyph.character.is_alphanumeric())
        .map(|glyph| glyph.margin)
        .collect();
    margins.sort_by(f32::total_cmp);
    Some((*margins.get(margins.len() / 2)?, margins.len()))
}

fn holds([left, top, width, height]: &Bounds, [x, y]: [f32; 2]) -> bool {
    (*left..left + width).contains(&x) && (*top..top + height).contains(&y)
}
