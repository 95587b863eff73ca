//! A key of either kind, from a seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256};
use streebog::Streebog512;

use super::der::{bits, null, octets, oid, sequence};
use super::gost;

/// The two kinds of key that the national authority gives out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// RSA of 2048 bits, signing with SHA-256.
    Rsa,
    /// GOST 34.10-2015 of 512 bits, signing with Streebog-512.
    Gost,
}

/// A private key of nobody.
#[derive(Debug, Clone)]
pub enum Key {
    /// RSA.
    Rsa(Box<RsaPrivateKey>),
    /// GOST.
    Gost(Box<gost::Key>),
}

impl Key {
    /// The key of that kind that a seed makes.
    ///
    /// # Panics
    /// If no RSA key can be made, which takes a broken library.
    #[expect(
        clippy::expect_used,
        reason = "an invented key, made when a test starts"
    )]
    pub fn invent(kind: KeyKind, seed: u64) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        match kind {
            KeyKind::Rsa => {
                let key = RsaPrivateKey::new(&mut chance, 2048).expect("a seed makes a key");
                Self::Rsa(Box::new(key))
            }
            KeyKind::Gost => {
                let mut bytes = [0; 64];
                chance.fill_bytes(&mut bytes);
                Self::Gost(Box::new(gost::Key::of(&bytes)))
            }
        }
    }

    /// The RSA key of that length that a seed makes.
    ///
    /// # Panics
    /// If no such key can be made: it has fewer than 1024 bits, or the library is broken.
    #[expect(
        clippy::expect_used,
        reason = "an invented key, made when a test starts"
    )]
    pub fn invent_rsa(length_bits: usize, seed: u64) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let key = RsaPrivateKey::new(&mut chance, length_bits).expect("a seed makes a key");
        Self::Rsa(Box::new(key))
    }

    /// Which kind it is.
    pub const fn kind(&self) -> KeyKind {
        match self {
            Self::Rsa(_) => KeyKind::Rsa,
            Self::Gost(_) => KeyKind::Gost,
        }
    }

    /// The bytes of the public key that a certificate's BIT STRING holds.
    pub fn public(&self) -> Vec<u8> {
        match self {
            Self::Rsa(key) => {
                let public = key.to_public_key().to_pkcs1_der();
                public
                    .map(|der| der.as_bytes().to_vec())
                    .unwrap_or_default()
            }
            Self::Gost(key) => octets(key.public()),
        }
    }

    /// `SubjectPublicKeyInfo`.
    pub fn info(&self) -> Vec<u8> {
        let algorithm = match self {
            Self::Rsa(_) => sequence(&[oid("1.2.840.113549.1.1.1"), null()]),
            Self::Gost(_) => {
                let parameters = [oid("1.2.398.3.10.1.1.2.2.1"), oid("1.2.398.3.10.1.3.3")];
                sequence(&[oid("1.2.398.3.10.1.1.2.2"), sequence(&parameters)])
            }
        };
        sequence(&[algorithm, bits(&self.public())])
    }

    /// A signature over `message`.
    ///
    /// # Panics
    /// If RSA cannot sign, which takes a broken key.
    #[expect(
        clippy::expect_used,
        reason = "an invented key that has just been made"
    )]
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(key) => {
                let mut chance = ChaCha8Rng::seed_from_u64(0);
                let digest = Sha256::digest(message);
                let scheme = Pkcs1v15Sign::new::<Sha256>();
                let signed = key.sign_with_rng(&mut chance, scheme, &digest);
                signed.expect("a good key signs")
            }
            Self::Gost(key) => key.sign(message),
        }
    }

    /// The digest that goes with the key.
    pub fn digest(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(_) => Sha256::digest(message).to_vec(),
            Self::Gost(_) => Streebog512::digest(message).to_vec(),
        }
    }

    /// `AlgorithmIdentifier` of that digest.
    pub fn digest_algorithm(&self) -> Vec<u8> {
        let name = match self {
            Self::Rsa(_) => "2.16.840.1.101.3.4.2.1",
            Self::Gost(_) => "1.2.398.3.10.1.3.3",
        };
        sequence(&[oid(name), null()])
    }

    /// `AlgorithmIdentifier` of its signatures.
    pub fn signature_algorithm(&self) -> Vec<u8> {
        let name = match self {
            Self::Rsa(_) => "1.2.840.113549.1.1.11",
            Self::Gost(_) => "1.2.398.3.10.1.1.2.3.2",
        };
        sequence(&[oid(name), null()])
    }
}
