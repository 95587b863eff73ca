//! A working copy of part of a page: scaled, and turned so that its text runs across.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel loops over one raster; sizes are below 2^16"
)]

use casework::reading::Bounds;
use image::GrayImage;

/// The working copy and the way back to the page.
pub(super) struct View {
    /// What the finder looks at.
    pub(super) grey: GrayImage,
    centre: [f32; 2],
    /// Page pixels a working pixel steps, along and down.
    step: [[f32; 2]; 2],
}

impl View {
    /// Looks at `area` of `page` so that its longer side has at most `side_max` pixels, and so that
    /// what climbs by `tilt` (radians, clockwise on the screen) lies level.
    pub(super) fn new(page: &GrayImage, area: Bounds, side_max: f32, tilt: f32) -> Self {
        let [left, top, width, height] = area;
        let scale = (side_max / width.max(height)).min(1.0);
        let (sin, cos) = tilt.sin_cos();
        let w = ((width * cos.abs() + height * sin.abs()) * scale)
            .round()
            .max(1.0);
        let h = ((width * sin.abs() + height * cos.abs()) * scale)
            .round()
            .max(1.0);
        let mut view = Self {
            grey: GrayImage::new(w as u32, h as u32),
            centre: [left + width / 2.0, top + height / 2.0],
            step: [[cos / scale, sin / scale], [-sin / scale, cos / scale]],
        };
        view.sample(page);
        view
    }

    /// Where a point of the working copy lies on the page.
    pub(super) fn on_page(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let dx = x - self.grey.width() as f32 / 2.0;
        let dy = y - self.grey.height() as f32 / 2.0;
        [
            self.centre[0] + dx * self.step[0][0] + dy * self.step[1][0],
            self.centre[1] + dx * self.step[0][1] + dy * self.step[1][1],
        ]
    }

    fn sample(&mut self, page: &GrayImage) {
        let reach = (self.step[0][0].hypot(self.step[0][1])).round().max(1.0);
        let (width, height) = self.grey.dimensions();
        let mut out = Vec::with_capacity((width * height) as usize);
        let taps = reach as i32;
        for y in 0..height {
            for x in 0..width {
                let at = self.on_page([x as f32 + 0.5, y as f32 + 0.5]);
                out.push(average(page, at, taps));
            }
        }
        if let Some(grey) = GrayImage::from_raw(width, height, out) {
            self.grey = grey;
        }
    }
}

/// Bilinear value at a point (pixel centres at .5); outside, the nearest pixel's.
pub(super) fn bilinear(page: &GrayImage, [x, y]: [f32; 2]) -> f32 {
    let (width, height) = (page.width() as usize, page.height() as usize);
    let x = (x - 0.5).clamp(0.0, (width - 1) as f32);
    let y = (y - 0.5).clamp(0.0, (height - 1) as f32);
    let (left, top) = (x as usize, y as usize);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let right = (left + 1).min(width - 1);
    let below = (top + 1).min(height - 1);
    let raw = page.as_raw();
    let at = |x: usize, y: usize| f32::from(raw[y * width + x]);
    let upper = at(left, top) * (1.0 - fx) + at(right, top) * fx;
    let lower = at(left, below) * (1.0 - fx) + at(right, below) * fx;
    upper * (1.0 - fy) + lower * fy
}

/// One tap bilinear, several as a box around the point.
fn average(page: &GrayImage, [x, y]: [f32; 2], taps: i32) -> u8 {
    if taps <= 1 {
        return bilinear(page, [x, y]).round() as u8;
    }
    let (width, height) = (page.width() as i32, page.height() as i32);
    let (left, top) = (
        (x - taps as f32 / 2.0).round() as i32,
        (y - taps as f32 / 2.0).round() as i32,
    );
    let raw = page.as_raw();
    let mut sum = 0_u32;
    for v in top..top + taps {
        let row = v.clamp(0, height - 1) * width;
        for u in left..left + taps {
            sum += u32::from(raw[(row + u.clamp(0, width - 1)) as usize]);
        }
    }
    (sum / (taps * taps) as u32) as u8
}
