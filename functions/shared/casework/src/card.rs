//! The registration card: declared by the applicant, pre-filled from the documents, resolved.

pub mod children;
mod declared;
mod prefill;
pub mod schema;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use declared::CONSENT;
pub use declared::{CardCause, CardError, CardFault, CheckedCard, DeclaredCard, entry_value};
pub use prefill::prefill;

use crate::document::Certainty;
use crate::finding::Place;
use crate::personal::Personal;
use crate::reading::FieldName;

/// The pre-filled card: every entry with where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Card {
    /// By the keys of the schema, in any order; the schema orders them for people.
    pub entries: BTreeMap<FieldName, Entry>,
}

/// One entry of the card.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What the applicant declared, typed or on a paper card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<EntryValue>,
    /// What the documents say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<EntryValue>,
    /// What an officer or a clerk entered; it wins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<EntryValue>,
}

impl Entry {
    /// The value that counts: what a person entered over it, else what the documents say, else
    /// what was declared. A doubtful reading counts only where nothing was declared.
    pub fn resolved(&self) -> Option<&EntryValue> {
        let read = self.read.as_ref();
        self.corrected
            .as_ref()
            .or(read.filter(|value| value.certainty != Some(Certainty::Doubtful)))
            .or(self.declared.as_ref())
            .or(read)
    }
}

/// A value of an entry and its source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryValue {
    /// The value.
    pub value: Personal<String>,
    /// Where it comes from.
    pub source: Place,
    /// How far it may be trusted; none for what a person typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}
