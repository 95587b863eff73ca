//! What a document's stock looks like: plain, waves, dots, fine print, a picture.

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::draw::backdrop::{guilloche, rosette};
use crate::draw::canvas::{Area, Canvas, Ink};
use crate::draw::face::Faces;
use crate::draw::text::Type;
use crate::view::noise::{ground, lattice};

/// A kind of stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Texture {
    /// One colour.
    Plain,
    /// Interlaced waves.
    Guilloche,
    /// A raster of dots.
    Dots,
    /// Lines of fine print.
    FinePrint,
    /// A picture with edges of its own, as photos and emblems behind the print have.
    Picture,
}

impl Texture {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Plain,
        Self::Guilloche,
        Self::Dots,
        Self::FinePrint,
        Self::Picture,
    ];

    /// Lays it over `area`.
    pub fn lay(self, canvas: &mut Canvas, faces: &Faces, chance: &mut Chance, area: Area) {
        let ink: Ink = *chance.one_of(&[
            [96, 150, 170],
            [176, 120, 110],
            [110, 150, 110],
            [150, 130, 170],
            [170, 150, 96],
            [120, 120, 130],
        ]);
        match self {
            Self::Plain => {}
            Self::Guilloche => {
                let strength = chance.between(0.25, 0.6);
                guilloche(canvas, chance, area, ink, strength);
                let centre = (
                    area.left + area.width * chance.between(0.3, 0.8),
                    area.top + area.height * 0.5,
                );
                rosette(canvas, centre, area.height * 0.3, ink, strength * 0.8);
            }
            Self::Dots => dots(canvas, chance, area, ink),
            Self::FinePrint => fine_print(canvas, faces, chance, area, ink),
            Self::Picture => picture(canvas, chance, area, ink),
        }
    }
}

fn dots(canvas: &mut Canvas, chance: &mut Chance, area: Area, ink: Ink) {
    let step = chance.between(0.45, 1.1);
    let turn = chance.between(0.1, 1.4);
    let alpha = chance.between(0.2, 0.5);
    let (sin, cos) = turn.sin_cos();
    let swell = ground(chance, 3, 0.05);
    canvas.shade(area, ink, |x, y| {
        let (u, v) = ((x * cos - y * sin) / step, (x * sin + y * cos) / step);
        let away = (u - u.round()).hypot(v - v.round());
        let radius = 0.3 + 0.16 * swell(x, y);
        alpha * ((radius - away) * 8.0 + 0.5).clamp(0.0, 1.0)
    });
}

fn fine_print(canvas: &mut Canvas, faces: &Faces, chance: &mut Chance, area: Area, ink: Ink) {
    let size = chance.between(0.7, 1.3);
    let style = Type {
        alpha: chance.between(0.35, 0.75),
        ..Type::new(chance.one_of(&faces.sans), size).inked(ink)
    };
    let word = *chance.one_of(&["UTOPIA ", "SPECIMEN ", "REPUBLIC ", "ICAO 9303 "]);
    let line = word.repeat(60);
    let end = style.width(word) * 60.0;
    let share = (area.width / end).min(1.0);
    let letters: String = line
        .chars()
        .take(whole(60.0 * share) * word.len())
        .collect();
    let mut baseline = area.top + size;
    while baseline < area.top + area.height {
        canvas.text(&style, (area.left, baseline), &letters);
        baseline += size * 1.5;
    }
}

/// Soft colour fields with a few hard edges.
fn picture(canvas: &mut Canvas, chance: &mut Chance, area: Area, ink: Ink) {
    let alpha = chance.between(0.25, 0.6);
    let (soft, hills) = (
        lattice(ground(chance, 6, 8.0)),
        lattice(ground(chance, 4, 4.0)),
    );
    let (fine, level) = (lattice(ground(chance, 8, 40.0)), chance.between(0.3, 0.7));
    canvas.shade(area, ink, |x, y| {
        let (across, down) = ((x - area.left) / area.width, (y - area.top) / area.height);
        let below = down > level + 0.5 * hills(across, 0.0);
        let base = if below { 0.75 } else { 0.3 };
        alpha * (base + 0.35 * soft(across, down) + 0.2 * fine(across, down)).clamp(0.0, 1.0)
    });
    for _ in 0..chance.below(4) {
        let at = (
            area.left + chance.between(0.0, area.width),
            area.top + chance.between(0.0, area.height),
        );
        let reach = (chance.between(2.0, 12.0), chance.between(2.0, 12.0));
        canvas.ellipse(at, reach, ink, alpha * 0.5);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small count"
)]
const fn whole(value: f32) -> usize {
    value as usize
}
