//! A stack of paper: its files are opened, its pages read, sorted and filed.
//!
//! Every step may break off anywhere and be done again: a page that was read is not read again, a
//! page that is in its case is not filed twice, and the same stack that comes again is known.

use std::collections::{BTreeMap, BTreeSet};

use casework::case::{Case, CaseId, NotNow, ScanPages};
use casework::finding_code::RefusalCode;
use casework::ports::{ReadPages, Stacks};
use casework::reading::{FileReading, PageReading, PageSeen};
use casework::scan::{ScanId, ScanOutcome};
use casework::stack::split::{Sheet, Sight, Sorted, Split};
use casework::stack::{Fate, PageRef, Stack, StackCase, StackFile, StackId, StackPage, Stage};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::manifest::TakeSettings;
use crate::sort::{Announced, kind_of_pile};
use crate::{ATTEMPTS_MAX, Intake, IntakeError, Store};

/// Told how many pages of a stack were looked at, and of how many.
pub type Progress<'a> = &'a mut dyn FnMut(u32, u32);

impl<S: Store + Stacks, E: ReadPages> Intake<'_, S, E> {
    /// Notes a stack whose files are kept; one that came before is left as it is.
    ///
    /// # Errors
    /// [`IntakeError`] where the store failed.
    pub async fn bring_stack(&self, stack: &Stack) -> Result<StackId, IntakeError> {
        self.store.keep_stack(stack).await?;
        Ok(stack.id.clone())
    }

    /// Works on a stack until every page is where its fate says.
    ///
    /// # Errors
    /// [`IntakeError`]; it is then to be worked on again, and goes on where it stood.
    pub async fn work_on(
        &self,
        id: &StackId,
        settings: &TakeSettings,
        at: Timestamp,
        progress: Progress<'_>,
    ) -> Result<Stack, IntakeError> {
        for _ in 0..ATTEMPTS_MAX {
            let stack = self.store.stack(id).await?;
            let stack = stack.ok_or_else(|| IntakeError::NoSuchStack(id.clone()))?;
            let next = match stack.stage {
                Stage::Done => return Ok(stack),
                Stage::Filing => self.file_stack(stack, settings, at).await?,
                Stage::Reading if stack.files.iter().any(|file| file.pages.is_none()) => {
                    self.open_files(stack).await?
                }
                Stage::Reading => {
                    self.read(&stack, progress).await?;
                    self.sort_stack(stack).await?
                }
            };
            // Where another was faster, their step is as good.
            self.store.keep_stack(&next).await?;
        }
        Err(IntakeError::StackBusy(id.clone()))
    }

    /// Opens every file; what turns out unsafe is locked away.
    async fn open_files(&self, stack: Stack) -> Result<Stack, IntakeError> {
        let mut opened = Vec::new();
        for file in &stack.files {
            let pages = self
                .eyes
                .pages(&file.scan, Some(file.name.reveal()))
                .await?;
            if let Err(code) = pages {
                self.lock_away(&file.scan, code).await?;
            }
            opened.push(pages);
        }
        Ok(stack.opened(opened))
    }

    async fn lock_away(&self, scan: &ScanId, code: RefusalCode) -> Result<(), IntakeError> {
        if code.quarantined()
            && let Some(bytes) = self.store.bytes(scan).await?
        {
            self.store.quarantine(&bytes).await?;
        }
        Ok(())
    }

    /// Looks at every page that was not looked at yet.
    async fn read(&self, stack: &Stack, progress: Progress<'_>) -> Result<(), IntakeError> {
        let seen = self.store.pages_seen(&stack.id).await?;
        let seen: BTreeSet<PageRef> = seen.into_iter().map(|(at, _)| at).collect();
        let all: Vec<_> = (stack.files.iter().zip(0..)).flat_map(pages_of).collect();
        let of = u32::try_from(all.len()).unwrap_or(u32::MAX);
        for ((scan, at), done) in all.into_iter().zip(1..) {
            if !seen.contains(&at) {
                let looked = self.eyes.page(scan, at.page).await?;
                self.store.keep_page(&stack.id, at, &looked).await?;
            }
            progress(done, of);
        }
        Ok(())
    }

    /// Gives every page its fate.
    async fn sort_stack(&self, stack: Stack) -> Result<Stack, IntakeError> {
        let seen: BTreeMap<PageRef, PageSeen> = self
            .store
            .pages_seen(&stack.id)
            .await?
            .into_iter()
            .collect();
        let mut sheets = Vec::new();
        let mut digests = BTreeMap::new();
        for (file, number) in stack.files.iter().zip(0..) {
            let pages = |page| seen.get(&PageRef { file: number, page }).cloned();
            let of_file = match file.pages {
                Some(Ok(count)) => (1..=count).map(pages).collect::<Option<Vec<_>>>(),
                Some(Err(_)) | None => None,
            };
            if let Some(pages) = of_file.clone() {
                let whole = FileReading::of_pages(pages, Vec::new());
                let version = self.eyes.version();
                self.store.keep_seen(&file.scan, version, &whole).await?;
            }
            let own = sheets_of(&stack, number, of_file.unwrap_or_default());
            for (mut sheet, seen) in own {
                if let Some(page) = seen.filter(|page| !page.blank && page.cover.is_none())
                    && let Some((stack, at)) =
                        self.before(&stack, &sheet, &page, &mut digests).await?
                {
                    sheet.sight = Sight::CameBefore(stack, at);
                }
                sheets.push(sheet);
            }
        }
        let (split, announced) = self.sort(&sheets, &stack.terms.mission).await?;
        let (pages, cases) = fates(&stack, split, &announced);
        Ok(stack.sorted(pages, cases))
    }

    /// Where the very same picture came before: in this stack, or in one before it.
    async fn before(
        &self,
        stack: &Stack,
        sheet: &Sheet,
        page: &PageReading,
        digests: &mut BTreeMap<String, PageRef>,
    ) -> Result<Option<(StackId, PageRef)>, IntakeError> {
        if let Some(first) = digests.get(&page.digest) {
            return Ok(Some((stack.id.clone(), *first)));
        }
        digests.insert(page.digest.clone(), sheet.at);
        Ok(self.store.page_before(&stack.id, &page.digest).await?)
    }

    /// Brings every page into the case that its fate names.
    async fn file_stack(
        &self,
        stack: Stack,
        settings: &TakeSettings,
        at: Timestamp,
    ) -> Result<Stack, IntakeError> {
        let (mut went, mut ended) = (BTreeMap::new(), BTreeSet::new());
        for known in &stack.cases {
            let pages = stack.pages_of(&known.id);
            let case = match &known.manifest {
                Some(manifest) => {
                    let due_at = settings.due_at(manifest)?;
                    self.open(manifest, due_at, at).await?
                }
                None => self.went(&known.id).await?,
            };
            let mut taken = true;
            for pages in &pages {
                taken &= self.file_in(&case, pages, at).await?;
            }
            if taken {
                went.insert(known.id.clone(), case);
            } else {
                ended.insert(known.id.clone());
            }
        }
        Ok(stack.filed(&went, &ended))
    }

    async fn went(&self, id: &CaseId) -> Result<CaseId, IntakeError> {
        let case = self.store.load(id).await?;
        let case = case.ok_or_else(|| IntakeError::NoSuchCase(id.clone()))?;
        self.where_it_went(case).await
    }

    /// Files pages of a scan beside those of it that are in the case already; whether they are
    /// there: a case that has ended takes nothing.
    async fn file_in(
        &self,
        id: &CaseId,
        pages: &ScanPages,
        at: Timestamp,
    ) -> Result<bool, IntakeError> {
        let case = self.store.load(id).await?;
        let case = case.ok_or_else(|| IntakeError::NoSuchCase(id.clone()))?;
        let together = with_held(&case, pages);
        if case.end.is_some() {
            return Ok(holds(&case, &together));
        }
        match self.file(id, &together, at).await {
            Ok(_) => Ok(true),
            // It ended a moment ago.
            Err(IntakeError::NotTaken {
                why: NotNow::NotAllowed { .. },
                ..
            }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The sheets of a file with what was read on each.
fn sheets_of(stack: &Stack, file: u32, pages: Vec<PageSeen>) -> Vec<(Sheet, Option<PageReading>)> {
    let today = stack.terms.received_at.to_zoned(TimeZone::UTC).date();
    let refused = |code| {
        let at = PageRef { file, page: 1 };
        let sight = Sight::FileRefused(code);
        vec![(Sheet { at, sight }, None)]
    };
    match pages.as_slice() {
        [] => {
            let known = usize::try_from(file)
                .ok()
                .and_then(|at| stack.files.get(at));
            let code = known.and_then(|file| file.pages?.err());
            refused(code.unwrap_or(RefusalCode::UnreadableImage))
        }
        [Err(code)] => refused(*code),
        _ => {
            let sheet = |(page, seen): (u32, PageSeen)| {
                let at = PageRef { file, page };
                (Sheet::of_page(at, &seen, today), seen.ok())
            };
            (1..).zip(pages).map(sheet).collect()
        }
    }
}

/// Every page of a file that can be taken.
fn pages_of((file, number): (&StackFile, u32)) -> impl Iterator<Item = (&ScanId, PageRef)> {
    let count = file.pages.and_then(Result::ok).unwrap_or_default();
    (1..=count).map(move |page| (&file.scan, PageRef { file: number, page }))
}

/// The pages with their fates, and the cases they are in.
fn fates(stack: &Stack, split: Split, announced: &Announced) -> (Vec<StackPage>, Vec<StackCase>) {
    let mut cases: Vec<StackCase> = Vec::new();
    let mut of_pile = Vec::new();
    for pile in &split.piles {
        let case = if let Some(id) = announced.goes_to(pile.cover.as_ref()) {
            let id = id.clone();
            StackCase { id, manifest: None }
        } else {
            let kind = kind_of_pile(pile, stack.terms.kind);
            let manifest = stack.manifest(kind, pile.pages.iter().copied());
            let id = CaseId::of(&manifest);
            StackCase {
                id,
                manifest: Some(manifest),
            }
        };
        of_pile.push(case.id.clone());
        if !pile.pages.is_empty() && !cases.iter().any(|known| known.id == case.id) {
            cases.push(case);
        }
    }
    let case = |pile: usize| of_pile.get(pile).cloned();
    let fate = |sorted| match sorted {
        Sorted::CoverSheet(cover) => Fate::CoverSheet { cover },
        Sorted::Blank => Fate::Blank,
        Sorted::Pile(pile) => match case(pile) {
            Some(case) => Fate::InCase { case },
            None => Fate::NeedsHand {
                why: casework::stack::Why::Whose,
                suggested: None,
            },
        },
        Sorted::NeedsHand(why, pile) => Fate::NeedsHand {
            why,
            suggested: pile.and_then(case),
        },
        Sorted::CameBefore(stack, page) => Fate::CameBefore { stack, page },
        Sorted::FileRefused(code) => Fate::FileRefused { code },
    };
    let page = |(at, sorted)| StackPage {
        at,
        fate: fate(sorted),
        by: None,
    };
    (split.pages.into_iter().map(page).collect(), cases)
}

/// These pages, and those of the same scan that the case holds.
fn with_held(case: &Case, pages: &ScanPages) -> ScanPages {
    let filed = case.scans.iter().find(|filed| filed.scan == pages.scan);
    // What was refused as a whole holds no page of it.
    let filed = filed.filter(|filed| matches!(filed.outcome, ScanOutcome::Read { .. }));
    let Some(filed) = filed else {
        return pages.clone();
    };
    let listed = pages.pages.as_ref().zip(filed.outcome.some_pages());
    let together = listed.map(|(some, held)| {
        let together: BTreeSet<u32> = some.iter().copied().chain(held).collect();
        together.into_iter().collect()
    });
    ScanPages {
        pages: together,
        ..pages.clone()
    }
}

/// Whether a case holds so many pages of a scan.
fn holds(case: &Case, pages: &ScanPages) -> bool {
    let filed = case.scans.iter().find(|filed| filed.scan == pages.scan);
    match filed.map(|filed| &filed.outcome) {
        Some(ScanOutcome::Read {
            pages: count,
            page_sizes,
            ..
        }) => {
            let listed = pages.pages.as_ref().map_or(page_sizes.len(), Vec::len);
            usize::try_from(*count) == Ok(listed)
        }
        Some(ScanOutcome::Refused { .. }) => true,
        None => false,
    }
}
