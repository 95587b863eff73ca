//! Passwords: made here, so that none is weak; kept only as an argon2id hash.
//!
//! The only place that names `argon2`.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Argon2, Params};
use casework::account::Account;
use casework::personal::Personal;

use super::secret::{NoRandomness, random};

/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Symbols of a password: 100 bits.
const SYMBOLS: usize = 20;
/// A password longer than this is not looked at.
const LENGTH_MAX: usize = 128;

/// A password at the only time it can be seen.
#[derive(Debug)]
pub struct NewPassword {
    /// What the person types.
    pub shown: Personal<String>,
    /// What the account keeps.
    pub hash: Personal<String>,
}

impl NewPassword {
    /// A new one: four groups of five, e.g. `7f3k9-q2m4b-1t0xw-c8d5r`.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub fn new() -> Result<Self, NoRandomness> {
        let symbol = |byte: &u8| ALPHABET.get(usize::from(byte & 31)).copied();
        let symbols: Vec<u8> = random::<SYMBOLS>()?.iter().filter_map(symbol).collect();
        let groups: Vec<_> = symbols.chunks(5).map(String::from_utf8_lossy).collect();
        let shown = groups.join("-");
        Ok(Self {
            hash: hash(&shown)?.into(),
            shown: shown.into(),
        })
    }
}

fn hash(password: &str) -> Result<String, NoRandomness> {
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(|_| NoRandomness)?;
    let hashed = Argon2::default().hash_password(password.as_bytes(), &salt);
    hashed
        .map(|hash| hash.to_string())
        .map_err(|_| NoRandomness)
}

/// Whether this is the account's password. Where there is no account, or one without a password, it
/// is not, and it takes as long to say so.
pub(super) fn opens(account: Option<&Account>, password: &str) -> bool {
    static NOBODYS: LazyLock<String> = LazyLock::new(|| hash("nobody").unwrap_or_default());
    if password.len() > LENGTH_MAX {
        return false;
    }
    let kept = account.and_then(|account| account.credential.password());
    let fits = PasswordHash::new(kept.unwrap_or(NOBODYS.as_str())).is_ok_and(|hash| {
        let verified = Argon2::default().verify_password(password.trim().as_bytes(), &hash);
        verified.is_ok()
    });
    fits && kept.is_some()
}

/// What a hash costs a guesser: OWASP's first choice for argon2id, 19 MiB and two passes.
const _: () = assert!(Params::DEFAULT_M_COST == 19 * 1024 && Params::DEFAULT_T_COST == 2);

#[cfg(test)]
mod tests {
    use casework::account::{AccountName, Credential, Identity, Reach};
    use casework::case::Role;

    use super::*;

    #[test]
    fn only_the_accounts_own_password_opens_it() {
        let [password, other] = [NewPassword::new().unwrap(), NewPassword::new().unwrap()];
        let account = Account {
            name: AccountName::try_from("aida".to_owned()).unwrap(),
            role: Role::Officer,
            reach: Reach::Everywhere,
            credential: Credential::Password(password.hash.clone()),
        };
        let elsewhere = Account {
            credential: Credential::Oidc(Identity::new("https://id.example", "nobody").unwrap()),
            ..account.clone()
        };
        let shown = password.shown.reveal();
        assert_eq!(shown.len(), SYMBOLS + 3);
        assert!(
            password
                .hash
                .reveal()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        for (account, typed, opened) in [
            (Some(&account), shown.clone(), true),
            (Some(&account), format!(" {shown}\n"), true),
            (Some(&account), other.shown.into_inner(), false),
            (Some(&account), String::new(), false),
            (Some(&account), password.hash.reveal().clone(), false),
            (Some(&account), "x".repeat(1 << 20), false),
            (None, shown.clone(), false),
            (None, "nobody".to_owned(), false),
            (Some(&elsewhere), shown.clone(), false),
            (Some(&elsewhere), "nobody".to_owned(), false),
        ] {
            assert_eq!(opens(account, &typed), opened, "{}", typed.len());
        }
    }
}
