//! Any State's document with a machine readable zone, in a layout of nobody's.
//!
//! The part for eyes is there to be in the way: titles, labels, a portrait, numbers in OCR-B.
//! Only the zone is told as truth.

use casework::mrz::Format;
use casework::reading::DocumentKind;
use serde::{Deserialize, Serialize};

use crate::bearer::Bearer;
use crate::chance::Chance;
use crate::draw::canvas::{Area, Canvas, Ink};
use crate::draw::face::Faces;
use crate::draw::imprint::{Imprint, MachineFace, Stroke};
use crate::draw::portrait::portrait;
use crate::draw::text::Type;
use crate::draw::texture::Texture;
use crate::paper::drawing::{Drawing, dotted, grey};

const DOTS_PER_MM: f32 = 16.0;
/// Height of the zone above the lower edge (ICAO 9303-3 §4.2).
const ZONE_MM: f32 = 23.2;

/// How one such document was made; everything else its seed decides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Make {
    /// Face of the zone.
    pub face: MachineFace,
    /// Its strokes.
    pub stroke: Stroke,
    /// What lies under the zone.
    pub texture: Texture,
    /// Distance between its lines, millimetres (ICAO: 6.35).
    pub line_pitch_mm: f32,
    /// Distance between its characters, millimetres (ICAO: 2.54).
    pub pitch_mm: f32,
}

impl Make {
    /// A make as one meets them: the standard's mostly, and issuers who do not follow it.
    pub fn invent(chance: &mut Chance) -> Self {
        let face = match chance.below(10) {
            0..=5 => MachineFace::Sharp,
            6..=7 => MachineFace::Oblique,
            _ => MachineFace::Round,
        };
        let stroke = match chance.below(10) {
            0..=3 => Stroke::Plain,
            4..=5 => Stroke::Thin,
            6..=7 => Stroke::Bold,
            8 => Stroke::Worn,
            _ => Stroke::Broken,
        };
        let line_pitch_mm = if chance.odds(0.75) {
            6.35
        } else {
            chance.between(4.23, 6.2)
        };
        Self {
            face,
            stroke,
            texture: *chance.one_of(&Texture::ALL),
            line_pitch_mm,
            pitch_mm: if chance.odds(0.85) {
                2.54
            } else {
                chance.between(2.4, 2.62)
            },
        }
    }
}

/// Width and height of a format's document, millimetres (ICAO 9303-4 to -7).
pub const fn size(format: Format) -> (f32, f32) {
    match format {
        Format::Td1 => (85.6, 53.98),
        Format::Td2 | Format::MrvB => (105.0, 74.0),
        Format::MrvA => (120.0, 80.0),
        Format::Td3 => (125.0, 88.0),
    }
}

/// Draws the document; `lines` are its zone's.
pub fn draw(bearer: &Bearer, lines: &[String], make: &Make, faces: &Faces, seed: u64) -> Drawing {
    let mut chance = Chance::new(seed, "travel document");
    let size = size(bearer.format);
    let mut canvas = Canvas::new(size, DOTS_PER_MM, stock(&mut chance));
    canvas.corner_mm = match bearer.format {
        Format::Td1 | Format::Td2 => 3.2,
        Format::Td3 => 2.0,
        Format::MrvA | Format::MrvB => 0.5,
    };
    let zone_top = size.1 - ZONE_MM;
    let above = Area::new(0.0, 0.0, size.0, zone_top);
    let texture = *chance.one_of(&Texture::ALL);
    texture.lay(&mut canvas, faces, &mut chance, above);
    let zone = Area::new(0.0, zone_top, size.0, ZONE_MM);
    if chance.odds(0.3) {
        let pale = grey(chance.between(225.0, 252.0));
        canvas.fill(zone, pale, chance.between(0.4, 1.0));
    }
    make.texture.lay(&mut canvas, faces, &mut chance, zone);
    for_eyes(&mut canvas, bearer, faces, &mut chance, above);
    print_zone(&mut canvas, lines, make, faces, &mut chance);
    damage(&mut canvas, &mut chance);
    let mut drawing = Drawing::new(kind(bearer), canvas);
    drawing.mrz = lines.to_vec();
    drawing
}

/// The same document with the page above it, as a passport lies open.
#[must_use]
pub fn opened(lower: Drawing, faces: &Faces, seed: u64) -> Drawing {
    let mut chance = Chance::new(seed, "page above");
    let (width, height) = lower.canvas.size();
    let mut canvas = Canvas::new((width, 2.0 * height), DOTS_PER_MM, stock(&mut chance));
    canvas.corner_mm = lower.canvas.corner_mm;
    let above = Area::new(0.0, 0.0, width, height);
    let texture = *chance.one_of(&Texture::ALL);
    texture.lay(&mut canvas, faces, &mut chance, above);
    let style = Type::new(chance.one_of(&faces.sans), 2.6).inked([70, 76, 96]);
    let mut baseline = chance.between(10.0, 30.0);
    for line in [
        "OBSERVATIONS / MENTIONS",
        "THIS PASSPORT CONTAINS 48 PAGES",
        "SIGNATURE OF BEARER",
    ] {
        canvas.text(&style, (10.0, baseline), line);
        baseline += chance.between(5.0, 18.0);
    }
    let fold = canvas.pixels.height() / 2;
    image::imageops::replace(&mut canvas.pixels, &lower.canvas.pixels, 0, i64::from(fold));
    canvas.stroke((0.0, height), (width, height), 0.4, [90, 84, 80], 0.5);
    Drawing { canvas, ..lower }
}

fn kind(bearer: &Bearer) -> DocumentKind {
    match (bearer.format, bearer.state.code) {
        (Format::Td1, "KAZ") => DocumentKind::IdCardBack,
        (Format::Td3, _) => DocumentKind::Passport,
        _ => DocumentKind::Unknown,
    }
}

fn stock(chance: &mut Chance) -> Ink {
    *chance.one_of(&[
        [232, 238, 242],
        [240, 236, 228],
        [226, 232, 226],
        [236, 228, 234],
        [214, 218, 222],
        [244, 244, 240],
        [222, 226, 212],
    ])
}

fn print_zone(
    canvas: &mut Canvas,
    lines: &[String],
    make: &Make,
    faces: &Faces,
    chance: &mut Chance,
) {
    let ink: Ink = *chance.one_of(&[
        [22, 22, 24],
        [16, 16, 16],
        [52, 50, 54],
        [30, 34, 60],
        [66, 58, 52],
    ]);
    let imprint = Imprint {
        face: make.face,
        stroke: make.stroke,
        pitch_mm: make.pitch_mm,
        line_pitch_mm: make.line_pitch_mm,
        ink,
    };
    let (width, height) = canvas.size();
    let count = |length: usize| f32::from(u8::try_from(length).unwrap_or(u8::MAX));
    let length = count(lines.first().map_or(0, String::len)) * make.pitch_mm;
    let room = ((width - length) / 2.0).clamp(0.0, 2.0);
    let left = (width - length) / 2.0 + chance.between(-room, room) * 0.7;
    // The lines lie about the middle of the zone; a capital is 2.5 mm high.
    let middle = height - ZONE_MM / 2.0 + chance.between(-1.0, 1.0);
    let rows = count(lines.len()) - 1.0;
    let first = middle - rows / 2.0 * make.line_pitch_mm + 1.25;
    canvas.imprint(faces, &imprint, (left, first), lines, chance);
}

/// Title, portrait and labelled values above the zone.
fn for_eyes(canvas: &mut Canvas, bearer: &Bearer, faces: &Faces, chance: &mut Chance, area: Area) {
    let title = Type {
        ink: [30, 50, 96],
        ..Type::new(chance.one_of(&faces.sans_bold), chance.between(2.6, 3.8))
    };
    let title = title.fitted(bearer.state.name, area.width - 10.0);
    canvas.text(&title, (5.0, 5.4), bearer.state.name);
    let tall = area.height - 10.0;
    let wide = (tall * 0.78).min(32.0);
    let mut column = chance.between(4.0, 8.0);
    match chance.below(4) {
        0 => {}
        1 => portrait(
            canvas,
            chance,
            Area::new(area.width - wide - 5.0, 8.0, wide, tall),
        ),
        _ => {
            portrait(canvas, chance, Area::new(4.5, 8.0, wide, tall));
            column += wide;
        }
    }
    values(canvas, bearer, faces, chance, (column, area.height));
    if chance.odds(0.3) {
        // The number once more in the zone's own face, close above it.
        let at = (area.width * chance.between(0.4, 0.6), area.height - 2.0);
        if let Some(face) = faces.machine.first() {
            let style = Type::new(face, 3.58);
            canvas.monospaced(&style, at, 2.54, &bearer.entries.document_number);
        }
    }
}

fn values(
    canvas: &mut Canvas,
    bearer: &Bearer,
    faces: &Faces,
    chance: &mut Chance,
    (column, bottom): (f32, f32),
) {
    let entries = &bearer.entries;
    let typed = chance.odds(0.25);
    let family = if typed {
        &faces.typewriter
    } else {
        &faces.sans
    };
    let value = Type {
        weight: chance.between(0.8, 1.2),
        ..Type::new(chance.one_of(family), chance.between(2.4, 3.2))
    };
    let label = Type::new(chance.one_of(&faces.sans), 1.5).inked([90, 96, 110]);
    let sex = entries
        .sex
        .map_or_else(|| "X".to_owned(), |sex| sex.letter().to_string());
    let rows = [
        ("SURNAME / NOM", entries.surname.clone()),
        ("GIVEN NAMES / PRENOMS", entries.given_names.clone()),
        ("DOCUMENT No.", entries.document_number.clone()),
        ("DATE OF BIRTH", dotted(entries.birth_date)),
        ("SEX / SEXE", sex),
        ("DATE OF EXPIRY", dotted(entries.expiry_date)),
        ("NATIONALITY", entries.nationality.clone()),
    ];
    let step = chance.between(5.2, 6.4);
    let width = canvas.size().0;
    let mut line = 9.5;
    let mut left = column;
    for (name, shown) in rows {
        if line + value.size > bottom - 2.0 {
            // The rest goes into a second column, if there is room.
            line = 9.5;
            left += 30.0;
        }
        if left + 12.0 > width {
            return;
        }
        let room = (width - left - 3.0).min(48.0);
        canvas.text(&label, (left, line), name);
        canvas.text(
            &value.fitted(&shown, room),
            (left, line + value.size),
            &shown,
        );
        line += step;
    }
}

/// What years in a pocket do: creases, scratches, stains.
fn damage(canvas: &mut Canvas, chance: &mut Chance) {
    let (width, height) = canvas.size();
    let spot = |chance: &mut Chance| (chance.between(0.0, width), chance.between(0.0, height));
    if chance.odds(0.25) {
        for _ in 0..=chance.below(4) {
            let (from, to) = (spot(chance), spot(chance));
            let ink = if chance.odds(0.7) { [250; 3] } else { [60; 3] };
            let wide = chance.between(0.06, 0.2);
            canvas.stroke(from, to, wide, ink, chance.between(0.2, 0.6));
        }
    }
    if chance.odds(0.15) {
        let (at, reach) = (spot(chance), chance.between(3.0, 12.0));
        canvas.ellipse(
            at,
            (reach, reach * 0.8),
            [150, 120, 80],
            chance.between(0.1, 0.3),
        );
    }
}
