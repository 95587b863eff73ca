//! What papers lie on when they are photographed.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic, clamped to bytes"
)]

use image::{Rgb, RgbImage};
use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::draw::canvas::Canvas;
use crate::draw::face::Faces;
use crate::draw::text::Type;
use crate::view::noise::{ground, lattice};

/// A surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// A table top of a plain or mottled colour.
    Table,
    /// Boards with a grain.
    Wood,
    /// Woven cloth.
    Cloth,
    /// Chequered oilcloth or tiles.
    Checks,
    /// A printed letter, lines of text all over.
    Letter,
}

impl Surface {
    /// Every surface.
    pub const ALL: [Self; 5] = [
        Self::Table,
        Self::Wood,
        Self::Cloth,
        Self::Checks,
        Self::Letter,
    ];

    /// A frame full of it.
    pub fn spread(self, chance: &mut Chance, size: (u32, u32)) -> RgbImage {
        match self {
            Self::Table => table(chance, size),
            Self::Wood => wood(chance, size),
            Self::Cloth => cloth(chance, size),
            Self::Checks => checks(chance, size),
            Self::Letter => letter(chance, size),
        }
    }
}

/// A table top: wood, cloth or stone, by chance.
fn table(chance: &mut Chance, size: (u32, u32)) -> RgbImage {
    let base: [u8; 3] = *chance.one_of(&[
        [124, 88, 58],
        [92, 70, 52],
        [70, 74, 82],
        [148, 144, 136],
        [58, 78, 70],
        [176, 160, 134],
    ]);
    let fine = ground(chance, 7, 60.0);
    let coarse = ground(chance, 4, 4.0);
    let stretch = *chance.one_of(&[1.0, 6.0]);
    shaded(size, base.map(f32::from), |x, y| {
        1.0 + 0.22 * fine(x / stretch, y * 0.75) + 0.18 * coarse(x, y)
    })
}

/// A picture by a function of the place (0 to 1 across and down): a shade of one colour.
fn shaded(
    (width, height): (u32, u32),
    base: [f32; 3],
    level: impl Fn(f32, f32) -> f32,
) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let level = level(x as f32 / width as f32, y as f32 / height as f32);
        Rgb(base.map(|value| (value * level).clamp(0.0, 255.0) as u8))
    })
}

fn wood(chance: &mut Chance, size: (u32, u32)) -> RgbImage {
    let base = *chance.one_of(&[
        [168.0, 122.0, 78.0],
        [112.0, 74.0, 46.0],
        [206.0, 172.0, 128.0],
    ]);
    let boards = chance.between(2.0, 7.0);
    let (bend, pores) = (ground(chance, 4, 2.0), lattice(ground(chance, 8, 30.0)));
    let rings = chance.between(6.0, 22.0);
    shaded(size, base, |x, y| {
        let board = (y * boards).floor();
        let along = x + board * 0.37;
        let ring = ((y * rings + bend(along, y) * 1.2) * std::f32::consts::TAU).sin();
        let seam = if (y * boards).fract() < 0.02 {
            0.45
        } else {
            1.0
        };
        seam * (0.9 + 0.12 * ring + 0.1 * pores(along.fract(), y) + 0.06 * (board * 2.3).sin())
    })
}

fn cloth(chance: &mut Chance, size: (u32, u32)) -> RgbImage {
    let base = *chance.one_of(&[
        [60.0, 70.0, 110.0],
        [140.0, 60.0, 60.0],
        [190.0, 186.0, 176.0],
        [54.0, 54.0, 58.0],
    ]);
    let threads = chance.between(90.0, 260.0);
    let folds = lattice(ground(chance, 5, 3.0));
    shaded(size, base, |x, y| {
        let warp = (x * threads * std::f32::consts::TAU).sin();
        let weft = (y * threads * 0.75 * std::f32::consts::TAU).sin();
        0.9 + 0.14 * warp * weft.signum() + 0.2 * folds(x, y)
    })
}

fn checks(chance: &mut Chance, size: (u32, u32)) -> RgbImage {
    let base = *chance.one_of(&[
        [214.0, 210.0, 204.0],
        [180.0, 60.0, 58.0],
        [90.0, 130.0, 150.0],
    ]);
    let count = chance.between(4.0, 26.0);
    let mottle = lattice(ground(chance, 6, 20.0));
    let contrast = chance.between(0.15, 0.5);
    shaded(size, base, |x, y| {
        let dark = ((x * count).floor() + (y * count * 0.75).floor()) as i32 % 2 == 0;
        let joint = (x * count).fract() < 0.03 || (y * count * 0.75).fract() < 0.03;
        let level = if dark { 1.0 - contrast } else { 1.0 };
        level * (1.0 + 0.06 * mottle(x, y)) * if joint { 0.7 } else { 1.0 }
    })
}

/// A sheet of text; where the faces are missing, a blank one.
fn letter(chance: &mut Chance, (width, height): (u32, u32)) -> RgbImage {
    let paper = chance.between(205.0, 245.0) as u8;
    let Ok(faces) = Faces::open() else {
        return RgbImage::from_pixel(width, height, Rgb([paper; 3]));
    };
    // One dot a "millimetre": the sheet is measured in pixels.
    let mut sheet = Canvas::new((width as f32, height as f32), 1.0, [paper; 3]);
    let family = *chance.one_of(&[&faces.sans, &faces.serif, &faces.typewriter]);
    let size = height as f32 * chance.between(0.016, 0.032);
    let slope = chance.between(-0.06, 0.06);
    let style = Type {
        slope,
        alpha: chance.between(0.6, 1.0),
        ..Type::new(chance.one_of(family), size)
    };
    let words = [
        "BERICHT",
        "der",
        "Konsulat",
        "2026",
        "No.",
        "Eingang",
        "und",
        "APPLICATION",
        "form",
        "page",
        "17.03.2024",
        "permanent",
        "residence",
        "the",
        "of",
        "Kostanay",
        "<<",
        "A-118",
        "address",
        "signature",
        "registered",
    ];
    let mut baseline = -0.06 * width as f32;
    while baseline < 1.1 * height as f32 {
        let mut line = String::new();
        while style.width(&line) < 1.05 * width as f32 {
            line.push_str(chance.one_of::<&str>(&words));
            line.push(' ');
        }
        sheet.text(&style, (-8.0, baseline), &line);
        baseline += size * 1.45;
    }
    sheet.pixels
}
