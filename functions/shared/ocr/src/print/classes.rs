//! What the line net can tell apart. Latin letters drawn like a Cyrillic one share its class:
//! which script a word is in is decided by its other letters (`words`).

use std::sync::LazyLock;

use crate::line::Alphabet;

const CYRILLIC: &str = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ";
const LATIN_UPPER: &str = "DFGJLNQRSUVWYZ";
const LATIN_LOWER: &str = "bdfgjklmnqrstuvwz";
const DIGITS: &str = "0123456789";
const SIGNS: &str = ".,-/:()№\"'+ @_";
/// Cyrillic letters and the Latin ones drawn alike.
const TWINS: [&str; 2] = ["АВСЕНІКМОРТХасеһіорху", "ABCEHIKMOPTXacehiopxy"];

/// The class of "no letter here".
pub(super) const BLANK: usize = 0;

/// One class of the net.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) character: char,
    /// The Latin letter drawn alike, or the letter itself where it is Latin.
    pub(super) latin: Option<char>,
    pub(super) kind: Kind,
    pub(super) upper: bool,
    /// Classes that differ in case alone have the same number.
    pub(super) letter: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    Cyrillic,
    Latin,
    Digit,
    Sign,
    Space,
}

/// The classes in the net's order, `BLANK` first.
pub(super) static CLASSES: LazyLock<Vec<Class>> = LazyLock::new(|| {
    let lower = CYRILLIC.to_lowercase();
    let all = [CYRILLIC, &lower, LATIN_UPPER, LATIN_LOWER, DIGITS, SIGNS].concat();
    let mut classes = vec![Class {
        character: '\0',
        latin: None,
        kind: Kind::Blank,
        upper: false,
        letter: 0,
    }];
    for character in all.chars() {
        let known = classes
            .iter()
            .position(|c: &Class| same_letter(c.character, character));
        classes.push(Class {
            character,
            latin: latin(character),
            kind: kind(character),
            upper: character.is_uppercase(),
            letter: known.unwrap_or(classes.len()),
        });
    }
    classes
});

fn same_letter(a: char, b: char) -> bool {
    a.to_lowercase().eq(b.to_lowercase())
}

fn kind(character: char) -> Kind {
    match character {
        ' ' => Kind::Space,
        c if c.is_ascii_digit() => Kind::Digit,
        c if c.is_ascii_alphabetic() => Kind::Latin,
        c if c.is_alphabetic() => Kind::Cyrillic,
        _ => Kind::Sign,
    }
}

/// The Cyrillic letter drawn like a Latin one, or the character itself.
pub(super) fn cyrillic(character: char) -> char {
    let [cyrillic, latin] = TWINS;
    let at = latin.chars().position(|c| c == character);
    at.and_then(|at| cyrillic.chars().nth(at))
        .unwrap_or(character)
}

fn latin(character: char) -> Option<char> {
    let [cyrillic, latin] = TWINS;
    if character.is_ascii_alphabetic() {
        return Some(character);
    }
    let at = cyrillic.chars().position(|c| c == character)?;
    latin.chars().nth(at)
}

/// Whether a class is `_`: addresses alone have it, elsewhere the ground's lines look like it.
pub(super) fn is_low_line(class: usize) -> bool {
    CLASSES
        .get(class)
        .is_some_and(|class| class.character == '_')
}

/// Which classes an alphabet leaves open.
pub(super) fn allowed(alphabet: Alphabet) -> Vec<bool> {
    CLASSES
        .iter()
        .map(|class| class.kind == Kind::Blank || admits(alphabet, *class))
        .collect()
}

fn admits(alphabet: Alphabet, class: Class) -> bool {
    let digit = class.kind == Kind::Digit;
    let between = matches!(class.character, ' ' | '-');
    match alphabet {
        Alphabet::Any => true,
        Alphabet::Digits => digit,
        Alphabet::Date => digit || between || class.character == '.',
        Alphabet::Number => digit || matches!(class.character, 'N' | '№' | ' '),
        Alphabet::CyrillicUpper => between || (class.upper && class.kind == Kind::Cyrillic),
        Alphabet::LatinUpper => between || (class.upper && class.latin.is_some()),
        Alphabet::Latin => class.kind != Kind::Cyrillic || class.latin.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_nets() {
        assert_eq!(CLASSES.len(), 140);
        for (at, character) in [
            (1, 'А'),
            (43, 'а'),
            (85, 'D'),
            (99, 'b'),
            (116, '0'),
            (137, ' '),
        ] {
            assert_eq!(CLASSES[at].character, character);
        }
    }

    #[test]
    fn alphabets_leave_open_what_they_say() {
        for (alphabet, inside, outside) in [
            (Alphabet::Digits, "0159", "О-. N"),
            (Alphabet::Date, "09.- ", "О,/"),
            (Alphabet::Number, "N№7 ", "А-"),
            (Alphabet::CyrillicUpper, "ҚЁА- ", "қ1D."),
            (Alphabet::LatinUpper, "DА- ", "Қd1"),
            (Alphabet::Latin, "Dd1+а ", "Қя"),
        ] {
            let open = allowed(alphabet);
            let is_open = |c: char| {
                let at = CLASSES
                    .iter()
                    .position(|class| class.character == c)
                    .unwrap();
                open[at]
            };
            assert!(inside.chars().all(is_open), "{alphabet:?} {inside}");
            assert!(!outside.chars().any(is_open), "{alphabet:?} {outside}");
        }
    }
}
