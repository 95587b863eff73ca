//! A stack of paper as a clerk scans it, with what is to become of every page.
//!
//! Papers of several people, most behind a cover sheet, some behind none; backs of sheets that are
//! blank, two pages upside down, one of a stranger, a file that is none.

use casework::case::{CaseKind, MissionCode};
use casework::cover::CoverSheet;
use image::imageops::rotate180_in_place;
use image::{Rgb, RgbImage};

use crate::cases::declared_card;
use crate::chance::Chance;
use crate::draw::canvas::Canvas;
use crate::draw::codes::qr_code;
use crate::draw::face::Faces;
use crate::invent;
use crate::measuring::SetError;
use crate::paper::drawing::{DrawError, Drawing};
use crate::paper::id_card::IdCard;
use crate::paper::lure::Lure;
use crate::paper::passport::Passport;
use crate::paper::permit::{DOTS_PER_MM, Layout};
use crate::person::Person;
use crate::view::file::Container;
use crate::view::scanner::{A4, Scanner};

const DPI: u16 = 200;
/// Pages of one file: what fits into memory while it is written.
const PAGES_OF_FILE: usize = 20;

/// Which stack.
#[derive(Debug, Clone, Copy)]
pub struct StackOrder {
    /// Seed of everything invented.
    pub seed: u64,
    /// People whose papers are in it; every fourth has no cover sheet.
    pub cases: usize,
    /// Pages in all, the file that is none included.
    pub pages: usize,
    /// Blank backs among them.
    pub blanks: usize,
}

/// What a page is, and so what is to become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaf {
    /// A cover sheet.
    Cover,
    /// The back of a sheet.
    Blank,
    /// A paper of this person's.
    Of(usize),
    /// A paper of somebody who has none else in the stack.
    Stranger,
    /// No page at all: a file that cannot be taken.
    BadFile,
}

/// A file of the stack.
#[derive(Debug)]
pub struct StackedFile {
    /// Its name; they sort as they lie.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub leaves: Vec<Leaf>,
}

impl StackOrder {
    /// Makes the stack, file by file.
    ///
    /// # Errors
    /// When a paper cannot be drawn, or a file not encoded.
    pub fn make(self) -> Result<Vec<StackedFile>, SetError> {
        let faces = Faces::open()?;
        let leaves = self.leaves();
        let people: Vec<Owned> = (0..=self.cases)
            .map(|n| Owned::invent(self.seed, n))
            .collect();
        let mut drawn = vec![0; people.len()];
        let mut files = Vec::new();
        for (number, of_file) in (1..).zip(leaves.chunks(PAGES_OF_FILE)) {
            let mut pages = Vec::new();
            for (at, leaf) in of_file.iter().enumerate() {
                let seed = self.seed * 1_000 + (number * PAGES_OF_FILE + at) as u64;
                pages.push(self.page(*leaf, &people, &mut drawn, &faces, seed)?);
            }
            let container = if number % 2 == 1 {
                Container::Pdf(80)
            } else {
                Container::Tiff
            };
            files.push(StackedFile {
                name: format!("{number:02}-stack.{}", container.ending()),
                bytes: container.encode(&pages, DPI)?,
                leaves: of_file.to_vec(),
            });
        }
        files.push(StackedFile {
            name: "99-jammed.jpg".to_owned(),
            bytes: b"\xFF\xD8\xFF\xE0 the scanner gave up here".to_vec(),
            leaves: vec![Leaf::BadFile],
        });
        Ok(files)
    }

    /// The pages in order, but for the file that is none.
    fn leaves(self) -> Vec<Leaf> {
        let covered = |person: usize| person % 4 != 3;
        let covers = (0..self.cases).filter(|person| covered(*person)).count();
        let papers = self.pages.saturating_sub(covers + self.blanks + 2);
        let mut leaves = Vec::new();
        for person in 0..self.cases {
            if covered(person) {
                leaves.push(Leaf::Cover);
            }
            let own = papers / self.cases + usize::from(person < papers % self.cases);
            for paper in 0..own {
                leaves.push(Leaf::Of(person));
                if paper == 1 && person < self.blanks {
                    leaves.push(Leaf::Blank);
                }
                if (person, paper) == (1, 0) {
                    leaves.push(Leaf::Stranger);
                }
            }
        }
        leaves
    }

    fn page(
        self,
        leaf: Leaf,
        people: &[Owned],
        drawn: &mut [usize],
        faces: &Faces,
        seed: u64,
    ) -> Result<RgbImage, SetError> {
        let scanner = Scanner::office(DPI, false);
        let person = match leaf {
            Leaf::Cover => {
                return Ok(scanner.scan(&[cover(seed)?], seed).pixels);
            }
            Leaf::Blank | Leaf::BadFile => {
                let none: [Drawing; 0] = [];
                return Ok(scanner.scan(&none, seed).pixels);
            }
            Leaf::Of(person) => person,
            Leaf::Stranger => self.cases,
        };
        let (Some(owned), Some(count)) = (people.get(person), drawn.get_mut(person)) else {
            return Ok(RgbImage::from_pixel(1, 1, Rgb([255; 3])));
        };
        let papers = owned.paper(*count, faces, seed)?;
        *count += 1;
        let mut pixels = scanner.scan(&papers, seed).pixels;
        if *count == 1 && person < 2 {
            rotate180_in_place(&mut pixels);
        }
        Ok(pixels)
    }
}

/// Somebody with their papers.
struct Owned {
    holder: Person,
    passport: Passport,
    id_card: IdCard,
    chance: u64,
}

impl Owned {
    fn invent(seed: u64, number: usize) -> Self {
        let mut chance = Chance::new(seed, &format!("person {number} of the stack"));
        let holder = Person::invent(&mut chance);
        Self {
            passport: invent::passport(&mut chance, holder.clone()),
            id_card: invent::id_card(&mut chance, holder.clone()),
            chance: u64::from(chance.below(u32::MAX)),
            holder,
        }
    }

    /// The papers on one sheet of the glass, in the order in which people hand them in: what names
    /// them first, and again last.
    fn paper(&self, number: usize, faces: &Faces, seed: u64) -> Result<Vec<Drawing>, SetError> {
        let mut chance = Chance::new(self.chance, &format!("paper {number}"));
        let mut permit = |layout| -> Result<Drawing, DrawError> {
            invent::permit(&mut chance, self.holder.clone(), layout).page(faces, seed)
        };
        Ok(match number % 9 {
            0 | 5 => vec![self.passport.page(faces, seed)],
            2 => vec![permit(Layout::Notification)?],
            3 => vec![Lure::Receipt.draw(faces, seed)?],
            4 => {
                let mut chance = Chance::new(self.chance, "card");
                vec![declared_card(&mut chance, &self.holder, faces, seed)?]
            }
            6 => vec![permit(Layout::Electronic)?],
            _ => vec![
                self.id_card.front(faces, seed),
                self.id_card.back(faces, seed)?,
            ],
        })
    }
}

/// A cover sheet for a new case in Berlin, as it comes off a printer.
fn cover(seed: u64) -> Result<Drawing, DrawError> {
    let kinds = [CaseKind::Permanent, CaseKind::Temporary];
    let kind = *Chance::new(seed, "cover").one_of(&kinds);
    let mission = MissionCode("DEU-BER".to_owned());
    let payload = CoverSheet::NewCase { kind, mission }.to_string();
    let mut canvas = Canvas::new(A4, DOTS_PER_MM, [255; 3]);
    qr_code(&mut canvas, (22.0, 180.0), 95.0, &payload)?;
    Ok(Drawing::new(
        casework::reading::DocumentKind::Unknown,
        canvas,
    ))
}
