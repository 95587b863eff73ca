//! Whether the entries of a paper card are written by hand: then nobody has read them, and a person must.
//!
//! The net has seen print alone and reads handwriting as print: `Қасымова` as a sure `Қиснмоба`. But it is never
//! as sure of it as of the labels beside it, which are print in the same light. On clean pages its middle margin on
//! entries is 0.69 to 1.1 of that on labels where they are printed (italics least), 0.16 to 0.48 where they are
//! written; on blurred ones an italic fell below 0.6 once. `tests/handwriting` measures it anew.

use std::collections::BTreeMap;

use casework::reading::{Bounds, DocumentKind, FieldName, Reader, Source};

use crate::layout::{self, Found, Piece};
use crate::line::{Glyph, TextLine};

/// Entries are written by hand if their middle margin is less than this share of the labels'.
const SHARE: f32 = 0.54;
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
    let shapeless = card.unread.drain(..);
    let shapeless = shapeless.map(|(field, corners)| (field, layout::around(&corners)));
    written
        .filter_map(|value| Some((value.field, place(&value.pieces)?)))
        .chain(shapeless)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;
    use crate::layout::Value;

    #[expect(clippy::cast_precision_loss, reason = "a few letters")]
    fn line(text: &str, top: f32, margin: f32) -> TextLine {
        let glyph = |(at, character): (usize, char)| Glyph {
            character,
            margin,
            bounds: [10.0 * at as f32, top, 10.0, 20.0],
        };
        let right = 10.0 * text.chars().count() as f32;
        TextLine {
            glyphs: text.chars().enumerate().map(glyph).collect(),
            corners: [
                [0.0, top],
                [right, top],
                [right, top + 20.0],
                [0.0, top + 20.0],
            ],
            reader: Reader::PrintNet,
            confidence: 0.9,
        }
    }

    /// A card of one entry beside its label, and what is left of it.
    fn left(kind: DocumentKind, labels: f32, entries: f32) -> (Vec<Source>, usize) {
        let label = line("АДРЕС В СТРАНЕ ПРЕБЫВАНИЯ", 0.0, labels);
        let entry = line("ГОРОД БЕРЛИН УЛИЦА ПАРКОВАЯ ДОМ ПЯТЬ", 40.0, entries);
        let piece = Piece {
            glyphs: entry.glyphs.clone(),
            corners: entry.corners,
            reader: entry.reader,
            confidence: entry.confidence,
        };
        let value = |source| Value {
            field: FieldName::SURNAME,
            source,
            pieces: vec![Piece {
                reader: if source == Source::Qr {
                    Reader::CodeDecoder
                } else {
                    piece.reader
                },
                ..piece.clone()
            }],
        };
        let mut card = Found {
            kind,
            frame: Frame {
                corners: label.corners,
            },
            zone: None,
            lines: vec![0, 1],
            values: vec![value(Source::Print), value(Source::Qr)],
            labels: Vec::new(),
            unread: vec![(FieldName::IIN, label.corners)],
            signature: None,
            by_hand: BTreeMap::new(),
        };
        let by_hand = set_apart(&mut card, &[label, entry]);
        let sources = card.values.iter().map(|value| value.source).collect();
        (sources, by_hand.len())
    }

    #[test]
    fn what_is_read_half_as_surely_as_its_labels_is_written_by_hand() {
        let card = DocumentKind::RegistrationCard;
        let (printed, written) = (vec![Source::Print, Source::Qr], vec![Source::Qr]);
        assert_eq!(left(card, 40.0, 20.0), (written, 2));
        assert_eq!(left(card, 40.0, 24.0), (printed.clone(), 0));
        assert_eq!(left(card, 12.0, 4.0), (printed.clone(), 0)); // nor are its labels legible
        assert_eq!(left(DocumentKind::ExitPermit, 40.0, 20.0), (printed, 0));
    }
}
