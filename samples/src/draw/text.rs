//! Setting type.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "glyph coordinates become pixels; blending clips them"
)]

use ab_glyph::{Font, GlyphId, PxScale, ScaleFont, point};

use crate::draw::canvas::{Area, Canvas, Ink, Point};
use crate::draw::face::Face;

/// How a run of text is set.
#[derive(Debug, Clone, Copy)]
pub struct Type<'a> {
    /// Typeface.
    pub face: &'a Face,
    /// Size of the em, millimetres.
    pub size: f32,
    /// Extra space after each letter, millimetres.
    pub spacing: f32,
    /// Colour.
    pub ink: Ink,
    /// Opacity, 0 to 1.
    pub alpha: f32,
    /// Stroke weight: 1 as drawn, below 1 thin and worn, above 1 thick.
    pub weight: f32,
    /// Rise of the baseline to the right (negative climbs), as a tangent.
    pub slope: f32,
}

impl<'a> Type<'a> {
    /// Plain black text of that size.
    pub const fn new(face: &'a Face, size: f32) -> Self {
        Self {
            face,
            size,
            spacing: 0.0,
            ink: [24, 24, 28],
            alpha: 1.0,
            weight: 1.0,
            slope: 0.0,
        }
    }

    /// The same in another ink.
    #[must_use]
    pub const fn inked(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// The same, smaller where `text` would be wider than `width`.
    #[must_use]
    pub fn fitted(self, text: &str, width: f32) -> Self {
        let actual = self.width(text);
        let shrink = if actual > width { width / actual } else { 1.0 };
        Self {
            size: self.size * shrink,
            spacing: self.spacing * shrink,
            ..self
        }
    }

    /// Width of a run, millimetres.
    pub fn width(&self, text: &str) -> f32 {
        self.pen(text, 100.0).last().map_or(0.0, |(_, _, end)| *end) / 100.0
    }

    /// Breaks text into lines no wider than `width`.
    pub fn wrapped(&self, text: &str, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split(' ') {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if !line.is_empty() && self.width(&longer) > width {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
        lines
    }

    fn scale(&self, dots_per_mm: f32) -> PxScale {
        let font = self.face.font();
        let units = font.units_per_em().unwrap_or(1000.0);
        PxScale::from(self.size * dots_per_mm * font.height_unscaled() / units)
    }

    /// Each glyph with the pen before and after it, pixels.
    fn pen(&self, text: &str, dots_per_mm: f32) -> Vec<(GlyphId, f32, f32)> {
        let font = self.face.font().as_scaled(self.scale(dots_per_mm));
        let (mut x, mut previous) = (0.0, None);
        text.chars()
            .map(|letter| {
                let id = font.glyph_id(letter);
                x += previous.map_or(0.0, |before| font.kern(before, id));
                previous = Some(id);
                let start = x;
                x += font.h_advance(id) + self.spacing * dots_per_mm;
                (id, start, x)
            })
            .collect()
    }
}

impl Canvas {
    /// Sets text with its baseline starting at `at`; returns the box around cap height and width.
    pub fn text(&mut self, style: &Type<'_>, at: Point, text: &str) -> Area {
        for (id, start, _) in style.pen(text, self.dots_per_mm) {
            let x = at.0 * self.dots_per_mm + start;
            self.glyph(
                style,
                id,
                (x, at.1 * self.dots_per_mm + start * style.slope),
            );
        }
        Area::new(
            at.0,
            at.1 - style.size * 0.78,
            style.width(text),
            style.size * 0.98,
        )
    }

    /// Sets one letter a pitch, each in the middle of its cell (OCR-B).
    pub fn monospaced(&mut self, style: &Type<'_>, at: Point, pitch: f32, text: &str) -> Area {
        let mut left = at.0;
        for letter in text.chars() {
            let letter = letter.to_string();
            let inset = (pitch - style.width(&letter)) / 2.0;
            self.text(style, (left + inset, at.1), &letter);
            left += pitch;
        }
        Area::new(
            at.0,
            at.1 - style.size * 0.78,
            left - at.0,
            style.size * 0.98,
        )
    }

    fn glyph(&mut self, style: &Type<'_>, id: GlyphId, at: Point) {
        let scale = style.scale(self.dots_per_mm);
        let glyph = id.with_scale_and_position(scale, point(at.0, at.1));
        let Some(outline) = style.face.font().outline_glyph(glyph) else {
            return;
        };
        let corner = outline.px_bounds().min;
        let (left, top) = (corner.x as i32, corner.y as i32);
        let exponent = 1.0 / style.weight.clamp(0.3, 3.0);
        outline.draw(|x, y, cover| {
            let alpha = cover.clamp(0.0, 1.0).powf(exponent) * style.alpha;
            if alpha > 0.004 {
                self.blend(left + x as i32, top + y as i32, style.ink, alpha);
            }
        });
        if style.weight > 1.2 {
            let shifted = Type {
                weight: 1.0,
                ..*style
            };
            let shift = (style.weight - 1.0) * style.size * self.dots_per_mm * 0.03;
            self.glyph(&shifted, id, (at.0 + shift, at.1));
        }
    }
}
