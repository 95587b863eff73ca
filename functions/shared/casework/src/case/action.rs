//! Who may do what, when: one table, read by the pages' buttons and by the guard.

use serde::{Deserialize, Serialize};

use super::{Actor, Case, Refusal, Role, Status, StrikeOffGround, Transcript};
use crate::appeal;
use crate::audit::AuditOutcome;
use crate::card::DeclaredCard;
use crate::finding_code::QualityFinding;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::{ScanId, ScanOutcome};

/// Something that a person, or the intake, does to a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A scan was read or refused.
    FileScan {
        /// The scan.
        scan: ScanId,
        /// Its file's name.
        name: Personal<String>,
        /// What became of it.
        outcome: ScanOutcome,
    },
    /// What the applicant's page had warned of, of a scan that came later.
    NoteSentAnyway(super::SentAnyway),
    /// The card is declared, or declared anew.
    DeclareCard(DeclaredCard),
    /// A value is entered over the read one.
    Correct {
        /// The entry of the card.
        field: FieldName,
        /// Its value.
        value: Personal<String>,
    },
    /// Entries are read off a sheet that is written by hand.
    Transcribe(Transcript),
    /// Every value on the card that a machine read was looked at.
    Look,
    /// The case is taken in hand.
    Claim,
    /// And given back.
    Release,
    /// A better copy is asked for.
    AskBetterCopy {
        /// Of which scan.
        scan: ScanId,
        /// What is wrong with it.
        code: QualityFinding,
    },
    /// The applicant is registered.
    Approve {
        /// Why in spite of hard findings; required when there are any.
        reason: Option<String>,
    },
    /// The application is refused; only proposed, where the mission wants a second officer.
    Refuse(Refusal),
    /// A second officer confirms the refusal.
    ConfirmRefusal,
    /// The proposed refusal is sent back, with a word.
    ReturnRefusal(Personal<String>),
    /// A complaint against the refusal comes: from the portal, or on paper through the desk.
    Appeal(appeal::Typed),
    /// The mission hands it on to its superior.
    HandOnAppeal,
    /// The applicant withdraws.
    Withdraw,
    /// The registration ends.
    StrikeOff(StrikeOffGround),
    /// The applicant asks for another certificate of registration.
    RequestCertificate,
    /// The certificate is issued again.
    ReissueCertificate,
    /// Somebody who did not decide it looked at the registered case a second time.
    Audit(AuditOutcome),
    /// Another case, which is this person's too, comes into this one.
    Join(Box<Case>),
    /// This case goes into another.
    JoinInto(super::CaseId),
}

/// The name of an action, for the table and for buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each names the action of the same name")]
pub enum ActionName {
    FileScan,
    NoteSentAnyway,
    DeclareCard,
    Correct,
    Transcribe,
    Look,
    Claim,
    Release,
    AskBetterCopy,
    Approve,
    Refuse,
    ConfirmRefusal,
    ReturnRefusal,
    Appeal,
    HandOnAppeal,
    Withdraw,
    StrikeOff,
    RequestCertificate,
    ReissueCertificate,
    Audit,
    Join,
}

impl Action {
    /// Its name.
    pub const fn name(&self) -> ActionName {
        match self {
            Self::FileScan { .. } => ActionName::FileScan,
            Self::NoteSentAnyway(_) => ActionName::NoteSentAnyway,
            Self::DeclareCard(_) => ActionName::DeclareCard,
            Self::Correct { .. } => ActionName::Correct,
            Self::Transcribe(_) => ActionName::Transcribe,
            Self::Look => ActionName::Look,
            Self::Claim => ActionName::Claim,
            Self::Release => ActionName::Release,
            Self::AskBetterCopy { .. } => ActionName::AskBetterCopy,
            Self::Approve { .. } => ActionName::Approve,
            Self::Refuse(_) => ActionName::Refuse,
            Self::ConfirmRefusal => ActionName::ConfirmRefusal,
            Self::ReturnRefusal(_) => ActionName::ReturnRefusal,
            Self::Appeal(_) => ActionName::Appeal,
            Self::HandOnAppeal => ActionName::HandOnAppeal,
            Self::Withdraw => ActionName::Withdraw,
            Self::StrikeOff(_) => ActionName::StrikeOff,
            Self::RequestCertificate => ActionName::RequestCertificate,
            Self::ReissueCertificate => ActionName::ReissueCertificate,
            Self::Audit(_) => ActionName::Audit,
            Self::Join(_) | Self::JoinInto(_) => ActionName::Join,
        }
    }
}

/// The table: what this role may do to a case in this status.
pub const fn allowed(status: Status, role: Role) -> &'static [ActionName] {
    use ActionName::{
        Approve, AskBetterCopy, Claim, ConfirmRefusal, Correct, DeclareCard, FileScan, Join, Look,
        NoteSentAnyway, Refuse, Release, ReturnRefusal, Transcribe, Withdraw,
    };
    if matches!(
        status,
        Status::Refused | Status::Appealed | Status::WithSuperior
    ) {
        return allowed_after_refusal(status, role);
    }
    if status.ended() {
        return allowed_at_end(status, role);
    }
    match (status, role) {
        (Status::Reading, Role::Supervisor) | (_, Role::Auditor) => &[],
        (_, Role::Intake) => &[FileScan, NoteSentAnyway, DeclareCard],
        (Status::Reading, Role::Clerk | Role::Officer) => &[Join],
        (Status::Reading, Role::Applicant) => &[Withdraw],
        // What is proposed is confirmed or sent back first: nobody works on what it rests on.
        (Status::AwaitingSecondOfficer, Role::Officer) => {
            &[Look, Claim, Release, ConfirmRefusal, ReturnRefusal]
        }
        (_, Role::Supervisor) | (Status::AwaitingSecondOfficer, Role::Clerk) => &[Release],
        (_, Role::Clerk) => &[
            DeclareCard,
            Correct,
            Transcribe,
            Look,
            Claim,
            Release,
            AskBetterCopy,
            Join,
        ],
        (Status::AwaitingOfficer, Role::Officer) => &[
            DeclareCard,
            Correct,
            Transcribe,
            Look,
            Claim,
            Release,
            AskBetterCopy,
            Approve,
            Refuse,
            Join,
        ],
        // Terms run whatever is awaited, so an officer may refuse before everything came; never approve.
        (_, Role::Officer) => &[
            DeclareCard,
            Correct,
            Transcribe,
            Look,
            Claim,
            Release,
            AskBetterCopy,
            Refuse,
            Join,
        ],
        (_, Role::Applicant) => &[DeclareCard, Withdraw],
    }
}

/// The same for a refused case: a complaint comes, and is granted or handed on.
const fn allowed_after_refusal(status: Status, role: Role) -> &'static [ActionName] {
    use ActionName::{Appeal, Approve, FileScan, HandOnAppeal, NoteSentAnyway};
    match role {
        Role::Applicant | Role::Officer if matches!(status, Status::Refused) => &[Appeal],
        // The same complaint may come again on paper, signed.
        Role::Clerk if matches!(status, Status::Refused | Status::Appealed) => &[Appeal],
        // What is attached to a complaint.
        Role::Intake if matches!(status, Status::Appealed) => &[FileScan, NoteSentAnyway],
        // The mission may grant what is asked instead of handing the complaint on.
        Role::Officer if matches!(status, Status::Appealed) => &[Appeal, Approve, HandOnAppeal],
        Role::Officer if matches!(status, Status::WithSuperior) => &[Approve],
        Role::Intake
        | Role::Clerk
        | Role::Officer
        | Role::Supervisor
        | Role::Auditor
        | Role::Applicant => &[],
    }
}

/// The same for a case that has ended otherwise: only who is registered has something to ask or to lose.
const fn allowed_at_end(status: Status, role: Role) -> &'static [ActionName] {
    use ActionName::{Audit, ReissueCertificate, RequestCertificate, StrikeOff};
    match role {
        Role::Officer if status.registered() => &[ReissueCertificate, StrikeOff],
        Role::Supervisor | Role::Auditor if status.registered() => &[Audit],
        Role::Applicant if matches!(status, Status::Registered) => &[RequestCertificate],
        Role::Intake
        | Role::Clerk
        | Role::Officer
        | Role::Supervisor
        | Role::Auditor
        | Role::Applicant => &[],
    }
}

impl Case {
    /// Whether this person may do it to the case as it stands: what a button is shown by. The case
    /// is asked again when they do.
    pub fn lets(&self, actor: &Actor, action: ActionName) -> bool {
        let own = action == ActionName::ConfirmRefusal && self.refusal_is_own(actor);
        allowed(self.status(), actor.role).contains(&action) && !self.in_other_hands(actor) && !own
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// The table as one can read it; kept beside this file so that a change of it is seen in review.
    #[test]
    fn the_table_of_status_and_role_is_the_one_on_record() {
        let mut table = String::new();
        for status in Status::ALL {
            for role in Role::ALL {
                let names: Vec<_> = allowed(status, role)
                    .iter()
                    .map(|a| format!("{a:?}"))
                    .collect();
                let names = if names.is_empty() {
                    "–".to_owned()
                } else {
                    names.join(" ")
                };
                let role = format!("{role:?}");
                let _ = writeln!(table, "{:<24}{role:<11}{names}", status.as_str());
            }
        }
        assert_eq!(
            table,
            include_str!("action_table.txt"),
            "the table now reads:\n{table}"
        );
    }
}
