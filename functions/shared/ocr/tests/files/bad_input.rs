//! One row a case: what arrives, under which name, and how it ends.

use casework::finding_code::FileFinding::{
    self, Animated, TrailingData, TruncatedTail, TypeDiffers,
};
use casework::finding_code::RefusalCode::{self, *};
use jpeg_encoder::ColorType;
use ocr::file::{Limits, open};

use crate::make::*;

type Outcome = Result<Vec<FileFinding>, RefusalCode>;

/// Opens the file and decodes each of its pages, as the reader does.
fn outcome(bytes: &[u8], name: &str) -> Outcome {
    let file = open(bytes, Some(name), &Limits::APPLICANT)?;
    for number in 1..=file.pages {
        let page = file.page(number)?;
        assert_eq!(page.number, number);
        assert_eq!(page.colour.dimensions(), page.grey.dimensions());
    }
    Ok(file.findings)
}

fn check(rows: &[(&str, Vec<u8>, &str, Outcome)]) {
    for (label, bytes, name, expected) in rows {
        assert_eq!(&outcome(bytes, name), expected, "{label}");
    }
}

const ACCEPTED: Outcome = Ok(Vec::new());

#[test]
fn jpegs() {
    let scan = scan(400, 600);
    let plain = jpeg(&scan);
    let progressive = jpeg_with(scan.as_raw(), scan.dimensions(), ColorType::Rgb, |e| {
        e.set_progressive(true);
    });
    let luma = grey(&scan);
    let sof = |to: &[u8]| patched(plain.clone(), b"\xFF\xC0\0\x11\x08", to);
    check(&[
        ("baseline", plain.clone(), "a.jpg", ACCEPTED),
        ("progressive", progressive.clone(), "a.jpg", ACCEPTED),
        (
            "greyscale",
            jpeg_with(luma.as_raw(), luma.dimensions(), ColorType::Luma, |_| {}),
            "a.jpeg",
            ACCEPTED,
        ),
        (
            "12-bit",
            sof(b"\xFF\xC1\0\x11\x0C"),
            "a.jpg",
            Err(UnsupportedEncoding),
        ),
        (
            "arithmetic",
            sof(b"\xFF\xC9\0\x11\x08"),
            "a.jpg",
            Err(UnsupportedEncoding),
        ),
        (
            "lossless",
            sof(b"\xFF\xC3\0\x11\x08"),
            "a.jpg",
            Err(UnsupportedEncoding),
        ),
    ]);
}

#[test]
fn broken_jpegs() {
    let scan = scan(400, 600);
    let plain = jpeg(&scan);
    let progressive = jpeg_with(scan.as_raw(), scan.dimensions(), ColorType::Rgb, |e| {
        e.set_progressive(true);
    });
    check(&[
        (
            "last tenth missing",
            cut(plain.clone(), 90),
            "a.jpg",
            Err(Truncated),
        ),
        (
            "last 2 % missing",
            cut(plain.clone(), 98),
            "a.jpg",
            Ok(vec![TruncatedTail]),
        ),
        (
            "half a progressive",
            cut(progressive.clone(), 50),
            "a.jpg",
            Err(Truncated),
        ),
        (
            "header only",
            plain[..200].to_vec(),
            "a.jpg",
            Err(UnreadableImage),
        ),
        (
            "garbage behind SOI",
            followed_by(b"\xFF\xD8".to_vec(), 900),
            "a.jpg",
            Err(UnreadableImage),
        ),
        (
            "SOI alone",
            b"\xFF\xD8".to_vec(),
            "a.jpg",
            Err(UnreadableImage),
        ),
    ]);
}

#[test]
fn jpegs_with_more_behind_them_and_other_names() {
    let plain = jpeg(&scan(400, 600));
    check(&[
        (
            "1 kB behind the end",
            followed_by(plain.clone(), 1024),
            "a.jpg",
            ACCEPTED,
        ),
        (
            "more than 1 kB behind it",
            followed_by(plain.clone(), 1025),
            "a.jpg",
            Ok(vec![TrailingData]),
        ),
        (
            "JPEG and ZIP",
            [plain.clone(), b"PK\x03\x04".repeat(900)].concat(),
            "a.jpg",
            Ok(vec![TrailingData]),
        ),
        ("named .pdf", plain.clone(), "a.pdf", Ok(vec![TypeDiffers])),
        ("named .JPG", plain.clone(), "A.JPG", ACCEPTED),
        (
            "an extension that says nothing",
            plain.clone(),
            "scan.001",
            ACCEPTED,
        ),
    ]);
}

#[test]
fn sizes() {
    check(&[
        ("0 × 0", png_of_size(0, 0), "a.png", Err(TooSmall)),
        ("1 × 1", png(&scan(1, 1)), "a.png", Err(TooSmall)),
        ("1 × 1 JPEG", jpeg(&scan(1, 1)), "a.jpg", Err(TooSmall)),
        ("1 × 50,000", png_of_size(1, 50_000), "a.png", Err(BadShape)),
        (
            "60,000 × 60,000",
            png_of_size(60_000, 60_000),
            "a.png",
            Err(PixelsOverLimit),
        ),
        (
            "60,000 × 60,000 JPEG",
            patched(
                jpeg(&scan(64, 64)),
                b"\x08\0\x40\0\x40",
                b"\x08\xEA\x60\xEA\x60",
            ),
            "a.jpg",
            Err(PixelsOverLimit),
        ),
        ("just large enough", png(&scan(50, 50)), "a.png", ACCEPTED),
    ]);
    let mut large = jpeg(&scan(64, 64));
    large.resize(Limits::APPLICANT.bytes_max, 0);
    assert_eq!(outcome(&large, "a.jpg"), Ok(vec![TrailingData]));
    large.push(0);
    assert_eq!(outcome(&large, "a.jpg"), Err(TooLarge));
}

#[test]
fn pngs_and_webps() {
    let scan = scan(400, 600);
    let png = png(&scan);
    let webp = webp(&scan);
    check(&[
        ("PNG", png.clone(), "a.png", ACCEPTED),
        ("APNG", apng(&scan), "a.png", Ok(vec![Animated])),
        ("PNG, half", cut(png.clone(), 50), "a.png", Err(Truncated)),
        (
            "PNG, end chunk missing",
            png[..png.len() - 12].to_vec(),
            "a.png",
            Ok(vec![TruncatedTail]),
        ),
        (
            "PNG and more",
            followed_by(png.clone(), 2000),
            "a.png",
            Ok(vec![TrailingData]),
        ),
        (
            "PNG magic and nothing",
            png[..8].to_vec(),
            "a.png",
            Err(UnreadableImage),
        ),
        ("WebP", webp.clone(), "a.webp", ACCEPTED),
        (
            "WebP, half",
            cut(webp.clone(), 50),
            "a.webp",
            Err(Truncated),
        ),
        (
            "WebP and more",
            followed_by(webp, 2000),
            "a.webp",
            Ok(vec![TrailingData]),
        ),
        ("a PNG named .jpg", png, "a.jpg", Ok(vec![TypeDiffers])),
    ]);
}

#[test]
fn types_that_are_not_taken() {
    let ftyp = |brands: &[u8]| [b"\0\0\0\x18ftyp", brands, b"\0\0\0\x08mdat"].concat();
    for (label, bytes, expected) in [
        ("empty", &b""[..], EmptyFile),
        ("HEIC", &ftyp(b"heic\0\0\0\0mif1heic"), Heic),
        ("HEIF of an iPhone", &ftyp(b"mif1\0\0\0\0mif1heic"), Heic),
        ("AVIF", &ftyp(b"avif\0\0\0\0mif1avif"), UnsupportedType),
        ("MOV", &ftyp(b"qt  \0\0\0\0qt  qt  "), UnsupportedType),
        ("GIF", b"GIF89a\x10\0\x10\0\0\0\0;", UnsupportedType),
        ("BMP", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", UnsupportedType),
        ("JPEG XL", b"\xFF\x0A\x10\x10", UnsupportedType),
        (
            "SVG",
            b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
            UnsupportedType,
        ),
        ("PSD", b"8BPS\0\x01", UnsupportedType),
        ("DOC", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", UnsupportedType),
        (
            "DOCX, ZIP, zip bomb",
            b"PK\x03\x04\x14\0\x06\0",
            UnsupportedType,
        ),
        ("RAR", b"Rar!\x1A\x07\x01\0", UnsupportedType),
        ("7z", b"7z\xBC\xAF\x27\x1C", UnsupportedType),
        (
            "EML",
            b"From: a@example.org\r\nSubject: papers\r\n\r\nattached",
            UnsupportedType,
        ),
        ("plain text", "Құжаттар".as_bytes(), UnsupportedType),
        ("HTML", b"\n <!DOCTYPE html><html><p>hello", ActiveContent),
        (
            "HTML in UTF-16",
            b"\xFF\xFE<\0h\0t\0m\0l\0>\0",
            ActiveContent,
        ),
        (
            "SVG with a script",
            b"<svg><script>alert(1)</script></svg>",
            ActiveContent,
        ),
        (
            "JavaScript",
            b"(function () { document.cookie })()",
            ActiveContent,
        ),
        ("shell script", b"#!/bin/sh\nrm -rf /tmp/x\n", ActiveContent),
        ("batch file", b"@echo off\r\nformat c:", ActiveContent),
        ("EXE", b"MZ\x90\0\x03\0\0\0", ActiveContent),
        ("ELF", b"\x7FELF\x02\x01\x01\0", ActiveContent),
        ("Mach-O", b"\xCF\xFA\xED\xFE\x07\0\0\x01", ActiveContent),
        (
            "EICAR",
            b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
            ActiveContent,
        ),
    ] {
        assert_eq!(outcome(bytes, "scan.pdf"), Err(expected), "{label}");
        assert_eq!(expected.quarantined(), expected == ActiveContent, "{label}");
    }
}
