//! The cross-check: every rule looks at the whole case and says what it finds.
//!
//! A rule finds, an officer decides.
//! A value that stands against others is found however unsure its reading is: its certainty goes with it.

mod around;
mod declaration;
mod facts;
mod identity;
mod mission;
mod neighbours;
mod papers;
mod permit;
mod reason;
mod signature;
mod spelling;
#[cfg(test)]
mod tests;

pub use around::surroundings;
pub use reason::Reason;

use crate::card::{Card, prefill};
use crate::case::{Case, CaseId, Status};
use crate::finding::{Finding, Severity};
use facts::Facts;

/// What a rule must know of other cases (R16, R17).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Other cases of the same person, by IIN.
    pub same_person: Vec<(CaseId, Status)>,
    /// Whether a scan of this case also came with a case of another person.
    pub scan_of_another_person: bool,
}

/// The rules, in order. Each says in its own place what it looks for.
const RULES: [fn(&Facts) -> Vec<Finding>; 19] = [
    identity::iin_is_sound,
    identity::birth_date_agrees,
    identity::sex_agrees,
    identity::mrz_agrees_with_itself,
    identity::iin_agrees,
    papers::number_agrees,
    papers::state_is_kazakhstan,
    papers::term_runs,
    spelling::names_agree,
    permit::permit_permits,
    papers::permanent_has_passport,
    declaration::card_is_of_kind,
    declaration::hand_was_read,
    declaration::card_is_signed,
    declaration::consent_is_complete,
    signature::signature_is_applicants,
    neighbours::person_is_new,
    neighbours::scans_are_own,
    papers::both_sides,
];

/// The card and the findings that follow from a case: hard ones first, then what is asked, then warnings, each by rule.
pub fn derive(case: &Case, around: &Surroundings) -> (Card, Vec<Finding>) {
    let card = prefill(case);
    let facts = Facts {
        case,
        around,
        card: &card,
        received_on: case.manifest.received_on(),
    };
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&facts)).collect();
    findings.sort_by_key(|finding| (urgency(finding.severity), finding.rule));
    (card, findings)
}

const fn urgency(severity: Severity) -> u8 {
    match severity {
        Severity::Hard => 0,
        Severity::Ask => 1,
        Severity::Warning => 2,
    }
}
