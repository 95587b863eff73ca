//! Private links: a reference and a secret of 160 bits, of which only a keyed hash is kept.
//!
//! An application's batch follows from a beginning that the form carries, so that a form that is
//! sent twice makes one application; the secret follows from the batch and the key that is kept apart
//! from the store, so that the service can mail it, and whoever has the store alone cannot make it.

use casework::application::{Application, LinkKey};
use casework::case::CaseId;
use casework::personal::Personal;
use casework::upload::BatchId;
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of a secret: 160 bits.
const BYTES: usize = 20;
/// Letters and digits of a secret.
const LETTERS: usize = 32;

/// The key that links are known by; kept by the owner of the store alone.
#[derive(Clone)]
pub struct Links(Vec<u8>);

/// The secret of a link, as its holder has it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What a form carries from which an application begins.
#[derive(Clone)]
pub struct Seed(String);

/// The system gives no random numbers.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system gives no random numbers")]
pub struct NoRandomness;

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links(…)")
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

fn random() -> Result<String, NoRandomness> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(BASE32_NOPAD.encode(&bytes).to_lowercase())
}

/// What was sent as a secret or a seed, however it was written; none where it cannot be one.
fn read(text: &str) -> Option<String> {
    let apart = |c: &char| !c.is_whitespace() && *c != '-';
    let text: String = text
        .chars()
        .filter(apart)
        .flat_map(char::to_lowercase)
        .collect();
    let whole =
        text.len() == LETTERS && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
    whole.then_some(text)
}

impl Seed {
    /// A new one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new() -> Result<Self, NoRandomness> {
        random().map(Self)
    }

    /// The one a form carries.
    pub fn read(text: &str) -> Option<Self> {
        read(text).map(Self)
    }

    /// For the form.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Secret {
    /// The one a cookie, an address or a form holds.
    pub fn read(text: &str) -> Option<Self> {
        read(text).map(Self)
    }

    /// For the holder's page and cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Where a private link leads.
pub fn private_link(portal: &str, reference: &CaseId, secret: &Secret) -> String {
    format!("{portal}/open/{reference}/{}", secret.reveal())
}

impl Links {
    /// The key as it is kept.
    pub fn of(key: &str) -> Self {
        Self(key.as_bytes().to_vec())
    }

    /// A new key, to be kept.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new_key() -> Result<String, NoRandomness> {
        Ok([random()?, random()?].concat())
    }

    /// What begins with this seed: its secret, and what its papers are one batch by.
    pub fn begun(&self, seed: &Seed) -> (Secret, BatchId) {
        let folder = HEXLOWER.encode(&self.keyed("batch", &seed.0));
        let batch = BatchId::of("portal", &format!("{folder}/"));
        (self.secret(&batch), batch)
    }

    /// The secret of the application whose papers are this batch.
    fn secret(&self, batch: &BatchId) -> Secret {
        let secret = self.keyed("secret", batch.as_str());
        let secret: Vec<u8> = secret.into_iter().take(BYTES).collect();
        Secret(BASE32_NOPAD.encode(&secret).to_lowercase())
    }

    /// Where an application's private link leads, at the portal of this address; none where it was
    /// begun under another key.
    pub fn address(&self, application: &Application, portal: &str) -> Option<Personal<String>> {
        let secret = self.secret(&application.batch);
        let own = self.key(&secret) == application.link;
        own.then(|| private_link(portal, &application.reference, &secret).into())
    }

    /// How a secret is known.
    pub fn key(&self, secret: &Secret) -> LinkKey {
        LinkKey(HEXLOWER.encode(&self.keyed("link", &secret.0)))
    }

    fn keyed(&self, what: &str, text: &str) -> Vec<u8> {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return Vec::new();
        };
        mac.update(what.as_bytes());
        mac.update(b"\n");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_begins_one_application_and_only_the_key_makes_its_link() {
        let (links, others) = (Links::of("a"), Links::of("b"));
        let seed = Seed::new().unwrap();
        let again = Seed::read(&seed.reveal().to_uppercase()).unwrap();
        assert_eq!(links.begun(&seed), links.begun(&again));
        let (secret, batch) = links.begun(&seed);
        assert_eq!(secret.reveal().len(), LETTERS);
        assert_ne!(secret.reveal(), seed.reveal());
        assert_ne!(links.begun(&Seed::new().unwrap()).1, batch);
        assert_ne!(others.begun(&seed).0, secret);
        assert_ne!(links.key(&secret), others.key(&secret));
        assert!(!links.key(&secret).0.contains(secret.reveal()));
        assert_eq!(
            format!("{links:?} {secret:?} {seed:?}"),
            "Links(…) Secret(…) Seed(…)"
        );
    }

    #[test]
    fn a_secret_is_read_as_people_type_it_and_nothing_else_is_one() {
        let whole = "abcd2345".repeat(4);
        for (text, is_one) in [
            (whole.as_str(), true),
            ("ABCD 2345-abcd2345 abcd2345abcd2345\n", true),
            (&whole[1..], false),
            (&whole.replace('2', "1"), false),
            ("", false),
        ] {
            assert_eq!(Secret::read(text).is_some(), is_one, "{text}");
        }
    }
}
