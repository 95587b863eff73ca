//! A second look at each value: with a narrower alphabet, and by the second reader where
//! no machine readable zone speaks of the same value.

use casework::reading::{DocumentKind, FieldName, FieldReading, Source};
use image::GrayImage;

use super::fuller::fuller;
use super::{Eyes, latin};
use crate::layout::{Found, Piece, Shape, Value};
use crate::line::{Alphabet, Glyph, ReadPrint};

/// Fields that the zone of the same document holds: there a second opinion on the print adds nothing.
const IN_THE_ZONE: [FieldName; 5] = [
    FieldName::BIRTH_DATE,
    FieldName::EXPIRY_DATE,
    FieldName::DOCUMENT_NUMBER,
    FieldName::IIN,
    FieldName::SEX,
];

/// Figures with wider margins than this need no second look, nats.
const SURE: f32 = 3.0;

/// What is granted to a word on which two readers agree, nats.
const AGREED: f32 = 6.0;

/// Latin capitals that are drawn like Cyrillic ones: `TYPKICTAH` is a town.
const DRAWN_ALIKE: &str = "ABCEHIKMOPTXY";

/// Fewer Latin letters than these may as well be Cyrillic ones.
const LATIN_LETTERS_MIN: usize = 6;

/// All readings of a document's fields.
pub(super) fn fields(eyes: &Eyes, page: &GrayImage, found: &Found) -> Vec<FieldReading> {
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
                opinions.extend(figures_again(eyes, page, value));
            } else if value.source == Source::Print {
                let alphabets = alphabets(value, found.kind);
                opinions = card_opinions(eyes, page, value, &alphabets, found.zone.is_some());
            }
            opinions.retain(is_value);
            opinions
        })
        .map(|value| if on_card { value.in_capitals() } else { value })
        .filter_map(|value| value.reading())
        .collect()
}

/// Whether what was found is a value and not only the place of one.
fn is_value(value: &Value) -> bool {
    let text: Vec<char> = value.text().chars().collect();
    Shape::of(&value.field).is_value(&text)
}

/// The date or IIN of a sheet read as figures, where a first look saw other letters among them or doubts.
fn figures_again(eyes: &Eyes, page: &GrayImage, value: &Value) -> Option<Value> {
    let shape = Shape::of(&value.field);
    if !matches!(shape, Shape::Date | Shape::Iin) {
        return None;
    }
    let mut glyphs = value.pieces.iter().flat_map(|piece| &piece.glyphs);
    let is_sure = |glyph: &Glyph| glyph.margin > SURE && ".0123456789".contains(glyph.character);
    if value.pieces.len() != 1 || glyphs.all(is_sure) || has_word(value) {
        return None;
    }
    again(eyes.print.as_ref(), page, value, &[shape.alphabet(false)])
}

/// Whether a date names its month in words, which no figures are.
fn has_word(value: &Value) -> bool {
    let text: Vec<char> = value.text().chars().collect();
    text.split(|c| !c.is_alphabetic())
        .any(|word| word.len() > 2)
}

/// What each piece may be made of: behind the slash a passport repeats a value in Latin letters.
fn alphabets(value: &Value, kind: DocumentKind) -> Vec<Alphabet> {
    let alphabet = Shape::of(&value.field).alphabet(true);
    let slash = value.pieces.iter().position(Piece::is_sign);
    (0..value.pieces.len())
        .map(|at| match slash {
            Some(slash) if at > slash && kind == DocumentKind::Passport => Alphabet::LatinUpper,
            _ if alphabet == Alphabet::Any && is_latin(value, at) => Alphabet::LatinUpper,
            Some(_) | None => alphabet,
        })
        .collect()
}

/// Whether a piece of a value is in Latin letters, as a passport's authority may be.
fn is_latin(value: &Value, at: usize) -> bool {
    let letters = || {
        let glyphs = value
            .pieces
            .get(at)
            .into_iter()
            .flat_map(|piece| &piece.glyphs);
        let characters = glyphs.map(|glyph| glyph.character);
        characters.filter(|character| character.is_alphabetic())
    };
    let latin = letters().filter(char::is_ascii).count();
    let is_only_latin = |c: char| c.is_ascii() && !DRAWN_ALIKE.contains(c);
    latin >= LATIN_LETTERS_MIN && 2 * latin > letters().count() && letters().any(is_only_latin)
}

fn card_opinions(
    eyes: &Eyes,
    page: &GrayImage,
    value: &Value,
    alphabets: &[Alphabet],
    zoned: bool,
) -> Vec<Value> {
    let mut pieces = value.pieces.iter().zip(alphabets);
    let narrowed = (!pieces.all(|(piece, alphabet)| is_settled(piece, *alphabet)))
        .then(|| again(eyes.print.as_ref(), page, value, alphabets))
        .flatten();
    let mut first = narrowed.unwrap_or_else(|| value.clone());
    let shape = Shape::of(&value.field);
    for piece in &mut first.pieces {
        *piece = fuller(eyes.print.as_ref(), page, piece, shape);
    }
    let asked = wants_second(&first, zoned);
    let mut opinions = vec![first];
    if asked {
        opinions.extend(again(eyes.typed.as_ref(), page, value, alphabets));
    }
    if let [net, other] = opinions.as_mut_slice() {
        doubt_stutters(net, other);
    }
    opinions
}

/// Whether a narrower alphabet would change nothing: each letter is of it and was clearly seen.
fn is_settled(piece: &Piece, alphabet: Alphabet) -> bool {
    let mut glyphs = piece.glyphs.iter();
    alphabet == Alphabet::Any
        || piece.is_sign()
        || glyphs.all(|glyph| glyph.margin > SURE && alphabet.holds(glyph.character))
}

/// Whether a second reader adds to what the first makes of a value of a card: not where the zone
/// holds it, and not to a text that the first saw so clearly that both would be granted no more.
/// Names need two for the letters of which no zone tells, dates because one reader takes a 3 for a 5.
fn wants_second(first: &Value, zoned: bool) -> bool {
    if zoned && IN_THE_ZONE.contains(&first.field) {
        return false;
    }
    let is_text = matches!(Shape::of(&first.field), Shape::Text | Shape::LongText);
    let mut glyphs = first.pieces.iter().flat_map(|piece| &piece.glyphs);
    !is_text || glyphs.any(|glyph| glyph.character.is_alphanumeric() && glyph.margin < AGREED)
}

/// Letters of upright strokes, beside which the net sees one stroke twice: `КІШ` for `КШ`.
const OF_STROKES: &str = "ШЩПНИМЦЛ";

/// Where the net has an `І` beside upright strokes and the second reader has one less, it may be a stroke of its
/// neighbour. Such a letter counts as seen without any margin.
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
    let beside = |at: usize| is_stroked(at + 1) || at.checked_sub(1).is_some_and(is_stroked);
    let stuttered = || (0..seen.len()).filter(|&at| seen.get(at) == Some(&'І') && beside(at));
    let is_only_difference = |at: &usize| {
        let mut without = seen.clone();
        without.remove(*at);
        without == heard
    };
    let strokes = |letters: &[char]| letters.iter().filter(|&&letter| letter == 'І').count();
    let has_more = strokes(&seen) > strokes(&heard);
    let lone = stuttered().find(is_only_difference);
    let Some(lone) = lone.or_else(|| stuttered().find(|_| has_more)) else {
        return;
    };
    let glyphs = net.pieces.iter_mut().flat_map(|piece| &mut piece.glyphs);
    let mut letters = glyphs.filter(|glyph| glyph.character.is_alphanumeric());
    if let Some(glyph) = letters.nth(lone) {
        glyph.margin = 0.0;
    }
}

/// The same pieces read again, if what is read still has the shape of the field.
fn again(
    reader: &dyn ReadPrint,
    page: &GrayImage,
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
    fn what_was_clearly_seen_is_not_read_again() {
        use Alphabet::{Any, CyrillicUpper, Date, LatinUpper};
        let piece = |text: &str, margin| {
            let mut piece = value(text).pieces.remove(0);
            piece
                .glyphs
                .iter_mut()
                .for_each(|glyph| glyph.margin = margin);
            piece
        };
        for (text, margin, alphabet, expected) in [
            ("АХМЕТОВА-НҰР АЛИ", 3.1, CyrillicUpper, true),
            ("АХМЕТОВА", 3.0, CyrillicUpper, false),
            ("АХМЕТ0ВА", 9.0, CyrillicUpper, false),
            ("Ахметова", 9.0, CyrillicUpper, false),
            ("ALMATY", 9.0, LatinUpper, true),
            ("АLMATY", 9.0, LatinUpper, false), // the first letter is Cyrillic
            ("01.02.2020", 9.0, Date, true),
            ("01.02.202О", 9.0, Date, false),
            ("/", 0.0, LatinUpper, true),
            ("anything", 0.0, Any, true),
        ] {
            let seen = piece(text, margin);
            assert_eq!(is_settled(&seen, alphabet), expected, "{text} {margin}");
        }
        for (field, margin, zoned, expected) in [
            (FieldName::BIRTH_PLACE, 6.0, true, false),
            (FieldName::BIRTH_PLACE, 5.9, true, true),
            (FieldName::SURNAME, 9.0, true, true),
            (FieldName::ISSUE_DATE, 9.0, true, true),
            (FieldName::IIN, 1.0, true, false),
            (FieldName::IIN, 9.0, false, true),
        ] {
            let seen = Value::printed(field, vec![piece("АЛМАТЫ / 1", margin)]);
            assert_eq!(wants_second(&seen, zoned), expected, "{}", seen.field);
        }
    }

    #[test]
    fn a_stroke_seen_twice_is_doubted_where_the_other_reader_sees_it_once() {
        for (net, other, doubted) in [
            ("КӨКІШЕТАУ", "КӨКШЕТАУ", Some(3)),
            ("ҚР ІШІКІ ІСТЕР", "ҚР ІШКІ ІСТЕР", Some(5)),
            ("ІШКІ", "ІШКІ", None),
            ("КӘРІС", "КӘРС", None),            // no stroke beside it
            ("КӨКІШЕТАУ", "КӨКШЕТАЙ", Some(3)), // they differ elsewhere too
            ("КӨКІШЕТАУ", "КӨІШЕТАУ", None),
        ] {
            let mut seen = value(net);
            doubt_stutters(&mut seen, &value(other));
            let glyphs = &seen.pieces[0].glyphs;
            let found = glyphs.iter().position(|glyph| glyph.margin < 1.0);
            assert_eq!(found, doubted, "{net}");
        }
    }
}
