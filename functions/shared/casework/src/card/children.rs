//! The children under 16 on a card: one entry, written and read as a list.
//!
//! `ҮЛГІЕВ САНЖАР, 2015-04-02, 150402500015; …`: name, day of birth, and the IIN where there is one.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::CardCause;
use crate::document::normal;
use crate::iin::IinDigits;
use crate::reading::FieldName;

/// The age from which a person has a card of their own, years (Rules of the order No. 11-1-2/263).
const OWN_CARD_FROM_YEARS: i8 = 16;
/// Between two children.
const APART: &str = "; ";
/// Between what is said of one.
const WITHIN: &str = ", ";

/// The entry of the card that names them.
pub const CHILDREN: FieldName = FieldName::new("children");

/// A child, as it was typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Child {
    /// Surname and given names.
    pub name: String,
    /// The day of birth.
    pub birth_date: String,
    /// The IIN, where it is known.
    pub iin: String,
}

impl std::fmt::Debug for Child {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Child(…)")
    }
}

impl Child {
    fn is_empty(&self) -> bool {
        [&self.name, &self.birth_date, &self.iin]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// The children as one text; those of whom nothing was typed are none.
pub fn written(children: &[Child]) -> String {
    let plain = |text: &str| text.replace([',', ';'], " ").trim().to_owned();
    let told = children.iter().filter(|child| !child.is_empty());
    let one = |child: &Child| {
        let day = normal::date(&child.birth_date);
        let day = day.map_or_else(|| plain(&child.birth_date), |day| day.to_string());
        let parts = [plain(&child.name), day, plain(&child.iin)];
        let [name, day, iin] = &parts;
        let iin = if iin.is_empty() { None } else { Some(iin) };
        let parts: Vec<&str> = [Some(name), Some(day), iin]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        parts.join(WITHIN)
    };
    told.map(one).collect::<Vec<_>>().join(APART)
}

/// The children that a text names.
pub fn listed(text: &str) -> Vec<Child> {
    let children = text.split(';').map(|one| {
        let mut parts = one.split(',').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Child {
            name: next(),
            birth_date: next(),
            iin: next(),
        }
    });
    children.filter(|child| !child.is_empty()).collect()
}

/// Whether a text names children alone, each with name and day of birth, each under 16 on this day.
///
/// # Errors
/// [`CardCause::NotAChild`] where it does not.
pub fn checked(text: &str, on: Date) -> Result<(), CardCause> {
    let is_one = |child: &Child| {
        let born = normal::date(&child.birth_date);
        let grown = born.and_then(|born| born.checked_add(OWN_CARD_FROM_YEARS.years()).ok());
        let young = born.is_some_and(|born| born <= on) && grown.is_some_and(|grown| on < grown);
        let iin = child.iin.is_empty() || IinDigits::of(&child.iin).is_some();
        young && iin && child.name.chars().any(char::is_alphabetic)
    };
    if listed(text).iter().all(is_one) {
        Ok(())
    } else {
        Err(CardCause::NotAChild)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn child(name: &str, birth_date: &str, iin: &str) -> Child {
        let [name, birth_date, iin] = [name, birth_date, iin].map(str::to_owned);
        Child {
            name,
            birth_date,
            iin,
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let children = [
            child("ҮЛГІЕВ САНЖАР", "02.04.2015", ""),
            child("", " ", ""),
            child("ҮЛГІЕВА, АЙША", "2019-12-31", "191231600010"),
        ];
        let text = written(&children);
        assert_eq!(
            text,
            "ҮЛГІЕВ САНЖАР, 2015-04-02; ҮЛГІЕВА  АЙША, 2019-12-31, 191231600010"
        );
        assert_eq!(written(&listed(&text)), text);
        assert!(listed("").is_empty() && written(&[]).is_empty());
    }

    #[test]
    fn a_child_has_a_name_and_is_under_sixteen() {
        let on = date(2026, 10, 23);
        for (text, is_one) in [
            ("", true),
            ("ҮЛГІЕВ САНЖАР, 2015-04-02", true),
            ("ҮЛГІЕВ САНЖАР, 2010-10-24", true),
            ("ҮЛГІЕВ САНЖАР, 2010-10-23", false),
            ("ҮЛГІЕВ САНЖАР, 2026-10-24", false),
            ("ҮЛГІЕВ САНЖАР", false),
            (", 2015-04-02", false),
            ("ҮЛГІЕВ САНЖАР, 2015-04-02, 12", false),
            ("ҮЛГІЕВ САНЖАР, 2015-04-02; АЙША", false),
        ] {
            assert_eq!(checked(text, on).is_ok(), is_one, "{text}");
        }
    }
}
