//! What fell through: objects of which no message came, uploads that have no end.
//!
//! Events may be lost and messages given up, and a scan whose manifest never comes waits for it:
//! whoever compares the inbox with the records finds all of them.

use casework::personal::Personal;
use casework::ports::{Inbox, Listed, ReadScan, Uploads};
use casework::upload::{BatchId, Upload};
use jiff::{SignedDuration, Timestamp};

use crate::messages::SIZE_BYTES_MAX;
use crate::{Attempt, Intake, IntakeError, Store};

/// Uploads without an end that are looked at in one run.
const WITHOUT_END_MAX: u32 = 1000;

/// A run of the reconciler.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The attempt that each upload sees.
    pub attempt: Attempt<'a>,
    /// How long messages, and the rest of a batch, are waited for.
    pub grace: SignedDuration,
    /// The clock.
    pub now: fn() -> Timestamp,
    /// The object after which the inbox is compared: where the run before stopped.
    pub after: Option<&'a str>,
    /// When nothing more is begun; the next run goes on.
    pub until: Timestamp,
}

/// What a run found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Objects of the inbox that were compared.
    pub listed: u64,
    /// Objects of which there was no record; they were taken.
    pub lost: u64,
    /// Uploads without an end that were taken up again.
    pub without_end: u64,
    /// Of all these, those that failed once more.
    pub failed: u64,
    /// The last object that was compared, where the time was not enough for those after it.
    pub stopped_after: Option<Personal<String>>,
}

impl<S: Store + Uploads, E: ReadScan> Intake<'_, S, E> {
    /// Compares the inbox with the records, and takes what fell through.
    ///
    /// # Errors
    /// [`IntakeError`] where the inbox cannot be listed or the records not be asked.
    pub async fn reconcile(
        &self,
        inbox: &impl Inbox,
        run: Run<'_>,
    ) -> Result<Reconciled, IntakeError> {
        let mut found = Reconciled::default();
        let begun = (run.now)();
        let half = run.until.duration_since(begun) / 2;
        let half = begun.saturating_add(half).unwrap_or(run.until);
        // Neither an inbox of any size nor uploads that fail again and again keep the other waiting.
        let first = Run { until: half, ..run };
        self.take_up_all(inbox, first, &mut found).await?;
        self.compare_all(inbox, run, &mut found).await?;
        Ok(found)
    }

    /// Takes up the uploads that have no end, the oldest first.
    async fn take_up_all(
        &self,
        inbox: &impl Inbox,
        run: Run<'_>,
        found: &mut Reconciled,
    ) -> Result<(), IntakeError> {
        let old = (run.now)().saturating_sub(run.grace);
        let old = old.unwrap_or(Timestamp::MIN);
        for upload in self.store.without_end(old, WITHOUT_END_MAX).await? {
            if (run.now)() >= run.until {
                break;
            }
            found.without_end += 1;
            let taken = self.take_up(inbox, upload, run).await;
            found.failed += u64::from(taken.is_err());
        }
        Ok(())
    }

    /// Compares the inbox with the records from where the run before stopped, as far as time allows.
    async fn compare_all(
        &self,
        inbox: &impl Inbox,
        run: Run<'_>,
        found: &mut Reconciled,
    ) -> Result<(), IntakeError> {
        found.stopped_after = run.after.map(Personal::from);
        loop {
            let after = found.stopped_after.as_ref();
            let page = inbox.list(after.map(|key| key.reveal().as_str())).await?;
            if page.is_empty() {
                found.stopped_after = None;
                return Ok(());
            }
            if !self.compare(inbox, &page, run, found).await? {
                return Ok(());
            }
        }
    }

    /// Takes what of a page of the listing has no record; whether there was time for all of it.
    async fn compare(
        &self,
        inbox: &impl Inbox,
        page: &[Listed],
        run: Run<'_>,
        found: &mut Reconciled,
    ) -> Result<bool, IntakeError> {
        let mut known: Option<(BatchId, Vec<Upload>)> = None;
        for listed in page {
            let at = (run.now)();
            if at >= run.until {
                return Ok(false);
            }
            found.listed += 1;
            found.stopped_after = Some(listed.key.clone());
            if at.duration_since(listed.put_at) < run.grace {
                continue;
            }
            let batch = BatchId::of(inbox.bucket(), listed.key.reveal());
            let uploads = match known.take().filter(|(of, _)| *of == batch) {
                Some((_, uploads)) => uploads,
                None => self.store.of_batch(&batch).await?,
            };
            let recorded = uploads.iter().any(|upload| listed.is(&upload.object));
            known = Some((batch, uploads));
            if !recorded {
                found.lost += 1;
                let taken = self.take_lost(inbox, listed.key.reveal(), run).await;
                found.failed += u64::from(taken.is_err());
            }
        }
        Ok(true)
    }

    async fn take_lost(
        &self,
        inbox: &impl Inbox,
        key: &str,
        run: Run<'_>,
    ) -> Result<(), IntakeError> {
        if let Some(arrived) = inbox.fetch(key, SIZE_BYTES_MAX).await? {
            self.receive(&arrived, run.attempt, (run.now)()).await?;
        }
        Ok(())
    }

    /// What it brings is known: enough was waited for the rest. Else its object is looked at.
    async fn take_up(
        &self,
        inbox: &impl Inbox,
        upload: Upload,
        run: Run<'_>,
    ) -> Result<(), IntakeError> {
        let mut arrived = None;
        if upload.brings.is_none() {
            let key = upload.object.key.reveal();
            let there = inbox.fetch(key, SIZE_BYTES_MAX).await?;
            arrived = there.filter(|there| there.object.id() == upload.object.id());
        }
        self.settle(upload, arrived.as_ref(), run.attempt, (run.now)())
            .await?;
        Ok(())
    }
}
