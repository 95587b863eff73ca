//! A page as a picture for people to look at: re-encoded, smaller, without any metadata.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ExtendedColorType, imageops};

use crate::page::Page;

/// Good enough to judge a letter by, small enough for a slow line.
const QUALITY: u8 = 80;

/// A page that is decoded, as a JPEG of at most `side_px_max` on its long side; none where it
/// cannot be written.
pub fn of_page(page: Page, side_px_max: u32) -> Option<Vec<u8>> {
    let colour = page.colour;
    let (width, height) = colour.dimensions();
    let long = width.max(height);
    let small = if long > side_px_max {
        let scaled =
            |side: u32| (u64::from(side) * u64::from(side_px_max) / u64::from(long)).max(1);
        let (w, h) = (
            u32::try_from(scaled(width)).ok()?,
            u32::try_from(scaled(height)).ok()?,
        );
        imageops::resize(&colour, w, h, FilterType::Triangle)
    } else {
        colour
    };
    let mut jpeg = Vec::new();
    let (w, h) = small.dimensions();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode(small.as_raw(), w, h, ExtendedColorType::Rgb8)
        .ok()?;
    Some(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{Limits, open};

    fn jpeg(bytes: &[u8], page: u32, side_px_max: u32) -> Option<Vec<u8>> {
        let page = open(bytes, None, &Limits::APPLICANT)
            .ok()?
            .page(page)
            .ok()?;
        of_page(page, side_px_max)
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x % 251) as u8, (y % 241) as u8, 90])
        })
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_keeps_its_shape_and_is_never_larger_than_asked() {
        for ((width, height), side, expected) in [
            ((400, 200), 100, Some((100, 50))),
            ((100, 50), 100, Some((100, 50))),
            ((600, 3_000), 1_000, Some((200, 1_000))),
        ] {
            let jpeg = jpeg(&png(width, height), 1, side);
            let size = jpeg.map(|bytes| {
                image::load_from_memory(&bytes)
                    .unwrap()
                    .to_rgb8()
                    .dimensions()
            });
            assert_eq!(size, expected);
        }
        assert_eq!(jpeg(&png(400, 200), 2, 100), None);
        assert_eq!(jpeg(b"no picture", 1, 100), None);
    }
}
