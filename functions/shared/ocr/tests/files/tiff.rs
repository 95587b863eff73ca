//! TIFFs: many pages, the ways of coding of scanners, broken chains, and what only looks like one.

use casework::finding_code::FileFinding::{self, TruncatedTail, TypeDiffers};
use casework::finding_code::RefusalCode::{self, *};
use image::{DynamicImage, RgbImage};
use ocr::file::{FileKind, Limits, open};
use tiff::encoder::Compression;
use tiff::encoder::compression::DeflateLevel;
use tiff::encoder::{TiffEncoder, colortype};
use tiff::tags::Tag;

use crate::make::{cut, encoded, jpeg, patched, quarters, scan};

/// `count` pages of colour by a well-known encoder, LZW.
pub fn pages(count: usize) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes)
        .unwrap()
        .with_compression(Compression::Lzw);
    for _ in 0..count {
        let image = scan(160, 120);
        encoder
            .write_image::<colortype::RGB8>(160, 120, image.as_raw())
            .unwrap();
    }
    bytes.into_inner()
}

/// One little-endian directory of LONG entries and one strip of `data`; tags in order.
fn raw(entries: &[(u16, u32)], next: u32, data: &[u8]) -> Vec<u8> {
    let mut entries = entries.to_vec();
    let size = u32::try_from(8 + 2 + 12 * (entries.len() + 2) + 4).unwrap();
    entries.extend([(273, size), (279, u32::try_from(data.len()).unwrap())]);
    entries.sort_unstable();
    let mut bytes = b"II\x2A\0\x08\0\0\0".to_vec();
    bytes.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
    for (tag, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend([4, 0, 1, 0, 0, 0]);
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(next.to_le_bytes());
    bytes.extend(data);
    bytes
}

fn bilevel(compression: u32, photometric: u32, next: u32, data: &[u8]) -> Vec<u8> {
    let entries = [
        (256, 64),
        (257, 64),
        (258, 1),
        (259, compression),
        (262, photometric),
        (277, 1),
        (278, 64),
    ];
    raw(&entries, next, data)
}

/// 64 × 64, all white: one "vertical 0" bit a line, then the end of the block (ITU-T T.6).
pub fn g4() -> Vec<u8> {
    bilevel(4, 0, 0, &[&[0xFF_u8; 8][..], &[0x00, 0x10, 0x01]].concat())
}

/// A whole JPEG as the only strip, YCbCr.
pub fn in_jpeg() -> Vec<u8> {
    let entries = [
        (256, 128),
        (257, 128),
        (258, 8),
        (259, 7),
        (262, 6),
        (277, 3),
        (278, 128),
    ];
    raw(&entries, 0, &jpeg(&quarters(128)))
}

fn outcome(bytes: &[u8]) -> Result<(u32, Vec<FileFinding>), RefusalCode> {
    let file = open(bytes, Some("scan.tiff"), &Limits::APPLICANT)?;
    for number in 1..=file.pages {
        file.page(number)?;
    }
    Ok((file.pages, file.findings))
}

#[test]
fn what_becomes_of_a_tiff() {
    let black = [0_u8; 512];
    let whole = bilevel(1, 1, 0, &black);
    for (label, bytes, expected) in [
        ("one page", pages(1), Ok((1, vec![]))),
        ("ten pages", pages(10), Ok((10, vec![]))),
        ("eleven pages", pages(11), Err(TooManyPages)),
        ("1-bit", whole.clone(), Ok((1, vec![]))),
        ("G4", g4(), Ok((1, vec![]))),
        ("JPEG inside", in_jpeg(), Ok((1, vec![]))),
        (
            "a directory that follows itself",
            bilevel(1, 1, 8, &black),
            Ok((1, vec![])),
        ),
        (
            "a chain that leaves the file",
            bilevel(1, 1, 99_999, &black),
            Ok((1, vec![TruncatedTail])),
        ),
    ] {
        assert_eq!(outcome(&bytes), expected, "{label}");
    }
    let named = open(&whole, Some("a.jpg"), &Limits::APPLICANT).unwrap();
    assert_eq!(
        (named.kind, named.findings),
        (FileKind::Tiff, vec![TypeDiffers])
    );
}

#[test]
fn tiffs_that_are_refused() {
    let black = [0_u8; 512];
    let whole = bilevel(1, 1, 0, &black);
    for (label, bytes, expected) in [
        ("pixels cut off", cut(whole.clone(), 60), Err(Truncated)),
        ("directory cut off", whole[..40].to_vec(), Err(Truncated)),
        (
            "header only",
            b"II\x2A\0\x08\0\0\0".to_vec(),
            Err(Truncated),
        ),
        (
            "no directory",
            b"II\x2A\0\0\0\0\0".to_vec(),
            Err(UnreadableImage),
        ),
        (
            "old-style JPEG",
            bilevel(6, 6, 0, &black),
            Err(UnsupportedEncoding),
        ),
        ("G3", bilevel(3, 0, 0, &black), Err(UnsupportedEncoding)),
        (
            "raw photo",
            bilevel(1, 32_803, 0, &black),
            Err(UnsupportedType),
        ),
        (
            "DNG",
            raw(&[(254, 1), (256, 64), (257, 64), (50_706, 4)], 0, &black),
            Err(UnsupportedType),
        ),
        (
            "60,000 × 60,000",
            patched(
                raw(&[(256, 60_000), (257, 60_000), (262, 1)], 0, &black),
                b"II",
                b"II",
            ),
            Err(PixelsOverLimit),
        ),
    ] {
        assert_eq!(outcome(&bytes), expected, "{label}");
    }
}

fn first_page(bytes: &[u8]) -> RgbImage {
    open(bytes, None, &Limits::APPLICANT)
        .unwrap()
        .page(1)
        .unwrap()
        .colour
}

#[test]
fn white_is_white_whichever_end_it_is_coded_at() {
    for (label, bytes, expected) in [
        ("black is zero", bilevel(1, 1, 0, &[0; 512]), 0),
        ("white is zero", bilevel(1, 0, 0, &[0; 512]), 255),
        ("G4, white is zero", g4(), 255),
    ] {
        assert_eq!(first_page(&bytes)[(32, 32)].0, [expected; 3], "{label}");
    }
}

#[test]
fn colours_and_orientation() {
    let image = quarters(128);
    let deep: DynamicImage = DynamicImage::from(image.clone()).into_rgb16().into();
    let mut cmyk = std::io::Cursor::new(Vec::new());
    let ink: Vec<u8> = image
        .pixels()
        .flat_map(|p| [255 - p[0], 255 - p[1], 255 - p[2], 0])
        .collect();
    let mut encoder = TiffEncoder::new_big(&mut cmyk)
        .unwrap()
        .with_compression(Compression::Deflate(DeflateLevel::Fast));
    encoder
        .write_image::<colortype::CMYK8>(128, 128, &ink)
        .unwrap();
    for (label, bytes) in [
        (
            "RGB",
            encoded(&image.clone().into(), image::ImageFormat::Tiff),
        ),
        ("16 bits", encoded(&deep, image::ImageFormat::Tiff)),
        ("CMYK, BigTIFF, Deflate", cmyk.into_inner()),
        ("JPEG, YCbCr", in_jpeg()),
    ] {
        let seen = first_page(&bytes);
        for at in [(32, 32), (96, 32), (32, 96), (96, 96)] {
            let near = std::iter::zip(seen[at].0, image[at].0).all(|(a, b)| a.abs_diff(b) < 12);
            assert!(near, "{label} at {at:?}: {:?}", seen[at]);
        }
    }
    let mut turned = std::io::Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut turned).unwrap();
    let mut page = encoder.new_image::<colortype::RGB8>(128, 128).unwrap();
    page.encoder().write_tag(Tag::Orientation, 3_u16).unwrap();
    page.write_data(image.as_raw()).unwrap();
    let seen = first_page(&turned.into_inner());
    assert_eq!(
        (seen[(96, 96)].0, seen[(32, 32)].0),
        ([255, 0, 0], [255, 255, 255])
    );
}
