//! A flat paper seen from anywhere: the projective map between paper and page.

#![expect(
    clippy::many_single_char_names,
    reason = "a 3 × 3 matrix by its letters"
)]

/// A projective map of the plane, row by row, scaled so that the last entry is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane([f64; 9]);

/// Corners or other points, x and y.
pub type Spot = [f32; 2];

impl Plane {
    /// The map that takes the rectangle 0,0 – `width`,`height` to `corners` (clockwise from the
    /// top left); `None` when three corners lie on a line.
    pub fn onto(width: f32, height: f32, corners: [Spot; 4]) -> Option<Self> {
        // Heckbert's closed form for the unit square, then scaled to the rectangle.
        let [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners.map(|spot| spot.map(f64::from));
        let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < 1e-9 {
            return None;
        }
        let g = (sx * dy2 - dx2 * sy) / area;
        let h = (dx1 * sy - sx * dy1) / area;
        let (width, height) = (f64::from(width), f64::from(height));
        Some(Self([
            (x1 - x0 + g * x1) / width,
            (x3 - x0 + h * x3) / height,
            x0,
            (y1 - y0 + g * y1) / width,
            (y3 - y0 + h * y3) / height,
            y0,
            g / width,
            h / height,
            1.0,
        ]))
    }

    /// Where a point of the paper is seen.
    #[expect(clippy::cast_possible_truncation, reason = "pixels fit a float")]
    pub fn map(&self, [x, y]: Spot) -> Spot {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let (x, y) = (f64::from(x), f64::from(y));
        let w = g * x + h * y + i;
        [
            ((a * x + b * y + c) / w) as f32,
            ((d * x + e * y + f) / w) as f32,
        ]
    }

    /// The map back (its adjugate; the scale does not matter).
    #[must_use]
    pub fn inverse(&self) -> Self {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        Self([
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ])
    }
}

/// The upright box around points: left, top, width, height.
pub fn bounds(spots: &[Spot]) -> [f32; 4] {
    let fold = |axis: fn(&Spot) -> f32, pick: fn(f32, f32) -> f32, start| {
        spots.iter().map(axis).fold(start, pick)
    };
    let left = fold(|[x, _]| *x, f32::min, f32::INFINITY);
    let top = fold(|[_, y]| *y, f32::min, f32::INFINITY);
    let right = fold(|[x, _]| *x, f32::max, f32::NEG_INFINITY);
    let bottom = fold(|[_, y]| *y, f32::max, f32::NEG_INFINITY);
    [left, top, right - left, bottom - top]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_go_to_corners_and_come_back() {
        let corners = [[10.0, 20.0], [210.0, 5.0], [230.0, 190.0], [0.0, 150.0]];
        let plane = Plane::onto(85.6, 54.0, corners).unwrap();
        let paper = [[0.0, 0.0], [85.6, 0.0], [85.6, 54.0], [0.0, 54.0]];
        for (spot, corner) in paper.into_iter().zip(corners) {
            let seen = plane.map(spot);
            let back = plane.inverse().map(seen);
            for axis in 0..2 {
                assert!(
                    (seen[axis] - corner[axis]).abs() < 1e-3,
                    "{seen:?} {corner:?}"
                );
                assert!((back[axis] - spot[axis]).abs() < 1e-3, "{back:?} {spot:?}");
            }
        }
    }

    #[test]
    fn a_paper_seen_edge_on_has_no_map() {
        let corners = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]];
        assert!(Plane::onto(1.0, 1.0, corners).is_none());
    }
}
