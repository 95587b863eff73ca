//! The committed sample cases: one folder each, with scans, manifest and truth.
//!
//! What becomes of a case is written in the table of plans by reasoning over the rules; it is
//! never computed by the code that it is there to test.

mod card;
mod file;
mod phone;
mod plans;

use std::path::Path;

use casework::case::{CaseKind, Channel};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::chance::Chance;
use crate::draw::face::Faces;
use crate::measuring::{SetError, write};
use crate::paper::drawing::{DrawError, Drawing};
use crate::paper::permit::Layout;
use crate::paper::registration_card::{Entries, RegistrationCard};
use crate::person::Person;
use crate::truth::{ExpectedFinding, Outcome, Truth};

pub use plans::PLANS;

/// A case to be made.
#[derive(Debug)]
pub struct Plan {
    /// Name of its folder.
    pub folder: &'static str,
    /// Permanent or temporary.
    pub kind: CaseKind,
    /// The way it came.
    pub channel: Channel,
    /// Code of the mission.
    pub mission: &'static str,
    /// When it came, RFC 3339.
    pub received_at: &'static str,
    /// Its files.
    pub files: &'static [Sheet],
    /// Where the card is declared: in the manifest, unless a paper card is among the files.
    pub card: bool,
    /// What is not as it should be.
    pub twist: Twist,
    /// The status after everything was read.
    pub status: &'static str,
    /// Every finding: rule, severity, fields.
    pub findings: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// The day the term ends.
    pub due: Date,
}

/// One file of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The passport's page on an A4 scan, grey, JPEG.
    Passport,
    /// The passport's page, photographed with care.
    PassportPhoto,
    /// The passport's page, photographed so that nobody can read it.
    PassportHopeless,
    /// The bytes of the first file again, under another name.
    FirstAgain,
    /// Both sides of the identity card on one A4 scan in colour.
    IdCard,
    /// The back of the identity card alone.
    IdCardBack,
    /// The permit, JPEG.
    Permit(Layout),
    /// The permit as a PDF.
    PermitPdf(Layout),
    /// The typed card; with a QR code or not.
    Card(bool),
    /// The permit and the typed card, one TIFF of two pages.
    PermitAndCardTiff,
    /// A picture that is no document.
    Landscape,
}

/// What is not as it should be in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twist {
    /// Nothing.
    None,
    /// The card has another (valid) IIN.
    CardIin,
    /// The card misspells the surname.
    CardSurname,
    /// The card spells the names the Russian way.
    CardInRussian,
    /// The card's consent lacks a part.
    CardConsent,
    /// The permit is another person's.
    PermitOfAnother,
    /// The permit names another country.
    PermitElsewhere,
    /// The document has expired.
    Expired,
    /// The State never issued such an IIN: its check digit is wrong everywhere.
    IinCheckDigit,
}

/// A typed card of somebody who wants to be registered, for measuring sets.
///
/// # Errors
/// When its entries do not fit a QR code.
pub fn declared_card(
    chance: &mut Chance,
    holder: &Person,
    faces: &Faces,
    seed: u64,
) -> Result<Drawing, DrawError> {
    let plan = chance.one_of(PLANS);
    let papers = file::Papers::held_by(holder, plan, chance);
    let coded = chance.odds(0.5);
    RegistrationCard {
        kind: plan.kind,
        entries: &papers.card,
        coded,
    }
    .page(faces, seed)
}

/// What opens the case.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    kind: CaseKind,
    channel: Channel,
    mission: &'a str,
    received_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<&'a Entries>,
}

impl Plan {
    /// The day it came, in UTC.
    fn received_on(&self) -> Date {
        self.received().to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    fn received(&self) -> Timestamp {
        self.received_at.parse().unwrap_or_default()
    }

    fn outcome(&self) -> Outcome {
        let finding = |(rule, severity, fields): &(&str, &str, &[&str])| ExpectedFinding {
            rule: (*rule).to_owned(),
            severity: (*severity).to_owned(),
            fields: fields.iter().map(ToString::to_string).collect(),
        };
        Outcome {
            status: self.status.to_owned(),
            findings: self.findings.iter().map(finding).collect(),
            due: self.due,
        }
    }

    /// Writes the case's folder.
    ///
    /// # Errors
    /// When a paper cannot be drawn, or a file not written.
    pub fn write(&self, faces: &Faces, folder: &Path) -> Result<(), SetError> {
        let papers = file::Papers::of(self);
        let files = papers.files(self, faces)?;
        self.write_folder(&papers, files, folder)
    }

    /// Writes the case's folder as if every paper had come as a photo of its own, taken with a
    /// phone by `seed`. What becomes of the case is the same.
    ///
    /// # Errors
    /// When a paper cannot be drawn, or a file not written.
    pub fn write_by_phone(&self, faces: &Faces, folder: &Path, seed: u64) -> Result<(), SetError> {
        let papers = file::Papers::of(self);
        let files = papers.photos(self, faces, seed)?;
        self.write_folder(&papers, files, folder)
    }

    fn write_folder(
        &self,
        papers: &file::Papers,
        files: Vec<file::Made>,
        folder: &Path,
    ) -> Result<(), SetError> {
        let folder = folder.join(self.folder);
        write(&folder, |path| std::fs::create_dir_all(path))?;
        let mut documents = Vec::new();
        for made in files {
            write(&folder.join(&made.name), |path| {
                std::fs::write(path, &made.bytes)
            })?;
            documents.extend(made.documents);
        }
        let manifest = Manifest {
            kind: self.kind,
            channel: self.channel,
            mission: self.mission,
            received_at: self.received(),
            card: self.card.then_some(&papers.card),
        };
        let truth = Truth {
            documents,
            outcome: Some(self.outcome()),
        };
        let manifest = serde_json::to_vec_pretty(&manifest)?;
        let truth = serde_json::to_vec_pretty(&truth)?;
        write(&folder.join("manifest.json"), |path| {
            std::fs::write(path, manifest)
        })?;
        write(&folder.join("truth.json"), |path| {
            std::fs::write(path, truth)
        })
    }
}

/// Writes every case into a folder of its own under `folder`.
///
/// # Errors
/// At the first case that cannot be made.
pub fn write_all(folder: &Path) -> Result<usize, SetError> {
    let faces = Faces::open()?;
    for plan in PLANS {
        plan.write(&faces, folder)?;
    }
    Ok(PLANS.len())
}

/// The same, as if every paper had come as a photo of its own, taken with a phone by `seed`.
///
/// # Errors
/// At the first case that cannot be made.
pub fn write_all_by_phone(folder: &Path, seed: u64) -> Result<usize, SetError> {
    let faces = Faces::open()?;
    for plan in PLANS {
        plan.write_by_phone(&faces, folder, seed)?;
    }
    Ok(PLANS.len())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use casework::card::DeclaredCard;

    use super::*;

    fn folder(plan: &Plan) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("cases")
            .join(plan.folder)
    }

    fn committed(plan: &Plan, file: &str) -> String {
        std::fs::read_to_string(folder(plan).join(file)).unwrap()
    }

    #[test]
    fn every_case_has_the_truth_of_its_plan() {
        for plan in PLANS {
            let truth: Truth = serde_json::from_str(&committed(plan, "truth.json")).unwrap();
            assert_eq!(truth.outcome, Some(plan.outcome()), "{}", plan.folder);
            let shows_none = plan.files.contains(&Sheet::Landscape);
            assert_eq!(truth.documents.is_empty(), shows_none, "{}", plan.folder);
        }
    }

    #[test]
    fn every_declared_card_is_one_by_the_schema() {
        for plan in PLANS {
            let manifest: serde_json::Value =
                serde_json::from_str(&committed(plan, "manifest.json")).unwrap();
            assert_eq!(manifest.get("card").is_some(), plan.card, "{}", plan.folder);
            if let Some(card) = manifest.get("card") {
                let card = DeclaredCard::parse(&card.to_string());
                assert!(card.is_ok(), "{}: {card:?}", plan.folder);
            }
        }
    }

    #[test]
    fn a_case_is_drawn_again_byte_for_byte() {
        let again = tempfile::tempdir().unwrap();
        let plan = PLANS
            .iter()
            .find(|plan| plan.folder.starts_with("11-"))
            .unwrap();
        plan.write(&Faces::open().unwrap(), again.path()).unwrap();
        for file in std::fs::read_dir(folder(plan)).unwrap() {
            let name = file.unwrap().file_name();
            let drawn = std::fs::read(again.path().join(plan.folder).join(&name)).unwrap();
            assert!(
                drawn == std::fs::read(folder(plan).join(&name)).unwrap(),
                "{name:?}"
            );
        }
    }

    #[test]
    fn the_committed_cases_stay_small() {
        let files = PLANS
            .iter()
            .flat_map(|plan| std::fs::read_dir(folder(plan)).unwrap());
        let sum: u64 = files
            .map(|file| file.unwrap().metadata().unwrap().len())
            .sum();
        assert!(sum <= 8 * 1024 * 1024, "{sum} bytes");
    }
}
