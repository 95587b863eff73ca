//! Whether the lines of a zone stand under each other, column under column.
//!
//! A line read one cell off has sure characters and no check digit to tell, if it bears the names;
//! but its columns then stand a whole pitch beside those of the other lines.
//! Never here: which characters they are.

use super::decode::{Cell, Decoded};
use super::posterior::Posterior;
use super::strip::Strip;

/// What a line moved by a cell costs, in pitches of misalignment.
const MOVED_COST: f32 = 0.25;
/// Cells this near to the middle tell where it stands.
const NEAR: usize = 8;
/// Fewer sure cells than this tell nothing.
const CELLS_MIN: usize = 4;

/// By how many columns each line was read off, so that all stand under each other; no line by more than one.
pub(super) fn shifts(lines: &[(Strip, Decoded)]) -> Vec<i32> {
    let still = vec![0; lines.len()];
    let middles: Option<Vec<Middle>> = lines
        .iter()
        .map(|(strip, line)| middle(strip, line))
        .collect();
    let Some(middles) = middles else {
        return still;
    };
    let Some(places) = places(&middles) else {
        return still;
    };
    let combinations = 3_usize.pow(u32::try_from(lines.len()).unwrap_or(0));
    let moved = |combination: usize| -> Vec<i32> {
        (0..lines.len())
            .scan(combination, |rest, _| {
                let digit = *rest % 3;
                *rest /= 3;
                // Standing still comes first, so that of two equal answers it is taken.
                Some([0, 1, -1].get(digit).copied().unwrap_or(0))
            })
            .collect()
    };
    (0..combinations)
        .map(moved)
        .map(|shifts| (cost(&places, &shifts), shifts))
        .min_by(|(a, _), (b, _)| a.total_cmp(b))
        .map_or(still, |(_, shifts)| shifts)
}

/// The middle column of a line: where it is on the page, and the step from one column to the next.
struct Middle {
    at: [f32; 2],
    step: [f32; 2],
}

fn middle(strip: &Strip, line: &Decoded) -> Option<Middle> {
    let column = line.cells.len() / 2;
    let sure: Vec<(usize, &Cell)> = line
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.probability > 0.5)
        .collect();
    let near: Vec<(usize, &Cell)> = sure
        .iter()
        .copied()
        .filter(|(at, _)| at.abs_diff(column) <= NEAR)
        .collect();
    let cells = if near.len() < CELLS_MIN { sure } else { near };
    if cells.len() < CELLS_MIN {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "44 at most")]
    let points: Vec<(f32, f32)> = cells
        .iter()
        .map(|(at, cell)| (*at as f32, Posterior::strip_x(cell.point)))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "44 at most")]
    let (count, column) = (points.len() as f32, column as f32);
    let (at, x) = points.iter().fold((0.0, 0.0), |(at, x), point| {
        (at + point.0 / count, x + point.1 / count)
    });
    let (spread, together) = points.iter().fold((0.0, 0.0), |(spread, together), point| {
        let off = point.0 - at;
        (spread + off * off, together + off * (point.1 - x))
    });
    let pitch = together / spread;
    let here = x + pitch * (column - at);
    let ([ax, ay], [bx, by]) = (strip.on_page(here), strip.on_page(here + pitch));
    pitch.is_finite().then_some(Middle {
        at: [ax, ay],
        step: [bx - ax, by - ay],
    })
}

/// Where each middle lies beside the first line's, along and across, in pitches.
fn places(middles: &[Middle]) -> Option<Vec<[f32; 2]>> {
    let first = middles.first()?;
    let [ux, uy] = first.step;
    let square = ux * ux + uy * uy;
    (square > 0.0).then(|| {
        middles
            .iter()
            .map(|middle| {
                let ([x, y], [ox, oy]) = (middle.at, first.at);
                let (x, y) = (x - ox, y - oy);
                [(x * ux + y * uy) / square, (y * ux - x * uy) / square]
            })
            .collect()
    })
}

/// How far the lines are from standing under each other: a slant costs little, a kink a lot.
fn cost(places: &[[f32; 2]], shifts: &[i32]) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "one at most")]
    let along: Vec<f32> = places
        .iter()
        .zip(shifts)
        .map(|([along, _], shift)| along - *shift as f32)
        .collect();
    let slant = match (along.first(), along.last(), places.last()) {
        (Some(first), Some(last), Some([_, across])) if across.abs() > 1.0 => {
            ((last - first) / across).abs()
        }
        _ => 0.0,
    };
    let kink: f32 = along
        .windows(3)
        .filter_map(|lines| lines.first_chunk::<3>())
        .map(|[above, middle, below]| (above - 2.0 * middle + below).abs())
        .sum();
    let moved = shifts.iter().filter(|shift| **shift != 0).count();
    #[expect(clippy::cast_precision_loss, reason = "three at most")]
    let moved = moved as f32 * MOVED_COST;
    slant + kink + moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_one_cell_off_is_told_from_a_slant() {
        let none = [0; 3];
        for (along, expected) in [
            ([0.0, 0.0, 0.0], none),
            ([0.0, 0.3, 0.6], none),
            ([0.0, 0.05, 1.0], [0, 0, 1]),
            ([0.0, -1.1, 0.1], [0, -1, 0]),
            ([0.0, 0.9, 1.05], [-1, 0, 0]),
        ] {
            let places = [[along[0], 0.0], [along[1], 2.5], [along[2], 5.0]];
            let best = [
                none,
                [0, 0, 1],
                [0, 0, -1],
                [0, 1, 0],
                [0, -1, 0],
                [1, 0, 0],
                [-1, 0, 0],
            ]
            .into_iter()
            .min_by(|a, b| cost(&places, a).total_cmp(&cost(&places, b)));
            assert_eq!(best, Some(expected), "{along:?}");
        }
    }
}
