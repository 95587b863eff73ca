//! Revocation lists (RFC 5280 §5) and OCSP answers (RFC 6960 §4.2).

use jiff::Timestamp;
use sha1::{Digest, Sha1};

use super::authority::Holder;
use super::der::{
    context, element, generalized_time, null, octets, oid, sequence, unsigned, utc_time,
};
use super::shape::{extension, signed};

/// A list to be signed. Change what a test is about.
#[derive(Debug, Clone)]
pub struct RevocationList {
    /// Of when it is.
    pub this_update: Timestamp,
    /// When the next one comes.
    pub next_update: Option<Timestamp>,
    /// Serial number, since when, and the extensions of each entry.
    pub entries: Vec<(Vec<u8>, Timestamp, Vec<u8>)>,
    /// Extensions of the list.
    pub extensions: Vec<Vec<u8>>,
}

impl RevocationList {
    /// A list on which nobody stands.
    pub const fn empty(this_update: Timestamp, next_update: Timestamp) -> Self {
        Self {
            this_update,
            next_update: Some(next_update),
            entries: Vec::new(),
            extensions: Vec::new(),
        }
    }

    /// The list, signed by that authority.
    pub fn sign(&self, authority: &Holder) -> Vec<u8> {
        let entries: Vec<_> = self.entries.iter().map(entry).collect();
        let optional = |part: Vec<u8>, there: bool| if there { part } else { Vec::new() };
        let content = sequence(&[
            unsigned(&[1]),
            authority.key.signature_algorithm(),
            authority.name.clone(),
            utc_time(self.this_update),
            self.next_update.map(utc_time).unwrap_or_default(),
            optional(sequence(&entries), !entries.is_empty()),
            optional(
                context(0, &sequence(&self.extensions)),
                !self.extensions.is_empty(),
            ),
        ]);
        signed(content, &authority.key, &[])
    }
}

fn entry((serial, since, extensions): &(Vec<u8>, Timestamp, Vec<u8>)) -> Vec<u8> {
    sequence(&[unsigned(serial), utc_time(*since), extensions.clone()])
}

/// The extension that makes a list a delta (RFC 5280 §5.2.4).
pub fn delta_of(number: u8) -> Vec<u8> {
    extension("2.5.29.27", true, &unsigned(&[number]))
}

/// The extension that gives an entry's reason (RFC 5280 §5.3.1): 6 on hold, 8 taken back.
pub fn reason(code: u8) -> Vec<u8> {
    sequence(&[extension("2.5.29.21", false, &element(10, &[code]))])
}

/// What an OCSP answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Not revoked.
    Good,
    /// Revoked, since then.
    Revoked(Timestamp),
    /// Not one of ours.
    Unknown,
}

/// An answer to be signed. Change what a test is about.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What it says.
    pub says: Says,
    /// Of when it is.
    pub this_update: Timestamp,
    /// Until when it holds.
    pub next_update: Option<Timestamp>,
    /// The nonce to repeat.
    pub nonce: Option<Vec<u8>>,
}

impl Answer {
    /// The answer of `authority` about `subject`, signed by `responder` with its certificate, or by the authority itself.
    pub fn sign(
        &self,
        subject: &Holder,
        authority: &Holder,
        responder: Option<&Holder>,
    ) -> Vec<u8> {
        let signer = responder.unwrap_or(authority);
        let single = sequence(&[
            certificate_named(subject, authority),
            self.status(),
            generalized_time(self.this_update),
            self.next_update
                .map(|at| context(0, &generalized_time(at)))
                .unwrap_or_default(),
        ]);
        let nonce = self.nonce.as_ref().map(|nonce| {
            let nonce = extension("1.3.6.1.5.5.7.48.1.2", false, &octets(nonce));
            context(1, &sequence(&[nonce]))
        });
        let content = sequence(&[
            context(1, &signer.name),
            generalized_time(self.this_update),
            sequence(&[single]),
            nonce.unwrap_or_default(),
        ]);
        let certificates = responder.map(|responder| {
            let all = sequence(std::slice::from_ref(&responder.certificate));
            context(0, &all)
        });
        let basic = signed(content, &signer.key, &certificates.unwrap_or_default());
        let bytes = sequence(&[oid("1.3.6.1.5.5.7.48.1.1"), octets(&basic)]);
        sequence(&[element(10, &[0]), context(0, &bytes)])
    }

    fn status(&self) -> Vec<u8> {
        match self.says {
            Says::Good => element(0x80, &[]),
            Says::Revoked(since) => context(1, &generalized_time(since)),
            Says::Unknown => element(0x82, &[]),
        }
    }
}

/// `CertID` (RFC 6960 §4.1.1).
pub fn certificate_named(subject: &Holder, authority: &Holder) -> Vec<u8> {
    sequence(&[
        sequence(&[oid("1.3.14.3.2.26"), null()]),
        octets(&Sha1::digest(&authority.name)),
        octets(&Sha1::digest(authority.key.public())),
        unsigned(&subject.serial),
    ])
}

/// An answer that is none: the responder is busy.
pub fn try_later() -> Vec<u8> {
    sequence(&[element(10, &[3])])
}
