//! Which way the lines of a document run, place by place.
//!
//! The lines of a photographed page converge, so one direction for all of them is wrong at its head or its
//! foot; and a short line cannot tell its own: a pixel more at one of its ends, carried on to a value at the
//! other side of the page, misses it by a line.

use super::row::{across, distance, dot};
use crate::line::TextLine;

/// A line that differs more from the others than this is none of them, radians.
const STRAY: f32 = 0.2;
/// Lines spread over less than this share of their page's height tell little of how they converge.
const SPREAD_MIN: f32 = 0.1;

/// The direction of the text of a document, by how far down its middle lies.
#[derive(Debug, Clone, Copy)]
pub struct Slant {
    common: [f32; 2],
    /// Where the lines lie on average, across the text.
    middle: f32,
    /// How far the lines there turn from the common direction, radians,
    turn: f32,
    /// and how much further for each pixel down.
    by_drop: f32,
}

impl Slant {
    /// Of some lines of one document. Long lines know better: each counts by the square of its length.
    pub fn of(lines: &[&TextLine]) -> Self {
        let common = common_direction(lines);
        let seen: Vec<[f32; 3]> = lines
            .iter()
            .filter_map(|line| {
                let own = direction(line);
                let turn = dot(own, across(common)).atan2(dot(own, common));
                let [tl, tr, ..] = line.corners;
                let weight = distance(tl, tr).powi(2);
                (turn.abs() < STRAY).then_some([weight, drop(line, common), turn])
            })
            .collect();
        let whole: f32 = seen.iter().map(|[weight, ..]| weight).sum();
        let mean = |of: &dyn Fn(f32, f32) -> f32| {
            let sum: f32 = seen.iter().map(|&[w, drop, turn]| w * of(drop, turn)).sum();
            sum / whole.max(f32::EPSILON)
        };
        let (middle, turn) = (mean(&|drop, _| drop), mean(&|_, turn| turn));
        let together = mean(&|drop, own| (drop - middle) * (own - turn));
        let spread = mean(&|drop, _| (drop - middle).powi(2));
        let drops = || seen.iter().map(|[_, drop, _]| *drop);
        let height = drops().fold(f32::MIN, f32::max) - drops().fold(f32::MAX, f32::min);
        let little = (SPREAD_MIN * height.max(1.0)).powi(2);
        Self {
            common,
            middle,
            turn,
            by_drop: together / (spread + little),
        }
    }

    /// The direction where a line lies, as a unit vector.
    pub fn at(&self, line: &TextLine) -> [f32; 2] {
        let drop = drop(line, self.common);
        let (sin, cos) = (self.turn + self.by_drop * (drop - self.middle)).sin_cos();
        let [x, y] = self.common;
        [x * cos - y * sin, x * sin + y * cos]
    }
}

/// The direction most of the text runs in, as a unit vector.
pub fn common_direction(lines: &[&TextLine]) -> [f32; 2] {
    // Long lines know better: each adds its whole length.
    unit(lines.iter().fold([0.0, 0.0], |sum, line| {
        let [x, y] = reach(line);
        [sum[0] + x, sum[1] + y]
    }))
}

/// The direction of one line, as a unit vector.
pub fn direction(line: &TextLine) -> [f32; 2] {
    unit(reach(line))
}

fn reach(line: &TextLine) -> [f32; 2] {
    let [tl, tr, br, bl] = line.corners;
    [tr[0] - tl[0] + br[0] - bl[0], tr[1] - tl[1] + br[1] - bl[1]]
}

/// How far down a line's middle lies.
fn drop(line: &TextLine, along: [f32; 2]) -> f32 {
    let down = line.corners.map(|corner| dot(corner, across(along)));
    down.into_iter().sum::<f32>() / 4.0
}

fn unit(vector: [f32; 2]) -> [f32; 2] {
    let length = vector[0].hypot(vector[1]);
    if length > f32::EPSILON {
        [vector[0] / length, vector[1] / length]
    } else {
        [1.0, 0.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::sketch;

    /// Lines that meet `far` pixels left of the page, at the height of its top; then a short one that lies awry.
    fn converging(far: f32) -> Vec<TextLine> {
        let sketch: String = (0..20).fold(String::new(), |all, at| {
            all + &format!("ЛИНИЯ ТЕКСТА @ 100,{},600,20\n", 100 + 40 * at)
        });
        let mut lines = sketch::lines(&sketch);
        for corner in lines.iter_mut().flat_map(|line| &mut line.corners) {
            corner[1] *= 1.0 + corner[0] / far;
        }
        lines
    }

    #[test]
    fn a_short_line_runs_as_its_neighbours_do() {
        for far in [6_000.0_f32, 30_000.0] {
            let mut lines = converging(far);
            let mut awry = lines[15].clone();
            awry.corners = [
                [100.0, 700.0],
                [180.0, 705.0],
                [180.0, 725.0],
                [100.0, 720.0],
            ];
            lines.push(awry.clone());
            let slant = Slant::of(&lines.iter().collect::<Vec<_>>());
            let [x, y] = slant.at(&awry);
            assert!((y / x - 700.0 / far).abs() < 0.012, "{far}: {}", y / x);
        }
    }

    #[test]
    fn nothing_runs_level() {
        let line = &sketch::lines("А @ 10,10,20,20")[0];
        let [x, y] = Slant::of(&[]).at(line);
        assert!((x - 1.0).abs() < 1e-6 && y.abs() < 1e-6);
    }
}
