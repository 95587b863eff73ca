//! Values in the one form in which they are kept and compared; the raw text stays beside them.
//!
//! Form only: nothing here repairs a misread character or says what is proven.

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// Month words by their first letters: Kazakh, Russian, English.
const MONTHS: [(&str, i8); 36] = [
    ("қаңтар", 1),
    ("ақпан", 2),
    ("наурыз", 3),
    ("сәуір", 4),
    ("мамыр", 5),
    ("маусым", 6),
    ("шілде", 7),
    ("тамыз", 8),
    ("қыркүйек", 9),
    ("қазан", 10),
    ("қараша", 11),
    ("желтоқсан", 12),
    ("январ", 1),
    ("феврал", 2),
    ("март", 3),
    ("апрел", 4),
    ("мая", 5),
    ("июн", 6),
    ("июл", 7),
    ("август", 8),
    ("сентябр", 9),
    ("октябр", 10),
    ("ноябр", 11),
    ("декабр", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Years that papers in use name.
const YEARS: RangeInclusive<i16> = 1900..=2100;

/// A day as people write it: `14.06.2016`, `2016-06-14`, `14 июня 2016 г.`, `2016 жылғы 14 маусым`.
///
/// None for what is no day at all, and for one that never was.
pub fn date(text: &str) -> Option<Date> {
    let mut numbers = Vec::new();
    let mut month = None;
    for word in words(text) {
        if word.chars().all(|c| c.is_ascii_digit()) {
            numbers.push(word);
        } else if let Some(named) = month_of(&word) {
            if month.replace(named).is_some() {
                return None;
            }
        } else if !is_year_word(&word) {
            return None;
        }
    }
    let parted = with_a_point_lost(&numbers);
    let numbers = parted
        .as_ref()
        .filter(|_| month.is_none())
        .unwrap_or(&numbers);
    let (year, month, day) = match (numbers.as_slice(), month) {
        ([a, b, c], None) if a.len() == 4 => (a, b.parse().ok()?, c),
        ([a, b, c], None) => (c, b.parse().ok()?, a),
        ([a, b], Some(month)) if a.len() == 4 => (a, month, b),
        ([a, b], Some(month)) => (b, month, a),
        _ => return None,
    };
    if year.len() != 4 || day.len() > 2 {
        return None;
    }
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, month, day.parse().ok()?).ok()
}

/// `DDMM.YYYY` or `DD.MMYYYY`: where one point was lost, the digits still say which day.
fn with_a_point_lost(numbers: &[String]) -> Option<Vec<String>> {
    let [first, second] = numbers else {
        return None;
    };
    if !matches!((first.len(), second.len()), (4, 4) | (2, 6)) {
        return None;
    }
    let digits = format!("{first}{second}");
    let part = |from: usize, to: usize| digits.get(from..to).map(str::to_owned);
    let year = part(4, 8).filter(|year| ["19", "20"].iter().any(|age| year.starts_with(age)))?;
    Some(vec![part(0, 2)?, part(2, 4)?, year])
}

/// Digits and letters in runs, lower case; everything else parts them.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars().flat_map(char::to_lowercase) {
        let class = (c.is_ascii_digit(), c.is_alphabetic());
        if class == (false, false) {
            last = None;
            continue;
        }
        match words.last_mut() {
            Some(word) if last == Some(class) => word.push(c),
            _ => words.push(c.to_string()),
        }
        last = Some(class);
    }
    words
}

/// The month that a word in small letters names, in any case ending: 1 to 12.
pub fn month_of(word: &str) -> Option<i8> {
    let found = MONTHS.iter().find(|(stem, _)| word.starts_with(stem));
    found
        .map(|(_, month)| *month)
        .or_else(|| (word == "май").then_some(5))
}

fn is_year_word(word: &str) -> bool {
    matches!(
        word,
        "г" | "года" | "год" | "ж" | "жылғы" | "жыл" | "жылы" | "year"
    )
}

/// Two days of one line, `14.06.2016 - 13.06.2026`: where the second begins, in characters.
///
/// None where the line holds no two days.
pub fn range_split(text: &str) -> Option<usize> {
    let chars: Vec<char> = text.chars().collect();
    let is_dash = |c: &char| matches!(c, '-' | '–' | '—' | '−');
    let splits = |at: &usize| {
        let (first, second) = chars.split_at(*at);
        let text = |part: &[char]| part.iter().collect::<String>();
        let rest = second.get(1..).unwrap_or_default();
        looks_like_a_day(&text(first)) && looks_like_a_day(&text(rest))
    };
    let dashes = chars
        .iter()
        .enumerate()
        .filter(|(_, c)| is_dash(c))
        .map(|(i, _)| i);
    dashes.into_iter().find(splits).map(|at| at + 1)
}

/// Eight digits: a day, possible or not.
fn looks_like_a_day(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() == 8
}

/// `M` or `F`, of words in any of the three languages; none where words disagree or say nothing.
pub fn sex(text: &str) -> Option<&'static str> {
    let mut found = None;
    for word in words(text) {
        let sex = match word.as_str() {
            "m" | "male" | "м" | "муж" | "мужской" | "ер" | "еркек" => "M",
            "f" | "female" | "ж" | "жен" | "женский" | "әйел" => "F",
            _ => continue,
        };
        if found.replace(sex).is_some_and(|other| other != sex) {
            return None;
        }
    }
    found
}

/// Yes or no, ticked or in words; none for what is neither.
pub fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "да" | "иә" | "ия" | "бар" | "есть" | "+" | "x" | "v" | "х" | "✓"
        | "✔" | "☑" | "☒" => Some(true),
        "false" | "no" | "нет" | "жоқ" | "-" | "☐" => Some(false),
        _ => None,
    }
}

/// Whether a text gives consent or withholds it, in words or ticked; none for what is neither.
pub fn consent(text: &str) -> Option<bool> {
    // A Latin i for the Cyrillic one is what readers make of it most.
    let words = spaced(&text.to_lowercase()).replace('i', "і");
    let says = |stems: &[&str]| stems.iter().any(|stem| words.contains(stem));
    if says(&["келіспе", "не соглас", "не дано", "жоқ"]) {
        return Some(false);
    }
    if says(&[
        "келісем",
        "келісім берем",
        "согласие дано",
        "согласен",
        "согласна",
        "даю согласие",
    ]) {
        return Some(true);
    }
    yes_or_no(text)
}

/// A document's number without `№` and spaces.
pub fn number(text: &str) -> String {
    let text = text.trim();
    let bare = ["№", "No.", "No", "N°"]
        .into_iter()
        .find_map(|sign| text.strip_prefix(sign))
        .unwrap_or(text);
    bare.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Exactly twelve digits, spaces aside.
pub fn iin(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// A name is not written in small letters alone: such a one is in capitals that are drawn like them, `ЦОЙ`, and nothing
/// taller beside them.
pub fn name(text: &str) -> String {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    if letters.all(char::is_lowercase) {
        text.to_uppercase()
    } else {
        text.to_owned()
    }
}

/// A space behind each comma: readers lose a narrow one.
pub fn spaced_after_commas(text: &str) -> String {
    spaced(&text.replace(',', ", "))
}

/// Outer spaces away, inner ones single.
pub fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let expected = Some(day(2016, 6, 14));
        let table = [
            ("14.06.2016", expected),
            ("14. 06. 2016", expected),
            ("14/06/2016", expected),
            ("2016-06-14", expected),
            ("14 июня 2016 г.", expected),
            ("«14» июня 2016 года", expected),
            ("14 маусым 2016 ж.", expected),
            ("2016 жылғы 14 маусымда", expected),
            ("14 June 2016", expected),
            ("1 мая 2016", Some(day(2016, 5, 1))),
            ("9 марта 2016", Some(day(2016, 3, 9))),
            ("1406.2016", expected),
            ("14.062016", expected),
            ("14062016", None),
            ("2012.0614", None), // no such year
            ("29.02.2024", Some(day(2024, 2, 29))),
            ("29.02.2023", None),
            ("31.04.2016", None),
            ("14.06.16", None),
            ("14.06", None),
            ("14.0б.2016", None),
            ("14 июня мая 2016", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn a_range_parts_at_its_dash() {
        for (text, at) in [
            ("14.06.2016 - 13.06.2026", Some(12)),
            ("14.06.2016–13.06.2026", Some(11)),
            ("2016-06-14 - 2026-06-13", Some(12)),
            ("14.06.2016", None),
            ("2016-06-14", None),
            ("14.06.2016 - 13.06", None),
        ] {
            assert_eq!(range_split(text), at, "{text}");
        }
    }

    #[test]
    fn sexes_numbers_and_ticks() {
        for (text, expected) in [
            ("ЕР/МУЖ", Some("M")),
            ("ӘЙЕЛ / F", Some("F")),
            ("Ж/F", Some("F")),
            ("M", Some("M")),
            ("М/F", None),
            ("ЖЫНЫСЫ", None),
        ] {
            assert_eq!(sex(text), expected, "{text}");
        }
        for (text, expected) in [
            ("№ 012345678", "012345678"),
            ("N12345678", "N12345678"),
            ("012 345 678", "012345678"),
            ("No. 17-05/12", "17-05/12"),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
        for (text, expected) in [
            ("келісемін (1–8) / согласие дано (1–8)", Some(true)),
            ("келiсемiн", Some(true)),
            ("true", Some(true)),
            ("не согласен", Some(false)),
            ("келіспеймін", Some(false)),
            ("согласие", None),
        ] {
            assert_eq!(consent(text), expected, "{text}");
        }
        for (text, expected) in [("Иә", Some(true)), ("нет", Some(false)), ("maybe", None)] {
            assert_eq!(yes_or_no(text), expected, "{text}");
        }
        for (text, expected) in [
            ("900101 300017", Some("900101300017")),
            ("90010130001", None),
            ("9001013000I7", None),
        ] {
            assert_eq!(iin(text).as_deref(), expected, "{text}");
        }
    }
}
