//! The key that reports are signed with; the receiver has the same.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::WebhookError;

/// Bytes that a key may have, as Standard Webhooks has it.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// The key.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// The key as it is kept: `whsec_` and base64.
    ///
    /// # Errors
    /// [`WebhookError::Key`] where the text is none.
    pub fn read(text: &str) -> Result<Self, WebhookError> {
        let text = text.trim().strip_prefix("whsec_");
        let bytes = text.and_then(|text| BASE64.decode(text.as_bytes()).ok());
        let bytes = bytes.filter(|bytes| BYTES.contains(&bytes.len()));
        let mac = bytes.and_then(|bytes| Hmac::new_from_slice(&bytes).ok());
        mac.map(Self).ok_or(WebhookError::Key)
    }

    /// The signature, as its header has it.
    pub(crate) fn sign(&self, signed: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(signed.as_bytes());
        format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()))
    }
}
