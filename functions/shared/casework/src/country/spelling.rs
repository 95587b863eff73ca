//! Whether the name of a country is spelt as the list spells it, letter by letter.
//!
//! [`Country::named`] finds a country through any misspelling that leaves no doubt which is meant; here it is
//! asked whether the print was misread: `Түрция` is no name of any country.

use std::sync::LazyLock;

use strsim::levenshtein;

use super::{COUNTRIES, Country, KIND_OF_STATE};
use crate::names::{skeleton, without_stroke};

/// Endings of a case that Russian and Kazakh add to a name or put for its last letter have at most so many letters.
const ENDING_MAX: usize = 3;
/// Words so long may change two letters in a case, shorter ones one: Турецкую, Польшу.
const LONG: usize = 8;
/// A name may have one letter in so many misread, where it is to be told what is meant;
const LETTERS_A_MISREAD: usize = 6;
/// in so many, where it is only to be doubted.
const LETTERS_A_DOUBT: usize = 3;

/// Names that differ in no more letters may be taken for each other, their cases too: Иран, Ираку.
const LETTERS_APART: usize = 2;

/// Each name of each country, and its words.
static SPELT: LazyLock<Vec<(&'static str, Vec<String>)>> = LazyLock::new(|| {
    let names = COUNTRIES.iter().flat_map(Country::all_names);
    names.map(|name| (name, words(name))).collect()
});

/// What a text is that should name a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// A name of the list, in some case, or a code of it.
    Known,
    /// Nothing like one: the list has not all countries.
    Other,
    /// Like a name of the list and not it.
    Near {
        /// That name, where it is the only one so near.
        meant: Option<String>,
    },
}

impl Spelling {
    /// Of a text as it was read from paper, in one language or in two parted by a slash.
    pub fn of(text: &str) -> Self {
        let halves: Vec<(&str, Self)> = text
            .split('/')
            .map(|half| (half.trim(), Self::of_one(half)))
            .collect();
        for alike in [Self::Known, Self::Other] {
            if halves.iter().all(|(_, spelling)| *spelling == alike) {
                return alike;
            }
        }
        if !halves
            .iter()
            .any(|(_, spelling)| matches!(spelling, Self::Near { .. }))
        {
            return Self::Other;
        }
        let meant = |(half, spelling)| match spelling {
            Self::Known | Self::Other => Some(str::to_owned(half)),
            Self::Near { meant } => meant,
        };
        let meant: Option<Vec<String>> = halves.into_iter().map(meant).collect();
        Self::Near {
            meant: meant.map(|halves| halves.join(" / ")),
        }
    }

    /// Whether a text is a name on the list, in each of its languages, and no other country's is so near that a
    /// misread one could be it: Иран may be Ирак.
    pub fn is_unmistakable(text: &str) -> bool {
        let is_clear = |half: &str| {
            let whole = words(half).concat();
            let Some(country) = Country::named(half).filter(|_| Self::of_one(half) == Self::Known)
            else {
                return false;
            };
            let own: Vec<&str> = country.all_names().collect();
            SPELT.iter().all(|(name, words)| {
                own.contains(name) || levenshtein(&words.concat(), &whole) > LETTERS_APART
            })
        };
        text.split('/').all(is_clear)
    }

    fn of_one(text: &str) -> Self {
        let read = words(text);
        let is_code = Country::by_code(&text.trim().to_uppercase()).is_some();
        if is_code || SPELT.iter().any(|(_, name)| is_spelt(&read, name)) {
            return Self::Known;
        }
        if read.is_empty() {
            return Self::Other;
        }
        // A Russian name whose letter was taken for a Kazakh one: Түрцию.
        let plain: String = text.trim().chars().map(without_stroke).collect();
        let plain_words = words(&plain);
        if SPELT.iter().any(|(_, name)| is_spelt(&plain_words, name)) {
            return Self::Near { meant: Some(plain) };
        }
        // A space too many or too few is no other letter.
        let whole = read.concat();
        let mut near: Vec<(usize, &[String], &str)> = SPELT
            .iter()
            .map(|(name, words)| {
                (
                    levenshtein(&words.concat(), &whole),
                    words.as_slice(),
                    *name,
                )
            })
            .collect();
        near.sort_unstable();
        near.dedup_by_key(|(distance, words, _)| (*distance, *words));
        let allowed = whole.chars().count() / LETTERS_A_MISREAD;
        match near.as_slice() {
            [(first, _, name), (second, ..), ..] if *first <= allowed && first < second => {
                Self::Near {
                    meant: Some(as_written(name, text)),
                }
            }
            _ if SPELT.iter().any(|(_, name)| is_like(&read, name)) => Self::Near { meant: None },
            _ => Self::Other,
        }
    }
}

/// The words that name it: in capitals, Ё as Е, without those for the kind of state.
fn words(name: &str) -> Vec<String> {
    let capitals = name.to_uppercase().replace('Ё', "Е");
    let all = || {
        capitals
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
    };
    let is_kind = |word: &str| {
        let skeleton = skeleton(word);
        KIND_OF_STATE.iter().any(|kind| skeleton.starts_with(kind))
    };
    all()
        .filter(|word| !is_kind(word))
        .map(str::to_owned)
        .collect()
}

/// Whether each word is that of the name, in any case.
fn is_spelt(read: &[String], name: &[String]) -> bool {
    read.len() == name.len()
        && read
            .iter()
            .zip(name)
            .all(|(read, word)| is_case_of(read, word))
}

/// Германию, Германияға of Германия: its stem, and an ending. English has no cases.
fn is_case_of(read: &str, word: &str) -> bool {
    if word.is_ascii() {
        return read == word;
    }
    let letters: Vec<char> = word.chars().collect();
    let read: Vec<char> = read.chars().collect();
    let changing = if letters.len() < LONG { 1 } else { 2 };
    let stem = letters.len().saturating_sub(changing);
    let shared = letters
        .iter()
        .zip(&read)
        .take_while(|(a, b)| a == b)
        .count();
    read == letters || shared >= stem && read.len() <= shared + ENDING_MAX
}

/// Whether a text of as many words could be the name with letters of its stems misread.
fn is_like(read: &[String], name: &[String]) -> bool {
    let near = |(read, word): (&String, &String)| {
        let (read, stem) = (without_last(read), without_last(word));
        is_case_of(read, word) || levenshtein(read, stem) <= word.chars().count() / LETTERS_A_DOUBT
    };
    read.len() == name.len() && read.iter().zip(name).all(near)
}

/// A word without the letter that changes with its case.
fn without_last(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next_back();
    letters.as_str()
}

/// The name in capitals where the text is.
fn as_written(name: &str, text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        name.to_owned()
    } else {
        name.to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_name_is_told_from_an_inflected_and_from_an_unknown_one() {
        let near = |meant: Option<&str>| Spelling::Near {
            meant: meant.map(str::to_owned),
        };
        for (text, expected) in [
            ("Турция", Spelling::Known),
            ("Түркия", Spelling::Known),
            ("KAZ", Spelling::Known),
            ("Турцию", Spelling::Known),
            ("Польшу", Spelling::Known),
            ("Республику Корея", Spelling::Known),
            ("Корея Республикасы", Spelling::Known),
            ("Объединенные Арабские Эмираты", Spelling::Known),
            ("Объединённые Арабские Эмираты", Spelling::Known),
            ("Германияға", Spelling::Known),
            ("Атлантида", Spelling::Other), // on no list: nobody can say
            ("Ресшублннка Корея", Spelling::Other),
            ("KAZ / Атлантида", Spelling::Other),
            ("", Spelling::Other),
            ("ҚАЗАҚСТАН / KAZAKHSTAN", Spelling::Known),
            (
                "ҚАЗАҚСТАН / KAZAKHS TAN",
                near(Some("ҚАЗАҚСТАН / KAZAKHSTAN")),
            ),
            (
                "Қ АЗАҚСТАН / KAZAKHSTAN",
                near(Some("ҚАЗАҚСТАН / KAZAKHSTAN")),
            ),
            ("ҚАЗАҚСТ А", near(Some("ҚАЗАҚСТАН"))),
            (
                "АТЛАНТИДА / KAZAKHSTAM",
                near(Some("АТЛАНТИДА / KAZAKHSTAN")),
            ),
            ("Түрция", near(Some("Турция"))),
            ("Түрцию", near(Some("Турцию"))),
            ("Тұрция", near(Some("Турция"))),
            ("ПОЛЫША", near(Some("ПОЛЬША"))),
            ("Полыпу", near(None)),
            ("Польышу", near(None)),
            (
                "Обьединенные Арабские Эмираты",
                near(Some("Объединенные Арабские Эмираты")),
            ),
        ] {
            assert_eq!(Spelling::of(text), expected, "{text}");
        }
    }
}
