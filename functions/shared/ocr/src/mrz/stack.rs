//! Rows that lie over each other like the lines of a zone.
//!
//! Never here: what is written in them.

use super::row::{Row, offset};

/// Parallel rows at the line spacing of a zone, top to bottom for a reader of the first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stack {
    pub rows: Vec<Row>,
}

/// Line spacing of a zone over its pitch: 6.35 mm over 2.54 mm, seen at a slant.
const SPACING: std::ops::Range<f32> = 1.45..4.0;
/// Evenly spaced up to here, as a share of the pitch. Chance is 0.25.
const UNEVENNESS_MAX: f32 = 0.19;
/// A row longer than this is none of a zone, in characters.
const LENGTH_MAX: f32 = 62.0;
/// One row of a stack must have this many pieces.
const COUNT_MIN: usize = 14;

/// Every stack, the one with the most pieces first. A row belongs to one stack only.
pub(super) fn stacks(rows: &[Row]) -> Vec<Stack> {
    let mut free: Vec<Row> = rows
        .iter()
        .filter(|row| row.unevenness < UNEVENNESS_MAX && row.length() < LENGTH_MAX)
        .copied()
        .collect();
    free.sort_by_key(|row| std::cmp::Reverse(row.count));
    let mut stacks = Vec::new();
    while let Some(seed) = free.iter().position(|row| row.count >= COUNT_MIN) {
        let mut rows = vec![free.remove(seed)];
        while rows.len() < 6
            && let Some(below) = take_below(&mut free, rows.last())
        {
            rows.push(below);
        }
        while rows.len() < 6
            && let Some(above) = take_below(&mut free, rows.first().map(Row::reversed).as_ref())
        {
            rows.insert(0, above.reversed());
        }
        stacks.push(Stack { rows });
    }
    stacks.sort_by_key(|stack| {
        let pieces: usize = stack.rows.iter().map(|row| row.count).sum();
        std::cmp::Reverse(pieces)
    });
    stacks
}

/// Takes the nearest row that can be the next line below `row`, turned to be read the same way.
fn take_below(free: &mut Vec<Row>, row: Option<&Row>) -> Option<Row> {
    let row = row?;
    let (index, found, _) = free
        .iter()
        .enumerate()
        .filter_map(|(index, other)| {
            let other = aligned(row, other);
            let distance = below(row, &other)?;
            Some((index, other, distance))
        })
        .min_by(|(.., a), (.., b)| a.total_cmp(b))?;
    free.remove(index);
    Some(found)
}

fn aligned(row: &Row, other: &Row) -> Row {
    let [x, y] = row.along;
    let [u, v] = other.along;
    if x * u + y * v < 0.0 {
        other.reversed()
    } else {
        *other
    }
}

/// How far below `row` the other lies, in pitches, where it can be the next line.
fn below(row: &Row, other: &Row) -> Option<f32> {
    let ends = other.span.map(|t| row.project(other.at(t)));
    let [[first, _], [last, _]] = ends;
    let overlap = last.min(row.span[1]) - first.max(row.span[0]);
    let shorter = (last - first).min(row.span[1] - row.span[0]);
    let [x, y] = row.along;
    let [u, v] = other.along;
    let turned = (x * v - y * u).abs();
    // At the middle of what they share, so that converging lines are measured where both are.
    let at = first.max(row.span[0]).midpoint(last.min(row.span[1]));
    let here = row.at(at);
    let [_, across] = other.project(here);
    let distance = -across / row.pitch;
    (overlap > 0.5 * shorter
        && turned < 0.1
        && (0.78..1.28).contains(&(other.pitch / row.pitch))
        && SPACING.contains(&distance))
    .then_some(distance)
}

impl Stack {
    /// The same rows read from the other side.
    pub fn reversed(&self) -> Self {
        Self {
            rows: self.rows.iter().rev().map(Row::reversed).collect(),
        }
    }

    /// Each row with the ends that its neighbours show: lines of a zone are equally long, so a
    /// worn end of one is taken from the next.
    pub fn evened(&self) -> Self {
        let evened = |(index, row): (usize, &Row)| {
            let near = self
                .rows
                .iter()
                .enumerate()
                .filter(|(i, _)| i.abs_diff(index) <= 2);
            let mut span = row.span;
            for (_, other) in near {
                let ends = other.span.map(|t| row.project(other.at(t)));
                let [[first, _], [last, _]] = ends;
                let joint = [span[0].min(first), span[1].max(last)];
                if joint[1] - joint[0] < 50.0 * row.pitch {
                    span = joint;
                }
            }
            Row { span, ..*row }
        };
        Self {
            rows: self.rows.iter().enumerate().map(evened).collect(),
        }
    }

    /// The stack with one more row above and one below, where its own spacing puts them.
    pub fn extended(&self) -> Option<Self> {
        let (first, last) = (self.rows.first()?, self.rows.last()?);
        #[expect(clippy::cast_precision_loss, reason = "six rows at most")]
        let steps = (self.rows.len() - 1) as f32;
        let centre = |row: &Row| row.at(row.span[0].midpoint(row.span[1]));
        let across = -last.project(centre(first))[1];
        let spacing = if steps > 0.0 {
            across / steps
        } else {
            2.5 * first.height.clamp(0.8 * first.pitch, 1.2 * first.pitch)
        };
        let moved = |row: &Row, by: f32| Row {
            origin: offset(row.origin, row.down(), by),
            ..*row
        };
        let mut rows = vec![moved(first, -spacing)];
        rows.extend(&self.rows);
        rows.push(moved(last, spacing));
        Some(Self { rows })
    }
}
