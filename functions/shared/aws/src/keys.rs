//! The keys of items and objects. Nothing of a person is in one.

mod stack;
mod work;

use casework::account::{AccountName, Identity, SessionKey};
use casework::case::CaseId;
use casework::personal::Personal;
use casework::record::sortable;
use casework::scan::ScanId;
use casework::upload::{BatchId, UploadId};
use jiff::Timestamp;

use crate::iin_key::IinKey;
pub(crate) use stack::{
    PAGE, STACK, STACKS, STACKS_TO_DO, digest_of, page_of, page_placed, stack_placed, stacks_of,
};
pub(crate) use work::{due, due_after, due_until, work};

/// Of every item: what it belongs to, and which of its items it is.
pub(crate) const PK: &str = "pk";
/// See [`PK`].
pub(crate) const SK: &str = "sk";

/// The index of all work: status, then due time and reference.
pub(crate) const WORKLIST_OF_ALL: (&str, &str, &str) = ("worklist_of_all", "work", "due");
/// The index of a mission's work.
pub(crate) const WORKLIST_OF_MISSION: (&str, &str, &str) =
    ("worklist_of_mission", "mission_work", "due");
/// The index of notices that wait: one partition, in the order of writing.
pub(crate) const OUTBOX_WAITING: (&str, &str, &str) = ("outbox_waiting", "waiting", "queued_at");

/// The index of uploads that have no end: one partition, in the order in which they came.
pub(crate) const UPLOADS_WITHOUT_END: (&str, &str, &str) =
    ("uploads_without_end", "without_end", "came_at");

/// The key of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ItemKey {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl ItemKey {
    pub(crate) fn case(id: &CaseId) -> Self {
        Self {
            pk: case(id),
            sk: "case".to_owned(),
        }
    }

    pub(crate) fn event(id: &CaseId, version: u64) -> Self {
        Self {
            pk: case(id),
            sk: format!("event#{version:020}"),
        }
    }

    pub(crate) fn notice(id: &CaseId, version: u64) -> Self {
        Self {
            pk: case(id),
            sk: format!("{NOTICE}{version:020}"),
        }
    }

    pub(crate) fn reading(scan_id: &ScanId, reader: &str) -> Self {
        Self {
            pk: scan(scan_id),
            sk: format!("{READING}{reader}"),
        }
    }

    pub(crate) fn upload(batch: &BatchId, id: &UploadId) -> Self {
        Self {
            pk: format!("batch#{}", batch.as_str()),
            sk: format!("{UPLOAD}{}", id.as_str()),
        }
    }

    pub(crate) fn account(key: &IinKey, name: &AccountName) -> Self {
        Self {
            pk: ACCOUNTS.to_owned(),
            sk: format!("{ACCOUNT}{}", key.hash_of_name(name)),
        }
    }

    /// The item by which an account is found under who its person is to an OpenID provider.
    pub(crate) fn account_of(key: &IinKey, identity: &Identity) -> Self {
        Self {
            pk: format!("identity#{}", key.hash_of_identity(identity)),
            sk: "account".to_owned(),
        }
    }

    /// There while there is an account at all.
    pub(crate) fn any_account() -> Self {
        Self {
            pk: ACCOUNTS.to_owned(),
            sk: "any".to_owned(),
        }
    }

    pub(crate) fn session(key: &SessionKey) -> Self {
        Self {
            pk: format!("session#{}", key.0),
            sk: "session".to_owned(),
        }
    }

    /// The item by which a session is found by its age.
    pub(crate) fn session_of_age(began_at: Timestamp, key: &SessionKey) -> Self {
        Self {
            pk: SESSIONS.to_owned(),
            sk: format!("{}#{}", sortable(began_at), key.0),
        }
    }

    pub(crate) fn sign_in(key: &SessionKey) -> Self {
        Self {
            pk: format!("sign_in#{}", key.0),
            sk: "sign_in".to_owned(),
        }
    }

    /// Failed tries at logging in under a name.
    pub(crate) fn logins(key: &IinKey, name: &AccountName) -> Self {
        Self {
            pk: format!("login#{}", key.hash_of_name(name)),
            sk: TRIES.to_owned(),
        }
    }

    /// Failed tries at opening an application.
    pub(crate) fn openings(reference: &CaseId) -> Self {
        Self {
            pk: application(reference),
            sk: TRIES.to_owned(),
        }
    }

    pub(crate) fn application(reference: &CaseId) -> Self {
        Self {
            pk: application(reference),
            sk: APPLICATION.to_owned(),
        }
    }

    /// What came in pieces for an application and is no paper yet.
    pub(crate) fn pieces(reference: &CaseId) -> Self {
        Self {
            pk: application(reference),
            sk: "pieces".to_owned(),
        }
    }

    /// How far the reconciler got in the inbox.
    pub(crate) fn reached() -> Self {
        Self {
            pk: "reconciler".to_owned(),
            sk: "reached".to_owned(),
        }
    }

    /// There while an application's papers are to be erased; the application is gone by then.
    pub(crate) fn to_erase(reference: &CaseId) -> Self {
        Self {
            pk: TO_ERASE.to_owned(),
            sk: reference.to_string(),
        }
    }

    /// The item by which an application is found under a scan that it has, or once had.
    pub(crate) fn application_with(scan_id: &ScanId, reference: &CaseId) -> Self {
        Self {
            pk: scan(scan_id),
            sk: application(reference),
        }
    }

    /// There while an application waits to be handed over.
    pub(crate) fn to_hand_over(reference: &CaseId) -> Self {
        Self {
            pk: TO_HAND_OVER.to_owned(),
            sk: reference.to_string(),
        }
    }

    /// The item by which a case is found under `pk`, a scan's or a person's.
    pub(crate) fn link(pk: String, id: &CaseId) -> Self {
        Self { pk, sk: case(id) }
    }
}

/// The partition of all accounts.
pub(crate) const ACCOUNTS: &str = "accounts";
/// Before the hash in the key of an account.
pub(crate) const ACCOUNT: &str = "account#";
/// The partition of sessions by their age.
pub(crate) const SESSIONS: &str = "sessions";
/// The partition of applications that wait to be handed over.
pub(crate) const TO_HAND_OVER: &str = "to_hand_over";
/// The partition of applications whose papers are to be erased.
pub(crate) const TO_ERASE: &str = "to_erase";
/// The key of an application beside its tries.
pub(crate) const APPLICATION: &str = "application";
/// The key of failed tries.
const TRIES: &str = "tries";
/// Before the reference in the key of an application.
pub(crate) const OF_APPLICATION: &str = "application#";

pub(crate) fn application(reference: &CaseId) -> String {
    format!("{OF_APPLICATION}{reference}")
}

/// Where objects of an application are.
pub(crate) fn folder_of(reference: &CaseId) -> String {
    format!("applications/{reference}")
}

/// The object of a scan. Its name is 64 hexadecimal digits, so nothing can be smuggled into a key.
pub(crate) fn scan_object(scan: &ScanId) -> String {
    format!("scans/{scan}")
}

/// Before the name in the key of an upload.
const UPLOAD: &str = "upload#";

/// The first and the last key of a batch's uploads.
pub(crate) fn uploads_of(batch: &BatchId) -> (ItemKey, ItemKey) {
    let pk = format!("batch#{}", batch.as_str());
    let [from, to] = ["", "~"].map(|end| ItemKey {
        pk: pk.clone(),
        sk: format!("{UPLOAD}{end}"),
    });
    (from, to)
}

/// Before the reader in the key of a reading.
pub(crate) const READING: &str = "reading#";
/// Before the version in the key of a notice.
pub(crate) const NOTICE: &str = "notice#";

/// The place of a notice among those that wait: when it is due, then its version.
pub(crate) fn queued(due: &str, version: u64) -> String {
    format!("{due}#{version:020}")
}

/// The case of a notice, by the key of its item; none by the key of another item.
pub fn case_of_notice(pk: &str, sk: &str) -> Option<CaseId> {
    let version = sk.strip_prefix(NOTICE)?;
    let case = pk.strip_prefix(CASE)?;
    let _: u64 = version.parse().ok()?;
    case.to_owned().try_into().ok()
}

/// Before the reference in the key of a case.
pub(crate) const CASE: &str = "case#";

pub(crate) fn case(id: &CaseId) -> String {
    format!("{CASE}{id}")
}

pub(crate) fn scan(scan: &ScanId) -> String {
    format!("scan#{scan}")
}

/// A person's key: whoever sees it, in a log of requests too, learns no IIN from it. There are
/// few enough IINs to try them all, so a plain hash would be none.
pub(crate) fn person(key: &IinKey, iin: &Personal<String>) -> String {
    format!("person#{}", key.hash(iin))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IIN: &str = "900101300017";
    const PERSON: &str = "person#97f7121821c79341213d29eebd1ece63d38db89b13106438fdf82ce0e7429e85";

    #[test]
    fn a_persons_key_needs_the_secret_and_shows_no_iin() {
        let key = |text: &str| IinKey::new(text.repeat(4).as_bytes()).unwrap();
        let one = person(&key("a secret"), &IIN.into());
        assert_eq!(one, person(&key("a secret"), &IIN.into()));
        assert_ne!(one, person(&key("another!"), &IIN.into()));
        assert_ne!(one, person(&key("a secret"), &"900101300018".into()));
        assert!(!one.contains("9001013"), "{one}");
        // RFC 2104 over SHA-256, as any other program computes it.
        assert_eq!(one, PERSON);
    }

    #[test]
    fn the_key_of_a_notice_names_its_case() {
        let id = CaseId::try_from("0000-0000-0000".to_owned()).unwrap();
        for (key, case) in [
            (ItemKey::notice(&id, 3), Some(&id)),
            (ItemKey::event(&id, 3), None),
            (ItemKey::case(&id), None),
        ] {
            assert_eq!(case_of_notice(&key.pk, &key.sk).as_ref(), case, "{key:?}");
        }
        assert_eq!(case_of_notice("case#x", "notice#3"), None);
        assert_eq!(case_of_notice("case#0000-0000-0000", "notice#x"), None);
    }

    #[test]
    fn a_name_is_in_no_key_and_is_no_iin() {
        let key = IinKey::new(&[7; 32]).unwrap();
        let name = AccountName::try_from("a900101300017".to_owned()).unwrap();
        let [account, logins] = [ItemKey::account(&key, &name), ItemKey::logins(&key, &name)];
        let identity = Identity::new("https://id.example", "a900101300017").unwrap();
        let of = ItemKey::account_of(&key, &identity);
        assert!(
            !format!("{account:?}{logins:?}{of:?}").contains("a9001"),
            "{account:?}"
        );
        assert_ne!(key.hash_of_name(&name), key.hash(&name.as_str().into()));
    }

    #[test]
    fn versions_sort_as_numbers() {
        let id = CaseId::try_from("0000-0000-0000".to_owned()).unwrap();
        let versions = [1, 9, 10, u64::MAX].map(|v| ItemKey::event(&id, v));
        assert!(versions.is_sorted(), "{versions:?}");
    }
}
