//! A case's reference: short enough to read over a telephone, with a check symbol.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::manifest::Manifest;
use crate::upload::BatchId;

/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols before the check symbol: 55 bits.
const SYMBOLS: usize = 11;

/// Eleven symbols and a check symbol in three groups, e.g. `7F3K-9Q2M-4B1T`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseId(String);

impl CaseId {
    /// The reference of the case that a manifest opens.
    ///
    /// It follows from what came (kind, channel, mission, card, scans) and not from
    /// when: the same stack taken twice is the same case. What comes piece by piece is known by
    /// its batch alone: the first piece and the last, in any order, name the same case.
    pub fn of(manifest: &Manifest) -> Self {
        match &manifest.batch {
            Some(batch) => Self::of_batch(batch),
            None => Self::hashed(&Self::identity(manifest)),
        }
    }

    /// The reference of the case that a batch makes.
    pub fn of_batch(batch: &BatchId) -> Self {
        Self::hashed(&serde_json::json!(["batch", batch]))
    }

    fn identity(manifest: &Manifest) -> serde_json::Value {
        let mut scans: Vec<_> = manifest
            .scans
            .iter()
            .map(|s| (s.scan.as_str(), &s.pages))
            .collect();
        scans.sort();
        scans.dedup();
        serde_json::json!([
            manifest.kind,
            manifest.channel,
            manifest.mission,
            manifest.card,
            scans
        ])
    }

    fn hashed(identity: &serde_json::Value) -> Self {
        let digest = Sha256::digest(identity.to_string().as_bytes());
        let mut number = digest
            .iter()
            .take(8)
            .fold(0_u64, |n, byte| (n << 8) | u64::from(*byte));
        let mut symbols = Vec::with_capacity(SYMBOLS + 1);
        for _ in 0..SYMBOLS {
            symbols.push((number & 31) as u8);
            number >>= 5;
        }
        symbols.push(check_symbol(&symbols));
        Self(grouped(&symbols))
    }

    /// As people write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A weighted sum mod 31 (prime): every wrong symbol below 31 and every swap of neighbours shows.
fn check_symbol(symbols: &[u8]) -> u8 {
    let sum: u32 = symbols
        .iter()
        .zip(1_u32..)
        .map(|(symbol, weight)| u32::from(*symbol) * weight)
        .sum();
    u8::try_from(sum % 31).unwrap_or_default()
}

fn grouped(symbols: &[u8]) -> String {
    let letters = symbols
        .iter()
        .filter_map(|s| ALPHABET.get(usize::from(*s)))
        .map(|b| char::from(*b));
    letters
        .enumerate()
        .fold(String::new(), |mut text, (index, letter)| {
            if index > 0 && index % 4 == 0 {
                text.push('-');
            }
            text.push(letter);
            text
        })
}

/// The text is not a case reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a case reference has twelve letters and digits in three groups, like 7F3K-9Q2M-4B1T; check each of them"
)]
pub struct NotACaseId;

impl TryFrom<String> for CaseId {
    type Error = NotACaseId;

    /// Takes small letters and missing hyphens; `O` is read as `0`, `I` and `L` as `1`.
    fn try_from(text: String) -> Result<Self, NotACaseId> {
        let symbols = text
            .chars()
            .filter(|c| *c != '-' && !c.is_whitespace())
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .map(|c| {
                ALPHABET
                    .iter()
                    .position(|a| char::from(*a) == c)
                    .and_then(|p| u8::try_from(p).ok())
            })
            .collect::<Option<Vec<u8>>>()
            .ok_or(NotACaseId)?;
        match symbols.split_last() {
            Some((check, rest)) if rest.len() == SYMBOLS && check_symbol(rest) == *check => {
                Ok(Self(grouped(&symbols)))
            }
            _ => Err(NotACaseId),
        }
    }
}

impl From<CaseId> for String {
    fn from(id: CaseId) -> Self {
        id.0
    }
}

impl std::fmt::Display for CaseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{CaseKind, Channel, MissionCode, ScanPages};
    use crate::scan::ScanId;
    use crate::upload::BatchId;

    fn manifest(received_at: &str, scans: &[&str]) -> Manifest {
        Manifest {
            kind: CaseKind::Permanent,
            channel: Channel::Consulate,
            mission: MissionCode("DEU-BER".into()),
            received_at: received_at.parse().unwrap(),
            card: None,
            scans: scans
                .iter()
                .map(|s| ScanPages {
                    scan: ScanId::of(s.as_bytes()),
                    name: (*s).into(),
                    pages: None,
                })
                .collect(),
            batch: None,
            signature: None,
            language: None,
            sent_anyway: Vec::new(),
        }
    }

    #[test]
    fn what_comes_piece_by_piece_is_known_by_its_batch() {
        let of = |folder, scans| {
            let batch = Some(BatchId::of("inbox", folder));
            let piece = manifest("2026-10-23T09:00:00Z", scans);
            CaseId::of(&Manifest { batch, ..piece })
        };
        assert_eq!(of("one/a.jpg", &["a"]), of("one/manifest.json", &[]));
        assert_ne!(of("one/a.jpg", &["a"]), of("two/a.jpg", &["a"]));
    }

    #[test]
    fn the_same_stack_is_the_same_case_whenever_and_in_whatever_order_it_comes() {
        let one = CaseId::of(&manifest("2026-10-23T09:00:00Z", &["a", "b"]));
        assert_eq!(
            one,
            CaseId::of(&manifest("2026-10-24T09:00:00Z", &["b", "a", "b"]))
        );
        assert_ne!(one, CaseId::of(&manifest("2026-10-23T09:00:00Z", &["a"])));
    }

    #[test]
    fn a_reference_is_read_back_as_people_write_it_and_a_slip_is_noticed() {
        let id = CaseId::of(&manifest("2026-10-23T09:00:00Z", &["a", "b"]));
        let written = id.as_str();
        assert_eq!(written.len(), 14);
        assert_eq!(
            CaseId::try_from(written.to_lowercase().replace('-', "")),
            Ok(id.clone())
        );
        let first = if written.starts_with('2') { '3' } else { '2' };
        assert_eq!(
            CaseId::try_from(format!("{first}{}", &written[1..])),
            Err(NotACaseId)
        );
        assert_eq!(CaseId::try_from(String::new()), Err(NotACaseId));
    }
}
