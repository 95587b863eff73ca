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

use image::GrayImage;

use super::row::{Row, offset};
use crate::homography::Homography;
use crate::raster::Pyramid;

/// Height of the tall view, pixels.
const TALL: usize = 64;
/// Height of a capital on it.
const CAPITAL_PX: f32 = 16.0;
/// Pieces of the line that are looked at on their own.
const PIECES: usize = 8;
/// Half the height of the band that holds the line.
const BAND: usize = 8;
/// Rows beside the band that must be empty.
const BESIDE: usize = 4;
/// A step along costs so many pixels across, as on a strip that is read.
const COARSE: f32 = 1.5;

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
    let step = row.height / CAPITAL_PX;
    let along = COARSE * row.pitch / CAPITAL_PX;
    let length = row.span[1] - row.span[0] + 2.0 * row.pitch;
    let width = (length / along).clamp(16.0, 1200.0) as u32;
    let down = row.down();
    let start = row.at(row.span[0] - row.pitch);
    let to_page = Homography::affine(
        offset(start, down, -(TALL as f32 - 1.0) / 2.0 * step),
        row.along.map(|v| v * along),
        down.map(|v| v * step),
    );
    let [middle, lean] = best(&scores(&page.warp(&to_page, width, TALL as u32)), reach);
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
fn scores(view: &GrayImage) -> [[f32; TALL]; PIECES] {
    let width = view.width() as usize;
    let mut strokes = [[0.0_f32; TALL]; PIECES];
    for (y, row) in view.as_raw().chunks_exact(width).enumerate().take(TALL) {
        for x in 1..width - 1 {
            let rise = (i16::from(row[x + 1]) - i16::from(row[x - 1])).unsigned_abs();
            strokes[x * PIECES / width][y] += f32::from(rise);
        }
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
