//! Values told by where they stand: on cards everybody's are printed in one order, in one column.

use casework::reading::{DocumentKind, FieldName};

use super::{Leftover, kazakhstan};
use crate::layout::document::scripts;
use crate::layout::lexicon::{DATES, TITLE};
use crate::layout::person::is_patronymic;
use crate::layout::row::{Row, across, dot};
use crate::layout::seek::{before_a_date, shaped};
use crate::layout::shape::Shape;
use crate::layout::slant::common_direction;
use crate::layout::value::{Piece, Value};

/// Values are of one size: taller or lower than these shares of it is something else.
const SIZE: (f32, f32) = (0.72, 1.4);
/// They begin at one margin, give or take so many heights.
const INDENT_MAX: f32 = 2.5;
/// A column seen aslant leans no more, pixels along for one down.
const LEAN_MAX: f32 = 0.5;

impl Leftover<'_, '_> {
    /// Values of a card that stand where their order wants them, between their neighbours.
    pub(super) fn by_order(&self, known: &[Value]) -> Vec<Value> {
        let order = order(self.kind);
        let is_known = |field: &str| known.iter().any(|value| value.field.as_str() == field);
        let missing: Vec<usize> = (0..order.len())
            .filter(|&at| order.get(at).is_some_and(|slot| !is_known(slot.field)))
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
        let in_order = |value: &&Value| order.iter().any(|slot| slot.field == value.field.as_str());
        let Some(column) = Column::of(self.rows, known.iter().filter(in_order)) else {
            return Vec::new();
        };
        let Some((above, below)) = self.room(first, last, order, known, &column) else {
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
        let slots = run.iter().filter_map(|&at| order.get(at));
        let slots: Vec<&Slot> = slots.filter(|slot| slot.is_told).collect();
        let Some(chosen) = filled(slots, candidates.len()) else {
            return Vec::new();
        };
        // Who has no legible surname may still have a patronymic: it is nobody's given name.
        let fits = |(slot, row): &(&Slot, &Row)| {
            slot.shape != Shape::Name || (slot.field == "patronymic") == is_patronymic(&row.text())
        };
        if self.kind == DocumentKind::IdCardFront
            && !chosen
                .iter()
                .zip(&candidates)
                .all(|(slot, row)| fits(&(slot, row)))
        {
            return Vec::new();
        }
        let pairs = chosen.into_iter().zip(candidates);
        let pairs: Vec<(&Slot, &Row)> = pairs.filter(fits).collect();
        let value = |(slot, row): (&Slot, &Row)| {
            let field = FieldName::from_key(slot.field);
            let named = (field == FieldName::CITIZENSHIP).then(|| kazakhstan(row));
            let row = named
                .flatten()
                .or_else(|| shaped(&before_a_date(row), slot.shape))?;
            Some(Value::printed(field, scripts(&row)))
        };
        pairs.into_iter().filter_map(value).collect()
    }

    /// Where the known neighbours of the slots `first..=last` leave room: between two only, for beyond them stand
    /// titles, numbers and marks. Below a passport's last value there is nothing but its zone.
    fn room(
        &self,
        first: usize,
        last: usize,
        order: &[Slot],
        known: &[Value],
        column: &Column,
    ) -> Option<(f32, f32)> {
        let places = |slot: &Slot| self.places(slot.field, known, column);
        let (before, behind) = (order.get(..first)?, order.get(last + 1..)?);
        let above = before.iter().flat_map(places).map(|place| place.1);
        let below = behind.iter().flat_map(places).map(|place| place.0);
        let end = (self.kind == DocumentKind::Passport && behind.is_empty()).then_some(f32::MAX);
        Some((
            above.reduce(f32::max).unwrap_or_else(|| self.top(column)),
            below.reduce(f32::min).or(end)?,
        ))
    }

    /// Top and bottom of a field's label and of its value.
    fn places(&self, field: &str, known: &[Value], column: &Column) -> Vec<(f32, f32)> {
        let is_its = |name: &str| name == field || (field == "issue_date" && name == DATES);
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
        let titles = self.labels.iter().filter(|label| label.field == TITLE);
        let rows = titles.filter_map(|label| self.rows.get(label.row));
        let bottoms = rows.map(|row| row.extent_in(column.along).bottom);
        bottoms.fold(f32::MIN, f32::max)
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
const PASSPORT: [Slot; 7] = [
    mark("surname"),
    mark("given_names"),
    slot("citizenship", Shape::Text),
    mark("birth_date"),
    slot("birth_place", Shape::Text),
    mark("expiry_date"),
    slot("issuing_authority", Shape::LongText),
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
        DocumentKind::Passport => &PASSPORT,
        DocumentKind::ExitPermit | DocumentKind::RegistrationCard | DocumentKind::Unknown => &[],
    }
}

/// The column in which a document's values stand.
struct Column {
    along: [f32; 2],
    /// Where they begin, and how far that moves along for a pixel down: seen aslant a column leans.
    left: f32,
    lean: f32,
    height: f32,
}

impl Column {
    /// As most of the known values show it, for one or the other may be elsewhere.
    fn of<'a>(rows: &[Row], known: impl Iterator<Item = &'a Value>) -> Option<Self> {
        let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
        let column = Self {
            along: common_direction(&lines),
            left: 0.0,
            lean: 0.0,
            height: 0.0,
        };
        let pieces: Vec<&Piece> = known.filter_map(|value| value.pieces.first()).collect();
        let places: Vec<(f32, f32)> = pieces.iter().map(|piece| column.place(piece)).collect();
        let mut heights: Vec<f32> = pieces.iter().map(|piece| column.height_of(piece)).collect();
        heights.sort_by(f32::total_cmp);
        let height = *heights.get(heights.len() / 2)?;
        let through = |(one, other): (&(f32, f32), &(f32, f32))| {
            let lean = if one == other {
                0.0
            } else {
                (other.0 - one.0) / (other.1 - one.1)
            };
            Self {
                left: one.0 - lean * one.1,
                lean,
                height,
                ..column
            }
        };
        let columns = places
            .iter()
            .flat_map(|one| places.iter().map(move |other| (one, other)))
            .map(through)
            .filter(|column| column.lean.abs() < LEAN_MAX);
        let held = |column: &Self| places.iter().filter(|place| column.begins(**place)).count();
        columns.max_by(|a, b| {
            held(a)
                .cmp(&held(b))
                .then(b.lean.abs().total_cmp(&a.lean.abs()))
        })
    }

    /// Left end and middle of a piece.
    fn place(&self, piece: &Piece) -> (f32, f32) {
        let x = piece.corners.map(|corner| dot(corner, self.along));
        let (top, bottom) = self.span(piece);
        (
            x.into_iter().fold(f32::MAX, f32::min),
            f32::midpoint(top, bottom),
        )
    }

    fn height_of(&self, piece: &Piece) -> f32 {
        let (top, bottom) = self.span(piece);
        bottom - top
    }

    /// Top and bottom of a piece.
    fn span(&self, piece: &Piece) -> (f32, f32) {
        let down = across(self.along);
        let [tl, tr, br, bl] = piece.corners.map(|corner| dot(corner, down));
        (f32::midpoint(tl, tr), f32::midpoint(bl, br))
    }

    fn begins(&self, (left, middle): (f32, f32)) -> bool {
        (left - self.left - self.lean * middle).abs() < INDENT_MAX * self.height
    }

    fn holds(&self, row: &Row) -> bool {
        let extent = row.extent_in(self.along);
        let size = extent.height() / self.height;
        (SIZE.0..SIZE.1).contains(&size) && self.begins((extent.left, extent.middle()))
    }
}

/// The slots that so many values fill: those that must be there, or all of them.
fn filled(slots: Vec<&Slot>, values: usize) -> Option<Vec<&Slot>> {
    let needed = || slots.iter().copied().filter(|slot| !slot.is_optional);
    if needed().count() == values {
        Some(needed().collect())
    } else {
        (slots.len() == values).then_some(slots)
    }
}
