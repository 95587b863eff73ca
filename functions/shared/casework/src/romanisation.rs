//! Latin for the Cyrillic of Kazakh and Russian, and what a Latin name proves about Cyrillic letters.
//!
//! The letters are data (`data/romanisation.txt`); ICAO's own table lacks Ә Қ Ң Ө Ұ Ү.
//! Never here: whether two names are the same person's (that is [`crate::names`]).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::names::{Variants, Word, words};

pub(crate) static ROMANISATION: LazyLock<Variants> =
    LazyLock::new(|| Variants::parse(include_str!("../data/romanisation.txt")));

/// The name in Latin capitals as documents write it today, words apart by one space.
///
/// ```
/// assert_eq!(casework::romanisation::romanise("Жұмабекова Гүлшат"), "ZHUMABEKOVA GULSHAT");
/// ```
pub fn romanise(cyrillic: &str) -> String {
    let words: Vec<String> = words(cyrillic)
        .iter()
        .map(|word| {
            word.text()
                .chars()
                .map(|letter| ROMANISATION.fold(&letter.to_string()))
                .collect()
        })
        .collect();
    words.join(" ")
}

/// What a Latin name says about one Cyrillic letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterWitness {
    /// The letter as the Cyrillic reading has it, upper case; a space between words.
    pub letter: char,
    /// The letters that would have given the same Latin in its place: what must be told apart by other means.
    pub others: Vec<char>,
}

impl LetterWitness {
    /// Whether the Latin leaves no other letter.
    pub fn is_proven(&self) -> bool {
        self.others.is_empty()
    }
}

/// What `latin`, read independently, proves about each letter of `cyrillic`; nothing where it is no romanisation of it.
///
/// A letter is proven when every Cyrillic word of the same length that could be written so in
/// Latin has that letter in that place. Of Ь and Ъ Latin says nothing: not that they are there, not that they are not.
pub fn latin_proves(latin: &str, cyrillic: &str) -> Option<Vec<LetterWitness>> {
    let joined = |text: &str| {
        let words = words(text);
        let texts: Vec<&str> = words.iter().map(Word::text).collect();
        texts.join(" ").chars().collect::<Vec<char>>()
    };
    let (latin, letters) = (joined(latin), joined(cyrillic));
    let reached = Reached::forward(&latin, letters.len());
    let ending = Reached::backward(&latin, letters.len());
    let mut possible: Vec<BTreeSet<char>> = vec![BTreeSet::new(); letters.len()];
    for step in steps(&latin) {
        for first in 0..letters.len() {
            let Some(rest) = letters.len().checked_sub(first + step.letters.len()) else {
                break;
            };
            if reached.has(first, step.start) && ending.has(rest, step.end) {
                for (here, letter) in possible.iter_mut().skip(first).zip(&step.letters) {
                    here.insert(*letter);
                }
            }
        }
    }
    let witnesses = letters.into_iter().zip(possible);
    witnesses
        .map(|(letter, possible)| {
            possible.contains(&letter).then(|| LetterWitness {
                letter,
                others: possible
                    .into_iter()
                    .filter(|other| *other != letter)
                    .collect(),
            })
        })
        .collect()
}

/// One Cyrillic letter, or two, over a piece of the Latin.
struct Step {
    letters: Vec<char>,
    start: usize,
    end: usize,
}

fn steps(latin: &[char]) -> impl Iterator<Item = Step> {
    let spaces = latin
        .iter()
        .enumerate()
        .filter(|(_, letter)| **letter == ' ')
        .map(|(start, _)| Step {
            letters: vec![' '],
            start,
            end: start + 1,
        });
    let letters = (0..=latin.len()).flat_map(move |start| {
        let rest = latin.get(start..).unwrap_or_default();
        ROMANISATION.rows().flat_map(move |(letters, variants)| {
            variants
                .iter()
                .filter(move |variant| rest.starts_with(variant))
                .map(move |variant| Step {
                    letters: letters.to_vec(),
                    start,
                    end: start + variant.len(),
                })
        })
    });
    spaces.chain(letters)
}

/// Which places of the Latin can be reached with so many Cyrillic letters.
struct Reached(Vec<BTreeSet<usize>>);

impl Reached {
    fn forward(latin: &[char], letters: usize) -> Self {
        Self::from(0, letters, &|step| (step.start, step.end), latin)
    }

    fn backward(latin: &[char], letters: usize) -> Self {
        Self::from(latin.len(), letters, &|step| (step.end, step.start), latin)
    }

    /// From one end of the Latin on, by steps that go from a place to another.
    fn from(
        first: usize,
        letters: usize,
        along: &dyn Fn(&Step) -> (usize, usize),
        latin: &[char],
    ) -> Self {
        let steps: Vec<Step> = steps(latin).collect();
        let mut layers = vec![BTreeSet::from([first])];
        for _ in 0..letters {
            let reached = steps.iter().filter_map(|step| {
                let (from, to) = along(step);
                let before = layers.len().checked_sub(step.letters.len())?;
                layers.get(before)?.contains(&from).then_some(to)
            });
            layers.push(reached.collect());
        }
        Self(layers)
    }

    fn has(&self, letters: usize, place: usize) -> bool {
        self.0
            .get(letters)
            .is_some_and(|layer| layer.contains(&place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_both_alphabets_has_a_romanisation() {
        for letter in "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ".chars()
        {
            let row = ROMANISATION.rows().find(|(from, _)| *from == [letter]);
            assert!(row.is_some_and(|(_, to)| !to.is_empty()), "{letter}");
        }
    }

    #[test]
    fn names_are_written_as_documents_write_them() {
        let table = [
            ("Қайратқызы", "KAIRATKYZY"),
            ("ЩЕРБАКОВ", "SHCHERBAKOV"),
            ("Гульнара", "GULNARA"),
            ("Анна-Мария", "ANNA MARIYA"),
            ("", ""),
        ];
        for (cyrillic, latin) in table {
            assert_eq!(romanise(cyrillic), latin);
        }
    }

    /// The letters that are proven as they are, the others as `·`.
    fn proven(latin: &str, cyrillic: &str) -> Option<String> {
        let witnesses = latin_proves(latin, cyrillic)?;
        Some(
            witnesses
                .iter()
                .map(|witness| {
                    if witness.is_proven() {
                        witness.letter
                    } else {
                        '·'
                    }
                })
                .collect(),
        )
    }

    #[test]
    fn latin_proves_only_letters_that_no_other_is_written_like() {
        let table = [
            ("DARMEN", "ДАРМЕН", Some("Д·РМ··")),
            ("SHARIP", "ШАРИП", Some("Ш·Р·П")),
            ("ZHANDOS", "ЖАНДОС", Some("Ж··Д·С")),
            ("DANA BOTA", "ДАНА БОТА", Some("Д··· Б·Т·")),
            // One Latin letter for two.
            ("ALEXANDR", "АЛЕКСАНДР", Some("·Л·КС··ДР")),
            ("ALEXANDR", "АЛЕҚСАНДР", None),
            ("YURY", "ЮРИЙ", Some("····")),
            ("XYZ", "КСЙЗ", Some("КС·З")),
            // Not a romanisation of it.
            ("DARMEN", "ДАРМОН", None),
            ("DARMEN", "ДАРМЕНА", None),
            ("", "ДАРМЕН", None),
            ("", "", Some("")),
        ];
        for (latin, cyrillic, expected) in table {
            assert_eq!(
                proven(latin, cyrillic).as_deref(),
                expected,
                "{latin} {cyrillic}"
            );
        }
    }

    #[test]
    fn the_letters_it_cannot_tell_apart_are_named() {
        let others =
            |latin: &str, cyrillic: &str| latin_proves(latin, cyrillic).unwrap().remove(0).others;
        assert_eq!(others("KARA", "ҚАРА"), ['К']);
        assert_eq!(others("KARA", "КАРА"), ['Қ']);
        assert_eq!(others("GANI", "ҒАНИ"), ['Г']);
        assert_eq!(others("ULAN", "ҰЛАН"), ['У', 'Ү']);
        assert_eq!(others("ADIL", "ӘДІЛ"), ['А']);
        assert_eq!(others("OMIR", "ӨМІР"), ['О']);
    }
}
