//! A view of a line that shows what lies above and below it too.
//!
//! Never here: what is looked for on it.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "loops over a view whose sides are set here"
)]

use image::GrayImage;

use super::row::{Row, offset};
use crate::homography::Homography;
use crate::raster::Pyramid;

/// Height of the view, pixels.
pub(super) const TALL: usize = 64;
/// Height of a capital on it.
const CAPITAL_PX: f32 = 16.0;
/// A step along costs so many pixels across, as on a strip that is read.
const COARSE: f32 = 1.5;

/// The surroundings of a row, one character longer than it at either end.
pub(super) struct TallView {
    pixels: GrayImage,
    /// Unit vector from one row of the view to the next.
    pub down: [f32; 2],
    /// Page pixels from one row of the view to the next.
    pub step: f32,
    /// Page pixels from one column to the next.
    along: f32,
}

impl TallView {
    pub fn of(page: &Pyramid, row: &Row) -> Self {
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
        Self {
            pixels: page.warp(&to_page, width, TALL as u32),
            down,
            step,
            along,
        }
    }

    pub fn width(&self) -> usize {
        self.pixels.width() as usize
    }

    /// Where strokes cross the rows of the view: column, row, and how steep the change of grey is.
    pub fn strokes(&self) -> impl Iterator<Item = (usize, usize, f32)> {
        let rows = self.pixels.as_raw().chunks_exact(self.width());
        rows.enumerate().take(TALL).flat_map(|(y, row)| {
            row.windows(3).enumerate().map(move |(x, three)| {
                let rise = (i16::from(three[2]) - i16::from(three[0])).unsigned_abs();
                (x + 1, y, f32::from(rise))
            })
        })
    }

    /// What a lean of one column a row is on the page.
    pub fn lean(&self, columns_a_row: f32) -> f32 {
        columns_a_row * self.along / self.step
    }
}
