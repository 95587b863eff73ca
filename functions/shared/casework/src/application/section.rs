//! The card by sections, one page each; and what may stand in their entries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Application, NotTaken};
use crate::card::schema::{Schema, SchemaField};
use crate::card::{CardCause, entry_value};
use crate::case::CaseKind;
use crate::personal::Personal;
use crate::reading::FieldName;

/// A section of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Who they are.
    Person,
    /// The document that shows it.
    Document,
    /// The permit to leave.
    Permit,
    /// Where they live and how they are reached.
    Address,
    /// The stay abroad.
    Stay,
    /// Family, education, work.
    More,
}

/// An entry that cannot stay as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFault {
    /// The entry.
    pub field: FieldName,
    /// What is wrong; nothing where it is empty and must not be.
    pub cause: Option<CardCause>,
}

impl Section {
    /// Every section, in order.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Document,
        Self::Permit,
        Self::Address,
        Self::Stay,
        Self::More,
    ];

    /// As written in addresses and in the keys of words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Document => "document",
            Self::Permit => "permit",
            Self::Address => "address",
            Self::Stay => "stay",
            Self::More => "more",
        }
    }

    /// The one written so.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|section| section.as_str() == code)
    }

    /// The sections of a kind of card.
    pub fn of_kind(kind: CaseKind) -> impl Iterator<Item = Self> {
        let all = Self::ALL.into_iter();
        all.filter(move |section| section.fields(kind).next().is_some())
    }

    /// Its entries on a kind of card, in order.
    pub fn fields(self, kind: CaseKind) -> impl Iterator<Item = &'static SchemaField> {
        let schema = Schema::current();
        let fields = self.keys().iter().filter_map(|key| schema.field(key));
        fields.filter(move |field| field.kinds.contains(&kind))
    }

    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Person => &[
                "surname",
                "given_names",
                "patronymic",
                "former_surname",
                "sex",
                "birth_date",
                "birth_place",
                "nationality",
                "citizenship",
                "iin",
            ],
            Self::Document => &[
                "document_kind",
                "document_number",
                "document_issue_date",
                "document_authority",
                "document_expiry_date",
            ],
            Self::Permit => &["permit_number", "permit_date", "permit_authority"],
            Self::Address => &[
                "address_country",
                "address_city",
                "address_street",
                "address_postcode",
                "phone",
                "email",
            ],
            Self::Stay => &[
                "purpose_of_stay",
                "stay_until",
                "departure_date",
                "last_residence",
                "work_or_study",
            ],
            Self::More => &[
                "marital_status",
                "education",
                "profession",
                "children",
                "relatives",
            ],
        }
    }
}

impl Application {
    /// Takes a section as it was filled in: an entry left empty is none.
    ///
    /// # Errors
    /// [`NotTaken::Entries`] with every fault; [`NotTaken::HandedIn`].
    pub fn with_section(
        mut self,
        section: Section,
        typed: &BTreeMap<FieldName, String>,
    ) -> Result<Self, NotTaken> {
        self.still_open()?;
        let mut entries = self.entries.clone();
        let mut faults = Vec::new();
        for field in section.fields(self.kind) {
            let name = FieldName::from_key(field.key.clone());
            let text = typed.get(&name).map_or("", String::as_str);
            match checked(&name, text, field.required.contains(&self.kind)) {
                Ok(Some(value)) => drop(entries.insert(name, value)),
                Ok(None) => drop(entries.remove(&name)),
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(NotTaken::Entries(faults));
        }
        if entries != self.entries || !self.looked_through.contains(&section) {
            self.entries = entries;
            if !self.looked_through.contains(&section) {
                self.looked_through.push(section);
            }
            self.changed();
        }
        Ok(self)
    }
}

fn checked(
    name: &FieldName,
    text: &str,
    required: bool,
) -> Result<Option<Personal<String>>, EntryFault> {
    let fault = |cause| EntryFault {
        field: name.clone(),
        cause,
    };
    let value = entry_value(name, text).map_err(|cause| fault(Some(cause)))?;
    if value.is_none() && required {
        return Err(fault(None));
    }
    Ok(value)
}
