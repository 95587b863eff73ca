//! Dates as papers print them: in figures, or with the month as a Kazakh or Russian word.
//!
//! Finds where a date stands; what it says, and whether such a day exists, is casework's to know.

use casework::document::normal::month_of;

use super::shape::like_digit;

/// Every date in the text: first character and one past the last, in order.
pub fn find(text: &[char]) -> Vec<(usize, usize)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((length, from, to)) = in_figures(text, rest).or_else(|| with_word(text, rest)) {
            found.push((from, to));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// The place of a date that begins a text and has lost its day, `.06.2019 - 15.06.2029`.
pub fn find_cut(text: &[char]) -> Option<(usize, usize)> {
    let tokens = tokens(text);
    let sorts: Vec<Sort> = tokens.iter().take(4).map(|token| token.sort).collect();
    let cut = [Sort::Point, Sort::Digits(2), Sort::Point, Sort::Digits(4)];
    (sorts == cut).then_some((tokens.first()?.from, tokens.get(3)?.to))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sort {
    Digits(usize),
    Month,
    Word,
    Point,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    sort: Sort,
    from: usize,
    to: usize,
}

/// `DD.MM.YYYY` or `YYYY-MM-DD`, with `.`, `-` or `/` between; of `DD.MM.YYYY` one point may be lost.
fn in_figures(text: &[char], tokens: &[Token]) -> Option<(usize, usize, usize)> {
    whole(text, tokens).or_else(|| with_a_point_lost(text, tokens))
}

fn with_a_point_lost(text: &[char], tokens: &[Token]) -> Option<(usize, usize, usize)> {
    let sorts: Vec<Sort> = tokens.iter().take(4).map(|token| token.sort).collect();
    let length = match sorts.as_slice() {
        [Sort::Digits(4), Sort::Point, Sort::Digits(4), ..]
        | [Sort::Digits(2), Sort::Point, Sort::Digits(6), ..] => 3,
        [
            Sort::Digits(2),
            Sort::Digits(2),
            Sort::Point,
            Sort::Digits(4),
        ]
        | [
            Sort::Digits(2),
            Sort::Point,
            Sort::Digits(2),
            Sort::Digits(4),
        ] => 4,
        _ => return None,
    };
    let last = tokens.get(length - 1)?;
    // A hyphen joins the parts of many a number.
    let points = tokens
        .iter()
        .take(length)
        .filter(|token| token.sort == Sort::Point);
    let mut points = points.map(|token| text.get(token.from));
    points.all(|point| point == Some(&'.')).then_some(())?;
    Some((length, tokens.first()?.from, last.to))
}

fn whole(text: &[char], tokens: &[Token]) -> Option<(usize, usize, usize)> {
    let [first, a, second, b, third, ..] = tokens else {
        return None;
    };
    let points = a.sort == Sort::Point && b.sort == Sort::Point;
    // `13-76-6759` is a number: hyphens join the parts of many, and no month is the 76th.
    let joined = [a, b]
        .iter()
        .all(|token| text.get(token.from) == Some(&'-'));
    if joined && first.to - first.from < 4 && !may_be_day_and_month(text, first, second) {
        return None;
    }
    // `2025-29.05` is the middle of two dates.
    let alike = text.get(a.from) == text.get(b.from);
    let sorts = (first.sort, second.sort, third.sort);
    let figures = matches!(
        sorts,
        (Sort::Digits(1 | 2), Sort::Digits(1 | 2), Sort::Digits(4))
    ) || alike
        && matches!(sorts, (Sort::Digits(4), Sort::Digits(2), Sort::Digits(2)));
    (points && figures).then_some((5, first.from, third.to))
}

fn may_be_day_and_month(text: &[char], day: &Token, month: &Token) -> bool {
    let value = |token: &Token| {
        let digits: Option<String> = text.get(token.from..token.to).map(|d| d.iter().collect());
        digits.and_then(|digits| digits.parse::<u8>().ok())
    };
    // What is no number was misread, and may be anything.
    value(day).is_none_or(|day| (1..=31).contains(&day))
        && value(month).is_none_or(|month| (1..=12).contains(&month))
}

/// `«12» ноября 2024`, `12 қараша 2024`, `2024 жылғы 12 қараша`.
fn with_word(text: &[char], tokens: &[Token]) -> Option<(usize, usize, usize)> {
    let sorts: Vec<Sort> = tokens.iter().take(4).map(|token| token.sort).collect();
    let (length, last) = match sorts.as_slice() {
        [Sort::Digits(1 | 2), Sort::Month, Sort::Digits(4), ..] => (3, 2),
        [
            Sort::Digits(4),
            Sort::Word,
            Sort::Digits(1 | 2),
            Sort::Month,
        ] => (4, 3),
        _ => return None,
    };
    let (from, to) = (tokens.first()?.from, tokens.get(last)?.to);
    let quoted = from
        .checked_sub(1)
        .filter(|&at| text.get(at).is_some_and(|&c| matches!(c, '«' | '"' | '“')));
    let closed = length == 3
        && tokens.first().is_some_and(|day| {
            text.get(day.to)
                .is_some_and(|&c| matches!(c, '»' | '"' | '”'))
        });
    Some((length, quoted.filter(|_| closed).unwrap_or(from), to))
}

fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&character) = text.get(at) {
        let run =
            |belongs: fn(char) -> bool| text.iter().skip(at).take_while(|&&c| belongs(c)).count();
        let figures = run(like_digit);
        let sure = text
            .iter()
            .skip(at)
            .take(figures)
            .filter(|c| c.is_ascii_digit())
            .count();
        let letters = run(char::is_alphabetic);
        let (sort, length) = if figures > 0 && sure * 2 >= figures && figures >= letters {
            (Some(Sort::Digits(figures)), figures)
        } else if letters > 0 {
            (
                Some(word_sort(text.get(at..at + letters).unwrap_or_default())),
                letters,
            )
        } else {
            (
                matches!(character, '.' | '-' | '/' | '–' | ',').then_some(Sort::Point),
                1,
            )
        };
        tokens.extend(sort.map(|sort| Token {
            sort,
            from: at,
            to: at + length,
        }));
        at += length;
    }
    tokens
}

fn word_sort(word: &[char]) -> Sort {
    let word: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
    if month_of(&word).is_some() {
        Sort::Month
    } else {
        Sort::Word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_however_they_are_written() {
        let cases: [(&str, &[&str]); 20] = [
            ("01.02.2020", &["01.02.2020"]),
            ("01.02.2020 - 31.01.2030", &["01.02.2020", "31.01.2030"]),
            ("О1.02.2020-31.01.2030", &["О1.02.2020", "31.01.2030"]),
            ("2024-11-12", &["2024-11-12"]),
            (".05.2025-29.05.2035", &["29.05.2035"]),
            ("«12» ноября 2024 г.", &["«12» ноября 2024"]),
            ("12 қараша 2024 ж.", &["12 қараша 2024"]),
            ("2024 жылғы 12 қараша № 5", &["2024 жылғы 12 қараша"]),
            ("0102.2020 - 31.012030", &["0102.2020", "31.012030"]),
            ("01 02.2020", &["01 02.2020"]),
            ("01022020", &[]), // both lost: any eight digits
            ("12-3456", &[]),
            ("13-76-6759", &[]),
            ("13-06-1959", &["13-06-1959"]),
            ("1234.567", &[]),
            ("№ 12.02.20", &[]),
            ("900101300017", &[]),
            ("12 домов 2024 г.", &[]),
            ("12 DEC 2024", &["12 DEC 2024"]),
            ("12 Мая 2024", &["12 Мая 2024"]),
        ];
        for (text, expected) in cases {
            let text: Vec<char> = text.chars().collect();
            let found: Vec<String> = find(&text)
                .into_iter()
                .map(|(from, to)| text[from..to].iter().collect())
                .collect();
            assert_eq!(found, expected, "{}", text.iter().collect::<String>());
        }
    }
}
