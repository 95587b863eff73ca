//! A decoded raster on its way to a [`Page`], and the in-place conversions that keep memory low.

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage};

use casework::finding_code::RefusalCode;

use crate::page::Page;

/// Pixels as decoded, and how to hold them upright.
pub(super) struct Picture {
    image: DynamicImage,
    /// How to turn it, applied exactly once, by [`Picture::into_page`].
    pub orientation: Orientation,
    /// Dots per inch as the file says, believable or not.
    pub dpi: Option<f32>,
}

impl Picture {
    /// From one sample a pixel.
    pub fn grey(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, RefusalCode> {
        GrayImage::from_raw(width, height, pixels)
            .map(|image| Self::upright(DynamicImage::ImageLuma8(image)))
            .ok_or(RefusalCode::UnreadableImage)
    }

    /// From three samples a pixel.
    pub fn colour(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, RefusalCode> {
        RgbImage::from_raw(width, height, pixels)
            .map(|image| Self::upright(DynamicImage::ImageRgb8(image)))
            .ok_or(RefusalCode::UnreadableImage)
    }

    /// From 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA) samples a pixel; alpha falls on white.
    pub fn interleaved(
        width: u32,
        height: u32,
        channels: usize,
        mut pixels: Vec<u8>,
    ) -> Result<Self, RefusalCode> {
        match channels {
            1 => Self::grey(width, height, pixels),
            2 => {
                compact(&mut pixels, |[grey, alpha]: [u8; 2]| {
                    [on_white(grey, alpha)]
                });
                Self::grey(width, height, pixels)
            }
            3 => Self::colour(width, height, pixels),
            4 => {
                compact(&mut pixels, |[r, g, b, a]: [u8; 4]| {
                    [on_white(r, a), on_white(g, a), on_white(b, a)]
                });
                Self::colour(width, height, pixels)
            }
            _ => Err(RefusalCode::UnsupportedEncoding),
        }
    }

    fn upright(image: DynamicImage) -> Self {
        Self {
            image,
            orientation: Orientation::NoTransforms,
            dpi: None,
        }
    }

    /// Turns it upright and gives it its two layers.
    pub fn into_page(self, number: u32) -> Page {
        let mut image = self.image;
        image.apply_orientation(self.orientation);
        let (colour, grey) = if let DynamicImage::ImageLuma8(grey) = image {
            (in_colour(&grey), grey)
        } else {
            let colour = image.into_rgb8();
            let grey = luma(&colour);
            (colour, grey)
        };
        Page {
            number,
            colour,
            grey,
            dpi: self.dpi.filter(|dpi| *dpi > 72.0 && *dpi <= 1200.0),
            text_layer: None,
        }
    }
}

/// Each grey three times.
fn in_colour(grey: &GrayImage) -> RgbImage {
    let pixels = grey.as_raw().iter().flat_map(|grey| [*grey; 3]).collect();
    RgbImage::from_raw(grey.width(), grey.height(), pixels)
        .unwrap_or_else(|| DynamicImage::from(grey.clone()).into_rgb8())
}

/// How light each pixel is (ITU-R BT.709), weights in 65,536ths.
fn luma(colour: &RgbImage) -> GrayImage {
    let (pixels, _) = colour.as_raw().as_chunks::<3>();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the weights come to 65,536, so the sum is one byte too wide"
    )]
    let light = |&[r, g, b]: &[u8; 3]| {
        ((13_933 * u32::from(r) + 46_871 * u32::from(g) + 4_732 * u32::from(b)) >> 16) as u8
    };
    let light = pixels.iter().map(light).collect();
    GrayImage::from_raw(colour.width(), colour.height(), light)
        .unwrap_or_else(|| image::imageops::grayscale(colour))
}

/// Pixels that are rewritten at a time.
const BLOCK: usize = 4096;

/// Rewrites pixels of `N` samples as pixels of `M` (fewer) in the same allocation.
pub(super) fn compact<const N: usize, const M: usize>(
    pixels: &mut Vec<u8>,
    convert: impl Fn([u8; N]) -> [u8; M],
) {
    let count = pixels.len() / N;
    let mut block = [[0; M]; BLOCK];
    for start in (0..count).step_by(BLOCK) {
        let end = (start + BLOCK).min(count);
        let from = pixels.get(start * N..end * N).unwrap_or_default();
        let (from, _) = from.as_chunks::<N>();
        for (to, from) in block.iter_mut().zip(from) {
            *to = convert(*from);
        }
        if let (Some(target), Some(done)) =
            (pixels.get_mut(start * M..end * M), block.get(..end - start))
        {
            target.copy_from_slice(done.as_flattened());
        }
    }
    pixels.truncate(count * M);
    pixels.shrink_to_fit();
}

/// One sample with its opacity, as it looks on white paper.
pub(super) fn on_white(sample: u8, alpha: u8) -> u8 {
    if alpha == u8::MAX {
        return sample;
    }
    let (sample, alpha) = (u16::from(sample), u16::from(alpha));
    let mixed = (sample * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_falls_on_white() {
        for (sample, alpha, expected) in [(0, 255, 0), (0, 0, 255), (0, 128, 127), (200, 255, 200)]
        {
            assert_eq!(on_white(sample, alpha), expected);
        }
    }

    #[test]
    fn pixels_are_rewritten_in_place_however_many_there_are() {
        for count in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let first = || (0..=250_u8).cycle().take(count);
            let mut pixels: Vec<u8> = first().flat_map(|sample| [sample, 7, 9]).collect();
            pixels.push(1); // less than a pixel
            compact(&mut pixels, |[a, b, _]: [u8; 3]| [b, a]);
            let expected: Vec<u8> = first().flat_map(|sample| [7, sample]).collect();
            assert_eq!(pixels, expected, "{count}");
        }
    }

    #[test]
    fn light_is_weighed_as_the_image_crate_weighs_it() {
        let colour = RgbImage::from_fn(64, 64, |x, y| {
            image::Rgb([4 * x, 4 * y, x * y].map(|value| (value % 255) as u8))
        });
        let theirs = image::imageops::grayscale(&colour);
        let ours = luma(&colour);
        let mut pairs = ours.as_raw().iter().zip(theirs.as_raw());
        assert!(pairs.all(|(a, b)| a.abs_diff(*b) <= 1));
        let white = RgbImage::from_pixel(1, 1, image::Rgb([255; 3]));
        assert_eq!(luma(&white).as_raw(), &[255]);
        assert_eq!(
            in_colour(&ours),
            DynamicImage::from(ours.clone()).into_rgb8()
        );
    }

    #[test]
    fn only_believable_dpi_is_kept() {
        for (said, kept) in [
            (72.0, None),
            (73.0, Some(73.0)),
            (1200.0, Some(1200.0)),
            (1201.0, None),
            (f32::NAN, None),
        ] {
            let mut picture = Picture::grey(1, 1, vec![0]).unwrap_or_else(|_| unreachable!());
            picture.dpi = Some(said);
            assert_eq!(picture.into_page(1).dpi, kept, "{said}");
        }
    }
}
