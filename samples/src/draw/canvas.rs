//! A sheet to draw on, measured in millimetres from its top left corner.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "millimetres become pixels; clipping keeps them in range"
)]

use image::{Rgb, RgbImage};

/// A colour.
pub type Ink = [u8; 3];

/// A point in millimetres.
pub type Point = (f32, f32);

/// A rectangle in millimetres: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Area {
    /// A rectangle.
    pub const fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self {
            left,
            top,
            width,
            height,
        }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let left = self.left.min(other.left);
        let top = self.top.min(other.top);
        let right = (self.left + self.width).max(other.left + other.width);
        let bottom = (self.top + self.height).max(other.top + other.height);
        Self::new(left, top, right - left, bottom - top)
    }
}

/// A sheet of paper or plastic.
#[derive(Debug, Clone)]
pub struct Canvas {
    /// What is drawn so far.
    pub pixels: RgbImage,
    /// Resolution.
    pub dots_per_mm: f32,
    /// Radius of the rounded corners, millimetres.
    pub corner_mm: f32,
}

impl Canvas {
    /// A blank sheet of that size in millimetres.
    pub fn new(size: Point, dots_per_mm: f32, paper: Ink) -> Self {
        let dots = |mm: f32| (mm * dots_per_mm).round() as u32;
        let pixels = RgbImage::from_pixel(dots(size.0), dots(size.1), Rgb(paper));
        Self {
            pixels,
            dots_per_mm,
            corner_mm: 0.0,
        }
    }

    /// Width and height in millimetres.
    pub fn size(&self) -> Point {
        let mm = |dots: u32| dots as f32 / self.dots_per_mm;
        (mm(self.pixels.width()), mm(self.pixels.height()))
    }

    /// Lays ink over one pixel; outside the sheet nothing happens.
    pub fn blend(&mut self, x: i32, y: i32, ink: Ink, alpha: f32) {
        if x < 0 || y < 0 {
            return;
        }
        if let Some(pixel) = self.pixels.get_pixel_mut_checked(x as u32, y as u32) {
            for (under, over) in pixel.0.iter_mut().zip(ink) {
                let mixed = f32::from(*under) * (1.0 - alpha) + f32::from(over) * alpha;
                *under = mixed.round() as u8;
            }
        }
    }

    /// Lays ink wherever `alpha_at` (given millimetres) says so, within `area`.
    pub fn shade(&mut self, area: Area, ink: Ink, alpha_at: impl Fn(f32, f32) -> f32) {
        let dots = |mm: f32| (mm * self.dots_per_mm) as i32;
        let (left, right) = (dots(area.left) - 1, dots(area.left + area.width) + 1);
        let (top, bottom) = (dots(area.top) - 1, dots(area.top + area.height) + 1);
        let mm = 1.0 / self.dots_per_mm;
        for y in top.max(0)..=bottom.min(self.pixels.height() as i32) {
            for x in left.max(0)..=right.min(self.pixels.width() as i32) {
                let alpha = alpha_at((x as f32 + 0.5) * mm, (y as f32 + 0.5) * mm);
                if alpha > 0.0 {
                    self.blend(x, y, ink, alpha.min(1.0));
                }
            }
        }
    }

    /// A filled rectangle.
    pub fn fill(&mut self, area: Area, ink: Ink, alpha: f32) {
        self.shade(area, ink, |x, y| {
            let inside = x >= area.left
                && x < area.left + area.width
                && y >= area.top
                && y < area.top + area.height;
            if inside { alpha } else { 0.0 }
        });
    }

    /// A filled ellipse with a soft edge.
    pub fn ellipse(&mut self, centre: Point, radii: Point, ink: Ink, alpha: f32) {
        let area = Area::new(
            centre.0 - radii.0,
            centre.1 - radii.1,
            radii.0 * 2.0,
            radii.1 * 2.0,
        );
        let soft = radii.0.min(radii.1) * self.dots_per_mm;
        self.shade(area, ink, |x, y| {
            let distance = ((x - centre.0) / radii.0).hypot((y - centre.1) / radii.1);
            alpha * ((1.0 - distance) * soft + 0.5).clamp(0.0, 1.0)
        });
    }

    /// A straight stroke.
    pub fn stroke(&mut self, from: Point, to: Point, width: f32, ink: Ink, alpha: f32) {
        let half = width / 2.0;
        let area = Area::new(
            from.0.min(to.0) - half,
            from.1.min(to.1) - half,
            (from.0 - to.0).abs() + width,
            (from.1 - to.1).abs() + width,
        );
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length_squared = (dx * dx + dy * dy).max(1e-9);
        let dots_per_mm = self.dots_per_mm;
        self.shade(area, ink, |x, y| {
            let along = ((x - from.0) * dx + (y - from.1) * dy) / length_squared;
            let along = along.clamp(0.0, 1.0);
            let distance = (x - from.0 - along * dx).hypot(y - from.1 - along * dy);
            alpha * ((half - distance) * dots_per_mm + 0.5).clamp(0.0, 1.0)
        });
    }

    /// A stroke through all points.
    pub fn polyline(&mut self, points: &[Point], width: f32, ink: Ink, alpha: f32) {
        for pair in points.windows(2) {
            if let [from, to] = pair {
                self.stroke(*from, *to, width, ink, alpha);
            }
        }
    }

    /// The outline of a rectangle.
    pub fn frame(&mut self, area: Area, width: f32, ink: Ink) {
        let (right, bottom) = (area.left + area.width, area.top + area.height);
        let corners = [
            (area.left, area.top),
            (right, area.top),
            (right, bottom),
            (area.left, bottom),
            (area.left, area.top),
        ];
        self.polyline(&corners, width, ink, 1.0);
    }
}
