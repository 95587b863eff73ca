//! Trial pages for a reader of machine readable zones: documents of any State, of all five
//! formats, with one or two on a page, as scanners and phones see them, and with flaws that
//! are known by kind and strength.
//!
//! Never here: how a reader did.

use std::collections::BTreeMap;

use casework::mrz::{ComposeError, Format};
use serde::{Deserialize, Serialize};

use crate::bearer::Bearer;
use crate::chance::Chance;
use crate::draw::face::Faces;
use crate::measuring::Class;
use crate::paper::drawing::Drawing;
use crate::paper::travel::{self, Make};
use crate::view::file::{Container, FileError};
use crate::view::flaw::Flaws;
use crate::view::page::Page;
use crate::view::plane::{Plane, Spot};

mod camera;
mod glass;
mod turn;

/// What makes a hard photo hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Challenge {
    /// Seen from the side, and turned.
    Tilt,
    /// A lamp's reflection on the zone: strong, but what is under it can still be told by eye.
    Glare,
    /// Out of focus, or moved.
    Blur,
    /// Few pixels a character.
    Small,
    /// Little light.
    Dark,
}

/// One zone on a trial page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ZoneTruth {
    /// Its format.
    pub format: Format,
    /// Who issued the document.
    pub state: String,
    /// How it was made.
    pub make: Make,
    /// Distance between its characters on the page, pixels (in the middle of the zone).
    pub pitch_px: f32,
    /// Corners of the document on the page, clockwise from its own top left.
    pub corners: [Spot; 4],
    /// The lines.
    pub mrz: Vec<String>,
    /// What they say, by the field names of the reading contract.
    pub fields: BTreeMap<String, String>,
}

/// What a trial page shows, and how it came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrialTruth {
    /// Scan, photo or hard photo.
    pub class: Class,
    /// Dots per inch of a scan.
    pub dpi: Option<u16>,
    /// What makes it hard.
    pub challenges: Vec<Challenge>,
    /// How strong each flaw is.
    pub flaws: Flaws,
    /// Pixels across and down, as a viewer shows it.
    pub size: [u32; 2],
    /// Every zone on it.
    pub zones: Vec<ZoneTruth>,
}

/// A trial page as a file.
#[derive(Debug)]
pub struct TrialPage {
    /// File name without its ending.
    pub stem: String,
    /// Ending of the file's name.
    pub ending: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub truth: TrialTruth,
}

/// Why a trial page cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TrialError {
    /// An entry does not fit its zone.
    #[error("zone: {0}")]
    Compose(#[from] ComposeError),
    /// The page cannot be encoded.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A document to be laid before a camera or on the glass.
struct Subject {
    bearer: Bearer,
    make: Make,
    lines: Vec<String>,
    drawing: Drawing,
}

impl Subject {
    fn invent(chance: &mut Chance, faces: &Faces) -> Result<Self, TrialError> {
        let format = *chance.one_of(&Format::ALL);
        let bearer = Bearer::invent(chance, format);
        let make = Make::invent(chance);
        let lines = bearer.lines()?;
        let seed = u64::from(chance.below(u32::MAX));
        let drawing = travel::draw(&bearer, &lines, &make, faces, seed);
        Ok(Self {
            bearer,
            make,
            lines,
            drawing,
        })
    }

    fn truth(self, corners: [Spot; 4]) -> ZoneTruth {
        ZoneTruth {
            format: self.bearer.format,
            state: self.bearer.state.code.to_owned(),
            make: self.make,
            pitch_px: self.pitch_px(corners),
            corners,
            fields: self.bearer.fields(),
            mrz: self.lines,
        }
    }

    fn pitch_px(&self, corners: [Spot; 4]) -> f32 {
        let (width, height) = self.drawing.canvas.size();
        let pitch = self.make.pitch_mm;
        let middle = [width / 2.0, height - 11.6];
        Plane::onto(width, height, corners).map_or(0.0, |plane| {
            let [from, to] = [-0.5, 0.5].map(|by| plane.map([middle[0] + by * pitch, middle[1]]));
            (from[0] - to[0]).hypot(from[1] - to[1])
        })
    }
}

/// A picture before it becomes a file.
struct Shot {
    page: Page,
    dpi: Option<u16>,
    challenges: Vec<Challenge>,
    flaws: Flaws,
    container: Container,
}

/// Makes the trial page of that class and number under a seed.
///
/// # Errors
/// When a zone cannot be composed or the page not be encoded.
pub fn page(class: Class, seed: u64, index: u32, faces: &Faces) -> Result<TrialPage, TrialError> {
    let seed = seed
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(u64::from(index));
    let mut chance = Chance::new(seed, name(class));
    let mut subjects = vec![Subject::invent(&mut chance, faces)?];
    if class == Class::Scan && chance.odds(0.35) {
        subjects.push(Subject::invent(&mut chance, faces)?);
    }
    let mut shot = match class {
        Class::Scan => glass::scan(&subjects, &mut chance, seed),
        Class::Photo => camera::careful(&subjects, &mut chance, seed),
        Class::Hard => camera::hurried(&subjects, &mut chance, seed),
    };
    turn::any(&mut shot.page, class, &mut chance);
    let dpi = shot.dpi.unwrap_or(72);
    let bytes = shot
        .container
        .encode(std::slice::from_ref(&shot.page.pixels), dpi)?;
    let corners = shot.page.documents.iter().map(|seen| seen.corners);
    let zones = subjects.into_iter().zip(corners);
    Ok(TrialPage {
        stem: stem(class, index),
        ending: shot.container.ending(),
        bytes,
        truth: TrialTruth {
            class,
            dpi: shot.dpi,
            challenges: shot.challenges,
            flaws: shot.flaws,
            size: shot.page.pixels.dimensions().into(),
            zones: zones
                .map(|(subject, corners)| subject.truth(corners))
                .collect(),
        },
    })
}

/// The name of a page's file, without its ending.
pub fn stem(class: Class, index: u32) -> String {
    format!("{}-{index:05}", name(class))
}

const fn name(class: Class) -> &'static str {
    match class {
        Class::Scan => "scan",
        Class::Photo => "photo",
        Class::Hard => "hard",
    }
}

fn quality(chance: &mut Chance, least: u32, most: u32) -> u8 {
    u8::try_from(least + chance.below(most - least + 1)).unwrap_or(80)
}
