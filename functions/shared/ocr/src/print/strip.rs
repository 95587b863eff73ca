//! The picture of a line as the net wants it: 32 px high, capitals 18 px, baseline at 25.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes of a strip are below 2^16"
)]

use image::GrayImage;

use super::find::Quad;
use super::view::bilinear;

pub(super) const HEIGHT: usize = 32;
const CAPITAL: f32 = 18.0;
const BASELINE: f32 = 25.0;
/// Ground shown before and after the line.
const MARGIN: f32 = 10.0;
/// Longer lines than this are not lines.
const WIDTH_MAX: usize = 4096;

/// A line's pixels, row by row, and how to get back to the page.
pub(super) struct Strip {
    pub(super) width: usize,
    pub(super) pixels: Vec<f32>,
    quad: Quad,
    /// Strip pixels from the line's left end to its right.
    length: f32,
}

impl Strip {
    /// Cuts out the line between `quad`'s corners; `None` where they enclose nothing.
    pub(super) fn cut(page: &GrayImage, quad: Quad) -> Option<Self> {
        let [a, b, c, d] = quad;
        let tall = f32::midpoint(distance(a, d), distance(b, c));
        let long = f32::midpoint(distance(a, b), distance(d, c));
        let length = long / tall * CAPITAL;
        let width = ((length + 2.0 * MARGIN) / 4.0).ceil() as usize * 4;
        if !(tall >= 3.0 && length.is_finite() && width <= WIDTH_MAX) || page.is_empty() {
            return None;
        }
        let mut strip = Self {
            width,
            pixels: Vec::with_capacity(width * HEIGHT),
            quad,
            length,
        };
        let taps = (tall / CAPITAL).round().clamp(1.0, 4.0);
        for y in 0..HEIGHT {
            for x in 0..width {
                strip
                    .pixels
                    .push(strip.sample(page, x as f32, y as f32, taps));
            }
        }
        Some(strip)
    }

    /// Where a point of the strip lies on the page.
    pub(super) fn on_page(&self, x: f32, y: f32) -> [f32; 2] {
        let across = (x - MARGIN) / self.length;
        let down = (y - (BASELINE - CAPITAL)) / CAPITAL;
        let [top_left, top_right, base_right, base_left] = self.quad;
        between(
            between(top_left, top_right, across),
            between(base_left, base_right, across),
            down,
        )
    }

    /// The upright box on the page around the capitals' band between two columns.
    pub(super) fn bounds(&self, left: f32, right: f32) -> [f32; 4] {
        let (top, base) = (BASELINE - CAPITAL, BASELINE);
        let corners = [(left, top), (right, top), (right, base), (left, base)]
            .map(|(x, y)| self.on_page(x, y));
        let least = |axis: usize| {
            corners
                .iter()
                .filter_map(|p| p.get(axis))
                .copied()
                .fold(f32::MAX, f32::min)
        };
        let most = |axis: usize| {
            corners
                .iter()
                .filter_map(|p| p.get(axis))
                .copied()
                .fold(f32::MIN, f32::max)
        };
        let (x, y) = (least(0), least(1));
        [x, y, most(0) - x, most(1) - y]
    }

    fn sample(&self, page: &GrayImage, x: f32, y: f32, taps: f32) -> f32 {
        let mut sum = 0.0;
        for j in 0..taps as usize {
            for i in 0..taps as usize {
                let at = self.on_page(x + (i as f32 + 0.5) / taps, y + (j as f32 + 0.5) / taps);
                sum += bilinear(page, at);
            }
        }
        sum / (taps * taps)
    }
}

fn between(from: [f32; 2], to: [f32; 2], share: f32) -> [f32; 2] {
    [
        from[0] + (to[0] - from[0]) * share,
        from[1] + (to[1] - from[1]) * share,
    ]
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}
