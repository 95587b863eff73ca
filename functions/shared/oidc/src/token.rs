//! Whether an ID token proves who came back (OpenID Connect Core 1.0 §3.1.3.7).

use casework::account::Identity;
use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::CoreProviderMetadata;
use openidconnect::core::{CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm};
use openidconnect::{ClaimsVerificationError, ClientId, Nonce, SignatureVerificationError};

/// The signatures that are believed: each by a key that only the provider has. Not `none`, and no
/// HMAC, whose key this desk would have too.
const BELIEVED: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The provider's clock may be so much ahead of ours or behind it.
const CLOCKS_APART_MAX: SignedDuration = SignedDuration::from_mins(5);

/// When a token is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// Now.
    pub(crate) now: Timestamp,
    /// When the browser was sent away: what is older answers something else.
    pub(crate) began_at: Timestamp,
}

impl Moment {
    /// Whether this happened between the sending away and now.
    fn holds(self, at: DateTime<Utc>) -> bool {
        let apart = CLOCKS_APART_MAX.as_secs();
        let held = self.began_at.as_second() - apart..=self.now.as_second() + apart;
        held.contains(&at.timestamp())
    }
}

/// Why a token proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    Issuer,
    Audience,
    Expired,
    NotNow,
    Nonce,
    /// None of the provider's known keys can have signed it.
    KeyUnknown,
    Signature,
    Algorithm,
    Subject,
    Other,
}

impl Refused {
    /// For the log.
    pub(crate) const fn cause(self) -> &'static str {
        match self {
            Self::Issuer => "the token is another issuer's",
            Self::Audience => "the token is for another client",
            Self::Expired => "the token has expired: are the clocks right?",
            Self::NotNow => "the token is not of this sign-in's time: are the clocks right?",
            Self::Nonce => "the token answers another sign-in",
            Self::KeyUnknown => "the token is signed with a key that is none of the provider's",
            Self::Signature => "the token's signature is wrong",
            Self::Algorithm => "the token is signed in no way that proves anything",
            Self::Subject => "the token's subject cannot be one",
            Self::Other => "the token cannot be used",
        }
    }
}

/// Who the token is of, if it proves that they came back from this sign-in.
pub(crate) fn proven(
    token: &CoreIdToken,
    client: &ClientId,
    provider: &CoreProviderMetadata,
    nonce: &Nonce,
    moment: Moment,
) -> Result<Identity, Refused> {
    let now = DateTime::from_timestamp(moment.now.as_second(), 0).unwrap_or_default();
    let of_this_sign_in = move |at| {
        let held = moment.holds(at);
        held.then_some(()).ok_or_else(|| NOT_NOW.to_owned())
    };
    let verifier = CoreIdTokenVerifier::new_public_client(
        client.clone(),
        provider.issuer().clone(),
        provider.jwks().clone(),
    )
    .set_allowed_algs(BELIEVED)
    .set_time_fn(move || now)
    .set_issue_time_verifier_fn(of_this_sign_in)
    // Where the provider says when they last showed who they are: after we asked for it.
    .set_auth_time_verifier_fn(move |at| at.map_or(Ok(()), of_this_sign_in));
    let claims = token.claims(&verifier, nonce).map_err(|e| meaning(&e))?;
    let for_us = claims
        .authorized_party()
        .is_none_or(|party| party == client);
    if !for_us {
        return Err(Refused::Audience);
    }
    let subject = claims.subject().as_str();
    Identity::new(provider.issuer().as_str(), subject).map_err(|_| Refused::Subject)
}

const NOT_NOW: &str = "not now";

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library may come to know more causes, and none of them proves anything"
)]
fn meaning(error: &ClaimsVerificationError) -> Refused {
    match error {
        ClaimsVerificationError::InvalidIssuer(_) => Refused::Issuer,
        ClaimsVerificationError::InvalidAudience(_) => Refused::Audience,
        ClaimsVerificationError::Expired(why) if why == NOT_NOW => Refused::NotNow,
        ClaimsVerificationError::InvalidAuthTime(_) => Refused::NotNow,
        ClaimsVerificationError::Expired(_) => Refused::Expired,
        ClaimsVerificationError::InvalidNonce(_) => Refused::Nonce,
        ClaimsVerificationError::SignatureVerification(error) => match error {
            SignatureVerificationError::NoMatchingKey => Refused::KeyUnknown,
            SignatureVerificationError::DisallowedAlg(_)
            | SignatureVerificationError::NoSignature
            | SignatureVerificationError::UnsupportedAlg(_) => Refused::Algorithm,
            _ => Refused::Signature,
        },
        _ => Refused::Other,
    }
}
