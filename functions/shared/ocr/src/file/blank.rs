//! Whether anything at all is printed on a page.

use image::GrayImage;

use crate::page::Page;
use crate::raster::shrunk;

/// The page is judged at this long side, pixels: scanner noise is averaged away, a letter of
/// 8-point print on A4 is still 6 pixels high.
const LONG_SIDE: u32 = 1000;
/// Shadows of the lid and the page's own edge stand in this share of each side.
const MARGIN: f32 = 0.04;
/// Background is looked for in squares of this side, so that tint and shading are no ink.
const TILE: usize = 40;
/// How much darker than its background ink is, of 255.
const INK_CONTRAST: u8 = 30;
/// Marks smaller than this are dust, pixels.
const DUST_AREA: usize = 4;
/// So few marks, so little ink, are stains and not a line of print.
const MARKS_MAX: usize = 3;
/// Share of the page that stains may take.
const STAINS_MAX: f32 = 0.000_5;

/// True for a page that shows paper (or a lens cap) and nothing else.
pub fn blank(page: &Page) -> bool {
    let (width, height) = page.grey.dimensions();
    let small = reduced(&page.grey, width, height);
    let columns = small.width() as usize;
    let (marks, pixels) = (marks(&mut ink(&small), columns), small.as_raw().len());
    let left: Vec<usize> = marks
        .iter()
        .filter(|mark| mark.area >= DUST_AREA && !mark.is_hole(&small) && !mark.is_edge(&small))
        .map(|mark| mark.area)
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "at most a million pixels")]
    let share = left.iter().sum::<usize>() as f32 / pixels.max(1) as f32;
    left.len() <= MARKS_MAX && share <= STAINS_MAX
}

/// Small, and without its margins.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "the sides of a page"
)]
fn reduced(grey: &GrayImage, width: u32, height: u32) -> GrayImage {
    let cut = |side: u32| (side as f32 * MARGIN) as u32;
    let (left, top) = (cut(width), cut(height));
    let (width, height) = (width - 2 * left, height - 2 * top);
    let columns = left as usize..(left + width) as usize;
    let rows = grey.as_raw().chunks_exact(grey.width().max(1) as usize);
    let rows = rows.skip(top as usize).take(height as usize);
    let rows: Vec<&[u8]> = rows.filter_map(|row| row.get(columns.clone())).collect();
    let inner = GrayImage::from_raw(width, height, rows.concat()).unwrap_or_default();
    let shrink = (width.max(height) as f32 / LONG_SIDE as f32).max(1.0);
    let side = |side: u32| ((side as f32 / shrink) as u32).max(1);
    shrunk(&inner, side(width), side(height))
}

/// True where a pixel is clearly darker than the paper around it, or than the page's paper.
fn ink(small: &GrayImage) -> Vec<bool> {
    let (columns, rows) = (small.width() as usize, small.height() as usize);
    let page_paper = paper(small.as_raw().iter());
    let mut ink = vec![false; columns * rows];
    let band = TILE * columns.max(1);
    for (pixels, ink) in small.as_raw().chunks(band).zip(ink.chunks_mut(band)) {
        for left in (0..columns).step_by(TILE) {
            let tile = left..(left + TILE).min(columns);
            let lines = || {
                pixels
                    .chunks_exact(columns)
                    .filter_map(|line| line.get(tile.clone()))
            };
            let tile_paper = paper(lines().flatten());
            // Shading is gradual; a tile far darker than the page is itself printed on.
            let dark = tile_paper.saturating_add(2 * INK_CONTRAST) < page_paper;
            let level = if dark { page_paper } else { tile_paper };
            for (line, ink) in lines().zip(ink.chunks_exact_mut(columns)) {
                let ink = ink.get_mut(tile.clone()).unwrap_or_default();
                for (pixel, ink) in line.iter().zip(ink) {
                    *ink = pixel.saturating_add(INK_CONTRAST) < level;
                }
            }
        }
    }
    ink
}

/// The level that three quarters of the pixels are at or below: paper, where there is any.
fn paper<'a>(values: impl Iterator<Item = &'a u8>) -> u8 {
    let mut counts = [0_usize; 256];
    let mut all = 0;
    for value in values {
        if let Some(count) = counts.get_mut(usize::from(*value)) {
            *count += 1;
        }
        all += 1;
    }
    let mut left = all * 3 / 4 + 1_usize;
    let level = counts.iter().position(|count| {
        left = left.saturating_sub(*count);
        left == 0
    });
    level.map_or(u8::MAX, |level| level.try_into().unwrap_or(u8::MAX))
}

/// One connected patch of ink.
struct Mark {
    area: usize,
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Mark {
    /// A punch hole: round, filled, as large as a hole in paper, near a long or short edge.
    fn is_hole(&self, page: &GrayImage) -> bool {
        let (columns, rows) = (page.width() as usize, page.height() as usize);
        let (width, height) = (self.right - self.left + 1, self.bottom - self.top + 1);
        let round = width * 4 <= height * 5 && height * 4 <= width * 5;
        let filled = self.area * 10 >= width * height * 6;
        let long = columns.max(rows);
        let sized = (long / 100..=long / 20).contains(&width);
        let near = |low: usize, high: usize, side: usize| low < side / 8 || high > side * 7 / 8;
        round
            && filled
            && sized
            && (near(self.left, self.right, columns) || near(self.top, self.bottom, rows))
    }

    /// A border or shadow: it touches an edge and stays within a tenth of the page of it.
    fn is_edge(&self, page: &GrayImage) -> bool {
        let (columns, rows) = (page.width() as usize, page.height() as usize);
        self.left == 0 && self.right < columns / 10
            || self.top == 0 && self.bottom < rows / 10
            || self.right + 1 == columns && self.left > columns * 9 / 10
            || self.bottom + 1 == rows && self.top > rows * 9 / 10
    }
}

/// Patches of ink connected by their sides; `ink` is used up.
fn marks(ink: &mut [bool], columns: usize) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    for start in 0..ink.len() {
        if ink.get_mut(start).is_none_or(|cell| !std::mem::take(cell)) {
            continue;
        }
        let (x, y) = (start % columns, start / columns);
        let mut mark = Mark {
            area: 0,
            left: x,
            top: y,
            right: x,
            bottom: y,
        };
        open.push(start);
        while let Some(cell) = open.pop() {
            let (x, y) = (cell % columns, cell / columns);
            mark.area += 1;
            mark.left = mark.left.min(x);
            mark.right = mark.right.max(x);
            mark.bottom = mark.bottom.max(y);
            let neighbours = [
                (x > 0).then(|| cell - 1),
                (x + 1 < columns).then_some(cell + 1),
                cell.checked_sub(columns),
                Some(cell + columns),
            ];
            for next in neighbours.into_iter().flatten() {
                if ink.get_mut(next).is_some_and(std::mem::take) {
                    open.push(next);
                }
            }
        }
        found.push(mark);
    }
    found
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, Luma};

    use super::*;

    const PAPER: u8 = 235;

    fn judged(draw: impl Fn(&mut GrayImage)) -> bool {
        let mut grey = GrayImage::from_fn(1654, 2339, |x, y| {
            // Noise of a scanner, and a tint that gets darker across the page.
            let noise = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)) % 17;
            let tint = x / 60;
            Luma([PAPER - u8::try_from(noise + tint).unwrap()])
        });
        draw(&mut grey);
        blank(&Page {
            number: 1,
            colour: DynamicImage::from(grey.clone()).into_rgb8(),
            grey,
            dpi: None,
            text_layer: None,
        })
    }

    fn fill(grey: &mut GrayImage, [left, top, width, height]: [u32; 4], value: u8) {
        for y in top..top + height {
            for x in left..left + width {
                grey.put_pixel(x, y, Luma([value]));
            }
        }
    }

    fn disc(grey: &mut GrayImage, [x, y, radius]: [u32; 3]) {
        for dy in 0..2 * radius {
            for dx in 0..2 * radius {
                let far = dx.abs_diff(radius).pow(2) + dy.abs_diff(radius).pow(2) > radius.pow(2);
                if !far {
                    grey.put_pixel(x + dx - radius, y + dy - radius, Luma([40]));
                }
            }
        }
    }

    /// Strokes as high as 10-point print at 200 dpi.
    fn word(grey: &mut GrayImage, letters: u32, value: u8) {
        for i in 0..letters {
            fill(grey, [800 + i * 18, 1200, 4, 20], value);
            fill(grey, [800 + i * 18, 1200, 12, 4], value);
        }
    }

    #[test]
    fn paper_alone_is_blank_and_print_is_not() {
        for (label, expected, draw) in [
            ("paper", true, (|_| {}) as fn(&mut GrayImage)),
            ("a dark border", true, |g| fill(g, [0, 0, 90, 2339], 30)),
            ("a shadow within the margin", true, |g| {
                fill(g, [0, 2300, 1654, 39], 60);
            }),
            ("punch holes", true, |g| {
                disc(g, [120, 900, 24]);
                disc(g, [120, 1500, 24]);
            }),
            ("a stain or two", true, |g| {
                fill(g, [500, 600, 8, 8], 150);
                fill(g, [900, 1600, 9, 6], 150);
            }),
            ("print showing through", true, |g| word(g, 30, PAPER - 40)),
            ("nothing but black", true, |g| {
                fill(g, [0, 0, 1654, 2339], 12);
            }),
            ("one short word", false, |g| word(g, 6, 60)),
            ("a stamp in the middle", false, |g| disc(g, [800, 1200, 60])),
            ("a photo", false, |g| fill(g, [400, 500, 700, 500], 110)),
        ] {
            assert_eq!(judged(draw), expected, "{label}");
        }
    }
}
