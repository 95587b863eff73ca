//! Sets for measuring a reader: so many images of a class, each with its truth beside it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cases;
use crate::chance::Chance;
use crate::draw::face::{FaceError, Faces};
use crate::invent;
use crate::paper::drawing::{DrawError, Drawing};
use crate::paper::permit::Layout;
use crate::person::Person;
use crate::truth::{DocumentTruth, Truth};
use crate::view::file::{Container, FileError};
use crate::view::page::Page;
use crate::view::phone::Phone;
use crate::view::scanner::Scanner;

/// How the images come about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// On a scanner's glass.
    Scan,
    /// A careful phone photo.
    Photo,
    /// A hurried phone photo.
    Hard,
}

/// What is on the images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Kind {
    /// Everything in turn.
    Mixed,
    /// Front and back of an identity card on one scan (a photo shows the back).
    IdCard,
    /// Front of an identity card.
    IdCardFront,
    /// Back of an identity card.
    IdCardBack,
    /// Data page of a passport.
    Passport,
    /// Exit permit, any layout.
    ExitPermit,
    /// Registration card on paper, with a QR code or without.
    RegistrationCard,
}

const IN_TURN: [Kind; 7] = [
    Kind::Passport,
    Kind::IdCardBack,
    Kind::IdCard,
    Kind::ExitPermit,
    Kind::Passport,
    Kind::IdCardFront,
    Kind::RegistrationCard,
];

/// A set to be made.
#[derive(Debug, Clone)]
pub struct Order {
    /// The seed.
    pub seed: u64,
    /// How many images.
    pub count: u32,
    /// How they come about.
    pub class: Class,
    /// What is on them.
    pub kind: Kind,
}

/// Why a set cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// A typeface is missing.
    #[error(transparent)]
    Face(#[from] FaceError),
    /// A paper cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// An image cannot be encoded.
    #[error(transparent)]
    File(#[from] FileError),
    /// The truth cannot be written as JSON.
    #[error("truth: {0}")]
    Json(#[from] serde_json::Error),
    /// A file cannot be written.
    #[error("{path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

/// An image file with what it shows.
#[derive(Debug)]
pub struct Exhibit {
    /// File name.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub truth: Truth,
}

impl Order {
    /// Makes the image of that number, counting from 0.
    ///
    /// # Errors
    /// When it cannot be drawn or encoded.
    pub fn exhibit(&self, faces: &Faces, index: u32) -> Result<Exhibit, SetError> {
        let seed = self
            .seed
            .wrapping_mul(0x9e37_79b9)
            .wrapping_add(u64::from(index));
        let mut chance = Chance::new(seed, "exhibit");
        let turn = IN_TURN.iter().cycle().nth(index as usize);
        let kind = if self.kind == Kind::Mixed {
            turn.copied().unwrap_or(self.kind)
        } else {
            self.kind
        };
        let papers = papers(kind, self.class, faces, &mut chance, seed)?;
        let (page, container, dpi) = self.view(&papers, &mut chance, seed);
        let class = format!("{:?}", self.class).to_lowercase();
        let name = format!("{class}-{}-{index:04}.{}", self.seed, container.ending());
        let bytes = container.encode(std::slice::from_ref(&page.pixels), dpi)?;
        Ok(Exhibit {
            truth: truth(page, &name),
            name,
            bytes,
        })
    }

    fn view(&self, papers: &[Drawing], chance: &mut Chance, seed: u64) -> (Page, Container, u16) {
        match self.class {
            Class::Scan => {
                let scanner = Scanner::invent(chance);
                let container = match chance.below(8) {
                    0 => Container::Png,
                    1 => Container::Tiff,
                    2 => Container::Pdf(82),
                    _ => Container::Jpeg(byte(75 + chance.below(16))),
                };
                (scanner.scan(papers, seed), container, scanner.dpi)
            }
            Class::Photo => {
                let page = shoot(Phone::careful(chance), papers, seed);
                let quality = byte(72 + chance.below(17));
                let aside = chance.odds(0.15);
                let container = if aside {
                    Container::JpegOnItsSide(quality)
                } else {
                    Container::Jpeg(quality)
                };
                (page, container, 72)
            }
            Class::Hard => {
                let page = shoot(Phone::hurried(chance), papers, seed);
                (page, Container::Jpeg(byte(50 + chance.below(26))), 72)
            }
        }
    }

    /// Writes the whole set into a folder: each image, and its truth as `NAME.json`.
    ///
    /// # Errors
    /// At the first image that cannot be made or written.
    pub fn write(&self, folder: &Path) -> Result<(), SetError> {
        let faces = Faces::open()?;
        write(folder, |path| std::fs::create_dir_all(path))?;
        for index in 0..self.count {
            let exhibit = self.exhibit(&faces, index)?;
            let json = serde_json::to_vec_pretty(&exhibit.truth)?;
            write(&folder.join(&exhibit.name), |path| {
                std::fs::write(path, &exhibit.bytes)
            })?;
            write(&folder.join(format!("{}.json", exhibit.name)), |path| {
                std::fs::write(path, &json)
            })?;
        }
        Ok(())
    }
}

/// Does it, and names the path where it fails.
///
/// # Errors
/// Whatever `act` fails with.
pub fn write(path: &Path, act: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), SetError> {
    act(path).map_err(|source| SetError::Write {
        path: path.to_owned(),
        source,
    })
}

/// Photographs the last paper: one paper a photo.
fn shoot(phone: Phone, papers: &[Drawing], seed: u64) -> Page {
    match papers.last() {
        Some(paper) => phone.shoot(paper, seed),
        None => Page {
            pixels: image::RgbImage::new(1, 1),
            documents: Vec::new(),
        },
    }
}

fn truth(page: Page, name: &str) -> Truth {
    let named = |document| DocumentTruth {
        file: name.to_owned(),
        ..document
    };
    Truth {
        documents: page.documents.into_iter().map(named).collect(),
        outcome: None,
    }
}

fn papers(
    kind: Kind,
    class: Class,
    faces: &Faces,
    chance: &mut Chance,
    seed: u64,
) -> Result<Vec<Drawing>, SetError> {
    let holder = Person::invent(chance);
    Ok(match kind {
        Kind::IdCardFront => vec![invent::id_card(chance, holder).front(faces, seed)],
        Kind::IdCardBack => vec![invent::id_card(chance, holder).back(faces, seed)?],
        Kind::IdCard => {
            let card = invent::id_card(chance, holder);
            let front = (class == Class::Scan).then(|| card.front(faces, seed));
            front.into_iter().chain([card.back(faces, seed)?]).collect()
        }
        Kind::ExitPermit => {
            let layout =
                *chance.one_of(&[Layout::Notification, Layout::Decision, Layout::Electronic]);
            vec![invent::permit(chance, holder, layout).page(faces, seed)?]
        }
        Kind::RegistrationCard => vec![cases::declared_card(chance, &holder, faces, seed)?],
        Kind::Passport | Kind::Mixed => vec![invent::passport(chance, holder).page(faces, seed)],
    })
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iin;
    use crate::mrz::check_digit;

    fn exhibit(seed: u64, class: Class, kind: Kind) -> Exhibit {
        let order = Order {
            seed,
            count: 1,
            class,
            kind,
        };
        order.exhibit(&Faces::open().unwrap(), 0).unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let first = exhibit(41, Class::Photo, Kind::IdCardBack);
        let again = exhibit(41, Class::Photo, Kind::IdCardBack);
        let other = exhibit(42, Class::Photo, Kind::IdCardBack);
        assert_eq!(first.bytes, again.bytes);
        assert_eq!(first.truth, again.truth);
        assert_ne!(first.bytes, other.bytes);
    }

    #[test]
    fn the_truth_passes_its_check_digits() {
        for (kind, width) in [(Kind::IdCardBack, 30), (Kind::Passport, 44)] {
            for seed in 0..2 {
                let exhibit = exhibit(seed, Class::Hard, kind);
                let document = &exhibit.truth.documents[0];
                assert!(iin::is_consistent(&document.fields["iin"]));
                assert!(
                    document
                        .mrz
                        .iter()
                        .all(|line| line.chars().count() == width)
                );
                let line = if width == 30 {
                    &document.mrz[0][5..15]
                } else {
                    &document.mrz[1][..10]
                };
                let (number, digit) = line.split_at(9);
                assert_eq!(digit, check_digit(number).to_string());
                assert!(number.starts_with(&document.fields["document_number"]));
            }
        }
    }

    #[test]
    fn values_lie_within_their_documents() {
        for kind in [Kind::IdCard, Kind::Passport, Kind::ExitPermit] {
            let exhibit = exhibit(7, Class::Scan, kind);
            for document in &exhibit.truth.documents {
                let [left, top, width, height] = crate::view::plane::bounds(&document.corners);
                assert_eq!(document.fields.len(), document.bounds.len());
                for (field, [x, y, wide, tall]) in &document.bounds {
                    let inside = *x >= left
                        && *y >= top
                        && x + wide <= left + width
                        && y + tall <= top + height;
                    assert!(inside, "{field} of {:?}", document.kind);
                }
            }
        }
    }
}
