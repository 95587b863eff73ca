//! The declared card: what a JSON of it may say, and every fault of one at once.
//!
//! Never here: whether the declared values are true; that is the cross-check's.

use std::collections::BTreeMap;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::schema::{EntryType, Schema, SchemaField};
use crate::document::normal;
use crate::personal::Personal;
use crate::reading::FieldName;

/// Longest text of an entry, in characters.
const TEXT_LENGTH_MAX: usize = 1000;
/// The key of the consent; its parts are kept as `consent.term` and so on.
pub(crate) const CONSENT: &str = "consent";

/// The card as the applicant declared it: entries by the keys of the schema.
///
/// The consent's object is kept flat, one entry a part (`consent.term`), and written so.
/// What was recorded reads back whatever today's schema says: a case must outlive its
/// schema. What comes from outside is a [`CheckedCard`] first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DeclaredCard {
    /// Text entries; dates `YYYY-MM-DD`, yes/no as `true`/`false`, choices by their codes.
    #[serde(flatten)]
    pub entries: BTreeMap<FieldName, Personal<String>>,
}

/// A card from outside: deserialising it validates.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "RawCard")]
pub struct CheckedCard(pub DeclaredCard);

/// Why a text is no card: every fault that was found, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// It is no JSON object.
    #[error("the card is not a JSON object: {0}")]
    NotAnObject(String),
    /// Entries of it are at fault.
    #[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults {
        /// One an entry.
        faults: Vec<CardFault>,
    },
}

/// What is wrong with one entry. The value is the person's and stays out of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {cause}")]
pub struct CardFault {
    /// Its key, as it was written.
    pub field: String,
    /// What is wrong.
    pub cause: CardCause,
}

/// What can be wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardCause {
    /// The schema has no such key.
    #[error("the card has no such entry")]
    UnknownKey,
    /// The same key stands twice.
    #[error("stands twice")]
    Twice,
    /// Not a text.
    #[error("must be a text in quotes")]
    NotText,
    /// Longer than any entry is.
    #[error("longer than {TEXT_LENGTH_MAX} characters")]
    TooLong,
    /// No day, or one that never was.
    #[error("not a day that exists; write YYYY-MM-DD")]
    NotADay,
    /// Not twelve digits.
    #[error("must be 12 digits in quotes")]
    NotTwelveDigits,
    /// Neither sex.
    #[error("must be M or F")]
    NotASex,
    /// None of the choices.
    #[error("none of the choices of this entry")]
    NotAChoice,
    /// Not true or false.
    #[error("must be true or false")]
    NotYesOrNo,
    /// The consent is not an object.
    #[error("must be an object: the version of its text and its eight parts")]
    NotAConsent,
    /// Children without name or day of birth, or no children any more.
    #[error("each child has a name, a day of birth, and is under 16")]
    NotAChild,
}

/// Keys and values as they stand, a repeated key kept.
struct RawCard(Vec<(String, Value)>);

impl DeclaredCard {
    /// Reads a card's JSON.
    ///
    /// # Errors
    /// [`CardError`] with every fault, each naming its entry.
    pub fn parse(json: &str) -> Result<Self, CardError> {
        let raw: RawCard =
            serde_json::from_str(json).map_err(|error| CardError::NotAnObject(without(&error)))?;
        CheckedCard::try_from(raw).map(|checked| checked.0)
    }

    /// The declared value of an entry.
    pub fn get(&self, key: &FieldName) -> Option<&str> {
        self.entries.get(key).map(|value| value.reveal().as_str())
    }
}

/// Where the JSON breaks off, without the text that stands there.
fn without(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

impl TryFrom<RawCard> for CheckedCard {
    type Error = CardError;

    fn try_from(raw: RawCard) -> Result<Self, CardError> {
        let schema = Schema::current();
        let mut card = DeclaredCard::default();
        let mut faults = Vec::new();
        for (key, value) in flat(raw.0) {
            let name = FieldName::from_key(key.clone());
            match entry(schema, &key, &value) {
                Ok(Some(_)) if card.entries.contains_key(&name) => faults.push(CardFault {
                    field: key,
                    cause: CardCause::Twice,
                }),
                Ok(Some(text)) => {
                    card.entries.insert(name, Personal::new(text));
                }
                Ok(None) => {}
                Err(cause) => faults.push(CardFault { field: key, cause }),
            }
        }
        if faults.is_empty() {
            Ok(Self(card))
        } else {
            Err(CardError::Faults { faults })
        }
    }
}

/// A text as the value of an entry, in its one form; nothing where it is empty.
///
/// # Errors
/// [`CardCause`] where the schema has no such entry or the entry cannot hold the text.
pub fn entry_value(field: &FieldName, text: &str) -> Result<Option<Personal<String>>, CardCause> {
    let text = Value::from(text);
    let value = entry(Schema::current(), field.as_str(), &text)?;
    Ok(value.map(Personal::new))
}

/// The consent's object as entries of its own.
fn flat(entries: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let parts = |(key, value): (String, Value)| {
        let Some(parts) = value.as_object().filter(|_| key == CONSENT) else {
            return vec![(key, value)];
        };
        parts
            .iter()
            .map(|(part, value)| (format!("{CONSENT}.{part}"), value.clone()))
            .collect()
    };
    entries.into_iter().flat_map(parts).collect()
}

/// The entry in its one form; nothing where it was left empty.
fn entry(schema: &Schema, key: &str, value: &Value) -> Result<Option<String>, CardCause> {
    if *value == Value::Null {
        return Ok(None);
    }
    if let Some(part) = key
        .strip_prefix(CONSENT)
        .and_then(|rest| rest.strip_prefix('.'))
    {
        let parts = schema.field(CONSENT).map_or(&[][..], |field| &field.parts);
        if part != "version" && !parts.iter().any(|p| p.code == part) {
            return Err(CardCause::UnknownKey);
        }
        return value
            .as_bool()
            .map_or_else(|| text_of(value), |stated| Ok(Some(stated.to_string())));
    }
    let field = schema.field(key).ok_or(CardCause::UnknownKey)?;
    match (field.entry_type, value) {
        (EntryType::Consent, _) => Err(CardCause::NotAConsent),
        (EntryType::Bool, Value::Bool(yes)) => Ok(Some(yes.to_string())),
        (EntryType::Bool, other) if !other.is_string() => Err(CardCause::NotYesOrNo),
        (_, other) => text_of(other)?.map(|text| formed(field, text)).transpose(),
    }
}

fn text_of(value: &Value) -> Result<Option<String>, CardCause> {
    let text = normal::spaced(value.as_str().ok_or(CardCause::NotText)?);
    if text.chars().count() > TEXT_LENGTH_MAX {
        return Err(CardCause::TooLong);
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn formed(field: &SchemaField, text: String) -> Result<String, CardCause> {
    match field.entry_type {
        EntryType::Text | EntryType::Name | EntryType::Country | EntryType::Consent => Ok(text),
        EntryType::Number => Ok(normal::number(&text)),
        EntryType::Date => normal::date(&text)
            .map(|date| date.to_string())
            .ok_or(CardCause::NotADay),
        EntryType::Iin => normal::iin(&text).ok_or(CardCause::NotTwelveDigits),
        EntryType::Sex => normal::sex(&text)
            .map(str::to_owned)
            .ok_or(CardCause::NotASex),
        EntryType::Choice => field
            .choice(&text)
            .map(str::to_owned)
            .ok_or(CardCause::NotAChoice),
        EntryType::Bool => normal::yes_or_no(&text)
            .map(|yes| yes.to_string())
            .ok_or(CardCause::NotYesOrNo),
    }
}

impl<'de> Deserialize<'de> for RawCard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = RawCard;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object with the entries of the card")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawCard, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(RawCard(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Manifest;

    fn get(json: &str, key: &str) -> Option<String> {
        let card = DeclaredCard::parse(json).unwrap();
        card.get(&FieldName::from_key(key)).map(str::to_owned)
    }

    #[test]
    fn entries_are_kept_in_their_one_form() {
        for (json, key, expected) in [
            (
                r#"{"birth_date": "14.06.1990"}"#,
                "birth_date",
                Some("1990-06-14"),
            ),
            (r#"{"sex": "жен"}"#, "sex", Some("F")),
            (r#"{"iin": "900101 300017"}"#, "iin", Some("900101300017")),
            (
                r#"{"purpose_of_stay": "Учёба"}"#,
                "purpose_of_stay",
                Some("study"),
            ),
            (
                r#"{"document_number": "№ 012345678"}"#,
                "document_number",
                Some("012345678"),
            ),
            (r#"{"signed": true}"#, "signed", Some("true")),
            (
                r#"{"consent": {"version": "2026-1", "cross_border": false}}"#,
                "consent.cross_border",
                Some("false"),
            ),
            (r#"{"surname": "  "}"#, "surname", None),
            (r#"{"surname": null}"#, "surname", None),
        ] {
            assert_eq!(get(json, key).as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once_by_the_name_of_its_entry_and_without_its_value() {
        let json = r#"{"surname": "СӘБИТ", "surnam": "X", "birth_date": "1990-02-30", "iin": 900101300017,
            "sex": "?", "signed": 1, "consent": true, "purpose_of_stay": "sleep", "sex": "F", "sex": "M"}"#;
        let Err(CardError::Faults { faults }) = DeclaredCard::parse(json) else {
            panic!("faults expected")
        };
        let told: Vec<_> = faults.iter().map(|f| (f.field.as_str(), f.cause)).collect();
        assert_eq!(
            told,
            [
                ("surnam", CardCause::UnknownKey),
                ("birth_date", CardCause::NotADay),
                ("iin", CardCause::NotText),
                ("sex", CardCause::NotASex),
                ("signed", CardCause::NotYesOrNo),
                ("consent", CardCause::NotAConsent),
                ("purpose_of_stay", CardCause::NotAChoice),
                ("sex", CardCause::Twice),
            ]
        );
        let message = CardError::Faults { faults }.to_string();
        assert!(message.contains("birth_date: not a day that exists"));
        assert!(!message.contains("1990") && !message.contains("9001013"));
    }

    #[test]
    fn what_is_no_object_says_where() {
        for json in ["", "[]", "{\"surname\": \"X\"", "{\"surname\"; 1}"] {
            let error = DeclaredCard::parse(json).unwrap_err();
            assert!(
                matches!(error, CardError::NotAnObject(_)),
                "{json}: {error}"
            );
        }
    }

    #[test]
    fn a_faulty_card_from_outside_cannot_be_had() {
        let whole = r#"{"iin": "900101300017", "consent": {"version": "1", "term": "5 years"}}"#;
        let CheckedCard(card) = serde_json::from_str(whole).unwrap();
        assert_eq!(card.entries.len(), 3);
        let faulty = r#"{"birth_date": "31.06.1990", "x": 1}"#;
        let error = serde_json::from_str::<CheckedCard>(faulty).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("birth_date: not a day") && error.contains("x: the card has no such"),
            "{error}"
        );
    }

    #[test]
    fn a_recorded_card_reads_back_though_the_schema_has_lost_its_entry() {
        let manifest = r#"{"kind": "permanent", "channel": "consulate", "mission": "DEU-BER",
            "received_at": "2026-10-23T09:00:00Z", "scans": [],
            "card": {"iin": "900101300017", "consent.term": "5 years", "entry_of_old": "kept"}}"#;
        let there: Manifest = serde_json::from_str(manifest).unwrap();
        let back: Manifest = serde_json::from_str(&serde_json::to_string(&there).unwrap()).unwrap();
        assert_eq!(there, back);
        assert_eq!(back.card.unwrap().entries.len(), 3);
    }
}
