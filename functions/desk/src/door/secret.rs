//! What a browser carries to be known again, and what follows from it.

use std::fmt::Write as _;

use casework::account::SessionKey;
use casework::ports::Binding;
use sha2::{Digest, Sha256};

/// Bytes of a secret: 256 bits, nothing to guess.
const BYTES: usize = 32;

/// A secret that one browser has; kept nowhere else.
#[derive(Clone)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The system gives no random numbers.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system gives no random numbers")]
pub struct NoRandomness;

/// As many random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

impl Secret {
    /// A new one.
    pub(super) fn new() -> Result<Self, NoRandomness> {
        Ok(Self(hexadecimal(&random::<BYTES>()?)))
    }

    /// The one a cookie holds; none where it holds something else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let whole = text.len() == 2 * BYTES && text.bytes().all(|b| b.is_ascii_hexdigit());
        whole.then(|| Self(text.to_owned()))
    }

    /// For the cookie.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub(super) fn key(&self) -> SessionKey {
        SessionKey(self.derived("session"))
    }

    /// What the forms of this browser carry: nobody who lacks the cookie can make it, and the
    /// cookie cannot be made from it.
    pub(super) fn form_token(&self) -> String {
        self.derived("form")
    }

    /// What is kept of a sign-in at an OpenID provider that begins with it.
    pub(super) fn sign_in_key(&self) -> SessionKey {
        SessionKey(self.derived("sign-in"))
    }

    /// What ties the provider's answer to this browser.
    pub(super) fn binding(&self) -> Binding {
        Binding {
            state: self.derived("state"),
            nonce: self.derived("nonce"),
            verifier: self.derived("verifier"),
        }
    }

    fn derived(&self, what: &str) -> String {
        hexadecimal(&Sha256::digest(format!("{what} {}", self.0)))
    }
}

/// Whether two texts are the same, told from their digests: how long it takes says nothing of them.
pub(crate) fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_secret_is_new_every_time_and_what_follows_from_it_is_not_it() {
        let [one, other] = [Secret::new().unwrap(), Secret::new().unwrap()];
        assert_ne!(one.reveal(), other.reveal());
        let again = Secret::read(one.reveal()).unwrap();
        assert_eq!(again.key(), one.key());
        assert_ne!(one.key().0, one.form_token());
        assert_ne!(one.key(), other.key());
        let binding = one.binding();
        let follow = [binding.state, binding.nonce, binding.verifier, one.key().0];
        let follow: BTreeSet<_> = follow.into_iter().chain([one.sign_in_key().0]).collect();
        assert_eq!(follow.len(), 5, "none of them tells another");
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }

    #[test]
    fn a_cookie_that_holds_something_else_is_no_secret() {
        let whole = "0f".repeat(BYTES);
        for (text, read) in [
            (whole.as_str(), true),
            (&whole[1..], false),
            (&whole.replace('f', "g"), false),
            ("", false),
        ] {
            assert_eq!(Secret::read(text).is_some(), read, "{text}");
        }
    }
}
