//! The registration card's schema: which entries there are, of what type, with labels in three languages.
//!
//! Data, versioned by the date the form came into force (`data/card/*.json`); the annex's
//! exact list is not verified, so a correction is a change of that file and of nothing else.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;
use strsim::levenshtein;

use crate::case::CaseKind;
use crate::country::{Country, LocalNames};
use crate::words::{Language, Words};

/// Every version, the oldest first.
static VERSIONS: LazyLock<Vec<Schema>> = LazyLock::new(|| {
    [include_str!("../../data/card/2022-05-23.json")]
        .into_iter()
        .map(embedded)
        .collect()
});

#[expect(
    clippy::expect_used,
    reason = "embedded data; a test reads every version"
)]
fn embedded(json: &str) -> Schema {
    serde_json::from_str(json).expect("the card's embedded schema is read by a test")
}

/// The card of one version of the Rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Since when it is in force.
    pub version: Date,
    /// Where it was read.
    pub source: String,
    /// Its entries, in the order people see them.
    pub fields: Vec<SchemaField>,
}

/// One entry of the card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaField {
    /// Its name in records and JSON.
    pub key: String,
    /// What may stand in it.
    #[serde(rename = "type")]
    pub entry_type: EntryType,
    /// How sure we are that the form has it.
    pub status: SourceStatus,
    /// Which kinds of card have it; both where absent.
    #[serde(default = "both_kinds")]
    pub kinds: Vec<CaseKind>,
    /// Which kinds of card must have it.
    pub required: Vec<CaseKind>,
    /// What people read beside it.
    pub labels: LocalNames,
    /// What may be chosen, for an entry of type choice.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// What it consists of, for an entry of type consent.
    #[serde(default)]
    pub parts: Vec<Choice>,
}

/// A value one may choose, or a part of the consent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As written in records and JSON.
    pub code: String,
    /// As people read it.
    pub labels: LocalNames,
}

/// What may stand in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryType {
    /// Free text.
    Text,
    /// A person's name.
    Name,
    /// A number of a document, without `№`.
    Number,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// Twelve digits.
    Iin,
    /// `M` or `F`.
    Sex,
    /// A country, by name or code.
    Country,
    /// One of the entry's choices.
    Choice,
    /// `true` or `false`.
    Bool,
    /// The consent with its eight parts (Art. 8 of the Law No. 94-V).
    Consent,
}

/// How sure we are of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub enum SourceStatus {
    /// Read in a public source.
    #[serde(rename = "V")]
    Verified,
    /// From memory; to be checked against the annex.
    #[serde(rename = "M")]
    FromMemory,
}

fn both_kinds() -> Vec<CaseKind> {
    vec![CaseKind::Permanent, CaseKind::Temporary]
}

impl Schema {
    /// The schema in force now.
    pub fn current() -> &'static Self {
        Self::on(Date::MAX)
    }

    /// The schema in force on a day; the oldest for earlier days.
    pub fn on(day: Date) -> &'static Self {
        static NONE: Schema = Schema {
            version: Date::ZERO,
            source: String::new(),
            fields: Vec::new(),
        };
        let versions = &*VERSIONS;
        let in_force = versions.iter().rev().find(|schema| schema.version <= day);
        in_force.or(versions.first()).unwrap_or(&NONE)
    }

    /// The entry of this key.
    pub fn field(&self, key: &str) -> Option<&SchemaField> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The entries of a kind of card, in order.
    pub fn fields_of(&self, kind: CaseKind) -> impl Iterator<Item = &SchemaField> {
        self.fields
            .iter()
            .filter(move |field| field.kinds.contains(&kind))
    }
}

impl SchemaField {
    /// A value of this entry as people read it: a code in words, anything else as it stands.
    pub fn shown(&self, value: &str, words: &Words) -> String {
        let mut codes = self.choices.iter().chain(&self.parts);
        let code = codes.find(|choice| choice.code == value);
        let in_words = code.map(|choice| choice.labels.of(words.language).to_owned());
        let in_words = in_words.or_else(|| match self.entry_type {
            EntryType::Country => {
                Country::by_code(value).map(|country| country.names.of(words.language).to_owned())
            }
            EntryType::Bool | EntryType::Consent => yes_or_no(value, words),
            EntryType::Sex => match value {
                "M" => Some(words.say("sex-male")),
                "F" => Some(words.say("sex-female")),
                _ => None,
            },
            EntryType::Text
            | EntryType::Name
            | EntryType::Number
            | EntryType::Date
            | EntryType::Choice
            | EntryType::Iin => None,
        });
        in_words.unwrap_or_else(|| value.to_owned())
    }

    /// The code that a text names: the code itself or a label of any language, whatever its case.
    pub fn choice(&self, text: &str) -> Option<&str> {
        let wanted = folded(text);
        let names = |choice: &&Choice| {
            let labels = Language::ALL.map(|language| choice.labels.of(language));
            folded(&choice.code) == wanted || labels.into_iter().any(|l| folded(l) == wanted)
        };
        self.choices.iter().find(names).map(|c| c.code.as_str())
    }

    /// The code that a text read from paper names: as [`Self::choice`], or the only choice that
    /// has a label of six letters or more with one letter taken for another.
    pub fn choice_read(&self, text: &str) -> Option<&str> {
        let read = folded(text);
        let near = |choice: &&Choice| {
            let labels = Language::ALL.map(|language| folded(choice.labels.of(language)));
            labels
                .iter()
                .any(|label| one_letter_taken_for_another(label, &read))
        };
        let mut near = self.choices.iter().filter(near);
        self.choice(text)
            .or_else(|| match (near.next(), near.next()) {
                (Some(only), None) => Some(only.code.as_str()),
                _ => None,
            })
    }

    /// The code of the choice that a text is most like: one letter in three of its label may be another,
    /// one too many or missing. Nothing where another is nearly as like it. Somebody has to look at it.
    pub fn choice_meant(&self, text: &str) -> Option<&str> {
        let read = folded(text);
        let mut near: Vec<(usize, usize, &str)> = self
            .choices
            .iter()
            .filter_map(|choice| {
                let labels = Language::ALL.map(|language| folded(choice.labels.of(language)));
                let of = |label: &String| (levenshtein(label, &read), label.chars().count());
                let (distance, letters) = labels.iter().map(of).min()?;
                Some((distance, letters, choice.code.as_str()))
            })
            .collect();
        near.sort_unstable();
        match near.as_slice() {
            [(distance, letters, code), (next, ..), ..]
                if distance + CLEARLY <= *next && *distance <= letters / LETTERS_A_MISREAD =>
            {
                Some(code)
            }
            _ => None,
        }
    }
}

/// A label with so many letters is known with one of them taken for another.
const LONG: usize = 6;
/// Of so many letters one may be misread where somebody looks at it,
const LETTERS_A_MISREAD: usize = 3;
/// and by so many the next choice must be less like it.
const CLEARLY: usize = 2;

fn one_letter_taken_for_another(label: &str, read: &str) -> bool {
    let (label, read) = (label.chars(), read.chars());
    let long = label.clone().count() >= LONG && label.clone().count() == read.clone().count();
    long && label.zip(read).filter(|(a, b)| a != b).count() == 1
}

fn yes_or_no(value: &str, words: &Words) -> Option<String> {
    match value {
        "true" => Some(words.say("yes")),
        "false" => Some(words.say("no")),
        _ => None,
    }
}

/// Lower case, ё as е, single spaces: enough to know a choice again.
fn folded(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").to_lowercase().replace('ё', "е")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_choice_read_from_paper_may_have_one_letter_misread_and_be_meant_with_more() {
        let kind = Schema::current().field("card_kind").unwrap();
        for (text, read, meant) in [
            (
                "постоянно проживающий",
                Some("permanent"),
                Some("permanent"),
            ),
            (
                "постоянно проживаюший",
                Some("permanent"),
                Some("permanent"),
            ),
            ("посгоянно проживаюший", None, Some("permanent")),
            ("временпо прожи вающий", None, Some("temporary")),
            ("посгоянно прожилаюшин", None, Some("permanent")),
            ("проживающий и ещё", None, None), // as like one as the other
            ("проживающий", None, None),
            ("", None, None),
        ] {
            assert_eq!(kind.choice_read(text), read, "{text}");
            assert_eq!(kind.choice_meant(text), meant, "{text}");
        }
        assert_eq!(kind.choice("постоянно проживаюший"), None);
    }

    #[test]
    fn codes_are_shown_in_words_and_values_as_they_stand() {
        let words = Words::of(Language::Ru);
        for (key, value, shown) in [
            ("signed", "true", "да"),
            ("sex", "F", "женский"),
            ("sex", "X", "X"),
            ("citizenship", "KAZ", "Казахстан"),
            ("citizenship", "ҚАЗАҚСТАН", "ҚАЗАҚСТАН"),
            ("purpose_of_stay", "study", "учёба"),
            ("consent", "cross_border", "Трансграничная передача"),
            ("consent", "false", "нет"),
            ("consent", "5 лет", "5 лет"),
            ("surname", "true", "true"),
        ] {
            let field = Schema::current().field(key).unwrap();
            assert_eq!(field.shown(value, &words), shown, "{key} {value}");
        }
    }

    #[test]
    fn every_version_is_whole() {
        for schema in VERSIONS.iter() {
            let keys: BTreeSet<_> = schema.fields.iter().map(|f| &f.key).collect();
            assert_eq!(keys.len(), schema.fields.len(), "a key stands twice");
            for field in &schema.fields {
                let is = |entry_type| field.entry_type == entry_type;
                assert_eq!(is(EntryType::Choice), !field.choices.is_empty());
                assert_eq!(is(EntryType::Consent), field.parts.len() == 8);
                assert!(field.required.iter().all(|k| field.kinds.contains(k)));
                let options = field.choices.iter().chain(&field.parts).map(|c| &c.labels);
                for labels in options.chain([&field.labels]) {
                    for language in Language::ALL {
                        assert!(!labels.of(language).is_empty(), "{}", field.key);
                    }
                }
            }
        }
        assert!(VERSIONS.windows(2).all(|v| v[0].version < v[1].version));
    }

    #[test]
    fn a_day_has_the_version_in_force() {
        let first = date(2022, 5, 23);
        for (day, version) in [
            (first, first),
            (date(2026, 1, 1), first),
            (date(2010, 1, 1), first),
        ] {
            assert_eq!(Schema::on(day).version, version, "{day}");
        }
    }

    #[test]
    fn a_choice_is_known_by_code_and_label() {
        let purpose = Schema::current().field("purpose_of_stay").unwrap();
        for (text, code) in [
            ("study", Some("study")),
            ("Учеба", Some("study")),
            (" оқу ", Some("study")),
            ("Business  trip", Some("business_trip")),
            ("sleep", None),
            ("", None),
        ] {
            assert_eq!(purpose.choice(text), code, "{text}");
            assert_eq!(purpose.choice_read(text), code, "{text}");
        }
    }

    #[test]
    fn only_a_permanent_card_has_a_permit_and_only_a_temporary_one_an_end() {
        let has = |kind, key: &str| Schema::current().fields_of(kind).any(|f| f.key == key);
        for (key, permanent, temporary) in [
            ("permit_date", true, false),
            ("stay_until", false, true),
            ("surname", true, true),
        ] {
            assert_eq!(has(CaseKind::Permanent, key), permanent, "{key}");
            assert_eq!(has(CaseKind::Temporary, key), temporary, "{key}");
        }
    }
}
