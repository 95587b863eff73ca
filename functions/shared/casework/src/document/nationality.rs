//! Nationalities as papers print them: a list, which says what a misread one is meant to be.
//!
//! It has not all there are, so it only ever makes a value doubtful that is nearly on it: `ҚАЗАК` is nobody's
//! nationality. What was printed stays beside it as it was read.

use std::sync::LazyLock;

use strsim::levenshtein;

use crate::country::Spelling;
use crate::names::without_stroke;

/// Shorter words may be another one with a single letter changed.
const LETTERS_MIN: usize = 4;

static KNOWN: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/nationalities.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Shorter words are pieces of one.
const WORD_MIN: usize = 3;

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words.filter(|word| !word.is_empty())
}

/// How a word stands to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// On it.
    Known(&'static str),
    /// Not on it, but it differs from some there in the strokes of Kazakh letters, or else in one letter; from which,
    /// where it is only one.
    Near(Option<&'static str>),
    /// Like none there.
    Other,
}

impl Word {
    /// Of a word in capitals.
    fn of(word: &str) -> Self {
        let is_long = word.chars().count() >= LETTERS_MIN;
        let plain = |name: &str| name.chars().map(without_stroke).collect::<String>();
        let like = |fits: &dyn Fn(&str) -> bool| {
            let mut found = KNOWN.iter().copied().filter(|name| fits(name));
            let first = found.next()?;
            Some(Some(first).filter(|_| found.next().is_none()))
        };
        if let Some(name) = KNOWN.iter().find(|name| **name == word) {
            return Self::Known(name);
        }
        like(&|name| plain(name) == plain(word))
            .or_else(|| like(&|name| is_long && levenshtein(name, word) == 1))
            .map_or(Self::Other, Self::Near)
    }

    const fn meant(self) -> Option<&'static str> {
        match self {
            Self::Known(name) => Some(name),
            Self::Near(name) => name,
            Self::Other => None,
        }
    }
}

/// How a nationality is spelt, in one language or in both parted by a slash; what it is meant to be in capitals
/// where the text is.
pub(super) fn spelling(text: &str) -> Spelling {
    let capitals = text.to_uppercase();
    let words: Vec<Word> = words_of(&capitals).map(Word::of).collect();
    let meant: Option<Vec<&str>> = words.iter().map(|word| word.meant()).collect();
    let meant = meant.map(|words| words.join("/"));
    let parts: Vec<&str> = capitals.split('/').map(str::trim).collect();
    let is_near = words.iter().any(|word| matches!(word, Word::Near(_)));
    let is_cut = words_of(&capitals).any(|word| word.chars().count() < WORD_MIN);
    let is_parted_otherwise = !words.is_empty()
        && meant
            .as_ref()
            .is_some_and(|meant| *meant != parts.join("/"));
    if is_cut {
        return Spelling::Near { meant: None };
    }
    if !is_near && !is_parted_otherwise {
        return Spelling::Other;
    }
    let is_capital = !text.chars().any(char::is_lowercase);
    Spelling::Near {
        meant: meant.map(|meant| {
            if is_capital {
                meant
            } else {
                meant.to_lowercase()
            }
        }),
    }
}

/// Whether each word of a text is on the list, and no other word there is one letter away.
pub(super) fn is_unmistakable(text: &str) -> bool {
    let capitals = text.to_uppercase();
    let mut words = words_of(&capitals).peekable();
    let is_clear = |word: &str| {
        KNOWN.contains(&word)
            && KNOWN
                .iter()
                .all(|name| *name == word || levenshtein(name, word) > 1)
    };
    words.peek().is_some() && words.all(is_clear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nationality_as_on_the_list_or_like_none_there_is_left_alone() {
        for read in [
            "ҚАЗАҚ",
            "ҚАЗАҚ/КАЗАХ",
            "ҚАЗАҚ / КАЗАХ",
            "ОРБІС",
            "ГАГАУЗ",
            "",
            "7",
        ] {
            assert_eq!(spelling(read), Spelling::Other, "{read}");
        }
    }

    #[test]
    fn a_word_on_the_list_without_a_neighbour_is_unmistakable() {
        for (text, clear) in [
            ("ҚАЗАҚ", true),
            ("қазақ/казах", true),
            ("ҚАЗАК", false),
            ("РУССКАЯ", true),
            ("ГАГАУЗ", false),
            ("", false),
        ] {
            assert_eq!(is_unmistakable(text), clear, "{text}");
        }
    }

    #[test]
    fn a_misread_nationality_is_doubted_and_known_where_only_one_is_meant() {
        for (read, meant) in [
            ("ҚАЗАК", Some("ҚАЗАҚ")),
            ("КАЗАҚ", Some("ҚАЗАҚ")),
            ("ҚАЗАХ", Some("КАЗАХ")),
            ("ҚАЗАҚ/ҚАЗАХ", Some("ҚАЗАҚ/КАЗАХ")),
            ("ҚАЗАҚ КАЗАХ", Some("ҚАЗАҚ/КАЗАХ")),
            ("ОРЫСІ", Some("ОРЫС")),
            ("қазак", Some("қазақ")),
            ("РУССКАЙ", None),      // man or woman
            ("ГАГАУЗ/ҚАЗАК", None), // half of it is on no list
            ("ҚА", None),
            ("ҚАЗАҚ/К А", None),
        ] {
            let meant = meant.map(str::to_owned);
            assert_eq!(spelling(read), Spelling::Near { meant }, "{read}");
        }
    }
}
