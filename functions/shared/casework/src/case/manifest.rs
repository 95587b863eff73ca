//! The manifest: the small file that opens a case, the same in every world.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::card::DeclaredCard;
use crate::finding_code::Hint;
use crate::mission::Missions;
use crate::personal::Personal;
use crate::scan::ScanId;
use crate::signing::ElectronicSignature;
use crate::upload::BatchId;
use crate::words::Language;

/// What opens a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Permanent or temporary.
    pub kind: CaseKind,
    /// The way it came.
    pub channel: Channel,
    /// The mission it came to.
    pub mission: MissionCode,
    /// When it came.
    pub received_at: jiff::Timestamp,
    /// The card, where it was typed rather than scanned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<DeclaredCard>,
    /// The scans that belong to it.
    pub scans: Vec<ScanPages>,
    /// The batch it came in, where it came piece by piece: its scans may be listed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchId>,
    /// The applicant's electronic signature over the card and the scans, where they gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<ElectronicSignature>,
    /// The language the applicant chose, where they chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What the portal's page had warned of before a scan was sent all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent_anyway: Vec<SentAnyway>,
}

/// A scan that was sent although the page warned of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentAnyway {
    /// The scan.
    pub scan: ScanId,
    /// Of what it warned.
    pub warned_of: Vec<Hint>,
}

impl Manifest {
    /// What the page had warned of before this scan was sent.
    pub fn warned_of(&self, scan: &ScanId) -> impl Iterator<Item = Hint> {
        let of_it = self
            .sent_anyway
            .iter()
            .filter(move |sent| sent.scan == *scan);
        of_it.flat_map(|sent| sent.warned_of.iter().copied())
    }

    /// The day it came, by the mission's clock; by UTC where the mission is not known.
    pub fn received_on(&self) -> Date {
        let missions = Missions::embedded();
        let zone = missions
            .get(&self.mission)
            .map_or(TimeZone::UTC, |m| m.time_zone.clone());
        self.received_at.to_zoned(zone).date()
    }

    /// Whether this is the same application with more to it: every scan of the earlier
    /// one and at least one more, or its card. A different person's stack never is, since
    /// it would have to contain the very same bytes.
    pub fn goes_on_with(&self, earlier: &Self) -> bool {
        let same = (self.kind, self.channel, &self.mission, &self.batch)
            == (
                earlier.kind,
                earlier.channel,
                &earlier.mission,
                &earlier.batch,
            );
        let holds = |pages: &ScanPages| {
            self.scans
                .iter()
                .any(|mine| mine.scan == pages.scan && mine.pages == pages.pages)
        };
        let card_goes_with = earlier.card.is_none() || earlier.card == self.card;
        same && card_goes_with && !earlier.scans.is_empty() && earlier.scans.iter().all(holds)
    }
}

/// A scan of a case, or some of its pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScanPages {
    /// The scan.
    pub scan: ScanId,
    /// Its file's name as it came.
    pub name: Personal<String>,
    /// Which of its pages, 1-based; all of them where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<Vec<u32>>,
}

/// The two kinds of registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Permanent residence abroad.
    Permanent,
    /// A stay abroad.
    Temporary,
}

/// How an application comes, and so how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// On paper, at the counter.
    Consulate,
    /// Online.
    Portal,
}

impl Channel {
    /// Working days until the decision is due (order No. 11-1-2/263).
    pub const fn term_working_days(self) -> u8 {
        match self {
            Self::Consulate => 2,
            Self::Portal => 1,
        }
    }
}

/// A mission's code in the missions' data, e.g. `DEU-BER`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MissionCode(pub String);

impl std::fmt::Display for MissionCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
