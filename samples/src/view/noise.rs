//! Noise, blur and uneven light.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic, clamped to bytes"
)]

use image::{Rgb, RgbImage, imageops};

use crate::chance::Chance;

/// Grain of a sensor: independent noise of that deviation, in grey levels.
pub fn grain(pixels: &mut RgbImage, chance: &mut Chance, deviation: f32, coloured: bool) {
    for Rgb(pixel) in pixels.pixels_mut() {
        let common = chance.normal() * deviation;
        for value in pixel {
            let own = if coloured {
                chance.normal() * deviation * 0.5
            } else {
                0.0
            };
            *value = byte(f32::from(*value) + common + own);
        }
    }
}

/// Changes every channel by a function of the place (0 to 1 across and down).
pub fn light(pixels: &mut RgbImage, level: impl Fn(f32, f32, f32) -> f32) {
    let (width, height) = (pixels.width() as f32, pixels.height() as f32);
    for (x, y, Rgb(pixel)) in pixels.enumerate_pixels_mut() {
        let place = (x as f32 / width, y as f32 / height);
        for value in pixel {
            *value = byte(level(place.0, place.1, f32::from(*value)));
        }
    }
}

/// The same, where one gain and one lift serve all channels of a pixel.
pub fn relight(pixels: &mut RgbImage, level: impl Fn(f32, f32) -> (f32, f32)) {
    let (width, height) = (pixels.width() as f32, pixels.height() as f32);
    for (x, y, Rgb(pixel)) in pixels.enumerate_pixels_mut() {
        let (gain, lift) = level(x as f32 / width, y as f32 / height);
        for value in pixel {
            *value = byte(f32::from(*value) * gain + lift);
        }
    }
}

/// Out of focus by that deviation in pixels.
pub fn defocus(pixels: &mut RgbImage, deviation: f32) {
    if deviation > 0.15 {
        *pixels = imageops::blur(pixels, deviation);
    }
}

/// Smeared by a moving hand along `(dx, dy)` pixels.
pub fn smear(pixels: &mut RgbImage, (dx, dy): (f32, f32)) {
    let steps = dx.hypot(dy).round() as i32;
    if steps < 2 {
        return;
    }
    let source = pixels.clone();
    let (right, bottom) = (source.width() as i32 - 1, source.height() as i32 - 1);
    for (x, y, Rgb(pixel)) in pixels.enumerate_pixels_mut() {
        let mut sum = [0.0_f32; 3];
        for step in 0..steps {
            let share = step as f32 / steps as f32 - 0.5;
            let from_x = (x as i32 + (dx * share) as i32).clamp(0, right) as u32;
            let from_y = (y as i32 + (dy * share) as i32).clamp(0, bottom) as u32;
            let Rgb(from) = source.get_pixel(from_x, from_y);
            for (total, value) in sum.iter_mut().zip(from) {
                *total += f32::from(*value);
            }
        }
        *pixel = sum.map(|total| byte(total / steps as f32));
    }
}

/// Smooth random ground between -1 and 1: a sum of slanted waves.
pub fn ground(chance: &mut Chance, waves: u32, finest: f32) -> impl Fn(f32, f32) -> f32 + use<> {
    let waves: Vec<_> = (0..waves)
        .map(|_| {
            let turn = chance.between(0.0, std::f32::consts::TAU);
            let pace = chance.between(1.0, finest) * std::f32::consts::TAU;
            (
                turn.cos() * pace,
                turn.sin() * pace,
                chance.between(0.0, std::f32::consts::TAU),
            )
        })
        .collect();
    move |x, y| {
        let sum: f32 = waves
            .iter()
            .map(|(dx, dy, phase)| (x * dx + y * dy + phase).sin())
            .sum();
        sum / waves.len().max(1) as f32
    }
}

/// The same ground over the unit square, looked up in a lattice: for grounds without fine detail.
pub fn lattice(ground: impl Fn(f32, f32) -> f32) -> impl Fn(f32, f32) -> f32 {
    const SIDE: usize = 129;
    let step = 1.0 / (SIDE - 1) as f32;
    let values: Vec<f32> = (0..SIDE * SIDE)
        .map(|at| ground((at % SIDE) as f32 * step, (at / SIDE) as f32 * step))
        .collect();
    move |x, y| {
        let (u, v) = (x.clamp(0.0, 1.0) / step, y.clamp(0.0, 1.0) / step);
        let (column, row) = ((u as usize).min(SIDE - 2), (v as usize).min(SIDE - 2));
        let (p, q) = (u - column as f32, v - row as f32);
        let value = |at: usize| values.get(at).copied().unwrap_or(0.0);
        let at = row * SIDE + column;
        let upper = value(at) * (1.0 - p) + value(at + 1) * p;
        let lower = value(at + SIDE) * (1.0 - p) + value(at + SIDE + 1) * p;
        upper * (1.0 - q) + lower * q
    }
}

const fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0) as u8
}
