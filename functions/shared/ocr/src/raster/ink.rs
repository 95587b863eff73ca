//! Which pixels are ink: darker than the mean of their surroundings.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "pixel loops: rows and offsets are computed from the sides"
)]

use image::GrayImage;

/// One byte a pixel, 1 for ink and 0 for ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ink {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row after row.
    pub pixels: Vec<u8>,
}

/// Ink is what is darker by more than `delta` than the mean of the square of
/// `2 * radius + 1` pixels around it. At the edge the square is cut.
pub fn ink(page: &GrayImage, radius: u32, delta: u8) -> Ink {
    let (width, height) = (page.width() as usize, page.height() as usize);
    let radius = (radius as usize).min(width.max(height)).min(120);
    let raw = page.as_raw();
    let row = |y: usize| &raw[y * width..(y + 1) * width];
    let mut sums = vec![0_u16; width];
    for y in 0..radius.min(height) {
        add(&mut sums, row(y));
    }
    let mut pixels = vec![0_u8; width * height];
    let mut running = vec![0_u32; width + 1];
    for y in 0..height {
        if y + radius < height {
            add(&mut sums, row(y + radius));
        }
        if y > radius {
            subtract(&mut sums, row(y - radius - 1));
        }
        let rows = (y + radius).min(height - 1) + 1 - y.saturating_sub(radius);
        accumulate(&mut running, &sums);
        let to = &mut pixels[y * width..(y + 1) * width];
        mark(to, row(y), &running, radius, rows as i32, i32::from(delta));
    }
    Ink {
        width,
        height,
        pixels,
    }
}

fn add(sums: &mut [u16], row: &[u8]) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum = sum.wrapping_add(u16::from(*value));
    }
}

fn subtract(sums: &mut [u16], row: &[u8]) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum = sum.wrapping_sub(u16::from(*value));
    }
}

fn accumulate(running: &mut [u32], sums: &[u16]) {
    let mut total = 0;
    for (cell, sum) in running[1..].iter_mut().zip(sums) {
        total = u32::wrapping_add(total, u32::from(*sum));
        *cell = total;
    }
}

/// Marks one row; compares sums, so that no pixel costs a division.
fn mark(to: &mut [u8], row: &[u8], running: &[u32], radius: usize, rows: i32, delta: i32) {
    let width = row.len();
    let dark =
        |value: u8, sum: u32, area: i32| u8::from((i32::from(value) + delta) * area < sum as i32);
    let edge = radius.min(width);
    let inner = edge..width.saturating_sub(radius).max(edge);
    for x in (0..inner.start).chain(inner.end..width) {
        let (from, until) = (x.saturating_sub(radius), (x + radius + 1).min(width));
        let area = (until - from) as i32 * rows;
        to[x] = dark(row[x], running[until] - running[from], area);
    }
    let area = (2 * radius + 1) as i32 * rows;
    let inner_len = inner.len();
    if inner_len == 0 {
        return;
    }
    let (left, right) = (
        &running[..inner_len],
        &running[2 * radius + 1..][..inner_len],
    );
    let values = &row[inner.clone()];
    for (((pixel, value), left), right) in to[inner].iter_mut().zip(values).zip(left).zip(right) {
        *pixel = dark(*value, right - left, area);
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    /// The definition, pixel by pixel.
    fn plain(page: &GrayImage, radius: i64, delta: i64) -> Vec<u8> {
        let (w, h) = (i64::from(page.width()), i64::from(page.height()));
        let at = |x: i64, y: i64| i64::from(page.as_raw()[usize::try_from(y * w + x).unwrap()]);
        let mut out = Vec::new();
        for y in 0..h {
            for x in 0..w {
                let (mut sum, mut area) = (0, 0);
                for v in (y - radius).max(0)..=(y + radius).min(h - 1) {
                    for u in (x - radius).max(0)..=(x + radius).min(w - 1) {
                        sum += at(u, v);
                        area += 1;
                    }
                }
                out.push(u8::from((at(x, y) + delta) * area < sum));
            }
        }
        out
    }

    #[test]
    fn equals_its_definition_on_every_shape() {
        for (w, h, radius) in [
            (40, 30, 3),
            (9, 40, 6),
            (40, 5, 6),
            (7, 7, 15),
            (1, 1, 4),
            (31, 31, 15),
        ] {
            let page = GrayImage::from_fn(w, h, |x, y| {
                Luma([((x * 73 + y * 151 + x * y * 7) % 251) as u8])
            });
            let found = ink(&page, radius, 10);
            assert_eq!(
                found.pixels,
                plain(&page, i64::from(radius), 10),
                "{w}x{h} radius {radius}"
            );
        }
    }
}
