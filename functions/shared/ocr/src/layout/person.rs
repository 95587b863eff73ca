//! A person's name in one run of words: which is the surname, which are given names, which the patronymic.

use casework::reading::FieldName;

use super::fold::looks;
use super::row::Row;
use super::shape::runs;
use super::value::{Piece, Value};

/// Words of a person's name that are told apart.
const NAME_WORDS_MAX: usize = 4;
/// What patronymics end in, as they look: a letter of the longer ones may be misread.
const PATRONYMIC_ENDINGS: [&str; 8] = [
    "ОВИЧ", "ЕВИЧ", "ОВНА", "ЕВНА", "ИЧНА", "ҚЫЗЫ", "ОҒЛЫ", "ҰҒЛЫ",
];
const SHORT_PATRONYMIC_ENDINGS: [&str; 4] = ["ҰЛЫ", "ЬИЧ", "МИЧ", "КИЧ"];

/// Surname, given names and patronymic in this order; where the last word has not the ending of a
/// patronymic there is none, and with more words nobody can say which belongs where.
pub fn person(rows: &[Row]) -> Vec<Value> {
    let words: Vec<Row> = rows.iter().flat_map(words).collect();
    let (surname, given, patronymic) = match words.as_slice() {
        [surname, given @ .., last] if !given.is_empty() && is_patronymic(&last.text()) => {
            (surname, given, Some(last))
        }
        [surname, given @ ..] => (surname, given, None),
        [] => return Vec::new(),
    };
    if given.is_empty() || words.len() > NAME_WORDS_MAX {
        return Vec::new();
    }
    let given = Value::printed(
        FieldName::GIVEN_NAMES,
        given.iter().map(Piece::of).collect(),
    );
    let of = |field, word| Value::printed(field, vec![Piece::of(word)]);
    [of(FieldName::SURNAME, surname), given]
        .into_iter()
        .chain(patronymic.map(|word| of(FieldName::PATRONYMIC, word)))
        .collect()
}

/// Whether a word ends as patronymics do, a letter of the longer endings misread.
pub fn is_patronymic(word: &str) -> bool {
    let seen = looks(word);
    let ends = |ending: &str, edits: usize| {
        let ending = looks(ending);
        let tail = seen
            .len()
            .checked_sub(ending.len())
            .and_then(|at| seen.get(at..));
        tail.is_some_and(|tail| tail.iter().zip(&ending).filter(|(a, b)| a != b).count() <= edits)
    };
    PATRONYMIC_ENDINGS.iter().any(|ending| ends(ending, 1))
        || SHORT_PATRONYMIC_ENDINGS
            .iter()
            .any(|ending| ends(ending, 0))
}

fn words<'a>(row: &Row<'a>) -> Vec<Row<'a>> {
    let text: Vec<char> = row.glyphs().iter().map(|glyph| glyph.character).collect();
    runs(&text, |c| !c.is_whitespace())
        .into_iter()
        .map(|(from, to)| row.part(row.from + from, row.from + to))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{row::rows, sketch};

    #[test]
    fn a_persons_words_are_told_apart_by_the_patronymics_ending() {
        for (text, expected) in [
            ("КИМ АННА", "surname=КИМ given_names=АННА"),
            (
                "Ким Виктор Маратович",
                "surname=Ким given_names=Виктор patronymic=Маратович",
            ),
            ("Ким Анна Мария", "surname=Ким given_names=Анна Мария"),
            (
                "КИМ АННА МАРИЯ ПЕТРОВНА",
                "surname=КИМ given_names=АННА МАРИЯ patronymic=ПЕТРОВНА",
            ),
            (
                "НҰР АСЕЛЬ МАРАТҚЬІЗЫ",
                "surname=НҰР given_names=АСЕЛЬ МАРАТҚЬІЗЫ",
            ), // two letters off
            (
                "НҰР АСЕЛЬ МАРАТҚЫЭЫ",
                "surname=НҰР given_names=АСЕЛЬ patronymic=МАРАТҚЫЭЫ",
            ),
            ("КИМ", ""),
            ("А Б В Г МАРАТҰЛЫ", ""), // five
        ] {
            let lines = sketch::lines(&format!("{text} @ 10,10,400,20"));
            let told: Vec<String> = person(&rows(&lines))
                .iter()
                .map(|value| format!("{}={}", value.field, value.text()))
                .collect();
            assert_eq!(told.join(" "), expected, "{text}");
        }
    }
}
