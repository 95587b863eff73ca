//! Where a document lies on a page: a projective frame.

use crate::homography::Homography;

/// Four corners on the page: top left, top right, bottom right, bottom left of the document as one reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Corners in page pixels.
    pub corners: [[f32; 2]; 4],
}

impl Frame {
    /// The frame of a rectangle of `size` that `map` takes from millimetres to the page.
    pub fn of(size: DocumentSize, map: &Homography) -> Self {
        Self {
            corners: size.corners().map(|corner| map.map(corner)),
        }
    }

    /// The mean of its corners.
    pub fn middle(&self) -> [f32; 2] {
        let sum = |axis: fn([f32; 2]) -> f32| self.corners.into_iter().map(axis).sum::<f32>();
        [sum(|[x, _]| x) / 4.0, sum(|[_, y]| y) / 4.0]
    }

    /// Whether a point of the page lies within.
    pub fn contains(&self, [x, y]: [f32; 2]) -> bool {
        let [.., last] = self.corners;
        let starts = [last].into_iter().chain(self.corners);
        let sides: Vec<f32> = starts
            .zip(self.corners)
            .map(|([ax, ay], [bx, by])| (bx - ax) * (y - ay) - (by - ay) * (x - ax))
            .collect();
        sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
    }
}

/// ISO/IEC 7810 and ICAO 9303 sizes, millimetres (width, height) of the side that carries the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentSize {
    /// Along the lines of text.
    pub width_mm: f32,
    /// Across them.
    pub height_mm: f32,
}

impl DocumentSize {
    /// TD1, the identity card (ICAO 9303-5 §2).
    pub const TD1: Self = Self {
        width_mm: 85.6,
        height_mm: 53.98,
    };
    /// TD2 (ICAO 9303-6 §2).
    pub const TD2: Self = Self {
        width_mm: 105.0,
        height_mm: 74.0,
    };
    /// MRV-A, the large visa (ICAO 9303-7 §3).
    pub const MRV_A: Self = Self {
        width_mm: 120.0,
        height_mm: 80.0,
    };
    /// TD3, the passport's data page (ICAO 9303-4 §2).
    pub const TD3: Self = Self {
        width_mm: 125.0,
        height_mm: 88.0,
    };

    /// Corners in millimetres: top left, top right, bottom right, bottom left.
    pub const fn corners(self) -> [[f32; 2]; 4] {
        [
            [0.0, 0.0],
            [self.width_mm, 0.0],
            [self.width_mm, self.height_mm],
            [0.0, self.height_mm],
        ]
    }
}
