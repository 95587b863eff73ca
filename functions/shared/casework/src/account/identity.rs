//! Who a person is to an OpenID provider, and a sign-in there that has begun.
//!
//! Here is what every door decides alike: what an identity is, how long a sign-in may take. Never
//! here: how a provider is asked, or how its answer is proven.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::SessionKey;
use crate::personal::Personal;

/// How a person proves who they are: one way, never two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// By the password of this hash, a PHC string.
    Password(Personal<String>),
    /// At an OpenID provider, as this person of it.
    Oidc(Identity),
}

impl Credential {
    /// The hash of the password; none where there is no password that works.
    pub fn password(&self) -> Option<&str> {
        match self {
            Self::Password(hash) => Some(hash.reveal()),
            Self::Oidc(_) => None,
        }
    }

    /// Who they are to an OpenID provider; nobody where they have a password.
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Password(_) => None,
            Self::Oidc(identity) => Some(identity),
        }
    }
}

/// A person of an OpenID provider: issuer and subject together name one person, and never
/// another later (OpenID Connect Core 1.0 §5.7). An e-mail address is no identity: it is given on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity {
    /// The provider, by the address that it calls itself.
    pub issuer: String,
    /// The person, as the provider names them.
    pub subject: Personal<String>,
}

/// The text is no subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a subject has 1 to 255 printable ASCII characters, as the sign-in page shows it")]
pub struct NotASubject;

impl Identity {
    /// Characters that a subject has at most (OpenID Connect Core 1.0 §2).
    const SUBJECT_MAX: usize = 255;

    /// This subject of this issuer.
    ///
    /// # Errors
    /// [`NotASubject`] where it cannot be one.
    pub fn new(issuer: &str, subject: &str) -> Result<Self, NotASubject> {
        let fits = (1..=Self::SUBJECT_MAX).contains(&subject.len())
            && subject.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
        fits.then(|| Self {
            issuer: issuer.to_owned(),
            subject: subject.into(),
        })
        .ok_or(NotASubject)
    }

    /// What a store finds the account by: no two identities have the same, since no address has
    /// a space.
    pub fn key(&self) -> Personal<String> {
        format!("{} {}", self.issuer, self.subject.reveal()).into()
    }
}

/// A sign-in at an OpenID provider that has begun and has not come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// How the browser that began it is known.
    pub key: SessionKey,
    /// When it began.
    pub began_at: Timestamp,
    /// The path where the person wanted to be.
    pub next: String,
}

impl SignIn {
    /// Whoever has not come back after so long begins anew.
    pub const WHOLE_MAX: SignedDuration = SignedDuration::from_mins(10);

    /// Whether it may still come back at this time; never before it began.
    pub fn lives(&self, now: Timestamp) -> bool {
        now >= self.began_at && now.duration_since(self.began_at) < Self::WHOLE_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_short_and_can_be_typed() {
        for (subject, fits) in [
            ("248289761001", true),
            ("auth0|5f7c", true),
            ("CN=Aida, O=MFA", true),
            (&"s".repeat(255), true),
            (&"s".repeat(256), false),
            ("", false),
            ("аида", false),
            ("a\nb", false),
        ] {
            let identity = Identity::new("https://id.example", subject);
            assert_eq!(identity.is_ok(), fits, "{subject}");
        }
    }

    #[test]
    fn no_two_identities_are_kept_under_one_key() {
        let key = |issuer, subject| Identity::new(issuer, subject).unwrap().key();
        let one = key("https://id.example", "a");
        assert_eq!(one, key("https://id.example", "a"));
        assert_ne!(one, key("https://id.example", "A"));
        assert_ne!(one, key("https://id.example/", "a"));
        assert_ne!(key("https://id", "b c"), key("https://id/b", "c"));
    }

    #[test]
    fn a_sign_in_is_over_after_ten_minutes() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let sign_in = SignIn {
            key: SessionKey("00".into()),
            began_at: time("2026-10-23T09:00:00Z"),
            next: "/".into(),
        };
        for (now, lives) in [
            ("2026-10-23T08:59:59Z", false),
            ("2026-10-23T09:00:00Z", true),
            ("2026-10-23T09:09:59Z", true),
            ("2026-10-23T09:10:00Z", false),
        ] {
            assert_eq!(sign_in.lives(time(now)), lives, "{now}");
        }
    }

    /// Accounts that were kept before there was another way in are read as they stand.
    #[test]
    fn a_record_says_one_way_in() {
        let oidc = r#"{"oidc":{"issuer":"https://id.example","subject":"248"}}"#;
        let identity = Identity::new("https://id.example", "248").unwrap();
        for (record, credential) in [
            (
                r#"{"password":"$argon2id$x"}"#,
                Credential::Password("$argon2id$x".into()),
            ),
            (oidc, Credential::Oidc(identity)),
        ] {
            let read: Credential = serde_json::from_str(record).unwrap();
            assert_eq!(read, credential);
            assert_eq!(serde_json::to_string(&credential).unwrap(), record);
        }
    }
}
