//! The card by sections, one page each; and what may stand in their entries.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Application, NotTaken};
use crate::card::children::{CHILDREN, checked};
use crate::card::schema::{Schema, SchemaField};
use crate::card::{CardCause, entry_value};
use crate::case::CaseKind;
use crate::personal::Personal;
use crate::reading::FieldName;

/// A section of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Who applies for them.
    Representative,
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
    pub const ALL: [Self; 7] = [
        Self::Representative,
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
            Self::Representative => "representative",
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

    /// Whether an entry of it must be filled in on a kind of card.
    pub fn requires(self, field: &SchemaField, kind: CaseKind) -> bool {
        self == Self::Representative || field.required.contains(&kind)
    }

    /// Its entries on a kind of card, in order.
    pub fn fields(self, kind: CaseKind) -> impl Iterator<Item = &'static SchemaField> {
        let schema = Schema::current();
        let fields = self.keys().iter().filter_map(|key| schema.field(key));
        fields.filter(move |field| field.kinds.contains(&kind))
    }

    const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Representative => &["representative_name", "representative_iin"],
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
    /// The sections of its card.
    pub fn sections(&self) -> impl Iterator<Item = Section> {
        let (kind, represented) = (self.kind, self.represented);
        let has = move |section: &Section| {
            let asked = *section != Section::Representative || represented;
            asked && section.fields(kind).next().is_some()
        };
        Section::ALL.into_iter().filter(has)
    }

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
            match self.checked(section, field, text) {
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

impl Application {
    fn checked(
        &self,
        section: Section,
        field: &SchemaField,
        text: &str,
    ) -> Result<Option<Personal<String>>, EntryFault> {
        let name = FieldName::from_key(field.key.clone());
        let fault = |cause| EntryFault {
            field: name.clone(),
            cause,
        };
        let value = entry_value(&name, text).map_err(|cause| fault(Some(cause)))?;
        if value.is_none() && section.requires(field, self.kind) {
            return Err(fault(None));
        }
        if let Some(children) = value.as_ref().filter(|_| name == CHILDREN) {
            let on = self.began_at.to_zoned(TimeZone::UTC).date();
            checked(children.reveal(), on).map_err(|cause| fault(Some(cause)))?;
        }
        Ok(value)
    }
}
