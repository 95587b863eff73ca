//! One document: its labels, and the values that belong to them.

use std::collections::BTreeMap;

use casework::reading::{DocumentKind, FieldName};

use super::claim::Claim;
use super::label::{self, FoundLabel};
use super::lexicon::{DATES, IGNORE, PERSON, SIGNED, TITLE};
use super::person::person;
use super::row::{Row, rows};
use super::seek::Seeker;
use super::shape::Shape;
use super::told::{self, Leftover};
use super::value::{Piece, Value};
use super::{Found, Sight, moment, payload, sentence, unlabelled};

/// Reads the fields of a claimed document.
pub fn read(sight: &Sight, claim: Claim) -> Found {
    let rows = rows(claim.lines.iter().filter_map(|&at| sight.lines.get(at)));
    let zone = claim.zone.and_then(|at| sight.zones.get(at));
    let zone = zone.map(|zone| zone.reading.texts()).unwrap_or_default();
    let labels = label::find_even_worn(&rows, claim.kind);
    let mut values = printed(&rows, claim.kind, &labels, &zone);
    let unread = unread(&rows, claim.kind, &labels, &values);
    let labels = heard(&rows, &labels, &values);
    let signature = signature(&rows, claim.kind);
    values.extend(
        claim
            .codes
            .iter()
            .filter_map(|&at| sight.codes.get(at))
            .flat_map(|code| payload::values(code, claim.kind)),
    );
    Found {
        kind: claim.kind,
        frame: claim.frame,
        zone: claim.zone,
        lines: claim.lines,
        values,
        labels,
        unread,
        signature,
        by_hand: BTreeMap::new(),
    }
}

fn printed(rows: &[Row], kind: DocumentKind, labels: &[FoundLabel], zone: &[String]) -> Vec<Value> {
    let mut seeker = Seeker::new(rows, labels, kind);
    let mut values: Vec<Value> = Vec::new();
    if kind == DocumentKind::Passport {
        // A name that the zone spells is that name, whatever is left of the labels around it.
        for (field, row) in told::names(&seeker.rest(), zone) {
            seeker.take(&row);
            values.push(Value::printed(field, vec![Piece::of(&row)]));
        }
    }
    for label in ordered(labels) {
        let is_known = |name: &FieldName| values.iter().any(|value| &value.field == name);
        let field = FieldName::from_key(label.field);
        let found = match (kind, latin_of(label.field)) {
            (DocumentKind::Passport, Some(latin)) => match (is_known(&field), is_known(&latin)) {
                (false, false) => two_scripts(&mut seeker, &label, latin),
                (true, true) => Vec::new(),
                _ => one_script(&mut seeker, &label, latin),
            },
            _ if is_known(&field) => Vec::new(),
            _ => labelled(&mut seeker, &label),
        };
        add_missing(&mut values, found);
    }
    let rest = seeker.rest();
    if kind == DocumentKind::ExitPermit {
        add_missing(&mut values, sentence::values(rows));
    }
    add_missing(&mut values, unlabelled::values(&rest, kind));
    let leftover = Leftover {
        kind,
        rows,
        labels,
        rest,
        zone,
    };
    let told = leftover.values(&values);
    add_missing(&mut values, told);
    values
}

/// Where those labels stand that have led to a value.
fn heard(rows: &[Row], labels: &[FoundLabel], values: &[Value]) -> Vec<[[f32; 2]; 4]> {
    let has_value = |label: &&FoundLabel| {
        let field = FieldName::from_key(label.field);
        values.iter().any(|value| value.field == field)
    };
    let heard = labels.iter().filter(has_value);
    heard
        .filter_map(|label| Some(rows.get(label.row)?.part(label.from, label.to).corners()))
        .collect()
}

/// What stands beside the labels of a paper card that have led to no value: handwriting has any shape.
fn unread(
    rows: &[Row],
    kind: DocumentKind,
    labels: &[FoundLabel],
    values: &[Value],
) -> Vec<(FieldName, [[f32; 2]; 4])> {
    let seeker = Seeker::new(rows, labels, kind);
    let is_told = |field: &FieldName| values.iter().any(|value| value.field == *field);
    let mut unread: Vec<(FieldName, [[f32; 2]; 4])> = Vec::new();
    for label in ordered(labels) {
        let field = FieldName::from_key(label.field);
        let is_known = is_told(&field) || unread.iter().any(|(known, _)| *known == field);
        if kind == DocumentKind::RegistrationCard
            && !is_known
            && let Some(row) = seeker.beside_it(&label)
        {
            unread.push((field, row.corners()));
        }
    }
    unread
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
            if let Some(first) = rows.iter().flatten().next()
                && begins_a_range(first)
            {
                // Half of the label of two dates may be lost.
                return two_dates(&[Row {
                    to: first.line.glyphs.len(),
                    ..first.clone()
                }]);
            }
            let rows = rows.and_then(|rows| beginning(&field, rows));
            rows.map(|rows| Value::printed(field, rows.iter().flat_map(scripts).collect()))
                .into_iter()
                .collect()
        }
    }
}

/// What was found for a field; of a day of issue that is the day behind it, `.06.2019 - 15.06.2029`, the place of
/// the first, whose own day was cut off; of a citizenship its country, without what stands behind.
fn beginning<'a>(field: &FieldName, rows: Vec<Row<'a>>) -> Option<Vec<Row<'a>>> {
    let behind_another = |row: &Row| {
        let before = row.line.glyphs.get(..row.from).unwrap_or_default();
        let mut before = before.iter().map(|glyph| glyph.character).rev();
        let mut near = before.by_ref().filter(|c| !c.is_whitespace());
        near.next() == Some('-') && near.next().is_some_and(|c| c.is_ascii_digit())
    };
    let first = rows.first()?;
    if *field == FieldName::ISSUE_DATE && behind_another(first) {
        return cut_before(first).map(|date| vec![date]);
    }
    if *field == FieldName::CITIZENSHIP
        && let Some(named) = told::kazakhstan(first)
    {
        return Some(vec![named]);
    }
    Some(rows)
}

/// The two halves of `АЛМАТЫ / ALMATY` and the slash between them, so that each can be read
/// in its own script; any other row is one piece.
pub fn scripts(row: &Row) -> Vec<Piece> {
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
    let mut dates: Vec<Row> = dates.collect();
    if let [only] = dates.as_slice() {
        if begins_a_range(only) {
            return vec![Value::printed(FieldName::ISSUE_DATE, vec![Piece::of(only)])];
        }
        dates = cut_before(only).into_iter().chain([only.clone()]).collect();
    }
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

/// Whether a dash stands behind a date: the day of issue, and behind it that of expiry.
fn begins_a_range(date: &Row) -> bool {
    let text: Vec<char> = date.glyphs().iter().map(|glyph| glyph.character).collect();
    let behind = date.line.glyphs.get(date.to..).unwrap_or_default();
    let next = behind.iter().find(|glyph| !glyph.character.is_whitespace());
    moment::find(&text) == [(0, text.len())] && next.is_some_and(|glyph| glyph.character == '-')
}

/// The place of the first of two dates, where its day was cut off: a second look may find it.
fn cut_before<'a>(date: &Row<'a>) -> Option<Row<'a>> {
    let before = date.line.glyphs.get(..date.from)?;
    let text: Vec<char> = before.iter().map(|glyph| glyph.character).collect();
    let (from, to) = moment::find_cut(&text)?;
    Some(Row {
        from,
        to,
        ..date.clone()
    })
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

/// A passport's name in the script that is not known yet.
fn one_script(seeker: &mut Seeker, label: &FoundLabel, latin: FieldName) -> Vec<Value> {
    let cyrillic = FieldName::from_key(label.field);
    let rows = seeker.value(label, Shape::Name).unwrap_or_default();
    let named = rows.first().map(|row| {
        let field = if unlabelled::is_latin(&row.text()) {
            latin
        } else {
            cyrillic
        };
        Value::printed(field, vec![Piece::of(row)])
    });
    named.into_iter().collect()
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
