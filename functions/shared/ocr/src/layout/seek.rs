//! Where a label's value stands: behind it, beside it or under it.

mod any;
mod edges;
mod whole;

use casework::reading::{DocumentKind, FieldName};

use super::label::FoundLabel;
use super::row::{Extent, Row};
use super::shape::Shape;
use super::value::Piece;
pub use edges::before_a_date;

/// How far under its label a value may stand, in heights of the taller of both.
const UNDER_MAX: f32 = 2.4;
/// How far a value or its next line may begin left or right of where it should, in heights.
const INDENT_MAX: f32 = 3.0;
/// A line on a sheet that its reader trusts less says nothing: measured, what is right lies above.
const CONFIDENCE_MIN: f32 = 0.5;
/// A value is not lower than this share of its label's height.
const LOW: f32 = 0.75;
/// On a card values are taller than their labels: what stands beside one and is not is a label's.
const TALL: f32 = 1.15;
/// What stands before a number.
const NUMBER_SIGN: char = '№';

/// Rows of one document with their labels, and what is already taken.
#[derive(Debug)]
pub struct Seeker<'a> {
    rows: &'a [Row<'a>],
    labels: &'a [FoundLabel],
    taken: Vec<(usize, usize, usize)>,
    kind: DocumentKind,
    on_card: bool,
}

/// A stretch of a row that no label covers and no value has taken.
#[derive(Debug, Clone)]
struct Free<'a> {
    at: usize,
    row: Row<'a>,
}

impl<'a> Seeker<'a> {
    /// On a card values stand under their labels first, on a sheet beside them.
    pub const fn new(rows: &'a [Row<'a>], labels: &'a [FoundLabel], kind: DocumentKind) -> Self {
        Self {
            rows,
            labels,
            taken: Vec::new(),
            kind,
            on_card: matches!(
                kind,
                DocumentKind::IdCardFront | DocumentKind::IdCardBack | DocumentKind::Passport
            ),
        }
    }

    /// Takes a stretch of a row that is known for a value without its label.
    pub fn take(&mut self, stretch: &Row) {
        let is_of = |row: &Row| {
            std::ptr::eq(row.line, stretch.line) && row.from <= stretch.from && stretch.to <= row.to
        };
        let at = self.rows.iter().position(is_of);
        self.taken
            .extend(at.map(|at| (at, stretch.from, stretch.to)));
    }

    /// The value of a label: the nearest text of the right shape where values stand.
    pub fn value(&mut self, label: &FoundLabel, shape: Shape) -> Option<Vec<Row<'a>>> {
        // Behind a card's label stands what is left of the label, if worn.
        let places = if self.on_card {
            [Self::under, Self::behind, Self::beside]
        } else {
            [Self::behind, Self::beside, Self::under]
        };
        let (at, row) = places.iter().find_map(|place| {
            let free = place(self, label, shape)?;
            let row = self.at_its_margin(label, shaped(&free.row, shape)?, shape);
            let row = if self.on_card && shape.is_free() {
                before_a_date(&row)
            } else {
                row
            };
            let is_label = self.is_worn_label(&row, shape) || self.is_fragment(label, &row);
            (!is_label).then_some((free.at, row))
        })?;
        self.taken.push((at, row.from, row.to));
        // On a card a second look decides; on a sheet nothing comes after this.
        if !self.on_card && row.line.confidence < CONFIDENCE_MIN {
            return None;
        }
        let mut rows = vec![row];
        if shape == Shape::LongText {
            self.mend(&mut rows);
            self.follow(label, at, &mut rows);
        }
        Some(rows)
    }

    /// Its value and all others of the same shape on the same level, left to right.
    pub fn level(&mut self, label: &FoundLabel, shape: Shape) -> Vec<Row<'a>> {
        let mut all = self.value(label, shape).unwrap_or_default();
        let Some(first) = all.first() else {
            return all;
        };
        let (along, own) = (first.along, first.extent_in(first.along));
        let is_level =
            |row: &Row| (row.extent_in(along).middle() - own.middle()).abs() < 0.5 * own.height();
        for at in 0..self.rows.len() {
            while let Some(row) = self
                .free(at)
                .iter()
                .filter_map(|free| shaped(&free.row, shape))
                .find(is_level)
            {
                self.taken.push((at, row.from, row.to));
                all.push(row);
            }
        }
        let left = |row: &Row| row.extent_in(along).left;
        all.sort_by(|a, b| left(a).total_cmp(&left(b)));
        all
    }

    /// Every stretch that no label covers, of rows of which no value has taken anything; and what stands behind
    /// a `№`, for that is a value of its own on anybody's row, as is a date on a card.
    pub fn rest(&self) -> Vec<Row<'a>> {
        let is_taken = |at: usize| self.taken.iter().any(|&(row, ..)| row == at);
        let signed = |row: &Row<'a>| {
            let mut letters = row.glyphs().iter();
            let sign = letters.position(|glyph| glyph.character == NUMBER_SIGN)?;
            Some(row.part(row.from + sign, row.to))
        };
        (0..self.rows.len())
            .flat_map(|at| self.free(at))
            .filter_map(|free| {
                if is_taken(free.at) {
                    let date = || shaped(&free.row, Shape::Date).filter(|_| self.on_card);
                    signed(&free.row).or_else(date)
                } else {
                    Some(free.row)
                }
            })
            .collect()
    }

    fn behind(&self, label: &FoundLabel, _: Shape) -> Option<Free<'a>> {
        let mut free = self
            .free(label.row)
            .into_iter()
            .find(|free| free.row.from >= label.to)?;
        if !self.on_card {
            free.row = self.without_tail(label, free.row)?;
        }
        let next_label = self
            .labels
            .iter()
            .filter(|other| other.row == label.row && other.from >= label.to)
            .map(|other| other.from)
            .min();
        let first = free
            .row
            .glyphs()
            .iter()
            .find(|glyph| !glyph.character.is_whitespace())?;
        // Behind a slash stands the label's other language, too worn to be told.
        if first.character == '/' {
            free.row = self.behind_rule(&free.row)?;
        }
        next_label
            .is_none_or(|next| free.row.to <= next)
            .then_some(free)
    }

    fn beside(&self, label: &FoundLabel, _: Shape) -> Option<Free<'a>> {
        let (own, along) = self.extent(label)?;
        let right_of = |row: &Row| {
            let extent = row.extent_in(along);
            let level =
                (extent.middle() - own.middle()).abs() < 0.7 * extent.height().max(own.height());
            let is_print = !self.on_card || extent.height() > TALL * own.height();
            (level && is_print && extent.left > own.right - 0.3 * own.height())
                .then_some(extent.left)
        };
        let (at, row) = self
            .rows
            .iter()
            .enumerate()
            .filter(|&(at, row)| at != label.row && !self.is_fragment(label, row))
            .filter_map(|(at, row)| Some((at, row, right_of(row)?)))
            .min_by(|a, b| a.2.total_cmp(&b.2))
            .map(|(at, row, _)| (at, row))?;
        self.free(at)
            .into_iter()
            .find(|free| free.row.from == row.from)
    }

    fn under(&self, label: &FoundLabel, shape: Shape) -> Option<Free<'a>> {
        let (own, along) = self.extent(label)?;
        let mut below: Vec<(f32, f32, usize, Extent)> = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| {
                let extent = row.extent_in(along);
                let height = extent.height().max(own.height());
                let drop = extent.middle() - own.middle();
                let near = drop > 0.6 * own.height().min(extent.height())
                    && extent.top - own.bottom < UNDER_MAX * height;
                let meets = extent.left < own.right + height && extent.right > own.left - height
                    || (extent.left - own.left).abs() < INDENT_MAX * height;
                (near && meets && self.may_hold(at, &extent, &own, shape)).then_some((
                    drop,
                    (extent.left - own.left).abs(),
                    at,
                    extent,
                ))
            })
            .collect();
        below.sort_by(|a, b| a.0.total_cmp(&b.0));
        let nearest = below.first()?;
        // Of the rows on the nearest level, the one that begins nearest below the label's beginning.
        let level = nearest.0 + 0.6 * nearest.3.height();
        let (.., at, _) = below
            .iter()
            .filter(|row| row.0 <= level)
            .min_by(|a, b| a.1.total_cmp(&b.1))?;
        // The other language of the label may stand on a line of its own.
        if let Some(other) = self.labels.iter().find(|other| other.row == *at) {
            let continues = other.field == label.field && other.row != label.row;
            return if continues {
                self.under(other, shape)
            } else {
                None
            };
        }
        self.free(*at).into_iter().next()
    }

    /// Whether a row under a label is another label, or could be a value: on a card specks of the
    /// ground stand between the two, lower than any print.
    fn may_hold(&self, at: usize, extent: &Extent, label: &Extent, shape: Shape) -> bool {
        let is_label = self.labels.iter().any(|other| other.row == at);
        let is_print = !self.on_card || extent.height() > LOW * label.height();
        let holds = |free: &Free| shaped(&free.row, shape).is_some();
        is_label || is_print && (!self.on_card || self.free(at).iter().any(holds))
    }

    fn extent(&self, label: &FoundLabel) -> Option<(Extent, [f32; 2])> {
        let row = self.rows.get(label.row)?;
        Some((
            row.part(label.from, label.to).extent_in(row.along),
            row.along,
        ))
    }

    fn free(&self, at: usize) -> Vec<Free<'a>> {
        let Some(row) = self.rows.get(at) else {
            return Vec::new();
        };
        let mut stretches = Vec::new();
        let mut from = row.from;
        let labels = self.labels.iter().filter(|label| label.row == at);
        let taken = self.taken.iter().filter(|taken| taken.0 == at);
        let mut covered: Vec<(usize, usize)> = labels
            .map(|label| (label.from, label.to))
            .chain(taken.map(|&(_, from, to)| (from, to)))
            .chain([(row.to, row.to)])
            .collect();
        covered.sort_unstable();
        for (start, end) in covered {
            let part = row.part(from, start);
            if part
                .glyphs()
                .iter()
                .any(|glyph| glyph.character.is_alphanumeric())
            {
                stretches.push(Free { at, row: part });
            }
            from = end;
        }
        stretches
    }

    /// Whether what stands there is a piece of the label, cut off by the reader. On a card any label lies near: the
    /// `БЕР` of `БЕРІЛГЕН` is no place. Names may be pieces of labels: Азамат.
    fn is_fragment(&self, label: &FoundLabel, row: &Row) -> bool {
        let shape = Shape::of(&FieldName::from_key(label.field));
        if self.on_card {
            return matches!(shape, Shape::Text | Shape::LongText)
                && super::label::is_piece_of_any(&row.text(), self.kind);
        }
        shape.is_free() && super::label::is_fragment(&row.text(), label.field)
    }

    /// Whether what looks like a value is more like a label. A sheet may name other documents.
    fn is_worn_label(&self, row: &Row, shape: Shape) -> bool {
        let of_kind = (!self.on_card).then_some(self.kind);
        shape.is_free() && super::label::is_like_any(&row.text(), of_kind)
    }
}

/// The part of a row that has the shape.
pub fn shaped<'a>(row: &Row<'a>, shape: Shape) -> Option<Row<'a>> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    let (from, to) = shape.find(&text)?;
    Some(row.part(row.from + from, row.from + to))
}

/// The part of a row that has the shape, as a piece of a value.
pub fn piece(row: &Row, shape: Shape) -> Option<Piece> {
    shaped(row, shape).map(|row| Piece::of(&row))
}
