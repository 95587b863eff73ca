//! Where a line of text truly runs: its ink, looked for across a tall view of where it should be.
//!
//! A row is fitted to the middles of pieces, and fillers, worn strokes and a touch of a neighbour pull
//! it off; a row that was only guessed from its neighbours may lie beside the line altogether.
//! Never here: which characters they are.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "loops over a view whose sides are set here"
)]

use super::row::{Row, offset};
use super::tall::{TALL, TallView};
use crate::raster::Pyramid;

/// Pieces of the line that are looked at on their own.
const PIECES: usize = 8;
/// Half the height of the band that holds the line.
const BAND: usize = 8;
/// Rows beside the band that must be empty.
const BESIDE: usize = 4;

/// How far off a line may be, in heights of a capital.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Reach {
    /// It was fitted to pieces of ink.
    Fitted,
    /// It was guessed from its neighbours.
    Guessed,
}

/// The row along the ink that is nearest to the given one; the given one where there is none.
pub(super) fn centred(page: &Pyramid, row: &Row, reach: Reach) -> Row {
    let view = TallView::of(page, row);
    let (down, step) = (view.down, view.step);
    let [middle, lean] = best(&scores(&view), reach);
    let ends = [row.span[0] - row.pitch, row.span[1] + row.pitch];
    let at = |side: f32, t: f32| offset(row.at(t), down, (middle + side * lean) * step);
    let (from, until) = (at(-1.0, ends[0]), at(1.0, ends[1]));
    let apart = [until[0] - from[0], until[1] - from[1]];
    let far = apart[0].hypot(apart[1]);
    let centre = [from[0].midpoint(until[0]), from[1].midpoint(until[1])];
    let shift = ends[0].midpoint(ends[1]);
    Row {
        origin: offset(centre, apart.map(|v| v / far), -shift),
        along: apart.map(|v| v / far),
        ..*row
    }
}

/// For each piece of the line and each row of the view: strokes in the band around it over those beside it.
fn scores(view: &TallView) -> [[f32; TALL]; PIECES] {
    let mut strokes = [[0.0_f32; TALL]; PIECES];
    for (x, y, rise) in view.strokes() {
        strokes[x * PIECES / view.width()][y] += rise;
    }
    let all: f32 = strokes.iter().flatten().sum();
    let scale = 1.0 / (all / (TALL * PIECES) as f32).max(1.0);
    strokes.map(|piece| {
        let mean = |from: usize, until: usize| -> f32 {
            let rows = &piece[from.min(TALL)..until.min(TALL)];
            rows.iter().sum::<f32>() / rows.len().max(1) as f32
        };
        std::array::from_fn(|y| {
            let band = mean(y.saturating_sub(BAND), y + BAND + 1);
            let above = mean(y.saturating_sub(BAND + BESIDE), y.saturating_sub(BAND));
            let below = mean(y + BAND + 1, y + BAND + 1 + BESIDE);
            (band - above.midpoint(below)) * scale
        })
    })
}

/// The middle of the line and how far its end leans from it, pixels of the view from its middle row.
fn best(scores: &[[f32; TALL]; PIECES], reach: Reach) -> [f32; 2] {
    let (far, leaning) = match reach {
        Reach::Fitted => (6, 5),
        Reach::Guessed => (16, 6),
    };
    let half = TALL as i32 / 2;
    let score = |middle: i32, lean: i32| -> f32 {
        let sum: f32 = (0..PIECES)
            .map(|piece| {
                let side = 2 * piece as i32 + 1 - PIECES as i32;
                let y = half + middle + side * lean / PIECES as i32;
                scores[piece][(y as usize).min(TALL - 1)]
            })
            .sum();
        // Where nothing speaks for another place, the given one.
        sum - 0.02 * (middle.abs() + lean.abs()) as f32
    };
    let mut found = ([0.0, 0.0], score(0, 0));
    for middle in -far..=far {
        for lean in -leaning..=leaning {
            let here = score(middle, lean);
            if here > found.1 {
                found = ([middle as f32, lean as f32], here);
            }
        }
    }
    found.0
}
