//! What a person does about a page that needs a hand.

use jiff::Timestamp;

use super::{Fate, PageRef, Stack, StackCase, Stage};
use crate::case::{Actor, CaseId, CaseKind, Manifest};
use crate::personal::Personal;

/// Something that a person says of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandAction {
    /// It belongs to this case.
    Place(CaseId),
    /// It is the first page of a new case of this kind.
    NewCase(CaseKind),
    /// It belongs to no case.
    Drop(Personal<String>),
}

/// Why that cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotByHand {
    /// The stack is still being read, or another page is just being filed.
    #[error("the stack is still being worked on")]
    NotYet,
    /// The page does not wait for a hand, or not any more.
    #[error("the page does not wait for a hand")]
    NotWaiting,
    /// A page is dropped for a reason only.
    #[error("a page is dropped for a reason only")]
    NoReason,
}

impl Stack {
    /// The stack after a person has said where a page belongs; it is to be filed then.
    ///
    /// # Errors
    /// [`NotByHand`] where the page does not wait for it.
    pub fn by_hand(
        &self,
        at: PageRef,
        action: HandAction,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Self, NotByHand> {
        if self.stage != Stage::Done {
            return Err(NotByHand::NotYet);
        }
        let mut stack = self.clone();
        stack.version += 1;
        let (fate, opened) = match action {
            HandAction::Place(case) => (Fate::InCase { case: case.clone() }, Some((case, None))),
            HandAction::NewCase(kind) => {
                let manifest = self.manifest(kind, [at]);
                let case = CaseId::of(&manifest);
                (
                    Fate::InCase { case: case.clone() },
                    Some((case, Some(manifest))),
                )
            }
            HandAction::Drop(reason) if reason.reveal().trim().is_empty() => {
                return Err(NotByHand::NoReason);
            }
            HandAction::Drop(reason) => (Fate::Dropped { reason }, None),
        };
        let waits = |fate: &Fate| matches!(fate, Fate::NeedsHand { .. });
        let page = stack.pages.iter_mut().find(|page| page.at == at);
        let page = page.filter(|page| waits(&page.fate));
        let page = page.ok_or(NotByHand::NotWaiting)?;
        (page.fate, page.by) = (fate, Some((actor.clone(), now)));
        if let Some((id, manifest)) = opened {
            stack.stage = Stage::Filing;
            match stack.cases.iter_mut().find(|known| known.id == id) {
                Some(known) => known.manifest = known.manifest.take().or(manifest),
                None => stack.cases.push(StackCase { id, manifest }),
            }
        }
        Ok(stack)
    }

    /// What opens a case of this kind with these pages.
    pub fn manifest(&self, kind: CaseKind, pages: impl IntoIterator<Item = PageRef>) -> Manifest {
        Manifest {
            kind,
            channel: self.terms.channel,
            mission: self.terms.mission.clone(),
            received_at: self.terms.received_at,
            card: self.terms.card.clone(),
            scans: self.scan_pages(pages),
            batch: None,
            signature: None,
            language: None,
            sent_anyway: Vec::new(),
        }
    }
}
