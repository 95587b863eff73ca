//! A decision was made: its printed documents, each with a signed code that anyone can check.
//!
//! ```text
//! case + timeline ──▶ Matter ──▶ template ──▶ blocks ──▶ marks on sheets ──▶ PDF/A-2a, PDF/UA-1
//!                       └──▶ Attested ──▶ signed payload ──▶ QR ────────────────┘
//! ```
//!
//! Handlers over the ports of `casework`; the same on one machine and in the cloud. The same case,
//! order and key give the same bytes. A value goes to the page as text and is never read as anything else.
//! Never here: a rule about documents, an SDK, a file system, the clock, a font of the machine.

mod block;
mod compose;
mod cover;
mod face;
mod matter;
mod paper;
mod payload;
mod press;
mod qr;
mod seal;
mod sheet;
mod template;
#[cfg(test)]
mod tests;

use casework::case::{Case, CaseId, MissionCode, Status};
use casework::mission::Missions;
use casework::ports::{Cases, StoreError};

use jiff::Timestamp;
use jiff::civil::Date;

pub use cover::{cover_sheet, cover_sheet_name};
pub use paper::{Order, Paper, PaperKind, print, standing};
pub use payload::{Attested, NotGenuine, PREFIX, verify};
pub use qr::{Modules, QUIET_MODULES, modules};
pub use seal::{KeyId, KnownSeals, NotAKey, PublicSeal, Seal};

/// The issuing of papers: cases to take them from and a seal to sign them with.
#[derive(Debug)]
pub struct Issue<'a, S> {
    /// Where cases are kept.
    pub store: &'a S,
    /// What signs.
    pub seal: &'a Seal,
    /// The missions there are.
    pub missions: Missions,
}

impl<S: Cases> Issue<'_, S> {
    /// The papers that can be had of a case as it stands.
    ///
    /// # Errors
    /// [`IssueError`]: no such case, or the store's own failure.
    pub async fn papers(&self, case: &CaseId) -> Result<Vec<PaperKind>, IssueError> {
        let case = self.store.load(case).await?.ok_or(IssueError::NoSuchCase)?;
        Ok(standing(&case))
    }

    /// The day it is at the case's mission.
    ///
    /// # Errors
    /// [`IssueError`]: no such case, no such mission, or the store's own failure.
    pub async fn today(&self, case: &CaseId, now: Timestamp) -> Result<Date, IssueError> {
        let case = self.store.load(case).await?.ok_or(IssueError::NoSuchCase)?;
        let code = &case.manifest.mission;
        let mission = self.missions.get(code);
        let mission = mission.ok_or_else(|| IssueError::NoSuchMission(code.clone()))?;
        Ok(now.to_zoned(mission.time_zone.clone()).date())
    }

    /// One paper of a case.
    ///
    /// # Errors
    /// [`IssueError`] where the case does not stand as the paper would say, or the paper cannot be printed.
    pub async fn paper(&self, case: &CaseId, order: Order) -> Result<Paper, IssueError> {
        let timeline = self.store.timeline(case).await?;
        if timeline.is_empty() {
            return Err(IssueError::NoSuchCase);
        }
        let case = Case::from_events(&timeline).map_err(|_| IssueError::Broken)?;
        print(&case, &timeline, order, &self.missions, self.seal)
    }
}

/// Why there is no paper.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The store has no such case.
    #[error("there is no such case in this store")]
    NoSuchCase,
    /// The record is damaged.
    #[error("the case's record is damaged")]
    Broken,
    /// The case does not stand so: a paper is only for the decision that stands.
    #[error("no {} while the case is {}", kind.as_str(), status.as_str())]
    NotStanding {
        /// What was wanted.
        kind: PaperKind,
        /// Where the case stands.
        status: Status,
    },
    /// The mission is not in the data.
    #[error("there is no mission {0}")]
    NoSuchMission(MissionCode),
    /// The card has no value for an entry that the paper cannot do without.
    #[error("the card has no {0}: correct the card first")]
    Lacking(&'static str),
    /// The faces have no such letter, and a paper must not show another in its place.
    #[error("the letter U+{:04X} cannot be printed: correct the text first", u32::from(*.0))]
    NoSuchLetter(char),
    /// What would be signed does not fit the code.
    #[error("what the code would attest does not fit it")]
    TooLong,
    /// The page does not come out as the standards ask.
    #[error("the page could not be written: {0}")]
    Press(String),
    /// The store's own.
    #[error(transparent)]
    Store(#[from] StoreError),
}
