//! What lies under the text of an official document: guilloche, tint, the specimen mark.

use crate::chance::Chance;
use crate::draw::canvas::{Area, Canvas, Ink};
use crate::draw::face::Faces;
use crate::draw::text::Type;

/// Fine interlaced waves over `area`, strong enough to be seen and weak enough to read through.
pub fn guilloche(canvas: &mut Canvas, chance: &mut Chance, area: Area, ink: Ink, alpha: f32) {
    let waves = 7 + chance.below(6);
    let swing = chance.between(2.0, 6.0);
    let length = chance.between(14.0, 40.0);
    let drift = chance.between(0.4, 1.2);
    for wave in 0..waves * 2 {
        let offset = area.height * small(wave) / small(waves * 2);
        let phase = small(wave) * drift;
        let points: Vec<_> = (0..=90)
            .map(|step| {
                let x = area.left + area.width * small(step) / 90.0;
                let turn = x / length * std::f32::consts::TAU + phase;
                let lift = swing * (turn.sin() + 0.4 * (turn * 2.3 + phase).sin());
                (
                    x,
                    (area.top + offset + lift).clamp(area.top, area.top + area.height),
                )
            })
            .collect();
        canvas.polyline(&points, 0.14, ink, alpha);
    }
}

/// A rosette, such as state papers carry in place of an emblem.
pub fn rosette(canvas: &mut Canvas, centre: (f32, f32), radius: f32, ink: Ink, alpha: f32) {
    for petals in [5.0, 8.0, 12.0] {
        let points: Vec<_> = (0..=180)
            .map(|step| {
                let turn = small(step) / 180.0 * std::f32::consts::TAU;
                let reach = radius * (0.72 + 0.28 * (turn * petals).sin());
                (centre.0 + reach * turn.cos(), centre.1 + reach * turn.sin())
            })
            .collect();
        canvas.polyline(&points, 0.16, ink, alpha);
    }
}

/// Marks a document as invented: a faint word climbing across it, and small print at an edge.
pub fn specimen_mark(canvas: &mut Canvas, faces: &Faces, size: f32) {
    let Some(face) = faces.sans_bold.first() else {
        return;
    };
    let (width, height) = canvas.size();
    let word = "ҮЛГІ  SPECIMEN";
    let slope = -0.3;
    let faint = Type {
        alpha: 0.055,
        slope,
        ..Type::new(face, size).inked([150, 40, 40])
    };
    let left = (width - faint.width(word)) / 2.0;
    canvas.text(
        &faint,
        (left, height * 0.55 - slope * faint.width(word) / 2.0),
        word,
    );
    let small_print = Type {
        alpha: 0.6,
        ..Type::new(face, 0.9).inked([120, 60, 60])
    };
    canvas.text(
        &small_print,
        (width - 16.0, height - 0.7),
        "ҮЛГІ / SPECIMEN",
    );
}

#[expect(clippy::cast_precision_loss, reason = "counts of strokes")]
const fn small(count: u32) -> f32 {
    count as f32
}
