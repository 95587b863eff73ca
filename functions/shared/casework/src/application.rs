//! An application on the portal, from its first answer to its handing in: a value, and what may follow.
//!
//! Until it is handed in nothing of it is a case; its [draft](Application::draft) is, and so the card
//! is pre-filled and the rules look at it just as they will at the case it becomes.
//! Never here: a page, an address, a secret (a link is known by its keyed hash), the clock.

mod draft;
pub mod mine;
mod request;
mod section;
mod step;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use draft::mendable;
pub use request::Request;
pub use section::{EntryFault, Section};
pub use step::Step;

use crate::card::DeclaredCard;
use crate::case::{CaseId, CaseKind, MissionCode};
use crate::finding_code::Hint;
use crate::personal::Personal;
use crate::reading::{DocumentKind, FieldName};
use crate::scan::ScanId;
use crate::signing::ElectronicSignature;
use crate::upload::BatchId;
use crate::words::Language;

/// The IIN of whoever applies for the person.
pub const REPRESENTATIVE_IIN: FieldName = FieldName::new("representative_iin");

/// Papers an application may hold.
pub const PAPERS_MAX: usize = 24;

/// An application.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// Its reference, and that of the case it becomes.
    pub reference: CaseId,
    /// What its papers are one batch by.
    pub batch: BatchId,
    /// How many times it was written.
    pub version: u64,
    /// How its private link is known.
    pub link: LinkKey,
    /// When it was begun.
    pub began_at: Timestamp,
    /// Permanent or temporary.
    pub kind: CaseKind,
    /// The mission it is for.
    pub mission: MissionCode,
    /// Whether somebody else applies for the person: a parent, a guardian, by power of attorney.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub represented: bool,
    /// The language it was begun in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What was consented to.
    pub consent: Consent,
    /// Which document shows who the applicant is, once they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// The papers, the last one of a slot first counted.
    #[serde(default)]
    pub papers: Vec<PaperSent>,
    /// What the applicant typed or confirmed, by the keys of the card.
    #[serde(default)]
    pub entries: BTreeMap<FieldName, Personal<String>>,
    /// The sections of the card they went through.
    #[serde(default)]
    pub looked_through: Vec<Section>,
    /// The card as they confirmed it as a whole; gone when anything changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<DeclaredCard>,
    /// How it was handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_in: Option<HandedIn>,
}

/// How a private link is known: the keyed hash of its secret, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkKey(pub String);

/// The consent, as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The version of its text.
    pub version: Date,
    /// When it was given.
    pub at: Timestamp,
}

/// What shows who the applicant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// The data page of the passport.
    Passport,
    /// Both sides of the identity card.
    IdCard,
}

/// A place for a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// The data page of the passport.
    Passport,
    /// The side of the identity card with the photo.
    Front,
    /// The side of the identity card with the lines of `<`.
    Back,
    /// The permit to leave for permanent residence.
    Permit,
    /// What entitles a representative: the power of attorney, or a child's birth certificate.
    Authority,
    /// Whatever else was asked for, after the application was handed in.
    Other,
}

/// A paper that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperSent {
    /// For which place.
    pub slot: Slot,
    /// The scan.
    pub scan: ScanId,
    /// Its file's name.
    pub name: Personal<String>,
    /// What the page warned of before it was sent, and they sent it all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent_anyway: Vec<Hint>,
}

/// How an application was handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandedIn {
    /// When.
    pub at: Timestamp,
    /// Signed so; on paper at the counter, where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<ElectronicSignature>,
    /// Whether its case stands at the desk, with every paper.
    pub is_case: bool,
}

/// What a beginning needs.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Names the application as nothing else does; it follows from the secret that made the link.
    pub batch: BatchId,
    /// How the link is known.
    pub link: LinkKey,
    /// Permanent or temporary.
    pub kind: CaseKind,
    /// The mission.
    pub mission: MissionCode,
    /// Whether somebody else applies for the person.
    pub represented: bool,
    /// The language it is begun in.
    pub language: Language,
    /// The version of the consent's text.
    pub consent: Date,
    /// E-mail and telephone, where they were given.
    pub contact: BTreeMap<FieldName, Personal<String>>,
}

/// Why a step is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It was handed in: what may still be done is done to its case.
    #[error("the application was handed in")]
    HandedIn,
    /// There is no room for another paper.
    #[error("the application holds {PAPERS_MAX} papers and takes no more")]
    TooManyPapers,
    /// Something must be done before.
    #[error("something is missing before this step")]
    TooEarly,
    /// Entries cannot be what was typed, or must not be empty.
    #[error("{} entries cannot stay so", .0.len())]
    Entries(Vec<EntryFault>),
}

impl Identity {
    /// As written in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::IdCard => "id-card",
        }
    }

    /// The one written so.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Passport, Self::IdCard]
            .into_iter()
            .find(|identity| identity.as_str() == code)
    }
}

impl Slot {
    /// Every slot.
    pub const ALL: [Self; 6] = [
        Self::Passport,
        Self::Front,
        Self::Back,
        Self::Permit,
        Self::Authority,
        Self::Other,
    ];

    /// As written in addresses and in the keys of words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::Front => "front",
            Self::Back => "back",
            Self::Permit => "permit",
            Self::Authority => "authority",
            Self::Other => "other",
        }
    }

    /// The one written so.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.as_str() == code)
    }

    /// What is to be on the paper, where that is known.
    pub const fn document(self) -> Option<DocumentKind> {
        match self {
            Self::Passport => Some(DocumentKind::Passport),
            Self::Front => Some(DocumentKind::IdCardFront),
            Self::Back => Some(DocumentKind::IdCardBack),
            Self::Permit => Some(DocumentKind::ExitPermit),
            Self::Authority | Self::Other => None,
        }
    }
}

impl Application {
    /// A new one. The same beginning makes the same application, so that a form that is sent twice does no harm.
    pub fn begun(beginning: Beginning, at: Timestamp) -> Self {
        Self {
            reference: CaseId::of_batch(&beginning.batch),
            batch: beginning.batch,
            version: 1,
            link: beginning.link,
            began_at: at,
            kind: beginning.kind,
            mission: beginning.mission,
            represented: beginning.represented,
            language: Some(beginning.language),
            consent: Consent {
                version: beginning.consent,
                at,
            },
            identity: None,
            papers: Vec::new(),
            entries: beginning.contact,
            looked_through: Vec::new(),
            confirmed: None,
            handed_in: None,
        }
    }

    /// The places its papers go to, in the order in which they are asked for.
    pub fn slots(&self) -> Vec<Slot> {
        let identity: &[Slot] = match self.identity {
            None => &[],
            Some(Identity::Passport) => &[Slot::Passport],
            Some(Identity::IdCard) => &[Slot::Front, Slot::Back],
        };
        let permit = (self.kind == CaseKind::Permanent).then_some(Slot::Permit);
        let authority = self.represented.then_some(Slot::Authority);
        let identity = identity.iter().copied();
        identity.chain(permit).chain(authority).collect()
    }

    /// Whose signature it takes, by their IIN: the representative's, else the person's own.
    pub fn signer(&self) -> Option<&str> {
        let key = if self.represented {
            REPRESENTATIVE_IIN
        } else {
            FieldName::IIN
        };
        self.confirmed.as_ref()?.get(&key)
    }

    /// The paper in a place: the one that was sent last.
    pub fn paper(&self, slot: Slot) -> Option<&PaperSent> {
        self.papers.iter().rev().find(|paper| paper.slot == slot)
    }

    /// The papers that count: the last of each place that is asked for; after the handing in, all.
    pub fn counting(&self) -> Vec<&PaperSent> {
        if self.handed_in.is_some() {
            return self.papers.iter().collect();
        }
        let slots = self.slots();
        slots
            .into_iter()
            .filter_map(|slot| self.paper(slot))
            .collect()
    }

    /// Says which document shows who they are.
    ///
    /// # Errors
    /// [`NotTaken::HandedIn`].
    pub fn showing(mut self, identity: Identity) -> Result<Self, NotTaken> {
        self.still_open()?;
        if self.identity != Some(identity) {
            self.identity = Some(identity);
            self.changed();
        }
        Ok(self)
    }

    /// Takes a paper. The same paper in the same place changes nothing.
    ///
    /// # Errors
    /// [`NotTaken::TooManyPapers`].
    pub fn with_paper(mut self, paper: PaperSent) -> Result<Self, NotTaken> {
        let known = self.paper(paper.slot);
        if known.is_some_and(|known| known.scan == paper.scan) {
            return Ok(self);
        }
        if self.papers.len() >= PAPERS_MAX {
            return Err(NotTaken::TooManyPapers);
        }
        self.papers.push(paper);
        match &mut self.handed_in {
            None => self.changed(),
            Some(handed_in) => {
                handed_in.is_case = false;
                self.version += 1;
            }
        }
        Ok(self)
    }

    /// Hands it in, signed so or to be signed at the counter. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`NotTaken::TooEarly`] where the card was not confirmed.
    pub fn handed_in(
        mut self,
        signature: Option<ElectronicSignature>,
        at: Timestamp,
    ) -> Result<Self, NotTaken> {
        if self.handed_in.is_some() {
            return Ok(self);
        }
        if self.confirmed.is_none() {
            return Err(NotTaken::TooEarly);
        }
        self.version += 1;
        self.papers = self.counting().into_iter().cloned().collect();
        self.handed_in = Some(HandedIn {
            at,
            signature,
            is_case: false,
        });
        Ok(self)
    }

    /// Its case stands at the desk, with every paper.
    #[must_use]
    pub fn standing(mut self) -> Self {
        if let Some(handed_in) = &mut self.handed_in {
            self.version += u64::from(!handed_in.is_case);
            handed_in.is_case = true;
        }
        self
    }

    /// Something changed: what was confirmed as a whole is to be confirmed again.
    fn changed(&mut self) {
        self.version += 1;
        self.confirmed = None;
    }

    const fn still_open(&self) -> Result<(), NotTaken> {
        match self.handed_in {
            Some(_) => Err(NotTaken::HandedIn),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
