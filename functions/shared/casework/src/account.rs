//! The people of the desk: their accounts, their sessions, and how often a login failed.
//!
//! Here is what every door decides alike: what a name is, which missions a person belongs to,
//! when a session is over, how long a guesser waits. Never here: how a password is hashed, a
//! random number, where any of it is kept.

mod identity;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::case::{MissionCode, Role};
pub use identity::{Credential, Identity, NotASubject, SignIn};

/// What a person logs in with: 2 to 32 small Latin letters, digits, `.`, `-`, `_`, a letter first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

impl AccountName {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is no account's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an account's name has 2 to 32 small Latin letters, digits, '.', '-' or '_', a letter first"
)]
pub struct NotAnAccountName;

impl TryFrom<String> for AccountName {
    type Error = NotAnAccountName;

    /// Takes capitals and spaces around it: they are what telephones add.
    fn try_from(text: String) -> Result<Self, NotAnAccountName> {
        let name = text.trim().to_ascii_lowercase();
        let fits = (2..=32).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b));
        fits.then_some(Self(name)).ok_or(NotAnAccountName)
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> Self {
        name.0
    }
}

impl std::fmt::Display for AccountName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What they log in with.
    pub name: AccountName,
    /// What they do: one of [`Role::STAFF`].
    pub role: Role,
    /// Whose cases they see.
    pub reach: Reach,
    /// How they prove that it is they.
    #[serde(flatten)]
    pub credential: Credential,
}

/// The missions a person belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// All there are.
    Everywhere,
    /// These, and no others.
    At(BTreeSet<MissionCode>),
}

impl Reach {
    /// Whether cases of this mission are theirs to see.
    pub fn holds(&self, mission: &MissionCode) -> bool {
        match self {
            Self::Everywhere => true,
            Self::At(missions) => missions.contains(mission),
        }
    }

    /// The missions to ask the worklist for; nothing where it is all of them.
    pub fn missions(&self) -> Option<BTreeSet<MissionCode>> {
        match self {
            Self::Everywhere => None,
            Self::At(missions) => Some(missions.clone()),
        }
    }
}

/// How a person's browser is known: the sha256 of the secret it carries, in hexadecimal.
/// The secret itself is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionKey(pub String);

/// A login that goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// How the browser is known.
    pub key: SessionKey,
    /// Whose it is.
    pub account: AccountName,
    /// Since when.
    pub began_at: Timestamp,
    /// When it was last used, to [`Session::USE_NOTED_EVERY`].
    pub used_at: Timestamp,
}

impl Session {
    /// Left alone for so long, it is over: a counter is a public place.
    pub const IDLE_MAX: SignedDuration = SignedDuration::from_mins(60);
    /// It is over after so long whatever happens: a long working day.
    pub const WHOLE_MAX: SignedDuration = SignedDuration::from_hours(12);
    /// A use within so long of the last one is not worth a write.
    pub const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

    /// Whether it is good at this time; never before it began.
    pub fn lives(&self, now: Timestamp) -> bool {
        now >= self.began_at
            && now.duration_since(self.began_at) < Self::WHOLE_MAX
            && now.duration_since(self.used_at) < Self::IDLE_MAX
    }

    /// Whether this use is worth a write.
    pub fn use_is_news(&self, now: Timestamp) -> bool {
        now.duration_since(self.used_at) >= Self::USE_NOTED_EVERY
    }
}

/// Logins under one name that failed one after another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// When the last one was.
    pub last_at: Option<Timestamp>,
}

impl Failures {
    /// Slips of the hand that cost nothing.
    const FREE: u32 = 5;
    /// The wait after the first failure that does cost; it doubles with each further one.
    const WAIT: SignedDuration = SignedDuration::from_secs(15);
    /// It never grows longer, so that nobody is locked out for a day by a stranger.
    const WAIT_MAX: SignedDuration = SignedDuration::from_mins(15);

    /// From when on the next try is looked at; nothing where it is at once.
    pub fn next_try_at(&self) -> Option<Timestamp> {
        let doubled = self.count.checked_sub(Self::FREE)?.min(16);
        let wait = Self::WAIT.saturating_mul(1 << doubled).min(Self::WAIT_MAX);
        self.last_at?.checked_add(wait).ok()
    }

    /// Whether a try at this time is turned away unlooked at.
    pub fn turn_away(&self, now: Timestamp) -> bool {
        self.next_try_at().is_some_and(|at| now < at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_plain_and_never_begins_like_an_option() {
        for (text, name) in [
            ("aida", Some("aida")),
            (" Aida.B-2_x ", Some("aida.b-2_x")),
            ("ab", Some("ab")),
            ("a", None),
            ("-rf", None),
            ("айда", None),
            ("a b", None),
            ("", None),
            ("a23456789012345678901234567890123", None),
        ] {
            let found = AccountName::try_from(text.to_owned());
            assert_eq!(found.ok().as_ref().map(AccountName::as_str), name, "{text}");
        }
    }

    #[test]
    fn a_session_ends_when_it_is_left_and_when_its_day_is_over() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let session = |used: &str| Session {
            key: SessionKey("00".into()),
            account: AccountName::try_from("aida".to_owned()).unwrap(),
            began_at: time("2026-10-23T09:00:00Z"),
            used_at: time(used),
        };
        for (used, now, lives) in [
            ("2026-10-23T09:00:00Z", "2026-10-23T09:00:00Z", true),
            ("2026-10-23T09:00:00Z", "2026-10-23T09:59:59Z", true),
            ("2026-10-23T09:00:00Z", "2026-10-23T10:00:00Z", false),
            ("2026-10-23T20:30:00Z", "2026-10-23T20:59:59Z", true),
            ("2026-10-23T20:30:00Z", "2026-10-23T21:00:00Z", false),
            ("2026-10-23T09:00:00Z", "2026-10-23T08:59:59Z", false),
        ] {
            assert_eq!(session(used).lives(time(now)), lives, "{used} {now}");
        }
    }

    #[test]
    fn a_guesser_waits_longer_each_time_and_never_for_ever() {
        let last_at: Timestamp = "2026-10-23T09:00:00Z".parse().unwrap();
        let failed = |count| Failures {
            count,
            last_at: Some(last_at),
        };
        for (count, wait_s) in [(5, 15), (6, 30), (10, 480), (11, 900), (u32::MAX, 900)] {
            let free = last_at + SignedDuration::from_secs(wait_s);
            let just_before = free - SignedDuration::from_nanos(1);
            assert!(failed(count).turn_away(just_before), "{count}");
            assert!(!failed(count).turn_away(free), "{count}");
        }
        assert!(!failed(4).turn_away(last_at));
        assert!(!Failures::default().turn_away(last_at));
    }
}
