//! What the net saw along a strip: for each half column, a probability per class.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "loops over arrays whose sides are set here"
)]

use super::course::Pitch;
use super::net::STRIDE;

/// Blank, then the 37 characters of a zone.
pub(super) const CLASSES: usize = 38;
/// The characters by class; class 0 is blank.
pub(super) const CHARACTERS: [char; CLASSES] = [
    '_', '<', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G',
    'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
];

/// Probabilities on a grid of half columns, smoothed over three of them.
#[derive(Debug, Clone)]
pub(super) struct Posterior {
    /// One row of classes per grid point.
    pub grid: Vec<[f32; CLASSES]>,
    /// Distance between characters, as their spacing shows it.
    pub pitch: Option<Pitch>,
    /// First and last inked column.
    pub inked: Option<[f32; 2]>,
    /// Columns in which a filler is likelier than not.
    pub fillers: usize,
    /// Mean probability of the likeliest character over the inked columns.
    pub sureness: f32,
    /// Share of the gaps between inked runs that are as wide as the middle one.
    pub evenness: f32,
}

const FILLER: usize = 1;

/// Grid points per strip pixel.
pub(super) const GRID_PER_PX: f32 = 2.0 / STRIDE as f32;

impl Posterior {
    /// Softmax over the classes of each column; `logits` is class after class.
    pub(super) fn from_logits(logits: &[f32], columns: usize) -> Self {
        let mut rows = vec![[0.0; CLASSES]; columns];
        for (class, line) in logits.chunks_exact(columns.max(1)).enumerate() {
            for (row, logit) in rows.iter_mut().zip(line) {
                row[class] = *logit;
            }
        }
        for row in &mut rows {
            softmax(row);
        }
        let inked: Vec<usize> = (0..columns).filter(|i| rows[*i][0] < 0.5).collect();
        let best = |i: &usize| rows[*i][1..].iter().copied().fold(0.0, f32::max);
        Self {
            pitch: pitch(&rows),
            evenness: evenness(&rows),
            inked: inked
                .first()
                .zip(inked.last())
                .map(|(first, last)| [*first as f32, *last as f32]),
            fillers: rows.iter().filter(|row| row[FILLER] > 0.5).count(),
            sureness: inked.iter().map(best).sum::<f32>() / inked.len().max(1) as f32,
            grid: smoothed(&rows),
        }
    }

    /// Where on the strip a grid point lies, pixels from the centre of the first one.
    pub(super) fn strip_x(point: usize) -> f32 {
        point as f32 / GRID_PER_PX + STRIDE as f32 / 2.0 - 0.5
    }

    /// The grid point at a place on the strip, pixels from the centre of the first one.
    pub(super) fn point(strip_x: f32) -> f32 {
        (strip_x + 0.5 - STRIDE as f32 / 2.0) * GRID_PER_PX
    }

    /// How much this looks like characters of a zone, 0 to 1: sure, and evenly apart.
    pub(super) fn likeness(&self) -> f32 {
        // Measured: zones have 0.77 and more, lines of text seldom 0.75.
        self.sureness * (0.6 + 0.4 * self.evenness)
    }

    /// Characters that the ink would hold, if there is any and its pitch is known.
    pub(super) fn length(&self) -> Option<f32> {
        let [first, last] = self.inked?.map(|column| 2.0 * column);
        Some((last - first) / self.pitch?.at(first.midpoint(last)) + 0.5)
    }

    /// The mean of two views of the same strip.
    pub(super) fn blend(&mut self, other: &Self) {
        for (row, other) in self.grid.iter_mut().zip(&other.grid) {
            for (value, other) in row.iter_mut().zip(other) {
                *value = (*value + other) / 2.0;
            }
        }
    }
}

fn softmax(row: &mut [f32; CLASSES]) {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for value in row.iter_mut() {
        *value = (*value - top).exp();
        sum += *value;
    }
    for value in row {
        *value /= sum;
    }
}

/// Distances between the middles of inked runs: their median, and how it grows along the strip.
fn pitch(rows: &[[f32; CLASSES]]) -> Option<Pitch> {
    // Middles in grid points; each gap stands at the middle of its two.
    let mut gaps: Vec<[f32; 2]> = middles(rows)
        .windows(2)
        .map(|pair| [pair[0].midpoint(pair[1]), pair[1] - pair[0]])
        .filter(|[_, gap]| (3.6..18.0).contains(gap))
        .collect();
    if gaps.len() < 10 {
        return None;
    }
    gaps.sort_by(|[_, a], [_, b]| a.total_cmp(b));
    let [_, median] = gaps[gaps.len() / 2];
    gaps.retain(|[_, gap]| (gap - median).abs() < 0.25 * median);
    let count = gaps.len() as f32;
    let mean = |axis: usize| gaps.iter().map(|gap| gap[axis]).sum::<f32>() / count;
    let (place, gap) = (mean(0), mean(1));
    let (spread, together) = gaps.iter().fold((0.0, 0.0), |(xx, xy), [x, y]| {
        (xx + (x - place).powi(2), xy + (x - place) * (y - gap))
    });
    let slope = if gaps.len() < SLOPE_GAPS_MIN || spread <= 0.0 {
        0.0
    } else {
        (together / spread).clamp(-SLOPE_MAX * gap, SLOPE_MAX * gap)
    };
    Some(Pitch {
        first: gap - slope * place,
        slope,
    })
}

/// Share of the gaps between inked runs that are within an eighth of the middle one.
fn evenness(rows: &[[f32; CLASSES]]) -> f32 {
    let mut gaps: Vec<f32> = middles(rows)
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .collect();
    if gaps.len() < 6 {
        return 0.0;
    }
    gaps.sort_by(f32::total_cmp);
    let median = gaps[gaps.len() / 2];
    let even = gaps
        .iter()
        .filter(|gap| (*gap - median).abs() < median / 8.0)
        .count();
    even as f32 / gaps.len() as f32
}

/// Fewer gaps say nothing about how they grow.
const SLOPE_GAPS_MIN: usize = 14;
/// The most that a pitch may grow a grid point, as a share of itself: a third over a line of 44.
const SLOPE_MAX: f32 = 0.001;

/// The middles of inked runs, in grid points.
fn middles(rows: &[[f32; CLASSES]]) -> Vec<f32> {
    let mut middles = Vec::new();
    let mut from = None;
    for (i, row) in rows.iter().chain([&BLANK]).enumerate() {
        match (row[0] < 0.5, from) {
            (true, None) => from = Some(i),
            (false, Some(start)) => {
                let (sum, moment) = (start..i).fold((0.0, 0.0), |(sum, moment), at| {
                    let ink = 1.0 - rows[at][0];
                    (sum + ink, moment + ink * 2.0 * at as f32)
                });
                middles.push(moment / sum);
                from = None;
            }
            _ => {}
        }
    }
    middles
}

const BLANK: [f32; CLASSES] = {
    let mut row = [0.0; CLASSES];
    row[0] = 1.0;
    row
};

/// Twice as many points, then the mean of three neighbours.
fn smoothed(rows: &[[f32; CLASSES]]) -> Vec<[f32; CLASSES]> {
    let Some(count) = (2 * rows.len()).checked_sub(1) else {
        return Vec::new();
    };
    let fine = |point: usize, class: usize| {
        let (a, b) = (point / 2, point.div_ceil(2));
        f32::midpoint(rows[a][class], rows[b][class])
    };
    (0..count)
        .map(|point| {
            let (before, after) = (point.saturating_sub(1), (point + 1).min(count - 1));
            std::array::from_fn(|class| {
                (fine(before, class) + fine(point, class) + fine(after, class)) / 3.0
            })
        })
        .collect()
}
