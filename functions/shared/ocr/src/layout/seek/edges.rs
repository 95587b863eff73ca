//! Where a value begins and ends on its row: what stands there beside it is its label's, its table's or the ground's.

use super::{Seeker, shaped};
use crate::layout::label::FoundLabel;
use crate::layout::moment;
use crate::layout::row::Row;
use crate::layout::shape::Shape;

/// What ends so many heights before its label begins is none of its value.
const BEFORE: f32 = 0.15;
/// The ground is taken for words of so few characters.
const SPECK_MAX: usize = 3;
/// What readers take an upright rule for.
const RULES: &str = "ІIl|1";
/// Rows of a table's column begin so near to each other, in heights, and are at least so many others.
const IN_COLUMN: f32 = 1.0;
const COLUMN_ROWS_MIN: usize = 2;

impl<'a> Seeker<'a> {
    /// What stands behind the rule of a table, which looks like a slash: it begins where other rows begin.
    pub(super) fn behind_rule(&self, row: &Row<'a>) -> Option<Row<'a>> {
        let first = row
            .glyphs()
            .iter()
            .position(|glyph| glyph.character.is_alphanumeric())?;
        let value = row.part(row.from + first, row.to);
        let own = value.extent_in(value.along);
        let begins_there = |other: &&Row| {
            (other.extent_in(value.along).left - own.left).abs() < IN_COLUMN * own.height()
        };
        let column = self.rows.iter().filter(begins_there).count();
        (!self.on_card && column >= COLUMN_ROWS_MIN).then_some(value)
    }

    /// A card's value without the few letters that stand before the margin of its label: those
    /// are the ground's. A name on a sheet, without the rule of its table before it.
    pub(super) fn at_its_margin(&self, label: &FoundLabel, row: Row<'a>, shape: Shape) -> Row<'a> {
        if !self.on_card {
            let is_ruled = shape == Shape::Name
                && matches!(row.glyphs(), [rule, space, ..]
                    if RULES.contains(rule.character) && space.character.is_whitespace());
            return if is_ruled {
                row.part(row.from + 2, row.to)
            } else {
                row
            };
        }
        let Some((own, along)) = self.extent(label) else {
            return row;
        };
        let mut row = row;
        while let Some(space) = row
            .glyphs()
            .iter()
            .position(|g| g.character.is_whitespace())
            && (1..=SPECK_MAX).contains(&space)
            && is_speck(&row.part(row.from, row.from + space))
            && row.part(row.from, row.from + space).extent_in(along).right
                < own.left - BEFORE * row.height()
        {
            row = row.part(row.from + space + 1, row.to);
        }
        row
    }

    /// What stands behind a label without the rest of the word that the label ended in.
    pub(super) fn without_tail(&self, label: &FoundLabel, row: Row<'a>) -> Option<Row<'a>> {
        let glyphs = &self.rows.get(label.row)?.line.glyphs;
        let is_letter = |at: usize| {
            glyphs
                .get(at)
                .is_some_and(|glyph| glyph.character.is_alphabetic())
        };
        if !is_letter(label.to.checked_sub(1)?) {
            return Some(row);
        }
        let from = (label.to..row.to).find(|&at| !is_letter(at))?;
        Some(row.part(from, row.to))
    }
}

/// Whether a word has one letter at most: `ҚР` begins a value whose label has lost its own beginning.
fn is_speck(word: &Row) -> bool {
    let letters = word
        .glyphs()
        .iter()
        .filter(|glyph| glyph.character.is_alphabetic());
    letters.count() <= 1
}

/// A row without the date of the next column, which may stand close behind its text.
pub fn before_a_date<'a>(row: &Row<'a>) -> Row<'a> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    let date = moment::find(&text).first().map(|(from, _)| *from);
    let text = date.and_then(|from| shaped(&row.part(row.from, row.from + from), Shape::Text));
    text.unwrap_or_else(|| row.clone())
}
