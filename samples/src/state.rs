//! Issuing States (ICAO 9303-3 §5) and how their documents are numbered: data for invented papers.
//!
//! A pattern says what a number is made of: `9` a digit, `A` a letter, `X` either, anything
//! else itself. Numbers follow the shapes one meets; they are nobody's.

use std::sync::LazyLock;

use crate::chance::Chance;
use crate::tongue::Tongue;

/// A State that issues documents.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    /// Its code in a zone.
    pub code: &'static str,
    /// Its name as its papers print it.
    pub name: &'static str,
    /// Document numbers of passports and visas.
    pub passport: &'static str,
    /// Document numbers of cards; longer than nine characters in some States.
    pub card: &'static str,
    /// Optional data, where the State uses it.
    pub optional: &'static str,
    /// Whose names are most common there.
    pub tongue: Tongue,
}

/// Kazakhstan; its optional data is the IIN, which is made elsewhere.
pub static KAZAKHSTAN: State = State {
    code: "KAZ",
    name: "QAZAQSTAN / KAZAKHSTAN",
    passport: "N99999999",
    card: "999999999",
    optional: "",
    tongue: Tongue::Turkic,
};

/// The others, one of every way of numbering that is known to us.
pub static STATES: LazyLock<Vec<State>> = LazyLock::new(|| {
    include_str!("states.txt")
        .lines()
        .filter_map(parsed)
        .collect()
});

fn parsed(line: &'static str) -> Option<State> {
    let columns: Vec<&str> = line.split(" | ").collect();
    let &[code, name, passport, card, optional, tongue] = columns.as_slice() else {
        return None;
    };
    Some(State {
        code,
        name,
        passport,
        card,
        optional: if optional == "-" { "" } else { optional },
        tongue: Tongue::of(tongue)?,
    })
}

/// A text of that pattern.
pub fn numbered(chance: &mut Chance, pattern: &str) -> String {
    let letter: fn(&mut Chance) -> char = |chance| char::from(b'A' + byte(chance.below(26)));
    let digit: fn(&mut Chance) -> char = |chance| char::from(b'0' + byte(chance.below(10)));
    pattern
        .chars()
        .map(|sign| match sign {
            '9' => digit(chance),
            'A' => letter(chance),
            'X' => {
                let make = if chance.odds(0.6) { digit } else { letter };
                make(chance)
            }
            other => other,
        })
        .collect()
}

fn byte(below_26: u32) -> u8 {
    u8::try_from(below_26).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_a_zone_and_no_two_are_alike() {
        let mut codes: Vec<_> = STATES.iter().map(|state| state.code).collect();
        codes.push(KAZAKHSTAN.code);
        assert!(codes.iter().all(|code| {
            (*code == "D" || code.len() == 3) && code.chars().all(|c| c.is_ascii_uppercase())
        }));
        codes.sort_unstable();
        codes.dedup();
        let rows = include_str!("states.txt")
            .lines()
            .filter(|line| !line.starts_with('#'));
        assert_eq!(codes.len(), rows.count() + 1);
    }

    #[test]
    fn a_pattern_fixes_length_and_kind_of_every_sign() {
        let mut chance = Chance::new(5, "numbers");
        for _ in 0..100 {
            let number = numbered(&mut chance, "N9AX<");
            let signs: Vec<char> = number.chars().collect();
            assert_eq!((signs.len(), signs[0], signs[4]), (5, 'N', '<'));
            assert!(
                signs[1].is_ascii_digit() && signs[2].is_ascii_uppercase(),
                "{number}"
            );
            assert!(signs[3].is_ascii_alphanumeric());
        }
        assert_eq!(numbered(&mut chance, ""), "");
    }
}
