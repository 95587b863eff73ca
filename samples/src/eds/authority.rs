//! An authority that issues certificates, and those who hold them.

use sha1::{Digest, Sha1};

use super::der::{context, sequence, unsigned, utc_time};
use super::key::Key;
use super::shape::{Shape, signed};

/// A certificate and its private key.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The certificate in DER.
    pub certificate: Vec<u8>,
    /// Its private key.
    pub key: Key,
    /// The subject's `Name`.
    pub name: Vec<u8>,
    /// The issuer's `Name`.
    pub issuer: Vec<u8>,
    /// The serial number, without a sign.
    pub serial: Vec<u8>,
}

impl Holder {
    /// An authority that answers to nobody.
    pub fn root(shape: &Shape, key: Key) -> Self {
        let issuer = Self {
            certificate: Vec::new(),
            name: shape.name(),
            issuer: shape.name(),
            serial: Vec::new(),
            key: key.clone(),
        };
        issuer.issue(shape, key)
    }

    /// Issues a certificate of that shape over that key.
    #[must_use]
    pub fn issue(&self, shape: &Shape, key: Key) -> Self {
        let own = identifier(&key);
        let serial = shape.serial.clone().unwrap_or_else(|| own.clone());
        let content = sequence(&[
            context(0, &unsigned(&[2])),
            unsigned(&serial),
            self.key.signature_algorithm(),
            self.name.clone(),
            sequence(&[utc_time(shape.from), utc_time(shape.until)]),
            shape.name(),
            key.info(),
            shape.extensions(&own, &identifier(&self.key)),
        ]);
        Self {
            certificate: signed(content, &self.key, &[]),
            name: shape.name(),
            issuer: self.name.clone(),
            serial,
            key,
        }
    }
}

/// The first method of RFC 5280 §4.2.1.2, with a bit set so that a serial number made of it is positive.
fn identifier(key: &Key) -> Vec<u8> {
    let mut digest = Sha1::digest(key.public()).to_vec();
    if let Some(first) = digest.first_mut() {
        *first = *first & 0x3f | 0x40;
    }
    digest
}
