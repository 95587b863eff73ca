//! A second look at each value: with a narrower alphabet, and by the second reader where
//! no machine readable zone speaks of the same value.

use casework::reading::{DocumentKind, FieldName, FieldReading, Source};

use super::fuller::fuller;
use super::{Eyes, latin};
use crate::layout::{Found, Piece, Shape, Value};
use crate::line::{Alphabet, ReadPrint};
use crate::page::Page;

/// Fields that the zone of the same document holds: there a second opinion on the print adds nothing.
const IN_THE_ZONE: [FieldName; 5] = [
    FieldName::BIRTH_DATE,
    FieldName::EXPIRY_DATE,
    FieldName::DOCUMENT_NUMBER,
    FieldName::IIN,
    FieldName::SEX,
];

/// All readings of a document's fields.
pub(super) fn fields(eyes: &Eyes, page: &Page, found: &Found) -> Vec<FieldReading> {
    let on_card = matches!(
        found.kind,
        DocumentKind::IdCardFront | DocumentKind::IdCardBack | DocumentKind::Passport
    );
    found
        .values
        .iter()
        .flat_map(|value| {
            let mut opinions = vec![value.clone()];
            if value.source == Source::Print && !on_card {
                opinions = latin::again(eyes, page, value).into_iter().collect();
            } else if value.source == Source::Print {
                let alphabets = alphabets(value, found.kind);
                opinions = card_opinions(eyes, page, value, &alphabets, found.zone.is_some());
            }
            opinions
        })
        .map(|value| if on_card { value.in_capitals() } else { value })
        .filter_map(|value| value.reading())
        .collect()
}

/// What each piece may be made of: behind the slash a passport repeats a value in Latin letters.
fn alphabets(value: &Value, kind: DocumentKind) -> Vec<Alphabet> {
    let alphabet = Shape::of(&value.field).alphabet(true);
    let slash = value.pieces.iter().position(Piece::is_sign);
    (0..value.pieces.len())
        .map(|at| match slash {
            Some(slash) if at > slash && kind == DocumentKind::Passport => Alphabet::LatinUpper,
            Some(_) | None => alphabet,
        })
        .collect()
}

fn card_opinions(
    eyes: &Eyes,
    page: &Page,
    value: &Value,
    alphabets: &[Alphabet],
    zoned: bool,
) -> Vec<Value> {
    let narrowed = alphabets
        .iter()
        .any(|&alphabet| alphabet != Alphabet::Any)
        .then(|| again(eyes.print.as_ref(), page, value, alphabets))
        .flatten();
    let mut first = narrowed.unwrap_or_else(|| value.clone());
    let shape = Shape::of(&value.field);
    for piece in &mut first.pieces {
        *piece = fuller(eyes.print.as_ref(), page, piece, shape);
    }
    let mut opinions = vec![first];
    if !(zoned && IN_THE_ZONE.contains(&value.field)) {
        opinions.extend(again(eyes.typed.as_ref(), page, value, alphabets));
    }
    if let [net, other] = opinions.as_mut_slice() {
        doubt_stutters(net, other);
    }
    opinions
}

/// Letters of upright strokes, beside which the net sees one stroke twice: `КІШ` for `КШ`.
const OF_STROKES: &str = "ШЩПНИМЦЛ";

/// What the net makes of `ІІМ`, the Ministry of Internal Affairs, where strokes run together.
const MINISTRY: &str = "ІІМ";
const MISREAD_MINISTRY: [&str; 2] = ["ПМ", "ІМ"];

/// Where the net has an `І` beside upright strokes that the second reader does not see, it may be
/// a stroke of its neighbour; and where it sees too few strokes in `ІІМ`, they may have run
/// together. Such a letter counts as seen without any margin.
fn doubt_stutters(net: &mut Value, other: &Value) {
    let letters = |value: &Value| -> Vec<char> {
        let text = value.text();
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (seen, heard) = (letters(net), letters(other));
    let is_stroked = |at: usize| {
        seen.get(at)
            .is_some_and(|&letter| OF_STROKES.contains(letter))
    };
    let lone = (0..seen.len()).find(|&at| {
        let mut without = seen.clone();
        let beside = is_stroked(at + 1) || at.checked_sub(1).is_some_and(is_stroked);
        without.remove(at) == 'І' && beside && without == heard
    });
    let Some(lone) = lone.or_else(|| run_together(&seen, &heard)) else {
        return;
    };
    let glyphs = net.pieces.iter_mut().flat_map(|piece| &mut piece.glyphs);
    let mut letters = glyphs.filter(|glyph| glyph.character.is_alphanumeric());
    if let Some(glyph) = letters.nth(lone) {
        glyph.margin = 0.0;
    }
}

/// Where in `seen` the ministry begins that only `heard` has whole.
fn run_together(seen: &[char], heard: &[char]) -> Option<usize> {
    let heard: String = heard.iter().collect();
    let seen: String = seen.iter().collect();
    let (before, after) = heard.split_once(MINISTRY)?;
    let mut short = MISREAD_MINISTRY.iter();
    let found = short.any(|short| seen == format!("{before}{short}{after}"));
    found.then(|| before.chars().count())
}

/// The same pieces read again, if what is read still has the shape of the field.
fn again(
    reader: &dyn ReadPrint,
    page: &Page,
    value: &Value,
    alphabets: &[Alphabet],
) -> Option<Value> {
    let pieces: Option<Vec<Piece>> = value
        .pieces
        .iter()
        .zip(alphabets)
        .map(|(piece, &alphabet)| {
            if piece.is_sign() {
                return Some(piece.clone());
            }
            reader
                .read_again(page, piece.corners, alphabet)
                .map(Piece::from)
        })
        .collect();
    let read = Value {
        pieces: pieces?,
        ..value.clone()
    };
    let shape = Shape::of(&value.field);
    let text: Vec<char> = read.text().chars().collect();
    let (from, to) = shape.find(&text)?;
    match read.pieces.as_slice() {
        [piece] => Some(Value {
            pieces: vec![piece.part(from, to)],
            ..read
        }),
        _ => Some(read),
    }
}

#[cfg(test)]
mod tests {
    use casework::reading::Reader;

    use super::*;
    use crate::line::Glyph;

    fn value(text: &str) -> Value {
        let glyph = |character| Glyph {
            character,
            margin: 5.0,
            bounds: [0.0; 4],
        };
        let piece = Piece {
            glyphs: text.chars().map(glyph).collect(),
            corners: [[0.0; 2]; 4],
            reader: Reader::PrintNet,
            confidence: 0.9,
        };
        Value::printed(FieldName::BIRTH_PLACE, vec![piece])
    }

    #[test]
    fn a_stroke_seen_twice_is_doubted_where_the_other_reader_sees_it_once() {
        for (net, other, doubted) in [
            ("КӨКІШЕТАУ", "КӨКШЕТАУ", Some(3)),
            ("ҚР ІШІКІ ІСТЕР", "ҚР ІШКІ ІСТЕР", Some(5)),
            ("ҚР ПМ", "ҚР ІІМ", Some(3)),
            ("ҚР ІМ", "ҚР ІІМ", Some(3)),
            ("ҚР ІІМ", "ҚР ПМ", None),
            ("ІШКІ", "ІШКІ", None),
            ("КӘРІС", "КӘРС", None),         // no stroke beside it
            ("КӨКІШЕТАУ", "КӨКШЕТАЙ", None), // they differ elsewhere too
        ] {
            let mut seen = value(net);
            doubt_stutters(&mut seen, &value(other));
            let glyphs = &seen.pieces[0].glyphs;
            let found = glyphs.iter().position(|glyph| glyph.margin < 1.0);
            assert_eq!(found, doubted, "{net}");
        }
    }
}
