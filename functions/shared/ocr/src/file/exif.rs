//! The two things believed of a photo's EXIF: how it was held, and its resolution.
//!
//! Malformed EXIF is ignored, as is everything else in it: thumbnails, places, makers' notes.

use exif::{Error, Exif, In, Reader, Tag, Value};
use image::metadata::Orientation;

/// Orientation (EXIF 2.32 §4.6.4 A, tag 0x0112) and dots per inch from a raw TIFF-structured block.
pub(super) fn read(raw: &[u8]) -> (Orientation, Option<f32>) {
    // Readers disagree on whether the "Exif\0\0" prefix of APP1 belongs to the block.
    let raw = raw.strip_prefix(b"Exif\0\0").unwrap_or(raw);
    let parsed = match Reader::new().continue_on_error(true).read_raw(raw.to_vec()) {
        Ok(exif) => Some(exif),
        Err(Error::PartialResult(partial)) => Some(partial.into_inner().0),
        Err(_) => None,
    };
    parsed.map_or((Orientation::NoTransforms, None), |exif| {
        (orientation(&exif), dpi(&exif))
    })
}

fn orientation(exif: &Exif) -> Orientation {
    exif.get_field(Tag::Orientation, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|value| u8::try_from(value).ok())
        .and_then(Orientation::from_exif)
        .unwrap_or(Orientation::NoTransforms)
}

fn dpi(exif: &Exif) -> Option<f32> {
    let Value::Rational(values) = &exif.get_field(Tag::XResolution, In::PRIMARY)?.value else {
        return None;
    };
    let unit = exif
        .get_field(Tag::ResolutionUnit, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .unwrap_or(2);
    per_inch(values.first()?.to_f32(), unit)
}

/// TIFF's `ResolutionUnit`: 2 inch, 3 centimetre.
pub(super) fn per_inch(resolution: f32, unit: u32) -> Option<f32> {
    match unit {
        2 => Some(resolution),
        3 => Some(resolution * 2.54),
        _ => None,
    }
}
