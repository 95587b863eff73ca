//! Rows of evenly spaced, equally large pieces of ink, at any angle: where lines of a zone may be.
//!
//! A zone is printed at a constant pitch, so a piece whose neighbours on both sides stand
//! opposite each other at the same distance belongs to a row; ordinary text seldom does.
//! Never here: which characters they are.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "loops over indices of the pieces themselves"
)]

use crate::raster::Blob;

mod fit;

/// A straight row of characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    /// A point on the middle line, pixels.
    pub origin: [f32; 2],
    /// Unit vector along it.
    pub along: [f32; 2],
    /// First and last character's middle, pixels along the line from `origin`.
    pub span: [f32; 2],
    /// Distance between characters, pixels.
    pub pitch: f32,
    /// Height of the capitals, pixels.
    pub height: f32,
    /// Pieces of ink on it.
    pub count: usize,
    /// How far along the line its strokes go for a step down, as a share of the step.
    pub lean: f32,
    /// Mean distance from an even pitch, as a share of it: 0 to 0.25, which is chance.
    pub unevenness: f32,
}

impl Row {
    /// The point `t` pixels along the line.
    pub fn at(&self, t: f32) -> [f32; 2] {
        offset(self.origin, self.along, t)
    }

    /// Unit vector across the line, downwards for a line read from left to right.
    pub const fn down(&self) -> [f32; 2] {
        let [x, y] = self.along;
        [-y, x]
    }

    /// The way its strokes go, one unit vector down and as far along as they lean.
    pub fn strokes(&self) -> [f32; 2] {
        offset(self.down(), self.along, self.lean)
    }

    /// Where a point lies, along and across.
    pub fn project(&self, point: [f32; 2]) -> [f32; 2] {
        let offset = [point[0] - self.origin[0], point[1] - self.origin[1]];
        let dot = |axis: [f32; 2]| axis[0] * offset[0] + axis[1] * offset[1];
        [dot(self.along), dot(self.down())]
    }

    /// How many characters fit between its ends.
    pub fn length(&self) -> f32 {
        (self.span[1] - self.span[0]) / self.pitch + 1.0
    }

    /// The same row read from the other end.
    pub fn reversed(&self) -> Self {
        Self {
            along: self.along.map(|v| -v),
            span: [-self.span[1], -self.span[0]],
            ..*self
        }
    }

    /// The same row, no more than so many characters in its middle.
    pub fn middle(&self, characters: f32) -> Self {
        let [from, until] = self.span;
        let half = (until - from).min(characters * self.pitch) / 2.0;
        let middle = from.midpoint(until);
        Self {
            span: [middle - half, middle + half],
            ..*self
        }
    }

    /// The same row, longer at either end by so many characters.
    pub fn grown(&self, [before, behind]: [f32; 2]) -> Self {
        Self {
            span: [
                self.span[0] - before * self.pitch,
                self.span[1] + behind * self.pitch,
            ],
            ..*self
        }
    }

    /// Whether this is a row of the same ink as a piece of one, and longer.
    pub fn runs_along(&self, piece: &Self) -> bool {
        let [from, until] = self.span;
        let on_it = |t: f32| {
            let [along, across] = self.project(piece.at(t));
            (from..=until).contains(&along) && across.abs() < SAME_LINE * self.height
        };
        piece.span.into_iter().all(on_it)
            && (self.pitch - piece.pitch).abs() < SAME_PITCH * self.pitch
    }

    /// The same row on a raster `factor` times as large.
    pub fn scaled(&self, factor: f32) -> Self {
        Self {
            origin: self.origin.map(|v| (v + 0.5) * factor - 0.5),
            span: self.span.map(|v| v * factor),
            pitch: self.pitch * factor,
            height: self.height * factor,
            ..*self
        }
    }
}

/// How far off a line its ink may be, in heights of a capital, and what its pitch may differ by, as a share.
const SAME_LINE: f32 = 0.3;
const SAME_PITCH: f32 = 0.08;

/// The point `by` unit vectors away from another.
pub(super) const fn offset([x, y]: [f32; 2], [dx, dy]: [f32; 2], by: f32) -> [f32; 2] {
    [x + by * dx, y + by * dy]
}

/// A piece of ink that may be a character.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    at: [f32; 2],
    width: f32,
    height: f32,
    /// The longer side.
    size: f32,
}

/// Sizes of characters that are looked for on one raster, in pixels of the longer side.
const SIZE_PX: std::ops::RangeInclusive<u32> = 6..=46;
/// Pieces a row must have.
const COUNT_MIN: usize = 8;

/// Every row on a raster, from its pieces of ink.
pub(super) fn rows(blobs: &[Blob]) -> Vec<Row> {
    let glyphs: Vec<Glyph> = blobs.iter().filter_map(glyph).collect();
    let mut rows: Vec<Row> = clusters(&glyphs)
        .into_iter()
        .flat_map(fit::rows_of)
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    fit::joined(rows)
}

fn glyph(blob: &Blob) -> Option<Glyph> {
    let (width, height) = (blob.width(), blob.height());
    let (long, short) = (width.max(height), width.min(height));
    let solid = blob.area * 8 >= width * height;
    (SIZE_PX.contains(&long) && long <= 7 * short && solid && blob.area >= 5).then(|| Glyph {
        at: blob.centre(),
        width: width as f32,
        height: height as f32,
        size: long as f32,
    })
}

/// Pieces that stand between two others, opposite and evenly, joined into clusters.
fn clusters(glyphs: &[Glyph]) -> Vec<Vec<Glyph>> {
    let shelves = Shelves::new(glyphs);
    let mut sets = Sets::new(glyphs.len());
    let mut near = Vec::new();
    for (i, glyph) in glyphs.iter().enumerate() {
        near.clear();
        shelves.for_each_near(glyph, |j| {
            if i != j && neighbours(glyph, &glyphs[j]) {
                near.push(j);
            }
        });
        for (n, &j) in near.iter().enumerate() {
            for &k in &near[n + 1..] {
                if opposite(glyph, &glyphs[j], &glyphs[k]) {
                    sets.join(i, j);
                    sets.join(i, k);
                }
            }
        }
    }
    let mut members: Vec<Vec<Glyph>> = vec![Vec::new(); glyphs.len()];
    for (i, glyph) in glyphs.iter().enumerate() {
        members[sets.root(i)].push(*glyph);
    }
    members.retain(|cluster| cluster.len() >= COUNT_MIN);
    members
}

fn neighbours(a: &Glyph, b: &Glyph) -> bool {
    let (small, large) = (a.size.min(b.size), a.size.max(b.size));
    let distance = (a.at[0] - b.at[0]).hypot(a.at[1] - b.at[1]);
    small >= 0.5 * large && (0.45 * large..1.75 * large).contains(&distance)
}

/// Whether `j` and `k` stand on opposite sides of `i`, about equally far.
fn opposite(i: &Glyph, j: &Glyph, k: &Glyph) -> bool {
    let v = |axis: usize| (j.at[axis] - i.at[axis], k.at[axis] - i.at[axis]);
    let ((jx, kx), (jy, ky)) = (v(0), v(1));
    let off = (jx + kx).hypot(jy + ky);
    let length = jx.hypot(jy).max(kx.hypot(ky));
    off < 0.42 * length
}

/// Pieces by square of the raster, so that near ones are found without looking at all.
struct Shelves {
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    order: Vec<u32>,
}

impl Shelves {
    const SIDE: f32 = 40.0;

    fn new(glyphs: &[Glyph]) -> Self {
        let most = |axis: usize| glyphs.iter().map(|g| g.at[axis]).fold(0.0, f32::max);
        let cells = |axis: usize| (most(axis) / Self::SIDE) as usize + 1;
        let (columns, rows) = (cells(0), cells(1));
        let place = |glyph: &Glyph| {
            let cell = |axis: usize| (glyph.at[axis].max(0.0) / Self::SIDE) as usize;
            cell(1) * columns + cell(0)
        };
        let mut starts = vec![0_u32; columns * rows + 1];
        for glyph in glyphs {
            starts[place(glyph) + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; glyphs.len()];
        for (i, glyph) in glyphs.iter().enumerate() {
            let slot = &mut next[place(glyph)];
            order[*slot as usize] = i as u32;
            *slot += 1;
        }
        Self {
            columns,
            rows,
            starts,
            order,
        }
    }

    /// Calls `found` for each piece on shelves within 1.75 sizes of twice the piece's own.
    fn for_each_near(&self, glyph: &Glyph, mut found: impl FnMut(usize)) {
        let reach = 3.5 * glyph.size;
        let range = |axis: usize, count: usize| {
            let from = ((glyph.at[axis] - reach).max(0.0) / Self::SIDE) as usize;
            let until = ((glyph.at[axis] + reach).max(0.0) / Self::SIDE) as usize;
            from..=until.min(count - 1)
        };
        for row in range(1, self.rows) {
            for column in range(0, self.columns) {
                let place = row * self.columns + column;
                let (from, until) = (self.starts[place] as usize, self.starts[place + 1] as usize);
                for i in &self.order[from..until] {
                    found(*i as usize);
                }
            }
        }
    }
}

/// Disjoint sets of indices.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row_of_blobs(count: usize, pitch: f32, angle: f32, origin: [f32; 2]) -> Vec<Blob> {
        (0..count)
            .map(|i| {
                let t = i as f32 * pitch;
                let (x, y) = (origin[0] + t * angle.cos(), origin[1] + t * angle.sin());
                let (left, top) = (x.round() as u32, y.round() as u32);
                Blob {
                    left,
                    top,
                    right: left + 10,
                    bottom: top + 16,
                    area: 70,
                }
            })
            .collect()
    }

    #[test]
    fn a_row_is_found_at_any_angle_with_its_pitch_and_ends() {
        for degrees in [-90_i16, -70, -20, -5, 0, 3, 20, 45, 89] {
            let angle = f32::from(degrees).to_radians();
            let found = rows(&row_of_blobs(30, 17.0, angle, [700.0, 700.0]));
            assert_eq!(found.len(), 1, "{degrees}");
            assert_eq!(found[0].count, 30, "{degrees}");
            assert!(
                (found[0].pitch - 17.0).abs() < 0.3,
                "{degrees}: {}",
                found[0].pitch
            );
            assert!((found[0].length() - 30.0).abs() < 0.7, "{degrees}");
            assert!(found[0].unevenness < 0.06, "{degrees}");
        }
    }

    #[test]
    fn lines_so_close_that_they_make_one_cluster_are_told_apart() {
        for lines in 2_u8..=4 {
            for (count, slope) in [(30, 0.05), (36, 0.0), (44, -0.04)] {
                let line = |line: u8| {
                    let origin = [400.0, 200.0 + f32::from(line) * 1.6 * 17.0];
                    row_of_blobs(count, 17.0, slope, origin)
                };
                let found = rows(&(0..lines).flat_map(line).collect::<Vec<_>>());
                assert_eq!(found.len(), usize::from(lines), "{count} at {slope}");
                assert!(found.iter().all(|row| row.count == count), "{count}");
            }
        }
    }

    #[test]
    fn a_gap_is_bridged_and_a_short_row_is_none() {
        let mut blobs = row_of_blobs(44, 17.0, 0.02, [50.0, 100.0]);
        blobs.drain(15..20);
        let found = rows(&blobs);
        assert_eq!(found.len(), 1);
        assert!((found[0].length() - 44.0).abs() < 0.7);
        assert!(rows(&row_of_blobs(7, 17.0, 0.0, [50.0, 100.0])).is_empty());
        assert_eq!(rows(&row_of_blobs(8, 17.0, 0.0, [50.0, 100.0])).len(), 1);
    }
}
