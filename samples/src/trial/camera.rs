//! Trial documents before a phone: carefully, and in a hurry.

#![expect(clippy::cast_precision_loss, reason = "page sizes")]

use super::{Challenge, Shot, Subject, quality};
use crate::chance::Chance;
use crate::paper::drawing::Drawing;
use crate::view::file::Container;
use crate::view::flaw::Flaws;
use crate::view::page::Page;
use crate::view::phone::Phone;
use crate::view::plane::{Plane, Spot};
use crate::view::surface::Surface;

/// A phone whose light and blur are left to [`Flaws`].
fn phone(chance: &mut Chance) -> Phone {
    Phone {
        long_side: *chance.one_of(&[1600, 2048, 2048, 2048, 2560]),
        lean_max: 14.0,
        turn_max: 8.0,
        blur_max: 0.0,
        smear_max: 0.0,
        glare_max: 0.0,
        noise_max: 0.0,
        fill: (0.55, 0.96),
        surface: *chance.one_of(&Surface::ALL),
    }
}

pub(super) fn careful(subjects: &[Subject], chance: &mut Chance, seed: u64) -> Shot {
    let phone = phone(chance);
    let (page, flaws) = shoot(&phone, subjects, chance, seed, mild);
    let quality = quality(chance, 70, 93);
    let aside = chance.odds(0.15);
    Shot {
        page,
        dpi: None,
        challenges: Vec::new(),
        flaws,
        container: if aside {
            Container::JpegOnItsSide(quality)
        } else {
            Container::Jpeg(quality)
        },
    }
}

/// What an ordinary photo has of each, for characters that many pixels apart.
fn mild(pitch: f32, chance: &mut Chance) -> Flaws {
    Flaws {
        defocus_px: 0.4 + pitch * chance.between(0.0, 0.05),
        smear_px: pitch * chance.between(0.0, 0.08),
        glare: if chance.odds(0.3) {
            chance.between(0.05, 0.4)
        } else {
            0.0
        },
        shadow: if chance.odds(0.4) {
            chance.between(0.05, 0.4)
        } else {
            0.0
        },
        darkness: chance.between(0.0, 0.25),
        noise: chance.between(0.8, 5.0),
        sharpening: chance.between(0.0, 0.8),
    }
}

/// One paper, whatever it is.
pub(super) fn alone(paper: &Drawing, chance: &mut Chance, seed: u64) -> Shot {
    let mut page = phone(chance).shoot(paper, seed);
    let flaws = mild(30.0, chance);
    let lamp = [
        chance.between(0.1, 0.9) * page.pixels.width() as f32,
        chance.between(0.1, 0.9) * page.pixels.height() as f32,
    ];
    flaws.spoil(&mut page.pixels, lamp, 120.0, chance);
    Shot {
        page,
        dpi: None,
        challenges: Vec::new(),
        flaws,
        container: Container::Jpeg(quality(chance, 70, 93)),
    }
}

pub(super) fn hurried(subjects: &[Subject], chance: &mut Chance, seed: u64) -> Shot {
    let challenges = challenges(chance);
    let has = |challenge| challenges.contains(&challenge);
    let mut phone = Phone {
        long_side: *chance.one_of(&[1280, 1280, 1600]),
        lean_max: 18.0,
        turn_max: 14.0,
        ..phone(chance)
    };
    if has(Challenge::Tilt) {
        phone.lean_max = 36.0;
        phone.turn_max = 45.0;
    }
    if has(Challenge::Small) {
        phone.long_side = 1280;
        phone.fill = small(subjects, chance);
    }
    let hard = |pitch: f32, chance: &mut Chance| flaws(&challenges, pitch, chance);
    let (page, flaws) = shoot(&phone, subjects, chance, seed, hard);
    Shot {
        page,
        dpi: None,
        flaws,
        container: Container::Jpeg(quality(chance, 45, 80)),
        challenges,
    }
}

/// One challenge, sometimes two.
fn challenges(chance: &mut Chance) -> Vec<Challenge> {
    let all = [
        Challenge::Tilt,
        Challenge::Glare,
        Challenge::Blur,
        Challenge::Small,
        Challenge::Dark,
    ];
    let mut chosen = vec![*chance.one_of(&all)];
    if chance.odds(0.3) {
        chosen.push(*chance.one_of(&all));
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// A share of the frame that leaves 6.5 to 11 pixels a character.
fn small(subjects: &[Subject], chance: &mut Chance) -> (f32, f32) {
    let (width, _) = subjects
        .first()
        .map_or((125.0, 88.0), |subject| subject.drawing.canvas.size());
    let fill = chance.between(6.5, 11.0) * width / 2.54 / 1280.0;
    (fill, fill)
}

fn flaws(challenges: &[Challenge], pitch: f32, chance: &mut Chance) -> Flaws {
    let has = |challenge| challenges.contains(&challenge);
    let mut within = |present: bool, strong: (f32, f32), mild: (f32, f32)| {
        let (least, most) = if present { strong } else { mild };
        chance.between(least, most)
    };
    let (blur, dark) = (has(Challenge::Blur), has(Challenge::Dark));
    Flaws {
        defocus_px: 0.4 + pitch * within(blur, (0.07, 0.16), (0.0, 0.05)),
        smear_px: pitch * within(blur, (0.0, 0.3), (0.0, 0.08)),
        glare: within(has(Challenge::Glare), (0.45, 0.8), (-0.4, 0.3)).max(0.0),
        shadow: within(has(Challenge::Glare), (-0.2, 0.5), (-0.3, 0.4)).max(0.0),
        darkness: within(dark, (0.6, 0.85), (0.0, 0.25)),
        noise: within(dark, (4.0, 10.0), (1.0, 6.0)),
        sharpening: within(false, (0.0, 0.0), (0.0, 0.8)),
    }
}

/// Photographs the first document; `flaws` is asked with the pitch of its characters in pixels.
fn shoot(
    phone: &Phone,
    subjects: &[Subject],
    chance: &mut Chance,
    seed: u64,
    flaws: impl Fn(f32, &mut Chance) -> Flaws,
) -> (Page, Flaws) {
    let Some(subject) = subjects.first() else {
        let pixels = image::RgbImage::new(1, 1);
        let documents = Vec::new();
        return (Page { pixels, documents }, Flaws::default());
    };
    let mut page = phone.shoot(&subject.drawing, seed);
    let corners = page.documents.first().map(|seen| seen.corners);
    let corners = corners.unwrap_or_default();
    let pitch = subject.pitch_px(corners);
    let flaws = flaws(pitch, chance);
    let lamp = on_zone(subject, corners, chance);
    let reach = pitch * chance.between(2.0, 7.0);
    flaws.spoil(&mut page.pixels, lamp, reach, chance);
    (page, flaws)
}

/// Somewhere on the zone.
fn on_zone(subject: &Subject, corners: [Spot; 4], chance: &mut Chance) -> Spot {
    let (width, height) = subject.drawing.canvas.size();
    let spot = [
        width * chance.between(0.1, 0.9),
        height - chance.between(4.0, 19.0),
    ];
    Plane::onto(width, height, corners).map_or(spot, |plane| plane.map(spot))
}
