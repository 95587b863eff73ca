//! A raster made smaller: each pixel the mean of those it stands for.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "pixel loops: bins and offsets are computed from the sides"
)]

use image::GrayImage;

/// The raster at a size no larger than its own; asked for a larger one it stays as it is.
pub fn shrunk(source: &GrayImage, width: u32, height: u32) -> GrayImage {
    let (from_width, from_height) = source.dimensions();
    let (width, height) = (
        width.clamp(1, from_width.max(1)),
        height.clamp(1, from_height.max(1)),
    );
    if source.is_empty() || (width, height) == (from_width, from_height) {
        return source.clone();
    }
    let edges = edges(from_width, width);
    // Down first, so that many columns are added up at once.
    let mut sums = vec![0_u32; from_width as usize];
    let mut out = Vec::with_capacity(width as usize * height as usize);
    let mut rows = source.as_raw().chunks_exact(from_width as usize);
    for pair in self::edges(from_height, height).windows(2) {
        let tall = pair[1] - pair[0];
        sums.fill(0);
        for row in rows.by_ref().take(tall) {
            for (sum, cell) in sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(u32::from(*cell));
            }
        }
        let means = edges.windows(2).map(|ends| {
            let sum: u32 = sums[ends[0]..ends[1]].iter().sum();
            let area = ((ends[1] - ends[0]) * tall) as u32;
            ((sum + area / 2) / area) as u8
        });
        out.extend(means);
    }
    GrayImage::from_raw(width, height, out).unwrap_or_else(|| source.clone())
}

/// Where each of `to` pixels begins among `from`, and where the last one ends.
fn edges(from: u32, to: u32) -> Vec<usize> {
    let at = |edge: u32| (u64::from(edge) * u64::from(from) / u64::from(to)) as usize;
    (0..=to).map(at).collect()
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn each_pixel_is_the_mean_of_those_it_stands_for() {
        let source = GrayImage::from_fn(6, 4, |x, y| Luma([(10 * x + y) as u8]));
        for (width, height, expected) in [
            (3, 2, vec![6, 26, 46, 8, 28, 48]),
            (6, 4, source.as_raw().clone()),
            (60, 40, source.as_raw().clone()),
            (1, 1, vec![27]),
            // Five of six: four of one pixel, the last of two.
            (5, 1, vec![2, 12, 22, 32, 47]),
            (0, 0, vec![27]),
        ] {
            assert_eq!(
                *shrunk(&source, width, height).as_raw(),
                expected,
                "{width}x{height}"
            );
        }
        assert!(shrunk(&GrayImage::new(0, 0), 5, 5).is_empty());
    }
}
