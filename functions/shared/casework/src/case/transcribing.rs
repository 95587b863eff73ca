//! Sheets of a card that are written by hand: no program reads them, a person reads them off.
//!
//! What was read off is the card's own word, and is compared with the documents like print; it settles nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Case, Event, NotNow};
use crate::card::schema::{EntryType, Schema, SchemaField};
use crate::card::{CardCause, entry_value};
use crate::finding::Place;
use crate::personal::Personal;
use crate::reading::FieldName;
use crate::scan::ScanId;

/// What a person read off a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// The scan.
    pub scan: ScanId,
    /// The page, 1-based.
    pub page: u32,
    /// The entries they could read.
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

    /// The sheets of which something was not read off yet, with that.
    pub fn unread_hand(&self) -> Vec<Sheet<'_>> {
        let mut sheets = self.sheets_by_hand();
        for sheet in &mut sheets {
            let known = self.transcript_of(sheet.scan, sheet.page);
            let is_known = |field: &SchemaField| {
                known.is_some_and(|t| t.entries.keys().any(|key| key.as_str() == field.key))
            };
            sheet.entries.retain(|(field, _)| !is_known(field));
        }
        sheets.retain(|sheet| !sheet.entries.is_empty());
        sheets
    }

    /// What was read off a page.
    pub fn transcript_of(&self, scan: &ScanId, page: u32) -> Option<&Transcript> {
        let mut known = self.transcripts.iter();
        known.find(|known| known.scan == *scan && known.page == page)
    }

    /// Reads entries off a sheet: all of those typed or none.
    pub(super) fn transcribing(&self, mut read: Transcript) -> Result<Event, NotNow> {
        if read.entries.is_empty() {
            return Err(NotNow::NoText);
        }
        let sheets = self.sheets_by_hand();
        let mut here = sheets
            .iter()
            .filter(|s| *s.scan == read.scan && s.page == read.page)
            .peekable();
        if here.peek().is_none() {
            return Err(NotNow::NoSuchScan);
        }
        let written: Vec<&str> = here
            .flat_map(|sheet| &sheet.entries)
            .map(|(field, _)| &*field.key)
            .collect();
        for (field, value) in &mut read.entries {
            let formed = if written.contains(&field.as_str()) {
                entry_value(field, value.reveal())
            } else {
                Err(CardCause::UnknownKey)
            };
            let no_such = |cause| NotNow::NoSuchValue {
                field: field.clone(),
                cause,
            };
            *value = formed.map_err(no_such)?.ok_or(NotNow::NoText)?;
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
