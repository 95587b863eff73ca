//! What goes wrong between a document and its picture, each flaw with a strength one can report.
//!
//! Strengths are relative to the print (glare at a place, blur in pixels), so that a measurement
//! can say what a reader stands.

#![expect(clippy::cast_precision_loss, reason = "pixel arithmetic")]

use image::{Rgb, RgbImage, imageops};
use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::view::noise::{defocus, grain, relight, smear};
use crate::view::plane::Spot;

/// Flaws of one picture. Zero is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Flaws {
    /// Out of focus, deviation in pixels.
    pub defocus_px: f32,
    /// Smeared by motion, pixels.
    pub smear_px: f32,
    /// A lamp's reflection, 0 to 1 of white.
    pub glare: f32,
    /// A shadow's edge across the picture, 0 to 1 of black.
    pub shadow: f32,
    /// Light that is missing, 0 to 1.
    pub darkness: f32,
    /// Noise, grey levels.
    pub noise: f32,
    /// The camera's own sharpening, share of the detail added.
    pub sharpening: f32,
}

impl Flaws {
    /// Blur of both kinds, as one deviation in pixels.
    pub fn blur_px(&self) -> f32 {
        // Even motion over a length has the deviation length / √12.
        self.defocus_px.hypot(self.smear_px / 3.464)
    }

    /// Spoils a picture; `lamp` is where a reflection lies and `reach_px` how far it goes.
    pub fn spoil(&self, pixels: &mut RgbImage, lamp: Spot, reach_px: f32, chance: &mut Chance) {
        self.lit(pixels, lamp, reach_px, chance);
        defocus(pixels, self.defocus_px);
        let along = chance.between(0.0, std::f32::consts::TAU);
        smear(
            pixels,
            (self.smear_px * along.cos(), self.smear_px * along.sin()),
        );
        if self.noise > 0.0 {
            grain(pixels, chance, self.noise, true);
        }
        if self.sharpening > 0.0 {
            sharpen(pixels, self.sharpening);
        }
    }

    fn lit(&self, pixels: &mut RgbImage, lamp: Spot, reach_px: f32, chance: &mut Chance) {
        if self.glare + self.shadow + self.darkness <= 0.0 {
            return;
        }
        let (width, height) = (pixels.width() as f32, pixels.height() as f32);
        let (turn, from) = (
            chance.between(0.0, std::f32::consts::TAU),
            chance.between(-0.2, 0.2),
        );
        let oblong = chance.between(0.6, 1.8);
        let gain = 1.0 - self.darkness;
        relight(pixels, |x, y| {
            let over = ((x - 0.5) * turn.cos() + (y - 0.5) * turn.sin() - from) * 18.0;
            let shade = 1.0 - self.shadow / (1.0 + (-over).exp());
            let (dx, dy) = (x * width - lamp[0], (y * height - lamp[1]) * oblong);
            let near = dx.hypot(dy) / reach_px;
            (gain * shade, 255.0 * self.glare * (-near * near).exp())
        });
    }
}

/// Unsharp masking, as cameras do it.
fn sharpen(pixels: &mut RgbImage, strength: f32) {
    let soft = imageops::blur(pixels, 1.0);
    for (Rgb(pixel), Rgb(soft)) in pixels.pixels_mut().zip(soft.pixels()) {
        for (value, soft) in pixel.iter_mut().zip(soft) {
            let detail = f32::from(*value) - f32::from(*soft);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to a byte"
            )]
            let crisp = (f32::from(*value) + strength * detail).clamp(0.0, 255.0) as u8;
            *value = crisp;
        }
    }
}
