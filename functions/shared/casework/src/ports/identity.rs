//! Who says who a person is, where that is not the desk itself.

use std::fmt::Debug;
use std::pin::Pin;

use jiff::Timestamp;

use crate::account::Identity;

/// What ties a provider's answer to the one browser and the one sign-in that it answers. Whoever
/// has it could answer in the provider's place: it is never logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Binding {
    /// Comes back in the address (RFC 6749 §10.12).
    pub state: String,
    /// Comes back in the ID token (OpenID Connect Core 1.0 §15.5.2).
    pub nonce: String,
    /// Opens the code, and only its digest was shown before: 43 to 128 letters and digits (RFC 7636).
    pub verifier: String,
}

impl Debug for Binding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Binding(…)")
    }
}

/// Why nobody was identified: fixed words, nothing of a person or of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It does not answer, or not as a provider does; later it may.
    #[error("the OpenID provider does not answer: {0}")]
    Silent(&'static str),
    /// It answers, and its answer proves nothing.
    #[error("the OpenID provider's answer is refused: {0}")]
    Refused(&'static str),
}

/// What is asked of a provider, while it is waited for.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, ProviderError>> + Send + 'a>>;

/// An organisation that knows its people, by OpenID Connect: the authorization code flow with PKCE.
pub trait IdentityProvider: Debug + Send + Sync {
    /// Where the person's browser is sent, to prove who they are.
    fn address<'a>(&'a self, binding: &'a Binding) -> Asked<'a, String>;
    /// Who came back with this code, from the sign-in that began then.
    fn identity<'a>(
        &'a self,
        code: &'a str,
        binding: &'a Binding,
        began_at: Timestamp,
    ) -> Asked<'a, Identity>;
}
