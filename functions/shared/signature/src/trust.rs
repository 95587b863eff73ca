//! Who is trusted: the configured authorities, and the way from a certificate up to a root (RFC 5280 §6).
//!
//! Authorities come from configuration alone. A message cannot bring its own: the national hierarchy is
//! short and published, and a path that only an attacker could propose need not be searched.

use casework::personal::Personal;
use der::pem;
use jiff::Timestamp;

use crate::algorithm::PublicKey;
use crate::certificate::{Certificate, NotACertificate};
use crate::outcome::{Fault, Holder, Stop, Unsupported};

/// Authorities on the way to a root, the root included.
const DEPTH_MAX: usize = 4;

/// The configured authorities.
#[derive(Debug, Default)]
pub struct Trust {
    authorities: Vec<Authority>,
}

/// One configured authority.
#[derive(Debug)]
pub(crate) struct Authority {
    pub certificate: Certificate,
    pub key: PublicKey,
    pub subject: Personal<Vec<u8>>,
    is_root: bool,
}

/// Why an authority cannot be configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Neither DER nor PEM of one certificate.
    #[error("not an X.509 certificate in DER or PEM")]
    NotACertificate,
    /// Its key is of a kind that is not verified here.
    #[error("an authority's key of a kind that is not verified")]
    Key,
}

impl From<NotACertificate> for TrustError {
    fn from(_: NotACertificate) -> Self {
        Self::NotACertificate
    }
}

impl Trust {
    /// Nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts a root: DER or PEM. A root may be an authority below the national one, where only that is to be trusted.
    ///
    /// # Errors
    /// Something else than a certificate with a key of a known kind.
    pub fn add_root(&mut self, certificate: &[u8]) -> Result<(), TrustError> {
        self.add(certificate, true)
    }

    /// Knows an authority that is trusted where its chain leads to a root: DER or PEM.
    ///
    /// # Errors
    /// Something else than a certificate with a key of a known kind.
    pub fn add_authority(&mut self, certificate: &[u8]) -> Result<(), TrustError> {
        self.add(certificate, false)
    }

    fn add(&mut self, bytes: &[u8], is_root: bool) -> Result<(), TrustError> {
        let certificate = if bytes.starts_with(b"-----BEGIN") {
            let (_label, der) = pem::decode_vec(bytes).map_err(|_| NotACertificate)?;
            Certificate::of(&der)?
        } else {
            Certificate::of(bytes)?
        };
        let key = certificate.key().map_err(|_| TrustError::Key)?;
        let subject = certificate.subject().into();
        self.authorities.push(Authority {
            certificate,
            key,
            subject,
            is_root,
        });
        Ok(())
    }

    /// The authorities from the issuer of `certificate` up to a root, each checked to have signed the one before.
    ///
    /// Their validity at `at` and their right to issue are checked; the validity of `certificate` too.
    pub(crate) fn chain(
        &self,
        certificate: &Certificate,
        at: Timestamp,
    ) -> Result<Vec<&Authority>, Stop> {
        is_valid_at(certificate, at, Holder::Signer)?;
        let mut chain: Vec<&Authority> = Vec::new();
        let mut current = certificate;
        while chain.len() < DEPTH_MAX {
            let issuer = self.issuer_of(current)?;
            is_valid_at(&issuer.certificate, at, Holder::Authority)?;
            may_issue(&issuer.certificate, chain.len())?;
            chain.push(issuer);
            if issuer.is_root {
                return Ok(chain);
            }
            current = &issuer.certificate;
        }
        Err(Fault::IssuerUnknown.into())
    }

    /// The authority that signed `certificate`.
    fn issuer_of(&self, certificate: &Certificate) -> Result<&Authority, Stop> {
        if certificate.has_unknown_condition() {
            return Err(Unsupported::CriticalExtension.into());
        }
        let named = self.named_as_issuer(certificate);
        let mut fault = Fault::IssuerUnknown;
        for authority in named {
            if certificate.is_signed_by(&authority.key)? {
                return Ok(authority);
            }
            fault = Fault::CertificateForged;
        }
        Err(fault.into())
    }

    /// The authorities whose name, and key identifier if both say one, `certificate` names.
    fn named_as_issuer(&self, certificate: &Certificate) -> Vec<&Authority> {
        let name = certificate.issuer();
        let wanted = certificate.issuer_key_identifier();
        let named = self.authorities.iter();
        let named = named.filter(|authority| *authority.subject.reveal() == name);
        named
            .filter(|authority| {
                let own = authority.certificate.key_identifier();
                own.is_none() || wanted.is_none() || own == wanted
            })
            .collect()
    }

    /// All authorities.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Authority> {
        self.authorities.iter()
    }

    /// The authorities of that name.
    pub(crate) fn called<'a>(&'a self, name: &'a [u8]) -> impl Iterator<Item = &'a Authority> {
        let all = self.authorities.iter();
        all.filter(move |authority| authority.subject.reveal() == name)
    }
}

/// RFC 5280 §6.1.3 (a)(2).
pub(crate) fn is_valid_at(
    certificate: &Certificate,
    at: Timestamp,
    holder: Holder,
) -> Result<(), Fault> {
    let (from, until) = certificate.validity();
    if at < from {
        return Err(Fault::NotYetValid { holder });
    }
    if at > until {
        return Err(Fault::Expired { holder });
    }
    Ok(())
}

/// RFC 5280 §6.1.4 (k)–(n): an authority, with as many authorities below it as it allows, whose key signs certificates.
fn may_issue(certificate: &Certificate, below: usize) -> Result<(), Fault> {
    let constraints = certificate.constraints();
    let is_authority = constraints.is_some_and(|constraints| {
        let most = constraints.path_len_constraint.map(usize::from);
        constraints.ca && most.is_none_or(|most| below <= most)
    });
    let signs = certificate
        .key_usage()
        .is_none_or(|usage| usage.key_cert_sign());
    if is_authority && signs {
        Ok(())
    } else {
        Err(Fault::IssuerUnfit)
    }
}
