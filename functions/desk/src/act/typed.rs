//! What a person sent with a form, and the action it means.

use std::collections::BTreeMap;

use casework::appeal;
use casework::audit::AuditOutcome;
use casework::case::action::{Action, ActionName};
use casework::case::{Refusal, StrikeOffGround, Transcript};
use casework::finding::Ground;
use casework::finding_code::QualityFinding;
use casework::personal::Personal;
use casework::reading::FieldName;
use casework::scan::ScanId;
use casework::words::Language;
use serde::Deserialize;

/// The fields of a form, in order; one name may stand several times.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Typed(Vec<(String, String)>);

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl Typed {
    /// The first value of this name.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of this name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let pairs = self.0.iter().filter(move |(known, _)| known == name);
        pairs.map(|(_, value)| value.as_str())
    }

    /// The version of the case that the person had before them.
    pub fn version(&self) -> Option<u64> {
        self.one("version")?.parse().ok()
    }

    /// A text, with the line ends that records have; forms send others.
    pub fn text(&self, name: &str) -> String {
        self.one(name).unwrap_or_default().replace("\r\n", "\n")
    }

    /// The ground that was chosen.
    pub fn ground(&self) -> Option<Ground> {
        Ground::from_code(self.one("ground")?)
    }

    /// The parts of a complaint.
    pub fn appeal(&self) -> appeal::Typed {
        let part = |part: appeal::Part| Some((part, self.one(part.as_str())?.to_owned()));
        appeal::Part::ALL.into_iter().filter_map(part).collect()
    }

    /// The ground of striking off that was chosen.
    pub fn strike_off(&self) -> Option<StrikeOffGround> {
        StrikeOffGround::from_code(self.one("strike_off")?)
    }

    /// The applicant's language that was chosen.
    pub fn language(&self) -> Option<Language> {
        Language::from_code(self.one("language")?)
    }

    /// The scan that was chosen.
    pub fn scan(&self) -> Option<ScanId> {
        ScanId::try_from(self.one("scan")?.to_owned()).ok()
    }

    /// The page of it, 1-based.
    pub fn page(&self) -> Option<u32> {
        self.one("page")?.parse().ok()
    }

    /// The entries of the card that were filled in: each `field` goes with the `value` behind it.
    pub fn entries(&self) -> BTreeMap<FieldName, Personal<String>> {
        let pairs = self.all("field").zip(self.all("value"));
        let filled = pairs.filter(|(_, value)| !value.trim().is_empty());
        filled
            .map(|(field, value)| (FieldName::from_key(field), Personal::from(value)))
            .collect()
    }

    /// What is wrong with it.
    pub fn code(&self) -> Option<QualityFinding> {
        let code = self.one("code")?;
        let mut all = QualityFinding::ALL.iter().copied();
        all.find(|known| known.code() == code)
    }

    /// What an audit found.
    fn outcome(&self) -> Option<AuditOutcome> {
        match self.one("outcome")? {
            "agrees" => Some(AuditOutcome::Agrees),
            "differs" => Some(AuditOutcome::Differs {
                field: FieldName::from_key(self.one("field")?),
                word: Personal::new(self.text("word")),
            }),
            _ => None,
        }
    }

    /// The action of this name that the form means; nothing where a part of it is missing.
    pub fn action(&self, name: ActionName) -> Option<Action> {
        Some(match name {
            ActionName::Correct => Action::Correct {
                field: FieldName::from_key(self.one("field")?),
                value: Personal::new(self.text("value")),
            },
            ActionName::Transcribe => Action::Transcribe(Transcript {
                scan: self.scan()?,
                page: self.page()?,
                entries: self.entries(),
            }),
            ActionName::Look => Action::Look,
            ActionName::Claim => Action::Claim,
            ActionName::Release => Action::Release,
            ActionName::AskBetterCopy => Action::AskBetterCopy {
                scan: self.scan()?,
                code: self.code()?,
            },
            ActionName::Approve => Action::Approve {
                reason: Some(self.text("reason")),
            },
            ActionName::Refuse => Action::Refuse(Refusal {
                ground: self.ground()?,
                findings: self.all("finding").map(str::to_owned).collect(),
                language: self.language()?,
                reasons: Personal::new(self.text("text")),
            }),
            ActionName::ConfirmRefusal => Action::ConfirmRefusal,
            ActionName::ReturnRefusal => Action::ReturnRefusal(Personal::new(self.text("word"))),
            ActionName::Audit => Action::Audit(self.outcome()?),
            ActionName::Appeal => Action::Appeal(self.appeal()),
            ActionName::HandOnAppeal => Action::HandOnAppeal,
            ActionName::StrikeOff => Action::StrikeOff(self.strike_off()?),
            ActionName::ReissueCertificate => Action::ReissueCertificate,
            ActionName::FileScan
            | ActionName::NoteSentAnyway
            | ActionName::DeclareCard
            | ActionName::Withdraw
            | ActionName::RequestCertificate
            | ActionName::Join => return None,
        })
    }
}
