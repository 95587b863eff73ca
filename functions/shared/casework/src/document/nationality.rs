//! Nationalities as papers print them: a list, which says what a misread one is meant to be.
//!
//! It has not all there are, so it only ever makes a value doubtful that is nearly on it: `ҚАЗАК` is nobody's
//! nationality. What was printed stays beside it as it was read.

use std::sync::LazyLock;

use strsim::levenshtein;

use super::normal::without_strokes;
use crate::reading::FieldName;

/// Shorter words may be another one with a single letter changed.
const LETTERS_MIN: usize = 4;

static KNOWN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/nationalities.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// What a text that is nearly on the list is meant to be, in capitals if it is; both languages parted by a slash.
/// None where it is on the list, or not near it.
pub(super) fn meant(field: &FieldName, text: &str) -> Option<String> {
    if *field != FieldName::NATIONALITY {
        return None;
    }
    let capitals = text.to_uppercase();
    let words = capitals
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let known: Option<Vec<&str>> = words.map(known).collect();
    let meant = known?.join("/");
    let parts: Vec<&str> = capitals.split('/').map(str::trim).collect();
    if meant.is_empty() || parts.join("/") == meant {
        return None;
    }
    let is_capital = !text.chars().any(char::is_lowercase);
    Some(if is_capital {
        meant
    } else {
        meant.to_lowercase()
    })
}

/// The word on the list, or the only one from which it differs in the strokes of Kazakh letters, or else in one letter.
fn known(word: &str) -> Option<&'static str> {
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut found = KNOWN.iter().copied().filter(|name| fits(name));
        found.next().filter(|_| found.next().is_none())
    };
    let is_long = word.chars().count() >= LETTERS_MIN;
    only(&|name| name == word)
        .or_else(|| only(&|name| without_strokes(name) == without_strokes(word)))
        .or_else(|| only(&|name| is_long && levenshtein(name, word) == 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_nationality_is_known_and_another_is_left_alone() {
        for (read, expected) in [
            ("ҚАЗАҚ", None),
            ("ҚАЗАҚ/КАЗАХ", None),
            ("ҚАЗАҚ / КАЗАХ", None),
            ("ҚАЗАК", Some("ҚАЗАҚ")),
            ("КАЗАҚ", Some("ҚАЗАҚ")),
            ("ҚАЗАХ", Some("КАЗАХ")),
            ("ҚАЗАҚ/ҚАЗАХ", Some("ҚАЗАҚ/КАЗАХ")),
            ("ҚАЗАҚ КАЗАХ", Some("ҚАЗАҚ/КАЗАХ")),
            ("ОРБІС", None), // two letters: nobody can say
            ("ОРЫСІ", Some("ОРЫС")),
            ("қазак", Some("қазақ")),
            ("ГАГАУЗ", None), // on no list
            ("ГАГАУЗ/ҚАЗАК", None),
            ("", None),
            ("7", None),
        ] {
            let found = meant(&FieldName::NATIONALITY, read);
            assert_eq!(found.as_deref(), expected, "{read}");
        }
        assert_eq!(meant(&FieldName::BIRTH_PLACE, "ҚАЗАК"), None);
    }
}
