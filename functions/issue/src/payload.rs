//! What a paper's code says, and how it is written and checked. Anyone with the public keys can check it
//! without a network.
//!
//! The text is `TIRKEU1:` and the bytes below in base 32 (RFC 4648, capitals, no padding): all of it in the
//! QR code's alphanumeric mode, safe in an address, and there is one way to write it only.
//!
//! | bytes | |
//! |---|---|
//! | 1 | version of this format: 1 |
//! | 1 | kind of paper, [`PaperKind::code`] |
//! | 8 | name of the key: first bytes of the SHA-256 of the public key |
//! | 2 | date on the paper: days since 2000-01-01, big-endian |
//! | 4 | version of the case that the paper rests on, big-endian |
//! | 12 | the case's reference without hyphens, ASCII |
//! | 1 + n | the mission's code, ASCII, its length before it |
//! | 1 + n | the holder's initials, UTF-8, their length in bytes before them |
//! | 64 | Ed25519 signature over `tirkeu paper 1`, a zero byte, and all bytes above |
//!
//! It attests kind, reference, mission, date and the holder's initials, surname first: enough to see that a
//! paper is not made up and to ask the mission for the rest, and no more of a person than that. It does *not*
//! attest what else is printed: two people with the same initials are told apart by the mission's record.

use casework::case::{CaseId, MissionCode};
use casework::personal::Personal;
use data_encoding::BASE32_NOPAD;
use ed25519_dalek::Signature;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::paper::PaperKind;
use crate::seal::{KEY_ID_BYTES, KeyId, KnownSeals, Seal};

/// What every payload begins with.
pub const PREFIX: &str = "TIRKEU1:";
const FORMAT: u8 = 1;
const CONTEXT: &[u8] = b"tirkeu paper 1\0";
const DAY_ZERO: Date = date(2000, 1, 1);
const REFERENCE_BYTES: usize = 12;
const SIGNATURE_BYTES: usize = 64;

/// What a paper's code attests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested {
    /// What kind of paper it is.
    pub kind: PaperKind,
    /// The case.
    pub reference: CaseId,
    /// The mission that issued it.
    pub mission: MissionCode,
    /// The date on it.
    pub on: Date,
    /// The version of the case that it rests on.
    pub version: u32,
    /// The holder's initials, surname first; empty where the names are not known yet.
    pub initials: Personal<String>,
}

/// Why a payload proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotGenuine {
    /// It is not written as a payload is.
    #[error("this is no payload of a paper")]
    NotAPayload,
    /// The key that it names is not among the known ones.
    #[error("the key {0} is not known here")]
    UnknownKey(KeyId),
    /// The signature is not that key's over these words.
    #[error("the signature does not fit: the paper was altered or made up")]
    Altered,
}

/// The payload of a paper; none where a part of it does not fit its place.
pub(crate) fn payload(attested: &Attested, seal: &Seal) -> Option<String> {
    let mut bytes = body(attested, seal.public().id())?;
    let signature = seal.sign(&message(&bytes));
    bytes.extend(signature.to_bytes());
    Some(format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes)))
}

/// Checks a payload as it is read from a code.
///
/// # Errors
/// [`NotGenuine`], and then nothing of it may be believed.
pub fn verify(text: &str, known: &KnownSeals) -> Result<Attested, NotGenuine> {
    let text = text.strip_prefix(PREFIX).ok_or(NotGenuine::NotAPayload)?;
    let bytes = BASE32_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| NotGenuine::NotAPayload)?;
    let (signed, signature) = bytes
        .split_last_chunk::<SIGNATURE_BYTES>()
        .ok_or(NotGenuine::NotAPayload)?;
    let (attested, key) = parse(signed).ok_or(NotGenuine::NotAPayload)?;
    let seal = known.get(key).ok_or(NotGenuine::UnknownKey(key))?;
    if seal.signed(&message(signed), &Signature::from_bytes(signature)) {
        Ok(attested)
    } else {
        Err(NotGenuine::Altered)
    }
}

fn message(body: &[u8]) -> Vec<u8> {
    [CONTEXT, body].concat()
}

fn body(attested: &Attested, key: KeyId) -> Option<Vec<u8>> {
    let days = (attested.on - DAY_ZERO).get_days();
    let mut bytes = vec![FORMAT, attested.kind.code()];
    bytes.extend(key.0);
    bytes.extend(u16::try_from(days).ok()?.to_be_bytes());
    bytes.extend(attested.version.to_be_bytes());
    bytes.extend(attested.reference.as_str().replace('-', "").bytes());
    for text in [&attested.mission.0, attested.initials.reveal()] {
        bytes.push(u8::try_from(text.len()).ok()?);
        bytes.extend(text.bytes());
    }
    Some(bytes)
}

/// Reads the signed part; none unless it is written exactly as [`body`] would write it.
fn parse(bytes: &[u8]) -> Option<(Attested, KeyId)> {
    let mut rest = bytes;
    let [FORMAT, kind] = take::<2>(&mut rest)? else {
        return None;
    };
    let key = KeyId(take::<KEY_ID_BYTES>(&mut rest)?);
    let days = u16::from_be_bytes(take(&mut rest)?);
    let version = u32::from_be_bytes(take(&mut rest)?);
    let reference = take::<REFERENCE_BYTES>(&mut rest)?;
    let mission = text(&mut rest)?;
    let initials = text(&mut rest)?;
    let attested = Attested {
        kind: PaperKind::from_code(kind)?,
        reference: CaseId::try_from(String::from_utf8(reference.to_vec()).ok()?).ok()?,
        mission: MissionCode(mission),
        on: DAY_ZERO.checked_add(i64::from(days).days()).ok()?,
        version,
        initials: initials.into(),
    };
    (body(&attested, key)? == bytes).then_some((attested, key))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, left) = rest.split_first_chunk::<N>()?;
    *rest = left;
    Some(*taken)
}

fn text(rest: &mut &[u8]) -> Option<String> {
    let [length] = take::<1>(rest)?;
    let (taken, left) = rest.split_at_checked(usize::from(length))?;
    *rest = left;
    String::from_utf8(taken.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attested() -> Attested {
        Attested {
            kind: PaperKind::Notification,
            reference: CaseId::try_from("000000000000".to_owned()).unwrap(),
            mission: MissionCode("DEU-BER".into()),
            on: date(2026, 11, 24),
            version: 9,
            initials: "ӘҚ".into(),
        }
    }

    fn known(seals: &[&Seal]) -> KnownSeals {
        seals.iter().map(|seal| seal.public()).collect()
    }

    #[test]
    fn a_payload_is_believed_with_its_key_only_old_or_new() {
        let (old, new) = (Seal::from_secret(&[1; 32]), Seal::from_secret(&[2; 32]));
        for seal in [&old, &new] {
            let text = payload(&attested(), seal).unwrap();
            assert_eq!(verify(&text, &known(&[&old, &new])), Ok(attested()));
            assert_eq!(
                verify(&text, &KnownSeals::default()),
                Err(NotGenuine::UnknownKey(seal.public().id()))
            );
        }
    }

    #[test]
    fn every_kind_the_earliest_and_the_latest_day_and_no_initials_come_back() {
        let seal = Seal::from_secret(&[1; 32]);
        for kind in PaperKind::ALL {
            for (on, initials) in [(DAY_ZERO, ""), (date(2179, 6, 6), "Ё")] {
                let attested = Attested {
                    kind,
                    on,
                    initials: initials.into(),
                    ..attested()
                };
                let text = payload(&attested, &seal).unwrap();
                assert_eq!(verify(&text, &known(&[&seal])), Ok(attested));
            }
        }
        for on in [date(1999, 12, 31), date(2179, 6, 7)] {
            assert_eq!(payload(&Attested { on, ..attested() }, &seal), None, "{on}");
        }
        let long = "Ә".repeat(128).as_str().into();
        let long = Attested {
            initials: long,
            ..attested()
        };
        assert_eq!(payload(&long, &seal), None);
    }

    #[test]
    fn a_payload_with_any_byte_changed_to_any_other_is_refused() {
        let seal = Seal::from_secret(&[1; 32]);
        let known = known(&[&seal]);
        let text = payload(&attested(), &seal).unwrap();
        let bytes = BASE32_NOPAD
            .decode(text.strip_prefix(PREFIX).unwrap().as_bytes())
            .unwrap();
        for at in 0..bytes.len() {
            for change in 1..=u8::MAX {
                let mut altered = bytes.clone();
                altered[at] ^= change;
                let altered = format!("{PREFIX}{}", BASE32_NOPAD.encode(&altered));
                assert!(verify(&altered, &known).is_err(), "byte {at} ^ {change}");
            }
        }
    }

    #[test]
    fn a_text_with_any_character_changed_left_out_or_added_is_refused() {
        let seal = Seal::from_secret(&[1; 32]);
        let known = known(&[&seal]);
        let text = payload(&attested(), &seal).unwrap();
        for at in 0..text.len() {
            for change in 1..=127_u8 {
                let mut altered = text.clone().into_bytes();
                altered[at] ^= change;
                let altered = String::from_utf8_lossy(&altered).into_owned();
                assert!(verify(&altered, &known).is_err(), "character {at}");
            }
            let mut without = text.clone();
            without.remove(at);
            assert!(verify(&without, &known).is_err(), "without {at}");
        }
        for added in [format!("{text}A"), format!("{text} "), format!(" {text}")] {
            assert!(verify(&added, &known).is_err());
        }
        assert_eq!(
            verify(&text.to_lowercase(), &known),
            Err(NotGenuine::NotAPayload)
        );
    }
}
