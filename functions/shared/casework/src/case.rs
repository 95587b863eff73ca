//! A case: the list of what happened, and what follows from it.
//!
//! The events are the record; the rest of [`Case`] is their fold.

pub mod action;
mod apply;
mod asks;
mod evidence;
mod id;
mod keys;
mod manifest;
mod refusing;
mod state;
pub mod status;
mod transcribing;

use serde::{Deserialize, Serialize};

pub use action::Action;
pub use apply::{Change, NotNow, open};
pub use asks::Ask;
pub use evidence::Evidence;
pub use id::{CaseId, NotACaseId};
pub use keys::{iin_digits, name_words, person_key};
pub use manifest::{CaseKind, Channel, Manifest, MissionCode, ScanPages, SentAnyway};
pub use refusing::{ProposedRefusal, Refusal, ReturnedRefusal};
pub use state::{BetterCopy, BrokenTimeline, Case, End, FiledScan};
pub use status::Status;
pub use transcribing::{Sheet, Transcript};

use crate::appeal::Appeal;
use crate::audit::AuditOutcome;
use crate::card::{Card, DeclaredCard};
use crate::finding::{Finding, Ground};
use crate::finding_code::QualityFinding;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::{ScanId, ScanOutcome};
use crate::words::Language;

/// One thing that happened to a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The case's version after it; the first event makes version 1.
    pub version: u64,
    /// When.
    pub at: jiff::Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What.
    pub event: Event,
}

/// Who acts on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// In which role.
    pub role: Role,
    /// Which account, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// Roles that act on cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The machine that reads scans.
    Intake,
    /// Digitises paper.
    Clerk,
    /// Decides.
    Officer,
    /// Keeps the work going: accounts, terms, cases left in someone's hand.
    Supervisor,
    /// Looks at everything and decides nothing.
    Auditor,
    /// The person whose case it is.
    Applicant,
}

impl Role {
    /// As written in records and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Clerk => "clerk",
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Applicant => "applicant",
        }
    }

    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Intake,
        Self::Clerk,
        Self::Officer,
        Self::Supervisor,
        Self::Auditor,
        Self::Applicant,
    ];

    /// The roles of people who have an account at the desk.
    pub const STAFF: [Self; 4] = [Self::Clerk, Self::Officer, Self::Supervisor, Self::Auditor];

    /// The role of the desk written so.
    pub fn staff_from_code(text: &str) -> Option<Self> {
        Self::STAFF.into_iter().find(|role| role.as_str() == text)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// A manifest opened the case.
    Opened {
        /// Kind, channel, mission, time of receipt, declared card, the scans to come.
        manifest: Manifest,
        /// Until when it is to be decided.
        due_at: jiff::Timestamp,
    },
    /// A scan of the case was read or refused.
    ScanFiled {
        /// The scan.
        scan: ScanId,
        /// Its file's name, as it came.
        name: Personal<String>,
        /// What became of it.
        outcome: ScanOutcome,
    },
    /// The applicant's page had warned of a scan that came later, and they sent it all the same.
    SentAnyway(SentAnyway),
    /// The applicant, or a clerk for them, declared the card.
    CardDeclared {
        /// Its entries.
        card: DeclaredCard,
    },
    /// A person entered a value over the read one.
    Corrected {
        /// The entry of the card.
        field: FieldName,
        /// Its value.
        value: Personal<String>,
    },
    /// A person read entries off a sheet that is written by hand.
    Transcribed(Transcript),
    /// Card and findings followed from what changed; always in the same write as the change.
    Derived {
        /// The card, pre-filled.
        card: Card,
        /// What the rules found.
        findings: Vec<Finding>,
    },
    /// A person looked at every value on the card that a machine had read.
    Looked,
    /// A person took the case in hand.
    Claimed,
    /// And gave it back.
    Released,
    /// A better copy was asked for.
    BetterCopyAsked {
        /// Of which scan.
        scan: ScanId,
        /// What is wrong with it.
        code: QualityFinding,
    },
    /// The officer registered the applicant.
    Approved {
        /// Why in spite of hard findings; required when there are any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// An officer proposed to refuse; a second one is to confirm it.
    RefusalProposed {
        /// The refusal.
        refusal: Refusal,
    },
    /// The proposed refusal was sent back.
    RefusalReturned {
        /// Why.
        word: Personal<String>,
    },
    /// The officer refused; where there are two, the second one.
    Refused {
        /// On which ground.
        ground: Ground,
        /// The findings it rests on, by their reasons' keys.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<String>,
        /// The language of the text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// The facts, for the applicant.
        reasons: Personal<String>,
    },
    /// A complaint against the refusal came.
    Appealed {
        /// What it states.
        appeal: Appeal,
        /// Until when the mission hands it on.
        hand_on_by: jiff::Timestamp,
    },
    /// The mission handed it on to its superior.
    AppealHandedOn,
    /// The applicant withdrew.
    Withdrawn,
    /// The registration ended.
    StruckOff {
        /// Why.
        ground: StrikeOffGround,
    },
    /// The applicant asked for another certificate of registration.
    CertificateRequested,
    /// The officer issued the certificate again.
    CertificateReissued {
        /// Which copy this is; the first came with the registration.
        copy: u32,
    },
    /// Somebody who did not decide it looked at the registered case a second time.
    Audited {
        /// What they found.
        #[serde(flatten)]
        outcome: AuditOutcome,
    },
    /// Another case's scans and card came into this one.
    Joined {
        /// The other case.
        other: CaseId,
    },
    /// This case went into another and is at its end.
    JoinedInto {
        /// The case that goes on.
        other: CaseId,
    },
}

impl Event {
    /// Whether it changes what is known of the person: card and findings follow from it anew, and
    /// what was proposed before rests on what was.
    pub(crate) const fn changes_what_is_known(&self) -> bool {
        matches!(
            self,
            Self::Opened { .. }
                | Self::ScanFiled { .. }
                | Self::CardDeclared { .. }
                | Self::Corrected { .. }
                | Self::Transcribed(_)
        )
    }

    /// Its name in kebab case, the key of its sentence.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::ScanFiled { .. } => "scan-filed",
            Self::SentAnyway(_) => "sent-anyway",
            Self::CardDeclared { .. } => "card-declared",
            Self::Corrected { .. } => "corrected",
            Self::Transcribed(_) => "transcribed",
            Self::Derived { .. } => "derived",
            Self::Looked => "looked",
            Self::Claimed => "claimed",
            Self::Released => "released",
            Self::BetterCopyAsked { .. } => "better-copy-asked",
            Self::Approved { .. } => "approved",
            Self::RefusalProposed { .. } => "refusal-proposed",
            Self::RefusalReturned { .. } => "refusal-returned",
            Self::Refused { .. } => "refused",
            Self::Appealed { .. } => "appealed",
            Self::AppealHandedOn => "appeal-handed-on",
            Self::Withdrawn => "withdrawn",
            Self::StruckOff { .. } => "struck-off",
            Self::CertificateRequested => "certificate-requested",
            Self::CertificateReissued { .. } => "certificate-reissued",
            Self::Audited { .. } => "audited",
            Self::Joined { .. } => "joined",
            Self::JoinedInto { .. } => "joined-into",
        }
    }
}

/// Grounds of de-registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StrikeOffGround {
    /// The person asked for it.
    OwnApplication,
    /// They registered at another mission.
    OtherMission,
    /// The stay stated in the card has ended.
    StayEnded,
    /// Death or a court's decision.
    DeathOrCourt,
    /// Loss of citizenship.
    LossOfCitizenship,
}

impl StrikeOffGround {
    /// The grounds, as the Rules list them.
    pub const ALL: [Self; 5] = [
        Self::OwnApplication,
        Self::OtherMission,
        Self::StayEnded,
        Self::DeathOrCourt,
        Self::LossOfCitizenship,
    ];
    /// Working days to examine it (order No. 11-1-2/263).
    pub const WORKING_DAYS_TO_EXAMINE: u8 = 1;
    /// Working days until the person is struck off: one more.
    pub const WORKING_DAYS: u8 = 2;

    /// As written in records and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OwnApplication => "own_application",
            Self::OtherMission => "other_mission",
            Self::StayEnded => "stay_ended",
            Self::DeathOrCourt => "death_or_court",
            Self::LossOfCitizenship => "loss_of_citizenship",
        }
    }

    /// The ground written so.
    pub fn from_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.as_str() == text)
    }
}
