//! What a value on a page rests on: why it is as sure as it is.

use super::Case;
use crate::document::Field;
use crate::finding::Place;
use crate::reading::{Bounds, FieldName, Source};

/// The evidence for a value at a place.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The field of the document, with every reading it rests on.
    pub field: &'a Field,
    /// What was read at this very place: the zone, the print, a code.
    pub source: Source,
}

impl Case {
    /// The evidence at this place: of the field of this name, else of the one that was read there
    /// (the card calls some entries by other names). None for what a person typed.
    pub fn evidence(&self, place: &Place, name: &FieldName) -> Option<Evidence<'_>> {
        let Place::Document {
            scan,
            page,
            document,
            bounds,
        } = place
        else {
            return None;
        };
        let on_page = self
            .documents()
            .filter(|(on, found)| *on == scan && found.page == *page && found.kind == *document);
        let mut fields: Vec<_> = on_page.flat_map(|(_, found)| &found.fields).collect();
        fields.sort_by_key(|(field, _)| *field != name);
        let mut found = fields.into_iter().filter_map(|(_, field)| {
            let source = source_at(field, *bounds)?;
            Some(Evidence { field, source })
        });
        found.next()
    }
}

/// Who read this field at this place, if anyone did.
fn source_at(field: &Field, bounds: Bounds) -> Option<Source> {
    let same = |other: Bounds| other.map(f32::to_bits) == bounds.map(f32::to_bits);
    let mut readings = field.readings.iter().map(|opinion| &opinion.reading);
    let there = readings.find(|reading| same(reading.bounds));
    let shown = same(field.bounds).then_some(field.source);
    there.map(|reading| reading.source).or(shown)
}
