//! Whose pages these are: what cover sheets announce, looked up, and the stack split by it.

use std::collections::BTreeMap;

use casework::case::{Case, CaseId, CaseKind, End, MissionCode};
use casework::cover::CoverSheet;
use casework::document::Document;
use casework::ports::ReadScan;
use casework::stack::Why;
use casework::stack::split::{Pile, Sheet, Sight, Split, split};

use crate::manifest::kind_of;
use crate::{Intake, IntakeError, Store};

/// The cases that the cover sheets of a stack name, each as it stands where it went on.
pub(crate) struct Announced(BTreeMap<CaseId, Case>);

impl Announced {
    /// What is known of the person whose papers a cover sheet announces.
    fn owner(&self, cover: &CoverSheet, own: &MissionCode) -> Result<Vec<&Document>, Why> {
        match cover {
            CoverSheet::NewCase { mission, .. } if mission == own => Ok(Vec::new()),
            CoverSheet::NewCase { .. } => Err(Why::OtherMission),
            CoverSheet::Case { case } => {
                let case = self.0.get(case).ok_or(Why::NoSuchCase)?;
                match (&case.end, case.manifest.mission == *own) {
                    // To this mission the others' cases do not exist.
                    (_, false) => Err(Why::NoSuchCase),
                    (Some(_), true) => Err(Why::CaseEnded),
                    (None, true) => Ok(case.documents().map(|(_, document)| document).collect()),
                }
            }
        }
    }

    /// Where the papers below this cover sheet go, where they are no new case.
    pub(crate) fn goes_to(&self, cover: Option<&CoverSheet>) -> Option<&CaseId> {
        match cover? {
            CoverSheet::Case { case } => self.0.get(case).map(|case| &case.id),
            CoverSheet::NewCase { .. } => None,
        }
    }
}

/// The kind of the case that a pile makes: as its cover sheet says, else as is said of all, else
/// by its documents.
pub(crate) fn kind_of_pile(pile: &Pile, said: Option<CaseKind>) -> CaseKind {
    match &pile.cover {
        Some(CoverSheet::NewCase { kind, .. }) => *kind,
        Some(CoverSheet::Case { .. }) | None => {
            said.unwrap_or_else(|| kind_of(pile.kinds.iter().copied()))
        }
    }
}

impl<S: Store, E: ReadScan> Intake<'_, S, E> {
    /// Splits what came to a mission into the papers of its people.
    pub(crate) async fn sort(
        &self,
        sheets: &[Sheet],
        mission: &MissionCode,
    ) -> Result<(Split, Announced), IntakeError> {
        let mut announced = BTreeMap::new();
        for sheet in sheets {
            let Sight::Cover(text) = &sheet.sight else {
                continue;
            };
            let Ok(CoverSheet::Case { case: named }) = text.parse() else {
                continue;
            };
            if let Some(mut case) = self.store.load(&named).await? {
                while let Some(End::Joined { into }) = &case.end {
                    let into = into.clone();
                    let found = self.store.load(&into).await?;
                    case = found.ok_or(IntakeError::NoSuchCase(into))?;
                }
                announced.insert(named, case);
            }
        }
        let announced = Announced(announced);
        let split = split(sheets, |cover| announced.owner(cover, mission));
        Ok((split, announced))
    }
}
