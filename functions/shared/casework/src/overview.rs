//! What a supervisor sees of many cases at once: how many, whether in time, what the rules find,
//! what people correct. Counted from rows of the worklist; nothing of a person is in it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::case::{MissionCode, Status};
use crate::finding::Rule;
use crate::reading::FieldName;
use crate::worklist::WorklistRow;

/// Numbers of all missions that were counted, and of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// All of them together.
    pub whole: Numbers,
    /// Each by itself.
    pub missions: BTreeMap<MissionCode, Numbers>,
}

/// What is counted of some cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Cases.
    pub cases: u32,
    /// Where they stand.
    pub standing: BTreeMap<Status, u32>,
    /// Open though their term is over.
    pub overdue: u32,
    /// Decided within their term.
    pub kept: u32,
    /// Decided after it.
    pub missed: u32,
    /// Audited.
    pub audited: u32,
    /// Audited, and something was found.
    pub audits_differing: u32,
    /// Cases in which each rule finds something.
    pub findings: BTreeMap<Rule, u32>,
    /// Cases in which people corrected each entry of the card.
    pub corrections: BTreeMap<FieldName, u32>,
}

impl Overview {
    /// Counts one more case as it stands now.
    pub fn count(&mut self, row: &WorklistRow, now: Timestamp) {
        self.whole.count(row, now);
        let own = self.missions.entry(row.mission.clone()).or_default();
        own.count(row, now);
    }
}

impl Numbers {
    fn count(&mut self, row: &WorklistRow, now: Timestamp) {
        self.cases += 1;
        *self.standing.entry(row.status).or_default() += 1;
        let refused = matches!(row.status, Status::Refused | Status::WithSuperior);
        let decided = row.status.registered() || refused;
        match row.ended_at.filter(|_| decided) {
            Some(at) if at <= row.due_at => self.kept += 1,
            Some(_) => self.missed += 1,
            None if !row.status.ended() && row.due_at < now => self.overdue += 1,
            None => {}
        }
        self.audited += u32::from(row.audit_differs.is_some());
        self.audits_differing += u32::from(row.audit_differs == Some(true));
        let mut rules: Vec<Rule> = row.findings.iter().map(|(rule, _)| *rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            *self.findings.entry(rule).or_default() += 1;
        }
        for field in &row.corrected {
            *self.corrections.entry(field.clone()).or_default() += 1;
        }
    }

    /// How many stand in any of these.
    pub fn standing_in(&self, wanted: impl Fn(Status) -> bool) -> u32 {
        let standing = self.standing.iter();
        let wanted = standing.filter(|(status, _)| wanted(**status));
        wanted.map(|(_, count)| count).sum()
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// So many.
    pub count: u32,
    /// Of so many.
    pub of: u32,
}

impl Share {
    /// The share, 0 to 1; 0 of nothing.
    pub fn value(self) -> f64 {
        if self.of == 0 {
            return 0.0;
        }
        f64::from(self.count) / f64::from(self.of)
    }

    /// Where the share of all such cases lies, as far as these can tell: Wilson's interval of
    /// 95 %. From 0 to 1 where there are none.
    pub fn interval(self) -> (f64, f64) {
        /// Of the normal distribution, for 95 %.
        const Z: f64 = 1.96;
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (share, of) = (self.value(), f64::from(self.of));
        let z2 = Z * Z / of;
        let middle = share + z2 / 2.0;
        let spread = Z * (share * (1.0 - share) / of + z2 / (4.0 * of)).sqrt();
        let low = (middle - spread) / (1.0 + z2);
        let high = (middle + spread) / (1.0 + z2);
        (low.max(0.0), high.min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CaseKind;
    use crate::finding::Severity;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn row(mission: &str, status: Status, ended_at: Option<&str>) -> WorklistRow {
        WorklistRow {
            case: crate::case::CaseId::try_from("ZNDX-Y37Q-8S0N".to_owned()).unwrap(),
            kind: CaseKind::Temporary,
            mission: MissionCode(mission.into()),
            status,
            due_at: time("2026-10-27T17:00:00Z"),
            applicant: None,
            findings: vec![(Rule::R5, Severity::Hard), (Rule::R5, Severity::Warning)],
            pages: 1,
            ended_at: ended_at.map(time),
            corrected: vec![FieldName::IIN],
            claimed_by: None,
            refusal_proposed_by: None,
            refusal_sent_back: false,
            audit_differs: None,
        }
    }

    #[test]
    fn cases_are_counted_in_time_late_or_overdue() {
        let now = time("2026-10-28T00:00:00Z");
        let mut overview = Overview::default();
        for (status, ended_at) in [
            (Status::Registered, Some("2026-10-27T17:00:00Z")),
            (Status::Refused, Some("2026-10-27T17:00:01Z")),
            (Status::Withdrawn, Some("2026-10-27T17:00:01Z")),
            (Status::AwaitingOfficer, None),
        ] {
            overview.count(&row("DEU-BER", status, ended_at), now);
        }
        overview.count(
            &row("JPN-TYO", Status::AwaitingOfficer, None),
            time("2026-10-27T17:00:00Z"),
        );
        for differs in [true, false, false] {
            let mut audited = row("TUR-ANK", Status::Registered, None);
            audited.audit_differs = Some(differs);
            let mut overview = Overview::default();
            overview.count(&audited, now);
            let whole = overview.whole;
            assert_eq!(
                (whole.audited, whole.audits_differing),
                (1, u32::from(differs))
            );
        }
        let whole = &overview.whole;
        assert_eq!(
            (whole.cases, whole.kept, whole.missed, whole.overdue),
            (5, 1, 1, 1)
        );
        assert_eq!(whole.findings, [(Rule::R5, 5)].into(), "once a case");
        assert_eq!(whole.corrections, [(FieldName::IIN, 5)].into());
        assert_eq!(whole.standing_in(Status::ended), 3);
        let missions: Vec<_> = overview
            .missions
            .iter()
            .map(|(m, n)| (m.0.as_str(), n.cases))
            .collect();
        assert_eq!(missions, [("DEU-BER", 4), ("JPN-TYO", 1)]);
    }

    #[test]
    fn an_interval_holds_its_share_and_narrows_with_more_cases() {
        for (count, of, low, high) in [
            (0, 0, 0.0, 1.0),
            (0, 10, 0.0, 0.278),
            (5, 10, 0.237, 0.763),
            (10, 10, 0.722, 1.0),
            (500, 1000, 0.469, 0.531),
        ] {
            let share = Share { count, of };
            let (from, to) = share.interval();
            assert!(
                (from - low).abs() < 0.001 && (to - high).abs() < 0.001,
                "{share:?}: {from} {to}"
            );
            assert!(from <= share.value() + f64::EPSILON && share.value() <= to + f64::EPSILON);
        }
    }
}
