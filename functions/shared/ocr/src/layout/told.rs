//! Values whose label nobody can read, told by what they say or by where they stand.
//!
//! Labels are printed half as large as values and are lost first. What is left tells a value
//! as well: a name that its document's zone spells in Latin, a country that is always the same,
//! the words of an authority, the only date that the zone does not know, and on cards the order
//! in which everybody's are printed. Never here: a value that two places could claim.

use casework::reading::{DocumentKind, FieldName};
use casework::romanisation::romanise;

use super::document::{is_patronymic, scripts};
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
/// Values are of one size: taller or lower than these shares of it is something else.
const SIZE: (f32, f32) = (0.72, 1.4);
/// They begin at one margin, give or take so many heights.
const INDENT_MAX: f32 = 2.5;

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

    /// Values of a card that stand where their order wants them, between their neighbours.
    fn by_order(&self, known: &[Value]) -> Vec<Value> {
        let order = order(self.kind);
        let is_known = |field: &str| known.iter().any(|value| value.field.as_str() == field);
        let missing: Vec<usize> = (0..order.len())
            .filter(|&at| {
                order
                    .get(at)
                    .is_some_and(|slot| slot.is_told && !is_known(slot.field))
            })
            .collect();
        let runs = missing.chunk_by(|a, b| a + 1 == *b);
        runs.flat_map(|run| self.between(run, order, known))
            .collect()
    }

    /// The values of neighbouring slots, if the room between their neighbours holds as many.
    fn between(&self, run: &[usize], order: &[Slot], known: &[Value]) -> Vec<Value> {
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else {
            return Vec::new();
        };
        let Some(column) = Column::of(self.rows, known) else {
            return Vec::new();
        };
        let places = |at: usize| {
            let field = order.get(at).map_or("", |slot| slot.field);
            self.places(field, known, &column)
        };
        let above = (0..first)
            .flat_map(places)
            .map(|place| place.1)
            .reduce(f32::max);
        let below = (last + 1..order.len())
            .flat_map(places)
            .map(|place| place.0)
            .reduce(f32::min);
        // Between two known neighbours only: beyond them stand titles, numbers and marks.
        let above = above.unwrap_or_else(|| self.top(&column));
        let Some(below) = below else {
            return Vec::new();
        };
        let candidates: Vec<&Row> = self
            .rest
            .iter()
            .filter(|row| {
                let extent = row.extent_in(column.along);
                extent.middle() > above && extent.middle() < below
            })
            .filter(|row| column.holds(row) && self.is_value(row))
            .collect();
        let slots: Vec<&Slot> = run.iter().filter_map(|&at| order.get(at)).collect();
        let needed: Vec<&Slot> = slots
            .iter()
            .filter(|slot| !slot.is_optional)
            .copied()
            .collect();
        let chosen = if candidates.len() == needed.len() {
            needed
        } else if candidates.len() == slots.len() {
            slots
        } else {
            return Vec::new();
        };
        let fits =
            |(slot, row): &(&Slot, &Row)| slot.field != "patronymic" || is_patronymic(&row.text());
        let pairs = chosen.into_iter().zip(candidates);
        let pairs: Vec<(&Slot, &Row)> = pairs.filter(fits).collect();
        let value = |(slot, row): (&Slot, &Row)| {
            let field = FieldName::from_key(slot.field);
            Some(Value::printed(field, vec![piece(row, slot.shape)?]))
        };
        pairs.into_iter().filter_map(value).collect()
    }

    /// Top and bottom of a field's label and of its value.
    fn places(&self, field: &str, known: &[Value], column: &Column) -> Vec<(f32, f32)> {
        let is_its =
            |name: &str| name == field || (field == "issue_date" && name == super::lexicon::DATES);
        let labels = self.labels.iter().filter(|label| is_its(label.field));
        let labels = labels.filter_map(|label| {
            let part = self.rows.get(label.row)?.part(label.from, label.to);
            let extent = part.extent_in(column.along);
            Some((extent.top, extent.bottom))
        });
        let values = known.iter().filter(|value| value.field.as_str() == field);
        let values = values.flat_map(|value| value.pieces.iter().map(|piece| column.span(piece)));
        labels.chain(values).collect()
    }

    /// Where values may begin: below the title of a front, if it can be read; a back has none.
    fn top(&self, column: &Column) -> f32 {
        let titles = self
            .labels
            .iter()
            .filter(|label| label.field == super::lexicon::TITLE);
        let rows = titles.filter_map(|label| self.rows.get(label.row));
        let bottoms = rows.map(|row| row.extent_in(column.along).bottom);
        bottoms.fold(f32::MIN, f32::max)
    }

    fn is_value(&self, row: &Row) -> bool {
        piece(row, Shape::Name).is_some() && !self.is_label(row)
    }

    fn is_label(&self, row: &Row) -> bool {
        label::is_like_any(&row.text(), Some(self.kind))
    }
}

/// A field in the order of a card.
struct Slot {
    field: &'static str,
    shape: Shape,
    is_optional: bool,
    /// Whether its place alone may tell it; else it only marks where its neighbours end.
    is_told: bool,
}

const fn slot(field: &'static str, shape: Shape) -> Slot {
    Slot {
        field,
        shape,
        is_optional: false,
        is_told: true,
    }
}

const fn mark(field: &'static str) -> Slot {
    Slot {
        field,
        shape: Shape::Text,
        is_optional: true,
        is_told: false,
    }
}

const FRONT: [Slot; 5] = [
    slot("surname", Shape::Name),
    slot("given_names", Shape::Name),
    Slot {
        is_optional: true,
        ..slot("patronymic", Shape::Name)
    },
    mark("birth_date"),
    mark("iin"),
];
const BACK: [Slot; 6] = [
    mark("document_number"),
    slot("birth_place", Shape::Text),
    slot("nationality", Shape::Text),
    Slot {
        is_optional: true,
        ..slot("citizenship", Shape::Text)
    },
    slot("issuing_authority", Shape::Text),
    mark("issue_date"),
];

/// From top to bottom, as both issues print them.
const fn order(kind: DocumentKind) -> &'static [Slot] {
    match kind {
        DocumentKind::IdCardFront => &FRONT,
        DocumentKind::IdCardBack => &BACK,
        DocumentKind::Passport
        | DocumentKind::ExitPermit
        | DocumentKind::RegistrationCard
        | DocumentKind::Unknown => &[],
    }
}

/// The column in which a card's values stand.
struct Column {
    along: [f32; 2],
    left: f32,
    height: f32,
}

impl Column {
    /// As the known values show it; their middle ones, for one or the other may be elsewhere.
    fn of(rows: &[Row], known: &[Value]) -> Option<Self> {
        let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
        let along = super::row::common_direction(&lines);
        let column = Self {
            along,
            left: 0.0,
            height: 0.0,
        };
        let pieces = || known.iter().filter_map(|value| value.pieces.first());
        let middle = |mut values: Vec<f32>| {
            values.sort_by(f32::total_cmp);
            values.get(values.len() / 2).copied()
        };
        let left = |piece: &Piece| {
            let x = piece.corners.map(|corner| super::row::dot(corner, along));
            x.into_iter().fold(f32::MAX, f32::min)
        };
        let height = |piece: &Piece| {
            let (top, bottom) = column.span(piece);
            bottom - top
        };
        Some(Self {
            along,
            left: middle(pieces().map(left).collect())?,
            height: middle(pieces().map(height).collect())?,
        })
    }

    /// Top and bottom of a piece.
    fn span(&self, piece: &Piece) -> (f32, f32) {
        let down = super::row::across(self.along);
        let [tl, tr, br, bl] = piece.corners.map(|corner| super::row::dot(corner, down));
        (f32::midpoint(tl, tr), f32::midpoint(bl, br))
    }

    fn holds(&self, row: &Row) -> bool {
        let extent = row.extent_in(self.along);
        let size = extent.height() / self.height;
        (SIZE.0..SIZE.1).contains(&size)
            && (extent.left - self.left).abs() < INDENT_MAX * self.height
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
