//! An OCSP answer (RFC 6960 §4.2).

use der::asn1::{Any, AnyRef, BitString, GeneralizedTime, ObjectIdentifier, OctetString};
use der::{Decode, Enumerated, Reader, Sequence, SliceReader, Tag, Tagged};
use jiff::Timestamp;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use streebog::Streebog512;
use x509_cert::ext::Extensions;
use x509_cert::serial_number::SerialNumber;
use x509_cert::time::Time;

use super::{EvidenceError, Says, Word};
use crate::algorithm::{PublicKey, scheme_named};
use crate::certificate::{Certificate, moment};
use crate::oid;
use crate::outcome::Holder;
use crate::trust::{Authority, Trust, is_valid_at};

/// Larger answers are not read: an honest one has a few KiB.
pub const ANSWER_BYTES_MAX: usize = 256 * 1024;
/// More certificates in an answer are not tried.
const RESPONDERS_MAX: usize = 4;

/// An answer whose signature has been checked.
#[derive(Debug)]
pub(super) struct Answer {
    responses: Vec<SingleResponse>,
    /// The name and the key of the authority that speaks, itself or through its responder.
    issuer: (Vec<u8>, Vec<u8>),
}

/// RFC 6960 §4.2.1.
#[derive(Sequence)]
struct OcspResponse {
    status: ResponseStatus,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    bytes: Option<ResponseBytes>,
}

#[derive(Clone, Copy, PartialEq, Eq, Enumerated)]
#[repr(u8)]
enum ResponseStatus {
    Successful = 0,
    MalformedRequest = 1,
    InternalError = 2,
    TryLater = 3,
    SignatureRequired = 5,
    Unauthorized = 6,
}

#[derive(Sequence)]
struct ResponseBytes {
    kind: ObjectIdentifier,
    response: OctetString,
}

/// `BasicOCSPResponse`, with what was signed as it came.
struct Basic<'a> {
    signed: &'a [u8],
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
    certificates: Vec<&'a [u8]>,
}

#[derive(Sequence)]
struct ResponseData<'a> {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    version: Option<u8>,
    /// By name or by key; the signature tells who it is.
    responder: AnyRef<'a>,
    produced_at: GeneralizedTime,
    responses: Vec<SingleResponse>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    extensions: Option<Extensions>,
}

#[derive(Debug, Sequence)]
struct SingleResponse {
    id: CertId,
    /// `[0]` good, `[1]` revoked, `[2]` unknown.
    status: Any,
    this_update: GeneralizedTime,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    next_update: Option<GeneralizedTime>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    extensions: Option<Extensions>,
}

/// RFC 6960 §4.1.1.
#[derive(Debug, Sequence)]
pub(super) struct CertId {
    pub hash: AlgorithmIdentifierOwned,
    pub issuer_name_hash: OctetString,
    pub issuer_key_hash: OctetString,
    pub serial: SerialNumber,
}

impl Answer {
    pub fn of(der: &[u8], nonce: Option<&[u8]>, trust: &Trust) -> Result<Self, EvidenceError> {
        if der.len() > ANSWER_BYTES_MAX {
            return Err(EvidenceError::TooLarge);
        }
        let response = OcspResponse::from_der(der)?;
        let bytes = response.bytes.ok_or(EvidenceError::Malformed)?;
        if response.status != ResponseStatus::Successful || bytes.kind != oid::OCSP_BASIC {
            return Err(EvidenceError::Malformed);
        }
        let basic = basic(bytes.response.as_bytes())?;
        let data = ResponseData::from_der(basic.signed)?;
        let extensions = data.extensions.unwrap_or_default();
        if extensions.iter().any(|extension| extension.critical) {
            return Err(EvidenceError::Unsupported);
        }
        // Many responders send none: then only the dates speak for the answer.
        let repeated = extensions.iter().find(|e| e.extn_id == oid::OCSP_NONCE);
        let repeated = repeated.map(|e| OctetString::from_der(e.extn_value.as_bytes()));
        if let (Some(asked), Some(repeated)) = (nonce, repeated)
            && repeated?.as_bytes() != asked
        {
            return Err(EvidenceError::OtherQuestion);
        }
        let produced_at = time(data.produced_at);
        let issuer = trust
            .all()
            .find(|authority| basic.speaks_for(authority, produced_at));
        let issuer = issuer.ok_or(EvidenceError::Untrusted)?;
        Ok(Self {
            responses: data.responses,
            issuer: (
                issuer.subject.reveal().clone(),
                issuer.certificate.key_bits().to_vec(),
            ),
        })
    }

    /// What it says of `certificate`; nothing if it speaks of others, or is not its issuer's.
    pub fn word(&self, certificate: &Certificate, issuer: &Authority) -> Option<Word> {
        let (name, key) = &self.issuer;
        if issuer.subject.reveal() != name || issuer.certificate.key_bits() != key {
            return None;
        }
        let mut about = self.responses.iter().filter(|response| {
            let understood = response.extensions.iter().flatten().all(|e| !e.critical);
            understood && response.id.names(certificate, name, key)
        });
        let response = about.next()?;
        Some(Word {
            says: says(&response.status)?,
            this_update: time(response.this_update),
            next_update: response.next_update.map(time),
        })
    }
}

impl Basic<'_> {
    /// RFC 6960 §4.2.2.2: signed by the authority itself, or by a responder that it issued a certificate for
    /// just that purpose, valid when the answer was made. Whether that one was revoked is not asked in turn,
    /// which §4.2.2.2.1 leaves to whoever relies on the answer.
    fn speaks_for(&self, authority: &Authority, produced_at: Timestamp) -> bool {
        if self.is_signed_by(&authority.key) {
            return true;
        }
        let responders = self.certificates.iter().take(RESPONDERS_MAX);
        let mut responders = responders.filter_map(|der| Certificate::of(der).ok());
        responders.any(|responder| {
            let usage = responder.key_usage();
            responder.purposes().contains(&oid::OCSP_SIGNING)
                && usage.is_none_or(|usage| usage.digital_signature())
                && responder.issuer() == *authority.subject.reveal()
                && is_valid_at(&responder, produced_at, Holder::Authority).is_ok()
                && !responder.has_unknown_condition()
                && responder.is_signed_by(&authority.key) == Ok(true)
                && responder.key().is_ok_and(|key| self.is_signed_by(&key))
        })
    }

    fn is_signed_by(&self, key: &PublicKey) -> bool {
        let signature = self.signature.as_bytes().unwrap_or_default();
        scheme_named(&self.algorithm) == Ok(key.scheme()) && key.verifies(self.signed, signature)
    }
}

impl CertId {
    /// Whether it names that certificate of the issuer with that name and key.
    fn names(&self, certificate: &Certificate, name: &[u8], key: &[u8]) -> bool {
        let hash: fn(&[u8]) -> Vec<u8> = match self.hash.oid {
            // Names a certificate, protects nothing.
            oid::SHA_1 => |bytes| Sha1::digest(bytes).to_vec(),
            oid::SHA_256 => |bytes| Sha256::digest(bytes).to_vec(),
            oid::STREEBOG_512_KZ => |bytes| Streebog512::digest(bytes).to_vec(),
            _ => return false,
        };
        self.serial.as_bytes() == certificate.serial()
            && self.issuer_name_hash.as_bytes() == hash(name)
            && self.issuer_key_hash.as_bytes() == hash(key)
    }
}

/// RFC 6960 §4.2.1: `CertStatus`.
fn says(status: &Any) -> Option<Says> {
    let Tag::ContextSpecific { number, .. } = status.tag() else {
        return None;
    };
    match number.value() {
        0 => Some(Says::Good),
        1 => {
            let mut info = SliceReader::new(status.value()).ok()?;
            let since = GeneralizedTime::decode(&mut info).ok()?;
            Some(Says::Revoked(time(since)))
        }
        2 => Some(Says::Unknown),
        _ => None,
    }
}

fn basic(der: &[u8]) -> der::Result<Basic<'_>> {
    let mut reader = SliceReader::new(der)?;
    let basic = reader.sequence(|reader| {
        let signed = reader.tlv_bytes()?;
        let algorithm = AlgorithmIdentifierOwned::decode(reader)?;
        let signature = BitString::decode(reader)?;
        let mut certificates = Vec::new();
        if !reader.is_finished() {
            let wrapped = AnyRef::decode(reader)?;
            let mut inner = SliceReader::new(wrapped.value())?;
            inner.sequence(|inner| {
                while !inner.is_finished() {
                    certificates.push(inner.tlv_bytes()?);
                }
                Ok::<_, der::Error>(())
            })?;
        }
        Ok::<_, der::Error>(Basic {
            signed,
            algorithm,
            signature,
            certificates,
        })
    })?;
    reader.finish()?;
    Ok(basic)
}

fn time(time: GeneralizedTime) -> Timestamp {
    moment(Time::GeneralTime(time))
}
