//! A certificate revocation list (RFC 5280 §5).
//!
//! The national authority's lists have hundreds of thousands of entries: the bytes are kept as they came
//! and walked entry by entry.

use const_oid::AssociatedOid;
use der::asn1::{AnyRef, BitString, GeneralizedTime, IntRef};
use der::{Decode, Encode, Header, Reader, SliceReader, Tag};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use x509_cert::crl::RevokedCert;
use x509_cert::ext::Extension;
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::{BaseCrlNumber, CrlReason, IssuingDistributionPoint};
use x509_cert::name::Name;
use x509_cert::time::Time;

use super::{EvidenceError, Says, Word};
use crate::algorithm::scheme_named;
use crate::certificate::{Certificate, moment};
use crate::oid;
use crate::trust::{Authority, Trust};

/// Larger lists are not read.
pub const LIST_BYTES_MAX: usize = 256 * 1024 * 1024;

/// A list whose signature has been checked.
pub(super) struct List {
    /// One after the other, as they came.
    entries: Vec<u8>,
    /// The key that signed it, and its name.
    issuer: (Vec<u8>, Vec<u8>),
    this_update: Timestamp,
    next_update: Option<Timestamp>,
    scope: Scope,
}

/// Of what certificates the list speaks.
#[derive(Debug, Clone, Copy, Default)]
struct Scope {
    is_delta: bool,
    only_persons: bool,
    only_authorities: bool,
}

/// What stands before and behind the entries.
struct Frame<'a> {
    issuer: Name,
    this_update: Time,
    next_update: Option<Time>,
    entries: &'a [u8],
    extensions: Extensions,
}

impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("List")
            .field("size_bytes", &self.entries.len())
            .field("this_update", &self.this_update)
            .finish_non_exhaustive()
    }
}

impl List {
    pub fn of(der: &[u8], trust: &Trust) -> Result<Self, EvidenceError> {
        if der.len() > LIST_BYTES_MAX {
            return Err(EvidenceError::TooLarge);
        }
        let mut reader = SliceReader::new(der)?;
        let (signed, algorithm, signature) = reader.sequence(|reader| {
            let signed = reader.tlv_bytes()?;
            let algorithm = AlgorithmIdentifierOwned::decode(reader)?;
            Ok::<_, der::Error>((signed, algorithm, BitString::decode(reader)?))
        })?;
        reader.finish()?;
        let frame = frame(signed, &algorithm)?;
        let scope = scope(&frame.extensions)?;
        let name = frame.issuer.to_der()?;
        let scheme = scheme_named(&algorithm).map_err(|_| EvidenceError::Unsupported)?;
        let issuer = trust.called(&name).find(|authority| {
            let usage = authority.certificate.key_usage();
            usage.is_none_or(|usage| usage.crl_sign())
                && authority.key.scheme() == scheme
                && authority
                    .key
                    .verifies(signed, signature.as_bytes().unwrap_or_default())
        });
        let issuer = issuer.ok_or(EvidenceError::Untrusted)?;
        let issuer = (
            issuer.subject.reveal().clone(),
            issuer.certificate.key_bits().to_vec(),
        );
        check(frame.entries)?;
        Ok(Self {
            entries: frame.entries.to_vec(),
            issuer,
            this_update: moment(frame.this_update),
            next_update: frame.next_update.map(moment),
            scope,
        })
    }

    /// What it says of `certificate`; nothing if it is another issuer's, or speaks of other certificates.
    pub fn word(&self, certificate: &Certificate, issuer: &Authority) -> Option<Word> {
        let (name, key) = &self.issuer;
        if issuer.subject.reveal() != name || issuer.certificate.key_bits() != key {
            return None;
        }
        let says = match self.entry(certificate.serial()) {
            Some(entry) => revoked_since(&entry)?,
            None if self.covers(certificate) => Says::Good,
            None => return None,
        };
        Some(Word {
            says,
            this_update: self.this_update,
            next_update: self.next_update,
        })
    }

    /// Whether its silence about `certificate` means that it is good.
    fn covers(&self, certificate: &Certificate) -> bool {
        let is_authority = certificate.constraints().is_some_and(|c| c.ca);
        let (_, until) = certificate.validity();
        // Certificates that have expired are taken off the lists (RFC 5280 §5.2.3 lets them).
        let expired_before = until < self.this_update;
        let other_kind = if is_authority {
            self.scope.only_persons
        } else {
            self.scope.only_authorities
        };
        !(self.scope.is_delta || expired_before || other_kind)
    }

    /// The entry of that serial number. Only the number of each is read: all were read whole when the list came.
    fn entry(&self, serial: &[u8]) -> Option<RevokedCert> {
        let mut reader = SliceReader::new(&self.entries).ok()?;
        while !reader.is_finished() {
            let entry = reader.tlv_bytes().ok()?;
            let mut inside = SliceReader::new(entry).ok()?;
            Header::decode(&mut inside).ok()?;
            if IntRef::decode(&mut inside).ok()?.as_bytes() == serial {
                return RevokedCert::from_der(entry).ok();
            }
        }
        None
    }
}

/// RFC 5280 §5.1.2: `TBSCertList`. `algorithm` is the one outside, which must be the one inside.
fn frame<'a>(
    signed: &'a [u8],
    algorithm: &AlgorithmIdentifierOwned,
) -> Result<Frame<'a>, EvidenceError> {
    let mut reader = SliceReader::new(signed)?;
    let frame = reader.sequence(|reader| {
        if next_is(reader, Tag::Integer)? {
            u8::decode(reader)?;
        }
        let inside = AlgorithmIdentifierOwned::decode(reader)?;
        if inside != *algorithm {
            return Err(der::Error::from(der::ErrorKind::Failed));
        }
        let issuer = Name::decode(reader)?;
        let this_update = Time::decode(reader)?;
        let dated = next_is(reader, Tag::UtcTime)? || next_is(reader, Tag::GeneralizedTime)?;
        let next_update = dated.then(|| Time::decode(reader)).transpose()?;
        let listed = next_is(reader, Tag::Sequence)?;
        let entries = if listed {
            AnyRef::decode(reader)?.value()
        } else {
            &[]
        };
        let extensions = reader.context_specific(der::TagNumber(0), der::TagMode::Explicit)?;
        Ok(Frame {
            issuer,
            this_update,
            next_update,
            entries,
            extensions: extensions.unwrap_or_default(),
        })
    })?;
    reader.finish()?;
    Ok(frame)
}

/// RFC 5280 §5.2: a condition that is not understood makes the list unusable.
fn scope(extensions: &[Extension]) -> Result<Scope, EvidenceError> {
    let mut scope = Scope::default();
    for extension in extensions {
        match extension.extn_id {
            BaseCrlNumber::OID => scope.is_delta = true,
            IssuingDistributionPoint::OID => {
                let point = IssuingDistributionPoint::from_der(extension.extn_value.as_bytes())?;
                let partial = point.indirect_crl
                    || point.only_contains_attribute_certs
                    || point.only_some_reasons.is_some();
                if partial {
                    return Err(EvidenceError::Unsupported);
                }
                scope.only_persons = point.only_contains_user_certs;
                scope.only_authorities = point.only_contains_ca_certs;
            }
            _ if extension.critical => return Err(EvidenceError::Unsupported),
            _ => {}
        }
    }
    Ok(scope)
}

/// RFC 5280 §5.3: since when it is revoked; nothing if the entry takes a revocation back.
fn revoked_since(entry: &RevokedCert) -> Option<Says> {
    let extensions = entry.crl_entry_extensions.as_deref().unwrap_or_default();
    let value = |oid| {
        let found = extensions.iter().find(|extension| extension.extn_id == oid);
        found.map(|extension| extension.extn_value.as_bytes())
    };
    let reason = value(CrlReason::OID).and_then(|der| CrlReason::from_der(der).ok());
    if reason == Some(CrlReason::RemoveFromCRL) {
        return None;
    }
    let revoked = moment(entry.revocation_date);
    let invalid = value(oid::INVALIDITY_DATE).and_then(|der| GeneralizedTime::from_der(der).ok());
    let invalid = invalid.map(|date| moment(Time::GeneralTime(date)));
    Some(Says::Revoked(
        invalid.map_or(revoked, |date| date.min(revoked)),
    ))
}

/// Whether each entry is one.
fn check(entries: &[u8]) -> der::Result<()> {
    let mut reader = SliceReader::new(entries)?;
    while !reader.is_finished() {
        <RevokedCert>::decode(&mut reader)?;
    }
    Ok(())
}

fn next_is<'a>(reader: &impl Reader<'a>, tag: Tag) -> der::Result<bool> {
    Ok(!reader.is_finished() && Header::peek(reader)?.tag() == tag)
}
