//! Whether a picture is sharp enough to say that there is *no* document on it.
//!
//! A landscape in focus is no document. A smear may be anything: it is for a person to see.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of pages and shares of their pixels"
)]

use image::GrayImage;
use image::imageops::{self, FilterType};

/// Long side at which focus is judged, pixels: sensor noise averages out, edges remain.
const SIDE_PX: u32 = 600;
/// Smoothing before gradients are taken, pixels.
const SIGMA: f32 = 1.2;
/// A step edge in focus rises by about 0.33 of the contrast in one pixel after that smoothing;
/// one smeared over ten pixels by less than half of this.
const RISE_MIN: f32 = 0.17;
/// Share of the steepest pixels that are looked at.
const STEEPEST: f32 = 0.002;
/// Below this contrast there is nothing to focus on, grey levels.
const CONTRAST_MIN: f32 = 24.0;

/// Whether edges stand in the picture as sharply as its contrast allows.
pub fn in_focus(page: &GrayImage) -> bool {
    let (width, height) = page.dimensions();
    let scale = (SIDE_PX as f32 / width.max(height) as f32).min(1.0);
    let side = |px: u32| ((px as f32 * scale) as u32).max(3);
    let small = imageops::resize(page, side(width), side(height), FilterType::Triangle);
    let smooth = imageops::fast_blur(&small, SIGMA);
    let contrast = f32::from(level(&smooth, 0.99)) - f32::from(level(&smooth, 0.01));
    contrast < CONTRAST_MIN || steepest(&smooth) >= RISE_MIN * contrast
}

/// The grey level below which this share of the pixels lies.
fn level(grey: &GrayImage, share: f32) -> u8 {
    let mut levels = grey.as_raw().clone();
    let at = ((levels.len() - 1) as f32 * share) as usize;
    *levels.select_nth_unstable(at).1
}

/// How much the steepest pixels rise, grey levels a pixel.
fn steepest(grey: &GrayImage) -> f32 {
    let (width, height) = grey.dimensions();
    let value = |x: u32, y: u32| f32::from(grey.get_pixel(x, y).0[0]);
    let mut rises: Vec<f32> = (1..height - 1)
        .flat_map(|y| (1..width - 1).map(move |x| (x, y)))
        .map(|(x, y)| {
            let across = (value(x + 1, y) - value(x - 1, y)) / 2.0;
            let down = (value(x, y + 1) - value(x, y - 1)) / 2.0;
            across.hypot(down)
        })
        .collect();
    let at = ((rises.len() - 1) as f32 * (1.0 - STEEPEST)) as usize;
    *rises.select_nth_unstable_by(at, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(side: u32) -> GrayImage {
        GrayImage::from_fn(side, side, |x, y| {
            let inside =
                (side / 5..side * 4 / 5).contains(&x) && (side / 3..side * 2 / 3).contains(&y);
            image::Luma([if inside { 210 } else { 60 }])
        })
    }

    #[test]
    fn sharp_edges_are_in_focus_and_smears_are_not() {
        for (smear, side, focused) in [
            (0.3, 900, true),
            (2.0, 1_800, true),
            (9.0, 900, false),
            (30.0, 1_800, false),
        ] {
            let page = imageops::fast_blur(&cards(side), smear);
            assert_eq!(in_focus(&page), focused, "smeared by {smear} of {side}");
        }
        assert!(
            in_focus(&GrayImage::from_pixel(400, 300, image::Luma([40]))),
            "nothing to focus on"
        );
    }
}
