//! Permits that are written as running sentences rather than as a form.
//!
//! Knows the turns of phrase around a value, never the value: a name stands as printed, in
//! whatever case the sentence puts it.

use casework::reading::FieldName;

use super::fold::{edits_allowed, look, looks, places};
use super::moment;
use super::person::person;
use super::row::Row;
use super::shape::{Shape, runs};
use super::value::{Piece, Value};

/// All rows of a document as one text, so that a phrase may run over a line's end.
struct Story<'a> {
    rows: &'a [Row<'a>],
    text: Vec<char>,
    /// Row and position in the line of each character; none for the space between rows.
    at: Vec<Option<(usize, usize)>>,
    looks: Vec<char>,
    /// For each folded letter, its position in `text`.
    letters: Vec<usize>,
}

/// What sentences say.
pub fn values(rows: &[Row]) -> Vec<Value> {
    let story = Story::of(rows);
    let mut values = Vec::new();
    values.extend(story.named_person());
    values.extend(story.value(FieldName::DESTINATION_COUNTRY, story.country()));
    values.extend(story.value(FieldName::VALID_UNTIL, story.valid_until()));
    values.extend(story.value(FieldName::BIRTH_DATE, story.birth_date()));
    values.extend(story.value(FieldName::PERMIT_NUMBER, story.number()));
    values.extend(story.value(FieldName::ISSUE_DATE, story.issue_date()));
    values.extend(story.value(FieldName::IIN, Shape::Iin.find(&story.text)));
    values.extend(authority(rows));
    values
}

/// Phrases before a person's name.
const PERSON_CUES: [&str; 10] = [
    "ВЫДАНО ГРАЖДАНИНУ РЕСПУБЛИКИ КАЗАХСТАН",
    "ВЫДАНО ГРАЖДАНКЕ РЕСПУБЛИКИ КАЗАХСТАН",
    "ГРАЖДАНИНУ РЕСПУБЛИКИ КАЗАХСТАН",
    "ГРАЖДАНКЕ РЕСПУБЛИКИ КАЗАХСТАН",
    "ВЫДАНО ГРАЖДАНИНУ",
    "ВЫДАНО ГРАЖДАНКЕ",
    "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АЗАМАТЫНА",
    "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АЗАМАТЫ",
    "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АЗАМАТШАСЫ",
    "ҚР АЗАМАТЫ",
];
/// Words that lead to a country, what stands right before it, and what ends it.
const COUNTRY_CUES: [&str; 3] = ["ВЫЕЗД", "ВЫЕЗДА", "ВЫЕХАТЬ"];
const COUNTRY_BEFORE: [&str; 3] = ["В", "ВО", "НА"];
const COUNTRY_AFTER: [&str; 4] = [
    "НА ПОСТОЯННОЕ МЕСТО ЖИТЕЛЬСТВА",
    "НА ПОСТОЯННОЕ ЖИТЕЛЬСТВО",
    "НА ПОСТОЯННОЕ ПРОЖИВАНИЕ",
    "НА ПМЖ",
];
const KAZAKH_COUNTRY_AFTER: [&str; 4] = [
    "ТҰРАҚТЫ ТҰРУҒА",
    "ТҰРАҚТЫ ТҰРУ ҮШІН",
    "ТҰРАҚТЫ ТҰРҒЫЛЫҚТЫ ЖЕРГЕ",
    "ТҰРАҚТЫ ТҰРАТЫН ЖЕРГЕ",
];
const VALID_BEFORE: [&str; 4] = [
    "ДЕЙСТВИТЕЛЬНО ДО",
    "ДЕЙСТВИТЕЛЕН ДО",
    "ДЕЙСТВУЕТ ДО",
    "СРОК ДЕЙСТВИЯ ДО",
];
const VALID_AFTER: [&str; 2] = ["ДЕЙІН ЖАРАМДЫ", "ДЕЙІН ҚОЛДАНЫЛАДЫ"];
const BORN_AFTER: [&str; 3] = ["ГОДА РОЖДЕНИЯ", "ТУҒАН", "ГР"];
const BORN_BEFORE: [&str; 3] = ["РОДИВШЕМУСЯ", "РОДИВШЕЙСЯ", "ДАТА РОЖДЕНИЯ"];
/// Words of a heading that names the body which decided.
const AUTHORITY_WORDS: [&str; 6] = [
    "ДЕПАРТАМЕНТ",
    "ДЕПАРТАМЕНТІ",
    "УПРАВЛЕНИЕ",
    "БАСҚАРМАСЫ",
    "КӨШІ-ҚОН ҚЫЗМЕТІ",
    "МИГРАЦИОННОЙ СЛУЖБЫ",
];
/// Abbreviations of such bodies, which begin a row.
const AUTHORITY_SIGNS: [&str; 4] = ["ДП", "УМС", "ПД", "УВМ"];

impl<'a> Story<'a> {
    fn of(rows: &'a [Row<'a>]) -> Self {
        let mut story = Self {
            rows,
            text: Vec::new(),
            at: Vec::new(),
            looks: Vec::new(),
            letters: Vec::new(),
        };
        for (number, row) in rows.iter().enumerate() {
            for (glyph, place) in row.glyphs().iter().zip(row.from..) {
                if let Some(look) = look(glyph.character) {
                    story.looks.push(look);
                    story.letters.push(story.text.len());
                }
                story.text.push(glyph.character);
                story.at.push(Some((number, place)));
            }
            story.text.push(' ');
            story.at.push(None);
        }
        story
    }

    /// The first of some phrases that stands in the text: its first character and one past its last.
    fn phrase(&self, phrases: &[&str]) -> Option<(usize, usize)> {
        phrases
            .iter()
            .find_map(|phrase| self.all(phrase).first().copied())
    }

    /// Every place of a phrase that stands as words of its own.
    fn all(&self, phrase: &str) -> Vec<(usize, usize)> {
        let phrase = looks(phrase);
        places(&phrase, &self.looks, edits_allowed(phrase.len()))
            .iter()
            .filter_map(|place| {
                Some((
                    *self.letters.get(place.from)?,
                    *self.letters.get(place.to - 1)? + 1,
                ))
            })
            .filter(|&(from, to)| !self.is_letter(from.wrapping_sub(1)) && !self.is_letter(to))
            .collect()
    }

    fn is_letter(&self, at: usize) -> bool {
        self.text.get(at).is_some_and(|c| c.is_alphanumeric())
    }

    fn named_person(&self) -> Vec<Value> {
        let Some((_, from)) = self.phrase(&PERSON_CUES) else {
            return Vec::new();
        };
        let belongs = |c: &char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'');
        let length = self
            .text
            .iter()
            .skip(from)
            .take_while(|c| belongs(c))
            .count();
        person(&self.rows_between(from, from + length))
    }

    fn country(&self) -> Option<(usize, usize)> {
        let russian = COUNTRY_AFTER
            .iter()
            .flat_map(|after| self.all(after))
            .find_map(|(end, _)| {
                let cue = COUNTRY_CUES
                    .iter()
                    .flat_map(|cue| self.all(cue))
                    .map(|(_, start)| start)
                    .filter(|&start| start < end)
                    .max()?;
                self.destination(cue, end)
            });
        russian.or_else(|| {
            let (end, _) = self.phrase(&KAZAKH_COUNTRY_AFTER)?;
            let start = self
                .text
                .get(..end)?
                .iter()
                .rposition(|c| matches!(c, ',' | '.' | ':' | ';' | ')'))?
                + 1;
            self.trimmed(start, end)
        })
    }

    fn valid_until(&self) -> Option<(usize, usize)> {
        self.date_after(&VALID_BEFORE)
            .or_else(|| self.date_before(&VALID_AFTER))
    }

    fn birth_date(&self) -> Option<(usize, usize)> {
        self.date_before(&BORN_AFTER)
            .or_else(|| self.date_after(&BORN_BEFORE))
    }

    fn issue_date(&self) -> Option<(usize, usize)> {
        if let Some((_, date)) = self.dated_number() {
            return Some(date);
        }
        let (_, number_end) = self.number()?;
        let near = |&(from, to): &(usize, usize)| {
            from >= number_end && from - number_end <= 8 || to < number_end && number_end - to <= 30
        };
        moment::find(&self.text).into_iter().find(near)
    }

    fn number(&self) -> Option<(usize, usize)> {
        let signed = || {
            let sign = self.text.iter().position(|&c| c == '№')?;
            let rest: Vec<char> = self.text.iter().skip(sign).take(40).copied().collect();
            let (from, to) = Shape::Number.find(&rest)?;
            (from <= 3).then_some((sign + from, sign + to))
        };
        signed().or_else(|| Some(self.dated_number()?.0))
    }

    /// A number and its date, «18-68730 от 27.03.2026»: they are told even where `№` is not.
    fn dated_number(&self) -> Option<((usize, usize), (usize, usize))> {
        moment::find(&self.text).into_iter().find_map(|date| {
            let words = self.words(0, date.0);
            let [.., number, of] = words.as_slice() else {
                return None;
            };
            let text = |&(from, to): &(usize, usize)| self.text.get(from..to).unwrap_or_default();
            let of_day = text(of).iter().copied().filter_map(look).eq(looks("ОТ"));
            let (from, to) = Shape::Number.find(text(number)).filter(|_| of_day)?;
            Some(((number.0 + from, number.0 + to), date))
        })
    }

    /// The country between a word for leaving and the purpose: it stands behind the last
    /// preposition of a place, and no stop parts it from what follows.
    fn destination(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let is_before = |&(from, to): &(usize, usize)| {
            let word: Vec<char> = self.text.get(from..to).unwrap_or_default().to_vec();
            COUNTRY_BEFORE
                .iter()
                .any(|known| word.iter().copied().filter_map(look).eq(looks(known)))
        };
        let (_, start) = self.words(from, to).into_iter().rfind(is_before)?;
        let (start, end) = self.trimmed(start, to)?;
        let stops = |c: &char| matches!(c, '.' | ',' | ';' | ':');
        (!self.text.get(start..end)?.iter().any(stops)).then_some((start, end))
    }

    /// What spaces part between two positions.
    fn words(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let text = self.text.get(from..to).unwrap_or_default();
        runs(text, |c| !c.is_whitespace())
            .into_iter()
            .map(|(start, end)| (from + start, from + end))
            .collect()
    }

    /// The date that stands right behind a phrase.
    fn date_after(&self, phrases: &[&str]) -> Option<(usize, usize)> {
        let dates = moment::find(&self.text);
        phrases
            .iter()
            .flat_map(|phrase| self.all(phrase))
            .find_map(|(_, end)| {
                dates
                    .iter()
                    .find(|&&(from, _)| from >= end && !self.any_letter(end, from))
                    .copied()
            })
    }

    /// The date that stands right before a phrase; a word of the year («г.», «жылы») may part them.
    fn date_before(&self, phrases: &[&str]) -> Option<(usize, usize)> {
        let dates = moment::find(&self.text);
        phrases
            .iter()
            .flat_map(|phrase| self.all(phrase))
            .find_map(|(start, _)| {
                dates
                    .iter()
                    .find(|&&(_, to)| to <= start && start - to <= 12)
                    .copied()
            })
    }

    fn any_letter(&self, from: usize, to: usize) -> bool {
        self.text
            .get(from..to)
            .is_some_and(|between| between.iter().any(|c| c.is_alphanumeric()))
    }

    fn trimmed(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let (start, end) = Shape::Text.find(self.text.get(from..to)?)?;
        Some((from + start, from + end))
    }

    fn value(&self, field: FieldName, span: Option<(usize, usize)>) -> Option<Value> {
        let (from, to) = span?;
        let pieces: Vec<Piece> = self.rows_between(from, to).iter().map(Piece::of).collect();
        (!pieces.is_empty()).then(|| Value::printed(field, pieces))
    }

    /// The parts of rows between two positions of the text.
    fn rows_between(&self, from: usize, to: usize) -> Vec<Row<'a>> {
        let span: Vec<(usize, usize)> = self
            .at
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .flatten()
            .copied()
            .collect();
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(number, row)| {
                let own = || {
                    span.iter()
                        .filter(|place| place.0 == number)
                        .map(|place| place.1)
                };
                let part = row.part(own().min()?, own().max()? + 1);
                part.glyphs()
                    .iter()
                    .any(|glyph| glyph.character.is_alphanumeric())
                    .then_some(part)
            })
            .collect()
    }
}

/// The first row that names a body of the police or the ministry.
fn authority(rows: &[Row]) -> Option<Value> {
    rows.iter().find_map(|row| {
        let text = looks(&row.text());
        let names = AUTHORITY_WORDS.iter().any(|words| {
            let words = looks(words);
            !places(&words, &text, edits_allowed(words.len())).is_empty()
        });
        let opening = row.text();
        let opening = opening.split_whitespace().next().unwrap_or_default();
        let names = names || AUTHORITY_SIGNS.contains(&opening);
        let piece = super::seek::piece(row, Shape::Text).filter(|_| names)?;
        Some(Value::printed(FieldName::ISSUING_AUTHORITY, vec![piece]))
    })
}
