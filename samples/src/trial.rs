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
use crate::paper::drawing::{DrawError, Drawing};
use crate::paper::lure::Lure;
use crate::paper::travel::{self, Make};
use crate::view::file::{Container, FileError};
use crate::view::flaw::Flaws;
use crate::view::page::Page;
use crate::view::plane::{Plane, Spot};

mod camera;
mod glass;
mod turn;
pub mod without;

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
    /// What it shows instead of a document with a zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lure: Option<Lure>,
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
    /// A paper cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
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
    /// Height of a second page above the document on the same drawing, millimetres.
    above: f32,
}

impl Subject {
    fn invent(chance: &mut Chance, faces: &Faces) -> Result<Self, TrialError> {
        let format = *chance.one_of(&Format::ALL);
        let bearer = Bearer::invent(chance, format);
        let make = Make::invent(chance);
        let lines = bearer.lines()?;
        let seed = u64::from(chance.below(u32::MAX));
        let mut drawing = travel::draw(&bearer, &lines, &make, faces, seed);
        let mut above = 0.0;
        if format == Format::Td3 && chance.odds(0.35) {
            above = travel::size(format).1;
            drawing = travel::opened(drawing, faces, seed);
        }
        Ok(Self {
            bearer,
            make,
            lines,
            drawing,
            above,
        })
    }

    fn truth(self, corners: [Spot; 4]) -> ZoneTruth {
        let pitch_px = self.pitch_px(corners);
        let corners = self.own(corners);
        ZoneTruth {
            format: self.bearer.format,
            state: self.bearer.state.code.to_owned(),
            make: self.make,
            pitch_px,
            corners,
            fields: self.bearer.fields(),
            mrz: self.lines,
        }
    }

    /// The document's own corners, from those of everything that was drawn.
    fn own(&self, corners: [Spot; 4]) -> [Spot; 4] {
        let (width, height) = self.drawing.canvas.size();
        let around = [
            [0.0, self.above],
            [width, self.above],
            [width, height],
            [0.0, height],
        ];
        Plane::onto(width, height, corners)
            .map_or(corners, |plane| around.map(|corner| plane.map(corner)))
    }

    /// `corners` are those of everything that was drawn.
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

impl Shot {
    fn encoded(&self) -> Result<Vec<u8>, FileError> {
        let pages = std::slice::from_ref(&self.page.pixels);
        self.container.encode(pages, self.dpi.unwrap_or(72))
    }
}

fn seed_of(seed: u64, index: u32) -> u64 {
    seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(u64::from(index))
}

/// Makes the trial page of that class and number under a seed.
///
/// # Errors
/// When a zone cannot be composed or the page not be encoded.
pub fn page(class: Class, seed: u64, index: u32, faces: &Faces) -> Result<TrialPage, TrialError> {
    let seed = seed_of(seed, index);
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
    let bytes = shot.encoded()?;
    let corners = shot.page.documents.iter().map(|seen| seen.corners);
    let zones = subjects.into_iter().zip(corners);
    Ok(TrialPage {
        stem: stem(class, index),
        ending: shot.container.ending(),
        bytes,
        truth: TrialTruth {
            class,
            lure: None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::plane::bounds;

    #[test]
    fn a_seed_and_a_number_determine_the_page() {
        let faces = Faces::open().unwrap();
        let page = |index| page(Class::Photo, 5, index, &faces).unwrap();
        let (first, again, other) = (page(0), page(0), page(1));
        assert_eq!((&first.bytes, &first.truth), (&again.bytes, &again.truth));
        assert_ne!(first.truth.zones, other.truth.zones);
        assert_eq!(first.stem, stem(Class::Photo, 0));
    }

    #[test]
    fn every_document_lies_on_its_page_with_the_pitch_that_is_told() {
        let faces = Faces::open().unwrap();
        for (class, index) in [(Class::Scan, 0), (Class::Photo, 3), (Class::Hard, 1)] {
            let truth = page(class, 9, index, &faces).unwrap().truth;
            let [wide, tall] = truth
                .size
                .map(|side| f32::from(u16::try_from(side).unwrap()));
            assert!(!truth.zones.is_empty());
            for zone in &truth.zones {
                let [left, top, width, height] = bounds(&zone.corners);
                let slack = 0.02 * wide;
                assert!(left > -slack && top > -slack, "{class:?}");
                assert!(left + width < wide + slack && top + height < tall + slack);
                let (millimetres, _) = travel::size(zone.format);
                let [a, b, c, d] = zone.corners;
                let length = |a: Spot, b: Spot| (a[0] - b[0]).hypot(a[1] - b[1]);
                let across = f32::midpoint(length(a, b), length(c, d)) / millimetres;
                let told = zone.pitch_px / zone.make.pitch_mm;
                assert!((told / across - 1.0).abs() < 0.4, "{told} for {across}");
            }
        }
    }

    #[test]
    fn pages_without_a_zone_say_what_they_show() {
        let faces = Faces::open().unwrap();
        let page = without::page(3, 6, &faces).unwrap();
        assert_eq!(page.truth.lure, Some(Lure::GiroSlip));
        assert!(page.truth.zones.is_empty() && page.bytes.len() > 1000);
    }
}
