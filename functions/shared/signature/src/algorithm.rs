//! Digests and public keys: which are known, and whether a key made a signature.

use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{AnyRef, Decode};
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use streebog::Streebog512;

use crate::gost::encoding::PublicKey as GostKey;
use crate::oid;
use crate::outcome::{Scheme, Unsupported};

/// Lengths of RSA keys that are verified: 2048 as the national authority issues, 4096 as its roots have.
const RSA_BITS: std::ops::RangeInclusive<u32> = 2048..=4096;

/// A digest that is computed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256 (FIPS 180-4).
    Sha256,
    /// Streebog-512 (RFC 6986).
    Streebog512,
}

impl Hash {
    /// The digest that a message names.
    pub(crate) fn named(name: &AlgorithmIdentifierOwned) -> Result<Self, Unsupported> {
        match name.oid {
            _ if !is_bare(name) => Err(Unsupported::Digest),
            oid::SHA_256 => Ok(Self::Sha256),
            oid::STREEBOG_512_KZ => Ok(Self::Streebog512),
            _ => Err(Unsupported::Digest),
        }
    }

    /// The digest of `bytes`.
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Streebog512 => Streebog512::digest(bytes).to_vec(),
        }
    }
}

/// The scheme that a signature names. RFC 3370 §3.2 lets a message name the key's algorithm in its place;
/// then the digest beside it decides.
pub(crate) fn scheme_named(name: &AlgorithmIdentifierOwned) -> Result<Scheme, Unsupported> {
    let is_key = name.oid == oid::GOST_512_KEY_KZ;
    if is_bare(name) || is_key {
        scheme_of(&name.oid)
    } else {
        Err(Unsupported::Algorithm)
    }
}

fn scheme_of(oid: &ObjectIdentifier) -> Result<Scheme, Unsupported> {
    match *oid {
        oid::RSA_SHA_256 | oid::RSA => Ok(Scheme::RsaSha256),
        oid::GOST_512_SIGNATURE_KZ | oid::GOST_512_KEY_KZ => Ok(Scheme::GostStreebog512),
        other if oid::is_under(&other, &oid::GOST_2004_KZ) => Err(Unsupported::GostOf2004),
        _ => Err(Unsupported::Algorithm),
    }
}

/// Whether it stands without parameters: none, or NULL (RFC 4055 §2.1 and §5 allow either).
fn is_bare(algorithm: &AlgorithmIdentifierOwned) -> bool {
    let parameters = algorithm.parameters.as_ref();
    parameters.is_none_or(der::Any::is_null)
}

impl Scheme {
    /// The digest that belongs to the scheme.
    pub const fn hash(self) -> Hash {
        match self {
            Self::RsaSha256 => Hash::Sha256,
            Self::GostStreebog512 => Hash::Streebog512,
        }
    }
}

/// A public key of a known kind.
#[derive(Debug, Clone)]
pub enum PublicKey {
    /// RSA of 2048 to 4096 bits.
    Rsa(Box<RsaPublicKey>),
    /// GOST of 512 bits on the national curve.
    Gost(Box<GostKey>),
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyError {
    Malformed,
    Unsupported(Unsupported),
}

impl PublicKey {
    /// Reads a certificate's key (RFC 5280 §4.1.2.7).
    pub(crate) fn of(info: &SubjectPublicKeyInfoOwned) -> Result<Self, KeyError> {
        let bytes = info.subject_public_key.as_bytes();
        let bytes = bytes.ok_or(KeyError::Malformed)?;
        match scheme_of(&info.algorithm.oid).map_err(KeyError::Unsupported)? {
            Scheme::RsaSha256 => rsa_key(bytes),
            Scheme::GostStreebog512 => {
                if !names_national_curve(&info.algorithm) {
                    return Err(KeyError::Unsupported(Unsupported::Curve));
                }
                let inner = <&OctetStringRef>::from_der(bytes).map_err(|_| KeyError::Malformed)?;
                let key = GostKey::of(inner.as_bytes()).ok_or(KeyError::Malformed)?;
                Ok(Self::Gost(Box::new(key)))
            }
        }
    }

    /// The scheme of the signatures that this key makes.
    pub const fn scheme(&self) -> Scheme {
        match self {
            Self::Rsa(_) => Scheme::RsaSha256,
            Self::Gost(_) => Scheme::GostStreebog512,
        }
    }

    /// Whether `signature` over `message` was made with this key, under [`Self::scheme`].
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa(key) => {
                let digest = Sha256::digest(message);
                let scheme = Pkcs1v15Sign::new::<Sha256>();
                key.verify(scheme, &digest, signature).is_ok()
            }
            Self::Gost(key) => key.verifies(message, signature),
        }
    }
}

fn rsa_key(bytes: &[u8]) -> Result<PublicKey, KeyError> {
    // The library bounds the exponent (33 bits) and refuses an even modulus.
    let key = RsaPublicKey::from_pkcs1_der(bytes).map_err(|_| KeyError::Malformed)?;
    if !RSA_BITS.contains(&key.n().bits_vartime()) {
        return Err(KeyError::Unsupported(Unsupported::KeyLength));
    }
    Ok(PublicKey::Rsa(Box::new(key)))
}

/// The parameters are a sequence whose first member names the curve; the digest that follows says nothing new.
fn names_national_curve(algorithm: &AlgorithmIdentifierOwned) -> bool {
    let Some(parameters) = &algorithm.parameters else {
        return false;
    };
    let named = parameters.sequence(|reader| {
        let curve = ObjectIdentifier::decode(reader)?;
        while !der::Reader::is_finished(reader) {
            AnyRef::decode(reader)?;
        }
        Ok::<_, der::Error>(curve)
    });
    named.is_ok_and(|curve| curve == oid::GOST_512_PARAMETERS_KZ)
}
