//! Small pictures and documents in bytes, built here so that each one shows what is wrong with it.

use image::{DynamicImage, ExtendedColorType, GrayImage, ImageEncoder, Luma, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};

/// A page with dark strokes on white, no two rows or columns quite alike.
pub fn scan(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let shade = 200 + u8::try_from((x * 31 + y * 17) % 48).unwrap();
        let ink = y % 24 < 12 && (x / 3 + y / 7) % 4 == 0;
        if ink {
            Rgb([20, 30, 60])
        } else {
            Rgb([shade, shade, 240])
        }
    })
}

/// Red, green, blue and white quarters.
pub fn quarters(side: u32) -> RgbImage {
    RgbImage::from_fn(side, side, |x, y| match (x < side / 2, y < side / 2) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

pub fn jpeg(image: &RgbImage) -> Vec<u8> {
    jpeg_with(image.as_raw(), image.dimensions(), ColorType::Rgb, |_| {})
}

pub fn jpeg_with(
    pixels: &[u8],
    (width, height): (u32, u32),
    colour: ColorType,
    set: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    set(&mut encoder);
    let (width, height) = (
        u16::try_from(width).unwrap(),
        u16::try_from(height).unwrap(),
    );
    encoder.encode(pixels, width, height, colour).unwrap();
    bytes
}

/// A JPEG with an EXIF block (little-endian TIFF structure) of the given IFD0 entries.
pub fn jpeg_with_exif(image: &RgbImage, exif: &[u8]) -> Vec<u8> {
    jpeg_with(
        image.as_raw(),
        image.dimensions(),
        ColorType::Rgb,
        |encoder| {
            let mut segment = b"Exif\0\0".to_vec();
            segment.extend_from_slice(exif);
            encoder.add_app_segment(1, segment).unwrap();
        },
    )
}

/// A TIFF header and one IFD of SHORT entries; `next` is where the next IFD is said to be.
pub fn exif(entries: &[(u16, u16)], next: u32) -> Vec<u8> {
    let mut bytes = b"II\x2A\0\x08\0\0\0".to_vec();
    bytes.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
    for (tag, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend([3, 0, 1, 0, 0, 0]);
        bytes.extend(u32::from(*value).to_le_bytes());
    }
    bytes.extend(next.to_le_bytes());
    bytes
}

pub fn png(image: &RgbImage) -> Vec<u8> {
    encoded(&image.clone().into(), image::ImageFormat::Png)
}

pub fn webp(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut bytes)
        .write_image(
            image.as_raw(),
            image.width(),
            image.height(),
            ExtendedColorType::Rgb8,
        )
        .unwrap();
    bytes
}

pub fn encoded(image: &DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn grey(image: &RgbImage) -> GrayImage {
    GrayImage::from_fn(image.width(), image.height(), |x, y| {
        Luma([image[(x, y)][1]])
    })
}

/// A PNG's header chunk saying a size that is not there.
pub fn png_of_size(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// An animated PNG: the chunk that says so goes right behind the header.
pub fn apng(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width(), image.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(image.as_raw()).unwrap();
    writer
        .write_image_data(&vec![0; image.as_raw().len()])
        .unwrap();
    writer.finish().unwrap();
    bytes
}

/// `bytes` with `share` percent of them left.
pub fn cut(mut bytes: Vec<u8>, share: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() * share / 100);
    bytes
}

pub fn followed_by(mut bytes: Vec<u8>, count: usize) -> Vec<u8> {
    bytes.resize(bytes.len() + count, b'Z');
    bytes
}

/// `bytes` with the first occurrence of `from` overwritten by `to`.
pub fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|w| w == from).unwrap();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}
