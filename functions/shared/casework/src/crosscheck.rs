//! The cross-check: every rule looks at the whole case and says what it finds.

use crate::card::Card;
use crate::case::{Case, CaseId, Status};
use crate::finding::Finding;

/// What a rule must know of other cases (R16, R17).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Other cases of the same person, by IIN.
    pub same_person: Vec<(CaseId, Status)>,
    /// Whether a scan of this case also came with a case of another person.
    pub scan_of_another_person: bool,
}

/// The card and the findings that follow from a case.
pub fn derive(case: &Case, _around: &Surroundings) -> (Card, Vec<Finding>) {
    (case.card.clone(), case.findings.clone())
}
