//! What light a page was seen in: little light is made up for, and the noise it leaves is measured.
//!
//! Never here: whether it was too dark to be accepted.

use image::GrayImage;

/// A page whose light parts are darker than this is lit.
const DARK_MAX: u8 = 140;
/// What the light parts of a lit page come to.
const LIT: f32 = 180.0;
/// Light is not made out of nothing: noise grows with it.
const GAIN_MAX: f32 = 24.0;
/// The light parts of a page: one pixel in so many is lighter still.
const LIGHTER: u32 = 20;
/// One pixel in so many is looked at.
const EVERY: usize = 13;

const WHITE: f32 = 255.0;

/// The page with its dark greys spread, if even its light parts are dark. What a lamp lit already keeps its
/// differences: white stays white and nothing else becomes it.
pub fn lit(page: &GrayImage) -> Option<GrayImage> {
    let light = light_parts(page);
    if light >= DARK_MAX {
        return None;
    }
    let light = f32::from(light.max(1));
    let gain = (LIT * (WHITE - light) / (light * (WHITE - LIT))).min(GAIN_MAX);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "float to integer saturates"
    )]
    let table: [u8; 256] = std::array::from_fn(|grey| {
        let grey = grey as f32;
        (grey * gain / (1.0 + grey * (gain - 1.0) / WHITE)).round() as u8
    });
    let mut lit = page.clone();
    for pixel in lit.iter_mut() {
        if let Some(grey) = table.get(usize::from(*pixel)) {
            *pixel = *grey;
        }
    }
    Some(lit)
}

fn light_parts(page: &GrayImage) -> u8 {
    let mut histogram = [0_u32; 256];
    let mut count = 0;
    for grey in page.as_raw().iter().step_by(EVERY) {
        count += 1;
        if let Some(seen) = histogram.get_mut(usize::from(*grey)) {
            *seen += 1;
        }
    }
    let mut lighter = 0;
    for (grey, seen) in (0..=u8::MAX).zip(histogram).rev() {
        lighter += seen;
        if lighter * LIGHTER > count {
            return grey;
        }
    }
    0
}

/// How much neighbouring pixels of plain ground differ by chance: the standard deviation of the noise,
/// greys. Ground is what most of a page is.
#[expect(clippy::cast_precision_loss, reason = "256 greys")]
pub fn noise(page: &GrayImage) -> f32 {
    let mut histogram = [0_u32; 256];
    let mut count = 0_u32;
    for pair in page.as_raw().windows(3).step_by(EVERY) {
        if let [left, _, right] = pair
            && let Some(seen) = histogram.get_mut(usize::from(left.abs_diff(*right)))
        {
            *seen += 1;
            count += 1;
        }
    }
    let mut nearer = 0;
    for (difference, seen) in histogram.into_iter().enumerate() {
        if 2 * (nearer + seen) > count {
            // Half of the differences are smaller: where among those of this grey the middle one is.
            let share = (count as f32 / 2.0 - nearer as f32) / seen.max(1) as f32;
            return (difference as f32 + share - 0.5).max(0.0) / HALF_OF_DIFFERENCES;
        }
        nearer += seen;
    }
    0.0
}

/// The page with each pixel the mean of those around it, the nearer ones counting more: three eighths of
/// the noise is left, and strokes two pixels wide still stand.
pub fn calmed(page: &GrayImage) -> GrayImage {
    let (width, height) = page.dimensions();
    let row = |y: u32| -> Vec<u16> {
        let from = y as usize * width as usize;
        let row = page.as_raw().get(from..from + width as usize);
        let row = row.unwrap_or_default();
        let at = |x: usize| row.get(x).copied().map_or(0, u16::from);
        let last = row.len().saturating_sub(1);
        (0..row.len())
            .map(|x| at(x.saturating_sub(1)) + 2 * at(x) + at((x + 1).min(last)))
            .collect()
    };
    let last = height.saturating_sub(1);
    let mut three = [row(0), row(0), row(1.min(last))];
    let mut calm = Vec::with_capacity(page.as_raw().len());
    for y in 0..height {
        let [above, here, below] = &three;
        let sums = above.iter().zip(here).zip(below);
        calm.extend(
            sums.map(|((a, h), b)| u8::try_from((a + 2 * h + b + 8) / 16).unwrap_or(u8::MAX)),
        );
        three.rotate_left(1);
        three[2] = row((y + 2).min(last));
    }
    GrayImage::from_raw(width, height, calm).unwrap_or_else(|| page.clone())
}

/// Half of the differences of two normal numbers are smaller than this, in standard deviations.
const HALF_OF_DIFFERENCES: f32 = 0.954;

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn only_a_dark_page_is_lit_and_keeps_the_order_of_its_greys() {
        let striped = |paper: u8, ink: u8| {
            GrayImage::from_fn(200, 100, |x, _| Luma([if x % 9 < 3 { ink } else { paper }]))
        };
        for (paper, ink, expected) in [
            (230, 40, None),
            (140, 20, None),
            (139, 70, Some([180, 110])),
            (22, 11, Some([177, 133])),
            (0, 0, Some([0, 0])),
        ] {
            let lit = lit(&striped(paper, ink));
            let seen = lit.map(|lit| [lit.get_pixel(5, 0).0[0], lit.get_pixel(0, 0).0[0]]);
            assert_eq!(seen, expected, "{paper} {ink}");
        }
    }

    #[test]
    fn noise_is_measured_between_strokes() {
        for sigma in [0.0_f32, 1.5, 4.0, 10.0] {
            let mut seed = 7_u64;
            let mut uniform = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                f32::from(u16::try_from(seed >> 48).unwrap()) / 65_536.0
            };
            // The sum of twelve uniform numbers has a standard deviation of 1.
            let page = GrayImage::from_fn(400, 400, |x, _| {
                let chance = (0..12).map(|_| uniform()).sum::<f32>() - 6.0;
                let ink = if x % 40 < 4 { 80.0 } else { 0.0 };
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a grey"
                )]
                Luma([(150.0 - ink + sigma * chance).round() as u8])
            });
            let measured = noise(&page);
            assert!(
                (measured - sigma).abs() < 0.5 + 0.3 * sigma,
                "{measured} for {sigma}"
            );
            let calm = noise(&calmed(&page));
            assert!(calm < 0.6 + 0.45 * sigma, "{calm} for {sigma}");
        }
    }
}
