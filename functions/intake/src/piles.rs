//! Loose pages sorted into piles, one per person.
//!
//! Mixing two people's papers is worse than leaving a page alone: pages join only on an
//! equal IIN or document number, or on an equal birth date with a name that is the same
//! person's in some spelling. A page that belongs to nobody is a pile of its own.

use std::collections::BTreeMap;

use casework::case::ScanPages;
use casework::document::{Certainty, Document, weigh};
use casework::names::{Comparison, compare};
use casework::personal::Personal;
use casework::ports::Seen;
use casework::reading::FieldName;
use casework::scan::ScanId;
use jiff::civil::Date;

/// One page with the documents on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    scan: ScanId,
    name: Personal<String>,
    page: u32,
    pages_of_scan: u32,
    documents: Vec<Document>,
}

/// The pages of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Pile<'a> {
    sheets: Vec<&'a Sheet>,
}

impl Sheet {
    /// The pages of a file with the documents read on them.
    pub fn of(
        scan: &ScanId,
        name: &Personal<String>,
        pages: u32,
        documents: Vec<Document>,
    ) -> Vec<Self> {
        let mut by_page: BTreeMap<u32, Vec<Document>> =
            (1..=pages).map(|page| (page, Vec::new())).collect();
        for document in documents {
            by_page.entry(document.page).or_default().push(document);
        }
        let sheet = |(page, documents)| Self {
            scan: scan.clone(),
            name: name.clone(),
            page,
            pages_of_scan: pages,
            documents,
        };
        by_page.into_iter().map(sheet).collect()
    }

    /// The pages of a file that was looked at; a refused one counts as one page.
    pub fn seen(scan: &ScanId, name: &Personal<String>, seen: &Seen, today: Date) -> Vec<Self> {
        match seen {
            Ok(reading) => {
                let documents = weigh(reading.readings.clone(), today);
                Self::of(scan, name, reading.pages, documents)
            }
            Err(_) => Self::of(scan, name, 1, Vec::new()),
        }
    }

    fn says_nothing(&self) -> bool {
        self.documents.iter().all(|d| Holder::of(d).is_unknown())
    }
}

impl Pile<'_> {
    /// Every document in the pile.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.sheets.iter().flat_map(|sheet| &sheet.documents)
    }

    /// The scans, with their pages where a scan is shared with other piles.
    pub fn scans(&self) -> Vec<ScanPages> {
        let mut pages: BTreeMap<&ScanId, (&Sheet, Vec<u32>)> = BTreeMap::new();
        for sheet in &self.sheets {
            pages
                .entry(&sheet.scan)
                .or_insert_with(|| (sheet, Vec::new()))
                .1
                .push(sheet.page);
        }
        pages
            .into_values()
            .map(|(sheet, mut pages)| {
                pages.sort_unstable();
                pages.dedup();
                let whole = u32::try_from(pages.len()) == Ok(sheet.pages_of_scan);
                ScanPages {
                    scan: sheet.scan.clone(),
                    name: sheet.name.clone(),
                    pages: (!whole).then_some(pages),
                }
            })
            .collect()
    }
}

/// Sorts sheets into piles, in the order in which each person first appears.
pub fn piles(sheets: &[Sheet]) -> Vec<Pile<'_>> {
    let mut piles: Vec<Pile<'_>> = Vec::new();
    for sheet in sheets.iter().filter(|s| !s.says_nothing()) {
        let (mut joined, others): (Vec<_>, Vec<_>) =
            piles.into_iter().partition(|pile| belongs(sheet, pile));
        piles = others;
        // A page that two piles have in common makes them one: the first one's place is kept.
        let mut sheets: Vec<&Sheet> = joined.drain(..).flat_map(|pile| pile.sheets).collect();
        sheets.push(sheet);
        piles.push(Pile { sheets });
    }
    for sheet in sheets.iter().filter(|s| s.says_nothing()) {
        match only_pile_of(&sheet.scan, &mut piles) {
            Some(pile) => pile.sheets.push(sheet),
            None => piles.push(Pile {
                sheets: vec![sheet],
            }),
        }
    }
    piles.sort_by_key(|pile| {
        pile.sheets
            .iter()
            .filter_map(|s| sheets.iter().position(|other| std::ptr::eq(other, *s)))
            .min()
    });
    piles
}

/// Blank and silent pages go with the rest of their file, if that is one person's.
fn only_pile_of<'p, 'a>(scan: &ScanId, piles: &'p mut [Pile<'a>]) -> Option<&'p mut Pile<'a>> {
    let mut holding = piles
        .iter_mut()
        .filter(|pile| pile.sheets.iter().any(|s| s.scan == *scan));
    match (holding.next(), holding.next()) {
        (Some(pile), None) => Some(pile),
        _ => None,
    }
}

fn belongs(sheet: &Sheet, pile: &Pile<'_>) -> bool {
    let theirs: Vec<Holder<'_>> = pile.documents().map(Holder::of).collect();
    sheet
        .documents
        .iter()
        .map(Holder::of)
        .any(|mine| theirs.iter().any(|other| mine.is(other)))
}

/// What a document says of who holds it.
#[derive(Debug, Clone, Copy)]
struct Holder<'a> {
    iin: Option<&'a str>,
    document_number: Option<&'a str>,
    birth_date: Option<&'a str>,
    surname: Option<&'a str>,
    surname_latin: Option<&'a str>,
}

impl<'a> Holder<'a> {
    fn of(document: &'a Document) -> Self {
        let value = |name: FieldName| {
            let field = document.fields.get(&name)?;
            (field.certainty > Certainty::Doubtful).then(|| field.value.reveal().as_str())
        };
        Self {
            iin: value(FieldName::IIN),
            document_number: value(FieldName::DOCUMENT_NUMBER),
            birth_date: value(FieldName::BIRTH_DATE),
            surname: value(FieldName::SURNAME),
            surname_latin: value(FieldName::SURNAME_LATIN),
        }
    }

    const fn is_unknown(&self) -> bool {
        self.iin.is_none() && self.document_number.is_none() && self.birth_date.is_none()
    }

    fn is(&self, other: &Self) -> bool {
        if let (Some(mine), Some(theirs)) = (self.iin, other.iin) {
            return mine == theirs;
        }
        let same_number =
            self.document_number.is_some() && self.document_number == other.document_number;
        let same_birth = self.birth_date.is_some() && self.birth_date == other.birth_date;
        same_number || (same_birth && self.has_name_of(other))
    }

    fn has_name_of(&self, other: &Self) -> bool {
        let mine = [self.surname, self.surname_latin];
        let theirs = [other.surname, other.surname_latin];
        let pairs = mine
            .into_iter()
            .flatten()
            .flat_map(|m| theirs.into_iter().flatten().map(move |t| (m, t)));
        pairs
            .into_iter()
            .any(|(m, t)| !matches!(compare(m, t), Comparison::Mismatch { .. }))
    }
}
