//! The worklist: what waits for a decision, due soonest first, a bounded page at a time.
//!
//! Here is what every store answers alike: which statuses a question means, what a row shows
//! of its case, how rows make a page. Never here: how a store finds them.

use serde::{Deserialize, Serialize};

use crate::audit::AuditOutcome;
use crate::case::{Case, CaseId, CaseKind, MissionCode, Status};
use crate::finding::{Rule, Severity};
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::ScanOutcome;

/// What one asks of the worklist. The default is all work to be done: the open cases of every
/// mission. Ended cases are shown where they are asked for, in their place by due time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorklistQuery {
    /// Only this mission.
    pub mission: Option<MissionCode>,
    /// Only this status, open or ended.
    pub status: Option<Status>,
    /// Only cases whose next step is the applicant's; says nothing where a status is named.
    pub with_applicant: bool,
    /// Only cases that an officer is to decide; says nothing where a status is named.
    pub with_officer: bool,
    /// Ended cases beside the open ones; says nothing where a status is named.
    pub with_ended: bool,
    /// Only cases due at or before this instant.
    pub due_until: Option<jiff::Timestamp>,
    /// Rows at most; 0, or more than [`WorklistQuery::LIMIT_MAX`], is [`WorklistQuery::LIMIT_MAX`].
    pub limit: u32,
    /// Where the page before ended.
    pub after: Option<WorklistCursor>,
}

impl WorklistQuery {
    /// The largest page.
    pub const LIMIT_MAX: u32 = 200;

    /// Rows at most, 1 to [`WorklistQuery::LIMIT_MAX`].
    pub const fn rows_max(&self) -> u32 {
        match self.limit {
            1..=Self::LIMIT_MAX => self.limit,
            _ => Self::LIMIT_MAX,
        }
    }

    /// The statuses it asks for. A store that keeps an index by status asks it for each of them.
    pub fn statuses(&self) -> impl Iterator<Item = Status> {
        let Self {
            status: named,
            with_applicant,
            with_officer,
            with_ended,
            ..
        } = *self;
        Status::ALL.into_iter().filter(move |status| match named {
            Some(named) => *status == named,
            None if with_applicant => status.waits_for_applicant(),
            None if with_officer => status.waits_for_officer(),
            None => with_ended || !status.ended(),
        })
    }
}

/// The place of a row in the worklist: due time, then reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WorklistCursor {
    /// The row's due time.
    pub due_at: jiff::Timestamp,
    /// The row's case.
    pub case: CaseId,
}

/// A page of the worklist.
#[derive(Debug, Clone, PartialEq)]
pub struct WorklistPage {
    /// Due soonest first.
    pub rows: Vec<WorklistRow>,
    /// Ask again with this for more; none at the end.
    pub next: Option<WorklistCursor>,
}

impl WorklistPage {
    /// The page that found rows make, in whatever order they were found. There is a next page
    /// where more than `rows_max` were found: a store looks for one row more than it may show.
    pub fn of(mut rows: Vec<WorklistRow>, rows_max: u32) -> Self {
        let rows_max = usize::try_from(rows_max).unwrap_or(usize::MAX);
        rows.sort_by_cached_key(WorklistRow::cursor);
        let more = rows.len() > rows_max;
        rows.truncate(rows_max);
        let last = rows.last().map(WorklistRow::cursor);
        Self {
            rows,
            next: last.filter(|_| more),
        }
    }
}

/// What the worklist shows of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorklistRow {
    /// Its reference.
    pub case: CaseId,
    /// Permanent or temporary.
    pub kind: CaseKind,
    /// Its mission.
    pub mission: MissionCode,
    /// Where it stands.
    pub status: Status,
    /// Until when it is to be decided.
    pub due_at: jiff::Timestamp,
    /// The applicant's name as it counts on the card, if any.
    pub applicant: Option<Personal<String>>,
    /// Rules that found something, the hard ones first.
    pub findings: Vec<(Rule, Severity)>,
    /// Pages in its scans.
    pub pages: u32,
    /// When it ended, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<jiff::Timestamp>,
    /// The entries of the card that people corrected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<FieldName>,
    /// The account that has it in hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<String>,
    /// The account that proposed the refusal that waits for a second officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal_proposed_by: Option<String>,
    /// Whether a second officer sent the refusal back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refusal_sent_back: bool,
    /// Whether an audit of it found something; nothing where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_differs: Option<bool>,
}

impl WorklistRow {
    /// The row of a case.
    pub fn of(case: &Case) -> Self {
        let mut findings: Vec<_> = case.findings.iter().map(|f| (f.rule, f.severity)).collect();
        findings.sort_by_key(|(rule, severity)| (*severity, *rule));
        findings.dedup();
        Self {
            case: case.id.clone(),
            kind: case.manifest.kind,
            mission: case.manifest.mission.clone(),
            status: case.status(),
            due_at: case.next_due_at(),
            applicant: applicant(case),
            findings,
            pages: case.scans.iter().map(|s| pages(&s.outcome)).sum(),
            ended_at: case.ended_at,
            corrected: case.corrections.keys().cloned().collect(),
            claimed_by: case.claimed_by.as_ref().and_then(|by| by.account.clone()),
            refusal_proposed_by: (case.refusal_awaiting())
                .and_then(|proposed| proposed.by.account.clone()),
            refusal_sent_back: case.refusal_sent_back().is_some(),
            audit_differs: case.audited.as_ref().map(AuditOutcome::differs),
        }
    }

    /// Its place in the worklist.
    pub fn cursor(&self) -> WorklistCursor {
        WorklistCursor {
            due_at: self.due_at,
            case: self.case.clone(),
        }
    }
}

const fn pages(outcome: &ScanOutcome) -> u32 {
    match outcome {
        ScanOutcome::Read { pages, .. } => *pages,
        ScanOutcome::Refused { .. } => 0,
    }
}

/// Surname, given names and patronymic, those that the card has.
fn applicant(case: &Case) -> Option<Personal<String>> {
    let names: Vec<&str> = [
        FieldName::SURNAME,
        FieldName::GIVEN_NAMES,
        FieldName::PATRONYMIC,
    ]
    .iter()
    .filter_map(|field| case.card.entries.get(field)?.resolved())
    .map(|name| name.value.reveal().as_str())
    .filter(|name| !name.is_empty())
    .collect();
    (!names.is_empty()).then(|| Personal::new(names.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_without_a_status_means_open_cases_unless_ended_ones_are_asked_for() {
        let asked = |status, with_ended| {
            let query = WorklistQuery {
                status,
                with_ended,
                ..WorklistQuery::default()
            };
            query.statuses().collect::<Vec<_>>()
        };
        assert!(asked(None, false).iter().all(|s| !s.ended()));
        assert_eq!(asked(None, false).len(), 8);
        assert_eq!(asked(None, true), Status::ALL);
        assert_eq!(asked(Some(Status::Refused), false), [Status::Refused]);
        let query = WorklistQuery {
            with_applicant: true,
            ..WorklistQuery::default()
        };
        let theirs: Vec<_> = query.statuses().collect();
        assert_eq!(theirs.len(), 4);
        assert!(!theirs.contains(&Status::Reading) && !theirs.contains(&Status::AwaitingOfficer));
        let query = WorklistQuery {
            with_officer: true,
            ..WorklistQuery::default()
        };
        let decide: Vec<_> = query.statuses().collect();
        assert_eq!(
            decide,
            [Status::AwaitingOfficer, Status::AwaitingSecondOfficer]
        );
    }

    #[test]
    fn a_page_is_never_empty_by_request_and_never_over_its_bound() {
        for (limit, rows_max) in [(0, 200), (1, 1), (200, 200), (201, 200), (u32::MAX, 200)] {
            let query = WorklistQuery {
                limit,
                ..WorklistQuery::default()
            };
            assert_eq!(query.rows_max(), rows_max, "{limit}");
        }
    }
}
