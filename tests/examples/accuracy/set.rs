//! The sets of pages: three classes with zones, and pages without.

use samples::draw::face::Faces;
use samples::measuring::Class;
use samples::trial::{self, TrialTruth};

use crate::AnyError;
use crate::pages::{Made, Pages};

/// A set of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Set {
    /// Flat scans, 150 to 300 dpi.
    Scan,
    /// Ordinary phone photos.
    Photo,
    /// Hard photos: strong tilt, glare, blur, small, dark.
    Hard,
    /// Pages without a zone.
    None,
}

impl Set {
    /// Every set.
    pub const ALL: [Self; 4] = [Self::Scan, Self::Photo, Self::Hard, Self::None];

    /// How its pages with documents come about.
    pub const fn class(self) -> Option<Class> {
        match self {
            Self::Scan => Some(Class::Scan),
            Self::Photo => Some(Class::Photo),
            Self::Hard => Some(Class::Hard),
            Self::None => None,
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scan => "flat scans, 150–300 dpi",
            Self::Photo => "ordinary phone photos",
            Self::Hard => "hard photos",
            Self::None => "pages without a zone",
        }
    }

    /// The share of zones that is to be read exactly, percent.
    pub const fn exact_target(self) -> f64 {
        match self {
            Self::Scan => 99.5,
            Self::Photo => 98.0,
            Self::Hard => 90.0,
            Self::None => 0.0,
        }
    }

    /// The share of numbers and dates that is to be verified, percent.
    pub const fn verified_target(self) -> f64 {
        match self {
            Self::Scan => 95.0,
            Self::Photo => 90.0,
            Self::Hard => 70.0,
            Self::None => 0.0,
        }
    }
}

impl Pages for Set {
    type Truth = TrialTruth;

    fn stem(self, index: u32) -> String {
        self.class().map_or_else(
            || trial::without::stem(index),
            |class| trial::stem(class, index),
        )
    }

    fn make(self, seed: u64, index: u32, faces: &Faces) -> Result<Made<TrialTruth>, AnyError> {
        let page = match self.class() {
            Some(class) => trial::page(class, seed, index, faces),
            None => trial::without::page(seed, index, faces),
        }?;
        Ok(Made {
            ending: page.ending.to_owned(),
            bytes: page.bytes,
            truth: page.truth,
        })
    }
}
