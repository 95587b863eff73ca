//! Where a document lies on a page: a projective frame.

use image::GrayImage;

use crate::homography::Homography;
use crate::raster::Pyramid;

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

    /// From millimetres of the document (origin top left, x along the text) to page pixels.
    ///
    /// `None` where the corners do not span a quadrilateral.
    pub fn to_page(&self, size: DocumentSize) -> Option<Homography> {
        Homography::from_points(&size.corners(), &self.corners)
    }

    /// The document alone, upright and flat, `px_per_mm` pixels to the millimetre.
    ///
    /// `None` where the corners do not span a quadrilateral.
    pub fn rectify(&self, page: &Pyramid, size: DocumentSize, px_per_mm: f32) -> Option<GrayImage> {
        let step = 1.0 / px_per_mm;
        let to_mm = Homography::affine([step / 2.0; 2], [step, 0.0], [0.0, step]);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few thousand pixels at most, never negative"
        )]
        let pixels = |mm: f32| (mm * px_per_mm).round().max(1.0) as u32;
        let map = to_mm.then(&self.to_page(size)?);
        Some(page.warp(&map, pixels(size.width_mm), pixels(size.height_mm)))
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

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn a_tilted_card_comes_out_upright() {
        // A page with a dark card whose top left quarter is white, a quarter turn to the right.
        let page = GrayImage::from_fn(300, 300, |x, y| {
            let inside = (100..200).contains(&x) && (50..210).contains(&y);
            let white = inside && x >= 150 && y < 130;
            Luma([if white || !inside { 255 } else { 40 }])
        });
        let frame = Frame {
            corners: [[200.0, 50.0], [200.0, 210.0], [100.0, 210.0], [100.0, 50.0]],
        };
        let size = DocumentSize {
            width_mm: 80.0,
            height_mm: 50.0,
        };
        let flat = frame.rectify(&Pyramid::new(page), size, 1.0).unwrap();
        assert_eq!(flat.dimensions(), (80, 50));
        for (x, y, grey) in [(5, 5, 255), (35, 20, 255), (45, 20, 40), (20, 30, 40)] {
            assert_eq!(flat.get_pixel(x, y).0, [grey], "at {x}, {y}");
        }
    }
}
