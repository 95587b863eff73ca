//! What time does to cases that nobody touches: a term comes close and runs out, and records
//! come to the end of their keeping. How early and how long is data: `data/clock.json`.
//!
//! A term at risk is no event of its case: nobody did anything, and an officer who is about to
//! decide must not be told that the case has changed. It follows from the time, like overdue.
//!
//! Never here: the clock itself, who is told, and the end of a record: only people destroy.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::case::Status;
use crate::worklist::WorklistRow;

/// How the term of an open case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// There is time.
    Runs,
    /// It runs out soon.
    AtRisk,
    /// It has run out.
    RanOut,
}

/// How early one is warned, and how long records are kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vigil {
    /// Where it is written. For people.
    pub source: String,
    /// A term is at risk when it has so many hours left or fewer.
    at_risk_hours: u16,
    /// Days for which cases are kept that ended so; without a number, for as long as somebody
    /// sets none.
    ended_cases_kept_days: BTreeMap<Status, Option<u32>>,
}

/// How long a record is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// The case is open: for as long as it is.
    WhileOpen,
    /// Until then.
    Until(Timestamp),
    /// It has ended, and nobody has set a number.
    NoEndSet,
}

impl Vigil {
    /// The one that comes with the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Vigil> = LazyLock::new(|| {
            let read = serde_json::from_str(include_str!("../data/clock.json"));
            read.unwrap_or_else(|_| Vigil {
                source: String::new(),
                at_risk_hours: 0,
                ended_cases_kept_days: BTreeMap::new(),
            })
        });
        &EMBEDDED
    }

    /// How the term of a case stands; nothing where the case has ended.
    pub fn standing(&self, row: &WorklistRow, now: Timestamp) -> Option<Standing> {
        if row.status.ended() {
            return None;
        }
        let left = row.due_at.duration_since(now);
        let at_risk = SignedDuration::from_hours(self.at_risk_hours.into());
        Some(if left < SignedDuration::ZERO {
            Standing::RanOut
        } else if left <= at_risk {
            Standing::AtRisk
        } else {
            Standing::Runs
        })
    }

    /// The statuses whose cases are not kept for ever, each with the time before which such a case
    /// must have ended to be kept no longer.
    pub fn kept_since(&self, now: Timestamp) -> impl Iterator<Item = (Status, Timestamp)> {
        let numbers = self.ended_cases_kept_days.iter();
        numbers.filter_map(move |(status, days)| {
            let kept = SignedDuration::from_hours(24 * i64::from((*days)?));
            let since = now.checked_sub(kept).ok()?;
            status.ended().then_some((*status, since))
        })
    }

    /// The statuses that end a case and for which nobody has set a number: such cases are kept.
    pub fn kept_without_end(&self) -> impl Iterator<Item = Status> {
        let ended = Status::ALL.into_iter().filter(|status| status.ended());
        ended.filter(|status| {
            let days = self.ended_cases_kept_days.get(status);
            days.copied().flatten().is_none()
        })
    }

    /// How long a case is kept that stands so, and ended then.
    pub fn keeping(&self, status: Status, ended_at: Option<Timestamp>) -> Keeping {
        if !status.ended() {
            return Keeping::WhileOpen;
        }
        let days = self.ended_cases_kept_days.get(&status).copied().flatten();
        let until = days.zip(ended_at).and_then(|(days, ended_at)| {
            let kept = SignedDuration::from_hours(24 * i64::from(days));
            ended_at.checked_add(kept).ok()
        });
        until.map_or(Keeping::NoEndSet, Keeping::Until)
    }

    /// Whether the keeping of a case is over.
    pub fn kept_long_enough(&self, row: &WorklistRow, now: Timestamp) -> bool {
        self.kept_since(now).any(|(status, since)| {
            status == row.status && row.ended_at.is_some_and(|ended| ended < since)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{CaseId, CaseKind, MissionCode};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn row(status: Status, ended_at: Option<&str>) -> WorklistRow {
        WorklistRow {
            case: CaseId::try_from("0000-0000-0000".to_owned()).unwrap(),
            kind: CaseKind::Temporary,
            mission: MissionCode("DEU-BER".into()),
            status,
            due_at: at("2026-10-27T17:00:00Z"),
            applicant: None,
            findings: Vec::new(),
            pages: 1,
            ended_at: ended_at.map(at),
            corrected: Vec::new(),
            claimed_by: None,
            refusal_proposed_by: None,
            refusal_sent_back: false,
            audit_differs: None,
        }
    }

    #[test]
    fn a_term_is_at_risk_in_its_last_hours_and_runs_out_when_it_is_over() {
        let vigil = Vigil::embedded();
        assert_eq!(vigil.at_risk_hours, 4, "the data is read");
        for (now, standing) in [
            ("2026-10-27T12:59:59Z", Standing::Runs),
            ("2026-10-27T13:00:00Z", Standing::AtRisk),
            ("2026-10-27T17:00:00Z", Standing::AtRisk),
            ("2026-10-27T17:00:00.000000001Z", Standing::RanOut),
        ] {
            let found = vigil.standing(&row(Status::AwaitingOfficer, None), at(now));
            assert_eq!(found, Some(standing), "{now}");
            assert_eq!(vigil.standing(&row(Status::Refused, None), at(now)), None);
        }
    }

    #[test]
    fn a_record_is_kept_for_as_long_as_the_data_says_and_for_ever_where_it_says_nothing() {
        let vigil: Vigil = serde_json::from_str(
            r#"{"source": "invented", "at_risk_hours": 4,
                "ended_cases_kept_days": {"refused": 10, "registered": null, "reading": 1}}"#,
        )
        .unwrap();
        let now = at("2026-10-27T17:00:00Z");
        for (status, ended_at, over) in [
            (Status::Refused, Some("2026-10-17T16:59:59Z"), true),
            (Status::Refused, Some("2026-10-17T17:00:00Z"), false),
            (Status::Refused, None, false),
            (Status::Registered, Some("1996-10-17T17:00:00Z"), false),
            (Status::Withdrawn, Some("1996-10-17T17:00:00Z"), false),
            (Status::Reading, Some("1996-10-17T17:00:00Z"), false),
        ] {
            let found = vigil.kept_long_enough(&row(status, ended_at), now);
            assert_eq!(found, over, "{status:?} {ended_at:?}");
        }
        for (status, ended_at, keeping) in [
            (Status::AwaitingOfficer, None, Keeping::WhileOpen),
            (
                Status::Refused,
                Some("2026-10-17T17:00:00Z"),
                Keeping::Until(now),
            ),
            (
                Status::Registered,
                Some("2026-10-17T17:00:00Z"),
                Keeping::NoEndSet,
            ),
            (
                Status::Withdrawn,
                Some("2026-10-17T17:00:00Z"),
                Keeping::NoEndSet,
            ),
        ] {
            assert_eq!(vigil.keeping(status, ended_at.map(at)), keeping);
        }
        let without: Vec<_> = vigil.kept_without_end().collect();
        let ended = |status: &Status| status.ended();
        let all: Vec<_> = Status::ALL.into_iter().filter(ended).collect();
        let but_refused = |status: &&Status| **status != Status::Refused;
        let others: Vec<_> = all.iter().filter(but_refused).copied().collect();
        assert_eq!(without, others, "open cases are another matter");
        let of_ours: Vec<_> = Vigil::embedded().kept_since(now).collect();
        assert_eq!(of_ours, [], "no number is invented");
        let of_ours: Vec<_> = Vigil::embedded().kept_without_end().collect();
        assert_eq!(of_ours, all, "and that is said");
    }
}
