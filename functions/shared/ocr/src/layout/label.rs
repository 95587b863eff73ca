//! Labels found in rows of print.

use casework::reading::DocumentKind;

use super::fold::{Match, edits_allowed, look, places};
use super::lexicon::{Label, TITLE, labels};
use super::row::Row;

/// Shorter labels must stand as words of their own.
const WORD_LENGTH: usize = 7;

/// Shorter labels are the ends of others too.
const SHORT: usize = 5;
/// A word has so many letters; fewer are a rule or a speck.
const WORD_MIN: usize = 3;

/// Shorter labels are too much like names to be told when badly worn.
const WORST_LENGTH: usize = 6;

/// A piece out of the middle of a label is so long; a shorter one may be anything.
const PIECE_LENGTH: usize = 5;

/// A label that fills its row may have so many edits of its letters, if it is so long.
const WORN: (usize, usize) = (3, 10);
const WORN_LENGTH: usize = 9;
/// By so many edits it must be nearer than another field's.
const CLEARLY: usize = 2;

/// A label that stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundLabel {
    /// The field it names.
    pub field: &'static str,
    /// Which row.
    pub row: usize,
    /// First of its characters in the line.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Folded letters of the label less its edits: how much of it was seen.
    pub letters: usize,
}

/// The labels of a kind of document in some rows: no two overlap, and what fits more letters wins.
pub fn find(rows: &[Row], kind: DocumentKind) -> Vec<FoundLabel> {
    let wanted: Vec<&Label> = labels().iter().filter(|label| label.kind == kind).collect();
    rows.iter()
        .enumerate()
        .flat_map(|(at, row)| in_row(at, row, &wanted))
        .collect()
}

/// The labels of a document whose kind is known: also those too worn to tell a kind by, where a
/// whole row is most like one label and clearly less like any other.
pub fn find_even_worn(rows: &[Row], kind: DocumentKind) -> Vec<FoundLabel> {
    let wanted: Vec<&Label> = labels().iter().filter(|label| label.kind == kind).collect();
    let mut found = find(rows, kind);
    let bare = (0..rows.len()).filter(|at| found.iter().all(|label| label.row != *at));
    let worn: Vec<FoundLabel> = bare
        .filter_map(|at| worn(at, rows.get(at)?, &wanted))
        .collect();
    for label in worn {
        // What was seen whole, or less worn, is that field's label.
        if found.iter().all(|other| other.field != label.field) {
            found.push(label);
        }
    }
    found.sort_by_key(|label| (label.row, label.from));
    found
}

fn worn(at: usize, row: &Row, wanted: &[&Label]) -> Option<FoundLabel> {
    let text = Looks::of(row).without_rule();
    let mut likely: Vec<(usize, &Label, Match)> = wanted
        .iter()
        .filter(|label| label.field != TITLE && label.looks.len() >= WORN_LENGTH)
        .filter_map(|label| {
            let limit = label.looks.len() * WORN.0 / WORN.1;
            let whole = |place: &Match| place.edits + text.looks.len() - (place.to - place.from);
            let places = places(&label.looks, &text.looks, limit);
            let best = places.into_iter().min_by_key(&whole)?;
            let edits = whole(&best);
            (edits <= limit).then_some((edits, *label, best))
        })
        .collect();
    likely.sort_by_key(|(edits, label, _)| (*edits, std::cmp::Reverse(label.looks.len())));
    let (edits, label, place) = likely.first()?;
    let rival = likely
        .iter()
        .find(|(_, other, _)| other.field != label.field);
    let is_clear = rival.is_none_or(|(others, ..)| *others >= edits + CLEARLY);
    is_clear.then_some(FoundLabel {
        field: label.field,
        row: at,
        from: *text.at.get(place.from)?,
        to: *text.at.get(place.to - 1)? + 1,
        letters: label.looks.len().saturating_sub(2 * edits),
    })
}

fn in_row(at: usize, row: &Row, wanted: &[&Label]) -> Vec<FoundLabel> {
    let text = Looks::of(row);
    let mut found: Vec<FoundLabel> = wanted
        .iter()
        .flat_map(|label| {
            places(&label.looks, &text.looks, edits_allowed(label.looks.len()))
                .into_iter()
                .filter(|place| text.is_apart(place, label.looks.len()))
                .filter_map(|place| {
                    Some(FoundLabel {
                        field: label.field,
                        row: at,
                        from: *text.at.get(place.from)?,
                        to: *text.at.get(place.to - 1)? + 1,
                        letters: label.looks.len().saturating_sub(2 * place.edits),
                    })
                })
                .collect::<Vec<_>>()
        })
        .collect();
    found.sort_by_key(|label| (std::cmp::Reverse(label.letters), label.from));
    let mut kept: Vec<FoundLabel> = Vec::new();
    for label in found {
        if kept
            .iter()
            .all(|other| label.to <= other.from || other.to <= label.from)
        {
            kept.push(label);
        }
    }
    kept.sort_by_key(|label| label.from);
    kept = kept
        .iter()
        .filter(|label| !is_half_of_another(row, label, &kept))
        .copied()
        .collect();
    let ends: Vec<usize> = kept.iter().map(|label| label.to).collect();
    kept.retain(|label| label.letters >= SHORT || !goes_on(row, label, &ends));
    kept
}

/// Whether a short label is what is left of another field's in its first language, `АТЫ/ОТЧЕСТВО`: of what a
/// slash parts the longer half tells.
fn is_half_of_another(row: &Row, label: &FoundLabel, all: &[FoundLabel]) -> bool {
    all.iter().any(|other| {
        let between = row
            .line
            .glyphs
            .get(label.to..other.from)
            .unwrap_or_default();
        let is_slash = |c: char| c == '/' || c.is_whitespace();
        let parts = between.iter().any(|glyph| glyph.character == '/')
            && between.iter().all(|glyph| is_slash(glyph.character));
        parts
            && label.letters < SHORT
            && other.letters > label.letters
            && other.field != label.field
    })
}

/// Whether a label goes on a word before it that is no label: the `АТЫ` of a worn `ӘКЕСІНІҢ АТЫ` is
/// nobody's given names.
fn goes_on(row: &Row, label: &FoundLabel, ends: &[usize]) -> bool {
    let glyphs = row
        .line
        .glyphs
        .get(row.from..label.from)
        .unwrap_or_default();
    let before = glyphs
        .iter()
        .rposition(|glyph| !glyph.character.is_whitespace());
    before.is_some_and(|at| {
        let word = glyphs.get(..=at).unwrap_or_default().iter().rev();
        let letters = word
            .take_while(|glyph| glyph.character.is_alphabetic())
            .count();
        letters >= WORD_MIN && !ends.contains(&(row.from + at + 1))
    })
}

/// Whether a whole text is a label, though too worn to be found as one: of this kind of document,
/// or of any where none is given.
pub fn is_like_any(text: &str, kind: Option<DocumentKind>) -> bool {
    let seen: Vec<char> = text.chars().filter_map(look).collect();
    labels()
        .iter()
        .filter(|label| kind.is_none_or(|kind| label.kind == kind))
        .filter(|label| {
            label.looks.len() >= WORST_LENGTH && label.looks.len().abs_diff(seen.len()) <= 2
        })
        .any(|label| {
            let limit = label.looks.len() / 4;
            places(&label.looks, &seen, limit)
                .iter()
                .any(|place| place.edits + seen.len() - (place.to - place.from) <= limit)
        })
}

/// Whether a text is only a piece of a label of this field: its beginning, its end, or a word of it.
pub fn is_fragment(text: &str, field: &str) -> bool {
    let seen: Vec<char> = text.chars().filter_map(look).collect();
    labels()
        .iter()
        .filter(|label| label.field == field)
        .any(|label| is_piece(&seen, &label.looks))
}

/// Whether a text is only a piece of some label of this kind of document.
pub fn is_piece_of_any(text: &str, kind: DocumentKind) -> bool {
    let seen: Vec<char> = text.chars().filter_map(look).collect();
    labels()
        .iter()
        .filter(|label| label.kind == kind)
        .any(|label| is_piece(&seen, &label.looks))
}

fn is_piece(seen: &[char], label: &[char]) -> bool {
    let within = || label.windows(seen.len()).any(|window| window == seen);
    label.starts_with(seen) || label.ends_with(seen) || seen.len() >= PIECE_LENGTH && within()
}

/// The folded text of a row, and where each of its letters stands in the line.
struct Looks {
    looks: Vec<char>,
    at: Vec<usize>,
}

impl Looks {
    fn of(row: &Row) -> Self {
        let (at, looks) = row
            .glyphs()
            .iter()
            .zip(row.from..)
            .filter_map(|(glyph, at)| Some((at, look(glyph.character)?)))
            .unzip();
        Self { looks, at }
    }

    /// Without a single character that stands before the words: a table's rule.
    fn without_rule(mut self) -> Self {
        if let [first, second, ..] = *self.at.as_slice()
            && second > first + 1
        {
            self.at.remove(0);
            self.looks.remove(0);
        }
        self
    }

    /// Whether a match does not begin or end inside a word, where that would matter.
    fn is_apart(&self, place: &Match, letters: usize) -> bool {
        let parted = |left: Option<usize>, right: usize| {
            let ends = left.and_then(|left| Some((self.at.get(left)?, self.at.get(right)?)));
            ends.is_none_or(|(left, right)| right - left > 1)
        };
        let begins = parted(place.from.checked_sub(1), place.from);
        let ends = parted(Some(place.to - 1), place.to);
        if letters < WORD_LENGTH {
            begins && ends
        } else {
            begins || ends
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{row::rows, sketch};

    #[test]
    fn a_part_of_the_own_label_is_a_fragment() {
        for (text, field, expected) in [
            ("Фам", "surname", true),
            ("дом, квартира:", "address_street", true),
            ("постоянного", "destination_country", true),
            ("Фамин", "surname", false),
            ("Фам", "given_names", false),
        ] {
            assert_eq!(is_fragment(text, field), expected, "{text}");
        }
    }

    fn fields(kind: DocumentKind, text: &str) -> Vec<&'static str> {
        let lines = sketch::lines(&format!("{text} @ 0,0,400,20"));
        find(&rows(&lines), kind)
            .iter()
            .map(|label| label.field)
            .collect()
    }

    #[test]
    fn a_worn_label_that_fills_its_row_is_told_where_no_other_is_near() {
        for (text, expected) in [
            ("/ Номғр Реаиния", &["permit_number"][..]),
            ("І Дата решаиниа", &["issue_date"]),
            ("Номғр Реаиния от Ысқақов", &[]), // it does not fill its row
            ("Дотор реоенил", &[]),
            ("Объединенные Эмираты", &[]),
        ] {
            let lines = sketch::lines(&format!("{text} @ 0,0,400,20"));
            let found = find_even_worn(&rows(&lines), DocumentKind::ExitPermit);
            let fields: Vec<&str> = found.iter().map(|label| label.field).collect();
            assert_eq!(fields, expected, "{text}");
        }
    }

    #[test]
    fn labels_are_told_in_either_language_worn_or_glued() {
        use DocumentKind::{IdCardBack, IdCardFront};
        let cases: [(DocumentKind, &str, &[&str]); 13] = [
            (IdCardFront, "ӘЮЕСВНЫЫҢ АТЫ / ОТМЕСТВО", &["patronymic"]),
            (IdCardFront, "ДАТА РОЖДЕНИЯ ПОЛ", &["birth_date", "sex"]),
            (IdCardFront, "ТЕГІ / ФАМИЛИЯ", &["surname"]),
            (IdCardFront, "ТЕГІ/ФАМИЛИЯ АХМЕТОВ", &["surname"]),
            (IdCardFront, "ТЕГІФАМИЛИЯ", &["surname"]),
            (IdCardFront, "ФАМИЛNЯ", &["surname"]),
            (IdCardFront, "ӘКЕСІНІҢ АТЫ / ОТЧЕСТВО", &["patronymic"]),
            (
                IdCardFront,
                "ТУҒАН КҮНІ/ДАТА РОЖДЕНИЯ ЖЫНЫСЫ/ПОЛ",
                &["birth_date", "sex"],
            ),
            (IdCardFront, "ПОЛАТОВ", &[]),
            (IdCardFront, "Ң А ТЫ/ОТЧЕСТВО", &["patronymic"]),
            (IdCardFront, "ТЫ АТЫ/ИМЯ", &["given_names"]),
            (
                IdCardBack,
                "БЕРІЛГЕН КҮНІ - ҚОЛДАНЫЛУ МЕРЗІМІ / ДАТА ВЫДАЧИ - СРОК ДЕЙСТВИЯ",
                &["dates"],
            ),
            (IdCardBack, "КОЛДАНЫЛУ МЕРЗИМІ", &["expiry_date"]),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(fields(kind, text), expected, "{text}");
        }
    }
}
