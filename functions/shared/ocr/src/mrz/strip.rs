//! A straight view of one line of text, of the height the net was trained on.
//!
//! Never here: what the net makes of it.

use image::GrayImage;

use super::net::{STRIP_HEIGHT, STRIP_STEP};
use super::row::{Row, offset};
use crate::homography::Homography;
use crate::raster::Pyramid;

/// Where the pixels of a strip lie on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Strip {
    /// From strip pixels to page pixels.
    pub to_page: Homography,
    /// Width in pixels.
    pub width: u32,
}

/// Heights of a capital that a strip along a row shows.
const ZOOM: f32 = 1.4;
/// Room left of the first and right of the last character, in characters.
pub(super) const MARGIN: f32 = 2.0;
/// Ink this near to the end of a strip goes on behind it, in columns of the net.
const CUT_OFF_COLUMNS: f32 = 5.0;
/// By how much a strip grows to find the rest, in characters.
const GROWTH: f32 = 8.0;
/// Longer strips than this are no line of a zone, pixels.
const WIDTH_MAX: f32 = 1600.0;

impl Strip {
    /// The strip along a row; `None` where it would be too long.
    pub fn along(row: &Row) -> Option<Self> {
        let down_px = ZOOM * row.height / strip_height();
        // Characters as wide as they are high, whatever the slant made of them.
        let right_px = ZOOM * row.pitch / strip_height();
        let from = row.span[0] - MARGIN * row.pitch;
        let length = row.span[1] + MARGIN * row.pitch - from;
        let width = whole_width(length / right_px)?;
        let down = row.strokes();
        let middle = row.at(from);
        let top = (strip_height() - 1.0) / 2.0 * down_px;
        Some(Self {
            to_page: Homography::affine(
                offset(middle, down, -top),
                row.along.map(|v| v * right_px),
                down.map(|v| v * down_px),
            ),
            width,
        })
    }

    /// The strip around a line of `length` characters of a document whose millimetres lie on the page by
    /// `to_page`; the first character's middle is at `first_mm`.
    pub fn of_line(
        to_page: &Homography,
        first_mm: [f32; 2],
        length: usize,
        zoom: f32,
    ) -> Option<Self> {
        let pitch_px = Self::pitch_px();
        let (right_mm, down_mm) = (
            super::geometry::PITCH_MM / pitch_px,
            zoom * super::geometry::CAPITAL_MM / strip_height(),
        );
        #[expect(clippy::cast_precision_loss, reason = "44 at most")]
        let width = whole_width((length as f32 - 1.0 + 2.0 * MARGIN) * pitch_px)?;
        let [x, y] = first_mm;
        let origin = [
            x - MARGIN * super::geometry::PITCH_MM,
            y - (strip_height() - 1.0) / 2.0 * down_mm,
        ];
        let to_mm = Homography::affine(origin, [right_mm, 0.0], [0.0, down_mm]);
        Some(Self {
            to_page: to_mm.then(to_page),
            width,
        })
    }

    /// Distance between characters on strips made by [`Strip::of_line`], pixels.
    pub fn pitch_px() -> f32 {
        strip_height() / 1.5
    }

    /// How far a row must grow at either end for ink at the strip's ends to be whole, in characters.
    pub fn cut_off(&self, [first, last]: [f32; 2]) -> Option<[f32; 2]> {
        #[expect(clippy::cast_precision_loss, reason = "1600 at most")]
        let columns = self.width as f32 / super::net::STRIDE as f32;
        let near = |columns: f32| {
            if columns < CUT_OFF_COLUMNS {
                GROWTH
            } else {
                0.0
            }
        };
        let growth = [near(first), near(columns - 1.0 - last)];
        growth.iter().any(|by| *by > 0.0).then_some(growth)
    }

    pub fn view(&self, page: &Pyramid) -> GrayImage {
        page.warp(&self.to_page, self.width, STRIP_HEIGHT)
    }

    /// The place on the page of a point on the strip's middle line.
    pub fn on_page(&self, x: f32) -> [f32; 2] {
        self.to_page.map([x, (strip_height() - 1.0) / 2.0])
    }
}

#[expect(clippy::cast_precision_loss, reason = "24")]
const fn strip_height() -> f32 {
    STRIP_HEIGHT as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and WIDTH_MAX"
)]
fn whole_width(width: f32) -> Option<u32> {
    (width > 0.0 && width < WIDTH_MAX).then(|| (width as u32).next_multiple_of(STRIP_STEP))
}
