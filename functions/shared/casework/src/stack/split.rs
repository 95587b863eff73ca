//! A stack split into the papers of its people: by cover sheets, else by changes of person.
//!
//! Mixing two people's papers is worse than leaving a page alone. Without a cover sheet pages join
//! only on an equal IIN or number, or an equal birth date with a surname that is the same in some
//! spelling. Below a cover sheet a page belongs there unless it says otherwise; another person's
//! papers there are a case of their own only where they lie together, are more than one page and
//! have an identity document among them: a single page of a stranger waits for a hand.

mod section;

use jiff::civil::Date;

use super::holder::Holder;
use super::{PageRef, StackId, Why};
use crate::cover::CoverSheet;
use crate::document::{Document, weigh};
use crate::finding_code::RefusalCode;
use crate::ports::Seen;
use crate::reading::{DocumentKind, PageSeen};
use section::{Section, Splitting};

/// A page in its place in the stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Which page.
    pub at: PageRef,
    /// What was seen on it.
    pub sight: Sight,
}

/// What was seen on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Sight {
    /// Nothing: its file cannot be taken.
    FileRefused(RefusalCode),
    /// Nothing: it cannot be shown, as other pages of its file can.
    Unreadable(RefusalCode),
    /// Paper.
    Blank,
    /// The code of a cover sheet.
    Cover(String),
    /// The very picture that came as that page of that stack.
    CameBefore(StackId, PageRef),
    /// Print; none of it a document, where there is none.
    Print(Vec<Document>),
}

impl Sight {
    /// The documents on it.
    fn documents(&self) -> &[Document] {
        match self {
            Self::Print(documents) => documents,
            Self::FileRefused(_)
            | Self::Unreadable(_)
            | Self::Blank
            | Self::Cover(_)
            | Self::CameBefore(..) => &[],
        }
    }
}

/// What is to become of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Sorted {
    /// It is a cover sheet.
    CoverSheet(CoverSheet),
    /// It is blank.
    Blank,
    /// It belongs to this pile.
    Pile(usize),
    /// It needs a hand; it seems to belong to that pile.
    NeedsHand(Why, Option<usize>),
    /// It came before.
    CameBefore(StackId, PageRef),
    /// Its file is refused.
    FileRefused(RefusalCode),
}

/// The pages of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pile {
    /// The cover sheet above it.
    pub cover: Option<CoverSheet>,
    /// Its pages, in order.
    pub pages: Vec<PageRef>,
    /// The kinds of document on them.
    pub kinds: Vec<DocumentKind>,
}

/// A stack, split.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Split {
    /// Every page of it, in order.
    pub pages: Vec<(PageRef, Sorted)>,
    /// The piles, in the order in which they begin.
    pub piles: Vec<Pile>,
}

impl Sheet {
    /// A page that was looked at.
    pub fn of_page(at: PageRef, seen: &PageSeen, today: Date) -> Self {
        let sight = match seen {
            Err(code) => Sight::Unreadable(*code),
            Ok(page) if page.blank => Sight::Blank,
            Ok(page) => match &page.cover {
                Some(text) => Sight::Cover(text.clone()),
                None => Sight::Print(weigh(page.readings.clone(), today)),
            },
        };
        Self { at, sight }
    }

    /// The pages of a file that was looked at as a whole; a refused one counts as one page.
    pub fn of_file(file: u32, seen: &Seen, today: Date) -> Vec<Self> {
        let reading = match seen {
            Ok(reading) => reading,
            Err(code) => {
                let at = PageRef { file, page: 1 };
                let sight = Sight::FileRefused(*code);
                return vec![Self { at, sight }];
            }
        };
        let sight = |page: u32| {
            if let Some(text) = reading.covers.get(&page) {
                return Sight::Cover(text.clone());
            }
            if reading.blank_pages.contains(&page) {
                return Sight::Blank;
            }
            let on_page = reading.readings.iter().filter(|r| r.page == page);
            Sight::Print(weigh(on_page.cloned().collect(), today))
        };
        let at = |page| PageRef { file, page };
        let pages = 1..=reading.pages;
        pages
            .map(|page| Self {
                at: at(page),
                sight: sight(page),
            })
            .collect()
    }

    fn holders(&self) -> Vec<Holder<'_>> {
        self.sight.documents().iter().map(Holder::of).collect()
    }

    fn kinds(&self) -> impl Iterator<Item = DocumentKind> {
        self.sight.documents().iter().map(|document| document.kind)
    }

    fn shows_identity(&self) -> bool {
        self.kinds().any(|kind| match kind {
            DocumentKind::IdCardFront | DocumentKind::IdCardBack | DocumentKind::Passport => true,
            DocumentKind::ExitPermit | DocumentKind::RegistrationCard | DocumentKind::Unknown => {
                false
            }
        })
    }
}

/// Splits a stack. `owner` says what is known of the person whose papers a cover sheet announces
/// (the documents in its case; none for a new one), or why it cannot be used.
pub fn split<'a>(
    sheets: &'a [Sheet],
    owner: impl Fn(&CoverSheet) -> Result<Vec<&'a Document>, Why>,
) -> Split {
    let mut splitting = Splitting::default();
    let mut section = Section::default();
    for sheet in sheets {
        let sorted = match &sheet.sight {
            Sight::FileRefused(code) => Sorted::FileRefused(*code),
            Sight::Unreadable(code) => Sorted::NeedsHand(Why::Unreadable(*code), None),
            Sight::Blank => Sorted::Blank,
            Sight::CameBefore(stack, page) => Sorted::CameBefore(stack.clone(), *page),
            Sight::Cover(text) => {
                splitting.sort(std::mem::take(&mut section));
                let cover: Option<CoverSheet> = text.parse().ok();
                let unknown = || Err(Why::UnknownCover);
                let known = cover.as_ref().map_or_else(unknown, &owner);
                section.above = Some((cover.clone(), known));
                cover.map_or(
                    Sorted::NeedsHand(Why::UnknownCover, None),
                    Sorted::CoverSheet,
                )
            }
            Sight::Print(documents) if documents.is_empty() => {
                Sorted::NeedsHand(Why::Nothing, None)
            }
            Sight::Print(_) => {
                section.sheets.push(sheet);
                continue;
            }
        };
        splitting.sorted.insert(sheet.at, sorted);
    }
    splitting.sort(section);
    splitting.finish(sheets)
}

#[cfg(test)]
mod tests;
