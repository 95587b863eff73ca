//! How far the strokes of a line lean: a document seen from the side shows its letters in italics.
//!
//! Upright strokes fill few columns; so the lean is the one that, taken back, leaves the
//! columns most unequal. Never here: which characters they are.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "loops over a view whose sides are known"
)]

use super::row::Row;
use super::tall::{TALL, TallView};
use crate::raster::Pyramid;

/// Rows of the view above and below its middle that hold the line.
const BAND: usize = 9;
/// Leans that are tried on either side, and how many make one column a row.
const STEPS: i32 = 12;
const STEPS_PER_COLUMN: f32 = 20.0;
/// By how much the columns must be more unequal for a line to be called leaning.
const GAIN_MIN: f32 = 1.03;

/// How far along a line its strokes go for a step down: the tangent of their lean, 0 where they stand.
pub(super) fn lean(page: &Pyramid, row: &Row) -> f32 {
    let upright = Row { lean: 0.0, ..*row };
    let view = TallView::of(page, &upright);
    let middle = TALL / 2;
    let strokes: Vec<(usize, f32, f32)> = view
        .strokes()
        .filter(|(_, y, rise)| y.abs_diff(middle) <= BAND && *rise > 0.0)
        .map(|(x, y, rise)| (x, y as f32 - middle as f32, rise))
        .collect();
    let inequality = |steps: i32| {
        let by = steps as f32 / STEPS_PER_COLUMN;
        let room = 2 * BAND;
        let mut columns = vec![0.0_f32; view.width() + 2 * room];
        for (x, y, rise) in &strokes {
            // The room keeps it positive, so that cutting off rounds: `round` is a call, and this is the loop.
            columns[(*x as f32 + room as f32 - by * y + 0.5) as usize] += rise;
        }
        columns.iter().map(|sum| sum * sum).sum::<f32>()
    };
    let still = inequality(0);
    let best_of = |best: (f32, i32), tried: &mut dyn Iterator<Item = i32>| {
        tried.fold(best, |best, steps| {
            let here = inequality(steps);
            if here > best.0 { (here, steps) } else { best }
        })
    };
    // Every third first, then those beside the best: inequality has one broad top.
    let coarse = best_of((still, 0), &mut (-STEPS..=STEPS).step_by(3));
    let near = coarse.1 - 2..=coarse.1 + 2;
    let (most, steps) = best_of(coarse, &mut near.filter(|steps| steps.abs() <= STEPS));
    if most > GAIN_MIN * still {
        view.lean(steps as f32 / STEPS_PER_COLUMN)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;

    /// Bars 20 px high and 16 px apart, each row of pixels moved along by `lean`.
    fn bars(lean: f32) -> (Pyramid, Row) {
        let page = GrayImage::from_fn(800, 100, |x, y| {
            let along = x as f32 - lean * (y as f32 - 50.0);
            let ink = (40..60).contains(&y) && along.rem_euclid(16.0) < 4.0;
            Luma([if ink { 30 } else { 220 }])
        });
        let row = Row {
            origin: [100.0, 49.5],
            along: [1.0, 0.0],
            span: [0.0, 600.0],
            pitch: 16.0,
            height: 20.0,
            lean: 0.0,
            count: 38,
            unevenness: 0.0,
        };
        (Pyramid::new(page), row)
    }

    #[test]
    fn a_lean_is_measured_either_way_and_from_either_end() {
        for tangent in [0.0, 0.2, -0.25, 0.4, -0.6_f32] {
            let (page, row) = bars(tangent);
            for row in [row, row.reversed()] {
                let measured = lean(&page, &row);
                assert!(
                    (measured - tangent).abs() < 0.06,
                    "{measured} for {tangent}"
                );
            }
        }
    }

    #[test]
    fn nothing_leans_nowhere() {
        let (_, row) = bars(0.0);
        let blank = Pyramid::new(GrayImage::from_pixel(800, 100, Luma([200])));
        assert!(lean(&blank, &row).abs() < f32::EPSILON);
    }
}
