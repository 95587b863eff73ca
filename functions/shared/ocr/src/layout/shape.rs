//! What a field's value looks like, so that it can be told from what stands around it.
//!
//! Knows shapes of text only: whether a date exists or a check digit is right is not asked here.

mod number;

use casework::reading::FieldName;

use super::moment;
use crate::line::Alphabet;
use number::{before_a_sign, document_number, like_iin};
pub use number::{digits, like_digit};

/// Words of so many letters are not cut short by a full stop: `обл.` is, `Алматы.` is not.
const WHOLE_WORD: usize = 5;

/// The shape of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A name in Cyrillic letters (or any script a person writes it in).
    Name,
    /// A name in Latin letters.
    LatinName,
    /// A date, in figures or with the month as a word; or its place, if not read yet.
    Date,
    /// Twelve digits; or their place, if some were cut off.
    Iin,
    /// Nine digits, or `N` and eight.
    DocumentNumber,
    /// A token of digits, letters, dashes and slashes.
    Number,
    /// Male or female, in words or letters.
    Sex,
    /// An address with `@` and a dot behind it, in Latin letters; or its place, if not read yet.
    Email,
    /// Anything on one line.
    Text,
    /// Anything, on several lines.
    LongText,
}

impl Shape {
    /// The shape of a field's value; unknown names are told by their endings.
    pub fn of(field: &FieldName) -> Self {
        match field.as_str() {
            "surname" | "given_names" | "patronymic" | "former_surname" => Self::Name,
            "surname_latin" | "given_names_latin" => Self::LatinName,
            "iin" => Self::Iin,
            "document_number" => Self::DocumentNumber,
            "permit_number" => Self::Number,
            "sex" => Self::Sex,
            "email" => Self::Email,
            "birth_place" | "issuing_authority" | "permit_authority" | "document_authority" => {
                Self::LongText
            }
            name if name.ends_with("_date")
                || name.ends_with("_until")
                || name.ends_with("_on") =>
            {
                Self::Date
            }
            _ => Self::Text,
        }
    }

    /// Whether a text that was found is a value and not only the place of one.
    pub fn is_value(self, text: &[char]) -> bool {
        match self {
            Self::Email => email(text).is_some(),
            Self::Date => !moment::find(text).is_empty(),
            Self::Iin => digits(text, 12).is_some(),
            Self::Name
            | Self::LatinName
            | Self::DocumentNumber
            | Self::Number
            | Self::Sex
            | Self::Text
            | Self::LongText => true,
        }
    }

    /// Whether words of any kind have it, a label's too.
    pub const fn is_free(self) -> bool {
        matches!(
            self,
            Self::Name | Self::LatinName | Self::Text | Self::LongText
        )
    }

    /// The characters a second look may be limited to; a card prints capitals.
    pub const fn alphabet(self, on_card: bool) -> Alphabet {
        match self {
            Self::Name if on_card => Alphabet::CyrillicUpper,
            Self::LatinName if on_card => Alphabet::LatinUpper,
            Self::Date => Alphabet::Date,
            Self::Iin => Alphabet::Digits,
            Self::DocumentNumber => Alphabet::Number,
            Self::Name
            | Self::LatinName
            | Self::Number
            | Self::Sex
            | Self::Email
            | Self::Text
            | Self::LongText => Alphabet::Any,
        }
    }

    /// Where in `text` a value of this shape stands: first character and one past the last.
    pub fn find(self, text: &[char]) -> Option<(usize, usize)> {
        match self {
            Self::Name | Self::LatinName => name(text),
            Self::Date => moment::find(text)
                .first()
                .copied()
                .or_else(|| like_date(text)),
            Self::Iin => digits(text, 12)
                .or_else(|| before_a_sign(text))
                .or_else(|| like_iin(text)),
            Self::DocumentNumber => document_number(text),
            Self::Number => number::number(text),
            Self::Sex => sex(text),
            Self::Email => email(text).or_else(|| anything(text)),
            Self::Text | Self::LongText => anything(text),
        }
    }
}

/// The place of a date of which a reader made letters, `ІО.ЛО.2013`: a whole text as long, of three parts, mostly
/// figures or what may be one.
fn like_date(text: &[char]) -> Option<(usize, usize)> {
    let run = trimmed(text, (0, text.len()), |c| !c.is_alphanumeric());
    let seen = text.get(run.0..run.1)?;
    let figures = seen.iter().filter(|&&c| like_digit(c)).count();
    let points = seen.iter().filter(|&&c| matches!(c, '.' | ',')).count();
    let sure = seen.iter().filter(|c| c.is_ascii_digit()).count();
    ((9..=11).contains(&seen.len()) && (1..=2).contains(&points) && figures >= 6 && sure >= 4)
        .then_some(run)
}

/// The longest run of letters, with hyphens, apostrophes and spaces inside. Nobody's name has
/// brackets: what has them is a remark, or meant for a machine, unless strokes of the ground behind it look like one.
fn name(text: &[char]) -> Option<(usize, usize)> {
    let last = text.iter().rposition(|c| c.is_alphanumeric())?;
    let stray = text.get(last + 1..)?.iter().position(|c| *c == ' ');
    let text = text.get(..stray.map_or(text.len(), |at| last + 1 + at))?;
    if text.iter().any(|c| "()<>".contains(*c)) {
        return None;
    }
    runs(text, |c| {
        c.is_alphabetic() || matches!(c, ' ' | '-' | '–' | '\'' | '’' | '.')
    })
    .into_iter()
    .map(|run| trimmed(text, run, |c| !c.is_alphabetic()))
    .max_by_key(|(from, to)| to.saturating_sub(*from))
    .filter(|(from, to)| to.saturating_sub(*from) >= 2)
}

/// Words and letters for the sexes; a passport prints `Е / M` and `Ә / F`.
const SEXES: [&str; 13] = [
    "ЕР",
    "ЕРКЕК",
    "ӘЙЕЛ",
    "МУЖ",
    "ЖЕН",
    "МУЖСКОЙ",
    "ЖЕНСКИЙ",
    "M",
    "М",
    "Ж",
    "F",
    "Е",
    "Ә",
];

fn sex(text: &[char]) -> Option<(usize, usize)> {
    runs(text, char::is_alphabetic)
        .into_iter()
        .find(|&(from, to)| {
            let word: String = text
                .get(from..to)
                .unwrap_or_default()
                .iter()
                .flat_map(|c| c.to_uppercase())
                .collect();
            SEXES.contains(&word.as_str())
        })
}

/// One word of Latin letters; where a reader has no `@`, what it makes of it is no address.
fn email(text: &[char]) -> Option<(usize, usize)> {
    runs(text, |c| c.is_ascii() && !c.is_whitespace())
        .into_iter()
        .map(|run| trimmed(text, run, |c| !c.is_alphanumeric()))
        .find(|&(from, to)| {
            let word = text.get(from..to).unwrap_or_default();
            let parts: Vec<&[char]> = word.split(|&c| c == '@').collect();
            matches!(parts.as_slice(), [name, host] if !name.is_empty() && host.contains(&'.'))
        })
}

fn anything(text: &[char]) -> Option<(usize, usize)> {
    let (from, to) = trimmed(text, (0, text.len()), |c| {
        !(c.is_alphanumeric() || matches!(c, '(' | ')' | '"' | '«' | '»' | '+' | '☑' | '☒' | '.'))
    });
    let (from, to) = trimmed(text, (from, to), |c| c == ' ');
    let (from, to) = without_stray_signs(text, (from, to));
    text.get(from..to)
        .is_some_and(|run| run.iter().any(|c| c.is_alphanumeric()))
        .then_some((from, to))
}

/// Without a quote that closes nothing, and without a full stop behind a word too long to be cut short by one:
/// specks of the ground look like both.
fn without_stray_signs(text: &[char], (from, mut to): (usize, usize)) -> (usize, usize) {
    let run = text.get(from..to).unwrap_or_default();
    let quotes = run.iter().filter(|&&c| c == '"').count();
    let letters = |run: &[char]| run.iter().rev().take_while(|c| c.is_alphabetic()).count();
    match run {
        [.., '"'] if quotes % 2 == 1 => to -= 1,
        [words @ .., '.'] if letters(words) >= WHOLE_WORD => to -= 1,
        _ => {}
    }
    (from, to)
}

/// Maximal runs of characters that belong.
pub fn runs(text: &[char], belongs: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    runs_at(text.len(), |at| text.get(at).is_some_and(|&c| belongs(c)))
}

/// Maximal runs of positions that belong.
fn runs_at(length: usize, belongs: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for at in (0..length).filter(|&at| belongs(at)) {
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 = at + 1,
            Some(_) | None => runs.push((at, at + 1)),
        }
    }
    runs
}

fn trimmed(
    text: &[char],
    (mut from, mut to): (usize, usize),
    drop: impl Fn(char) -> bool,
) -> (usize, usize) {
    while from < to && text.get(from).is_some_and(|&c| drop(c)) {
        from += 1;
    }
    while from < to && text.get(to - 1).is_some_and(|&c| drop(c)) {
        to -= 1;
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(shape: Shape, text: &str) -> Option<String> {
        let text: Vec<char> = text.chars().collect();
        shape
            .find(&text)
            .map(|(from, to)| text[from..to].iter().collect())
    }

    #[test]
    fn what_has_not_its_form_yet_is_only_a_place() {
        for (shape, text, expected) in [
            (Shape::Email, "a.b@mail.example", true),
            (Shape::Email, "abomail.example", false),
            (Shape::Date, "ІО.ЛО.2013", false),
            (Shape::Iin, "90010130001", false),
            (Shape::Iin, "900101300017", true),
            (Shape::Date, "1О.10.2013", true),
            (Shape::Email, "а@mail", false),
            (Shape::Text, "abomail", true),
        ] {
            let letters: Vec<char> = text.chars().collect();
            assert_eq!(shape.is_value(&letters), expected, "{text}");
        }
    }

    #[test]
    fn values_are_told_by_their_shape() {
        let cases = [
            (Shape::Date, ": ІО.ЛО.2013", Some("ІО.ЛО.2013")),
            (Shape::Date, "12.345-67/2013", None),
            (Shape::Date, "УМС ДП 2013", None),
            (Shape::Iin, "ЖСН 900101300017", Some("900101300017")),
            (Shape::Iin, "- 90010130001", Some("90010130001")), // eleven: its place
            (Shape::Iin, "ЖСН 90010130001", None),
            (Shape::Iin, "900101 300017", Some("900101 300017")),
            (Shape::Iin, "7 900101300017", Some("900101300017")),
            (Shape::Iin, "900101300017 1", Some("900101300017")),
            (Shape::Iin, "22 900101300017", Some("900101300017")),
            (Shape::Iin, "900101300017 22", Some("900101300017")),
            (Shape::Iin, "222 900101300017", None),
            (Shape::Iin, "7 900101 300017", None), // which of them is the speck?
            (Shape::Iin, "9OO1O13ООО17", None),    // too many letters among the digits
            (Shape::Iin, "9001013000171№ 012345678", Some("900101300017")),
            (Shape::Iin, "9001013000173№ 012345678", None), // a 3 is no stroke of the sign
            (Shape::Iin, "9001013000171 № 012345678", None),
            (Shape::DocumentNumber, "№ 012345678", Some("012345678")),
            (Shape::DocumentNumber, "N 12345678", Some("N 12345678")),
            (Shape::DocumentNumber, "12345678", None),
            (Shape::Name, ": АХМЕТОВА-НҰР ", Some("АХМЕТОВА-НҰР")),
            (Shape::Name, "7 /", None),
            (Shape::Name, "/SCRIPT/ALERT(1)", None),
            (Shape::Name, "СЕРИКОВНА -)", Some("СЕРИКОВНА")),
            (Shape::Name, "СЕРИКОВНА (ДЕВИЧЬЯ) -", None),
            (Shape::Name, "СЕРИКОВНА)", None),
            (Shape::Sex, "ЕР / МУЖ", Some("ЕР")),
            (Shape::Sex, "ЕРЛАН", None),
            (Shape::Text, ": Германия,", Some("Германия")),
            (Shape::Text, " - ", None),
            (Shape::Text, "ТҮРКІСТАН.", Some("ТҮРКІСТАН")),
            (Shape::Text, "АЛМАТЫ ОБЛ.", Some("АЛМАТЫ ОБЛ.")),
            (Shape::Text, "ҚАЗАҚ\"", Some("ҚАЗАҚ")),
            (Shape::Text, "ТОО \"ҚАЗАҚ\"", Some("ТОО \"ҚАЗАҚ\"")),
            (
                Shape::Email,
                "e: a.b@mail.example.",
                Some("a.b@mail.example"),
            ),
            (Shape::Email, " abomail.example", Some("abomail.example")),
            (Shape::Email, " : ", None),
        ];
        for (shape, text, expected) in cases {
            assert_eq!(
                found(shape, text).as_deref(),
                expected,
                "{shape:?} in {text}"
            );
        }
    }
}
