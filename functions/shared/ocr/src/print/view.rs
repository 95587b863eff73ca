//! A working copy of part of a page: scaled, and turned so that its text runs across.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of a raster are below 2^16"
)]

use casework::reading::Bounds;
use image::GrayImage;

use crate::homography::Homography;
use crate::raster::Pyramid;

/// The working copy and the way back to the page.
pub(super) struct View {
    /// What the finder looks at.
    pub(super) grey: GrayImage,
    to_page: Homography,
}

impl View {
    /// Looks at `area` of `page` so that its longer side has at most `side_max` pixels, and so that
    /// what climbs by `tilt` (radians, clockwise on the screen) lies level.
    pub(super) fn new(page: &Pyramid, area: Bounds, side_max: f32, tilt: f32) -> Self {
        let [left, top, width, height] = area;
        let step = (width.max(height) / side_max).max(1.0);
        let (sin, cos) = tilt.sin_cos();
        let w = ((width * cos.abs() + height * sin.abs()) / step)
            .round()
            .max(1.0);
        let h = ((width * sin.abs() + height * cos.abs()) / step)
            .round()
            .max(1.0);
        let (right, down) = ([cos * step, sin * step], [-sin * step, cos * step]);
        let middle = |axis: usize, from: f32, size: f32| {
            let half = [right, down].map(|d| d.get(axis).copied().unwrap_or(0.0) / 2.0);
            from + size / 2.0 - half[0] * (w - 1.0) - half[1] * (h - 1.0) - 0.5
        };
        let origin = [middle(0, left, width), middle(1, top, height)];
        let to_page = Homography::affine(origin, right, down);
        Self {
            grey: page.warp(&to_page, w as u32, h as u32),
            to_page,
        }
    }

    /// Where a point of the working copy lies on the page; both count pixel centres at .5.
    pub(super) fn on_page(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        self.to_page.map([x - 0.5, y - 0.5]).map(|v| v + 0.5)
    }
}
