//! What an action does: the events it makes, the case that follows, the notice it causes.

use jiff::Timestamp;

use super::action::{Action, ActionName, allowed};
use super::{Actor, BrokenTimeline, Case, CaseId, Event, Manifest, Recorded, Status};
use crate::crosscheck::{Surroundings, derive};
use crate::finding::Severity;
use crate::notice::{Notice, NoticeKind};
use crate::scan::ScanId;

/// A change to write: all of it or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The version the case must still have when this is written (0: it must not exist).
    pub expected_version: u64,
    /// What happened.
    pub events: Vec<Recorded>,
    /// The case after it.
    pub case: Case,
    /// Whom to tell what.
    pub notices: Vec<Notice>,
}

/// Why an action is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// The table does not allow it.
    #[error("{action:?} is not possible for this role while the case is {}", status.as_str())]
    NotAllowed {
        /// What was tried.
        action: ActionName,
        /// Where the case stands.
        status: Status,
    },
    /// Hard findings are open and no reason was given.
    #[error("hard findings are open: approving in spite of them needs a reason")]
    ReasonNeeded,
    /// Nothing would change.
    #[error("nothing would change")]
    Nothing,
    /// The record is damaged.
    #[error(transparent)]
    Broken(#[from] BrokenTimeline),
}

/// Opens a case.
///
/// # Errors
/// Never for a manifest; the type is that of every other change.
pub fn open(
    manifest: Manifest,
    due_at: Timestamp,
    actor: &Actor,
    at: Timestamp,
) -> Result<Change, NotNow> {
    change(
        None,
        vec![Event::Opened { manifest, due_at }],
        actor,
        at,
        &Surroundings::default(),
    )
}

impl Case {
    /// What an action does to the case.
    ///
    /// # Errors
    /// [`NotNow`] where the table, open findings or the case's state forbid it.
    pub fn apply(
        &self,
        action: Action,
        actor: &Actor,
        at: Timestamp,
        around: &Surroundings,
    ) -> Result<Change, NotNow> {
        let (name, status) = (action.name(), self.status());
        if !allowed(status, actor.role).contains(&name) {
            return Err(NotNow::NotAllowed {
                action: name,
                status,
            });
        }
        let events = self.events_of(action)?;
        change(Some(self), events, actor, at, around)
    }

    fn events_of(&self, action: Action) -> Result<Vec<Event>, NotNow> {
        Ok(vec![match action {
            Action::FileScan {
                scan,
                name,
                outcome,
            } => {
                if self
                    .scans
                    .iter()
                    .any(|f| f.scan == scan && f.outcome == outcome)
                {
                    return Err(NotNow::Nothing);
                }
                Event::ScanFiled {
                    scan,
                    name,
                    outcome,
                }
            }
            Action::DeclareCard(card) if self.declared.as_ref() == Some(&card) => {
                return Err(NotNow::Nothing);
            }
            Action::DeclareCard(card) => Event::CardDeclared { card },
            Action::Correct { field, value } if self.corrections.get(&field) == Some(&value) => {
                return Err(NotNow::Nothing);
            }
            Action::Correct { field, value } => Event::Corrected { field, value },
            Action::Claim => Event::Claimed,
            Action::Release => Event::Released,
            Action::AskBetterCopy { scan, code } => Event::BetterCopyAsked { scan, code },
            Action::Approve { reason } => {
                let reason = reason.filter(|text| !text.trim().is_empty());
                if self.has(Severity::Hard) && reason.is_none() {
                    return Err(NotNow::ReasonNeeded);
                }
                Event::Approved { reason }
            }
            Action::Refuse { ground, reasons } => Event::Refused { ground, reasons },
            Action::Withdraw => Event::Withdrawn,
            Action::StrikeOff(ground) => Event::StruckOff { ground },
            Action::Join(other) => return Ok(self.joining(*other)),
            Action::JoinInto(other) if other == self.id => return Err(NotNow::Nothing),
            Action::JoinInto(other) => Event::JoinedInto { other },
        }])
    }

    /// The other case's scans come over, and its card where this one has none.
    fn joining(&self, other: Self) -> Vec<Event> {
        let known = |scan: &ScanId| self.scans.iter().any(|f| f.scan == *scan);
        let card = other.declared.filter(|_| self.declared.is_none());
        std::iter::once(Event::Joined { other: other.id })
            .chain(
                other
                    .scans
                    .into_iter()
                    .filter(|f| !known(&f.scan))
                    .map(|f| Event::ScanFiled {
                        scan: f.scan,
                        name: f.name,
                        outcome: f.outcome,
                    }),
            )
            .chain(card.map(|card| Event::CardDeclared { card }))
            .collect()
    }
}

/// Numbers the events, folds them in, derives card and findings in the same step, and says whom to tell.
fn change(
    before: Option<&Case>,
    events: Vec<Event>,
    actor: &Actor,
    at: Timestamp,
    around: &Surroundings,
) -> Result<Change, NotNow> {
    let expected_version = before.map_or(0, |case| case.version);
    let mut recorded = Vec::with_capacity(events.len() + 1);
    let mut case = before.cloned();
    let mut record = |case: Option<Case>, event: Event| -> Result<Case, BrokenTimeline> {
        let version = case.as_ref().map_or(0, |c| c.version) + 1;
        let one = Recorded {
            version,
            at,
            actor: actor.clone(),
            event,
        };
        let case = Case::following(case, &one)?;
        recorded.push(one);
        Ok(case)
    };
    let rederive = events.iter().any(changes_what_is_known);
    for event in events {
        case = Some(record(case, event)?);
    }
    let mut case = case.ok_or(BrokenTimeline::Opening)?;
    if rederive {
        let (card, findings) = derive(&case, around);
        if card != case.card || findings != case.findings {
            case = record(Some(case), Event::Derived { card, findings })?;
        }
    }
    let notices = notice(before.map(Case::status), &case)
        .into_iter()
        .collect();
    Ok(Change {
        expected_version,
        events: recorded,
        case,
        notices,
    })
}

const fn changes_what_is_known(event: &Event) -> bool {
    match event {
        Event::Opened { .. }
        | Event::ScanFiled { .. }
        | Event::CardDeclared { .. }
        | Event::Corrected { .. } => true,
        Event::Derived { .. }
        | Event::Claimed
        | Event::Released
        | Event::BetterCopyAsked { .. }
        | Event::Approved { .. }
        | Event::Refused { .. }
        | Event::Withdrawn
        | Event::StruckOff { .. }
        | Event::Joined { .. }
        | Event::JoinedInto { .. } => false,
    }
}

/// One notice per change of status; none while scans are still being read.
fn notice(before: Option<Status>, case: &Case) -> Option<Notice> {
    let status = case.status();
    if before == Some(status) {
        return None;
    }
    let kind = match status {
        Status::Reading | Status::Withdrawn | Status::Joined => return None,
        Status::AwaitingBetterCopy => NoticeKind::BetterCopyAwaited,
        Status::AwaitingOtherSide => NoticeKind::OtherSideAwaited,
        Status::AwaitingDocuments => NoticeKind::DocumentsAwaited,
        Status::AwaitingApplicant => NoticeKind::ApplicantAwaited,
        Status::AwaitingOfficer => NoticeKind::Received,
        Status::Registered => NoticeKind::Registered,
        Status::Refused => NoticeKind::Refused,
        Status::StruckOff => NoticeKind::StruckOff,
    };
    Some(Notice {
        case: CaseId::clone(&case.id),
        version: case.version,
        kind,
    })
}
