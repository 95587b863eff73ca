//! A manifest opens its case, or goes on with one that is open.

use casework::case::{Action, Case, CaseId, Change, End, Manifest, NotNow, open};
use casework::crosscheck::surroundings;
use casework::ports::{Append, ReadScan};
use jiff::Timestamp;

use crate::{ATTEMPTS_MAX, INTAKE, Intake, IntakeError, Store};

impl<S: Store, E: ReadScan> Intake<'_, S, E> {
    /// The case of this manifest: the one it opened before, one that it goes on with
    /// (same application, more scans), or a new one.
    ///
    /// # Errors
    /// [`IntakeError`] where the store failed or others kept changing the case.
    pub async fn open(
        &self,
        manifest: &Manifest,
        due_at: Timestamp,
        at: Timestamp,
    ) -> Result<CaseId, IntakeError> {
        if let Some(known) = self.case_of(manifest, at).await? {
            return Ok(known);
        }
        let opened =
            open(manifest.clone(), due_at, &INTAKE, at).map_err(|why| IntakeError::NotTaken {
                case: CaseId::of(manifest),
                why,
            })?;
        let id = opened.case.id.clone();
        // A conflict means that the same manifest was faster elsewhere.
        match self.write(&opened).await? {
            Append::Done | Append::Conflict { .. } => Ok(id),
        }
    }

    async fn case_of(
        &self,
        manifest: &Manifest,
        at: Timestamp,
    ) -> Result<Option<CaseId>, IntakeError> {
        if let Some(case) = self.store.load(&CaseId::of(manifest)).await? {
            return Ok(Some(self.where_it_went(case).await?));
        }
        for pages in &manifest.scans {
            for id in self.store.holding(&pages.scan).await? {
                let Some(case) = self.store.load(&id).await? else {
                    continue;
                };
                if case.end.is_none() && manifest.goes_on_with(&case.manifest) {
                    return self.go_on(case, manifest, at).await.map(Some);
                }
            }
        }
        Ok(None)
    }

    /// A case that was joined into another is found there.
    pub(crate) async fn where_it_went(&self, mut case: Case) -> Result<CaseId, IntakeError> {
        while let Some(End::Joined { into }) = case.end {
            case = self
                .store
                .load(&into)
                .await?
                .ok_or(IntakeError::NoSuchCase(into))?;
        }
        Ok(case.id)
    }

    /// A card that came later is declared now.
    async fn go_on(
        &self,
        case: Case,
        manifest: &Manifest,
        at: Timestamp,
    ) -> Result<CaseId, IntakeError> {
        let id = case.id.clone();
        let Some(card) = manifest.card.clone().filter(|_| case.declared.is_none()) else {
            return Ok(id);
        };
        self.act(&id, at, &Action::DeclareCard(card)).await?;
        Ok(id)
    }

    async fn write(&self, change: &Change) -> Result<Append, IntakeError> {
        Ok(self
            .store
            .append(
                change.expected_version,
                &change.events,
                &change.case,
                &change.notices,
            )
            .await?)
    }

    /// Applies an action to the case as it stands, and again where others were faster.
    /// Whether anything changed.
    pub(crate) async fn act(
        &self,
        id: &CaseId,
        at: Timestamp,
        action: &Action,
    ) -> Result<bool, IntakeError> {
        for _ in 0..ATTEMPTS_MAX {
            let case = self
                .store
                .load(id)
                .await?
                .ok_or_else(|| IntakeError::NoSuchCase(id.clone()))?;
            let around = surroundings(self.store, &case, action).await?;
            let change = match case.apply(action.clone(), &INTAKE, at, &around) {
                Ok(change) => change,
                Err(NotNow::Nothing) => return Ok(false),
                Err(why) => {
                    return Err(IntakeError::NotTaken {
                        case: id.clone(),
                        why,
                    });
                }
            };
            if self.write(&change).await? == Append::Done {
                return Ok(true);
            }
        }
        Err(IntakeError::Busy(id.clone()))
    }
}
