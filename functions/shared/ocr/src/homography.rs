//! Projective maps of the plane: from millimetres of a document to pixels of a page, and back.
//!
//! Never here: pixels, or what is printed where.
#![expect(
    clippy::many_single_char_names,
    reason = "the letters of a matrix are its names"
)]

/// A projective map of the plane, `p -> (ax + by + c, dx + ey + f) / (gx + hy + 1)`.
///
/// ```
/// use ocr::homography::Homography;
///
/// let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
/// let tilted = [[10.0, 10.0], [20.0, 12.0], [19.0, 22.0], [9.0, 21.0]];
/// let map = Homography::from_points(&square, &tilted).ok_or("degenerate")?;
/// let [x, y] = map.map([1.0, 1.0]);
/// assert!((x - 19.0).abs() < 1e-3 && (y - 22.0).abs() < 1e-3);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homography {
    m: [[f64; 3]; 3],
}

/// The equations of a homography's eight unknowns, and their right-hand side.
type Normal = [[f64; 9]; 8];

impl Homography {
    /// The affine map `p -> origin + x * right + y * down`.
    pub fn affine(origin: [f32; 2], right: [f32; 2], down: [f32; 2]) -> Self {
        let ([ox, oy], [rx, ry], [dx, dy]) = (
            origin.map(f64::from),
            right.map(f64::from),
            down.map(f64::from),
        );
        Self {
            m: [[rx, dx, ox], [ry, dy, oy], [0.0, 0.0, 1.0]],
        }
    }

    /// The map that takes each point of `from` to its partner in `to`, exactly for four
    /// pairs and in the least-squares sense for more.
    ///
    /// `None` for fewer than four pairs, lists of different length, or a degenerate
    /// figure (three of four points on one line).
    pub fn from_points(from: &[[f32; 2]], to: &[[f32; 2]]) -> Option<Self> {
        if from.len() != to.len() || from.len() < 4 {
            return None;
        }
        // Hartley's normalisation: without it the equations lose half their digits.
        let (here, there) = (Self::normalising(from)?, Self::normalising(to)?);
        let mut normal = Normal::default();
        for (p, q) in from.iter().zip(to) {
            let [x, y] = here.map64(p.map(f64::from));
            let [u, v] = there.map64(q.map(f64::from));
            add_equation(&mut normal, [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
            add_equation(&mut normal, [0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
        }
        let [a, b, c, d, e, f, g, h] = solve(normal)?;
        let between = Self {
            m: [[a, b, c], [d, e, f], [g, h, 1.0]],
        };
        here.then(&between).then(&there.inverse()?).scaled()
    }

    /// Where a point goes.
    pub fn map(&self, point: [f32; 2]) -> [f32; 2] {
        #[expect(clippy::cast_possible_truncation, reason = "pixels fit an f32")]
        self.map64(point.map(f64::from)).map(|v| v as f32)
    }

    /// Whether parallels stay parallel.
    pub fn is_affine(&self) -> bool {
        let [.., [g, h, _]] = self.m;
        g == 0.0 && h == 0.0
    }

    /// The map back, `None` where the plane collapses to a line.
    pub fn inverse(&self) -> Option<Self> {
        let [[a, b, c], [d, e, f], [g, h, i]] = self.m;
        let adjugate = Self {
            m: [
                [e * i - f * h, c * h - b * i, b * f - c * e],
                [f * g - d * i, a * i - c * g, c * d - a * f],
                [d * h - e * g, b * g - a * h, a * e - b * d],
            ],
        };
        adjugate.scaled()
    }

    /// First this map, then `next`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let columns: [[f64; 3]; 3] =
            std::array::from_fn(|j| self.m.map(|row| row.get(j).copied().unwrap_or(0.0)));
        Self {
            m: next
                .m
                .map(|[p, q, r]| columns.map(|[x, y, z]| p * x + q * y + r * z)),
        }
    }

    /// How many units there one unit along x and one along y become at `point`.
    pub fn scale_at(&self, point: [f32; 2]) -> [f32; 2] {
        let [x, y] = point;
        let [ox, oy] = self.map(point);
        let length = |[px, py]: [f32; 2]| (px - ox).hypot(py - oy);
        [
            length(self.map([x + 1.0, y])),
            length(self.map([x, y + 1.0])),
        ]
    }

    /// The rows of the matrix, for a pixel loop that steps along one.
    pub(crate) const fn rows(&self) -> [[f64; 3]; 3] {
        self.m
    }

    fn map64(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [u, v, w] = self.m.map(|[a, b, c]| a * x + b * y + c);
        [u / w, v / w]
    }

    /// Moves points around the origin, at a mean distance of about one.
    fn normalising(points: &[[f32; 2]]) -> Option<Self> {
        #[expect(clippy::cast_precision_loss, reason = "a handful of points")]
        let count = points.len() as f64;
        let mean = |axis: usize| {
            points
                .iter()
                .filter_map(|p| p.get(axis))
                .map(|v| f64::from(*v))
                .sum::<f64>()
                / count
        };
        let (mx, my) = (mean(0), mean(1));
        let spread = points
            .iter()
            .map(|[x, y]| (f64::from(*x) - mx).hypot(f64::from(*y) - my))
            .sum::<f64>()
            / count;
        (spread.is_finite() && spread > f64::EPSILON).then(|| Self {
            m: [
                [1.0 / spread, 0.0, -mx / spread],
                [0.0, 1.0 / spread, -my / spread],
                [0.0, 0.0, 1.0],
            ],
        })
    }

    /// The same map with a last entry of one.
    fn scaled(&self) -> Option<Self> {
        let [_, _, [_, _, last]] = self.m;
        let m = self.m.map(|row| row.map(|v| v / last));
        m.iter()
            .flatten()
            .all(|v| v.is_finite())
            .then_some(Self { m })
    }
}

/// Adds one equation (eight coefficients and the right-hand side) to the normal equations.
fn add_equation(normal: &mut Normal, equation: [f64; 9]) {
    for (row, left) in normal.iter_mut().zip(equation) {
        for (cell, right) in row.iter_mut().zip(equation) {
            *cell += left * right;
        }
    }
}

/// Gauss–Jordan elimination with row pivoting.
#[expect(clippy::indexing_slicing, reason = "loops over a fixed 8 by 9 array")]
fn solve(mut a: Normal) -> Option<[f64; 8]> {
    for column in 0..8 {
        let pivot =
            (column..8).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs()))?;
        if a[pivot][column].abs() < 1e-9 {
            return None;
        }
        a.swap(column, pivot);
        let lead = a[column];
        for (_, row) in a.iter_mut().enumerate().filter(|(i, _)| *i != column) {
            let factor = row[column] / lead[column];
            for (cell, value) in row.iter_mut().zip(lead) {
                *cell -= factor * value;
            }
        }
    }
    Some(std::array::from_fn(|i| a[i][8] / a[i][i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [[f32; 2]; 4] = [[0.0, 0.0], [85.6, 0.0], [85.6, 54.0], [0.0, 54.0]];
    const SEEN: [[f32; 2]; 4] = [[120.0, 80.0], [900.0, 140.0], [860.0, 640.0], [90.0, 560.0]];

    fn close(a: [f32; 2], b: [f32; 2]) -> bool {
        (a[0] - b[0]).hypot(a[1] - b[1]) < 0.01
    }

    #[test]
    fn four_corners_go_where_they_were_seen_and_back() {
        let map = Homography::from_points(&SQUARE, &SEEN).unwrap();
        let back = map.inverse().unwrap();
        for (p, q) in SQUARE.into_iter().zip(SEEN) {
            assert!(close(map.map(p), q));
            assert!(close(back.map(q), p));
        }
    }

    #[test]
    fn more_pairs_average_out_an_error() {
        let truth = Homography::from_points(&SQUARE, &SEEN).unwrap();
        let from: Vec<[f32; 2]> = (0..60_u8)
            .map(|i| [f32::from(i % 10) * 9.0, f32::from(i / 10) * 10.0])
            .collect();
        let to: Vec<[f32; 2]> = from
            .iter()
            .enumerate()
            .map(|(i, p)| {
                truth
                    .map(*p)
                    .map(|v| v + if i % 2 == 0 { 0.3 } else { -0.3 })
            })
            .collect();
        let fitted = Homography::from_points(&from, &to).unwrap();
        let ([x, y], [u, v]) = (fitted.map([40.0, 25.0]), truth.map([40.0, 25.0]));
        assert!((x - u).hypot(y - v) < 0.3);
    }

    #[test]
    fn a_degenerate_figure_has_no_map() {
        let line = [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [3.0, 3.0]];
        for (from, to) in [
            (&line[..], &SEEN[..]),
            (&SQUARE[..3], &SEEN[..3]),
            (&SQUARE[..], &SEEN[..3]),
            (&[[1.0, 1.0]; 4][..], &SEEN[..]),
        ] {
            assert_eq!(Homography::from_points(from, to), None);
        }
    }

    #[test]
    fn maps_chain_in_order() {
        let shift = Homography::affine([5.0, 7.0], [1.0, 0.0], [0.0, 1.0]);
        let double = Homography::affine([0.0, 0.0], [2.0, 0.0], [0.0, 2.0]);
        assert!(close(shift.then(&double).map([1.0, 1.0]), [12.0, 16.0]));
        assert!(close(double.then(&shift).map([1.0, 1.0]), [7.0, 9.0]));
        assert!(close(double.scale_at([3.0, 3.0]), [2.0, 2.0]));
    }
}
