//! The case that an application would make as it stands.

use jiff::Timestamp;

use super::{Application, NotTaken};
use crate::card::DeclaredCard;
use crate::case::{
    Action, Actor, Case, Channel, Manifest, NotNow, Role, ScanPages, SentAnyway, open,
};
use crate::crosscheck::Surroundings;
use crate::finding::{Finding, Rule};
use crate::mission::Missions;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::ScanOutcome;
use crate::term::{Due, TermError, due};

const INTAKE: Actor = Actor {
    role: Role::Intake,
    account: None,
};

impl Application {
    /// The scans that count, each once: one picture may show both sides of a card.
    pub fn scans(&self) -> Vec<ScanPages> {
        let mut scans: Vec<ScanPages> = Vec::new();
        for paper in self.counting() {
            if scans.iter().all(|known| known.scan != paper.scan) {
                scans.push(ScanPages {
                    scan: paper.scan.clone(),
                    name: paper.name.clone(),
                    pages: None,
                });
            }
        }
        scans
    }

    /// The scans that count and were sent although the page warned of them.
    fn sent_anyway(&self) -> Vec<SentAnyway> {
        let counting = self.counting().into_iter();
        let warned = counting.filter(|paper| !paper.sent_anyway.is_empty());
        let told = warned.map(|paper| SentAnyway {
            scan: paper.scan.clone(),
            warned_of: paper.sent_anyway.clone(),
        });
        told.collect()
    }

    /// The case it would be, had it come at this time with what was read of its scans so far.
    /// Of other people's cases it knows nothing.
    ///
    /// # Errors
    /// Never for an application that was begun; the type is that of every change of a case.
    pub fn draft(
        &self,
        read: Vec<(ScanPages, ScanOutcome)>,
        at: Timestamp,
    ) -> Result<Case, NotNow> {
        let manifest = self.manifest_of(Some(self.card()), at);
        let around = Surroundings::default();
        let mut case = open(manifest, at, &INTAKE, at)?.case;
        for (pages, outcome) in read {
            let (scan, name) = (pages.scan, pages.name);
            let filing = Action::FileScan {
                scan,
                name,
                outcome,
            };
            case = case.apply(filing, &INTAKE, at, &around)?.case;
        }
        Ok(case)
    }

    /// Confirms the card as a whole: what was typed, and every value read beside it.
    ///
    /// # Errors
    /// [`NotTaken::TooEarly`] where a paper or a section is still to come; [`NotTaken::HandedIn`].
    pub fn confirmed(mut self, draft: &Case) -> Result<Self, NotTaken> {
        self.still_open()?;
        let next = self.next_step(draft);
        if !matches!(next, super::Step::Answers | super::Step::Sign) {
            return Err(NotTaken::TooEarly);
        }
        let card = self.card();
        if self.confirmed.as_ref() != Some(&card) {
            self.version += 1;
            self.confirmed = Some(card);
        }
        Ok(self)
    }

    /// What opens its case, once it was handed in.
    pub fn manifest(&self) -> Option<Manifest> {
        let handed_in = self.handed_in.as_ref()?;
        let mut card = self.confirmed.clone()?;
        let missions = Missions::embedded();
        let mission = missions.get(&self.mission)?;
        let day = handed_in.at.to_zoned(mission.time_zone.clone()).date();
        let signed = handed_in.signature.is_some();
        card.entries
            .insert(FieldName::new("signed"), signed.to_string().into());
        card.entries
            .insert(FieldName::new("signed_on"), day.to_string().into());
        Some(Manifest {
            signature: handed_in.signature.clone(),
            ..self.manifest_of(Some(card), handed_in.at)
        })
    }

    /// When it is decided at the latest, if it is handed in at this time.
    ///
    /// # Errors
    /// [`TermError`] where the mission or its holidays are not known.
    pub fn due(&self, at: Timestamp) -> Result<Due, TermError> {
        let missions = Missions::embedded();
        let mission = missions.get(&self.mission).ok_or(TermError::NoCalendar)?;
        due(at, mission, Channel::Portal.term_working_days())
    }

    fn manifest_of(&self, card: Option<DeclaredCard>, at: Timestamp) -> Manifest {
        Manifest {
            kind: self.kind,
            channel: Channel::Portal,
            mission: self.mission.clone(),
            received_at: at,
            card,
            scans: self.scans(),
            batch: Some(self.batch.clone()),
            signature: None,
            language: self.language,
            sent_anyway: self.sent_anyway(),
        }
    }

    /// The card as it was filled in, with the consent that was given.
    fn card(&self) -> DeclaredCard {
        let mut entries = self.entries.clone();
        let kind = match self.kind {
            crate::case::CaseKind::Permanent => "permanent",
            crate::case::CaseKind::Temporary => "temporary",
        };
        entries.insert(FieldName::new("card_kind"), kind.into());
        let version = self.consent.version;
        entries.insert(
            FieldName::new("consent.version"),
            version.to_string().into(),
        );
        let text = crate::consent::ConsentText::of(version);
        for part in text.map_or(&[][..], |text| &text.parts) {
            let name = FieldName::from_key(format!("consent.{}", part.code));
            entries.insert(name, Personal::new("true".to_owned()));
        }
        DeclaredCard { entries }
    }
}

/// What of a draft the applicant can mend, as its rules found it. What concerns the signature is
/// still to come, and what concerns other cases is not theirs to know.
pub fn mendable(draft: &Case) -> impl Iterator<Item = &Finding> {
    draft.findings.iter().filter(|finding| match finding.rule {
        Rule::R1
        | Rule::R2
        | Rule::R3
        | Rule::R4
        | Rule::R5
        | Rule::R6
        | Rule::R7
        | Rule::R8
        | Rule::R9
        | Rule::R10
        | Rule::R11
        | Rule::R12
        | Rule::R18 => true,
        Rule::R13 | Rule::R14 | Rule::R15 | Rule::R16 | Rule::R17 => false,
    })
}
