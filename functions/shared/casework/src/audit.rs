//! A random share of clean cases is looked at a second time, by somebody who did not decide them:
//! the only way to see what neither the rules nor the officers see.
//!
//! Which cases follows from their reference under a key: nobody who lacks the key can tell
//! beforehand, and nothing is written before the decision that would give it away. The same key and
//! share name the same cases for ever, a larger share the same ones and more.
//!
//! Never here: where the key is kept, and who is shown a case that was drawn.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::case::CaseId;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::worklist::WorklistRow;

/// What somebody found who looked at a registered case a second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum AuditOutcome {
    /// The card says what the documents say.
    Agrees,
    /// It does not, in this entry.
    Differs {
        /// The entry of the card.
        field: FieldName,
        /// What the documents say.
        word: Personal<String>,
    },
}

impl AuditOutcome {
    /// Whether something was found.
    pub const fn differs(&self) -> bool {
        match self {
            Self::Agrees => false,
            Self::Differs { .. } => true,
        }
    }
}

/// How clean cases are drawn for audit.
#[derive(Clone)]
pub struct Audits {
    key: Vec<u8>,
    percent: u8,
}

impl std::fmt::Debug for Audits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Audits")
            .field("percent", &self.percent)
            .finish_non_exhaustive()
    }
}

impl Audits {
    /// So many of a hundred, drawn with this key.
    pub fn of(key: &str, percent: u8) -> Self {
        Self {
            key: key.as_bytes().to_owned(),
            percent,
        }
    }

    /// The share that comes with the program: `data/audit.json`.
    pub fn percent_embedded() -> u8 {
        #[derive(Deserialize)]
        struct AuditFile {
            clean_cases_percent: u8,
        }
        static EMBEDDED: LazyLock<u8> = LazyLock::new(|| {
            let read = serde_json::from_str(include_str!("../data/audit.json"));
            read.map_or(0, |file: AuditFile| file.clean_cases_percent)
        });
        *EMBEDDED
    }

    /// Whether this case is drawn, if it comes to be registered without a finding.
    fn draw(&self, case: &CaseId) -> bool {
        // Keys have one length and references have one: nothing can be hung on to either.
        let inner = Sha256::new_with_prefix(&self.key).chain_update(case.as_str());
        let outer = Sha256::new_with_prefix(&self.key).chain_update(inner.finalize());
        let number = outer
            .finalize()
            .iter()
            .take(8)
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        number % 100 < u64::from(self.percent)
    }

    /// Whether a case waits for its audit: drawn, registered, nothing found by the rules, and
    /// nobody has looked a second time.
    pub fn waits(&self, row: &WorklistRow) -> bool {
        row.status.registered()
            && row.findings.is_empty()
            && row.audit_differs.is_none()
            && self.draw(&row.case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{CaseKind, MissionCode, Status};
    use crate::finding::{Rule, Severity};
    use crate::upload::BatchId;

    fn row(number: u32) -> WorklistRow {
        let batch = BatchId::of("a bucket", &format!("{number}/a page"));
        WorklistRow {
            case: CaseId::of_batch(&batch),
            kind: CaseKind::Temporary,
            mission: MissionCode("DEU-BER".into()),
            status: Status::Registered,
            due_at: "2026-10-27T17:00:00Z".parse().unwrap(),
            applicant: None,
            findings: Vec::new(),
            pages: 1,
            ended_at: None,
            corrected: Vec::new(),
            claimed_by: None,
            refusal_proposed_by: None,
            refusal_sent_back: false,
            audit_differs: None,
        }
    }

    fn drawn(audits: &Audits) -> Vec<u32> {
        (0..2_000).filter(|n| audits.waits(&row(*n))).collect()
    }

    #[test]
    fn about_the_share_is_drawn_and_the_same_ones_every_time() {
        let five = drawn(&Audits::of("a key", 5));
        assert!((70..130).contains(&five.len()), "{}", five.len());
        assert_eq!(drawn(&Audits::of("a key", 5)), five);
        let ten = drawn(&Audits::of("a key", 10));
        assert!(five.iter().all(|n| ten.contains(n)), "the same and more");
        assert_ne!(drawn(&Audits::of("another", 5)), five, "the key decides");
        for (percent, count) in [(0, 0), (100, 2_000)] {
            assert_eq!(drawn(&Audits::of("a key", percent)).len(), count);
        }
        assert!((1..=100).contains(&Audits::percent_embedded()));
    }

    #[test]
    fn only_a_clean_registered_case_that_nobody_audited_waits_for_its_audit() {
        let all = Audits::of("a key", 100);
        let with = |change: fn(&mut WorklistRow)| {
            let mut row = row(1);
            change(&mut row);
            all.waits(&row)
        };
        assert!(with(|_| {}));
        assert!(with(|row| row.status = Status::CertificateRequested));
        assert!(!with(|row| row.status = Status::AwaitingOfficer));
        assert!(!with(|row| row.status = Status::Refused));
        assert!(!with(|row| row.audit_differs = Some(false)));
        assert!(!with(
            |row| row.findings = vec![(Rule::R9, Severity::Warning)]
        ));
    }
}
