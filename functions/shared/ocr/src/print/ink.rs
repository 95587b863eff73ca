//! Dark marks on a light ground: which pixels are ink, and which of them hang together.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "pixel loops over one raster; sizes are below 2^16"
)]

use image::GrayImage;

use crate::raster::{self, Ink};

/// A connected piece of ink as the finder wants it: in fractions of a pixel, since it may be mirrored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Blob {
    pub(super) left: f32,
    pub(super) top: f32,
    /// Exclusive, as `bottom`.
    pub(super) right: f32,
    pub(super) bottom: f32,
    /// Pixels of ink.
    pub(super) area: f32,
}

impl Blob {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn centre(&self) -> [f32; 2] {
        [
            f32::midpoint(self.left, self.right),
            f32::midpoint(self.top, self.bottom),
        ]
    }
}

impl From<raster::Blob> for Blob {
    fn from(blob: raster::Blob) -> Self {
        Self {
            left: blob.left as f32,
            top: blob.top as f32,
            right: blob.right as f32,
            bottom: blob.bottom as f32,
            area: blob.area as f32,
        }
    }
}

/// Half the side of the neighbourhood a pixel is compared with.
const RADIUS: usize = 16;
/// How much darker than a flat neighbourhood ink must be (Sauvola's k).
pub(super) const DARKER: f32 = 0.16;
/// The same for print on a ground whose own lines are dark.
pub(super) const BOLD: f32 = 0.5;

/// Sauvola's threshold: darker than the neighbourhood, and the more so the flatter it is,
/// so that faint background patterns stay out.
pub(super) fn ink(grey: &GrayImage, darker: f32) -> Ink {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let raw = grey.as_raw();
    let mut on = vec![0; width * height];
    let mut columns = Columns::of(width);
    let row = |y: usize| &raw[y * width..(y + 1) * width];
    for y in 0..height.min(RADIUS) {
        columns.enter(row(y));
    }
    for y in 0..height {
        if y + RADIUS < height {
            columns.enter(row(y + RADIUS));
        }
        if y > RADIUS {
            columns.leave(row(y - RADIUS - 1));
        }
        let rows = (y + RADIUS + 1).min(height) - y.saturating_sub(RADIUS);
        let to = &mut on[y * width..(y + 1) * width];
        columns.threshold(rows, darker, row(y), to);
    }
    Ink {
        width,
        height,
        pixels: on,
    }
}

/// Sums over the rows of a neighbourhood, column by column; added up from the left they tell the sum of any of its
/// squares as a difference, which holds though they run over.
struct Columns {
    sums: Vec<u32>,
    squares: Vec<u32>,
    sums_before: Vec<u32>,
    squares_before: Vec<u32>,
}

impl Columns {
    fn of(width: usize) -> Self {
        Self {
            sums: vec![0; width],
            squares: vec![0; width],
            sums_before: vec![0; width + 1],
            squares_before: vec![0; width + 1],
        }
    }

    fn enter(&mut self, row: &[u8]) {
        for ((sum, square), &pixel) in self.sums.iter_mut().zip(&mut self.squares).zip(row) {
            let pixel = u32::from(pixel);
            *sum = sum.wrapping_add(pixel);
            *square = square.wrapping_add(pixel.wrapping_mul(pixel));
        }
    }

    fn leave(&mut self, row: &[u8]) {
        for ((sum, square), &pixel) in self.sums.iter_mut().zip(&mut self.squares).zip(row) {
            let pixel = u32::from(pixel);
            *sum = sum.wrapping_sub(pixel);
            *square = square.wrapping_sub(pixel.wrapping_mul(pixel));
        }
    }

    /// Says of each pixel of a row whether it is ink; its neighbourhoods are so many rows tall.
    fn threshold(&mut self, rows: usize, darker: f32, row: &[u8], on: &mut [u8]) {
        running(&self.sums, &mut self.sums_before);
        running(&self.squares, &mut self.squares_before);
        let width = row.len();
        let inner = RADIUS.min(width)..width.saturating_sub(RADIUS).max(RADIUS.min(width));
        for x in (0..inner.start).chain(inner.end..width) {
            let (from, to) = (x.saturating_sub(RADIUS), (x + RADIUS + 1).min(width));
            let sum = self.sums_before[to].wrapping_sub(self.sums_before[from]);
            let squares = self.squares_before[to].wrapping_sub(self.squares_before[from]);
            on[x] = is_ink(
                row[x],
                [sum, squares],
                1.0 / (rows * (to - from)) as f32,
                darker,
            );
        }
        let (count, side) = (inner.len(), 2 * RADIUS + 1);
        if count == 0 {
            return;
        }
        let share = 1.0 / (rows * side) as f32;
        let pixels = on[inner.clone()].iter_mut().zip(&row[inner]);
        let sums = self.sums_before.iter().zip(&self.sums_before[side..]);
        let squares = self.squares_before.iter().zip(&self.squares_before[side..]);
        for (((on, pixel), sum), squares) in pixels.zip(sums).zip(squares) {
            let (sum, squares) = (
                sum.1.wrapping_sub(*sum.0),
                squares.1.wrapping_sub(*squares.0),
            );
            *on = is_ink(*pixel, [sum, squares], share, darker);
        }
    }
}

/// Sums of all before each place.
fn running(values: &[u32], before: &mut [u32]) {
    let mut sum = 0_u32;
    for (before, value) in before[1..].iter_mut().zip(values) {
        sum = sum.wrapping_add(*value);
        *before = sum;
    }
}

/// One byte, by sums over a neighbourhood of which a pixel is that share. Without branches or divisions, so that
/// several pixels are asked at once.
#[expect(
    clippy::cast_possible_wrap,
    reason = "at most 33 by 33 squares of a byte"
)]
#[inline]
fn is_ink(pixel: u8, [sum, squares]: [u32; 2], share: f32, darker: f32) -> u8 {
    let (pixel, mean) = (f32::from(pixel), sum as i32 as f32 * share);
    let deviation = (squares as i32 as f32 * share - mean * mean)
        .max(0.0)
        .sqrt();
    let level = mean * (1.0 + darker * (deviation / 128.0 - 1.0));
    u8::from(pixel < mean * 0.98) & u8::from(pixel < level)
}
