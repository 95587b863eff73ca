//! One section of a stack: the pages between two cover sheets, and whose they are.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method's name is of one lifetime only, and two holders have two"
)]

use std::collections::BTreeMap;

use super::super::holder::Holder;
use super::super::{PageRef, Why};
use super::{Pile, Sheet, Sorted, Split};
use crate::cover::CoverSheet;
use crate::document::Document;

/// A cover sheet, where its code can be used, and the documents known of the person it announces.
type Above<'a> = (Option<CoverSheet>, Result<Vec<&'a Document>, Why>);

/// The printed pages from one cover sheet to the next.
#[derive(Default)]
pub(super) struct Section<'a> {
    /// What lies above them.
    pub(super) above: Option<Above<'a>>,
    pub(super) sheets: Vec<&'a Sheet>,
}

/// People in a section, each with the positions of their sheets in it.
#[derive(Default)]
struct Person<'a> {
    holders: Vec<Holder<'a>>,
    at: Vec<usize>,
}

impl Person<'_> {
    fn is(&self, sheet: &[Holder<'_>], same: impl Fn(&Holder<'_>, &Holder<'_>) -> bool) -> bool {
        let is = |mine: &Holder<'_>| self.holders.iter().any(|other| same(mine, other));
        sheet.iter().any(is)
    }

    fn differs(&self, sheet: &[Holder<'_>]) -> bool {
        self.is(sheet, |mine, other| mine.differs(other))
    }

    /// Whether its sheets lie together and nobody else's among them.
    fn lies_apart_from(&self, others: &[Self]) -> bool {
        let (Some(first), Some(last)) = (self.at.first(), self.at.last()) else {
            return false;
        };
        let within = |at: &usize| (first..=last).contains(&at);
        others
            .iter()
            .filter(|other| !std::ptr::eq(*other, self))
            .all(|other| {
                let around = other.at.first() < Some(first) && other.at.last() > Some(last);
                !around && !other.at.iter().any(within)
            })
    }

    /// Whether its sheets are an application: more than one, an identity document among them.
    fn applies(&self, sheets: &[&Sheet]) -> bool {
        let mut own = self.at.iter().filter_map(|at| sheets.get(*at));
        self.at.len() > 1 && own.any(|sheet| sheet.shows_identity())
    }
}

/// A stack while it is being split.
#[derive(Default)]
pub(super) struct Splitting<'a> {
    pub(super) sorted: BTreeMap<PageRef, Sorted>,
    piles: Vec<Pile>,
    /// Everyone who has a pile.
    people: Vec<(usize, Vec<Holder<'a>>)>,
}

impl<'a> Splitting<'a> {
    /// Sorts the pages of a section.
    pub(super) fn sort(&mut self, section: Section<'a>) {
        match section.above {
            None => self.by_person(&section.sheets),
            Some((_, Err(why))) => {
                for sheet in section.sheets {
                    self.hand(sheet, why);
                }
            }
            Some((cover, Ok(known))) => self.below_cover(cover, &known, &section.sheets),
        }
    }

    fn hand(&mut self, sheet: &Sheet, why: Why) {
        self.sorted.insert(sheet.at, Sorted::NeedsHand(why, None));
    }

    fn pile(&mut self, cover: Option<CoverSheet>, person: Option<&Person<'a>>) -> usize {
        self.piles.push(Pile {
            cover,
            pages: Vec::new(),
            kinds: Vec::new(),
        });
        let pile = self.piles.len() - 1;
        let holders = person.map(|person| person.holders.clone());
        self.people.extend(holders.map(|holders| (pile, holders)));
        pile
    }

    fn lay(&mut self, sheet: &Sheet, pile: usize) {
        self.sorted.insert(sheet.at, Sorted::Pile(pile));
    }

    /// Pages that no cover sheet speaks of: a pile for every person, wherever their pages lie.
    fn by_person(&mut self, sheets: &[&'a Sheet]) {
        let mut people: Vec<Person<'a>> = Vec::new();
        let mut whose = vec![Whose::Silent; sheets.len()];
        for (at, sheet) in sheets.iter().enumerate() {
            let holders = sheet.holders();
            if shows_two(&holders) {
                self.hand(sheet, Why::TwoPeople);
                put(&mut whose, at, Whose::Two);
                continue;
            }
            if holders.iter().all(Holder::is_unknown) {
                continue;
            }
            let (joined, others): (Vec<_>, Vec<_>) = people
                .into_iter()
                .partition(|person| person.is(&holders, |a, b| a.is(b)));
            people = others;
            if joined
                .iter()
                .any(|one| joined.iter().any(|two| one.differs(&two.holders)))
            {
                // Either twin's: it does not say whose.
                people.extend(joined);
                self.hand(sheet, Why::Whose);
                put(&mut whose, at, Whose::Two);
                continue;
            }
            let mut person = Person::default();
            // A page that two piles have in common makes them one.
            for other in joined {
                person.holders.extend(other.holders);
                person.at.extend(other.at);
            }
            person.holders.extend(holders);
            person.at.push(at);
            people.push(person);
        }
        for person in &mut people {
            person.at.sort_unstable();
        }
        people.sort_by_key(|person| person.at.first().copied());
        for person in &people {
            let pile = self.pile(None, Some(person));
            for at in &person.at {
                put(&mut whose, *at, Whose::Of(pile));
            }
        }
        for (at, sheet) in sheets.iter().enumerate() {
            match whose.get(at) {
                Some(Whose::Of(pile)) => self.lay(sheet, *pile),
                Some(Whose::Silent) => match within_file(sheets, &whose, at) {
                    Some(pile) => self.lay(sheet, pile),
                    None => self.hand(sheet, Why::Whose),
                },
                Some(Whose::Two) | None => {}
            }
        }
    }

    /// Pages below a cover sheet that can be used.
    fn below_cover(
        &mut self,
        cover: Option<CoverSheet>,
        known: &[&'a Document],
        sheets: &[&'a Sheet],
    ) {
        let mut people: Vec<Person<'a>> = Vec::new();
        if !known.is_empty() {
            people.push(Person {
                holders: known.iter().map(|document| Holder::of(document)).collect(),
                at: Vec::new(),
            });
        }
        let mut whose: Vec<Whose> = Vec::with_capacity(sheets.len());
        for (at, sheet) in sheets.iter().enumerate() {
            whose.push(place(&mut people, at, &sheet.holders()));
        }
        let applicant = || people.iter().position(|person| person.applies(sheets));
        let owner = match people.as_slice() {
            [] => None,
            [_only] => Some(0),
            _ if !known.is_empty() => Some(0),
            _ => {
                let Some(first) = applicant() else {
                    // Nobody's papers are an application: a person must see whose cover sheet it is.
                    for sheet in sheets {
                        self.hand(sheet, Why::Whose);
                    }
                    return;
                };
                Some(first)
            }
        };
        let mut piles: Vec<Option<usize>> = vec![None; people.len()];
        let own = self.pile(cover, owner.and_then(|owner| people.get(owner)));
        for (index, person) in people.iter().enumerate() {
            let follows = owner.is_some_and(|owner| index > owner);
            let apart = person.applies(sheets) && person.lies_apart_from(&people);
            let pile = if owner == Some(index) {
                Some(own)
            } else if follows && apart {
                Some(self.pile(None, Some(person)))
            } else {
                None
            };
            put(&mut piles, index, pile);
        }
        for (at, sheet) in sheets.iter().enumerate() {
            let pile = |person: usize| piles.get(person).copied().flatten();
            let sorted = match whose.get(at) {
                Some(Whose::Two) => Err(Why::TwoPeople),
                Some(Whose::Of(person)) => pile(*person).ok_or(Why::Stranger),
                Some(Whose::Silent) | None => match around(&whose, at, owner) {
                    (None, None) => Ok(own),
                    (Some(before), Some(after)) if before == after => {
                        pile(before).ok_or(Why::Whose)
                    }
                    _ => Err(Why::Whose),
                },
            };
            match sorted {
                Ok(pile) => self.lay(sheet, pile),
                Err(why) => self.hand(sheet, why),
            }
        }
    }

    /// The result, with the pile that a stranger's page seems to belong to.
    pub(super) fn finish(mut self, sheets: &'a [Sheet]) -> Split {
        let mut pages = Vec::new();
        for sheet in sheets {
            let Some(mut sorted) = self.sorted.remove(&sheet.at) else {
                continue;
            };
            match &mut sorted {
                Sorted::Pile(pile) => {
                    if let Some(pile) = self.piles.get_mut(*pile) {
                        pile.pages.push(sheet.at);
                        pile.kinds.extend(sheet.kinds());
                    }
                }
                Sorted::NeedsHand(Why::Stranger, suggested) => {
                    let holders = sheet.holders();
                    let theirs = |(_, person): &&(usize, Vec<Holder<'_>>)| {
                        person
                            .iter()
                            .any(|other| holders.iter().any(|mine| mine.is(other)))
                    };
                    let mut found = self.people.iter().filter(theirs).map(|(pile, _)| *pile);
                    *suggested = match (found.next(), found.next()) {
                        (Some(only), None) => Some(only),
                        _ => None,
                    };
                }
                Sorted::NeedsHand(..)
                | Sorted::CoverSheet(_)
                | Sorted::Blank
                | Sorted::CameBefore(..)
                | Sorted::FileRefused(_) => {}
            }
            pages.push((sheet.at, sorted));
        }
        Split {
            pages,
            piles: self.piles,
        }
    }
}

/// Whose a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// This person's, or of this pile.
    Of(usize),
    /// It does not say.
    Silent,
    /// Two people's, or of one of two.
    Two,
}

impl Whose {
    const fn said(&self) -> Option<usize> {
        match self {
            Self::Of(person) => Some(*person),
            Self::Silent | Self::Two => None,
        }
    }
}

/// Whose a page below a cover sheet is: a person's who is known there, a new one's where it speaks
/// against everybody who is, or it does not say.
fn place<'a>(people: &mut Vec<Person<'a>>, at: usize, holders: &[Holder<'a>]) -> Whose {
    if shows_two(holders) {
        return Whose::Two;
    }
    let theirs = |person: &&Person<'_>| person.is(holders, |a, b| a.is(b));
    let is_either = |person: &Person<'_>| {
        let mut others = people.iter().filter(theirs);
        others.any(|other| other.differs(&person.holders))
    };
    if people.iter().filter(theirs).any(is_either) {
        return Whose::Two;
    }
    let known = people.iter().position(|person| theirs(&person));
    let known = known
        .or_else(|| (people.iter()).position(|person| person.is(holders, |a, b| a.is_by_place(b))));
    let begins = || {
        let says = if people.is_empty() {
            holders.iter().any(|holder| !holder.is_unknown())
        } else {
            people.iter().all(|person| person.differs(holders))
        };
        says.then_some(people.len())
    };
    let Some(index) = known.or_else(begins) else {
        return Whose::Silent;
    };
    if index == people.len() {
        people.push(Person::default());
    }
    if let Some(person) = people.get_mut(index) {
        person.holders.extend(holders);
        person.at.push(at);
    }
    Whose::Of(index)
}

fn put<T>(all: &mut [T], at: usize, value: T) {
    if let Some(slot) = all.get_mut(at) {
        *slot = value;
    }
}

/// Whether papers of two people lie on one page.
fn shows_two(holders: &[Holder<'_>]) -> bool {
    let differs = |mine: &Holder<'_>| holders.iter().any(|other| mine.differs(other));
    holders.iter().any(differs)
}

/// Who the pages before and after one speak of; before the first the owner does, behind the last the one before.
fn around(whose: &[Whose], at: usize, owner: Option<usize>) -> (Option<usize>, Option<usize>) {
    let before = whose.get(..at).unwrap_or_default();
    let after = whose.get(at + 1..).unwrap_or_default();
    let before = before.iter().rev().find_map(Whose::said).or(owner);
    let after = after.iter().find_map(Whose::said).or(before);
    (before, after)
}

/// The pile of the pages around a page in its file, where both sides are one person's.
fn within_file(sheets: &[&Sheet], whose: &[Whose], at: usize) -> Option<usize> {
    let file = sheets.get(at)?.at.file;
    let speaks = |(sheet, whose): (&&Sheet, &Whose)| {
        (sheet.at.file == file && *whose != Whose::Silent).then_some(*whose)
    };
    let mut before = sheets.iter().zip(whose).take(at).rev();
    let mut after = sheets.iter().zip(whose).skip(at + 1);
    match (before.find_map(speaks), after.find_map(speaks)) {
        (Some(before), Some(after)) if before != after => None,
        (before, after) => before.or(after)?.said(),
    }
}
