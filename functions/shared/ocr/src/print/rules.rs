//! Ruled lines, which are ink but no print: tables, underlines, frames.
#![expect(clippy::indexing_slicing, reason = "pixel loops over one raster")]

use crate::raster::Ink;

/// Erases straight runs of at least `length` pixels, across or down, that are thin for their length.
pub(super) fn erase(ink: &mut Ink, length: usize) {
    let thick = length / 8;
    let width = ink.width;
    let found = [(across(ink, length), width), (down(ink, length), 1)];
    let mut erased = Vec::new();
    for (rules, side_step) in found {
        for rule in rules {
            // Where a letter's stroke crosses the rule the ink is deep: it stays.
            erased.extend(rule.filter(|at| depth(ink, *at, side_step) < thick));
        }
    }
    for at in erased {
        ink.pixels[at] = 0;
    }
}

type Rule = std::iter::StepBy<std::ops::Range<usize>>;

fn across(ink: &Ink, length: usize) -> Vec<Rule> {
    let mut rules = Vec::new();
    let step = length.max(1);
    for (y, row) in ink.pixels.chunks_exact(ink.width.max(1)).enumerate() {
        // A run as long as this has a pixel at some multiple of its length.
        let mut at = step - 1;
        while at < row.len() {
            if row[at] == 1 {
                let start = row[..at].iter().rposition(|p| *p == 0).map_or(0, |x| x + 1);
                let end = row[at..]
                    .iter()
                    .position(|p| *p == 0)
                    .map_or(row.len(), |x| at + x);
                if end - start >= length {
                    rules.push((y * ink.width + start..y * ink.width + end).step_by(1));
                }
                at = end - end % step;
                at += step - 1;
            } else {
                at += step;
            }
        }
    }
    rules
}

fn down(ink: &Ink, length: usize) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut runs = vec![0_u16; ink.width];
    let ground = vec![0; ink.width];
    let long = u16::try_from(length).unwrap_or(u16::MAX);
    let rows = ink
        .pixels
        .chunks_exact(ink.width.max(1))
        .chain([&ground[..]]);
    for (y, row) in rows.enumerate() {
        let mut has_end = 0;
        for (run, pixel) in runs.iter().zip(row) {
            has_end |= u8::from(*run >= long) & (1 - pixel);
        }
        if has_end == 1 {
            for (x, run) in runs.iter().enumerate() {
                let run = usize::from(*run);
                if run >= length && row[x] == 0 {
                    rules.push(((y - run) * ink.width + x..y * ink.width + x).step_by(ink.width));
                }
            }
        }
        for (run, pixel) in runs.iter_mut().zip(row) {
            *run = run.saturating_add(1).wrapping_mul(u16::from(*pixel));
        }
    }
    rules
}

/// Pixels of ink on both sides of `at`, walking by `step`, at most 24 either way.
fn depth(ink: &Ink, at: usize, step: usize) -> usize {
    let on = |at: Option<usize>| at.and_then(|at| ink.pixels.get(at)) == Some(&1);
    let before = (1..24).take_while(|k| on(at.checked_sub(k * step))).count();
    let after = (1..24).take_while(|k| on(Some(at + k * step))).count();
    before + after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[&str]) -> Ink {
        Ink {
            width: rows[0].len(),
            height: rows.len(),
            pixels: rows
                .iter()
                .flat_map(|row| row.bytes().map(|b| u8::from(b == b'#')))
                .collect(),
        }
    }

    #[test]
    fn long_thin_runs_go_and_crossing_strokes_stay() {
        let table: [(&[&str], &[&str]); 4] = [
            (
                &["................", "################"],
                &["................", "................"],
            ),
            (
                &["...............", "###############"],
                &["...............", "###############"],
            ),
            (
                &[".#..............", ".#..............", "################"],
                &[".#..............", ".#..............", ".#.............."],
            ),
            (&["################"; 4], &["################"; 4]),
        ];
        for (before, after) in table {
            let mut ink = drawn(before);
            erase(&mut ink, 16);
            assert_eq!(ink, drawn(after), "{before:?}");
        }
    }

    #[test]
    fn rules_down_go_too() {
        let mut ink = drawn(&["..#."; 16]);
        erase(&mut ink, 16);
        assert_eq!(ink, drawn(&["...."; 16]));
    }
}
