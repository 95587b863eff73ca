//! The signed attributes: what the signature covers in the content's place (RFC 5652 §5.3, §11).
//!
//! CAdES asks for content type and message digest (ETSI EN 319 122-1 §5.1); a message without signed
//! attributes is refused, so that nobody can pass attributes off as content.

use cms::signed_data::{SignedAttributes, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Reader, Tag};
use jiff::Timestamp;
use spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use crate::algorithm::Hash;
use crate::certificate::moment;
use crate::oid;
use crate::outcome::Fault;

/// What a signer's attributes say.
pub(crate) struct Attributes {
    /// What was signed: the attributes as a SET OF in DER (RFC 5652 §5.4).
    pub signed: Vec<u8>,
    pub content_type: ObjectIdentifier,
    pub message_digest: Vec<u8>,
    pub signing_time: Option<Timestamp>,
    /// The certificate that the signer meant, if they say so.
    certificate: Option<CertificateId>,
}

/// The first `ESSCertIDv2` (RFC 5035 §4).
struct CertificateId {
    hash: Option<Hash>,
    digest: Vec<u8>,
}

impl Attributes {
    /// Reads a signer's attributes.
    pub fn of(signer: &SignerInfo) -> Result<Self, Fault> {
        Self::read(signer).ok_or(Fault::AttributesWrong)
    }

    fn read(signer: &SignerInfo) -> Option<Self> {
        let attributes = signer.signed_attrs.as_ref()?;
        let content_type: ObjectIdentifier =
            one(attributes, oid::CONTENT_TYPE)??.decode_as().ok()?;
        let digest: OctetString = one(attributes, oid::MESSAGE_DIGEST)??.decode_as().ok()?;
        let signing_time = match one(attributes, oid::SIGNING_TIME)? {
            Some(value) => Some(moment(value.decode_as::<Time>().ok()?)),
            None => None,
        };
        let certificate = match one(attributes, oid::SIGNING_CERTIFICATE_V2)? {
            Some(value) => Some(certificate_id(value).ok()?),
            None => None,
        };
        // Sorted as DER has it, however they came.
        let sorted = SetOfVec::try_from(attributes.as_slice().to_vec()).ok()?;
        Some(Self {
            signed: sorted.to_der().ok()?,
            content_type,
            message_digest: digest.as_bytes().to_vec(),
            signing_time,
            certificate,
        })
    }

    /// Whether the signer meant the certificate with these bytes, or did not say.
    /// A digest that is not computed here says nothing.
    pub fn allow_certificate(&self, der: &[u8]) -> bool {
        self.certificate.as_ref().is_none_or(|meant| {
            let digest = meant.hash.map(|hash| hash.of(der));
            digest.is_none_or(|digest| digest == meant.digest)
        })
    }
}

/// The one value of that attribute, `Some(None)` if it is absent; none if it stands there twice or
/// has not exactly one value (RFC 5652 §11).
#[expect(clippy::option_option, reason = "wrong, absent, or there")]
fn one(attributes: &SignedAttributes, kind: ObjectIdentifier) -> Option<Option<&Any>> {
    let mut named = attributes.iter().filter(|attribute| attribute.oid == kind);
    let Some(attribute) = named.next() else {
        return Some(None);
    };
    match (named.next(), attribute.values.as_slice()) {
        (None, [value]) => Some(Some(value)),
        _ => None,
    }
}

/// RFC 5035 §3 and §4: the first certificate named is the signer's; its digest is SHA-256 unless it says another.
fn certificate_id(value: &Any) -> der::Result<CertificateId> {
    value.sequence(|reader| {
        let first = reader.sequence(|certificates| {
            let first = certificates.sequence(|id| {
                let names_hash = Tag::peek(id)? == Tag::Sequence;
                let hash = if names_hash {
                    Hash::named(&AlgorithmIdentifierOwned::decode(id)?).ok()
                } else {
                    Some(Hash::Sha256)
                };
                let digest = OctetString::decode(id)?.as_bytes().to_vec();
                skip_rest(id)?;
                Ok::<_, der::Error>(CertificateId { hash, digest })
            })?;
            skip_rest(certificates)?;
            Ok::<_, der::Error>(first)
        })?;
        skip_rest(reader)?;
        Ok(first)
    })
}

fn skip_rest<'a>(reader: &mut impl Reader<'a>) -> der::Result<()> {
    let rest = reader.remaining_len();
    reader.drain(rest)
}
