//! By what a case is found besides its reference: the scans it holds, the people it names.
//! People by their IINs and by every word of their names, however it is spelt.

use std::collections::BTreeSet;

use super::Case;
use crate::card::Entry;
use crate::names::skeleton;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::ScanId;

/// Digits of an IIN.
const IIN_DIGITS: usize = 12;

/// The twelve digits of an IIN, however it was spaced; none where there are not twelve.
/// The check digit is not asked: a person is also found by a misprinted number.
pub fn iin_digits(text: &Personal<String>) -> Option<Personal<String>> {
    let digits: String = text.reveal().chars().filter(char::is_ascii_digit).collect();
    (digits.len() == IIN_DIGITS).then(|| Personal::new(digits))
}

/// What people of this IIN, or with this word in their name, are found by: the twelve digits, or
/// the word's skeleton, in which spellings of one name in Cyrillic and Latin fall together. None
/// for what is neither.
pub fn person_key(text: &Personal<String>) -> Option<Personal<String>> {
    let word = || {
        let key = skeleton(text.reveal());
        let is_word = !key.is_empty() && key.chars().all(char::is_alphabetic);
        is_word.then(|| Personal::new(key))
    };
    iin_digits(text).or_else(word)
}

/// The words of a name, each as it may be asked for.
pub fn name_words(name: &str) -> impl Iterator<Item = Personal<String>> {
    let apart = |c: char| c.is_whitespace() || c == '-' || c == '‐' || c == '–';
    let words = name.split(apart).filter(|word| !word.is_empty());
    words.map(Personal::from)
}

impl Case {
    /// The scans of its manifest, and those that were filed or came over from another case.
    pub fn scan_ids(&self) -> BTreeSet<&ScanId> {
        let listed = self.manifest.scans.iter().map(|s| &s.scan);
        listed.chain(self.scans.iter().map(|s| &s.scan)).collect()
    }

    /// Every IIN in it, on the card or on a document, each as twelve digits. More than one where
    /// the papers disagree: the case is then found by each.
    pub fn iins(&self) -> BTreeSet<Personal<String>> {
        let declared = self
            .declared
            .iter()
            .filter_map(|card| card.entries.get(&FieldName::IIN));
        let entry = self.card.entries.get(&FieldName::IIN);
        let on_card = entry.into_iter().flat_map(Entry::values);
        let read = self
            .documents()
            .filter_map(|(_, document)| document.fields.get(&FieldName::IIN))
            .map(|field| &field.value);
        declared
            .chain(self.corrections.get(&FieldName::IIN))
            .chain(on_card)
            .chain(read)
            .filter_map(iin_digits)
            .collect()
    }

    /// Every [`person_key`] of it: its IINs, and the words of every name on the card or on a
    /// document.
    pub fn person_keys(&self) -> BTreeSet<Personal<String>> {
        let names = [
            FieldName::SURNAME,
            FieldName::GIVEN_NAMES,
            FieldName::PATRONYMIC,
            FieldName::SURNAME_LATIN,
            FieldName::GIVEN_NAMES_LATIN,
        ];
        let values = names.iter().flat_map(|name| {
            let on_card = self
                .card
                .entries
                .get(name)
                .into_iter()
                .flat_map(Entry::values);
            let read = self
                .documents()
                .filter_map(|(_, document)| document.fields.get(name))
                .map(|field| &field.value);
            on_card.chain(read)
        });
        let words = values.flat_map(|value| name_words(value.reveal()));
        let keys = words.filter_map(|word| person_key(&word));
        self.iins().into_iter().chain(keys).collect()
    }
}

impl Entry {
    /// Its values, the one that counts first: corrected, declared, read.
    pub fn values(&self) -> impl Iterator<Item = &Personal<String>> {
        [&self.corrected, &self.declared, &self.read]
            .into_iter()
            .flatten()
            .map(|entry| &entry.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iin_is_twelve_digits_however_it_is_spaced() {
        for (text, digits) in [
            ("900101300017", Some("900101300017")),
            (" 900101 300017\n", Some("900101300017")),
            ("90010130001", None),
            ("9001013000171", None),
            ("", None),
        ] {
            let found = iin_digits(&text.into());
            assert_eq!(found, digits.map(Personal::from), "{text:?}");
        }
    }

    #[test]
    fn a_person_is_found_by_iin_or_by_a_word_of_a_name_in_any_spelling() {
        let key = |text: &str| person_key(&text.into());
        for (asked, stored) in [
            ("900101 300017", "900101300017"),
            ("сәбитов", "СӘБИТОВ"),
            ("САБИТОВ", "СӘБИТОВ"),
            ("Sabitov", "СӘБИТОВ"),
            ("Gulnar", "ГҮЛНАР"),
        ] {
            assert_eq!(key(asked), key(stored), "{asked}");
            assert!(key(asked).is_some(), "{asked}");
        }
        assert_ne!(key("АХМЕТОВ"), key("СӘБИТОВ"));
        for neither in ["", " ", "90010130001", "A1", "ҮЛГІ 7", "…"] {
            assert_eq!(key(neither), None, "{neither:?}");
        }
    }
}
