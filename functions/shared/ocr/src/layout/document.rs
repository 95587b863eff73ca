//! One document: its labels, and the values that belong to them.

use casework::reading::{DocumentKind, FieldName};

use super::claim::Claim;
use super::label::{self, FoundLabel};
use super::lexicon::{DATES, IGNORE, PERSON, SIGNED, TITLE};
use super::row::{Row, rows};
use super::seek::Seeker;
use super::shape::Shape;
use super::value::{Piece, Value};
use super::{Found, Sight, moment, payload, sentence, unlabelled};

/// Reads the fields of a claimed document.
pub fn read(sight: &Sight, claim: Claim) -> Found {
    let rows = rows(claim.lines.iter().filter_map(|&at| sight.lines.get(at)));
    let mut values = printed(&rows, claim.kind);
    let signature = signature(&rows, claim.kind);
    values.extend(
        claim
            .codes
            .iter()
            .filter_map(|&at| sight.codes.get(at))
            .flat_map(payload::values),
    );
    Found {
        kind: claim.kind,
        frame: claim.frame,
        zone: claim.zone,
        lines: claim.lines,
        values,
        signature,
    }
}

fn printed(rows: &[Row], kind: DocumentKind) -> Vec<Value> {
    let labels = label::find(rows, kind);
    let on_card = matches!(
        kind,
        DocumentKind::IdCardFront | DocumentKind::IdCardBack | DocumentKind::Passport
    );
    let mut seeker = Seeker::new(rows, &labels, on_card);
    let mut values: Vec<Value> = Vec::new();
    for label in ordered(&labels) {
        let known = |name: &FieldName| values.iter().any(|value| &value.field == name);
        if !known(&FieldName::from_key(label.field)) {
            let found = match (kind, latin_of(label.field)) {
                (DocumentKind::Passport, Some(latin)) => two_scripts(&mut seeker, &label, latin),
                _ => labelled(&mut seeker, &label),
            };
            values.extend(found);
        }
    }
    let rest = seeker.rest();
    if kind == DocumentKind::ExitPermit {
        add_missing(&mut values, sentence::values(rows));
    }
    add_missing(&mut values, unlabelled::values(&rest, kind));
    values
}

/// Where the label of the signature stands: what is written there is no text.
fn signature(rows: &[Row], kind: DocumentKind) -> Option<[[f32; 2]; 4]> {
    let labels = label::find(rows, kind);
    let label = labels.iter().find(|label| label.field == SIGNED)?;
    let row = rows.get(label.row)?;
    Some(row.part(label.from, label.to).corners())
}

/// Labels whose values have a shape of their own come first: a name is whatever is left.
fn ordered(labels: &[FoundLabel]) -> Vec<FoundLabel> {
    let mut labels: Vec<FoundLabel> = labels
        .iter()
        .filter(|label| ![TITLE, IGNORE, SIGNED].contains(&label.field))
        .copied()
        .collect();
    labels.sort_by_key(|label| match Shape::of(&FieldName::from_key(label.field)) {
        Shape::Iin | Shape::Date | Shape::DocumentNumber | Shape::Sex | Shape::Email => 0,
        Shape::Number => 1,
        Shape::Name | Shape::LatinName | Shape::Text | Shape::LongText => 2,
    });
    labels
}

fn labelled(seeker: &mut Seeker, label: &FoundLabel) -> Vec<Value> {
    match label.field {
        DATES => two_dates(&seeker.level(label, Shape::Date)),
        PERSON => seeker
            .value(label, Shape::Name)
            .map(|rows| person(&rows))
            .unwrap_or_default(),
        field => {
            let field = FieldName::from_key(field);
            let rows = seeker.value(label, Shape::of(&field));
            rows.map(|rows| Value::printed(field, rows.iter().flat_map(scripts).collect()))
                .into_iter()
                .collect()
        }
    }
}

/// The two halves of `АЛМАТЫ / ALMATY` and the slash between them, so that each can be read
/// in its own script; any other row is one piece.
fn scripts(row: &Row) -> Vec<Piece> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    let slash = text.windows(3).position(|three| three == [' ', '/', ' ']);
    let Some(slash) = slash.map(|at| row.from + at + 1) else {
        return vec![Piece::of(row)];
    };
    [
        (row.from, slash - 1),
        (slash, slash + 1),
        (slash + 2, row.to),
    ]
    .map(|(from, to)| Piece::of(&row.part(from, to)))
    .to_vec()
}

/// `DD.MM.YYYY - DD.MM.YYYY`: issued, expires.
pub fn two_dates(rows: &[Row]) -> Vec<Value> {
    let dates = rows.iter().flat_map(|row| {
        let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
        moment::find(&text)
            .into_iter()
            .map(|(from, to)| row.part(row.from + from, row.from + to))
            .collect::<Vec<_>>()
    });
    let dates: Vec<Row> = dates.collect();
    let [first, second] = dates.as_slice() else {
        return Vec::new();
    };
    let (one, other) = (first.extent_in(first.along), second.extent_in(first.along));
    // The end of a range may be a line of its own that stands a hair higher.
    let is_level = (one.middle() - other.middle()).abs() < 0.5 * one.height();
    let dates = if is_level && other.left < one.left {
        [second, first]
    } else {
        [first, second]
    };
    [FieldName::ISSUE_DATE, FieldName::EXPIRY_DATE]
        .into_iter()
        .zip(dates)
        .map(|(field, date)| Value::printed(field, vec![Piece::of(date)]))
        .collect()
}

/// Surname, given name and patronymic in this order; with two words there is no patronymic,
/// and with more than three nobody can say which belongs where.
pub fn person(rows: &[Row]) -> Vec<Value> {
    let words: Vec<Row> = rows.iter().flat_map(words).collect();
    if !(2..=3).contains(&words.len()) {
        return Vec::new();
    }
    [
        FieldName::SURNAME,
        FieldName::GIVEN_NAMES,
        FieldName::PATRONYMIC,
    ]
    .into_iter()
    .zip(&words)
    .map(|(field, word)| Value::printed(field, vec![Piece::of(word)]))
    .collect()
}

fn words<'a>(row: &Row<'a>) -> Vec<Row<'a>> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    super::shape::runs(&text, |c| !c.is_whitespace())
        .into_iter()
        .map(|(from, to)| row.part(row.from + from, row.from + to))
        .collect()
}

/// Adds what is not there yet.
fn add_missing(values: &mut Vec<Value>, more: Vec<Value>) {
    for value in more {
        if values.iter().all(|known| known.field != value.field) {
            values.push(value);
        }
    }
}

const fn latin_of(field: &str) -> Option<FieldName> {
    match field.as_bytes() {
        b"surname" => Some(FieldName::SURNAME_LATIN),
        b"given_names" => Some(FieldName::GIVEN_NAMES_LATIN),
        _ => None,
    }
}

/// A passport prints a name in Cyrillic and in Latin: parted by `/` on one line, or one under the other.
fn two_scripts(seeker: &mut Seeker, label: &FoundLabel, latin: FieldName) -> Vec<Value> {
    let cyrillic = FieldName::from_key(label.field);
    let Some(row) = seeker
        .value(label, Shape::Text)
        .and_then(|rows| rows.into_iter().next())
    else {
        return Vec::new();
    };
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    let mut names: Vec<Piece> = super::shape::runs(&text, |c| c != '/')
        .into_iter()
        .filter_map(|(from, to)| {
            super::seek::piece(&row.part(row.from + from, row.from + to), Shape::Name)
        })
        .collect();
    if let ([name], rest) = (names.as_slice(), seeker.rest()) {
        names.extend(unlabelled::partner(name, &rest));
    }
    let is_latin = |piece: &Piece| {
        unlabelled::is_latin(&Value::printed(latin.clone(), vec![piece.clone()]).text())
    };
    // Where the letters of both look alike, Cyrillic stands first.
    names.sort_by_key(&is_latin);
    match names.as_slice() {
        [only] if is_latin(only) => vec![Value::printed(latin, vec![only.clone()])],
        [only] => vec![Value::printed(cyrillic, vec![only.clone()])],
        [first, second, ..] => {
            vec![
                Value::printed(cyrillic, vec![first.clone()]),
                Value::printed(latin, vec![second.clone()]),
            ]
        }
        [] => Vec::new(),
    }
}
