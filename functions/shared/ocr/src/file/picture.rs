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
            (DynamicImage::from(grey.clone()).into_rgb8(), grey)
        } else {
            let colour = image.into_rgb8();
            let grey = image::imageops::grayscale(&colour);
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

/// Rewrites pixels of `N` samples as pixels of `M` (fewer) in the same allocation.
pub(super) fn compact<const N: usize, const M: usize>(
    pixels: &mut Vec<u8>,
    convert: impl Fn([u8; N]) -> [u8; M],
) {
    let count = pixels.len() / N;
    for i in 0..count {
        let mut from = [0; N];
        if let Some(source) = pixels.get(i * N..(i + 1) * N) {
            from.copy_from_slice(source);
        }
        if let Some(target) = pixels.get_mut(i * M..(i + 1) * M) {
            target.copy_from_slice(&convert(from));
        }
    }
    pixels.truncate(count * M);
    pixels.shrink_to_fit();
}

/// One sample with its opacity, as it looks on white paper.
pub(super) fn on_white(sample: u8, alpha: u8) -> u8 {
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
