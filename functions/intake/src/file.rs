//! A scan that was looked at goes into its case.

use casework::case::{Action, Case, CaseId, ScanPages, SentAnyway};
use casework::document::weigh;
use casework::finding_code::{FileFinding, RefusalCode};
use casework::ports::{ReadScan, Seen};
use casework::scan::{ScanId, ScanOutcome};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Intake, IntakeError, Store};

/// How filing a scan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// It is in its case now.
    Now,
    /// It was there already, with the same reading.
    Before,
}

impl<S: Store, E: ReadScan> Intake<'_, S, E> {
    /// Files a scan, or some of its pages, in its case. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`IntakeError`]; the scan is then to be filed again, except for `NotTaken`.
    pub async fn file(
        &self,
        id: &CaseId,
        pages: &ScanPages,
        at: Timestamp,
    ) -> Result<Filed, IntakeError> {
        let seen = self.seen(pages).await?;
        let case = self
            .store
            .load(id)
            .await?
            .ok_or_else(|| IntakeError::NoSuchCase(id.clone()))?;
        let outcome = match seen {
            Ok(_) if case.scans.iter().any(|f| f.scan == pages.scan) && case.end.is_some() => {
                return Ok(Filed::Before);
            }
            seen => self.outcome(&case, pages, seen).await?,
        };
        let action = Action::FileScan {
            scan: pages.scan.clone(),
            name: pages.name.clone(),
            outcome,
        };
        Ok(if self.act(id, at, &action).await? {
            Filed::Now
        } else {
            Filed::Before
        })
    }

    /// Notes what the sender of a scan had been warned of. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`IntakeError`]; it is then to be noted again, except for `NotTaken`.
    pub async fn note(
        &self,
        id: &CaseId,
        sent: &SentAnyway,
        at: Timestamp,
    ) -> Result<(), IntakeError> {
        let noted = Action::NoteSentAnyway(sent.clone());
        self.act(id, at, &noted).await.map(drop)
    }

    /// What was seen in a scan; read again where this reader has not looked. What is locked away was refused by
    /// another, and nobody looks again.
    ///
    /// # Errors
    /// [`IntakeError`] where the store or the reader failed.
    pub async fn seen(&self, pages: &ScanPages) -> Result<Seen, IntakeError> {
        if let Some(seen) = self.store.seen(&pages.scan, self.eyes.version()).await? {
            return Ok(seen);
        }
        match self.store.bytes(&pages.scan).await? {
            Some(bytes) => Ok(self.look(&bytes, Some(pages.name.reveal())).await?.seen),
            None if self.store.is_locked_away(&pages.scan).await? => {
                Ok(Err(RefusalCode::ActiveContent))
            }
            None => Err(IntakeError::NoSuchScan(pages.scan.clone())),
        }
    }

    async fn outcome(
        &self,
        case: &Case,
        pages: &ScanPages,
        seen: Seen,
    ) -> Result<ScanOutcome, IntakeError> {
        let mut outcome = outcome(seen, pages, case.manifest.received_on());
        // A scan shared page by page between the people of one stack is not a double.
        if let ScanOutcome::Read { findings, .. } = &mut outcome
            && pages.pages.is_none()
            && self.elsewhere(case, &pages.scan).await?
        {
            findings.push(FileFinding::SeenInOtherCase);
        }
        Ok(outcome)
    }

    async fn elsewhere(&self, case: &Case, scan: &ScanId) -> Result<bool, IntakeError> {
        Ok(self
            .store
            .holding(scan)
            .await?
            .iter()
            .any(|id| *id != case.id))
    }
}

/// What becomes of a scan, or some of its pages, that was seen so; of other cases it knows nothing.
pub fn outcome(seen: Seen, pages: &ScanPages, received_on: Date) -> ScanOutcome {
    let mut reading = match seen {
        Ok(reading) => reading,
        Err(code) => {
            return ScanOutcome::Refused {
                code,
                quarantined: code.quarantined(),
            };
        }
    };
    let ours = |page: u32| pages.pages.as_ref().is_none_or(|list| list.contains(&page));
    reading.readings.retain(|r| ours(r.page));
    reading.blank_pages.retain(|page| ours(*page));
    ScanOutcome::Read {
        pages: pages.pages.as_ref().map_or(reading.pages, |list| {
            u32::try_from(list.len()).unwrap_or(u32::MAX)
        }),
        page_sizes: reading.page_sizes,
        blank_pages: reading.blank_pages,
        documents: weigh(reading.readings, received_on),
        findings: reading.findings,
    }
}
