//! What everybody in a case says, field by field: the documents, the declared card, the corrections.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Surroundings;
use crate::card::Card;
use crate::case::Case;
use crate::document::{Certainty, Document, Field, Opinion};
use crate::finding::{Place, Witness};
use crate::personal::Personal;
use crate::reading::{DocumentKind, FieldName, Source};
use crate::scan::ScanId;

/// Every kind of document that says something of a person.
const EVERY: [DocumentKind; 5] = [
    DocumentKind::IdCardFront,
    DocumentKind::IdCardBack,
    DocumentKind::Passport,
    DocumentKind::RegistrationCard,
    DocumentKind::ExitPermit,
];

/// Everything a rule may look at.
pub(super) struct Facts<'a> {
    pub case: &'a Case,
    pub around: &'a Surroundings,
    pub card: &'a Card,
    /// The day of receipt on the mission's calendar.
    pub received_on: Date,
}

/// Somebody says something.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub value: String,
    pub witness: Witness,
    /// The kind of document it stands on; none for what a person typed.
    pub kind: Option<DocumentKind>,
}

impl Facts<'_> {
    /// The documents of these kinds.
    pub fn documents(&self, kinds: &[DocumentKind]) -> Vec<(&ScanId, &Document)> {
        let all = self.case.documents();
        all.filter(|(_, document)| kinds.contains(&document.kind))
            .collect()
    }

    /// Whether a document of one of these kinds came.
    pub fn has(&self, kinds: &[DocumentKind]) -> bool {
        !self.documents(kinds).is_empty()
    }

    /// What documents of these kinds say of a field: one value per source, for the print may differ from the zone.
    pub fn on_documents(&self, kinds: &[DocumentKind], field: &FieldName) -> Vec<Said> {
        let documents = self.documents(kinds);
        let said = documents.into_iter().map(|(scan, document)| {
            let known = document.fields.get(field);
            let mut said = known.map_or_else(Vec::new, |known| by_source(scan, document, known));
            said.extend(self.off_paper(scan, document, field));
            said
        });
        let overruled = self.case.corrections.contains_key(field);
        said.flatten()
            .filter(|said| !overruled || said.witness.certainty == Some(Certainty::Verified))
            .collect()
    }

    /// What a person read off a document that is written by hand.
    fn off_paper(&self, scan: &ScanId, document: &Document, field: &FieldName) -> Option<Said> {
        let mut read = self.case.read_off(scan, document);
        let (_, value, place) = read.find(|(name, ..)| *name == field)?;
        Some(Said {
            kind: Some(document.kind),
            ..Said::typed(value.reveal(), place)
        })
    }

    /// What was typed of a field: by an officer or a clerk, else by the applicant. A person who
    /// settles a field settles it over the declared value too; what is proven still stands
    /// against them, in [`Self::on_documents`].
    pub fn typed(&self, field: &FieldName) -> Vec<Said> {
        if let Some(value) = self.case.corrections.get(field) {
            return vec![Said::typed(value.reveal(), Place::Correction)];
        }
        let declared = self.case.declared.iter().filter_map(|card| card.get(field));
        declared
            .map(|value| Said::typed(value, Place::DeclaredCard))
            .collect()
    }

    /// What everybody says of a field.
    pub fn all(&self, field: &FieldName) -> Vec<Said> {
        let mut said = self.on_documents(&EVERY, field);
        said.extend(self.typed(field));
        said
    }

    /// The same without what stands on a permit.
    pub fn beside_permit(&self, field: &FieldName) -> Vec<Said> {
        let mut said = self.all(field);
        said.retain(|said| said.kind != Some(DocumentKind::ExitPermit));
        said
    }

    /// The entry of the card as the applicant has it, or as it was corrected.
    pub fn entry(&self, key: &FieldName) -> Option<&crate::card::EntryValue> {
        let entry = self.card.entries.get(key)?;
        entry.corrected.as_ref().or(entry.declared.as_ref())
    }

    /// Whether there is a card at all, typed or on paper.
    pub fn has_card(&self) -> bool {
        self.case.declared.is_some() || self.has(&[DocumentKind::RegistrationCard])
    }

    /// Whether something is written by hand that nobody has read off: what is missing may stand there.
    pub fn has_unread_hand(&self) -> bool {
        !self.case.unread_hand().is_empty()
    }

    /// Whether everything that is to come was read: what is missing is only missing then.
    pub fn is_complete(&self) -> bool {
        self.case.scans_to_come().next().is_none()
    }
}

impl Said {
    fn typed(value: &str, place: Place) -> Self {
        Self {
            value: value.to_owned(),
            kind: None,
            witness: Witness {
                value: value.into(),
                place,
                certainty: None,
                confidence: None,
            },
        }
    }

    /// The winning value of a document's field.
    pub fn of(scan: &ScanId, document: &Document, field: &Field) -> Self {
        Self {
            value: field.value.reveal().clone(),
            kind: Some(document.kind),
            witness: Witness {
                value: field.value.clone(),
                place: Place::on(scan, document, field.bounds),
                certainty: Some(field.certainty),
                confidence: Some(field.confidence),
            },
        }
    }

    /// The same witness with another value, which follows from what it says.
    pub fn following(&self, value: String) -> Self {
        Self {
            witness: Witness {
                value: Personal::new(value.clone()),
                ..self.witness.clone()
            },
            kind: self.kind,
            value,
        }
    }
}

/// One value per source of a field, where it has the field's form: the winning one where the source has it, else its surest other one.
fn by_source(scan: &ScanId, document: &Document, field: &Field) -> Vec<Said> {
    let sources: BTreeSet<Source> = field.readings.iter().map(|o| o.reading.source).collect();
    let said = sources.into_iter().filter_map(|source| {
        let of_source: Vec<&Opinion> = field
            .readings
            .iter()
            .filter(|o| o.reading.source == source && o.well_formed)
            .collect();
        let winning = of_source.iter().find(|o| o.value == field.value);
        let surest = of_source
            .iter()
            .max_by(|a, b| a.reading.confidence.total_cmp(&b.reading.confidence));
        let opinion = winning.or(surest)?;
        let certainty = if winning.is_some() {
            field.certainty
        } else {
            Certainty::Doubtful
        };
        Some(Said {
            value: opinion.value.reveal().clone(),
            kind: Some(document.kind),
            witness: Witness {
                value: opinion.value.clone(),
                place: Place::on(scan, document, opinion.reading.bounds),
                certainty: Some(certainty),
                confidence: Some(if winning.is_some() {
                    field.confidence
                } else {
                    opinion.reading.confidence
                }),
            },
        })
    });
    said.collect()
}

/// The witnesses of what was said.
pub(super) fn witnesses(said: &[Said]) -> Vec<Witness> {
    said.iter().map(|s| s.witness.clone()).collect()
}

/// Whether two different values were said.
pub(super) fn differ(said: &[Said]) -> bool {
    said.windows(2)
        .any(|pair| matches!(pair, [a, b] if a.value != b.value))
}
