//! What else belongs to a value than the row that was found: the pieces into which its line was torn, and the
//! lines that continue it.

use super::{INDENT_MAX, Seeker, shaped};
use crate::layout::label::FoundLabel;
use crate::layout::row::{Extent, Row};
use crate::layout::shape::Shape;

/// Space between two lines of one value, in heights.
const LEADING_MAX: f32 = 0.95;
/// The same where the value has run on to the margin of a text: its lines may be spaced.
const RUNNING_LEADING_MAX: f32 = 1.8;
/// Lines of one value.
const LINES_MAX: usize = 3;
/// A stroke of a card's ground tears so many heights out of a line,
const TORN_MAX: f32 = 2.6;
/// of which the pieces are as tall as one another, give or take,
const AS_TALL: f32 = 0.3;
/// and have so many letters: what has fewer is more of the ground.
const PIECE_LETTERS_MIN: usize = 3;

impl<'a> Seeker<'a> {
    /// Adds the pieces of a card's line that was torn, left to right.
    pub(super) fn mend(&mut self, rows: &mut Vec<Row<'a>>) {
        while self.on_card
            && let Some((at, piece, first)) = self.torn(rows)
        {
            self.taken.push((at, piece.from, piece.to));
            rows.insert(if first { 0 } else { rows.len() }, piece);
        }
    }

    /// A free piece of the same line, and whether it stands before the others.
    fn torn(&self, rows: &[Row<'a>]) -> Option<(usize, Row<'a>, bool)> {
        let (first, last) = (rows.first()?, rows.last()?);
        let along = first.along;
        let (first, last) = (first.extent_in(along), last.extent_in(along));
        let height = first.height().max(last.height());
        (0..self.rows.len())
            .filter(|at| self.labels.iter().all(|label| label.row != *at))
            .flat_map(|at| self.free(at))
            .filter_map(|free| Some((free.at, shaped(&free.row, Shape::Text)?)))
            .find_map(|(at, piece)| {
                let own = piece.extent_in(along);
                let letters = piece
                    .glyphs()
                    .iter()
                    .filter(|g| g.character.is_alphabetic());
                let is_torn = |gap: f32, level: f32| {
                    (-0.5 * height..TORN_MAX * height).contains(&gap)
                        && (own.middle() - level).abs() < 0.35 * height
                        && (own.height() / height - 1.0).abs() < AS_TALL
                };
                let before = is_torn(first.left - own.right, first.middle());
                let behind = is_torn(own.left - last.right, last.middle());
                (letters.count() >= PIECE_LETTERS_MIN && (before || behind))
                    .then_some((at, piece, before))
            })
    }

    /// Adds the lines that continue a value.
    pub(super) fn follow(&mut self, label: &FoundLabel, first: usize, rows: &mut Vec<Row<'a>>) {
        let Some(head) = rows.first().cloned() else {
            return;
        };
        let along = head.along;
        let start = head.extent_in(along);
        let mut last = start;
        let mut seen = vec![first];
        let margin = self.margin(label, first, start.right, along);
        let leading = if margin.is_some() {
            RUNNING_LEADING_MAX
        } else {
            LEADING_MAX
        };
        let margin = margin.unwrap_or(start.left);
        while rows.len() < LINES_MAX {
            let next = self.rows.iter().enumerate().find(|(at, row)| {
                let extent = row.extent_in(along);
                let height = last.height().max(extent.height());
                let gap = extent.top - last.bottom;
                !seen.contains(at)
                    && gap > -0.5 * height
                    && gap < leading * height
                    && extent.middle() > last.middle() + 0.5 * last.height()
                    && [start.left, margin]
                        .iter()
                        .any(|left| (extent.left - left).abs() < INDENT_MAX * height)
                    && (extent.height() / last.height() - 1.0).abs() < 0.45
                    && !self.is_beside_a_label(&extent, along)
                    && !self.taken.iter().any(|taken| taken.0 == *at)
            });
            let Some((at, row)) = next else { return };
            let Some(row) = shaped(row, Shape::Text) else {
                return;
            };
            last = row.extent_in(along);
            seen.push(at);
            self.taken.push((at, row.from, row.to));
            rows.push(row);
        }
    }

    /// Where the next line begins if the value runs on from its label's line to the margin of the text.
    fn margin(&self, label: &FoundLabel, first: usize, right: f32, along: [f32; 2]) -> Option<f32> {
        let edge = self
            .rows
            .iter()
            .map(|row| row.extent_in(along).right)
            .fold(f32::MIN, f32::max);
        let row = self.rows.get(label.row).filter(|_| label.row == first)?;
        let extent = row.extent_in(along);
        (right > edge - 0.2 * (edge - extent.left)).then_some(extent.left)
    }

    /// Whether a label stands on the level of an extent: what is there is that label's.
    fn is_beside_a_label(&self, extent: &Extent, along: [f32; 2]) -> bool {
        self.labels
            .iter()
            .filter_map(|label| self.rows.get(label.row))
            .any(|row| {
                let label = row.extent_in(along);
                (label.middle() - extent.middle()).abs() < 0.6 * extent.height()
            })
    }
}
