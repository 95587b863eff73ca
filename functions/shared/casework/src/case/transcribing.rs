//! Sheets of a card that are written by hand: no program reads them, a person reads them off.
//!
//! What was read off is the card's own word, and is compared with the documents like print; it settles nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Case, Event, NotNow};
use crate::card::entry_value;
use crate::card::schema::{EntryType, Schema, SchemaField};
use crate::document::Document;
use crate::finding::Place;
use crate::personal::Personal;
use crate::reading::{FieldName, around};
use crate::scan::ScanId;

/// What a person read off a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// The scan.
    pub scan: ScanId,
    /// The page, 1-based.
    pub page: u32,
    /// The entries they found filled in and could read.
    pub entries: BTreeMap<FieldName, Personal<String>>,
}

/// A sheet that is written by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet<'a> {
    /// The scan.
    pub scan: &'a ScanId,
    /// The page, 1-based.
    pub page: u32,
    /// The entries written by hand and where each stands, in the card's order. Never consent: it is its giver's,
    /// and nobody enters it for them.
    pub entries: Vec<(&'static SchemaField, Place)>,
}

impl Case {
    /// Every sheet that is written by hand.
    pub fn sheets_by_hand(&self) -> Vec<Sheet<'_>> {
        let sheets = self.documents().map(|(scan, document)| {
            let fields = Schema::current().fields.iter();
            let entries = fields.filter_map(|field| {
                let bounds = document.by_hand.get(&FieldName::from_key(&*field.key))?;
                let is_theirs = field.entry_type == EntryType::Consent;
                (!is_theirs).then(|| (field, Place::on(scan, document, *bounds)))
            });
            Sheet {
                scan,
                page: document.page,
                entries: entries.collect(),
            }
        });
        sheets.filter(|sheet| !sheet.entries.is_empty()).collect()
    }

    /// The sheets that nobody has read off yet. What they left empty on one that they have is not filled in, or
    /// nobody can read it.
    pub fn unread_hand(&self) -> Vec<Sheet<'_>> {
        let mut sheets = self.sheets_by_hand();
        sheets.retain(|sheet| self.transcript_of(sheet.scan, sheet.page).is_none());
        sheets
    }

    /// What was read off a page.
    pub fn transcript_of(&self, scan: &ScanId, page: u32) -> Option<&Transcript> {
        let mut known = self.transcripts.iter();
        known.find(|known| known.scan == *scan && known.page == page)
    }

    /// What was read off a document, and where each entry stands: somewhere on it, where nobody saw its place.
    pub(crate) fn read_off<'a>(
        &'a self,
        scan: &'a ScanId,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a FieldName, &'a Personal<String>, Place)> {
        let transcript = self.transcript_of(scan, document.page);
        let transcript = transcript.filter(|_| !document.by_hand.is_empty());
        let entries = transcript.into_iter().flat_map(|read| &read.entries);
        entries.map(|(field, value)| {
            let bounds = document.by_hand.get(field).copied();
            let bounds = bounds.unwrap_or_else(|| around(&document.corners));
            (field, value, Place::on(scan, document, bounds))
        })
    }

    /// Reads entries off a sheet: all of those typed or none.
    pub(super) fn transcribing(&self, mut read: Transcript) -> Result<Event, NotNow> {
        if read.entries.is_empty() {
            return Err(NotNow::NoText);
        }
        let mut sheets = self.sheets_by_hand().into_iter();
        if !sheets.any(|sheet| *sheet.scan == read.scan && sheet.page == read.page) {
            return Err(NotNow::NoSuchScan);
        }
        for (field, value) in &mut read.entries {
            let no_such = |cause| NotNow::NoSuchValue {
                field: field.clone(),
                cause,
            };
            let formed = entry_value(field, value.reveal()).map_err(no_such)?;
            *value = formed.ok_or(NotNow::NoText)?;
        }
        let known = self.transcript_of(&read.scan, read.page);
        let stands = |(field, value)| known.is_some_and(|t| t.entries.get(field) == Some(value));
        if read.entries.iter().all(stands) {
            return Err(NotNow::Nothing);
        }
        Ok(Event::Transcribed(read))
    }

    /// Adds what was read off to what is known of the sheet.
    pub(super) fn transcribed(&mut self, read: Transcript) {
        let mut known = self.transcripts.iter_mut();
        match known.find(|known| known.scan == read.scan && known.page == read.page) {
            Some(known) => known.entries.extend(read.entries),
            None => self.transcripts.push(read),
        }
    }
}

#[cfg(test)]
mod tests;
