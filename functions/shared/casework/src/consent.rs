//! The consent to the processing of personal data (Art. 8 of the Law No. 94-V): its text in eight parts.
//!
//! Data, versioned by the date of its text (`data/consent/*.json`). What was given is kept with the
//! version, so that the very text can be shown again. Never here: whether it was given.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::country::LocalNames;

/// Every version, the oldest first.
static VERSIONS: LazyLock<Vec<ConsentText>> = LazyLock::new(|| {
    let texts = [include_str!("../data/consent/2026-11-01.json")];
    let read = |text| serde_json::from_str(text).ok();
    texts.into_iter().filter_map(read).collect()
});

/// The text of one version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentText {
    /// Since when it is used.
    pub version: Date,
    /// What it rests on, and what of it is still to be checked.
    pub source: String,
    /// Its eight parts, in the law's order.
    pub parts: Vec<ConsentPart>,
}

/// A part of the consent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentPart {
    /// As the card's schema names it.
    pub code: String,
    /// What is consented to.
    pub text: LocalNames,
}

impl ConsentText {
    /// The text that is used now.
    pub fn current() -> Option<&'static Self> {
        VERSIONS.last()
    }

    /// The text of this version.
    pub fn of(version: Date) -> Option<&'static Self> {
        VERSIONS.iter().find(|text| text.version == version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::schema::Schema;
    use crate::words::Language;

    #[test]
    fn every_version_has_the_eight_parts_of_the_card_in_every_language() {
        let parts = &Schema::current().field("consent").unwrap().parts;
        let codes: Vec<_> = parts.iter().map(|part| part.code.as_str()).collect();
        assert_eq!(VERSIONS.len(), 1, "a version cannot be read");
        for text in VERSIONS.iter() {
            let named: Vec<_> = text.parts.iter().map(|part| part.code.as_str()).collect();
            assert_eq!(named, codes);
            for language in Language::ALL {
                assert!(text.parts.iter().all(|p| p.text.of(language).len() > 10));
            }
            assert_eq!(ConsentText::of(text.version), Some(text));
        }
    }
}
