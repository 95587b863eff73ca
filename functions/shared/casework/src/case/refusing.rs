//! A refusal: what it must rest on, and the second officer that a mission may ask for.
//!
//! Where a mission wants two officers, the first proposes and another confirms or sends it back
//! with a word. The applicant is told nothing until it is confirmed. What is proposed rests on the
//! case as it stood: when what is known changes, the proposal is gone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actor, Case, Event, NotNow};
use crate::finding::Ground;
use crate::mission::Missions;
use crate::personal::Personal;
use crate::refusal::OPEN;
use crate::words::Language;

/// A refusal, as the officer words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// On which ground.
    pub ground: Ground,
    /// The findings it rests on, by their reasons' keys; each must stand and support the ground.
    pub findings: Vec<String>,
    /// The language of the text: the applicant's.
    pub language: Language,
    /// The facts, for the applicant.
    pub reasons: Personal<String>,
}

/// A refusal that was proposed and not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedRefusal {
    /// The refusal.
    pub refusal: Refusal,
    /// Who proposed it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Whether, and with which word, it was sent back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<ReturnedRefusal>,
}

/// That a proposed refusal was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedRefusal {
    /// Who sent it back.
    pub by: Actor,
    /// Why.
    pub word: Personal<String>,
}

impl Case {
    /// Whether its mission wants a second officer for a refusal.
    pub fn refusal_needs_second_officer(&self) -> bool {
        let missions = Missions::embedded();
        let mission = missions.get(&self.manifest.mission);
        mission.is_some_and(|mission| mission.refusals_need_second_officer)
    }

    /// The refusal that waits for a second officer.
    pub fn refusal_awaiting(&self) -> Option<&ProposedRefusal> {
        let proposed = self.refusal_proposed.as_ref();
        proposed.filter(|proposed| proposed.returned.is_none())
    }

    /// The refusal that a second officer sent back, until another is proposed.
    pub fn refusal_sent_back(&self) -> Option<(&Refusal, &ReturnedRefusal)> {
        let proposed = self.refusal_proposed.as_ref()?;
        Some((&proposed.refusal, proposed.returned.as_ref()?))
    }

    /// Whether the refusal that waits is this person's own, in whatever role.
    pub(super) fn refusal_is_own(&self, actor: &Actor) -> bool {
        let waiting = self.refusal_awaiting();
        waiting.is_some_and(|proposed| proposed.by.account == actor.account)
    }

    /// What refusing does: it refuses, or proposes where a second officer is wanted.
    pub(super) fn refusing(&self, refusal: Refusal) -> Result<Event, NotNow> {
        let refusal = self.sound(refusal)?;
        Ok(if self.refusal_needs_second_officer() {
            Event::RefusalProposed { refusal }
        } else {
            Event::refused(refusal)
        })
    }

    /// Confirms what another officer proposed.
    pub(super) fn confirming(&self, actor: &Actor) -> Result<Event, NotNow> {
        let proposed = self.refusal_awaiting().ok_or(NotNow::Nothing)?;
        if self.refusal_is_own(actor) {
            return Err(NotNow::OwnProposal);
        }
        self.sound(proposed.refusal.clone()).map(Event::refused)
    }

    /// Sends back what was proposed; who proposed it themselves takes it back so.
    pub(super) fn sending_back(&self, word: Personal<String>) -> Result<Event, NotNow> {
        if word.reveal().trim().is_empty() {
            return Err(NotNow::NoText);
        }
        self.refusal_awaiting().ok_or(NotNow::Nothing)?;
        Ok(Event::RefusalReturned { word })
    }

    /// A refusal says something, and rests only on findings that would support its ground:
    /// what is merely asked of the applicant, like a better copy, never does.
    fn sound(&self, mut refusal: Refusal) -> Result<Refusal, NotNow> {
        let text = refusal.reasons.reveal();
        if text.trim().is_empty() || text.contains(OPEN) {
            return Err(NotNow::NoText);
        }
        refusal.findings.sort();
        refusal.findings.dedup();
        let supports = |key: &&String| {
            let mut findings = self.supporting(refusal.ground);
            findings.any(|finding| finding.reason == **key)
        };
        match refusal.findings.iter().find(|key| !supports(key)) {
            Some(key) => Err(NotNow::NoSuchFinding(key.clone())),
            None => Ok(refusal),
        }
    }
}

impl Event {
    fn refused(refusal: Refusal) -> Self {
        Self::Refused {
            ground: refusal.ground,
            findings: refusal.findings,
            language: Some(refusal.language),
            reasons: refusal.reasons,
        }
    }
}

#[cfg(test)]
mod tests;
