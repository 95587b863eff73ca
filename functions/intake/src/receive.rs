//! An object came: it is claimed, looked at once, and goes into the case of its batch.
//!
//! A message may come twice, late or in any order, and an attempt may break off anywhere. What an
//! object brings is written before its batch is gathered: of two pieces that come at the same
//! time, the later one sees the other.

use casework::card::CheckedCard;
use casework::finding_code::RefusalCode;
use casework::ports::{ReadScan, Uploads};
use casework::scan::ScanId;
use casework::upload::{Arrived, Brings, Claimed, Upload, UploadEnd, UploadRefusal};
use jiff::{SignedDuration, Timestamp};

use crate::gather::Patience;
use crate::manifest::{FileRole, ManifestFile, TakeSettings};
use crate::{Intake, IntakeError, Store};

/// An attempt at an upload.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Its own name; no other attempt has it.
    pub name: &'a str,
    /// How long nobody else begins: longer than the attempt can last.
    pub lease: SignedDuration,
    /// What is said of all cases.
    pub settings: &'a TakeSettings,
    /// Whether the rest of its batch may still be waited for.
    pub patience: Patience,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// The upload has its end.
    Ended,
    /// It is kept, and waits for the rest of its batch.
    Waits,
    /// Another attempt works on it: ask again later.
    Held,
}

impl<S: Store + Uploads, E: ReadScan> Intake<'_, S, E> {
    /// Takes in an object. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`IntakeError`]; the object is then to be received again.
    pub async fn receive(
        &self,
        arrived: &Arrived,
        attempt: Attempt<'_>,
        at: Timestamp,
    ) -> Result<Received, IntakeError> {
        let object = &arrived.object;
        let known = self.store.upload(&object.batch(), &object.id()).await?;
        let upload = known.unwrap_or_else(|| Upload::new(object.clone(), at));
        self.go_at(upload, Some(arrived), attempt, at).await
    }

    /// Takes up an upload that has waited long enough: what it brought becomes a case even if
    /// nothing was said of it. What it brings is not known where no attempt came so far: then its
    /// object is looked at, if it is still there.
    ///
    /// # Errors
    /// [`IntakeError`]; it is then to be taken up again.
    pub async fn settle(
        &self,
        upload: Upload,
        arrived: Option<&Arrived>,
        attempt: Attempt<'_>,
        at: Timestamp,
    ) -> Result<Received, IntakeError> {
        if upload.brings.is_some() {
            let attempt = Attempt {
                patience: Patience::Over,
                ..attempt
            };
            return self.go_at(upload, None, attempt, at).await;
        }
        self.go_at(upload, arrived, attempt, at).await
    }

    async fn go_at(
        &self,
        upload: Upload,
        arrived: Option<&Arrived>,
        attempt: Attempt<'_>,
        at: Timestamp,
    ) -> Result<Received, IntakeError> {
        let (upload, given_up) = match upload.claimed(attempt.name, at, attempt.lease) {
            Claimed::Mine(upload) => (upload, false),
            Claimed::GivenUp(upload) => (upload, true),
            Claimed::Held => return Ok(Received::Held),
            Claimed::Ended(_) => return Ok(Received::Ended),
        };
        if !self.store.keep_upload(&upload).await? {
            return Ok(Received::Held);
        }
        // On the heap: its state is large, and every caller would hold it within its own.
        let received = Box::pin(self.work(&upload, arrived, given_up, attempt, at)).await;
        if received.is_err() {
            // Let go where that can be written; where it cannot, the lease runs out.
            let _ = self.store.keep_upload(&upload.released()).await;
        }
        received
    }

    async fn work(
        &self,
        upload: &Upload,
        arrived: Option<&Arrived>,
        given_up: bool,
        attempt: Attempt<'_>,
        at: Timestamp,
    ) -> Result<Received, IntakeError> {
        let settings = attempt.settings;
        let mut upload = upload.clone();
        if upload.brings.is_none() {
            upload = match self.brought(arrived, given_up, settings).await? {
                Ok(brings) => upload.bringing(brings),
                Err(end) => upload.ended(end),
            };
            if !self.store.keep_upload(&upload).await? {
                return Ok(Received::Held);
            }
        }
        if upload.end.is_some() {
            return Ok(Received::Ended);
        }
        let gathered = match &upload.brings {
            Some(Brings::Scan { scan }) if upload.object.is_loose() => {
                self.file_loose(&upload, scan, settings, at).await?
            }
            _ => {
                let batch = upload.object.batch();
                self.gather(&batch, attempt.patience, settings, at)
                    .await?
                    .is_some()
            }
        };
        if gathered {
            return Ok(Received::Ended);
        }
        self.store.keep_upload(&upload.released()).await?;
        Ok(Received::Waits)
    }

    /// What an object brings, or the end it has at once.
    async fn brought(
        &self,
        arrived: Option<&Arrived>,
        given_up: bool,
        settings: &TakeSettings,
    ) -> Result<Result<Brings, UploadEnd>, IntakeError> {
        let Some(arrived) = arrived else {
            return Ok(Err(refused(UploadRefusal::Gone, "")));
        };
        let object = &arrived.object;
        let role = FileRole::of(object.name());
        if role == FileRole::PassedOver || (object.is_loose() && role != FileRole::Scan) {
            return Ok(Err(UploadEnd::PassedOver));
        }
        let Some(bytes) = &arrived.bytes else {
            return Ok(Err(refused(UploadRefusal::TooLarge, "")));
        };
        if role == FileRole::Scan {
            let scan = if given_up {
                self.give_up(bytes).await?
            } else {
                self.look(bytes, Some(object.name())).await?.scan
            };
            return Ok(Ok(Brings::Scan { scan }));
        }
        if given_up {
            return Ok(Err(refused(UploadRefusal::GivenUp, "")));
        }
        let said = said(role, bytes, settings, object.put_at);
        Ok(said.map_err(|problem| refused(UploadRefusal::NotUsable, &problem)))
    }

    /// A scan at which every attempt broke off is one that cannot be read: its case says so.
    async fn give_up(&self, bytes: &[u8]) -> Result<ScanId, IntakeError> {
        let scan = self.store.keep(bytes).await?;
        let version = self.eyes.version();
        if self.store.seen(&scan, version).await?.is_none() {
            let refused = Err(RefusalCode::TookTooMuchMemory);
            self.store.keep_seen(&scan, version, &refused).await?;
        }
        Ok(scan)
    }
}

/// What a manifest or a card brings, where it can be used.
fn said(
    role: FileRole,
    bytes: &[u8],
    settings: &TakeSettings,
    came_at: Timestamp,
) -> Result<Brings, String> {
    let text =
        String::from_utf8(bytes.to_vec()).map_err(|_| "it is no text in UTF-8".to_owned())?;
    if role == FileRole::Card {
        serde_json::from_str::<CheckedCard>(&text).map_err(|e| e.to_string())?;
        return Ok(Brings::Card { text: text.into() });
    }
    let file: ManifestFile = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    // Its scans may come in any order, so none of them can say of what kind the case is.
    let kind = file.kind.or(settings.kind);
    let kind = kind.ok_or("kind: say \"permanent\" or \"temporary\"")?;
    let manifest = file
        .of_scans(settings, kind, Vec::new(), came_at)
        .map_err(|e| e.to_string())?;
    settings.due_at(&manifest).map_err(|e| e.to_string())?;
    Ok(Brings::Manifest { text: text.into() })
}

/// The end of an upload that cannot be used.
pub(crate) fn refused(why: UploadRefusal, problem: &str) -> UploadEnd {
    UploadEnd::Refused {
        why,
        problem: problem.into(),
    }
}
