//! One page at several sizes, and any view of it at the size that view needs.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixel loops: rows and offsets are computed from the sides"
)]

use image::{GrayImage, imageops};

use super::bilinear::Bilinear;
use crate::homography::Homography;

/// A page and its halves, quarters …, each pixel the mean of the four beneath it.
#[derive(Debug, Clone)]
pub struct Pyramid {
    levels: Vec<GrayImage>,
}

/// Levels are made while the longer side stays at least this long, in pixels.
const SIDE_MIN: u32 = 320;

impl Pyramid {
    /// Builds all levels; together a third of the page's own size.
    pub fn new(page: GrayImage) -> Self {
        let mut levels = vec![page];
        while let Some(last) = levels.last() {
            let (width, height) = last.dimensions();
            if width.max(height) / 2 < SIDE_MIN || width.min(height) < 4 {
                break;
            }
            levels.push(halve(last));
        }
        Self { levels }
    }

    /// The page itself.
    pub fn page(&self) -> &GrayImage {
        &self.levels[0]
    }

    /// Level 0 is the page, each further one half the size of the one before.
    pub fn levels(&self) -> &[GrayImage] {
        &self.levels
    }

    /// A view of the page: the pixel (x, y) of the result is the page at `to_page(x, y)`,
    /// both counted from the centre of the top left pixel. Beyond the edge the edge goes on.
    ///
    /// Taken from the level whose pixels are at most as large as the view's, so that
    /// a small view does not alias.
    pub fn warp(&self, to_page: &Homography, width: u32, height: u32) -> GrayImage {
        let centre = [width as f32 / 2.0, height as f32 / 2.0];
        let [right, down] = to_page.scale_at(centre);
        // Level n has pixels 2^n wide; bilinear sampling bridges a factor of about 1.5.
        let shrink = (right.max(down) / 1.5).max(1.0).log2().ceil();
        let level = (shrink as usize).min(self.levels.len() - 1);
        let side = f32::from(1_u16 << level);
        // The centre of pixel 0 of level n lies (2^n - 1) / 2 page pixels from that of the page.
        let offset = (1.0 / side - 1.0) / 2.0;
        let to_level = Homography::affine([offset; 2], [1.0 / side, 0.0], [0.0, 1.0 / side]);
        Bilinear::of(&self.levels[level]).warp(&to_page.then(&to_level), width, height)
    }
}

/// Half the size, each pixel the mean of four; an odd last row or column is dropped.
pub fn halve(source: &GrayImage) -> GrayImage {
    let (width, height) = ((source.width() / 2).max(1), (source.height() / 2).max(1));
    if source.width() < 2 || source.height() < 2 {
        return imageops::thumbnail(source, width, height);
    }
    let mut out = GrayImage::new(width, height);
    let rows = source.as_raw().chunks_exact(2 * source.width() as usize);
    for (to, from) in out.as_mut().chunks_exact_mut(width as usize).zip(rows) {
        let (upper, lower) = from.split_at(source.width() as usize);
        let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
        for (pixel, (above, below)) in to.iter_mut().zip(pairs) {
            let sum = u16::from(above[0])
                + u16::from(above[1])
                + u16::from(below[0])
                + u16::from(below[1]);
            *pixel = ((sum + 2) / 4) as u8;
        }
    }
    out
}

/// Twice the size, along smooth curves (Catmull-Rom): fine strokes stay apart.
pub fn doubled(source: &GrayImage) -> GrayImage {
    let (width, height) = (source.width() as usize, source.height() as usize);
    let mut wide = Vec::with_capacity(2 * width * height);
    let mut row = Vec::with_capacity(width + 4);
    for pixels in source.as_raw().chunks_exact(width.max(1)) {
        let (first, last) = (pixels[0], pixels[width - 1]);
        row.clear();
        row.extend([first; 2]);
        row.extend_from_slice(pixels);
        row.extend([last; 2]);
        for five in row.windows(5) {
            wide.push(quarter(five[3], five[2], five[1], five[0]));
            wide.push(quarter(five[1], five[2], five[3], five[4]));
        }
    }
    let row = |y: usize| &wide[2 * width * y.min(height - 1)..][..2 * width];
    let mut tall = Vec::with_capacity(4 * width * height);
    for y in 0..height {
        let five = [0, 1, 2, 3, 4].map(|k| row((y + k).saturating_sub(2)));
        for order in [[3, 2, 1, 0], [1, 2, 3, 4]] {
            let [a, b, c, d] = order.map(|k| five[k]);
            let columns = a.iter().zip(b).zip(c).zip(d);
            tall.extend(columns.map(|(((a, b), c), d)| quarter(*a, *b, *c, *d)));
        }
    }
    GrayImage::from_raw(2 * source.width(), 2 * source.height(), tall)
        .unwrap_or_else(|| source.clone())
}

/// A quarter of the way from the second to the third of four values.
#[inline]
fn quarter(a: u8, b: u8, c: u8, d: u8) -> u8 {
    let [a, b, c, d] = [i32::from(a), i32::from(b), i32::from(c), i32::from(d)];
    // Catmull-Rom at 1/4, in 128ths.
    ((-9 * a + 111 * b + 29 * c - 3 * d + 64) >> 7).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    fn slope(width: u32, height: u32) -> GrayImage {
        GrayImage::from_fn(width, height, |x, y| Luma([(x / 8 + y / 16) as u8]))
    }

    #[test]
    fn a_view_of_one_to_one_is_the_page() {
        let page = slope(640, 400);
        let view = Pyramid::new(page.clone()).warp(
            &Homography::affine([100.0, 50.0], [1.0, 0.0], [0.0, 1.0]),
            64,
            32,
        );
        let cut = imageops::crop_imm(&page, 100, 50, 64, 32).to_image();
        assert_eq!(view, cut);
    }

    #[test]
    fn a_shrunk_view_keeps_its_place() {
        let page = slope(1600, 1600);
        let pyramid = Pyramid::new(page.clone());
        assert_eq!(pyramid.levels().len(), 3);
        for step in [1.0_f32, 2.0, 4.0, 5.0] {
            let view = pyramid.warp(
                &Homography::affine([400.0, 400.0], [step, 0.0], [0.0, step]),
                100,
                100,
            );
            let at = (400.0 + 50.0 * step) as u32;
            let (seen, there) = (view.get_pixel(50, 50).0[0], page.get_pixel(at, at).0[0]);
            assert!(seen.abs_diff(there) <= 1, "step {step}: {seen} for {there}");
        }
    }

    #[test]
    fn a_doubled_page_keeps_its_place_and_its_strokes() {
        let slope = GrayImage::from_fn(60, 40, |x, y| Luma([(4 * x + y) as u8]));
        let twice = doubled(&slope);
        assert_eq!(twice.dimensions(), (120, 80));
        for (x, y) in [(10, 10), (11, 10), (101, 63), (60, 21)] {
            // Pixel 0 lies a quarter of a pixel before that of the page.
            let along = |at: u32| at as f32 / 2.0 - 0.25;
            let there = 4.0 * along(x) + along(y);
            let seen = f32::from(twice.get_pixel(x, y).0[0]);
            assert!((seen - there).abs() <= 1.5, "{x} {y}: {seen} for {there}");
        }
        let stroke = GrayImage::from_fn(9, 9, |x, _| Luma([if x == 4 { 0 } else { 200 }]));
        let row: Vec<u8> = doubled(&stroke)
            .rows()
            .nth(8)
            .unwrap()
            .map(|p| p.0[0])
            .collect();
        assert!(
            row[8] < 30 && row[9] < 30 && row[6] > 190 && row[11] > 190,
            "{row:?}"
        );
    }

    #[test]
    fn odd_and_tiny_sides_are_halved_too() {
        for (width, height, halved) in [(5, 7, (2, 3)), (1, 1, (1, 1)), (1, 9, (1, 4))] {
            assert_eq!(halve(&slope(width, height)).dimensions(), halved);
        }
    }

    #[test]
    fn beyond_the_edge_the_edge_goes_on() {
        let page = GrayImage::from_pixel(1, 1, Luma([77]));
        let view = Pyramid::new(page).warp(
            &Homography::affine([-3.0, -3.0], [1.0, 0.0], [0.0, 1.0]),
            8,
            8,
        );
        assert!(view.pixels().all(|p| p.0 == [77]));
    }
}
