//! How well a document can be seen, measured where its text is and not on the whole picture.
//!
//! The thresholds of pitch, sharpness and contrast come from holding them against misread zones, on pages
//! of their own; those of glare, of corners and of printed lines are set by eye. How well each code foretells a
//! misread zone is printed by `tests/accuracy`.

use casework::finding_code::QualityFinding;
use casework::reading::{DocumentKind, Quality};

use crate::frame::{DocumentSize, Frame};
use crate::raster::Pyramid;

mod strips;

use strips::Strips;

/// Distance between the characters of a zone below which they run into one another, pixels.
const PITCH_MIN_PX: f32 = 9.0;
/// Height of a line of print (with its surroundings) below which letters cannot be told, pixels.
const LINE_HEIGHT_MIN_PX: f32 = 12.0;
/// Below this a document is asked for again, dots per inch.
const DPI_MIN: u32 = 150;
/// Sharpness below which a text is blurred.
const SHARPNESS_MIN: f32 = 0.1;
/// Share of the text's area that may be burnt out.
const GLARE_MAX: f32 = 0.06;
/// A document whose paper is darker than this is dark,
const DARK_MAX: u8 = 85;
/// and too dark where its ink stands out of the noise by less: dark and clear is read as well as light.
const CONTRAST_MIN: f32 = 4.5;
/// How far outside the page a corner may be, as a share of the document: corners are estimates.
const OUTSIDE_MAX: f32 = 0.03;
/// Long side of A4, inches.
const A4_INCHES: f32 = 11.69;

/// A line of text, or several of the same height.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Corners on the page, top left first, page pixels.
    pub corners: [[f32; 2]; 4],
    /// Height of a capital, page pixels.
    pub capital_px: f32,
}

/// What is measured: a document of a kind in its frame, with its lines.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Kind of document.
    pub kind: DocumentKind,
    /// Where it lies.
    pub frame: &'a Frame,
    /// Its lines.
    pub lines: &'a [Line],
    /// Distance between the characters of its zone, pixels.
    pub pitch: Option<f32>,
}

/// Measures a document on its page, which was scanned at so many dots per inch, if that is known.
pub fn measure(page: &Pyramid, page_dpi: Option<f32>, subject: &Subject) -> Quality {
    let strips = Strips::over(page, subject.lines);
    let dpi = dpi(page, page_dpi, subject);
    let mut quality = Quality {
        dpi,
        sharpness: strips.sharpness(),
        glare: strips.glare(),
        findings: Vec::new(),
    };
    let low = match (subject.pitch, line_height(subject.lines)) {
        // Characters are what is read: enough pixels for them are enough.
        (Some(pitch), _) => pitch < PITCH_MIN_PX,
        (None, height) => {
            dpi.is_some_and(|dpi| dpi < DPI_MIN)
                || height.is_some_and(|height| height < LINE_HEIGHT_MIN_PX)
        }
    };
    let seen = strips.pixels > 0;
    for (present, finding) in [
        (low, QualityFinding::LowResolution),
        (
            seen && quality.sharpness < SHARPNESS_MIN,
            QualityFinding::Blur,
        ),
        (quality.glare > GLARE_MAX, QualityFinding::Glare),
        (is_cropped(page, subject), QualityFinding::Cropped),
        (
            seen && strips.paper() < DARK_MAX && strips.contrast() < CONTRAST_MIN,
            QualityFinding::Dark,
        ),
    ] {
        if present {
            quality.findings.push(finding);
        }
    }
    quality
}

/// Median height of the lines, pixels.
fn line_height(lines: &[Line]) -> Option<f32> {
    let mut heights: Vec<f32> = lines.iter().map(|line| line.capital_px).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied()
}

const fn size_of(kind: DocumentKind) -> Option<DocumentSize> {
    match kind {
        DocumentKind::IdCardFront | DocumentKind::IdCardBack => Some(DocumentSize::TD1),
        DocumentKind::Passport => Some(DocumentSize::TD3),
        DocumentKind::ExitPermit | DocumentKind::RegistrationCard | DocumentKind::Unknown => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few hundred, never negative"
)]
fn dpi(page: &Pyramid, page_dpi: Option<f32>, subject: &Subject) -> Option<u32> {
    let [tl, tr, br, bl] = subject.frame.corners;
    let length = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let dots = match size_of(subject.kind) {
        Some(size) => f32::midpoint(length(tl, tr), length(bl, br)) / size.width_mm * 25.4,
        None if subject.kind == DocumentKind::Unknown => page_dpi?,
        None => page_dpi.unwrap_or_else(|| {
            let (width, height) = page.page().dimensions();
            width.max(height) as f32 / A4_INCHES
        }),
    };
    (dots > 1.0).then_some(dots.round() as u32)
}

/// Only a frame that its zone implies says where the rest of the document would be.
#[expect(clippy::cast_precision_loss, reason = "the side of a page")]
fn is_cropped(page: &Pyramid, subject: &Subject) -> bool {
    let [tl, tr, ..] = subject.frame.corners;
    let slack = OUTSIDE_MAX * (tl[0] - tr[0]).hypot(tl[1] - tr[1]);
    let (width, height) = page.page().dimensions();
    let (width, height) = (width as f32, height as f32);
    let outside =
        |[x, y]: [f32; 2]| x < -slack || y < -slack || x > width + slack || y > height + slack;
    subject.pitch.is_some() && subject.frame.corners.iter().any(|corner| outside(*corner))
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma, imageops};

    use super::*;

    fn stripes(paper: u8, ink: u8) -> GrayImage {
        GrayImage::from_fn(900, 600, |x, _| {
            Luma([if x % 44 < 5 { ink } else { paper }])
        })
    }

    /// Stripes under noise of up to so many greys either way.
    fn dim(paper: u8, ink: u8, noise: u64) -> GrayImage {
        let mut seed = 5_u64;
        let mut page = stripes(paper, ink);
        for pixel in page.iter_mut() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let chance = i16::try_from((seed >> 33) % (2 * noise + 1)).unwrap();
            let off = chance - i16::try_from(noise).unwrap();
            *pixel = pixel.saturating_add_signed(i8::try_from(off).unwrap());
        }
        page
    }

    fn findings(grey: GrayImage, corner: f32, pitch: f32) -> Vec<QualityFinding> {
        let frame = Frame {
            corners: [[corner, 0.0], [856.0, 0.0], [856.0, 540.0], [corner, 540.0]],
        };
        let lines = [10.0, 60.0].map(|top| Line {
            corners: [
                [10.0, top],
                [810.0, top],
                [810.0, top + 30.0],
                [10.0, top + 30.0],
            ],
            capital_px: 20.0,
        });
        let subject = Subject {
            kind: DocumentKind::IdCardBack,
            frame: &frame,
            lines: &lines,
            pitch: Some(pitch),
        };
        measure(&Pyramid::new(grey), None, &subject).findings
    }

    #[test]
    fn each_flaw_is_named_and_a_good_scan_has_none() {
        let good = stripes(230, 40);
        let smeared = imageops::blur(&good, 5.0);
        let mut burnt = good.clone();
        for pixel in burnt
            .enumerate_pixels_mut()
            .filter(|(x, ..)| *x < 200)
            .map(|(_, _, pixel)| pixel)
        {
            *pixel = Luma([255]);
        }
        for (grey, corner, pitch, expected) in [
            (good.clone(), 0.0, 20.0, vec![]),
            (good.clone(), 0.0, 8.9, vec![QualityFinding::LowResolution]),
            (good.clone(), 0.0, 9.0, vec![]),
            (good, -100.0, 20.0, vec![QualityFinding::Cropped]),
            (smeared, 0.0, 20.0, vec![QualityFinding::Blur]),
            (burnt, 0.0, 20.0, vec![QualityFinding::Glare]),
            (stripes(60, 5), 0.0, 20.0, vec![]),
            (dim(60, 40, 24), 0.0, 20.0, vec![QualityFinding::Dark]),
            (dim(180, 160, 24), 0.0, 20.0, vec![]),
        ] {
            assert_eq!(
                findings(grey, corner, pitch),
                expected,
                "corner {corner}, pitch {pitch}"
            );
        }
    }
}
