//! The fold of a case's events.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    Actor, CaseId, Event, Manifest, ProposedRefusal, Recorded, Refusal, ReturnedRefusal,
    StrikeOffGround, Transcript,
};
use crate::appeal::{Appeal, Lodged};
use crate::audit::AuditOutcome;
use crate::card::{Card, DeclaredCard, Entry};
use crate::document::Document;
use crate::finding::{Finding, Ground, Severity};
use crate::finding_code::QualityFinding;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::{ScanId, ScanOutcome};

/// A case as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its reference.
    pub id: CaseId,
    /// How many events it has.
    pub version: u64,
    /// What opened it.
    pub manifest: Manifest,
    /// Until when it is to be decided.
    pub due_at: Timestamp,
    /// The scans read or refused so far, in the order they were filed.
    pub scans: Vec<FiledScan>,
    /// The card as declared last, by manifest or later.
    pub declared: Option<DeclaredCard>,
    /// What people entered over the read values.
    pub corrections: BTreeMap<FieldName, Personal<String>>,
    /// What people read off sheets that are written by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transcripts: Vec<Transcript>,
    /// What the machine had read when a person looked at it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub looked_at: BTreeMap<FieldName, Personal<String>>,
    /// The pre-filled card.
    pub card: Card,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// Better copies asked for and not yet come.
    pub better_copies_asked: Vec<BetterCopy>,
    /// Who has it in hand.
    pub claimed_by: Option<Actor>,
    /// A refusal that was proposed to a second officer; gone when what is known changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal_proposed: Option<ProposedRefusal>,
    /// How it ended, if it did.
    pub end: Option<End>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The complaint against its refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Lodged>,
    /// What somebody found who looked at it a second time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audited: Option<AuditOutcome>,
    /// Whether the applicant waits for another certificate.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub certificate_requested: bool,
    /// How often the certificate was issued again.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    pub certificates_reissued: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
const fn is_none_yet(count: &u32) -> bool {
    *count == 0
}

/// A scan in its case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FiledScan {
    /// The scan.
    pub scan: ScanId,
    /// Its file's name.
    pub name: Personal<String>,
    /// What became of it.
    pub outcome: ScanOutcome,
}

/// A better copy that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BetterCopy {
    /// Of which scan.
    pub scan: ScanId,
    /// What is wrong with it.
    pub code: QualityFinding,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "end")]
pub enum End {
    /// The applicant is registered.
    Registered,
    /// The officer refused.
    Refused {
        /// On which ground.
        ground: Ground,
    },
    /// The applicant withdrew.
    Withdrawn,
    /// The registration ended.
    StruckOff {
        /// Why.
        ground: StrikeOffGround,
    },
    /// It went on in another case.
    Joined {
        /// The case that goes on.
        into: CaseId,
    },
}

/// The events do not make a case: a record was damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BrokenTimeline {
    /// The first event does not open a case, or a later one does.
    #[error("a case opens with its first event and only with it")]
    Opening,
    /// A version is missing or stands twice.
    #[error("versions run 1, 2, 3 …")]
    Version,
}

impl Case {
    /// The case that these events make.
    ///
    /// # Errors
    /// [`BrokenTimeline`] where they cannot be a case's events.
    pub fn from_events<'a>(
        events: impl IntoIterator<Item = &'a Recorded>,
    ) -> Result<Self, BrokenTimeline> {
        let mut events = events.into_iter();
        let first = events.next().ok_or(BrokenTimeline::Opening)?;
        events.try_fold(Self::opened(first)?, Self::then)
    }

    /// The case with one more event, or the case that the first event opens.
    ///
    /// # Errors
    /// [`BrokenTimeline`] where the event cannot be the next one.
    pub fn following(case: Option<Self>, recorded: &Recorded) -> Result<Self, BrokenTimeline> {
        match case {
            Some(case) => case.then(recorded),
            None => Self::opened(recorded),
        }
    }

    fn opened(recorded: &Recorded) -> Result<Self, BrokenTimeline> {
        let Event::Opened { manifest, due_at } = &recorded.event else {
            return Err(BrokenTimeline::Opening);
        };
        if recorded.version != 1 {
            return Err(BrokenTimeline::Version);
        }
        Ok(Self {
            id: CaseId::of(manifest),
            version: 1,
            due_at: *due_at,
            scans: Vec::new(),
            declared: manifest.card.clone(),
            corrections: BTreeMap::new(),
            transcripts: Vec::new(),
            looked_at: BTreeMap::new(),
            card: Card::default(),
            findings: Vec::new(),
            better_copies_asked: Vec::new(),
            claimed_by: None,
            refusal_proposed: None,
            end: None,
            ended_at: None,
            audited: None,
            certificate_requested: false,
            certificates_reissued: 0,
            appeal: None,
            manifest: manifest.clone(),
        })
    }

    fn then(mut self, recorded: &Recorded) -> Result<Self, BrokenTimeline> {
        if recorded.version != self.version + 1 {
            return Err(BrokenTimeline::Version);
        }
        self.version = recorded.version;
        let before = self.end.clone();
        if recorded.event.changes_what_is_known() {
            self.refusal_proposed = None;
        }
        match recorded.event.clone() {
            Event::Opened { .. } => return Err(BrokenTimeline::Opening),
            Event::ScanFiled {
                scan,
                name,
                outcome,
            } => self.file(FiledScan {
                scan,
                name,
                outcome,
            }),
            Event::SentAnyway(sent) => self.manifest.sent_anyway.push(sent),
            Event::CardDeclared { card } => self.declared = Some(card),
            Event::Corrected { field, value } => {
                self.corrections.insert(field, value);
            }
            Event::Transcribed(read) => self.transcribed(read),
            Event::Derived { card, findings } => (self.card, self.findings) = (card, findings),
            Event::Looked => self.looked_at = self.read_by_machine(),
            Event::Claimed => self.claimed_by = Some(recorded.actor.clone()),
            Event::Released => self.claimed_by = None,
            Event::BetterCopyAsked { scan, code } => {
                self.better_copies_asked.push(BetterCopy { scan, code });
            }
            Event::Approved { .. } => self.end = Some(End::Registered),
            Event::RefusalProposed { refusal } => self.propose(refusal, recorded),
            Event::RefusalReturned { word } => self.send_back(word, recorded),
            Event::Refused { ground, .. } => self.end = Some(End::Refused { ground }),
            Event::Appealed { appeal, hand_on_by } => self.lodge(appeal, hand_on_by, recorded.at),
            Event::AppealHandedOn => {
                if let Some(lodged) = &mut self.appeal {
                    lodged.handed_on_at = Some(recorded.at);
                }
            }
            Event::Withdrawn => self.end = Some(End::Withdrawn),
            Event::StruckOff { ground } => self.end = Some(End::StruckOff { ground }),
            Event::CertificateRequested => self.certificate_requested = true,
            Event::CertificateReissued { copy } => {
                (self.certificate_requested, self.certificates_reissued) =
                    (false, copy.saturating_sub(1));
            }
            Event::Audited { outcome } => self.audited = Some(outcome),
            Event::Joined { .. } => {}
            Event::JoinedInto { other } => self.end = Some(End::Joined { into: other }),
        }
        if self.end != before {
            self.ended_at = Some(recorded.at);
        }
        Ok(self)
    }

    /// The same complaint may come again, signed: its term goes on.
    fn lodge(&mut self, appeal: Appeal, hand_on_by: Timestamp, at: Timestamp) {
        let before = self.appeal.take();
        self.appeal = Some(Lodged {
            appeal,
            lodged_at: before.map_or(at, |before| before.lodged_at),
            hand_on_by,
            handed_on_at: None,
        });
    }

    /// A scan that is filed again replaces what was said of it; one that is new, and can be read, answers
    /// the first open request for a better copy.
    fn file(&mut self, filed: FiledScan) {
        if let Some(known) = self.scans.iter_mut().find(|s| s.scan == filed.scan) {
            *known = filed;
            return;
        }
        let is_read = matches!(filed.outcome, ScanOutcome::Read { .. }) && !filed.is_unreadable();
        if is_read && !self.better_copies_asked.is_empty() {
            self.better_copies_asked.remove(0);
        }
        self.scans.push(filed);
    }

    /// Whoever proposes gives the case out of their hand: it is the second officer's turn.
    fn propose(&mut self, refusal: Refusal, recorded: &Recorded) {
        self.claimed_by = None;
        self.refusal_proposed = Some(ProposedRefusal {
            refusal,
            by: recorded.actor.clone(),
            at: recorded.at,
            returned: None,
        });
    }

    fn send_back(&mut self, word: Personal<String>, recorded: &Recorded) {
        self.claimed_by = None;
        if let Some(proposed) = &mut self.refusal_proposed {
            let by = recorded.actor.clone();
            proposed.returned = Some(ReturnedRefusal { by, word });
        }
    }

    /// What the machine read for each entry of the card.
    fn read_by_machine(&self) -> BTreeMap<FieldName, Personal<String>> {
        let entries = self.card.entries.iter();
        entries
            .filter_map(|(key, entry)| Some((key.clone(), entry.read.as_ref()?.value.clone())))
            .collect()
    }

    /// Whether the value of this entry that counts was read by the machine and no person has
    /// looked at it since.
    pub fn unseen(&self, key: &FieldName) -> bool {
        let entry = self.card.entries.get(key);
        let read = entry.and_then(|entry| entry.read.as_ref());
        read.is_some_and(|read| {
            entry.and_then(Entry::resolved) == Some(read)
                && self.looked_at.get(key) != Some(&read.value)
        })
    }

    /// Which copy the certificate is that stands now: the first came with the registration.
    pub const fn certificate_copy(&self) -> u32 {
        self.certificates_reissued + 1
    }

    /// Every document in the case, with the scan it is on.
    pub fn documents(&self) -> impl Iterator<Item = (&ScanId, &Document)> {
        self.scans.iter().flat_map(|filed| match &filed.outcome {
            ScanOutcome::Read { documents, .. } => documents
                .iter()
                .map(|d| (&filed.scan, d))
                .collect::<Vec<_>>(),
            ScanOutcome::Refused { .. } => Vec::new(),
        })
    }

    /// Scans of the manifest that were neither read nor refused yet.
    pub fn scans_to_come(&self) -> impl Iterator<Item = &ScanId> {
        let filed = |scan: &ScanId| self.scans.iter().any(|f| f.scan == *scan);
        self.manifest
            .scans
            .iter()
            .map(|s| &s.scan)
            .filter(move |scan| !filed(scan))
    }

    /// Until when the next step is due: the decision, or the handing on of a complaint.
    pub fn next_due_at(&self) -> Timestamp {
        let waiting = self.appeal.as_ref();
        let waiting = waiting.filter(|_| self.status() == super::Status::Appealed);
        waiting.map_or(self.due_at, |lodged| lodged.hand_on_by)
    }

    /// Whether a finding of this severity is open.
    pub fn has(&self, severity: Severity) -> bool {
        self.findings.iter().any(|f| f.severity == severity)
    }
}
