//! What the decoded pixels look like: colours, transparency, the way up, the resolution.

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use jpeg_encoder::{ColorType, PixelDensity, PixelDensityUnit};
use ocr::file::{Limits, open};
use ocr::page::Page;

use crate::make::*;

fn page(bytes: &[u8]) -> Page {
    let file = open(bytes, None, &Limits::APPLICANT).unwrap();
    file.page(1).unwrap()
}

fn assert_alike(label: &str, seen: &RgbImage, expected: &RgbImage) {
    assert_eq!(seen.dimensions(), expected.dimensions(), "{label}");
    let (w, h) = expected.dimensions();
    for (x, y) in [
        (w / 4, h / 4),
        (3 * w / 4, h / 4),
        (w / 4, 3 * h / 4),
        (3 * w / 4, 3 * h / 4),
    ] {
        let far =
            std::iter::zip(seen[(x, y)].0, expected[(x, y)].0).any(|(a, b)| a.abs_diff(b) > 12);
        assert!(
            !far,
            "{label} at {x},{y}: {:?} for {:?}",
            seen[(x, y)],
            expected[(x, y)]
        );
    }
}

/// RGB as ink: no black, `C = 255 - R`.
fn ink(image: &RgbImage) -> Vec<u8> {
    image
        .pixels()
        .flat_map(|p| [255 - p[0], 255 - p[1], 255 - p[2], 0])
        .collect()
}

#[test]
fn colours_survive_every_way_of_encoding_them() {
    let image = quarters(128);
    let size = image.dimensions();
    let cmyk = ink(&image);
    let inverted: Vec<u8> = cmyk.iter().map(|sample| 255 - sample).collect();
    // The encoder takes plain ink and stores it inverted, as Adobe does, with Adobe's marker.
    let adobe = jpeg_with(&cmyk, size, ColorType::Cmyk, |_| {});
    let has_marker = adobe.windows(5).any(|w| w == b"Adobe");
    let plain = patched(
        jpeg_with(&inverted, size, ColorType::Cmyk, |_| {}),
        b"Adobe",
        b"Xdobe",
    );
    assert!(
        has_marker,
        "the encoder writes the marker this test is about"
    );
    for (label, bytes) in [
        ("YCbCr JPEG", jpeg(&image)),
        ("CMYK JPEG, Adobe inverted", adobe),
        ("CMYK JPEG, plain", plain),
        (
            "YCCK JPEG, Adobe inverted",
            jpeg_with(&cmyk, size, ColorType::CmykAsYcck, |_| {}),
        ),
        ("PNG", png(&image)),
        ("WebP", webp(&image)),
        (
            "16-bit PNG",
            encoded(
                &DynamicImage::from(image.clone()).into_rgb16().into(),
                image::ImageFormat::Png,
            ),
        ),
    ] {
        assert_alike(label, &page(&bytes).colour, &image);
    }
}

#[test]
fn transparency_falls_on_white() {
    let mut image = DynamicImage::from(quarters(128)).into_rgba8();
    for (x, _, pixel) in image.enumerate_pixels_mut() {
        pixel[3] = if x < 64 { 0 } else { 255 };
    }
    for format in [image::ImageFormat::Png, image::ImageFormat::WebP] {
        let seen = page(&encoded(&image.clone().into(), format)).colour;
        assert_eq!(seen[(32, 32)].0, [255, 255, 255], "{format:?}");
        assert_eq!(seen[(96, 32)].0, [0, 255, 0], "{format:?}");
    }
}

#[test]
fn palette_with_transparency() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 64, 64);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_palette(vec![200, 10, 10, 10, 10, 200]);
    encoder.set_trns(vec![0, 255]);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&[0x0F; 8 * 64])
        .unwrap();
    let seen = page(&bytes).colour;
    assert_eq!(
        (seen[(0, 0)].0, seen[(7, 0)].0),
        ([255, 255, 255], [10, 10, 200])
    );
}

#[test]
fn exif_orientation_is_applied_once_and_nonsense_is_ignored() {
    let stored = DynamicImage::from(quarters(128).clone())
        .crop_imm(0, 0, 128, 96)
        .into_rgb8();
    for value in 0..=9_u8 {
        let mut upright = DynamicImage::from(stored.clone());
        upright
            .apply_orientation(Orientation::from_exif(value).unwrap_or(Orientation::NoTransforms));
        let bytes = jpeg_with_exif(&stored, &exif(&[(0x0112, u16::from(value))], 0));
        assert_alike(
            &format!("orientation {value}"),
            &page(&bytes).colour,
            &upright.into_rgb8(),
        );
    }
    for (label, block) in [
        ("an IFD that is its own successor", exif(&[(0x0112, 1)], 8)),
        ("an IFD beyond the end", exif(&[(0x0112, 1)], 0xFFFF)),
        ("no TIFF structure", b"garbage".to_vec()),
        ("nothing", Vec::new()),
        (
            "more entries than there are",
            b"II\x2A\0\x08\0\0\0\xFF\xFF".to_vec(),
        ),
    ] {
        assert_alike(
            label,
            &page(&jpeg_with_exif(&stored, &block)).colour,
            &stored,
        );
    }
}

#[test]
fn resolution_is_read_where_it_is_believable() {
    let image = quarters(64);
    let density = |value, unit| {
        jpeg_with(image.as_raw(), image.dimensions(), ColorType::Rgb, |e| {
            let density = (value, value);
            e.set_density(PixelDensity { density, unit });
        })
    };
    for (label, bytes, expected) in [
        (
            "300 per inch",
            density(300, PixelDensityUnit::Inches),
            Some(300),
        ),
        (
            "118 per centimetre",
            density(118, PixelDensityUnit::Centimeters),
            Some(300),
        ),
        (
            "72 says nothing",
            density(72, PixelDensityUnit::Inches),
            None,
        ),
        ("none", density(1, PixelDensityUnit::PixelAspectRatio), None),
    ] {
        #[expect(clippy::cast_possible_truncation, reason = "whole dots")]
        let seen = page(&bytes).dpi.map(|dpi| dpi.round() as i32);
        assert_eq!(seen, expected, "{label}");
    }
}
