//! Whether a certificate was revoked: what lists and answers say, once their signatures are checked.
//!
//! The newest word about a certificate decides, if it still held when the message was received; a
//! revocation counts from its date on, however old the list (RFC 5280 §5, §6.3). Who speaks for an issuer:
//! the issuer's own key, or a responder that the issuer certified for just that (RFC 6960 §4.2.2.2).
//! A delta list can revoke, but its silence says nothing.
//!
//! Never here: fetching them.

mod answer;
mod list;
pub(crate) mod question;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::certificate::Certificate;
use crate::outcome::RevocationGap;
use crate::trust::{Authority, Trust};
use answer::Answer;
use list::List;

pub use answer::ANSWER_BYTES_MAX;
pub use list::LIST_BYTES_MAX;

/// How long evidence holds that does not say how long it does.
pub const UNDATED_EVIDENCE_HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// Revocation lists and OCSP answers whose signatures have been checked. A copy shares them.
#[derive(Debug, Default, Clone)]
pub struct Evidence {
    lists: Vec<Arc<List>>,
    answers: Vec<Arc<Answer>>,
}

/// Whoever can be asked whether a certificate was revoked. Waits for them: not for an async task.
pub trait Responder: std::fmt::Debug + Send + Sync {
    /// What came back to a question (RFC 6960 §4.1), not yet believed; none where nothing came in time.
    fn answer(&self, question: &[u8]) -> Option<Vec<u8>>;
}

/// Why something is no evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// The bytes are no revocation list, or no successful OCSP answer.
    #[error("not a revocation list or answer")]
    Malformed,
    /// It is larger than is read.
    #[error("too large")]
    TooLarge,
    /// It has a condition that must be understood and is not, such as a list for some reasons only.
    #[error("of a kind that is not understood")]
    Unsupported,
    /// It repeats another question's nonce.
    #[error("the answer to another question")]
    OtherQuestion,
    /// Nobody that is trusted, and entitled to, signed it.
    #[error("not signed by a trusted authority")]
    Untrusted,
}

impl From<der::Error> for EvidenceError {
    fn from(_: der::Error) -> Self {
        Self::Malformed
    }
}

/// What the evidence says of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Good,
    Revoked(Timestamp),
    Unknown(RevocationGap),
}

/// What one piece of evidence says, and from when until when.
#[derive(Debug, Clone, Copy)]
struct Word {
    says: Says,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Good,
    Unknown,
    Revoked(Timestamp),
}

impl Evidence {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a revocation list (RFC 5280 §5), complete or delta, in DER.
    ///
    /// # Errors
    /// It cannot be read, or nobody in `trust` signed it.
    pub fn add_list(&mut self, der: &[u8], trust: &Trust) -> Result<(), EvidenceError> {
        self.lists.push(Arc::new(List::of(der, trust)?));
        Ok(())
    }

    /// Takes an OCSP answer (RFC 6960 §4.2) in DER, to the question that had `nonce`, if it is known.
    ///
    /// # Errors
    /// It cannot be read, it answers another question, or nobody in `trust` signed it or had it signed.
    pub fn add_answer(
        &mut self,
        der: &[u8],
        nonce: Option<&[u8]>,
        trust: &Trust,
    ) -> Result<(), EvidenceError> {
        self.answers.push(Arc::new(Answer::of(der, nonce, trust)?));
        Ok(())
    }

    /// Whether `certificate` of `issuer` was revoked at `at`: the newest word decides.
    pub(crate) fn status(
        &self,
        certificate: &Certificate,
        issuer: &Authority,
        at: Timestamp,
    ) -> Status {
        let in_lists = self
            .lists
            .iter()
            .filter_map(|list| list.word(certificate, issuer));
        let in_answers = self
            .answers
            .iter()
            .filter_map(|answer| answer.word(certificate, issuer));
        // Of two words of the same moment, the worse.
        let newest = in_lists
            .chain(in_answers)
            .max_by_key(|word| (word.this_update, word.says));
        let Some(word) = newest else {
            return Status::Unknown(RevocationGap::NoEvidence);
        };
        match word.says {
            Says::Revoked(since) if since <= at => Status::Revoked(since),
            // Revoked later: so it was not when the message was received.
            Says::Revoked(_) => Status::Good,
            _ if !word.holds_at(at) => Status::Unknown(RevocationGap::Stale),
            Says::Good => Status::Good,
            Says::Unknown => Status::Unknown(RevocationGap::UnknownToResponder),
        }
    }
}

impl Word {
    fn holds_at(&self, at: Timestamp) -> bool {
        let until = self.next_update.or_else(|| {
            let until = self.this_update.checked_add(UNDATED_EVIDENCE_HOLDS);
            until.ok()
        });
        until.is_some_and(|until| at <= until)
    }
}
