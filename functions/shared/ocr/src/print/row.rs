//! A row of letters with its baseline and the height of its capitals.
#![expect(clippy::cast_precision_loss, reason = "counts of letters")]

use super::ink::Blob;

/// A straight row of print in a view. y grows downwards.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) letters: Vec<Blob>,
    /// Baseline: `y = offset + slope * x`.
    pub(super) offset: f32,
    pub(super) slope: f32,
    /// Height of its capitals, pixels.
    pub(super) capital: f32,
    /// What it is if that is wrong: small letters were taken for capitals, or what rises above them is of
    /// the line above and touches.
    pub(super) or_else: f32,
    pub(super) left: f32,
    pub(super) right: f32,
}

/// Pieces of one line may have letters of one another between them, so many of their heights deep,
/// where a face's hairlines have vanished and its letters are in pieces.
const OVERLAP: f32 = 3.0;
/// The steepest baseline left after the view was turned.
const SLOPE_MAX: f32 = 0.12;

impl Row {
    /// Fits a row to letters; `None` for no letters.
    pub(super) fn fit(letters: Vec<Blob>) -> Option<Self> {
        Self::fit_along(letters, None)
    }

    /// The same row where its slope is known from others.
    pub(super) fn leaning(&self, slope: f32) -> Option<Self> {
        let fitted = Self::fit_along(self.letters.clone(), Some(slope))?;
        Some(Self {
            left: self.left,
            right: self.right,
            ..fitted
        })
    }

    fn fit_along(letters: Vec<Blob>, slope: Option<f32>) -> Option<Self> {
        let heights: Vec<f32> = letters.iter().map(Blob::height).collect();
        let size = quantile(heights, 0.5)?;
        let left = letters.iter().map(|b| b.left).fold(f32::MAX, f32::min);
        let right = letters.iter().map(|b| b.right).fold(f32::MIN, f32::max);
        let (slope, offset) = baseline(&letters, size, right - left, slope)?;
        let rises: Vec<f32> = letters
            .iter()
            .map(|b| offset + slope * b.centre()[0] - b.top)
            .collect();
        let (capital, or_else) = capital(&rises)?;
        Some(Self {
            letters,
            offset,
            slope,
            capital,
            or_else,
            left,
            right,
        })
    }

    pub(super) fn base(&self, x: f32) -> f32 {
        self.offset + self.slope * x
    }

    /// How far a point lies above the baseline, in capitals.
    pub(super) fn rise(&self, [x, y]: [f32; 2]) -> f32 {
        (self.base(x) - y) / self.capital
    }

    /// Whether `other`, to the right of this, goes on in the same line.
    pub(super) fn goes_on(&self, other: &Self, gap_max: f32) -> bool {
        let tall = self.capital.max(other.capital);
        let gap = other.left - self.right;
        let joint = f32::midpoint(self.right, other.left);
        gap > -OVERLAP * tall
            && gap < gap_max * tall
            && tall < 1.45 * self.capital.min(other.capital)
            && (self.base(joint) - other.base(joint)).abs() < 0.3 * tall
    }
}

/// Slope and offset of the line on which most bottoms stand. Tails, commas and quotes are outvoted.
fn baseline(letters: &[Blob], size: f32, length: f32, known: Option<f32>) -> Option<(f32, f32)> {
    let feet: Vec<[f32; 2]> = letters
        .iter()
        .filter(|b| b.height() > 0.35 * size)
        .map(|b| [b.centre()[0], b.bottom])
        .collect();
    let near = (0.09 * size).max(1.0);
    let on = |slope: f32, offset: f32| {
        feet.iter()
            .filter(|p| (p[1] - slope * p[0] - offset).abs() <= near)
            .count()
    };
    let is_free = known.is_none() && length > 5.0 * size;
    let mut slopes = vec![known.unwrap_or(0.0)];
    if is_free {
        let step = (feet.len() / 12).max(1);
        for (i, a) in feet.iter().step_by(step).enumerate() {
            for b in feet.iter().step_by(step).skip(i + 1) {
                let slope = (b[1] - a[1]) / (b[0] - a[0]);
                if b[0] - a[0] > length / 3.0 && slope.abs() < SLOPE_MAX {
                    slopes.push(slope);
                }
            }
        }
    }
    let mut best: Option<(usize, f32, f32)> = None;
    for slope in slopes {
        for p in &feet {
            let offset = p[1] - slope * p[0];
            let votes = on(slope, offset);
            // Of two letters one may have a tail: the other stands on the line.
            let is_higher = |b: (usize, f32, f32)| (votes, slope) == (b.0, b.1) && offset < b.2;
            if best.is_none_or(|b| votes > b.0 || is_higher(b)) {
                best = Some((votes, slope, offset));
            }
        }
    }
    let (_, slope, offset) = best?;
    let standing: Vec<[f32; 2]> = feet
        .into_iter()
        .filter(|p| (p[1] - slope * p[0] - offset).abs() <= near)
        .collect();
    Some(refine(&standing, slope, offset, is_free))
}

/// Least squares through the feet that stand on the line.
fn refine(feet: &[[f32; 2]], slope: f32, offset: f32, tilted: bool) -> (f32, f32) {
    let n = feet.len() as f32;
    let mean_x = feet.iter().map(|p| p[0]).sum::<f32>() / n;
    let mean_y = feet.iter().map(|p| p[1]).sum::<f32>() / n;
    let spread: f32 = feet.iter().map(|p| (p[0] - mean_x).powi(2)).sum();
    let slope = if tilted && feet.len() >= 4 && spread > 0.0 {
        feet.iter()
            .map(|p| (p[0] - mean_x) * (p[1] - mean_y))
            .sum::<f32>()
            / spread
    } else {
        slope
    };
    if feet.is_empty() {
        (slope, offset)
    } else {
        (slope, mean_y - slope * mean_x)
    }
}

/// Capitals are about this much taller than small letters.
const CAPITAL_TO_SMALL: f32 = 1.37;

/// The height of capitals, from how high the letters rise, and the next likely one. Where some rise a third
/// above the most, the most are small letters.
fn capital(rises: &[f32]) -> Option<(f32, f32)> {
    let size = quantile(rises.to_vec(), 0.5)?;
    let body: Vec<f32> = rises.iter().copied().filter(|r| *r > 0.55 * size).collect();
    let votes = |at: f32| body.iter().filter(|r| (*r / at - 1.0).abs() < 0.09).count();
    let most = body
        .iter()
        .copied()
        .max_by_key(|&r| votes(r))
        .unwrap_or(size);
    let within = |low: f32, high: f32| -> Vec<f32> {
        body.iter()
            .copied()
            .filter(|r| *r > low * most && *r < high * most)
            .collect()
    };
    let usual = quantile(within(0.91, 1.1), 0.5).unwrap_or(most);
    let tall = within(1.22, 1.65);
    if tall.len() * 40 >= body.len()
        && let Some(height) = quantile(tall, 0.5)
    {
        return Some((height, usual));
    }
    Some((usual, CAPITAL_TO_SMALL * usual))
}

/// The value below which `share` of the values lie.
pub(super) fn quantile(mut values: Vec<f32>, share: f32) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let last = values.len().checked_sub(1)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 <= share <= 1"
    )]
    let at = (last as f32 * share).round() as usize;
    values.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters 20 tall and 12 wide on a level line at 100, those named with a tail.
    fn letters(count: usize, tails: &[usize]) -> Vec<Blob> {
        (0..count)
            .map(|at| {
                let left = 16.0 * at as f32;
                let tail = if tails.contains(&at) { 5.0 } else { 0.0 };
                Blob {
                    left,
                    top: 80.0,
                    right: left + 12.0,
                    bottom: 100.0 + tail,
                    area: 150.0,
                }
            })
            .collect()
    }

    #[test]
    fn tails_are_no_baseline() {
        for tails in [&[0][..], &[1]] {
            let row = Row::fit(letters(2, tails)).unwrap();
            assert_eq!((row.base(0.0), row.base(28.0)), (100.0, 100.0), "{tails:?}");
        }
        // A word whose slope its neighbours tell.
        let word = Row::fit(letters(7, &[0, 2])).unwrap();
        let level = word.leaning(0.0).unwrap();
        assert_eq!((level.base(0.0), level.base(108.0)), (100.0, 100.0));
        assert_eq!((level.left, level.right), (word.left, word.right));
    }
}
