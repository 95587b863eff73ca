//! The lines of a document, each brought to the same size, and what their pixels come to.
//!
//! A photo of forty pixels a character may be soft and still be read with ease; what counts is how a
//! line looks when its capitals are as high as a reader sees them. Never here: what is too poor.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "loops over the pixels of views whose sides are set here"
)]

use image::GrayImage;

use super::Line;
use crate::homography::Homography;
use crate::raster::{Pyramid, noise};

/// Height of a capital on a view, pixels.
const CAPITAL_PX: f32 = 12.0;
/// Longest side of a view, pixels.
const SIDE_PX_MAX: f32 = 1200.0;
/// Lines looked at; more would not change the mean.
const LINES_MAX: usize = 24;
/// Laplacian variance by grey variance of crisp print: what counts as sharpness 1.
const CRISP: f32 = 1.6;
/// A pixel as bright as this is burnt out where the paper itself is darker than [`PAPER_MAX`].
const BURNT: u8 = 252;
const PAPER_MAX: u8 = 238;

/// Sums over the pixels of some lines.
pub(super) struct Strips {
    pub pixels: u32,
    histogram: [u32; 256],
    burnt: u32,
    sharpness: Vec<f32>,
    noise: Vec<f32>,
}

impl Strips {
    pub fn over(page: &Pyramid, lines: &[Line]) -> Self {
        let mut strips = Self {
            pixels: 0,
            histogram: [0; 256],
            burnt: 0,
            sharpness: Vec::new(),
            noise: Vec::new(),
        };
        let step = lines.len().div_ceil(LINES_MAX).max(1);
        for line in lines.iter().step_by(step) {
            if let Some(view) = view(page, line) {
                strips.add(&view);
            }
        }
        strips
    }

    fn add(&mut self, view: &GrayImage) {
        let (width, height) = (view.width() as usize, view.height() as usize);
        let raw = view.as_raw();
        let (mut count, mut sum, mut squares, mut bends) = (0_u32, 0.0_f32, 0.0_f32, 0.0_f32);
        for y in 1..height.saturating_sub(1) {
            for x in 1..width.saturating_sub(1) {
                let at = y * width + x;
                let value = |at: usize| f32::from(raw[at]);
                let around = value(at - 1) + value(at + 1) + value(at - width) + value(at + width);
                let bend = 4.0 * value(at) - around;
                count += 1;
                sum += value(at);
                squares += value(at) * value(at);
                bends += bend * bend;
                self.histogram[usize::from(raw[at])] += 1;
                self.burnt += u32::from(raw[at] >= BURNT && bend.abs() < 4.0);
            }
        }
        if count > 0 {
            let mean = sum / count as f32;
            let variance = squares / count as f32 - mean * mean;
            self.pixels += count;
            self.sharpness
                .push(bends / count as f32 / (variance + 25.0));
            self.noise.push(noise(view));
        }
    }

    /// Median over the lines: one sharp stamp does not make a text sharp.
    pub fn sharpness(&self) -> f32 {
        (median(&self.sharpness) / CRISP).clamp(0.0, 1.0)
    }

    /// How far ink stands out from the paper, in standard deviations of the noise.
    pub fn contrast(&self) -> f32 {
        let apart = self.level(85).saturating_sub(self.level(8));
        f32::from(apart) / (median(&self.noise) + 1.0)
    }

    /// Share of the pixels that a light has burnt out.
    pub fn glare(&self) -> f32 {
        if self.pixels == 0 || self.level(60) > PAPER_MAX {
            0.0
        } else {
            self.burnt as f32 / self.pixels as f32
        }
    }

    /// The grey of the paper: the lighter pixels of the lines.
    pub fn paper(&self) -> u8 {
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

fn median(values: &[f32]) -> f32 {
    let mut values = values.to_vec();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// A line on its own, upright, its capitals [`CAPITAL_PX`] high.
fn view(page: &Pyramid, line: &Line) -> Option<GrayImage> {
    let [tl, tr, br, bl] = line.corners;
    let length = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let scale = CAPITAL_PX / line.capital_px;
    let width = (length(tl, tr).max(length(bl, br)) * scale).clamp(3.0, SIDE_PX_MAX);
    let height = (length(tl, bl).max(length(tr, br)) * scale).clamp(3.0, SIDE_PX_MAX);
    let (width, height) = (width.round(), height.round());
    let around = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    let to_page = Homography::from_points(&around, &line.corners)?;
    scale
        .is_finite()
        .then(|| page.warp(&to_page, width as u32, height as u32))
}
