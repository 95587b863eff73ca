//! Check digits of a zone: computed, compared, and what they cannot see (ICAO 9303-3 §4.9).

use serde::{Deserialize, Serialize};

/// The check digits a zone may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Over the document number.
    DocumentNumber,
    /// Over the birth date.
    BirthDate,
    /// Over the expiry date.
    ExpiryDate,
    /// Over the optional data (TD3 only).
    Optional,
    /// Over all of these (not on visas).
    Composite,
}

impl Check {
    /// Every check digit, the composite last.
    pub const ALL: [Self; 5] = [
        Self::DocumentNumber,
        Self::BirthDate,
        Self::ExpiryDate,
        Self::Optional,
        Self::Composite,
    ];
}

/// What a check digit says about the characters it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckDigit {
    /// It is the digit they ask for. A filter: it proves nothing without margins.
    Verified,
    /// It is another: something was misread, misprinted or forged.
    Refuted,
    /// The format has none, or the field is empty and none was printed.
    NotPrinted,
}

/// What each check digit of a zone says, as `read` writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Checks {
    /// Over the document number.
    pub document_number: CheckDigit,
    /// Over the birth date.
    pub birth_date: CheckDigit,
    /// Over the expiry date.
    pub expiry_date: CheckDigit,
    /// Over the optional data.
    pub optional: CheckDigit,
    /// Over all of these.
    pub composite: CheckDigit,
}

impl Checks {
    /// One of them by name.
    pub const fn get(&self, check: Check) -> CheckDigit {
        match check {
            Check::DocumentNumber => self.document_number,
            Check::BirthDate => self.birth_date,
            Check::ExpiryDate => self.expiry_date,
            Check::Optional => self.optional,
            Check::Composite => self.composite,
        }
    }

    /// Whether none is refuted (rule R4).
    pub fn none_refuted(&self) -> bool {
        Check::ALL
            .iter()
            .all(|check| self.get(*check) != CheckDigit::Refuted)
    }

    /// How many are verified; what the reader chooses orientation and format by.
    pub fn verified_count(&self) -> usize {
        Check::ALL
            .iter()
            .filter(|check| self.get(**check) == CheckDigit::Verified)
            .count()
    }
}

/// The check digit of `characters`: weights 7, 3, 1 from the left, modulo 10.
///
/// Characters outside the MRZ alphabet count as a filler.
pub fn check_digit(characters: impl IntoIterator<Item = char>) -> char {
    let sum: u32 = characters
        .into_iter()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(character, weight)| value(character) * weight)
        .sum();
    char::from_digit(sum % 10, 10).unwrap_or('0')
}

/// Whether no check digit can tell the two apart, as `0`, `A`, `K`, `U` and `<`.
pub fn same_to_a_check_digit(a: char, b: char) -> bool {
    value(a) % 10 == value(b) % 10
}

/// `0`–`9` are 0–9, `A`–`Z` 10–35, `<` is 0.
fn value(character: char) -> u32 {
    match character {
        '0'..='9' | 'A'..='Z' => character.to_digit(36).unwrap_or(0),
        _ => 0,
    }
}
