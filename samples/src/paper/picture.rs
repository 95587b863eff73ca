//! A picture that is no document: hills, a lake, a sun, and nothing written.

use image::{Rgb, RgbImage};

use crate::chance::Chance;
use crate::view::noise::{grain, ground, light};

/// A landscape of that size in pixels.
pub fn landscape(width: u32, height: u32, seed: u64) -> RgbImage {
    let mut chance = Chance::new(seed, "landscape");
    let (far, near) = (ground(&mut chance, 5, 3.0), ground(&mut chance, 6, 6.0));
    let mut pixels = RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (share(x, width), share(y, height));
        let sun = (across - 0.72).hypot((down - 0.2) * 0.75);
        let paint = if down > 0.62 + 0.10 * near(across, 0.3) {
            [62.0 + 60.0 * down, 104.0 + 30.0 * down, 58.0]
        } else if down > 0.45 + 0.12 * far(across, 0.7) {
            [96.0, 116.0, 140.0 - 60.0 * down]
        } else if sun < 0.06 {
            [252.0, 236.0, 170.0]
        } else {
            [150.0 + 120.0 * down, 190.0 + 70.0 * down, 236.0]
        };
        Rgb(paint.map(byte))
    });
    let haze = ground(&mut chance, 9, 40.0);
    light(&mut pixels, |x, y, value| value * (1.0 + 0.05 * haze(x, y)));
    grain(&mut pixels, &mut chance, 3.0, true);
    pixels
}

#[expect(clippy::cast_precision_loss, reason = "picture coordinates")]
fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
const fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0) as u8
}
