//! Papers on their way to an application, and its end.

use std::collections::BTreeSet;

use casework::application::Application;
use casework::case::{Case, CaseId};
use casework::ports::{Erase, Pieces, StoreError};
use casework::scan::ScanId;

use super::{Held, Memory};

impl Pieces for Memory {
    async fn arrived(&self, reference: &CaseId, paper: &ScanId) -> Result<u64, StoreError> {
        Ok(self.held().arrived(reference, paper))
    }

    async fn add(
        &self,
        reference: &CaseId,
        paper: &ScanId,
        offset: u64,
        piece: &[u8],
    ) -> Result<u64, StoreError> {
        let mut held = self.held();
        if held.arrived(reference, paper) == offset {
            let way = held.pieces.remove(reference);
            let way = way.filter(|(of, _)| of == paper);
            let (of, mut bytes) = way.unwrap_or_else(|| (paper.clone(), Vec::new()));
            bytes.extend_from_slice(piece);
            held.pieces.insert(reference.clone(), (of, bytes));
        }
        Ok(held.arrived(reference, paper))
    }

    async fn whole(
        &self,
        reference: &CaseId,
        paper: &ScanId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let held = self.held();
        let way = held.pieces.get(reference);
        let whole = way.filter(|(of, bytes)| of == paper && ScanId::of(bytes) == *paper);
        Ok(whole.map(|(_, bytes)| bytes.clone()))
    }

    async fn forget(&self, reference: &CaseId) -> Result<(), StoreError> {
        self.held().pieces.remove(reference);
        Ok(())
    }
}

impl Held {
    fn arrived(&self, reference: &CaseId, paper: &ScanId) -> u64 {
        let way = self.pieces.get(reference).filter(|(of, _)| of == paper);
        way.map_or(0, |(_, bytes)| bytes.len() as u64)
    }
}

impl Erase for Memory {
    async fn erase(&self, application: &Application) -> Result<bool, StoreError> {
        let reference = &application.reference;
        let mut held = self.held();
        let stands = held.applications.get(reference) == Some(application);
        if !stands || application.handed_in.is_some() || held.events.contains_key(reference) {
            return Ok(false);
        }
        held.applications.remove(reference);
        held.pieces.remove(reference);
        held.openings.remove(reference);
        held.posted
            .retain(|posted| posted.notice.case != *reference);
        let mut others = BTreeSet::new();
        for events in held.events.values() {
            others.extend(
                Case::from_events(events)
                    .unwrap()
                    .scan_ids()
                    .into_iter()
                    .cloned(),
            );
        }
        let applications = held.applications.values();
        others.extend(applications.flat_map(|one| one.papers.iter().map(|p| p.scan.clone())));
        let stacks = held.stacks.values();
        others.extend(stacks.flat_map(|one| one.files.iter().map(|f| f.scan.clone())));
        for paper in &application.papers {
            if !others.contains(&paper.scan) {
                held.scans.remove(&paper.scan);
                held.seen.retain(|(scan, _), _| *scan != paper.scan);
            }
        }
        Ok(true)
    }
}
