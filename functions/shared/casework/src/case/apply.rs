//! What an action does: the events it makes, the case that follows, the notice it causes.

mod appealing;

use jiff::Timestamp;

use super::action::{Action, ActionName, allowed};
use super::{
    Actor, BetterCopy, BrokenTimeline, Case, CaseId, Event, Manifest, Recorded, Role, Status,
};
use crate::appeal::AppealFault;
use crate::audit::AuditOutcome;
use crate::card::schema::Schema;
use crate::card::{CardCause, entry_value};
use crate::crosscheck::{Surroundings, derive};
use crate::finding::Severity;
use crate::notice::{Notice, NoticeKind};
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::{ScanId, ScanOutcome};

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
    /// Someone else has the case in hand.
    #[error("someone else has the case in hand")]
    InOtherHands,
    /// The entry cannot hold the value.
    #[error("{field}: {cause}")]
    NoSuchValue {
        /// The entry.
        field: FieldName,
        /// Why not.
        cause: CardCause,
    },
    /// A text that people must read is empty, or has a place that is still open.
    #[error("the text is empty, or a place in it is still open")]
    NoText,
    /// The case has no such scan, or nothing to be read off on that page of it.
    #[error("the case has no such scan, or nothing to be read off there")]
    NoSuchScan,
    /// A finding does not stand, or would not support the ground.
    #[error("{0} does not stand, or does not support the ground")]
    NoSuchFinding(String),
    /// Somebody has audited it.
    #[error("the case was audited before")]
    AuditedBefore,
    /// Nobody confirms the refusal that they proposed.
    #[error("nobody confirms the refusal that they proposed themselves")]
    OwnProposal,
    /// The complaint lacks parts, or they cannot be so.
    #[error("{} parts of the complaint cannot stay so", .0.len())]
    AppealLacks(Vec<AppealFault>),
    /// A signed complaint stands already.
    #[error("a signed complaint stands already")]
    AppealStands,
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
        if self.in_other_hands(actor) {
            return Err(NotNow::InOtherHands);
        }
        let events = self.events_of(action, actor, at)?;
        change(Some(self), events, actor, at, around)
    }

    /// Whether another clerk or officer has taken the case in hand; a supervisor may take it
    /// out of anyone's, and what has ended is in nobody's.
    pub fn in_other_hands(&self, actor: &Actor) -> bool {
        let works = matches!(actor.role, Role::Clerk | Role::Officer) && self.end.is_none();
        let holder = self.claimed_by.as_ref();
        works && holder.is_some_and(|holder| holder.account != actor.account)
    }

    fn events_of(
        &self,
        action: Action,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Vec<Event>, NotNow> {
        Ok(vec![match action {
            Action::FileScan {
                scan,
                name,
                outcome,
            } => {
                if self.filed_so(&scan, &outcome) {
                    return Err(NotNow::Nothing);
                }
                Event::ScanFiled {
                    scan,
                    name,
                    outcome,
                }
            }
            Action::NoteSentAnyway(sent) if self.manifest.sent_anyway.contains(&sent) => {
                return Err(NotNow::Nothing);
            }
            Action::NoteSentAnyway(sent) => Event::SentAnyway(sent),
            Action::DeclareCard(card) if self.declared.as_ref() == Some(&card) => {
                return Err(NotNow::Nothing);
            }
            Action::DeclareCard(card) => Event::CardDeclared { card },
            Action::Correct { field, value } => self.correction(field, &value)?,
            Action::Transcribe(read) => self.transcribing(read)?,
            Action::Look if !self.card.entries.keys().any(|key| self.unseen(key)) => {
                return Err(NotNow::Nothing);
            }
            Action::Look => Event::Looked,
            Action::Claim if self.claimed_by.as_ref() == Some(actor) => {
                return Err(NotNow::Nothing);
            }
            Action::Claim => Event::Claimed,
            Action::Release if self.claimed_by.is_none() => return Err(NotNow::Nothing),
            Action::Release => Event::Released,
            Action::AskBetterCopy { scan, code } => self.ask_for(BetterCopy { scan, code })?,
            Action::Approve { reason } => {
                let reason = reason.filter(|text| !text.trim().is_empty());
                if self.has(Severity::Hard) && reason.is_none() {
                    return Err(NotNow::ReasonNeeded);
                }
                Event::Approved { reason }
            }
            Action::Refuse(refusal) => self.refusing(refusal)?,
            Action::ConfirmRefusal => self.confirming(actor)?,
            Action::ReturnRefusal(word) => self.sending_back(word)?,
            Action::Appeal(typed) => self.appealing(&typed, actor, at)?,
            Action::HandOnAppeal => Event::AppealHandedOn,
            Action::Withdraw => Event::Withdrawn,
            Action::StrikeOff(ground) => Event::StruckOff { ground },
            Action::RequestCertificate => Event::CertificateRequested,
            Action::ReissueCertificate => Event::CertificateReissued {
                copy: self.certificate_copy() + 1,
            },
            Action::Audit(outcome) => self.audit(outcome)?,
            Action::Join(other) => return Ok(self.joining(*other)),
            Action::JoinInto(other) if other == self.id => return Err(NotNow::Nothing),
            Action::JoinInto(other) => Event::JoinedInto { other },
        }])
    }

    fn filed_so(&self, scan: &ScanId, outcome: &ScanOutcome) -> bool {
        let mut filed = self.scans.iter();
        filed.any(|filed| filed.scan == *scan && filed.outcome == *outcome)
    }

    fn correction(&self, field: FieldName, value: &Personal<String>) -> Result<Event, NotNow> {
        let value = match entry_value(&field, value.reveal()) {
            Ok(value) => value.ok_or(NotNow::NoText)?,
            Err(cause) => return Err(NotNow::NoSuchValue { field, cause }),
        };
        if self.corrections.get(&field) == Some(&value) {
            return Err(NotNow::Nothing);
        }
        Ok(Event::Corrected { field, value })
    }

    fn ask_for(&self, copy: BetterCopy) -> Result<Event, NotNow> {
        if !self.scans.iter().any(|filed| filed.scan == copy.scan) {
            return Err(NotNow::NoSuchScan);
        }
        if self.better_copies_asked.contains(&copy) {
            return Err(NotNow::Nothing);
        }
        let BetterCopy { scan, code } = copy;
        Ok(Event::BetterCopyAsked { scan, code })
    }

    /// A case is audited once, and who says that an entry differs says what stands there.
    fn audit(&self, outcome: AuditOutcome) -> Result<Event, NotNow> {
        if self.audited.is_some() {
            return Err(NotNow::AuditedBefore);
        }
        if let AuditOutcome::Differs { field, word } = &outcome {
            if Schema::current().field(field.as_str()).is_none() {
                let (field, cause) = (field.clone(), CardCause::UnknownKey);
                return Err(NotNow::NoSuchValue { field, cause });
            }
            if word.reveal().trim().is_empty() {
                return Err(NotNow::NoText);
            }
        }
        Ok(Event::Audited { outcome })
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
    let rederive = events.iter().any(Event::changes_what_is_known);
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
    let notices = notice(before.map(Case::status_told), &case)
        .into_iter()
        .collect();
    Ok(Change {
        expected_version,
        events: recorded,
        case,
        notices,
    })
}

/// One notice per change of the status that the applicant is told; none while scans are still being read.
fn notice(before: Option<Status>, case: &Case) -> Option<Notice> {
    let status = case.status_told();
    if before == Some(status) {
        return None;
    }
    let kind = NoticeKind::of(status)?;
    Some(Notice {
        case: CaseId::clone(&case.id),
        version: case.version,
        kind,
    })
}

#[cfg(test)]
pub(super) mod tests;
