//! One X.509 certificate: the bytes that were signed, and what they say (RFC 5280 §4).

use casework::personal::Personal;
use const_oid::AssociatedOid;
use der::asn1::{BitString, ObjectIdentifier};
use der::{Decode, Encode, Reader, SliceReader};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use spki::AlgorithmIdentifierOwned;
use x509_cert::TbsCertificate;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies, ExtendedKeyUsage, KeyUsage,
    SubjectKeyIdentifier,
};
use x509_cert::time::Time;

use crate::algorithm::{KeyError, PublicKey, scheme_named};
use crate::oid;
use crate::outcome::Unsupported;

/// Larger certificates are not read: an honest one has about 1 or 2 KiB.
pub const CERTIFICATE_BYTES_MAX: usize = 64 * 1024;

/// The bytes are no certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an X.509 certificate")]
pub struct NotACertificate;

/// A certificate as it came. What it says is a claim until its issuer's signature is checked.
#[derive(Clone)]
pub struct Certificate {
    /// What the issuer signed, byte for byte: never encoded anew.
    signed: Vec<u8>,
    algorithm: AlgorithmIdentifierOwned,
    signature: Vec<u8>,
    fingerprint: [u8; 32],
    fields: TbsCertificate,
    extensions: Extensions,
}

/// The extensions that are understood (RFC 5280 §4.2.1).
#[derive(Clone)]
struct Extensions {
    key_usage: Option<KeyUsage>,
    purposes: Vec<ObjectIdentifier>,
    constraints: Option<BasicConstraints>,
    key_identifier: Option<Vec<u8>>,
    issuer_key_identifier: Option<Vec<u8>>,
    has_unknown_condition: bool,
}

impl Certificate {
    /// Reads DER.
    ///
    /// # Errors
    /// Anything that is not one whole certificate.
    pub fn of(der: &[u8]) -> Result<Self, NotACertificate> {
        if der.len() > CERTIFICATE_BYTES_MAX {
            return Err(NotACertificate);
        }
        Self::read(der).map_err(|_| NotACertificate)
    }

    fn read(der: &[u8]) -> der::Result<Self> {
        let mut reader = SliceReader::new(der)?;
        let (signed, algorithm, signature) = reader.sequence(|reader| {
            let signed = reader.tlv_bytes()?;
            let algorithm = AlgorithmIdentifierOwned::decode(reader)?;
            let signature = BitString::decode(reader)?;
            Ok::<_, der::Error>((signed, algorithm, signature))
        })?;
        reader.finish()?;
        let fields = TbsCertificate::from_der(signed)?;
        // RFC 5280 §4.1.1.2: the algorithm inside, which is signed, is the one outside.
        if fields.signature() != &algorithm {
            return Err(der::ErrorKind::Failed.into());
        }
        Ok(Self {
            signed: signed.to_vec(),
            signature: signature.as_bytes().unwrap_or_default().to_vec(),
            fingerprint: Sha256::digest(der).into(),
            extensions: Extensions::of(&fields)?,
            algorithm,
            fields,
        })
    }

    /// Whether `key` made the signature on this certificate.
    pub(crate) fn is_signed_by(&self, key: &PublicKey) -> Result<bool, Unsupported> {
        let scheme = scheme_named(&self.algorithm)?;
        Ok(key.scheme() == scheme && key.verifies(&self.signed, &self.signature))
    }

    /// Its public key.
    pub(crate) fn key(&self) -> Result<PublicKey, KeyError> {
        PublicKey::of(self.fields.subject_public_key_info())
    }

    /// The bits of its public key, without their algorithm, as an OCSP answer names them (RFC 6960 §4.1.1).
    pub(crate) fn key_bits(&self) -> &[u8] {
        let info = self.fields.subject_public_key_info();
        info.subject_public_key.raw_bytes()
    }

    /// SHA-256 of the whole.
    pub const fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// Its serial number, as the bytes of an integer.
    pub(crate) fn serial(&self) -> &[u8] {
        self.fields.serial_number().as_bytes()
    }

    /// The subject's name in DER.
    pub(crate) fn subject(&self) -> Vec<u8> {
        self.fields.subject().to_der().unwrap_or_default()
    }

    /// The issuer's name in DER.
    pub(crate) fn issuer(&self) -> Vec<u8> {
        self.fields.issuer().to_der().unwrap_or_default()
    }

    /// From when until when it may be used, both ends included (RFC 5280 §4.1.2.5).
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        let validity = self.fields.validity();
        (moment(validity.not_before), moment(validity.not_after))
    }

    /// What its key may be used for; none if it does not say.
    pub(crate) const fn key_usage(&self) -> Option<KeyUsage> {
        self.extensions.key_usage
    }

    /// The purposes of its key, as identifiers; empty if it names none.
    pub(crate) fn purposes(&self) -> &[ObjectIdentifier] {
        &self.extensions.purposes
    }

    /// Whether it may issue certificates, and how many authorities may follow below it.
    pub(crate) const fn constraints(&self) -> Option<&BasicConstraints> {
        self.extensions.constraints.as_ref()
    }

    /// The identifier of its own key (RFC 5280 §4.2.1.2).
    pub(crate) fn key_identifier(&self) -> Option<&[u8]> {
        self.extensions.key_identifier.as_deref()
    }

    /// The identifier of its issuer's key (RFC 5280 §4.2.1.1).
    pub(crate) fn issuer_key_identifier(&self) -> Option<&[u8]> {
        self.extensions.issuer_key_identifier.as_deref()
    }

    /// Whether it sets a condition that must be understood and is not (RFC 5280 §4.2).
    pub(crate) const fn has_unknown_condition(&self) -> bool {
        self.extensions.has_unknown_condition
    }

    /// The twelve digits after `IIN` in the subject's serial number.
    pub fn iin(&self) -> Option<Personal<String>> {
        let text = self.subject_text(oid::SERIAL_NUMBER)?;
        let digits = text.strip_prefix("IIN")?;
        let twelve = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
        twelve.then(|| Personal::new(digits.to_owned()))
    }

    /// The subject's name: surname and given names.
    pub fn name(&self) -> Option<Personal<String>> {
        self.subject_text(oid::COMMON_NAME).map(Personal::new)
    }

    /// The one text of that kind in the subject; none where there are several.
    fn subject_text(&self, kind: ObjectIdentifier) -> Option<String> {
        let mut named = self.fields.subject().iter().filter(|a| a.oid == kind);
        let attribute = named.next()?;
        if named.next().is_some() {
            return None;
        }
        let known = [der::Tag::Utf8String, der::Tag::PrintableString];
        let value = &attribute.value;
        known.contains(&der::Tagged::tag(value)).then_some(())?;
        std::str::from_utf8(value.value()).ok().map(str::to_owned)
    }
}

impl Extensions {
    /// Fails where one that is understood is malformed or stands there twice: what cannot be read must not
    /// pass for what is not there.
    fn of(fields: &TbsCertificate) -> der::Result<Self> {
        const UNDERSTOOD: [ObjectIdentifier; 4] = [
            KeyUsage::OID,
            ExtendedKeyUsage::OID,
            BasicConstraints::OID,
            // Any policy will do, so that there is nothing to enforce.
            CertificatePolicies::OID,
        ];
        let usage: Option<ExtendedKeyUsage> = one(fields)?;
        let own: Option<SubjectKeyIdentifier> = one(fields)?;
        let issuer: Option<AuthorityKeyIdentifier> = one(fields)?;
        let issuer = issuer.and_then(|issuer| issuer.key_identifier);
        let all = fields.extensions().map_or(&[][..], Vec::as_slice);
        let is_unknown = |id| !UNDERSTOOD.contains(id);
        Ok(Self {
            key_usage: one(fields)?,
            purposes: usage.map(|usage| usage.0).unwrap_or_default(),
            constraints: one(fields)?,
            key_identifier: own.map(|own| own.0.as_bytes().to_vec()),
            issuer_key_identifier: issuer.map(|issuer| issuer.as_bytes().to_vec()),
            has_unknown_condition: all.iter().any(|e| e.critical && is_unknown(&e.extn_id)),
        })
    }
}

fn one<'a, T: Decode<'a> + AssociatedOid>(fields: &'a TbsCertificate) -> der::Result<Option<T>>
where
    der::Error: From<T::Error>,
{
    let found = fields.get_extension::<T>()?;
    Ok(found.map(|(_critical, value)| value))
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Certificate(…)")
    }
}

/// The moment that a certificate or a list names.
pub(crate) fn moment(time: Time) -> Timestamp {
    let seconds = time.to_unix_duration().as_secs();
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}
