//! A stand-in for the photo: an abstract head and shoulders, nobody's face.

use crate::chance::Chance;
use crate::draw::canvas::{Area, Canvas, Ink};

/// Draws the stand-in into `area`.
pub fn portrait(canvas: &mut Canvas, chance: &mut Chance, area: Area) {
    let ground = chance.between(190.0, 226.0);
    let tone = |value: f32| -> Ink { [byte(value), byte(value * 0.99), byte(value * 1.02)] };
    canvas.fill(area, tone(ground), 1.0);
    canvas.shade(area, [90, 96, 110], |_, y| {
        0.25 * (y - area.top) / area.height
    });

    let middle = area.left + area.width * chance.between(0.48, 0.52);
    let coat: Ink = *chance.one_of(&[[52, 58, 74], [70, 52, 48], [46, 66, 60], [88, 88, 94]]);
    let skin: Ink = *chance.one_of(&[[196, 164, 142], [182, 148, 122], [206, 178, 158]]);
    let hair: Ink = *chance.one_of(&[[38, 32, 30], [72, 52, 40], [104, 98, 96]]);
    let head = area.top + area.height * 0.40;
    let (wide, tall) = (area.width * 0.20, area.height * 0.20);

    let inside = |y: f32| y < area.top + area.height;
    let shoulders = area.top + area.height * 1.02;
    canvas.shade(area, coat, |x, y| {
        let reach =
            ((x - middle) / (area.width * 0.44)).hypot((y - shoulders) / (area.height * 0.34));
        if reach < 1.0 && inside(y) { 1.0 } else { 0.0 }
    });
    canvas.ellipse(
        (middle, head + tall * 1.05),
        (wide * 0.5, tall * 0.55),
        skin,
        1.0,
    );
    canvas.ellipse(
        (middle, head - tall * 0.18),
        (wide * 1.12, tall * 1.08),
        hair,
        1.0,
    );
    canvas.ellipse(
        (middle, head + tall * 0.12),
        (wide * 0.94, tall * 0.98),
        skin,
        1.0,
    );
    canvas.ellipse(
        (middle - wide * 0.3, head),
        (wide * 0.16, tall * 0.06),
        hair,
        0.5,
    );
    canvas.ellipse(
        (middle + wide * 0.3, head),
        (wide * 0.16, tall * 0.06),
        hair,
        0.5,
    );
    grain(canvas, chance, area);
}

fn grain(canvas: &mut Canvas, chance: &mut Chance, area: Area) {
    for _ in 0..900 {
        let at = (
            area.left + chance.between(0.0, area.width),
            area.top + chance.between(0.0, area.height),
        );
        let ink = if chance.odds(0.5) { [255; 3] } else { [40; 3] };
        let radius = chance.between(0.05, 0.22);
        canvas.ellipse(at, (radius, radius), ink, 0.12);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
const fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0) as u8
}
