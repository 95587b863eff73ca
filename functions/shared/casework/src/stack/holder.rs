//! Who holds a document, as far as it says.

use crate::document::{Certainty, Document};
use crate::names::{Comparison, compare};
use crate::reading::FieldName;

/// What a document says of its holder; nothing that is doubtful.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder<'a> {
    iin: Option<&'a str>,
    document_number: Option<&'a str>,
    birth_date: Option<&'a str>,
    surnames: [Option<&'a str>; 2],
    given_names: [Option<&'a str>; 2],
}

impl<'a> Holder<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let value = |name: FieldName| {
            let field = document.fields.get(&name)?;
            (field.certainty > Certainty::Doubtful).then(|| field.value.reveal().as_str())
        };
        Self {
            iin: value(FieldName::IIN),
            document_number: value(FieldName::DOCUMENT_NUMBER),
            birth_date: value(FieldName::BIRTH_DATE),
            surnames: [FieldName::SURNAME, FieldName::SURNAME_LATIN].map(value),
            given_names: [FieldName::GIVEN_NAMES, FieldName::GIVEN_NAMES_LATIN].map(value),
        }
    }

    /// Whether it says too little to begin a pile of one's own.
    pub(super) const fn is_unknown(&self) -> bool {
        self.iin.is_none() && self.document_number.is_none() && self.birth_date.is_none()
    }

    /// Whether this is surely the same person: an equal IIN, else an equal number of a document,
    /// else an equal birth date with names that are the same in some spelling: a surname at least, and
    /// no other given names, for twins have one birth date and one surname.
    pub(super) fn is(&self, other: &Self) -> bool {
        if let Some(equal) = both(self.iin, other.iin) {
            return equal;
        }
        both(self.document_number, other.document_number) == Some(true) || self.is_by_name(other)
    }

    /// Whether this may well be the same person, of papers that lie together: the same, or of the
    /// same birth date and names, whatever one digit of an IIN says.
    pub(super) fn is_by_place(&self, other: &Self) -> bool {
        self.is(other)
            || both(self.document_number, other.document_number) == Some(true)
            || self.is_by_name(other)
    }

    /// Whether something that both say speaks against their being one person, and nothing for it.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let surnames = same(self.surnames, other.surnames);
        let given_names = same(self.given_names, other.given_names);
        let iins_differ = both(self.iin, other.iin) == Some(false);
        let names_differ =
            given_names == Some(false) || (surnames == Some(false) && given_names != Some(true));
        let born_together = self.born_with(other);
        let one_person = self.is_by_place(other) || (born_together == Some(true) && !names_differ);
        !one_person && (iins_differ || born_together == Some(false) || names_differ)
    }

    fn is_by_name(&self, other: &Self) -> bool {
        self.born_with(other) == Some(true)
            && same(self.surnames, other.surnames) == Some(true)
            && same(self.given_names, other.given_names) != Some(false)
    }

    fn born_with(&self, other: &Self) -> Option<bool> {
        both(self.birth_date, other.birth_date)
    }
}

/// Whether both are known and equal.
fn both(mine: Option<&str>, theirs: Option<&str>) -> Option<bool> {
    Some(mine? == theirs?)
}

/// Whether some spelling of one is some spelling of the other; nothing where one says none.
fn same(mine: [Option<&str>; 2], theirs: [Option<&str>; 2]) -> Option<bool> {
    let mut pairs = mine
        .into_iter()
        .flatten()
        .flat_map(|mine| theirs.into_iter().flatten().map(move |other| (mine, other)))
        .peekable();
    pairs.peek()?;
    Some(pairs.any(|(mine, other)| !matches!(compare(mine, other), Comparison::Mismatch { .. })))
}
