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
use super::fold::{edits_allowed, look, looks, places};
use super::label::{self, FoundLabel};
use super::row::Row;
use super::seek::{piece, shaped};
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
/// A sex that stands close behind a country has so many letters in both languages, its slash misread.
const BESIDE_MAX: usize = 3;
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
        let mut all: Vec<Value> = known.iter().chain(&values).cloned().collect();
        all.extend(self.marks());
        values.extend(self.by_order(&all));
        values
    }

    fn of_passport(&self) -> Vec<Value> {
        let mut values = self.of_any_card();
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
            .and_then(kazakhstan)
            .map(|row| Value::printed(FieldName::CITIZENSHIP, scripts(&row)));
        let authority = only(self.rest.iter().filter(is_authority))
            .and_then(|row| piece(row, Shape::LongText))
            .map(|piece| Value::printed(FieldName::ISSUING_AUTHORITY, vec![piece]));
        citizenship.into_iter().chain(authority).collect()
    }

    /// A place in two scripts that say the same and are nobody's name.
    fn birth_place(&self) -> Option<Value> {
        let names = spelt(self.zone);
        let is_place = |row: &&Row| {
            let halves = halves(row);
            let [cyrillic, latin] = halves.as_slice() else {
                return false;
            };
            let (cyrillic, latin) = (romanise(&cyrillic.text()), latin.text());
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
        let known = self.dates_of_zone()?;
        let dates: Vec<Piece> = self
            .dates()
            .filter(|date| as_in_zone(date).is_some_and(|date| !known.contains(&date.as_str())))
            .collect();
        let date = only(dates.iter())?.clone();
        Some(Value::printed(FieldName::ISSUE_DATE, vec![date]))
    }

    /// Where a passport prints the dates of birth and of expiry that its zone says: marks between which other
    /// values stand.
    fn marks(&self) -> Vec<Value> {
        let fields = [FieldName::BIRTH_DATE, FieldName::EXPIRY_DATE];
        let known = self.dates_of_zone().into_iter().flatten();
        let mark = |(field, known): (FieldName, &str)| {
            let is_it = |date: &Piece| as_in_zone(date).is_some_and(|date| date == known);
            Some(Value::printed(
                field,
                vec![only(self.dates().filter(is_it))?],
            ))
        };
        fields.into_iter().zip(known).filter_map(mark).collect()
    }

    fn dates(&self) -> impl Iterator<Item = Piece> {
        self.rest.iter().filter_map(|row| piece(row, Shape::Date))
    }

    /// Date of birth and date of expiry as a passport's zone writes them.
    fn dates_of_zone(&self) -> Option<[&str; 2]> {
        let line = self.zone.get(1).filter(|_| self.zone.len() == 2)?;
        let of_zone = |from: usize| line.get(from..from + 6);
        Some([of_zone(13)?, of_zone(21)?])
    }

    fn is_value(&self, row: &Row) -> bool {
        piece(row, Shape::Name).is_some() && !self.is_label(row)
    }

    fn is_label(&self, row: &Row) -> bool {
        label::is_like_any(&row.text(), Some(self.kind))
    }
}

/// The stretch of a row that names Kazakhstan, in both scripts where both stand, without the few letters of the next
/// column; none where more stands beside it, for `ҚАЗАҚСТАН РЕСПУБЛИКАСЫ` is one name.
pub fn kazakhstan<'a>(row: &Row<'a>) -> Option<Row<'a>> {
    let (at, text): (Vec<usize>, Vec<char>) = row
        .glyphs()
        .iter()
        .zip(row.from..)
        .filter_map(|(glyph, at)| Some((at, look(glyph.character)?)))
        .unzip();
    KAZAKHSTAN.iter().find_map(|name| {
        let name = looks(name);
        let found = places(&name, &text, edits_allowed(name.len()));
        let best = found.iter().min_by_key(|place| place.edits)?;
        let beside = text.len() - (best.to - best.from);
        if beside > BESIDE_MAX {
            return None;
        }
        Some(row.part(*at.get(best.from)?, at.get(best.to - 1)? + 1))
    })
}

/// The one there is; where there are two, nobody can say which is meant.
fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Names that the zone spells in Latin, wherever they stand: each with its field.
pub fn names<'a>(rows: &[Row<'a>], zone: &[String]) -> Vec<(FieldName, Row<'a>)> {
    let halves: Vec<Row> = rows.iter().flat_map(halves).collect();
    let only = |name: &str, in_latin: bool| {
        let fits = |half: &&Row| {
            let text = half.text();
            let seen = if in_latin {
                text.clone()
            } else {
                romanise(&text)
            };
            super::unlabelled::is_latin(&text) == in_latin && spells(&seen, name)
        };
        only(halves.iter().filter(fits)).cloned()
    };
    let fields = [
        (FieldName::SURNAME, FieldName::SURNAME_LATIN),
        (FieldName::GIVEN_NAMES, FieldName::GIVEN_NAMES_LATIN),
    ];
    let named = fields.into_iter().zip(spelt(zone));
    named
        .flat_map(|((cyrillic, latin), name)| {
            [(cyrillic, only(&name, false)), (latin, only(&name, true))]
        })
        .filter_map(|(field, row)| Some((field, row?)))
        .collect()
}

/// The parts of a row before and behind its slashes that could be names.
fn halves<'a>(row: &Row<'a>) -> Vec<Row<'a>> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    super::shape::runs(&text, |c| c != '/')
        .into_iter()
        .filter_map(|(from, to)| shaped(&row.part(row.from + from, row.from + to), Shape::Name))
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
