//! Stacks of paper: scans that come in pieces, and what was seen on each page.

use std::collections::BTreeSet;

use casework::case::MissionCode;
use casework::ports::{Incoming, PageLooked, ScansInPieces, Stacks, StoreError};
use casework::reading::PageSeen;
use casework::scan::ScanId;
use casework::stack::{PageRef, Stack, StackId, Stage};

use super::Memory;

/// A scan on its way.
pub(crate) struct OnItsWay(Memory, Vec<u8>);

impl ScansInPieces for Memory {
    type Incoming = OnItsWay;

    fn begin(&self) -> Result<OnItsWay, StoreError> {
        Ok(OnItsWay(self.clone(), Vec::new()))
    }
}

impl Incoming for OnItsWay {
    fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.1.extend(piece);
        Ok(())
    }

    async fn finish(self) -> Result<(ScanId, u64), StoreError> {
        let (scan, size) = (ScanId::of(&self.1), self.1.len() as u64);
        self.0.held().scans.insert(scan.clone(), self.1);
        Ok((scan, size))
    }
}

impl Stacks for Memory {
    async fn stack(&self, id: &StackId) -> Result<Option<Stack>, StoreError> {
        Ok(self.held().stacks.get(id).cloned())
    }

    async fn keep_stack(&self, stack: &Stack) -> Result<bool, StoreError> {
        let mut held = self.held();
        let there = held.stacks.get(&stack.id);
        if there.map_or(0, |there| there.version) + 1 == stack.version {
            held.stacks.insert(stack.id.clone(), stack.clone());
            return Ok(true);
        }
        Ok(there == Some(stack))
    }

    async fn stacks(
        &self,
        missions: Option<&BTreeSet<MissionCode>>,
        limit: u32,
    ) -> Result<Vec<Stack>, StoreError> {
        let held = self.held();
        let of = |stack: &&Stack| missions.is_none_or(|m| m.contains(&stack.terms.mission));
        let mut stacks: Vec<_> = held.stacks.values().filter(of).cloned().collect();
        stacks.sort_by_key(|stack| std::cmp::Reverse(stack.came_at));
        stacks.truncate(limit as usize);
        Ok(stacks)
    }

    async fn stacks_to_do(&self) -> Result<Vec<StackId>, StoreError> {
        let held = self.held();
        let to_do = held.stacks.values().filter(|s| s.stage != Stage::Done);
        let mut stacks: Vec<_> = to_do.collect();
        stacks.sort_by_key(|stack| stack.came_at);
        Ok(stacks.into_iter().map(|stack| stack.id.clone()).collect())
    }

    async fn keep_page(
        &self,
        id: &StackId,
        at: PageRef,
        page: &PageLooked,
    ) -> Result<(), StoreError> {
        self.held()
            .stack_pages
            .insert((id.clone(), at), page.clone());
        Ok(())
    }

    async fn pages_seen(&self, id: &StackId) -> Result<Vec<(PageRef, PageSeen)>, StoreError> {
        let held = self.held();
        let own = held.stack_pages.iter().filter(|((of, _), _)| of == id);
        Ok(own
            .map(|((_, at), page)| (*at, page.seen.clone()))
            .collect())
    }

    async fn pages_read(&self, id: &StackId) -> Result<u32, StoreError> {
        let pages = self.pages_seen(id).await?;
        Ok(u32::try_from(pages.len()).unwrap())
    }

    async fn thumbnail(&self, id: &StackId, at: PageRef) -> Result<Option<Vec<u8>>, StoreError> {
        let held = self.held();
        let page = held.stack_pages.get(&(id.clone(), at));
        Ok(page
            .map(|page| page.thumbnail.clone())
            .filter(|jpeg| !jpeg.is_empty()))
    }

    async fn page_before(
        &self,
        id: &StackId,
        digest: &str,
    ) -> Result<Option<(StackId, PageRef)>, StoreError> {
        let held = self.held();
        let age = |id: &StackId| (held.stacks[id].came_at, id.clone());
        let same = |page: &PageLooked| page.seen.as_ref().is_ok_and(|seen| seen.digest == digest);
        let mut found: Vec<_> = held
            .stack_pages
            .iter()
            .filter(|((of, _), page)| same(page) && age(of) < age(id))
            .map(|((of, at), _)| (age(of), *at))
            .collect();
        found.sort();
        Ok(found.into_iter().next().map(|((_, of), at)| (of, at)))
    }
}
