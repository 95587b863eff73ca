//! QR and bar codes on a page, by `rxing`.
//!
//! What a code says is a reading like any other; what it means is decided elsewhere.

use std::collections::HashSet;

use casework::personal::Personal;
use casework::reading::Bounds;
use image::{GrayImage, imageops};
use rxing::common::HybridBinarizer;
use rxing::multi::qrcode::QRCodeMultiReader;
use rxing::multi::{GenericMultipleBarcodeReader, MultipleBarcodeReader};
use rxing::oned::MultiFormatOneDReader;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult, Reader};

use crate::page::Page;
use crate::raster::{halve, shrunk};

/// Larger pages are searched at this size: a code on a document has modules enough for it.
const PIXELS_MAX: f64 = 4_000_000.0;
/// One page holds no more codes than this.
const CODES_MAX: usize = 32;

/// What kind of code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Symbology {
    /// ISO/IEC 18004.
    Qr,
    /// A linear bar code: Code 128, Code 39 or EAN-13.
    Linear,
}

/// One code that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// What it says.
    pub text: Personal<String>,
    /// What kind it is.
    pub symbology: Symbology,
    /// Upright box around its reference points, pixels of the page. A linear code's box has
    /// the height of the one row it was read in.
    pub bounds: Bounds,
}

/// Every code on the page.
pub fn read(page: &Page) -> Vec<Code> {
    let (image, shrink) = small(&page.grey);
    let mut found = qr_codes(&image);
    if found.is_empty() {
        let mut negative = image.clone();
        imageops::invert(&mut negative);
        found = qr_codes(&negative);
    }
    found.extend(linear_codes(&image));
    let mut read: Vec<Code> = found.iter().filter_map(|one| code(one, shrink)).collect();
    if read.iter().all(|code| code.symbology != Symbology::Qr) {
        // Half as large its modules are even, where a scanner's noise or a slight turn frayed them.
        let found = qr_codes(&halve(&image));
        read.extend(found.iter().filter_map(|one| code(one, 2.0 * shrink)));
    }
    distinct(read)
}

/// The linear code inside `area` of the page (left, top, width, height, pixels) whose text is `wanted`; where the
/// first that is seen is not, every one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "float to integer saturates, and pages are small"
)]
pub fn linear_in(
    page: &Page,
    [left, top, width, height]: Bounds,
    wanted: impl Fn(&str) -> bool,
) -> Vec<Code> {
    let page = &page.grey;
    let within = |from: f32, size: f32, side: u32| {
        let from = from.clamp(0.0, side as f32);
        (from as u32, (from + size.max(0.0)).min(side as f32) as u32)
    };
    let (left, right) = within(left, width, page.width());
    let (top, bottom) = within(top, height, page.height());
    let (columns, rows) = (left as usize..right as usize, top as usize..bottom as usize);
    let lines = page.as_raw().chunks_exact(page.width().max(1) as usize);
    let lines = lines.skip(rows.start).take(rows.len());
    let lines: Vec<&[u8]> = lines.filter_map(|line| line.get(columns.clone())).collect();
    let cut = GrayImage::from_raw(right - left, bottom - top, lines.concat());
    let Some(cut) = cut.filter(|cut| !cut.is_empty()) else {
        return Vec::new();
    };
    let (image, shrink) = small(&cut);
    let first = linear_code(&image).filter(|code| wanted(code.getText()));
    let read = first.map_or_else(|| linear_codes(&image), |first| vec![first]);
    let mut codes: Vec<Code> = read.iter().filter_map(|one| code(one, shrink)).collect();
    for code in &mut codes {
        code.bounds[0] += left as f32;
        code.bounds[1] += top as f32;
    }
    distinct(codes)
}

/// The picture at a size at which it is searched, and how many of its pixels are one of that.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the side of a page, made smaller"
)]
fn small(grey: &GrayImage) -> (GrayImage, f32) {
    let (width, height) = grey.dimensions();
    let shrink = (f64::from(width) * f64::from(height) / PIXELS_MAX)
        .sqrt()
        .max(1.0);
    let smaller = |side: u32| ((f64::from(side) / shrink) as u32).max(1);
    (shrunk(grey, smaller(width), smaller(height)), shrink as f32)
}

/// Each text once, and no more than a page holds.
fn distinct(read: Vec<Code>) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    for code in read {
        if codes.len() < CODES_MAX && !codes.iter().any(|other| other.text == code.text) {
            codes.push(code);
        }
    }
    codes
}

fn bitmap(image: &GrayImage) -> Option<BinaryBitmap<HybridBinarizer<Luma8LuminanceSource>>> {
    let (width, height) = image.dimensions();
    let source = Luma8LuminanceSource::new(image.as_raw().clone(), width, height).ok()?;
    Some(BinaryBitmap::new(HybridBinarizer::new(source)))
}

fn qr_codes(image: &GrayImage) -> Vec<RXingResult> {
    let hints = DecodeHints {
        TryHarder: Some(true),
        // One character a byte, so that the bytes can be had back, those too that a writer packed as kanji:
        // by Shift JIS the pairs that no kanji has would be lost, and with them half a name.
        CharacterSet: Some("iso-8859-1".to_owned()),
        QrAssumeSpecConformInput: Some(true),
        ..DecodeHints::default()
    };
    bitmap(image)
        .and_then(|mut bitmap| {
            QRCodeMultiReader::default()
                .decode_multiple_with_hints(&mut bitmap, &hints)
                .ok()
        })
        .unwrap_or_default()
}

fn linear_hints() -> DecodeHints {
    let formats = [
        BarcodeFormat::CODE_128,
        BarcodeFormat::CODE_39,
        BarcodeFormat::EAN_13,
    ];
    DecodeHints {
        PossibleFormats: Some(HashSet::from(formats)),
        TryHarder: Some(true),
        ..DecodeHints::default()
    }
}

fn linear_code(image: &GrayImage) -> Option<RXingResult> {
    let hints = linear_hints();
    let mut reader = MultiFormatOneDReader::new(&hints);
    reader.decode_with_hints(&mut bitmap(image)?, &hints).ok()
}

/// All of a picture: what lies beside each that is found is searched too, for as long as it takes.
fn linear_codes(image: &GrayImage) -> Vec<RXingResult> {
    let hints = linear_hints();
    bitmap(image)
        .and_then(|mut bitmap| {
            GenericMultipleBarcodeReader::new(MultiFormatOneDReader::new(&hints))
                .decode_multiple_with_hints(&mut bitmap, &hints)
                .ok()
        })
        .unwrap_or_default()
}

fn code(result: &RXingResult, shrink: f32) -> Option<Code> {
    let points = result.getPoints();
    let first = points.first()?;
    let mut edges = [first.x, first.y, first.x, first.y];
    for point in points {
        edges = [
            edges[0].min(point.x),
            edges[1].min(point.y),
            edges[2].max(point.x),
            edges[3].max(point.y),
        ];
    }
    let [left, top, right, bottom] = edges.map(|edge| edge * shrink);
    let symbology = if *result.getBarcodeFormat() == BarcodeFormat::QR_CODE {
        Symbology::Qr
    } else {
        Symbology::Linear
    };
    let text = result.getText();
    Some(Code {
        text: Personal::new(as_utf8(text).unwrap_or_else(|| text.to_owned())),
        symbology,
        bounds: [left, top, right - left, bottom - top],
    })
}

/// The text of a code whose bytes are UTF-8, of one character a byte.
///
/// Writers cut UTF-8 into segments anywhere, and pack two bytes of it that look like a kanji
/// (ISO/IEC 18004 §7.4.6) as one. None where the bytes are no UTF-8, or the code itself said what its
/// characters are.
fn as_utf8(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_utf8_are_put_together_again() {
        for (text, expected) in [
            ("IIN 900101300017", Some("IIN 900101300017")),
            ("\u{d2}\u{9a}\u{d0}\u{90}", Some("ҚА")),
            ("\u{d1}o", None), // Latin-1
            ("Қ", None),       // the code named its characters itself
        ] {
            assert_eq!(as_utf8(text).as_deref(), expected, "{text}");
        }
    }
}
