//! How well a document can be seen, measured where its text is and not on the whole picture.
//!
//! The thresholds are first values, set by eye on generated scans and photos; a measurement
//! against reading errors is to replace them.
#![expect(
    clippy::indexing_slicing,
    reason = "loops over pixels inside bounds checked once"
)]

use casework::finding_code::QualityFinding;
use casework::reading::{Bounds, DocumentKind, Quality};
use image::GrayImage;

use crate::frame::{DocumentSize, Frame};
use crate::page::Page;

/// Distance between the characters of a zone below which they run into one another, pixels.
const PITCH_MIN_PX: f32 = 9.0;
/// Height of a line of print (with its surroundings) below which letters cannot be told, pixels.
const LINE_HEIGHT_MIN_PX: f32 = 12.0;
/// Below this a document is asked for again, dots per inch.
const DPI_MIN: u32 = 150;
/// Sharpness below which a text is blurred.
const SHARPNESS_MIN: f32 = 0.12;
/// Laplacian variance by grey variance of crisp print: what counts as sharpness 1.
const CRISP: f32 = 1.6;
/// Share of the text's area that may be burnt out.
const GLARE_MAX: f32 = 0.06;
/// A pixel as bright as this is burnt out where the paper itself is darker than [`PAPER_MAX`].
const BURNT: u8 = 252;
const PAPER_MAX: u8 = 238;
/// A document whose paper is darker than this is too dark.
const DARK_MAX: u8 = 85;
/// How far outside the page a corner may be, as a share of the document: corners are estimates.
const OUTSIDE_MAX: f32 = 0.03;
/// Lines looked at; more would not change the mean.
const LINES_MAX: usize = 24;
/// Long side of A4, inches.
const A4_INCHES: f32 = 11.69;

/// What is measured: a document of a kind in its frame, with its lines.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Kind of document.
    pub kind: DocumentKind,
    /// Where it lies.
    pub frame: &'a Frame,
    /// Upright boxes around its lines.
    pub lines: &'a [Bounds],
    /// Median height of its lines, pixels.
    pub line_height: Option<f32>,
    /// Distance between the characters of its zone, pixels.
    pub pitch: Option<f32>,
}

/// Measures a document on its page.
pub fn measure(page: &Page, subject: &Subject) -> Quality {
    let strips = Strips::over(&page.grey, subject.lines);
    let dpi = dpi(page, subject);
    let mut quality = Quality {
        dpi,
        sharpness: strips.sharpness(),
        glare: strips.glare(),
        findings: Vec::new(),
    };
    let low = dpi.is_some_and(|dpi| dpi < DPI_MIN)
        || subject.pitch.is_some_and(|pitch| pitch < PITCH_MIN_PX)
        || subject
            .line_height
            .is_some_and(|height| height < LINE_HEIGHT_MIN_PX);
    let seen = strips.pixels > 0;
    for (present, finding) in [
        (low, QualityFinding::LowResolution),
        (
            seen && quality.sharpness < SHARPNESS_MIN,
            QualityFinding::Blur,
        ),
        (quality.glare > GLARE_MAX, QualityFinding::Glare),
        (is_cropped(page, subject), QualityFinding::Cropped),
        (seen && strips.paper() < DARK_MAX, QualityFinding::Dark),
    ] {
        if present {
            quality.findings.push(finding);
        }
    }
    quality
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
fn dpi(page: &Page, subject: &Subject) -> Option<u32> {
    let [tl, tr, br, bl] = subject.frame.corners;
    let length = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let dots = match size_of(subject.kind) {
        Some(size) => f32::midpoint(length(tl, tr), length(bl, br)) / size.width_mm * 25.4,
        None if subject.kind == DocumentKind::Unknown => page.dpi?,
        None => page
            .dpi
            .unwrap_or(page.grey.width().max(page.grey.height()) as f32 / A4_INCHES),
    };
    (dots > 1.0).then_some(dots.round() as u32)
}

/// Only a frame that its zone implies says where the rest of the document would be.
#[expect(clippy::cast_precision_loss, reason = "the side of a page")]
fn is_cropped(page: &Page, subject: &Subject) -> bool {
    let [tl, tr, ..] = subject.frame.corners;
    let slack = OUTSIDE_MAX * (tl[0] - tr[0]).hypot(tl[1] - tr[1]);
    let (width, height) = (page.grey.width() as f32, page.grey.height() as f32);
    let outside =
        |[x, y]: [f32; 2]| x < -slack || y < -slack || x > width + slack || y > height + slack;
    subject.pitch.is_some() && subject.frame.corners.iter().any(|corner| outside(*corner))
}

/// Sums over the pixels of some lines.
struct Strips {
    pixels: u32,
    histogram: [u32; 256],
    burnt: u32,
    lines: Vec<f32>,
}

impl Strips {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to integer saturates"
    )]
    fn over(grey: &GrayImage, lines: &[Bounds]) -> Self {
        let mut strips = Self {
            pixels: 0,
            histogram: [0; 256],
            burnt: 0,
            lines: Vec::new(),
        };
        let (width, height) = grey.dimensions();
        let step = lines.len().div_ceil(LINES_MAX).max(1);
        for [left, top, wide, high] in lines.iter().step_by(step) {
            let (x0, y0) = (left.max(1.0) as u32, top.max(1.0) as u32);
            let (x1, y1) = (
                ((left + wide) as u32).min(width.saturating_sub(1)),
                ((top + high) as u32).min(height.saturating_sub(1)),
            );
            strips.add(grey, [x0, y0, x1, y1]);
        }
        strips
    }

    fn add(&mut self, grey: &GrayImage, [x0, y0, x1, y1]: [u32; 4]) {
        let stride = grey.width() as usize;
        let raw = grey.as_raw();
        let (mut count, mut sum, mut squares, mut bends) = (0_u32, 0.0_f64, 0.0_f64, 0.0_f64);
        for y in y0..y1 {
            for x in x0..x1 {
                let at = y as usize * stride + x as usize;
                let value = |at: usize| f64::from(raw[at]);
                let bend = 4.0 * value(at)
                    - value(at - 1)
                    - value(at + 1)
                    - value(at - stride)
                    - value(at + stride);
                count += 1;
                sum += value(at);
                squares += value(at) * value(at);
                bends += bend * bend;
                self.histogram[usize::from(raw[at])] += 1;
                self.burnt += u32::from(raw[at] >= BURNT && bend.abs() < 4.0);
            }
        }
        if count > 0 {
            let mean = sum / f64::from(count);
            let variance = squares / f64::from(count) - mean * mean;
            self.pixels += count;
            #[expect(clippy::cast_possible_truncation, reason = "a ratio")]
            self.lines
                .push((bends / f64::from(count) / (variance + 25.0)) as f32);
        }
    }

    /// Median over the lines: one sharp stamp does not make a text sharp.
    fn sharpness(&self) -> f32 {
        let mut lines = self.lines.clone();
        lines.sort_by(f32::total_cmp);
        lines
            .get(lines.len() / 2)
            .map_or(0.0, |ratio| (ratio / CRISP).clamp(0.0, 1.0))
    }

    #[expect(clippy::cast_precision_loss, reason = "a share")]
    fn glare(&self) -> f32 {
        if self.pixels == 0 || self.level(60) > PAPER_MAX {
            0.0
        } else {
            self.burnt as f32 / self.pixels as f32
        }
    }

    /// The grey of the paper: the lighter pixels of the lines.
    fn paper(&self) -> u8 {
        self.level(85)
    }

    fn level(&self, percent: u32) -> u8 {
        let wanted = u64::from(self.pixels) * u64::from(percent) / 100;
        let mut seen = 0;
        for (level, count) in (0..=u8::MAX).zip(self.histogram) {
            seen += u64::from(count);
            if seen > wanted {
                return level;
            }
        }
        u8::MAX
    }
}

#[cfg(test)]
mod tests {
    use image::{Luma, RgbImage, imageops};

    use super::*;

    fn page(grey: GrayImage) -> Page {
        Page {
            number: 1,
            colour: RgbImage::new(1, 1),
            grey,
            dpi: None,
            text_layer: None,
        }
    }

    fn stripes(paper: u8, ink: u8) -> GrayImage {
        GrayImage::from_fn(900, 600, |x, _| Luma([if x % 9 < 3 { ink } else { paper }]))
    }

    fn findings(grey: GrayImage, corner: f32, pitch: f32) -> Vec<QualityFinding> {
        let frame = Frame {
            corners: [[corner, 0.0], [856.0, 0.0], [856.0, 540.0], [corner, 540.0]],
        };
        let lines = [[10.0, 10.0, 800.0, 30.0], [10.0, 60.0, 800.0, 30.0]];
        let subject = Subject {
            kind: DocumentKind::IdCardBack,
            frame: &frame,
            lines: &lines,
            line_height: Some(30.0),
            pitch: Some(pitch),
        };
        measure(&page(grey), &subject).findings
    }

    #[test]
    fn each_flaw_is_named_and_a_good_scan_has_none() {
        let good = stripes(230, 40);
        let smeared = imageops::blur(&good, 4.0);
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
            (stripes(60, 5), 0.0, 20.0, vec![QualityFinding::Dark]),
        ] {
            assert_eq!(
                findings(grey, corner, pitch),
                expected,
                "corner {corner}, pitch {pitch}"
            );
        }
    }
}
