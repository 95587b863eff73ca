//! Keep a scan, then read it: once per content and reader.

use casework::ports::{ReadScan, Seen};
use casework::scan::ScanId;

use crate::{Intake, IntakeError, Store};

/// A scan that was kept and looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    /// Its name by content.
    pub scan: ScanId,
    /// What was seen.
    pub seen: Seen,
}

impl<S: Store, E: ReadScan> Intake<'_, S, E> {
    /// Keeps the bytes first, so that nothing a reader does can lose them; what turns out
    /// unsafe is locked away.
    ///
    /// # Errors
    /// [`IntakeError`] where the store or the reader failed; the bytes are then to be given again.
    pub async fn look(&self, bytes: &[u8], name: Option<&str>) -> Result<Looked, IntakeError> {
        let scan = self.store.keep(bytes).await?;
        if let Some(seen) = self.store.seen(&scan, self.eyes.version()).await? {
            return Ok(Looked { scan, seen });
        }
        let seen = self.eyes.read(bytes, name).await?;
        if seen.as_ref().is_err_and(|code| code.quarantined()) {
            self.store.quarantine(bytes).await?;
        }
        self.store
            .keep_seen(&scan, self.eyes.version(), &seen)
            .await?;
        Ok(Looked { scan, seen })
    }
}
