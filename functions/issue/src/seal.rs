//! The keys that sign papers: Ed25519 (RFC 8032). The only place that handles a private one.

use std::collections::BTreeMap;
use std::fmt;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// Bytes of a key's name.
pub(crate) const KEY_ID_BYTES: usize = 8;

/// The name of a key: the first eight bytes of the SHA-256 of its public half.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub(crate) [u8; KEY_ID_BYTES]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// What signs papers. `Debug` shows its name only.
pub struct Seal {
    key: SigningKey,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Seal").field(&self.public().id()).finish()
    }
}

impl Seal {
    /// A new one, from the system's randomness.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        Ok(Self::from_secret(&secret))
    }

    /// The seal of these 32 secret bytes.
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self {
            key: SigningKey::from_bytes(secret),
        }
    }

    /// The seal of a secret as [`Self::secret_text`] writes it.
    ///
    /// # Errors
    /// [`NotAKey`] for any other text.
    pub fn from_secret_text(text: &str) -> Result<Self, NotAKey> {
        key_bytes(text).map(|secret| Self::from_secret(&secret))
    }

    /// The seal of a secret that is any long text: the SHA-256 of it is the key that signs.
    pub fn from_long_text(text: &str) -> Self {
        Self::from_secret(&Sha256::digest(text).into())
    }

    /// Its secret, for the one file that keeps it: base 32, no padding.
    pub fn secret_text(&self) -> String {
        BASE32_NOPAD.encode(&self.key.to_bytes())
    }

    /// Its public half.
    pub fn public(&self) -> PublicSeal {
        PublicSeal(self.key.verifying_key())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        self.key.sign(message)
    }
}

/// What papers are checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicSeal(VerifyingKey);

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key is 52 letters and digits of base 32, A to Z and 2 to 7")]
pub struct NotAKey;

impl PublicSeal {
    /// The key of a text as [`fmt::Display`] writes it.
    ///
    /// # Errors
    /// [`NotAKey`] for any other text, and for the few weak keys under which a signature proves nothing.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let key = VerifyingKey::from_bytes(&key_bytes(text)?).map_err(|_| NotAKey)?;
        if key.is_weak() {
            return Err(NotAKey);
        }
        Ok(Self(key))
    }

    /// Its name.
    pub fn id(&self) -> KeyId {
        let digest = Sha256::digest(self.0.as_bytes());
        let mut id = [0; KEY_ID_BYTES];
        for (to, from) in id.iter_mut().zip(digest) {
            *to = from;
        }
        KeyId(id)
    }

    /// Whether the signature is this key's over the message; the strict check, which knows one
    /// way to write a signature only.
    pub(crate) fn signed(&self, message: &[u8], signature: &Signature) -> bool {
        self.0.verify_strict(message, signature).is_ok()
    }
}

impl fmt::Display for PublicSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE32_NOPAD.encode(self.0.as_bytes()))
    }
}

fn key_bytes(text: &str) -> Result<[u8; 32], NotAKey> {
    let bytes = BASE32_NOPAD
        .decode(text.trim().as_bytes())
        .map_err(|_| NotAKey)?;
    bytes.try_into().map_err(|_| NotAKey)
}

/// Every public key that ever signed: an old one stays known, or its papers could not be checked.
#[derive(Debug, Clone, Default)]
pub struct KnownSeals(BTreeMap<KeyId, PublicSeal>);

impl KnownSeals {
    pub(crate) fn get(&self, id: KeyId) -> Option<&PublicSeal> {
        self.0.get(&id)
    }
}

impl FromIterator<PublicSeal> for KnownSeals {
    fn from_iter<T: IntoIterator<Item = PublicSeal>>(seals: T) -> Self {
        Self(seals.into_iter().map(|seal| (seal.id(), seal)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_back_from_their_text_and_nothing_else_is_a_key() {
        let seal = Seal::from_secret(&[7; 32]);
        let again = Seal::from_secret_text(&seal.secret_text()).unwrap();
        assert_eq!(again.public(), seal.public());
        let text = seal.public().to_string();
        assert_eq!(text.len(), 52);
        assert_eq!(
            PublicSeal::parse(&format!("{text}\n")).unwrap(),
            seal.public()
        );
        let weak = BASE32_NOPAD.encode(&[0; 32]);
        for wrong in ["", "A", &text[1..], &text.to_lowercase(), &weak] {
            assert_eq!(PublicSeal::parse(wrong), Err(NotAKey), "{wrong}");
        }
    }

    #[test]
    fn the_first_vector_of_rfc_8032_signs_as_it_says() {
        let secret =
            HEXLOWER.decode(b"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let seal = Seal::from_secret(&secret.unwrap().try_into().unwrap());
        assert_eq!(
            HEXLOWER.encode(seal.public().0.as_bytes()),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
        assert_eq!(
            HEXLOWER.encode(&seal.sign(b"").to_bytes()),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        );
    }

    #[test]
    fn debug_shows_a_name_and_no_secret() {
        let seal = Seal::random().unwrap();
        let shown = format!("{seal:?}");
        assert_eq!(shown, format!("Seal(KeyId({}))", seal.public().id()));
    }
}
