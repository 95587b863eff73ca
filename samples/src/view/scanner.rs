//! A flat-bed scanner: A4 glass, even light, a little tilt.

use std::borrow::Borrow;

use image::{Rgb, RgbImage, imageops};

use crate::chance::Chance;
use crate::paper::drawing::Drawing;
use crate::view::noise::{defocus, grain, light};
use crate::view::page::Page;
use crate::view::plane::Spot;

/// A4, millimetres.
pub const A4: (f32, f32) = (210.0, 297.0);

/// How a scanner is set.
#[derive(Debug, Clone, Copy)]
pub struct Scanner {
    /// Dots per inch.
    pub dpi: u16,
    /// Colour, or shades of grey.
    pub colour: bool,
    /// Largest tilt of a paper, degrees.
    pub tilt_max: f32,
    /// Noise, grey levels at most.
    pub noise_max: f32,
    /// Light grounds become plain white, as a scanner's text mode makes them.
    pub text_mode: bool,
    /// What is scanned of the glass, millimetres.
    pub glass: (f32, f32),
}

impl Scanner {
    /// A scanner as one meets them.
    pub fn invent(chance: &mut Chance) -> Self {
        Self {
            dpi: *chance.one_of(&[200, 200, 240, 300, 300]),
            colour: chance.odds(0.5),
            tilt_max: 1.8,
            noise_max: 3.2,
            text_mode: chance.odds(0.15),
            glass: A4,
        }
    }

    /// A well kept scanner of an office.
    pub const fn office(dpi: u16, colour: bool) -> Self {
        Self {
            dpi,
            colour,
            tilt_max: 1.2,
            noise_max: 1.0,
            text_mode: false,
            glass: A4,
        }
    }

    /// Scans papers lying one under the other.
    pub fn scan(&self, papers: &[impl Borrow<Drawing>], seed: u64) -> Page {
        let mut chance = Chance::new(seed, "scanner");
        let dots_per_mm = f32::from(self.dpi) / 25.4;
        let glass = Rgb([dots(chance.between(243.0, 253.0)); 3]);
        let (width, height) = (
            dots32(self.glass.0 * dots_per_mm),
            dots32(self.glass.1 * dots_per_mm),
        );
        let pixels = RgbImage::from_pixel(width, height, glass);
        let mut page = Page {
            pixels,
            documents: Vec::new(),
        };
        let sizes: Vec<_> = papers.iter().map(|p| p.borrow().canvas.size()).collect();
        for (paper, corners) in papers.iter().zip(self.places(&sizes, &mut chance)) {
            let corners = corners.map(|[x, y]| [x * dots_per_mm, y * dots_per_mm]);
            page.lay(paper.borrow(), corners, 0.28);
        }
        self.expose(&mut page.pixels, &mut chance);
        page
    }

    /// Corners in millimetres of the glass.
    fn places(self, papers: &[(f32, f32)], chance: &mut Chance) -> Vec<[Spot; 4]> {
        let used: f32 = papers.iter().map(|(_, height)| height).sum();
        let gaps = u16::try_from(papers.len() + 1).unwrap_or(2);
        let gap = ((self.glass.1 - used) / f32::from(gaps)).max(0.0);
        let mut top = 0.0;
        let mut places = Vec::new();
        for paper in papers {
            let (width, height) = *paper;
            let room = (self.glass.0 - width).max(0.0);
            let left = room * chance.between(0.12, 0.88);
            let free = gap.min(60.0);
            top += gap + free * chance.between(-0.35, 0.35);
            // A sheet as large as the glass hardly tilts.
            let tilt_max = if room < 1.0 {
                self.tilt_max * 0.5
            } else {
                self.tilt_max
            };
            let tilt = chance.between(-tilt_max, tilt_max).to_radians();
            places.push(turned(left, top, (width, height), tilt));
            top += height;
        }
        places
    }

    fn expose(self, pixels: &mut RgbImage, chance: &mut Chance) {
        defocus(pixels, chance.between(0.3, 0.75));
        let (gain, lift) = (chance.between(0.93, 1.05), chance.between(-6.0, 6.0));
        let slant = chance.between(-5.0, 5.0);
        light(pixels, |x, _, value| {
            value * gain + lift + slant * (x - 0.5)
        });
        if !self.colour {
            let grey = imageops::grayscale(pixels);
            for (Rgb(pixel), luma) in pixels.pixels_mut().zip(grey.pixels()) {
                *pixel = [luma.0.first().copied().unwrap_or(0); 3];
            }
        }
        let noise = chance.between(0.25, 1.0) * self.noise_max;
        grain(pixels, chance, noise, self.colour);
        if self.text_mode {
            light(
                pixels,
                |_, _, value| if value > 205.0 { 255.0 } else { value },
            );
        }
    }
}

/// The corners of a paper turned about its middle.
pub fn turned(left: f32, top: f32, (width, height): (f32, f32), angle: f32) -> [Spot; 4] {
    let (sin, cos) = angle.sin_cos();
    let middle = (left + width / 2.0, top + height / 2.0);
    [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(across, down)| {
        let (x, y) = (across * width, down * height);
        [middle.0 + x * cos - y * sin, middle.1 + x * sin + y * cos]
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "grey levels"
)]
const fn dots(value: f32) -> u8 {
    value as u8
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "page sizes"
)]
const fn dots32(value: f32) -> u32 {
    value.round() as u32
}
