//! A picture between its pixels: values of four, weighted by how near they are. Beyond its edge the edge goes on.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::many_single_char_names,
    reason = "pixel loops: offsets are held to the sides"
)]

use std::ops::Range;

use image::GrayImage;

use crate::homography::Homography;

/// A picture to sample.
#[derive(Debug, Clone, Copy)]
pub struct Bilinear<'a> {
    raw: &'a [u8],
    width: usize,
    height: usize,
}

/// A place along one axis, in 2^32nds of a pixel from the middle of the first.
type Fixed = i64;
const ONE: Fixed = 1 << 32;

impl<'a> Bilinear<'a> {
    /// Samples of `picture`, which must have a pixel at least.
    pub fn of(picture: &'a GrayImage) -> Self {
        Self {
            raw: picture.as_raw(),
            width: picture.width() as usize,
            height: picture.height() as usize,
        }
    }

    /// The value at a point, 0 to 255; (0, 0) is the middle of the top left pixel.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width - 1) as f32);
        let y = y.clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (p, q) = (x - left as f32, y - top as f32);
        let right = usize::from(left + 1 < self.width);
        let below = self.width * usize::from(top + 1 < self.height);
        let at = top * self.width + left;
        let value = |at: usize| f32::from(self.raw[at]);
        let upper = value(at) * (1.0 - p) + value(at + right) * p;
        let lower = value(at + below) * (1.0 - p) + value(at + below + right) * p;
        upper * (1.0 - q) + lower * q
    }

    /// The picture whose pixel (x, y) is this one at `map(x, y)`.
    pub fn warp(&self, map: &Homography, width: u32, height: u32) -> GrayImage {
        let mut out = GrayImage::new(width, height);
        let rows = out.as_mut().chunks_exact_mut(width.max(1) as usize);
        let [[a, b, c], [d, e, f], [g, h, i]] = map.rows();
        for (y, row) in rows.enumerate() {
            if map.is_affine() {
                let y = y as f64;
                let fixed = |v: f64| (v / i * ONE as f64) as Fixed;
                let start = [fixed(b * y + c), fixed(e * y + f)];
                self.along(start, [fixed(a), fixed(d)], row);
                continue;
            }
            let [x_start, y_start, w_start] =
                [[b, c], [e, f], [h, i]].map(|[v, w]| (v * y as f64 + w) as f32);
            let [across, down, away] = [a, d, g].map(|v| v as f32);
            for (x, pixel) in row.iter_mut().enumerate() {
                let x = x as f32;
                let w = 1.0 / (away * x + w_start);
                let at = self.at((across * x + x_start) * w, (down * x + y_start) * w);
                *pixel = (at + 0.5) as u8;
            }
        }
        out
    }

    /// Samples along a straight line: the first at `start`, each a `step` further.
    fn along(&self, start: [Fixed; 2], step: [Fixed; 2], row: &mut [u8]) {
        let is_inside = self.inside(start, step, row.len());
        let [mut x, mut y] = start;
        for (at, pixel) in row.iter_mut().enumerate() {
            *pixel = if is_inside.contains(&at) {
                self.between(x, y)
            } else {
                (self.at(float(x), float(y)) + 0.5) as u8
            };
            x = x.wrapping_add(step[0]);
            y = y.wrapping_add(step[1]);
        }
    }

    /// Which of so many samples surely lie between the middles of four pixels.
    fn inside(&self, start: [Fixed; 2], step: [Fixed; 2], count: usize) -> Range<usize> {
        let sides = [self.width, self.height];
        let axes = start.into_iter().zip(step).zip(sides);
        axes.fold(0..count, |range, ((start, step), side)| {
            let last = (side - 1) as f64;
            let (start, step) = (start as f64 / ONE as f64, step as f64 / ONE as f64);
            let (from, to) = if step == 0.0 {
                if (0.0..last).contains(&start) {
                    return range;
                }
                (0.0, 0.0)
            } else {
                let ends = [-start / step, (last - start) / step];
                (ends[0].min(ends[1]), ends[0].max(ends[1]))
            };
            // A float may be off by a little: what lies so near the edge is sampled with care.
            let from = range.start.max((from + 1.0).max(0.0) as usize);
            from..range.end.min((to - 1.0).max(0.0) as usize).max(from)
        })
    }

    /// The value between four pixels that are there.
    fn between(&self, x: Fixed, y: Fixed) -> u8 {
        let weight = |v: Fixed| ((v >> 24) & 0xff) as u32;
        let at = ((y >> 32) as usize)
            .wrapping_mul(self.width)
            .wrapping_add((x >> 32) as usize);
        let (upper, lower) = (&self.raw[at..], &self.raw[at.wrapping_add(self.width)..]);
        let (p, q) = (weight(x), weight(y));
        let across = |row: &[u8]| match row {
            [left, right, ..] => u32::from(*left)
                .wrapping_mul(256 - p)
                .wrapping_add(u32::from(*right).wrapping_mul(p)),
            _ => 0,
        };
        let down = across(upper)
            .wrapping_mul(256 - q)
            .wrapping_add(across(lower).wrapping_mul(q));
        (down.wrapping_add(1 << 15) >> 16) as u8
    }
}

fn float(v: Fixed) -> f32 {
    (v as f64 / ONE as f64) as f32
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn a_turned_view_is_what_each_of_its_points_is() {
        let page = GrayImage::from_fn(90, 70, |x, y| {
            Luma([((x * 37 + y * 91 + x * y) % 251) as u8])
        });
        let sampler = Bilinear::of(&page);
        for (origin, right, down) in [
            ([0.0, 0.0], [1.0, 0.0], [0.0, 1.0]),
            ([-4.0, 9.5], [1.3, 0.0], [0.0, 1.3]),
            ([20.0, -10.0], [0.8, 0.6], [-0.6, 0.8]),
            ([95.0, 75.0], [-1.0, 0.02], [-0.02, -1.0]),
        ] {
            let map = Homography::affine(origin, right, down);
            let view = sampler.warp(&map, 80, 60);
            for (x, y, pixel) in view.enumerate_pixels() {
                let [u, v] = map.map([x as f32, y as f32]);
                let there = sampler.at(u, v);
                assert!(
                    (f32::from(pixel.0[0]) - there).abs() <= 2.0,
                    "{origin:?} {x} {y}: {pixel:?} for {there}"
                );
            }
        }
    }
}
