//! Values whose label nobody can read, told by what they say or by where they stand.
//!
//! Labels are printed half as large as values and are lost first. What is left tells a value
//! as well: a name that its document's zone spells in Latin, a country that is always the same,
//! the words of an authority, the only date that the zone does not know, and on cards the order
//! in which everybody's are printed. Never here: a value that two places could claim.

mod order;

use casework::reading::{DocumentKind, FieldName};
use casework::romanisation::romanise;

use super::document::scripts;
use super::fold::{edits_allowed, looks, places};
use super::label::{self, FoundLabel};
use super::row::Row;
use super::seek::piece;
use super::shape::Shape;
use super::value::{Piece, Value};

/// A name as the zone spells it may differ in one letter of so many: other years, other spellings.
const LETTERS_PER_EDIT: usize = 4;
/// What names an authority of Kazakhstan, whole or in part.
const AUTHORITIES: [&str; 6] = [
    "МИНИСТРЛІГІ",
    "МИНИСТЕРСТВО",
    "ІШКІ ІСТЕР",
    "ВНУТРЕННИХ ДЕЛ",
    "ҚР ІІМ",
    "МВД РК",
];
/// Citizenship as the papers print it.
const KAZAKHSTAN: [&str; 2] = ["ҚАЗАҚСТАН / KAZAKHSTAN", "ҚАЗАҚСТАН"];

/// What is known of a document, and what of its rows nothing has claimed.
pub struct Leftover<'a, 'b> {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its rows.
    pub rows: &'b [Row<'a>],
    /// Its labels.
    pub labels: &'b [FoundLabel],
    /// Stretches that no label covers and no value has taken.
    pub rest: Vec<Row<'a>>,
    /// The lines of its zone; none where it has none.
    pub zone: &'b [String],
}

impl Leftover<'_, '_> {
    /// The values it tells besides those that are known.
    pub fn values(&self, known: &[Value]) -> Vec<Value> {
        let is_known = |field: &str| known.iter().any(|value| value.field.as_str() == field);
        let by_content = match self.kind {
            DocumentKind::Passport => self.of_passport(),
            DocumentKind::IdCardBack => self.of_any_card(),
            DocumentKind::IdCardFront
            | DocumentKind::ExitPermit
            | DocumentKind::RegistrationCard
            | DocumentKind::Unknown => Vec::new(),
        };
        let mut values: Vec<Value> = Vec::new();
        for value in by_content {
            let again = values
                .iter()
                .any(|other: &Value| other.field == value.field);
            if !again && !is_known(value.field.as_str()) {
                values.push(value);
            }
        }
        let all: Vec<Value> = known.iter().chain(&values).cloned().collect();
        values.extend(self.by_order(&all));
        values
    }

    fn of_passport(&self) -> Vec<Value> {
        let mut values = self.names();
        values.extend(self.of_any_card());
        values.extend(self.birth_place());
        values.extend(self.issue_date());
        values
    }

    /// Citizenship and authority: there is only one, and only a few.
    fn of_any_card(&self) -> Vec<Value> {
        let is_kazakhstan = |row: &&Row| {
            let text = looks(&row.text());
            KAZAKHSTAN.iter().any(|name| is_near(&text, &looks(name)))
        };
        let is_authority = |row: &&Row| {
            let text = looks(&row.text());
            let stands = |name: &str| {
                let name = looks(name);
                !places(&name, &text, edits_allowed(name.len())).is_empty()
            };
            AUTHORITIES.iter().any(|name| stands(name)) && !self.is_label(row)
        };
        let citizenship = only(self.rest.iter().filter(is_kazakhstan))
            .map(|row| Value::printed(FieldName::CITIZENSHIP, scripts(row)));
        let authority = only(self.rest.iter().filter(is_authority))
            .and_then(|row| piece(row, Shape::LongText))
            .map(|piece| Value::printed(FieldName::ISSUING_AUTHORITY, vec![piece]));
        citizenship.into_iter().chain(authority).collect()
    }

    /// Names that the zone spells in Latin.
    fn names(&self) -> Vec<Value> {
        let spelt = spelt(self.zone);
        let halves: Vec<Piece> = self.rest.iter().flat_map(halves).collect();
        let fields = [
            (FieldName::SURNAME, FieldName::SURNAME_LATIN),
            (FieldName::GIVEN_NAMES, FieldName::GIVEN_NAMES_LATIN),
        ];
        let named = fields
            .into_iter()
            .zip(spelt)
            .flat_map(|((cyrillic, latin), name)| {
                let of = |field: FieldName, in_latin: bool| {
                    let fits = |half: &&Piece| {
                        let text = text_of(half);
                        let seen = if in_latin {
                            text.clone()
                        } else {
                            romanise(&text)
                        };
                        super::unlabelled::is_latin(&text) == in_latin && spells(&seen, &name)
                    };
                    let piece = only(halves.iter().filter(fits))?.clone();
                    Some(Value::printed(field, vec![piece]))
                };
                [of(cyrillic, false), of(latin, true)]
            });
        named.flatten().collect()
    }

    /// A place in two scripts that say the same and are nobody's name.
    fn birth_place(&self) -> Option<Value> {
        let names = spelt(self.zone);
        let is_place = |row: &&Row| {
            let halves = halves(row);
            let [cyrillic, latin] = halves.as_slice() else {
                return false;
            };
            let (cyrillic, latin) = (romanise(&text_of(cyrillic)), text_of(latin));
            let is_name = names
                .iter()
                .any(|name| spells(&cyrillic, name) || spells(&latin, name));
            let is_country = spells(&latin, "KAZAKHSTAN");
            spells(&cyrillic, &latin) && !is_name && !is_country && !self.is_label(row)
        };
        let row = pair(only(self.rest.iter().filter(is_place))?)?;
        Some(Value::printed(FieldName::BIRTH_PLACE, scripts(&row)))
    }

    /// The only date that is neither the zone's date of birth nor that of expiry.
    fn issue_date(&self) -> Option<Value> {
        let line = self.zone.get(1)?;
        let of_zone = |from: usize| line.get(from..from + 6);
        let known = [of_zone(13)?, of_zone(21)?];
        let dates = self.rest.iter().filter_map(|row| piece(row, Shape::Date));
        let dates: Vec<Piece> = dates
            .filter(|date| as_in_zone(date).is_some_and(|date| !known.contains(&date.as_str())))
            .collect();
        let date = only(dates.iter())?.clone();
        Some(Value::printed(FieldName::ISSUE_DATE, vec![date]))
    }

    fn is_value(&self, row: &Row) -> bool {
        piece(row, Shape::Name).is_some() && !self.is_label(row)
    }

    fn is_label(&self, row: &Row) -> bool {
        label::is_like_any(&row.text(), Some(self.kind))
    }
}

/// The one there is; where there are two, nobody can say which is meant.
fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The parts of a row before and behind its slashes that could be names.
fn halves(row: &Row) -> Vec<Piece> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    super::shape::runs(&text, |c| c != '/')
        .into_iter()
        .filter_map(|(from, to)| piece(&row.part(row.from + from, row.from + to), Shape::Name))
        .collect()
}

/// A row from the beginning of its first script to the end of its second: another column's value
/// may stand close behind.
fn pair<'a>(row: &Row<'a>) -> Option<Row<'a>> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    let slash = text.iter().position(|&c| c == '/')?;
    let (from, _) = Shape::Name.find(text.get(..slash)?)?;
    let (_, to) = Shape::Name.find(text.get(slash + 1..)?)?;
    Some(row.part(row.from + from, row.from + slash + 1 + to))
}

fn text_of(piece: &Piece) -> String {
    piece.glyphs.iter().map(|glyph| glyph.character).collect()
}

/// Surname and given names of a zone of two lines, fillers as spaces.
fn spelt(zone: &[String]) -> Vec<String> {
    let names = zone
        .first()
        .filter(|_| zone.len() == 2)
        .and_then(|line| line.get(5..));
    let names = names.unwrap_or_default().trim_end_matches('<');
    let parts = names
        .splitn(2, "<<")
        .map(|name| name.replace('<', " ").trim().to_owned());
    parts.collect()
}

/// Whether a Latin text is this name, give or take a letter.
fn spells(seen: &str, name: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        let capitals = text.chars().flat_map(char::to_uppercase);
        capitals.filter(|c| c.is_alphabetic()).collect()
    };
    let (seen, name) = (letters(seen), letters(name));
    name.len() > 1 && edits(&seen, &name) <= name.len() / LETTERS_PER_EDIT
}

/// Whether folded texts are alike.
fn is_near(text: &[char], name: &[char]) -> bool {
    edits(text, name) <= edits_allowed(name.len())
}

/// Letters to be changed, added or dropped to make one text the other.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut left = i + 1;
        let mut next = vec![left];
        for (pair, b) in row.windows(2).zip(other) {
            let [diagonal, up] = pair else { continue };
            left = (diagonal + usize::from(a != b)).min(up + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// `DD.MM.YYYY` as a zone writes it, `YYMMDD`.
fn as_in_zone(date: &Piece) -> Option<String> {
    let text = text_of(date);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (day, month, year) = (digits.get(..2)?, digits.get(2..4)?, digits.get(6..8)?);
    Some(format!("{year}{month}{day}"))
}
