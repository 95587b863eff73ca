//! Which way the lines of a page run, from where its letters stand.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::indexing_slicing,
    reason = "a histogram of coordinates"
)]

use super::ink::Blob;

/// The slope of the dominant lines, radians clockwise, in (-π/2, π/2]; which end is the beginning stays open.
///
/// Letters are projected across each direction in turn: along the lines the profile has the steepest steps.
pub(super) fn tilt(letters: &[Blob]) -> Option<f32> {
    // Words that touch and the grain of a table are long; the grain has a slope of its own.
    let short: Vec<Blob> = letters.iter().filter(|b| is_short(b)).copied().collect();
    let letters = if short.len() >= SHORT_MIN {
        &short
    } else {
        letters
    };
    let mut heights: Vec<f32> = letters.iter().map(|b| b.height().max(b.width())).collect();
    if heights.len() < 6 {
        return None;
    }
    heights.sort_by(f32::total_cmp);
    let size = heights[heights.len() / 2];
    let best = |around: f32, steps: i32, step: f32, bin: f32| {
        (-steps..=steps)
            .map(|i| around + i as f32 * step)
            .map(|angle| (angle, steepness(letters, angle, bin)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(angle, _)| angle)
    };
    let coarse = best(0.0, 180, 0.5_f32.to_radians(), size * 0.5)?;
    let fine = best(coarse, 10, 0.1_f32.to_radians(), size * 0.25)?;
    let half = std::f32::consts::FRAC_PI_2;
    Some(if fine <= -half {
        fine + 2.0 * half
    } else {
        fine
    })
}

/// Letters by themselves are not longer than this, in their shorter sides.
const LETTER_LENGTH: f32 = 2.5;
/// So many of them are enough to go by.
const SHORT_MIN: usize = 24;

fn is_short(blob: &Blob) -> bool {
    let (width, height) = (blob.width(), blob.height());
    width.max(height) <= LETTER_LENGTH * width.min(height)
}

/// Postl's criterion: the sum of squared steps of the profile across `angle`.
fn steepness(letters: &[Blob], angle: f32, bin: f32) -> f32 {
    let (sin, cos) = angle.sin_cos();
    let across: Vec<f32> = letters
        .iter()
        .map(Blob::centre)
        .map(|[x, y]| (y * cos - x * sin) / bin)
        .collect();
    let least = across.iter().copied().fold(f32::MAX, f32::min);
    let most = across.iter().copied().fold(f32::MIN, f32::max);
    let mut profile = vec![0.0_f32; (most - least) as usize + 3];
    for a in across {
        let at = a - least + 0.5;
        let share = at.fract();
        profile[at as usize] += 1.0 - share;
        profile[at as usize + 1] += share;
    }
    profile
        .windows(2)
        .map(|pair| (pair[1] - pair[0]) * (pair[1] - pair[0]))
        .sum()
}
