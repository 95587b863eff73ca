//! R16 and R17: what other cases say.

use super::facts::Facts;
use super::reason::Reason;
use crate::case::Status;
use crate::finding::{Finding, Place, Witness};

/// R16: the same IIN is registered already, or has another case open, here or at another mission.
pub(super) fn person_is_new(facts: &Facts) -> Vec<Finding> {
    let others = facts
        .around
        .same_person
        .iter()
        .filter(|(id, _)| *id != facts.case.id);
    let found = others.filter_map(|(id, status)| {
        let reason = match status {
            Status::Registered | Status::CertificateRequested => Reason::AlreadyRegistered,
            Status::Refused
            | Status::Appealed
            | Status::WithSuperior
            | Status::Withdrawn
            | Status::StruckOff
            | Status::Joined => return None,
            Status::Reading
            | Status::AwaitingBetterCopy
            | Status::AwaitingOtherSide
            | Status::AwaitingDocuments
            | Status::AwaitingApplicant
            | Status::AwaitingOfficer
            | Status::AwaitingSecondOfficer => Reason::AnotherCase,
        };
        let other = Witness {
            value: id.as_str().into(),
            place: Place::Case,
            certainty: None,
            confidence: None,
        };
        Some(reason.found(None, vec![other]))
    });
    found.collect()
}

/// R17: a file of this case came under another IIN too.
pub(super) fn scans_are_own(facts: &Facts) -> Vec<Finding> {
    let found = facts
        .around
        .scan_of_another_person
        .then(|| Reason::ScanOfAnother.found(None, Vec::new()));
    found.into_iter().collect()
}
