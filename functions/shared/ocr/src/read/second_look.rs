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
    opinions
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
