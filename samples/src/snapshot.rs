//! Snapshots: what applicants take of their papers with a phone, good or with one thing wrong in a
//! strength that is known; for measuring what a page says of a picture before it is sent.
//!
//! Never here: what the page says.
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::draw::face::Faces;
use crate::invent;
use crate::measuring::{SetError, write};
use crate::paper::drawing::Drawing;
use crate::paper::lure::Lure;
use crate::person::Person;
use crate::truth::DocumentTruth;
use crate::view::file::Container;
use crate::view::flaw::Flaws;
use crate::view::page::Page;
use crate::view::phone::Phone;
use crate::view::plane::{Plane, Spot};
use crate::view::surface::Surface;

/// What is wrong with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing but what every photo has.
    Nothing,
    /// A lamp's reflection.
    Glare,
    /// Out of focus or moved.
    Blur,
    /// Little light.
    Dark,
    /// From far away.
    Small,
    /// Part of the paper lies outside the picture.
    Cropped,
    /// Strong tilt, and a little of the rest: taken in a hurry.
    Hurried,
}

const FAULTS: [Fault; 9] = [
    Fault::Nothing,
    Fault::Glare,
    Fault::Blur,
    Fault::Nothing,
    Fault::Dark,
    Fault::Small,
    Fault::Nothing,
    Fault::Cropped,
    Fault::Hurried,
];

/// What a snapshot shows, and how it came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SnapshotTruth {
    /// What is wrong with it.
    pub fault: Fault,
    /// How strong everything is.
    pub flaws: Flaws,
    /// Pixels across and down.
    pub size: [u32; 2],
    /// The document; where it shows something else, none.
    pub document: Option<DocumentTruth>,
}

/// A snapshot as a file.
#[derive(Debug)]
pub struct Snapshot {
    /// File name.
    pub name: String,
    /// A JPEG.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub truth: SnapshotTruth,
}

/// Writes so many into a folder, each with its truth as `NAME.json`.
///
/// # Errors
/// At the first that cannot be made or written.
pub fn write_all(folder: &Path, seed: u64, count: u32) -> Result<(), SetError> {
    let faces = Faces::open()?;
    write(folder, |path| std::fs::create_dir_all(path))?;
    for index in 0..count {
        let snapshot = take(seed, index, &faces)?;
        let json = serde_json::to_vec_pretty(&snapshot.truth)?;
        let path = folder.join(&snapshot.name);
        write(&path, |path| std::fs::write(path, &snapshot.bytes))?;
        write(&path.with_extension("json"), |path| {
            std::fs::write(path, &json)
        })?;
    }
    Ok(())
}

/// Takes the snapshot of that number under a seed: passport, front and back of a card in turn, and
/// each eighth of something else.
///
/// # Errors
/// When it cannot be drawn or encoded.
pub fn take(seed: u64, index: u32, faces: &Faces) -> Result<Snapshot, SetError> {
    let name = format!("snapshot-{seed}-{index:04}.jpg");
    let seed = seed
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(u64::from(index));
    let mut chance = Chance::new(seed, "snapshot");
    let (paper, is_document) = paper(index, seed, faces, &mut chance)?;
    let fault = *chance.one_of(&FAULTS);
    let mut page = phone(fault, &paper, &mut chance).shoot(&paper, seed);
    let flaws = spoil(&mut page, &paper, fault, &mut chance);
    let quality = u8::try_from(60 + chance.below(33)).unwrap_or(80);
    let bytes = Container::Jpeg(quality).encode(std::slice::from_ref(&page.pixels), 72)?;
    let document = page.documents.pop().filter(|_| is_document);
    Ok(Snapshot {
        bytes,
        truth: SnapshotTruth {
            fault,
            flaws,
            size: page.pixels.dimensions().into(),
            document: document.map(|document| DocumentTruth {
                file: name.clone(),
                ..document
            }),
        },
        name,
    })
}

fn paper(
    index: u32,
    seed: u64,
    faces: &Faces,
    chance: &mut Chance,
) -> Result<(Drawing, bool), SetError> {
    if index % 8 == 7 {
        let lures = [Lure::Receipt, Lure::Screenshot, Lure::BarCodes];
        return Ok((chance.one_of(&lures).draw(faces, seed)?, false));
    }
    let holder = Person::invent(chance);
    let paper = match index % 3 {
        0 => invent::passport(chance, holder).page(faces, seed),
        1 => invent::id_card(chance, holder).front(faces, seed),
        _ => invent::id_card(chance, holder).back(faces, seed)?,
    };
    Ok((paper, true))
}

fn phone(fault: Fault, paper: &Drawing, chance: &mut Chance) -> Phone {
    let (lean_max, turn_max) = match fault {
        Fault::Hurried => (30.0, 30.0),
        Fault::Nothing
        | Fault::Glare
        | Fault::Blur
        | Fault::Dark
        | Fault::Small
        | Fault::Cropped => (14.0, 8.0),
    };
    let (long_side, fill) = match fault {
        Fault::Small => {
            let pitch_px = chance.between(5.5, 13.0);
            let fill = pitch_px * paper.canvas.size().0 / 2.54 / 1280.0;
            (1280, (fill, fill))
        }
        // Sides of the frame are what the paper is fitted to: more than all of it runs out.
        Fault::Cropped => (1600, (1.04, 1.4)),
        Fault::Hurried => (1280, (0.5, 0.9)),
        Fault::Nothing | Fault::Glare | Fault::Blur | Fault::Dark => {
            (*chance.one_of(&[1600, 2048, 2560]), (0.55, 0.94))
        }
    };
    Phone {
        long_side,
        lean_max,
        turn_max,
        blur_max: 0.0,
        smear_max: 0.0,
        glare_max: 0.0,
        noise_max: 0.0,
        fill,
        surface: *chance.one_of(&Surface::ALL),
    }
}

/// Spoils the picture, in pixels of its own print, from hardly at all to badly.
fn spoil(page: &mut Page, paper: &Drawing, fault: Fault, chance: &mut Chance) -> Flaws {
    let corners = page.documents.first().map(|seen| seen.corners);
    let corners = corners.unwrap_or_default();
    let (width, height) = paper.canvas.size();
    let [tl, tr, ..] = corners;
    let pitch_px = (tl[0] - tr[0]).hypot(tl[1] - tr[1]) / width * 2.54;
    let mut within = |present: bool, strong: (f32, f32), mild: (f32, f32)| {
        let (least, most) = if present { strong } else { mild };
        chance.between(least, most)
    };
    let (blur, dark) = (fault == Fault::Blur, fault == Fault::Dark);
    let hurried = fault == Fault::Hurried;
    let flaws = Flaws {
        defocus_px: 0.4 + pitch_px * within(blur, (0.05, 0.25), (0.0, 0.05)),
        smear_px: pitch_px * within(blur || hurried, (0.0, 0.4), (0.0, 0.08)),
        glare: within(fault == Fault::Glare, (0.3, 1.0), (-0.4, 0.3)).max(0.0),
        shadow: within(hurried, (0.0, 0.5), (-0.3, 0.4)).max(0.0),
        darkness: within(dark, (0.5, 0.93), (0.0, 0.25)),
        noise: within(dark || hurried, (4.0, 10.0), (0.8, 6.0)),
        sharpening: within(false, (0.0, 0.0), (0.0, 0.8)),
    };
    let spot: Spot = [
        width * chance.between(0.1, 0.9),
        height * chance.between(0.2, 0.95),
    ];
    let lamp = Plane::onto(width, height, corners).map_or(spot, |plane| plane.map(spot));
    let reach = pitch_px * chance.between(2.0, 9.0);
    flaws.spoil(&mut page.pixels, lamp, reach, chance);
    flaws
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, reason = "sides of pictures")]
mod tests {
    use super::*;

    #[test]
    fn what_is_cropped_runs_out_of_its_picture_and_nothing_else_does() {
        let faces = Faces::open().unwrap();
        for index in [0, 3, 7] {
            let truth = take(3, index, &faces).unwrap().truth;
            let [wide, tall] = truth.size.map(|side| side as f32);
            let Some(document) = truth.document else {
                assert_eq!(index % 8, 7);
                continue;
            };
            let out = |[x, y]: &Spot| *x < 0.0 || *y < 0.0 || *x > wide || *y > tall;
            let is_out = document.corners.iter().any(out);
            assert_eq!(is_out, truth.fault == Fault::Cropped, "{index}");
        }
    }
}
