//! Connected pieces of ink, by runs: each row's runs are joined to the row above.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "pixel loops: rows and labels are computed from the sides"
)]

use super::Ink;

/// One connected piece of ink (eight neighbours).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blob {
    /// First column.
    pub left: u32,
    /// First row.
    pub top: u32,
    /// Column behind the last.
    pub right: u32,
    /// Row behind the last.
    pub bottom: u32,
    /// Pixels of ink.
    pub area: u32,
}

impl Blob {
    /// Columns it spans.
    pub const fn width(&self) -> u32 {
        self.right - self.left
    }

    /// Rows it spans.
    pub const fn height(&self) -> u32 {
        self.bottom - self.top
    }

    /// Centre of its box, counted from the centre of the top left pixel.
    pub fn centre(&self) -> [f32; 2] {
        let middle = |from: u32, until: u32| (from + until) as f32 / 2.0 - 0.5;
        [middle(self.left, self.right), middle(self.top, self.bottom)]
    }

    fn join(&mut self, other: &Self) {
        self.left = self.left.min(other.left);
        self.top = self.top.min(other.top);
        self.right = self.right.max(other.right);
        self.bottom = self.bottom.max(other.bottom);
        self.area += other.area;
    }
}

/// A run of ink within a row, and the piece it belongs to.
#[derive(Clone, Copy)]
struct Run {
    from: u32,
    until: u32,
    label: u32,
}

/// Pieces that were met so far; joined ones point to an older one.
#[derive(Default)]
struct Pieces {
    parent: Vec<u32>,
    blobs: Vec<Blob>,
}

impl Pieces {
    fn root(&mut self, mut label: u32) -> u32 {
        while self.parent[label as usize] != label {
            let grandparent = self.parent[self.parent[label as usize] as usize];
            self.parent[label as usize] = grandparent;
            label = grandparent;
        }
        label
    }

    fn start(&mut self, blob: Blob) -> u32 {
        let label = self.parent.len() as u32;
        self.parent.push(label);
        self.blobs.push(blob);
        label
    }

    fn join(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.root(a), self.root(b));
        let (old, young) = (a.min(b), a.max(b));
        if old != young {
            self.parent[young as usize] = old;
            let other = self.blobs[young as usize];
            self.blobs[old as usize].join(&other);
        }
        old
    }
}

/// Every connected piece of ink, in the order of its first pixel.
pub fn blobs(ink: &Ink) -> Vec<Blob> {
    let mut pieces = Pieces::default();
    let (mut above, mut here): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for (y, row) in ink.pixels.chunks_exact(ink.width.max(1)).enumerate() {
        here.clear();
        let mut first = 0;
        for_each_run(row, |from, until| {
            while above.get(first).is_some_and(|run| run.until < from) {
                first += 1;
            }
            let blob = Blob {
                left: from,
                top: y as u32,
                right: until,
                bottom: y as u32 + 1,
                area: until - from,
            };
            let label = attach(&mut pieces, &above[first..], blob);
            here.push(Run { from, until, label });
        });
        std::mem::swap(&mut above, &mut here);
    }
    let roots = pieces.parent.iter().enumerate();
    roots
        .filter(|(label, parent)| *label as u32 == **parent)
        .map(|(label, _)| pieces.blobs[label])
        .collect()
}

/// Joins a run to every run above that touches it, diagonals included; a new piece if none does.
fn attach(pieces: &mut Pieces, above: &[Run], blob: Blob) -> u32 {
    let mut label = None;
    for run in above.iter().take_while(|run| run.from <= blob.right) {
        label = Some(match label {
            None => {
                let root = pieces.root(run.label);
                pieces.blobs[root as usize].join(&blob);
                root
            }
            Some(label) => pieces.join(label, run.label),
        });
    }
    label.unwrap_or_else(|| pieces.start(blob))
}

/// Calls `found(from, until)` for each run of ink; looks at eight pixels of ground at once.
fn for_each_run(row: &[u8], mut found: impl FnMut(u32, u32)) {
    let mut x = 0;
    while x < row.len() {
        if let Some(eight) = row[x..].first_chunk::<8>()
            && *eight == [0; 8]
        {
            x += 8;
            continue;
        }
        if row[x] == 0 {
            x += 1;
            continue;
        }
        let from = x;
        while row.get(x).is_some_and(|pixel| *pixel != 0) {
            x += 1;
        }
        found(from as u32, x as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Expected = (u32, u32, u32, u32, u32);

    fn drawn(rows: &[&str]) -> Ink {
        Ink {
            width: rows[0].len(),
            height: rows.len(),
            pixels: rows
                .iter()
                .flat_map(|row| row.bytes().map(|b| u8::from(b == b'#')))
                .collect(),
        }
    }

    #[test]
    fn pieces_join_over_corners_and_under_bridges() {
        let cases: [(&[&str], &[Expected]); 5] = [
            (&["....", "...."], &[]),
            (&["#..#", "#..#"], &[(0, 0, 1, 2, 2), (3, 0, 4, 2, 2)]),
            (&["#..#", "####"], &[(0, 0, 4, 2, 6)]),
            (&["#...", ".#..", "..#."], &[(0, 0, 3, 3, 3)]),
            (
                &["#.#.#........#", "#.#.#.........", "#####.......##"],
                &[(0, 0, 5, 3, 11), (13, 0, 14, 1, 1), (12, 2, 14, 3, 2)],
            ),
        ];
        for (rows, expected) in cases {
            let found: Vec<_> = blobs(&drawn(rows))
                .iter()
                .map(|b| (b.left, b.top, b.right, b.bottom, b.area))
                .collect();
            assert_eq!(found, expected, "{rows:?}");
        }
    }
}
