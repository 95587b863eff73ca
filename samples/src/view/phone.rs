//! A phone in somebody's hand: perspective, uneven light, glare, blur, small files.

#![expect(clippy::cast_precision_loss, reason = "pixel arithmetic")]

use image::RgbImage;

use crate::chance::Chance;
use crate::paper::drawing::Drawing;
use crate::view::noise::{defocus, grain, light, smear};
use crate::view::page::Page;
use crate::view::plane::{Spot, bounds};
use crate::view::surface::Surface;

/// How good a photo is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phone {
    /// Long side, pixels.
    pub long_side: u32,
    /// Largest turn out of the plane, degrees.
    pub lean_max: f32,
    /// Largest turn in the plane, degrees.
    pub turn_max: f32,
    /// Blur, pixels (deviation) at most.
    pub blur_max: f32,
    /// Smear by motion, pixels at most.
    pub smear_max: f32,
    /// Strength of the glare, 0 to 1 at most.
    pub glare_max: f32,
    /// Noise, grey levels at most.
    pub noise_max: f32,
    /// How much of the frame the paper fills, least and most.
    pub fill: (f32, f32),
    /// What the paper lies on.
    pub surface: Surface,
}

/// What people leave about a paper.
const FILL: (f32, f32) = (0.78, 0.94);

impl Phone {
    /// A careful photo.
    pub fn careful(chance: &mut Chance) -> Self {
        Self {
            long_side: *chance.one_of(&[1600, 1920, 2048, 2560]),
            lean_max: 16.0,
            turn_max: 6.0,
            blur_max: 0.9,
            smear_max: 1.5,
            glare_max: 0.45,
            noise_max: 5.0,
            fill: FILL,
            surface: Surface::Table,
        }
    }

    /// A hurried photo, sent through a messenger.
    pub fn hurried(chance: &mut Chance) -> Self {
        Self {
            long_side: *chance.one_of(&[1280, 1280, 1600]),
            lean_max: 28.0,
            turn_max: 22.0,
            blur_max: 1.5,
            smear_max: 4.0,
            glare_max: 0.95,
            noise_max: 11.0,
            fill: FILL,
            surface: Surface::Table,
        }
    }

    /// A photo nobody can read.
    pub const fn hopeless() -> Self {
        Self {
            long_side: 800,
            lean_max: 30.0,
            turn_max: 10.0,
            blur_max: 7.0,
            smear_max: 18.0,
            glare_max: 1.0,
            noise_max: 14.0,
            fill: FILL,
            surface: Surface::Table,
        }
    }

    /// Photographs one paper.
    pub fn shoot(&self, paper: &Drawing, seed: u64) -> Page {
        let mut chance = Chance::new(seed, "phone");
        let (width, height) = paper.canvas.size();
        let short = self.long_side * 3 / 4;
        let frame = if width > height {
            (self.long_side, short)
        } else {
            (short, self.long_side)
        };
        let mut page = Page {
            pixels: self.surface.spread(&mut chance, frame),
            documents: Vec::new(),
        };
        let corners = self.corners((width, height), frame, &mut chance);
        page.lay(paper, corners, 0.45);
        self.expose(&mut page.pixels, corners, &mut chance);
        page
    }

    /// Where a leaning camera sees the corners: a pinhole, then fitted to the frame.
    fn corners(&self, size: (f32, f32), frame: (u32, u32), chance: &mut Chance) -> [Spot; 4] {
        let mut angle = |most: f32| chance.between(-most, most).to_radians();
        let (lean, nod, turn) = (
            angle(self.lean_max),
            angle(self.lean_max),
            angle(self.turn_max),
        );
        let distance = size.0.max(size.1) * 2.2;
        let paper = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)];
        let seen = paper.map(|(across, down)| {
            let (x, y) = (across * size.0, down * size.1);
            let (x, y) = (
                x * turn.cos() - y * turn.sin(),
                x * turn.sin() + y * turn.cos(),
            );
            let (x, z) = (x * lean.cos(), x * lean.sin());
            let (y, z) = (y * nod.cos() - z * nod.sin(), y * nod.sin() + z * nod.cos());
            let depth = distance / (distance + z);
            [x * depth, y * depth]
        });
        let [left, top, width, height] = bounds(&seen);
        let (frame_width, frame_height) = (frame.0 as f32, frame.1 as f32);
        let fill = chance.between(self.fill.0, self.fill.1);
        let scale = fill * (frame_width / width).min(frame_height / height);
        let spare = (frame_width - width * scale, frame_height - height * scale);
        let shift = (
            spare.0 * chance.between(0.3, 0.7),
            spare.1 * chance.between(0.3, 0.7),
        );
        seen.map(|[x, y]| [(x - left) * scale + shift.0, (y - top) * scale + shift.1])
    }

    fn expose(&self, pixels: &mut RgbImage, corners: [Spot; 4], chance: &mut Chance) {
        self.uneven_light(pixels, corners, chance);
        defocus(pixels, chance.between(0.35, 1.0) * self.blur_max);
        let smear_by = chance.between(0.0, self.smear_max);
        let along = chance.between(0.0, std::f32::consts::TAU);
        smear(pixels, (smear_by * along.cos(), smear_by * along.sin()));
        let noise = chance.between(0.3, 1.0) * self.noise_max;
        grain(pixels, chance, noise, true);
    }

    fn uneven_light(&self, pixels: &mut RgbImage, corners: [Spot; 4], chance: &mut Chance) {
        let (width, height) = (pixels.width() as f32, pixels.height() as f32);
        let (across, down) = (chance.between(-0.25, 0.25), chance.between(-0.25, 0.25));
        let gain = chance.between(0.78, 1.02);
        let edge = (
            chance.between(0.1, 0.9),
            chance.between(-0.6, 0.6),
            chance.between(0.0, 0.35),
        );
        let [left, top, wide, tall] = bounds(&corners);
        let spot = (
            (left + wide * chance.between(0.1, 0.9)) / width,
            (top + tall * chance.between(0.1, 0.9)) / height,
        );
        let reach = (chance.between(0.05, 0.16), chance.between(0.04, 0.12));
        let strength = if chance.odds(0.6) {
            chance.between(0.0, self.glare_max)
        } else {
            0.0
        };
        light(pixels, |x, y, value| {
            let slope = 1.0 + across * (x - 0.5) + down * (y - 0.5);
            let over = ((x - edge.0) + edge.1 * (y - 0.5)) * 14.0;
            let shade = 1.0 - edge.2 / (1.0 + (-over).exp());
            let away = ((x - spot.0) / reach.0).hypot((y - spot.1) / reach.1);
            let glare = 255.0 * strength * (-away * away).exp();
            value * gain * slope * shade + glare
        });
    }
}
