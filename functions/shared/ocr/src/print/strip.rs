//! The picture of a line: 32 px high, capitals 18 px, baseline at 25, as the net wants it; or the same larger.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "sizes of a strip are below 2^16"
)]

use std::ops::Range;

use image::GrayImage;

use super::find::Quad;
use crate::raster::Bilinear;

/// Pixels of a strip for the net.
pub(super) const HEIGHT: usize = 32;
const BASELINE: f32 = 25.0;
/// Ground shown before and after the line.
const MARGIN: f32 = 10.0;
/// As far from its first letter and its last one a line ends for tesseract: blurred letters are wider than they seem.
const SKIRT: f32 = 4.0;
/// Grey between ink and ground counts for so much: tesseract read 50 of 54 values in a face with
/// hairlines at 3, 48 at 2 and 38 as they stood.
const DARKENING: f32 = 3.0;
/// The lighter quarter of the ground above a line, and of that below it, is so many deviations of the strip's pixels
/// lighter than the darker tenth of its letters: 1.9 or more for all but one in a thousand rows that were read, 2.8 for
/// most. On cards half of what is no print does not stand out so, on hurried photos of sheets a fifth.
const OUTSTANDING: f32 = 1.5;
/// Rows of the net's strip above all marks over capitals, and below all tails.
const ABOVE: Range<usize> = 0..4;
const BELOW: Range<usize> = 28..HEIGHT;
/// Longer lines than this are not lines.
const WIDTH_MAX: usize = 4096;

/// A line's pixels, row by row, and how to get back to the page.
pub(super) struct Strip {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<f32>,
    quad: Quad,
    /// Its pixels for one of the net's.
    scale: f32,
    /// Strip pixels from the line's left end to its right.
    length: f32,
}

impl Strip {
    /// Height of capitals, strip pixels.
    pub(super) const CAPITAL: f32 = 18.0;

    /// Cuts out the line between `quad`'s corners, `scale` times as large as the net wants it;
    /// `None` where they enclose nothing.
    pub(super) fn cut(page: &GrayImage, quad: Quad, scale: f32) -> Option<Self> {
        let [a, b, c, d] = quad;
        let tall = f32::midpoint(distance(a, d), distance(b, c));
        let long = f32::midpoint(distance(a, b), distance(d, c));
        let length = long / tall * Self::CAPITAL;
        let width = ((length + 2.0 * MARGIN) * scale / 4.0).ceil() as usize * 4;
        if !(tall >= 3.0 && length.is_finite() && width <= WIDTH_MAX) || page.is_empty() {
            return None;
        }
        let height = (HEIGHT as f32 * scale).round() as usize;
        let mut strip = Self {
            width,
            height,
            pixels: Vec::with_capacity(width * height),
            quad,
            scale,
            length,
        };
        let taps = (tall / Self::CAPITAL / scale).round().clamp(1.0, 4.0);
        for y in 0..height {
            let row = strip.sampled(page, y as f32, taps);
            strip.pixels.extend(row);
        }
        Some(strip)
    }

    /// Where a point of the strip lies on the page.
    fn on_page(&self, x: f32, y: f32) -> [f32; 2] {
        let (x, y) = (x / self.scale, y / self.scale);
        let across = (x - MARGIN) / self.length;
        let down = (y - (BASELINE - Self::CAPITAL)) / Self::CAPITAL;
        let [top_left, top_right, base_right, base_left] = self.quad;
        between(
            between(top_left, top_right, across),
            between(base_left, base_right, across),
            down,
        )
    }

    /// Whether a place along the strip belongs to the line, not to the margin before or after it.
    pub(super) fn within(&self, x: f32) -> bool {
        let x = x / self.scale;
        x > MARGIN - 1.5 && x < MARGIN + self.length + 1.5
    }

    /// Whether it looks like a line of print at all: darker than the ground above it and below it. The edge of a paper
    /// and the shades of a picture have such ground on one side.
    pub(super) fn stands_out(&self) -> bool {
        let n = self.pixels.len().max(1) as f32;
        let mean = self.pixels.iter().sum::<f32>() / n;
        let variance = self.pixels.iter().map(|p| (p - mean).powi(2)).sum::<f32>() / n;
        let ground = [ABOVE, BELOW].map(|rows| quantile(self.part(rows, 0), 0.75));
        let capitals = (BASELINE - Self::CAPITAL) as usize..BASELINE as usize;
        let letters = quantile(self.part(capitals, MARGIN as usize), 0.1);
        ground
            .iter()
            .all(|ground| ground - letters >= OUTSTANDING * (variance.sqrt() + 1.0))
    }

    /// Pixels of some of the rows of a strip for the net, without so many at either end.
    fn part(&self, rows: Range<usize>, margin: usize) -> Vec<f32> {
        let lines = self.pixels.chunks_exact(self.width.max(1));
        let lines = lines.skip(rows.start).take(rows.len());
        let inner = margin..self.width.saturating_sub(margin);
        lines
            .flat_map(|line| line.get(inner.clone()).unwrap_or_default())
            .copied()
            .collect()
    }

    /// How dark each column is where it is darkest between the tops of capitals and the baseline: 0 as the ground,
    /// 1 as ink.
    pub(super) fn darkness(&self) -> Vec<f32> {
        let (ink, ground) = (self.shade(0.03), self.shade(0.7));
        let mut darkest = vec![ground; self.width];
        for row in self.pixels.chunks_exact(self.width).skip(6).take(20) {
            for (column, pixel) in darkest.iter_mut().zip(row) {
                *column = column.min(*pixel);
            }
        }
        let depth = (ground - ink).max(f32::EPSILON);
        darkest
            .iter()
            .map(|pixel| (ground - pixel) / depth)
            .collect()
    }

    /// The strip as an image in which the hairlines of a face are as dark as its stems, and nothing stands before the
    /// line or behind it. Whatever stood there cost tesseract the certainty of its last letter: of 97 last letters of
    /// names that it read right with a margin below 2 nats, 4 have one since.
    pub(super) fn darkened(&self) -> Option<GrayImage> {
        let (ink, ground) = (self.shade(0.02), self.shade(0.75));
        let light = |pixel: &f32| ((pixel - ink) / (ground - ink).max(1.0)).clamp(0.0, 1.0);
        let shade = |pixel| (255.0 * f32::powf(light(pixel), DARKENING)).round() as u8;
        let mut pixels: Vec<u8> = self.pixels.iter().map(shade).collect();
        let before = ((MARGIN - SKIRT) * self.scale) as usize;
        let behind = ((MARGIN + self.length + SKIRT) * self.scale) as usize;
        for row in pixels.chunks_exact_mut(self.width.max(1)) {
            let (line, rest) = row.split_at_mut(behind.min(self.width));
            rest.fill(u8::MAX);
            line.iter_mut()
                .take(before)
                .for_each(|pixel| *pixel = u8::MAX);
        }
        GrayImage::from_raw(self.width as u32, self.height as u32, pixels)
    }

    /// The shade below which a share of its pixels lie.
    fn shade(&self, share: f32) -> f32 {
        quantile(self.pixels.clone(), share)
    }

    /// The upright box on the page around the capitals' band between two columns.
    pub(super) fn bounds(&self, left: f32, right: f32) -> [f32; 4] {
        let (top, base) = (
            (BASELINE - Self::CAPITAL) * self.scale,
            BASELINE * self.scale,
        );
        let corners = [(left, top), (right, top), (right, base), (left, base)]
            .map(|(x, y)| self.on_page(x, y));
        upright_box(&corners)
    }

    /// A row of pixels, each the mean of so many samples across and down.
    fn sampled(&self, page: &GrayImage, y: f32, taps: f32) -> Vec<f32> {
        let (page, count) = (Bilinear::of(page), taps as usize);
        let mut row = vec![0.0; self.width];
        for down in 0..count {
            // A row of the strip is a straight line on the page.
            let y = y + (down as f32 + 0.5) / taps;
            let (start, end) = (self.on_page(0.0, y), self.on_page(self.width as f32, y));
            let step = [0, 1].map(|axis| (end[axis] - start[axis]) / self.width as f32);
            for (x, pixel) in row.iter_mut().enumerate() {
                for across in 0..count {
                    let x = x as f32 + (across as f32 + 0.5) / taps;
                    // A page counts from its corner, samples from the middle of its first pixel.
                    *pixel += page.at(start[0] + step[0] * x - 0.5, start[1] + step[1] * x - 0.5);
                }
            }
        }
        for pixel in &mut row {
            *pixel /= taps * taps;
        }
        row
    }
}

/// The shade below which a share of the pixels lie; 0 for none.
fn quantile(mut pixels: Vec<f32>, share: f32) -> f32 {
    let last = pixels.len().saturating_sub(1);
    let at = (last as f32 * share).round() as usize;
    if pixels.is_empty() {
        return 0.0;
    }
    *pixels.select_nth_unstable_by(at, f32::total_cmp).1
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

/// The least upright box around a quadrangle.
fn upright_box(quad: &Quad) -> [f32; 4] {
    let [x, y] = [0, 1].map(|axis| {
        let values = quad.iter().filter_map(move |p| p.get(axis)).copied();
        (
            values.clone().fold(f32::MAX, f32::min),
            values.fold(f32::MIN, f32::max),
        )
    });
    [x.0, y.0, x.1 - x.0, y.1 - y.0]
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn print_is_darker_than_the_ground_above_it_and_below_it() {
        // Where a line of capitals may be: from 50 to 68 down, from 20 to 180 across.
        let quad = [[20.0, 50.0], [180.0, 50.0], [180.0, 68.0], [20.0, 68.0]];
        let is_letter =
            |x: u32, y: u32| (50..68).contains(&y) && (20..180).contains(&x) && x % 12 < 4;
        for (name, expected, dark) in [
            ("letters", true, is_letter as fn(u32, u32) -> bool),
            ("the edge of a paper below", false, |_, y| y >= 55),
            ("the edge of a paper above", false, |_, y| y < 60),
            ("nothing", false, |_, _| false),
            (
                "a short line on a paper that ends below it",
                true,
                |x, y| {
                    (50..68).contains(&y) && (20..100).contains(&x) && x % 12 < 4
                        || y >= 72 && x > 100
                },
            ),
        ] {
            let page =
                GrayImage::from_fn(220, 120, |x, y| Luma([if dark(x, y) { 60 } else { 200 }]));
            let strip = Strip::cut(&page, quad, 1.0).unwrap();
            assert_eq!(strip.stands_out(), expected, "{name}");
        }
    }

    #[test]
    fn tesseract_sees_nothing_before_a_line_and_behind_it() {
        // A line from 40 to 140 across, and dark marks close by at either end.
        let quad = [[40.0, 50.0], [140.0, 50.0], [140.0, 68.0], [40.0, 68.0]];
        let page = GrayImage::from_fn(200, 120, |x, _| {
            let is_dark = (32..35).contains(&x) || (145..148).contains(&x) || x == 90;
            Luma([if is_dark { 40 } else { 200 }])
        });
        for scale in [1.0, 1.6] {
            let strip = Strip::cut(&page, quad, scale).unwrap();
            let darkened = strip.darkened().unwrap();
            let dark = |at: f32| darkened.get_pixel((at * scale) as u32, 9).0[0] < 128;
            // Strip pixels: the line begins at 10, and the mark on it lies 50 further.
            assert_eq!(
                [3.5, 60.5, 116.5].map(dark),
                [false, true, false],
                "{scale}"
            );
        }
    }
}
