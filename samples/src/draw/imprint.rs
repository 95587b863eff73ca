//! How the lines of a zone came onto their paper: which face, how much ink, how worn since.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "millimetres become pixels; blending clips them"
)]

use image::{GrayImage, Luma, imageops};
use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::draw::canvas::{Canvas, Ink, Point};
use crate::draw::face::{Face, Faces};
use crate::draw::text::Type;
use crate::view::noise::ground;

/// A drawing of OCR-B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MachineFace {
    /// `OCRB.otf`: round ends.
    Round,
    /// `OCRBS.otf`: sharp ends.
    Sharp,
    /// `OCRBL.otf`: leaning. No issuer prints it; it shows how a reader stands the unforeseen.
    Oblique,
}

impl MachineFace {
    fn of(self, faces: &Faces) -> Option<&Face> {
        match self {
            Self::Round => faces.machine.first(),
            Self::Sharp => faces.machine.get(1),
            Self::Oblique => faces.machine_oblique.first(),
        }
    }
}

/// What became of the strokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// As designed.
    Plain,
    /// Little ink.
    Thin,
    /// Ink spread into the paper.
    Bold,
    /// Rubbed off in patches.
    Worn,
    /// Interrupted: a print head's dead dots, scratches.
    Broken,
}

/// How a zone is set and printed.
#[derive(Debug, Clone, Copy)]
pub struct Imprint {
    /// The face.
    pub face: MachineFace,
    /// What became of the strokes.
    pub stroke: Stroke,
    /// Distance between characters, millimetres.
    pub pitch_mm: f32,
    /// Distance between lines, millimetres.
    pub line_pitch_mm: f32,
    /// Colour of the ink.
    pub ink: Ink,
}

impl Canvas {
    /// Prints lines; `at` is the left end of the first baseline.
    pub fn imprint(
        &mut self,
        faces: &Faces,
        imprint: &Imprint,
        at: Point,
        lines: &[String],
        chance: &mut Chance,
    ) {
        let Some(face) = imprint.face.of(faces) else {
            return;
        };
        let margin = 2.0 * imprint.pitch_mm;
        let longest = lines.iter().map(String::len).max().unwrap_or(0);
        let rows = lines.len().saturating_sub(1) as f32;
        let size = (
            longest as f32 * imprint.pitch_mm + 2.0 * margin,
            rows * imprint.line_pitch_mm + 2.5 * margin,
        );
        let mut sheet = Self::new(size, self.dots_per_mm, [0; 3]);
        let style = Type::new(face, imprint.pitch_mm * 1.41).inked([255; 3]);
        for (row, line) in lines.iter().enumerate() {
            let top = 1.25 * margin + row as f32 * imprint.line_pitch_mm;
            sheet.monospaced(&style, (margin, top), imprint.pitch_mm, line);
        }
        let mask = worn(
            &imageops::grayscale(&sheet.pixels),
            imprint.stroke,
            self.dots_per_mm,
            chance,
        );
        let dots = |mm: f32| (mm * self.dots_per_mm).round() as i32;
        let (left, top) = (dots(at.0 - margin), dots(at.1 - 1.25 * margin));
        let depth = chance.between(0.86, 1.0) / 255.0;
        for (x, y, Luma([cover])) in mask.enumerate_pixels() {
            if *cover > 0 {
                let alpha = f32::from(*cover) * depth;
                self.blend(left + x as i32, top + y as i32, imprint.ink, alpha);
            }
        }
    }
}

/// The mask after printing and years of use.
fn worn(mask: &GrayImage, stroke: Stroke, dots_per_mm: f32, chance: &mut Chance) -> GrayImage {
    // Ink is blurred by its spread and cut at a level: low levels thicken, high ones thin.
    let (spread_mm, level) = match stroke {
        Stroke::Plain => (0.03, chance.between(0.42, 0.58)),
        Stroke::Thin => (chance.between(0.07, 0.10), chance.between(0.62, 0.74)),
        Stroke::Bold => (chance.between(0.09, 0.15), chance.between(0.20, 0.32)),
        Stroke::Worn => (0.05, chance.between(0.45, 0.6)),
        Stroke::Broken => (0.04, chance.between(0.42, 0.58)),
    };
    let soft = imageops::blur(mask, spread_mm * dots_per_mm);
    let steep = chance.between(1.8, 4.0);
    let wear = Wear::of(stroke, chance);
    let (width, height) = soft.dimensions();
    GrayImage::from_fn(width, height, |x, y| {
        let Luma([ink]) = *soft.get_pixel(x, y);
        let cover = ((f32::from(ink) / 255.0 - level) * steep + 0.5).clamp(0.0, 1.0);
        let left = if ink == 0 {
            0.0
        } else {
            wear.left(x as f32 / dots_per_mm, y as f32 / dots_per_mm)
        };
        Luma([(cover * left * 255.0) as u8])
    })
}

type Field = Box<dyn Fn(f32, f32) -> f32>;

/// Where ink has gone.
struct Wear {
    patches: Option<(Field, Field, f32)>,
    /// Interruptions: a straight line's normal form (cosine, sine, distance) and half its width.
    cuts: Vec<[f32; 4]>,
}

impl Wear {
    fn of(stroke: Stroke, chance: &mut Chance) -> Self {
        let patches = (stroke == Stroke::Worn).then(|| {
            let coarse: Field = Box::new(ground(chance, 6, 0.14));
            let fine: Field = Box::new(ground(chance, 14, 2.6));
            (coarse, fine, chance.between(0.35, 0.75))
        });
        let count = if stroke == Stroke::Broken {
            2 + chance.below(5)
        } else {
            0
        };
        let cuts = (0..count).map(|_| {
            // Mostly along the lines (dead dots), sometimes across (scratches).
            let turn = if chance.odds(0.6) {
                std::f32::consts::FRAC_PI_2
            } else {
                chance.between(0.0, std::f32::consts::PI)
            };
            let along = chance.between(0.0, 80.0) * turn.cos();
            let distance = along + chance.between(2.0, 20.0) * turn.sin();
            [turn.cos(), turn.sin(), distance, chance.between(0.04, 0.11)]
        });
        let cuts = cuts.collect();
        Self { patches, cuts }
    }

    /// Share of the ink that is left at a place in millimetres.
    fn left(&self, x: f32, y: f32) -> f32 {
        let mut left = 1.0;
        if let Some((coarse, fine, strength)) = &self.patches {
            let gone = (coarse(x, y) * 1.6 + fine(x, y) * 1.4 + 0.1).clamp(0.0, 1.0);
            left -= strength * gone;
        }
        for [cos, sin, distance, half] in &self.cuts {
            if (x * cos + y * sin - distance).abs() < *half {
                left *= 0.12;
            }
        }
        left
    }
}
