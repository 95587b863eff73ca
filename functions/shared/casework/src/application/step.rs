//! What comes next in an application.

use super::{Application, Section, Slot};
use crate::case::Case;

/// The next thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Say which document shows who they are.
    Identity,
    /// Send the paper of this place.
    Paper(Slot),
    /// Look through this section of the card.
    Section(Section),
    /// Look at all of it once more.
    Answers,
    /// Sign it, or take it to the counter.
    Sign,
    /// It was handed in: follow it.
    Follow,
}

impl Application {
    /// The next thing to do; `draft` is this application's, with everything read so far.
    pub fn next_step(&self, draft: &Case) -> Step {
        if self.handed_in.is_some() {
            return Step::Follow;
        }
        if self.identity.is_none() {
            return Step::Identity;
        }
        if let Some(slot) = self
            .slots()
            .into_iter()
            .find(|slot| !self.has(*slot, draft))
        {
            return Step::Paper(slot);
        }
        let mut sections = self.sections();
        if let Some(section) = sections.find(|section| !self.looked_through.contains(section)) {
            return Step::Section(section);
        }
        if self.confirmed.is_some() {
            Step::Sign
        } else {
            Step::Answers
        }
    }

    /// Whether the paper of a place is there: in its place, or on the page sent for another.
    pub fn has(&self, slot: Slot, draft: &Case) -> bool {
        let seen = |kind| draft.documents().any(|(_, document)| document.kind == kind);
        self.paper(slot).is_some() || slot.document().is_some_and(seen)
    }
}
