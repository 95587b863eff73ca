//! The secret under which an IIN becomes a key of the table.

use casework::account::{AccountName, Identity};
use casework::personal::Personal;
use casework::scan::hex;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Bytes of a key at least: as many as its hash has.
const BYTES_MIN: usize = 32;

/// A secret key. There are few enough IINs to try them all, so a hash without one would hide
/// nothing. `Debug` does not show it.
#[derive(Debug, Clone)]
pub struct IinKey(Hmac<Sha256>);

/// The key can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key has 32 bytes or more")]
pub struct ShortKey;

impl IinKey {
    /// The key of these bytes.
    ///
    /// # Errors
    /// [`ShortKey`] where they are fewer than 32.
    pub fn new(bytes: &[u8]) -> Result<Self, ShortKey> {
        if bytes.len() < BYTES_MIN {
            return Err(ShortKey);
        }
        Hmac::new_from_slice(bytes).map(Self).map_err(|_| ShortKey)
    }

    /// HMAC-SHA256 (RFC 2104) of `iin:` and the digits, in hexadecimal.
    pub(crate) fn hash(&self, iin: &Personal<String>) -> String {
        self.of("iin:", iin.reveal())
    }

    /// The same of the name of an account: what a stranger types there may be anything of a person.
    pub(crate) fn hash_of_name(&self, name: &AccountName) -> String {
        self.of("account:", name.as_str())
    }

    /// The same of who a person is to an OpenID provider.
    pub(crate) fn hash_of_identity(&self, identity: &Identity) -> String {
        self.of("identity:", identity.key().reveal())
    }

    fn of(&self, kind: &str, text: &str) -> String {
        let mac = self.0.clone().chain_update(kind);
        hex(&mac.chain_update(text).finalize().into_bytes())
    }
}
