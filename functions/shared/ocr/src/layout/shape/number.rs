//! Where a number stands in a text, whatever readers make of its digits and of the sign before it.

use super::{runs, runs_at, trimmed};
use crate::layout::moment;

/// A number of a document has more digits than readers make of the sign before it.
const NUMBER_DIGITS_MIN: usize = 3;
/// The ground is taken for so many digits.
const SPECK_MAX: usize = 2;

/// Whether a character is a digit, or one that readers write for a digit.
pub const fn like_digit(character: char) -> bool {
    character.is_ascii_digit()
        || matches!(
            character,
            'O' | 'О' | 'o' | 'о' | 'З' | 'з' | 'I' | 'І' | 'l' | '|' | 'Б' | 'б' | 'В' | 'B' | 'S'
        )
}

/// A run of exactly `count` digits; single spaces between them do not matter, nor a speck beside them.
pub fn digits(text: &[char], count: usize) -> Option<(usize, usize)> {
    let is_number = |&(from, to): &(usize, usize)| {
        let run = text.get(from..to).unwrap_or_default();
        let seen = run.iter().filter(|&&c| c != ' ').count();
        let sure = run.iter().filter(|c| c.is_ascii_digit()).count();
        seen == count && sure * 4 >= count * 3
    };
    let runs = runs(text, |c| like_digit(c) || c == ' ');
    let mut whole = runs.iter().map(|run| trimmed(text, *run, |c| c == ' '));
    let mut without = runs.iter().filter_map(|run| without_speck(text, *run));
    whole.find(is_number).or_else(|| without.find(is_number))
}

/// Digits without one or two that stand before or behind them: `7 840325368873`.
fn without_speck(text: &[char], run: (usize, usize)) -> Option<(usize, usize)> {
    let (from, to) = trimmed(text, run, |c| c == ' ');
    let words = runs(text.get(from..to)?, |c| c != ' ');
    let is_speck = |word: &(usize, usize)| word.1 - word.0 <= SPECK_MAX;
    match words.as_slice() {
        [first, number] if is_speck(first) => Some((from + number.0, from + number.1)),
        [number, last] if is_speck(last) => Some((from + number.0, from + number.1)),
        _ => None,
    }
}

/// Twelve digits and a stroke too many of the sign behind them: `7410154356911№`.
pub(super) fn before_a_sign(text: &[char]) -> Option<(usize, usize)> {
    let (from, to) = digits(text, 13)?;
    let is_sign =
        text.get(to) == Some(&'№') && text.get(to - 1).is_some_and(|&c| "1ІIl|".contains(c));
    is_sign.then_some((from, to - 1))
}

/// The place of an IIN of which a stroke has cut off a digit or two: a whole text of nothing but digits.
pub(super) fn like_iin(text: &[char]) -> Option<(usize, usize)> {
    let run = trimmed(text, (0, text.len()), |c| !c.is_alphanumeric());
    let seen = text.get(run.0..run.1)?;
    ((10..12).contains(&seen.len()) && seen.iter().all(char::is_ascii_digit)).then_some(run)
}

pub(super) fn document_number(text: &[char]) -> Option<(usize, usize)> {
    if let Some((from, to)) = digits(text, 8) {
        let letter = text.get(..from)?.iter().rposition(|&c| c != ' ')?;
        let is_prefix = text
            .get(letter)
            .is_some_and(|&c| matches!(c, 'N' | '№' | 'И' | 'Н' | 'H'));
        let alone = letter == 0 || text.get(letter - 1).is_none_or(|c| !c.is_alphanumeric());
        return (is_prefix && alone).then_some((letter, to));
    }
    digits(text, 9)
}

/// The first token with digits enough behind `№`, or in a text without that sign: what readers
/// make of the sign itself has fewer. A joiner may have spaces around it.
pub(super) fn number(text: &[char]) -> Option<(usize, usize)> {
    let sign = text.iter().position(|&c| c == '№').map_or(0, |at| at + 1);
    let rest = text.get(sign..)?;
    let dates = moment::find(rest);
    runs_at(rest.len(), |at| is_in_number(rest, at))
        .into_iter()
        .map(|run| without_word(rest, trimmed(rest, run, |c| !c.is_alphanumeric())))
        .find(|&(from, to)| {
            let digits = |run: &[char]| run.iter().filter(|c| c.is_ascii_digit()).count();
            let is_date = dates.iter().any(|&(start, end)| from < end && start < to);
            !is_date && rest.get(from..to).map_or(0, digits) >= NUMBER_DIGITS_MIN
        })
        .map(|(from, to)| (from + sign, to + sign))
}

/// Without a word of the text behind a slash, which the next label begins with: `29529/Дата`.
fn without_word(text: &[char], (from, to): (usize, usize)) -> (usize, usize) {
    let run = text.get(from..to).unwrap_or_default();
    let slash = run.iter().rposition(|&c| c == '/');
    let is_word = |part: &[char]| part.iter().skip(1).any(|c| c.is_lowercase());
    match slash.and_then(|at| Some((at, run.get(at + 1..)?))) {
        Some((at, part)) if is_word(part) && !part.iter().any(char::is_ascii_digit) => {
            trimmed(text, (from, from + at), |c| !c.is_alphanumeric())
        }
        _ => (from, to),
    }
}

fn is_in_number(text: &[char], at: usize) -> bool {
    let joins = |at: usize| matches!(text.get(at), Some('-' | '–' | '/'));
    match text.get(at) {
        Some(' ') if joins(at + 1) => at > 0 && ends_a_part(text, at - 1),
        Some(' ') if at > 1 && joins(at - 1) => {
            let before = if text.get(at - 2) == Some(&' ') { 3 } else { 2 };
            at >= before
                && ends_a_part(text, at - before)
                && text.get(at + 1).is_some_and(|c| c.is_alphanumeric())
        }
        Some(&c) => c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | '.'),
        None => false,
    }
}

/// Figures and capitals go on behind a joiner; the end of a word of the text does not.
fn ends_a_part(text: &[char], at: usize) -> bool {
    text.get(at)
        .is_some_and(|c| c.is_ascii_digit() || c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_from_its_sign_and_from_what_stands_around_it() {
        let cases = [
            ("№ 12-345/2024 от 01.02.2024", Some("12-345/2024")),
            ("№ 18- 68730 от 27.03.2026", Some("18- 68730")),
            ("ПМЖ-2026 / 88578", Some("ПМЖ-2026 / 88578")),
            ("ПМЖ-2026/29529/Дата", Some("ПМЖ-2026/29529")),
            ("2026/29529/КЗ", Some("2026/29529/КЗ")),
            ("1) 18-68730 от", Some("18-68730")), // № misread
            ("решение - 584864532", Some("584864532")),
            ("№ 12", None),
            ("от 01.02.2024", None),
        ];
        for (text, expected) in cases {
            let letters: Vec<char> = text.chars().collect();
            let found: Option<String> =
                number(&letters).map(|(from, to)| letters[from..to].iter().collect());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
