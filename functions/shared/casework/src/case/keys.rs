//! By what a case is found besides its reference: the scans it holds, the people it names.

use std::collections::BTreeSet;

use super::Case;
use crate::card::Entry;
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
}
