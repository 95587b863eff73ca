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

/// A row this near to as long as a line of a zone may be one, in characters; ends may be worn.
const LENGTH_OFF_MAX: f32 = 2.0;
/// Characters of a line of a zone: TD1, TD2, TD3.
const LENGTHS: [f32; 3] = [30.0, 36.0, 44.0];

/// Every stack with its rows evened ([`Stack::evened`]): those as long as a zone first, then those with the
/// most pieces. A row belongs to one stack only.
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
    let mut stacks: Vec<Stack> = stacks.iter().map(Stack::evened).collect();
    stacks.sort_by_key(|stack| {
        let pieces: usize = stack.rows.iter().map(|row| row.count).sum();
        std::cmp::Reverse((stack.is_as_long_as_a_zone(), pieces))
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

    /// Whether its clearest row is as long as a line of a zone.
    fn is_as_long_as_a_zone(&self) -> bool {
        let length = self.rows.get(self.clearest()).map_or(0.0, Row::length);
        LENGTHS
            .iter()
            .any(|line| (length - line).abs() < LENGTH_OFF_MAX)
    }

    /// Each row with the ends that its neighbours show: lines of a zone are equally long, so a
    /// worn end of one is taken from the next.
    fn evened(&self) -> Self {
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

    /// The same rows with strokes that lean so far.
    pub fn leaning(&self, lean: f32) -> Self {
        let leaning = |row: &Row| Row { lean, ..*row };
        Self {
            rows: self.rows.iter().map(leaning).collect(),
        }
    }

    /// The row with most pieces of ink.
    pub fn clearest(&self) -> usize {
        let most = self
            .rows
            .iter()
            .enumerate()
            .max_by_key(|(_, row)| row.count);
        most.map_or(0, |(index, _)| index)
    }

    /// The stack with one more row above and one below, as far away as the rows next to them are from
    /// one another.
    pub fn extended(&self) -> Option<Self> {
        let (first, last) = (self.rows.first()?, self.rows.last()?);
        let moved = |row: &Row, by: f32| Row {
            origin: offset(row.origin, row.strokes(), by),
            ..*row
        };
        let above = self
            .rows
            .get(1)
            .map_or_else(|| usual_spacing(first), |second| across(first, second));
        let below = self
            .rows
            .iter()
            .rev()
            .nth(1)
            .map_or_else(|| usual_spacing(last), |before| across(before, last));
        let mut rows = vec![moved(first, -above)];
        rows.extend(&self.rows);
        rows.push(moved(last, below));
        Some(Self { rows })
    }
}

/// How far `below` lies under `above`, pixels.
fn across(above: &Row, below: &Row) -> f32 {
    let middle = |row: &Row| row.at(row.span[0].midpoint(row.span[1]));
    -below.project(middle(above))[1]
}

/// 6.35 mm, where a capital's 2.54 mm come to the row's height.
fn usual_spacing(row: &Row) -> f32 {
    2.5 * row.height.clamp(0.8 * row.pitch, 1.2 * row.pitch)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(x: f32, y: f32, lean: f32) -> Row {
        Row {
            origin: [x, y],
            along: [1.0, 0.0],
            span: [0.0, 600.0],
            pitch: 20.0,
            height: 20.0,
            lean,
            count: 30,
            unevenness: 0.0,
        }
    }

    fn origins(stack: &Stack) -> Vec<[f32; 2]> {
        stack.rows.iter().map(|row| row.origin).collect()
    }

    #[test]
    fn missed_rows_are_guessed_where_their_neighbours_put_them() {
        let cases = [
            // Nothing to measure: 6.35 mm.
            (
                vec![row(0.0, 100.0, 0.0)],
                vec![[0.0, 50.0], [0.0, 100.0], [0.0, 150.0]],
            ),
            // Lines that stand closer, and strokes that lean.
            (
                vec![row(0.0, 100.0, 0.5), row(20.0, 140.0, 0.5)],
                vec![[-20.0, 60.0], [0.0, 100.0], [20.0, 140.0], [40.0, 180.0]],
            ),
            // Each end by its own spacing.
            (
                [100.0, 140.0, 200.0].map(|y| row(0.0, y, 0.0)).to_vec(),
                [60.0, 100.0, 140.0, 200.0, 260.0]
                    .map(|y| [0.0, y])
                    .to_vec(),
            ),
        ];
        for (rows, expected) in cases {
            assert_eq!(origins(&Stack { rows }.extended().unwrap()), expected);
        }
        assert!(Stack { rows: Vec::new() }.extended().is_none());
    }
}
