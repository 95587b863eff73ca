//! A batch of the queue's messages: each is taken by itself, and only those that failed come again.

use casework::ports::{Inbox, ReadScan, StoreError, Uploads};
use jiff::Timestamp;

use crate::event::{NoEvent, key_in};
use crate::{Attempt, Intake, IntakeError, Received, Store};

/// Largest object that is looked at, bytes.
pub const SIZE_BYTES_MAX: u64 = 64 << 20;

/// How a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Its upload has its end, or waits for its batch; or there is nothing to take.
    Done(Done),
    /// Another attempt works on its upload.
    Held,
}

/// Why a message is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Its upload has its end.
    Ended,
    /// Its upload waits for the rest of its batch.
    Waits,
    /// It names no object of the inbox, or one that is there no more.
    NothingThere,
}

/// Why a message failed. It comes again.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// Nobody understands it: it ends in the dead-letter queue.
    #[error(transparent)]
    NoEvent(#[from] NoEvent),
    /// The inbox did not answer.
    #[error(transparent)]
    Inbox(#[from] StoreError),
    /// The intake stopped.
    #[error(transparent)]
    Intake(#[from] IntakeError),
}

impl MessageError {
    /// A word for alarms that does not change.
    pub const fn error_type(&self) -> &'static str {
        match self {
            Self::NoEvent(_) => "NoEvent",
            Self::Inbox(StoreError::Transient(_))
            | Self::Intake(IntakeError::Store(StoreError::Transient(_))) => "StoreBusy",
            Self::Inbox(StoreError::Permanent(_))
            | Self::Intake(IntakeError::Store(StoreError::Permanent(_))) => "StoreBroken",
            Self::Intake(IntakeError::Reader(_)) => "ReaderFailed",
            Self::Intake(IntakeError::Busy(_) | IntakeError::StackBusy(_)) => "CaseBusy",
            Self::Intake(
                IntakeError::NotTaken { .. }
                | IntakeError::Manifest(_)
                | IntakeError::NoSuchCase(_)
                | IntakeError::NoSuchStack(_)
                | IntakeError::NoSuchScan(_),
            ) => "RecordsDisagree",
        }
    }
}

impl<S: Store + Uploads, E: ReadScan> Intake<'_, S, E> {
    /// Takes what a message names.
    ///
    /// # Errors
    /// [`MessageError`]; the message is then to come again.
    pub async fn take_message(
        &self,
        inbox: &impl Inbox,
        message: &str,
        attempt: Attempt<'_>,
        at: Timestamp,
    ) -> Result<Message, MessageError> {
        let Some(named) = key_in(message)?.filter(|named| named.bucket == inbox.bucket()) else {
            return Ok(Message::Done(Done::NothingThere));
        };
        let Some(arrived) = inbox.fetch(&named.key, SIZE_BYTES_MAX).await? else {
            return Ok(Message::Done(Done::NothingThere));
        };
        Ok(match self.receive(&arrived, attempt, at).await? {
            Received::Ended => Message::Done(Done::Ended),
            Received::Waits => Message::Done(Done::Waits),
            Received::Held => Message::Held,
        })
    }
}
