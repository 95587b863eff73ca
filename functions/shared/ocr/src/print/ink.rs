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
const DARKER: f32 = 0.16;

/// Sauvola's threshold: darker than the neighbourhood, and the more so the flatter it is,
/// so that faint background patterns stay out.
pub(super) fn ink(grey: &GrayImage) -> Ink {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let raw = grey.as_raw();
    let mut on = vec![0; width * height];
    let mut columns = vec![(0_u32, 0_u32); width];
    let row = |y: usize| &raw[y * width..(y + 1) * width];
    for y in 0..height.min(RADIUS) {
        enter(&mut columns, row(y));
    }
    for y in 0..height {
        if y + RADIUS < height {
            enter(&mut columns, row(y + RADIUS));
        }
        if y > RADIUS {
            leave(&mut columns, row(y - RADIUS - 1));
        }
        let rows = (y + RADIUS + 1).min(height) - y.saturating_sub(RADIUS);
        threshold_row(&columns, rows, row(y), &mut on[y * width..(y + 1) * width]);
    }
    Ink {
        width,
        height,
        pixels: on,
    }
}

fn enter(columns: &mut [(u32, u32)], row: &[u8]) {
    for (c, &p) in columns.iter_mut().zip(row) {
        c.0 += u32::from(p);
        c.1 += u32::from(p) * u32::from(p);
    }
}

fn leave(columns: &mut [(u32, u32)], row: &[u8]) {
    for (c, &p) in columns.iter_mut().zip(row) {
        c.0 -= u32::from(p);
        c.1 -= u32::from(p) * u32::from(p);
    }
}

fn threshold_row(columns: &[(u32, u32)], rows: usize, row: &[u8], on: &mut [u8]) {
    let width = row.len();
    let (mut sum, mut squares) = (0_u32, 0_u32);
    for c in &columns[..width.min(RADIUS)] {
        sum += c.0;
        squares += c.1;
    }
    for x in 0..width {
        if let Some(c) = columns.get(x + RADIUS) {
            sum += c.0;
            squares += c.1;
        }
        if x > RADIUS {
            sum -= columns[x - RADIUS - 1].0;
            squares -= columns[x - RADIUS - 1].1;
        }
        let n = (rows * ((x + RADIUS + 1).min(width) - x.saturating_sub(RADIUS))) as f32;
        let mean = sum as f32 / n;
        let pixel = f32::from(row[x]);
        if pixel < mean * 0.98 {
            let deviation = (squares as f32 / n - mean * mean).max(0.0).sqrt();
            on[x] = u8::from(pixel < mean * (1.0 + DARKER * (deviation / 128.0 - 1.0)));
        }
    }
}
