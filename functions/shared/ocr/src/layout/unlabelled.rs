//! Values that tell themselves: twelve digits, a card's number, the partner of a name in the other script.

use casework::reading::{DocumentKind, FieldName};

use super::document::two_dates;
use super::row::Row;
use super::seek::piece;
use super::shape::{Shape, runs};
use super::slant::common_direction;
use super::value::{Piece, Value};

/// How far below or beside a name its partner in the other script may stand, in heights.
const PARTNER_MAX: f32 = 1.8;

/// What stands alone in the rows that no label has claimed.
pub fn values(rest: &[Row], kind: DocumentKind) -> Vec<Value> {
    let wanted: &[(FieldName, Shape)] = match kind {
        DocumentKind::IdCardFront => &[
            (FieldName::IIN, Shape::Iin),
            (FieldName::DOCUMENT_NUMBER, Shape::DocumentNumber),
            (FieldName::BIRTH_DATE, Shape::Date),
        ],
        DocumentKind::Passport => &[
            (FieldName::IIN, Shape::Iin),
            (FieldName::DOCUMENT_NUMBER, Shape::DocumentNumber),
        ],
        DocumentKind::IdCardBack => &[(FieldName::DOCUMENT_NUMBER, Shape::DocumentNumber)],
        DocumentKind::ExitPermit | DocumentKind::RegistrationCard => {
            &[(FieldName::IIN, Shape::Iin)]
        }
        DocumentKind::Unknown => &[],
    };
    let mut values: Vec<Value> = wanted
        .iter()
        .filter_map(|(field, shape)| Some(Value::printed(field.clone(), vec![only(rest, *shape)?])))
        .collect();
    if kind == DocumentKind::IdCardBack {
        values.extend(two_dates(rest));
    }
    if kind == DocumentKind::IdCardFront {
        let sexes = rest.iter().filter(|row| is_sex(row));
        let sexes: Vec<Piece> = sexes.filter_map(|row| piece(row, Shape::Sex)).collect();
        if let [sex] = sexes.as_slice() {
            values.push(Value::printed(FieldName::SEX, vec![sex.clone()]));
        }
    }
    if kind == DocumentKind::ExitPermit {
        let signed = rest.iter().filter(|row| row.text().starts_with('№'));
        let numbers: Vec<Piece> = signed.filter_map(|row| piece(row, Shape::Number)).collect();
        if let [number] = numbers.as_slice() {
            let number = vec![number.clone()];
            values.push(Value::printed(FieldName::PERMIT_NUMBER, number));
        }
    }
    values
}

/// Whether a row says a sex in words and nothing else; a letter alone may be anything.
fn is_sex(row: &Row) -> bool {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    let words = runs(&text, char::is_alphabetic);
    let is_sex = |&(from, to): &(usize, usize)| {
        let word = text.get(from..to).unwrap_or_default();
        word.len() > 1 && Shape::Sex.find(word) == Some((0, word.len()))
    };
    !words.is_empty() && words.iter().all(is_sex)
}

/// The one place with this shape; where there are two, nobody can say which is meant.
fn only(rest: &[Row], shape: Shape) -> Option<Piece> {
    let mut found = rest.iter().filter_map(|row| piece(row, shape));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The same name in the other script: the nearest piece behind `/` or just under it.
pub fn partner(name: &Piece, rest: &[Row]) -> Option<Piece> {
    let along = rest
        .first()
        .map_or([1.0, 0.0], |row| common_direction(&[row.line]));
    let own = extent(&name.corners, along);
    rest.iter()
        .filter_map(|row| {
            let found = piece(row, Shape::Name)?;
            let other = extent(&found.corners, along);
            let height = own.3 - own.1;
            let under = other.1 - own.1 > 0.5 * height
                && other.1 - own.3 < PARTNER_MAX * height
                && (other.0 - own.0).abs() < 2.0 * height;
            let beside = (other.1 - own.1).abs() < 0.5 * height
                && other.0 > own.2
                && other.0 - own.2 < 2.0 * PARTNER_MAX * height;
            (under || beside).then_some((other.1 - own.1, found))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, found)| found)
}

fn extent(corners: &[[f32; 2]; 4], along: [f32; 2]) -> (f32, f32, f32, f32) {
    let x = corners.map(|c| super::row::dot(c, along));
    let y = corners.map(|c| super::row::dot(c, super::row::across(along)));
    let least = |v: [f32; 4]| v.into_iter().fold(f32::MAX, f32::min);
    let most = |v: [f32; 4]| v.into_iter().fold(f32::MIN, f32::max);
    (least(x), least(y), most(x), most(y))
}

/// Whether most of the letters are Latin.
pub fn is_latin(text: &str) -> bool {
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    latin * 2 > letters
}
