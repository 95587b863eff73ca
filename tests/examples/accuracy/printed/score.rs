//! What was read of a paper held against what is printed on it.

use std::path::PathBuf;

use casework::document::evidence::Evidence;
use casework::document::{Certainty, Document, Field};
use casework::reading::{DocumentKind, FieldName};
use samples::truth::DocumentTruth;

use super::eyes::FileReading;
use super::set::Papers;
use super::sort::Sort;
use crate::pages::Page;
use crate::set::Set;

/// Numbers and dates that Kazakhstan's zones hold besides the print.
const IN_THE_ZONE: [&str; 4] = ["iin", "document_number", "birth_date", "expiry_date"];
/// What the reader says of a paper card that its truth does not list begins so.
const UNLISTED: &str = "consent";

/// One file.
pub struct Row {
    /// Its path.
    pub path: PathBuf,
    /// The set it belongs to.
    pub set: Set,
    /// CPU time from bytes to fields, milliseconds.
    pub cpu_ms: f64,
    /// Its documents, in the truth's order.
    pub documents: Vec<DocumentRow>,
}

/// One document that is there.
pub struct DocumentRow {
    /// What it is.
    pub kind: DocumentKind,
    /// Its fields.
    pub fields: Vec<FieldRow>,
    /// Fields that were read where there are none, with what was said of them.
    pub invented: Vec<(String, Certainty)>,
}

/// One field that is there.
pub struct FieldRow {
    /// Its name.
    pub field: String,
    /// What is printed, in the contract's form.
    pub truth: String,
    /// What was read.
    pub read: Option<Field>,
    /// What speaks for and against what was read.
    pub evidence: Option<Evidence>,
    /// Whether a zone on the same document says it too.
    pub in_zone: bool,
}

impl Row {
    /// Scores a file.
    pub fn of(page: &Page<Papers>, reading: &FileReading) -> Self {
        let mut free: Vec<&Document> = reading.documents.iter().collect();
        let documents = page.truth.documents.iter().map(|truth| {
            let best = (0..free.len())
                .filter(|&at| free.get(at).is_some_and(|read| read.kind == truth.kind))
                .max_by_key(|&at| free.get(at).map_or(0, |read| equal_fields(truth, read)));
            DocumentRow::of(truth, best.map(|at| free.swap_remove(at)))
        });
        Self {
            path: page.path.clone(),
            set: page.set.0,
            cpu_ms: reading.cpu_ms,
            documents: documents.collect(),
        }
    }

    /// Every field of it.
    pub fn fields(&self) -> impl Iterator<Item = &FieldRow> {
        self.documents.iter().flat_map(|document| &document.fields)
    }
}

fn equal_fields(truth: &DocumentTruth, read: &Document) -> usize {
    let is_equal = |name: &str, field: &Field| truth.fields.get(name) == Some(field.value.reveal());
    let fields = read.fields.iter();
    fields
        .filter(|(name, field)| is_equal(name.as_str(), field))
        .count()
}

impl DocumentRow {
    fn of(truth: &DocumentTruth, read: Option<&Document>) -> Self {
        let found = |name: &str| {
            let mut fields = read?.fields.iter();
            fields
                .find(|(field, _)| field.as_str() == name)
                .map(|(_, field)| field.clone())
        };
        let fields = truth.fields.iter().map(|(name, value)| FieldRow {
            field: name.clone(),
            truth: value.clone(),
            read: found(name),
            evidence: read.and_then(|read| Evidence::of(read, &FieldName::from_key(name))),
            in_zone: !truth.mrz.is_empty() && is_in_zone(name),
        });
        let more = read.into_iter().flat_map(|read| &read.fields);
        let more = more.map(|(name, field)| (name.as_str(), field));
        let is_known = |name: &str| truth.fields.contains_key(name) || name.starts_with(UNLISTED);
        Self {
            kind: truth.kind,
            fields: fields.collect(),
            invented: more
                .filter(|(name, _)| !is_known(name))
                .map(|(name, field)| (name.to_owned(), field.certainty))
                .collect(),
        }
    }

    /// Whether every field is right and nothing else was read.
    pub fn is_right(&self) -> bool {
        self.invented.is_empty() && self.fields.iter().all(FieldRow::is_exact)
    }
}

fn is_in_zone(field: &str) -> bool {
    match Sort::of(field) {
        Sort::Number => IN_THE_ZONE.contains(&field),
        Sort::Name => field != "patronymic" && !field.ends_with("_latin"),
        Sort::Place | Sort::Other => false,
    }
}

impl FieldRow {
    /// Whether it was read right.
    pub fn is_exact(&self) -> bool {
        let read = self.read.as_ref();
        read.is_some_and(|field| *field.value.reveal() == self.truth)
    }

    /// How far the reading may be trusted; none where nothing was read.
    pub fn certainty(&self) -> Option<Certainty> {
        self.read.as_ref().map(|field| field.certainty)
    }
}
