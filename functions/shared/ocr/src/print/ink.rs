//! Dark marks on a light ground: which pixels are ink, and which of them hang together.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "pixel loops over one raster; sizes are below 2^16"
)]

use image::GrayImage;

/// A connected piece of ink. `right` and `bottom` are exclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blob {
    /// Least x.
    pub left: f32,
    /// Least y.
    pub top: f32,
    /// Greatest x + 1.
    pub right: f32,
    /// Greatest y + 1.
    pub bottom: f32,
    /// Pixels of ink.
    pub area: f32,
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

/// Rows of ink flags, one byte a pixel (1 = ink).
#[derive(Debug, Clone)]
pub(super) struct Ink {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) on: Vec<u8>,
}

/// Half the side of the neighbourhood a pixel is compared with.
const RADIUS: usize = 16;
/// How much darker than a flat neighbourhood ink must be (Sauvola's k).
const DARKER: f32 = 0.16;

impl Ink {
    /// Sauvola's threshold: darker than the neighbourhood, and the more so the flatter it is,
    /// so that faint background patterns stay out.
    pub(super) fn of(grey: &GrayImage) -> Self {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let pixels = grey.as_raw();
        let mut on = vec![0; width * height];
        let mut columns = vec![(0_u32, 0_u32); width];
        let row = |y: usize| &pixels[y * width..(y + 1) * width];
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
        Self { width, height, on }
    }

    /// Erases straight runs longer than `length` pixels across or down that are thin for their length:
    /// rules of tables, underlines, frames.
    pub(super) fn erase_rules(&mut self, length: usize) {
        let thick = length / 8;
        let (w, h) = (self.width, self.height);
        let mut rules = Vec::new();
        for y in 0..h {
            runs(
                w,
                length,
                |x| self.on[y * w + x] == 1,
                |a, b| rules.push((y * w + a, 1, b - a)),
            );
        }
        for x in 0..w {
            runs(
                h,
                length,
                |y| self.on[y * w + x] == 1,
                |a, b| rules.push((a * w + x, w, b - a)),
            );
        }
        let mut out = self.on.clone();
        for (start, step, count) in rules {
            for i in 0..count {
                let at = start + i * step;
                let (before, after) = self.depth(at, if step == 1 { w } else { 1 });
                // Where a letter's stroke crosses the rule the ink is deep: leave it.
                if before + after < thick {
                    out[at] = 0;
                }
            }
        }
        self.on = out;
    }

    /// Pixels of ink before and after `at`, walking by `step`, at most 24 either way.
    fn depth(&self, at: usize, step: usize) -> (usize, usize) {
        let before = (1..24)
            .take_while(|k| at >= k * step && self.on[at - k * step] == 1)
            .count();
        let after = (1..24)
            .take_while(|k| self.on.get(at + k * step) == Some(&1))
            .count();
        (before, after)
    }

    /// The connected pieces (8 neighbours), by runs and union-find.
    pub(super) fn blobs(&self) -> Vec<Blob> {
        let mut parents: Vec<u32> = Vec::new();
        let mut boxes: Vec<Blob> = Vec::new();
        let (mut above, mut here): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
        for y in 0..self.height {
            here.clear();
            let row = &self.on[y * self.width..(y + 1) * self.width];
            let mut first = 0;
            runs(
                self.width,
                1,
                |x| row[x] == 1,
                |a, b| {
                    while first < above.len() && above[first].1 < a {
                        first += 1;
                    }
                    let id = parents.len() as u32;
                    parents.push(id);
                    boxes.push(Blob {
                        left: a as f32,
                        top: y as f32,
                        right: b as f32,
                        bottom: (y + 1) as f32,
                        area: (b - a) as f32,
                    });
                    let touching = above[first..].iter().take_while(|run| run.0 <= b);
                    for run in touching {
                        join(&mut parents, run.2, id);
                    }
                    here.push((a, b, id));
                },
            );
            std::mem::swap(&mut above, &mut here);
        }
        merge(&mut parents, boxes)
    }
}

type Run = (usize, usize, u32);

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

/// Calls `found(start, end)` for each run of at least `least` positions where `on` holds.
fn runs(
    length: usize,
    least: usize,
    on: impl Fn(usize) -> bool,
    mut found: impl FnMut(usize, usize),
) {
    let mut i = 0;
    while i < length {
        if !on(i) {
            i += 1;
            continue;
        }
        let start = i;
        while i < length && on(i) {
            i += 1;
        }
        if i - start >= least {
            found(start, i);
        }
    }
}

fn root(parents: &mut [u32], mut i: u32) -> u32 {
    while parents[i as usize] != i {
        parents[i as usize] = parents[parents[i as usize] as usize];
        i = parents[i as usize];
    }
    i
}

fn join(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b) as usize] = a.min(b);
}

fn merge(parents: &mut [u32], mut boxes: Vec<Blob>) -> Vec<Blob> {
    for i in (0..boxes.len()).rev() {
        let parent = root(parents, i as u32) as usize;
        if parent != i {
            let child = boxes[i];
            let whole = &mut boxes[parent];
            whole.left = whole.left.min(child.left);
            whole.top = whole.top.min(child.top);
            whole.right = whole.right.max(child.right);
            whole.bottom = whole.bottom.max(child.bottom);
            whole.area += child.area;
        }
    }
    (0..boxes.len())
        .filter(|&i| parents[i] as usize == i)
        .map(|i| boxes[i])
        .collect()
}
