//! A line of fixed length out of a posterior: the best places for exactly so many characters.
//!
//! The length, what may stand where and an even pitch are known; so the best line is a
//! shortest path, and nothing is guessed greedily. Never here: check digits.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "dynamic programming over arrays whose sides are set here"
)]

use casework::mrz::seen::Alternative;

use super::allowed::Allowed;
use super::course::Course;
use super::posterior::{CHARACTERS, CLASSES, Posterior};

/// One character of a decoded line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub character: char,
    /// Its probability at its place, blank and forbidden characters counted.
    pub probability: f32,
    /// See [`casework::reading::MrzLine::margins`].
    pub margin: f32,
    /// See [`casework::reading::MrzLine::alternatives`].
    pub alternatives: Vec<Alternative>,
    /// Grid point of its middle.
    pub point: usize,
}

/// Probabilities below this are noise of the net; it also bounds the margins, to 6.9 nats.
const FLOOR: f32 = 1e-3;
/// Characters further behind the likeliest are not told of, nats: proof asks for 2 and 4 of them together.
const BEHIND_MAX: f32 = 6.0;
/// The least that a place is worth where a filler may stand: those are worn away first.
const FAINT: f32 = 1e-2;
/// How strongly a step off the pitch is held against a path, nats at a step twice as long.
const STEP_COST: f32 = 12.0;
/// Cost of a step with no blank half-way, nats: one broad character is not two.
const GAP_COST: f32 = 6.0;
/// Cost of ink left out before the first and behind the last character, nats a character.
const LEFT_OUT_COST: f32 = 1.2;

/// A line of fixed length as it was found in a posterior.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decoded {
    pub cells: Vec<Cell>,
    /// Characters that go on at the same pitch before the first and behind the last: the line
    /// has another length, or stands elsewhere.
    pub left_out: usize,
}

/// The best line with the given alphabets, one per character. `None` where the strip is too short for it.
pub(super) fn decode(
    posterior: &Posterior,
    course: Course,
    alphabets: &[Allowed],
) -> Option<Decoded> {
    let grid = &posterior.grid;
    let path = best_path(grid, course, alphabets)?;
    let (first, last) = (*path.first()?, *path.last()?);
    let cells = path.into_iter().zip(alphabets);
    Some(Decoded {
        cells: cells
            .map(|(point, alphabet)| cell(&grid[point], point, *alphabet))
            .collect(),
        left_out: goes_on(grid, first, -course.pitch.at(first as f32))
            + goes_on(grid, last, course.pitch.at(last as f32)),
    })
}

/// How many characters follow at `step` from a place, each where the one before leads to.
fn goes_on(grid: &[[f32; CLASSES]], from: usize, step: f32) -> usize {
    let reach = (0.3 * step.abs()) as i64;
    let mut at = from as f32;
    for count in 0..LEFT_OUT_MAX {
        let middle = (at + step).round() as i64;
        let next = (middle - reach..=middle + reach)
            .filter_map(|point| Some((point, grid.get(usize::try_from(point).ok()?)?[0])))
            .min_by(|(_, a), (_, b)| a.total_cmp(b));
        match next {
            Some((point, blank)) if blank < 0.4 => at = point as f32,
            _ => return count,
        }
    }
    LEFT_OUT_MAX
}

/// More characters than this tell nothing new.
const LEFT_OUT_MAX: usize = 8;

fn cell(row: &[f32; CLASSES], point: usize, alphabet: Allowed) -> Cell {
    let mut seen: Vec<(f32, char)> = row
        .iter()
        .copied()
        .zip(CHARACTERS)
        .skip(1)
        .filter(|(_, character)| alphabet.contains(*character))
        .collect();
    seen.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut seen = seen.into_iter();
    let (probability, character) = seen.next().unwrap_or((0.0, '<'));
    let behind = |other: f32| ((probability + FLOOR) / (other + FLOOR)).ln();
    let second = seen.as_slice().first().map_or(0.0, |(second, _)| *second);
    Cell {
        character,
        probability,
        margin: behind(second.max(row[0])).max(0.0),
        alternatives: seen
            .map(|(other, character)| Alternative {
                character,
                behind: behind(other),
            })
            .take_while(|other| other.behind < BEHIND_MAX)
            .collect(),
        point,
    }
}

/// Log-probability of the likeliest allowed character at each grid point.
fn emissions(grid: &[[f32; CLASSES]], alphabet: Allowed) -> Vec<f32> {
    let allowed: Vec<usize> = (1..CLASSES)
        .filter(|class| alphabet.contains(CHARACTERS[*class]))
        .collect();
    let floor = if alphabet.contains('<') { FAINT } else { FLOOR };
    grid.iter()
        .map(|row| {
            let best = allowed
                .iter()
                .map(|class| row[*class])
                .fold(floor, f32::max);
            best.ln()
        })
        .collect()
}

fn best_path(grid: &[[f32; CLASSES]], course: Course, alphabets: &[Allowed]) -> Option<Vec<usize>> {
    let pitches: Vec<f32> = (0..grid.len())
        .map(|point| course.pitch.at(point as f32).max(2.0))
        .collect();
    let least = pitches.iter().copied().fold(f32::INFINITY, f32::min);
    let most = pitches.iter().copied().fold(0.0, f32::max);
    let steps = (0.62 * least).max(2.0) as usize..=(1.45 * most).ceil() as usize;
    let pitch = least.midpoint(most);
    let mut ink = vec![0.0];
    ink.extend(grid.iter().scan(0.0, |sum, row| {
        *sum += 1.0 - row[0];
        Some(*sum)
    }));
    let no_gap: Vec<f32> = (0..grid.len())
        .map(|point| {
            let next = (point + 1).min(grid.len() - 1);
            GAP_COST * (1.0 - grid[point][0].max(grid[next][0]))
        })
        .collect();
    let half = (pitch / 2.0) as usize;
    let unit = LEFT_OUT_COST / pitch;
    let mut by_alphabet: Vec<(Allowed, Vec<f32>)> = Vec::new();
    let mut back: Vec<Vec<u16>> = Vec::with_capacity(alphabets.len());
    let mut score: Vec<f32> = (0..grid.len())
        .map(|point| -unit * ink[point.saturating_sub(half)])
        .collect();
    for (index, alphabet) in alphabets.iter().enumerate() {
        if !by_alphabet.iter().any(|(known, _)| known == alphabet) {
            by_alphabet.push((*alphabet, emissions(grid, *alphabet)));
        }
        let (_, emission) = by_alphabet.iter().find(|(known, _)| known == alphabet)?;
        if index > 0 {
            let (next, from) = advance(&score, &no_gap, steps.clone(), &pitches);
            score = next;
            back.push(from);
        }
        for (point, (value, emission)) in score.iter_mut().zip(emission).enumerate() {
            *value += emission - course.away(index, point);
        }
    }
    let total = ink[grid.len()];
    let end = (0..grid.len()).max_by(|a, b| {
        let rest =
            |point: usize| score[point] - unit * (total - ink[(point + half).min(grid.len())]);
        rest(*a).total_cmp(&rest(*b))
    })?;
    if score[end] < IMPOSSIBLE / 2.0 {
        return None;
    }
    let mut path = vec![end];
    for from in back.iter().rev() {
        let here = *path.last()?;
        path.push(here - usize::from(from[here]));
    }
    path.reverse();
    Some(path)
}

const IMPOSSIBLE: f32 = -1e9;

/// The best score on arriving at each point, and the step that brought it.
fn advance(
    score: &[f32],
    no_gap: &[f32],
    steps: std::ops::RangeInclusive<usize>,
    pitches: &[f32],
) -> (Vec<f32>, Vec<u16>) {
    let mut next = vec![IMPOSSIBLE; score.len()];
    let mut from = vec![0_u16; score.len()];
    for step in steps.filter(|step| *step < score.len()) {
        let arrivals = next[step..].iter_mut().zip(&mut from[step..]);
        let departures = score.iter().zip(&no_gap[step / 2..]);
        let pitches = pitches[step / 2..].iter();
        for (((value, from), (before, no_gap)), pitch) in arrivals.zip(departures).zip(pitches) {
            let cost = STEP_COST * (step as f32 / pitch - 1.0).powi(2);
            let score = before - cost - no_gap;
            if score > *value {
                *value = score;
                *from = step as u16;
            }
        }
    }
    (next, from)
}

#[cfg(test)]
mod tests {
    use casework::mrz::Alphabet;

    use super::super::course::Pitch;
    use super::*;

    /// A posterior with the given characters at the given points, each sure to `sure`.
    fn drawn(length: usize, ink: &[(usize, char, f32)]) -> Posterior {
        let mut grid = vec![[0.0; CLASSES]; length];
        for row in &mut grid {
            row[0] = 1.0;
        }
        for (point, character, sure) in ink {
            let class = CHARACTERS.iter().position(|c| c == character).unwrap();
            for (near, share) in [(point - 1, 0.8), (*point, 1.0), (point + 1, 0.8)] {
                grid[near][0] -= share * sure;
                grid[near][class] += share * sure;
            }
        }
        Posterior {
            grid,
            pitch: None,
            inked: None,
            fillers: 0,
            sureness: 1.0,
            evenness: 1.0,
        }
    }

    fn even(pitch: f32) -> Course {
        Course::anywhere(Pitch {
            first: pitch,
            slope: 0.0,
        })
    }

    fn text(line: &Decoded) -> String {
        line.cells.iter().map(|cell| cell.character).collect()
    }

    #[test]
    fn the_length_is_kept_and_an_unseen_character_takes_its_place() {
        let seen = drawn(
            80,
            &[
                (10, 'A', 0.9),
                (18, 'B', 0.9),
                (34, 'D', 0.9),
                (42, 'E', 0.9),
            ],
        );
        let any = [Alphabet::Any.into(); 5];
        let cells = decode(&seen, even(8.0), &any).unwrap();
        assert_eq!(text(&cells).replace(cells.cells[2].character, "?"), "AB?DE");
        assert!(cells.cells[2].margin < 0.1 && cells.cells[1].margin > 2.0);
        assert_eq!(cells.cells[3].point, 34);
        // Four of the shortest steps, 4 points each, need 17.
        assert!(decode(&drawn(17, &[]), even(8.0), &any).is_some());
        assert!(decode(&drawn(16, &[]), even(8.0), &any).is_none());
    }

    #[test]
    fn an_alphabet_overrules_what_cannot_stand_there() {
        let mut seen = drawn(60, &[(10, 'O', 0.6), (18, 'O', 0.6)]);
        for (point, ..) in [(10, ()), (18, ())] {
            seen.grid[point][2] = 0.3;
        }
        let cells = decode(
            &seen,
            even(8.0),
            &[Alphabet::Letter.into(), Alphabet::Digit.into()],
        )
        .unwrap();
        assert_eq!(text(&cells), "O0");
        let blank = seen.grid[18][0];
        let expected = ((0.3 + FLOOR) / (blank + FLOOR)).ln().max(0.0);
        assert!((cells.cells[1].margin - expected).abs() < 1e-3);
    }

    #[test]
    fn ink_outside_the_line_is_left_out_only_where_it_must_be() {
        let ink: Vec<_> = (0..6).map(|i| (10 + 8 * i, 'K', 0.9)).collect();
        let cells = decode(&drawn(80, &ink), even(8.0), &[Alphabet::Any.into(); 6]).unwrap();
        let points: Vec<usize> = cells.cells.iter().map(|cell| cell.point).collect();
        assert_eq!(points, [10, 18, 26, 34, 42, 50]);
    }
}
