//! Text folded to what its letters look like, so that worn labels can still be told.
//!
//! Knows looks, not languages: the folded text is compared, never shown.

/// A character as it looks: capitals, Kazakh letters as their plain neighbours, Latin and
/// digits as the Cyrillic letters they are taken for. `None` for what is no letter or digit.
pub fn look(character: char) -> Option<char> {
    let capital = character.to_uppercase().next().unwrap_or(character);
    Some(match capital {
        'Ә' | 'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' | 'Ё' => 'Е',
        'Ғ' | 'F' => 'Г',
        'H' | 'Ң' | 'Һ' => 'Н',
        'K' | 'Қ' => 'К',
        'M' => 'М',
        'O' | '0' | 'Ө' | 'D' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' | 'Ұ' | 'Ү' | 'U' => 'У',
        'S' => '5',
        'Й' => 'И',
        'I' | '1' | '|' | 'L' => 'І',
        'Щ' => 'Ш',
        'Ъ' => 'Ь',
        '3' => 'З',
        other if other.is_alphanumeric() => other,
        _ => return None,
    })
}

/// The folded text of a label as the lexicon writes it.
pub fn looks(text: &str) -> Vec<char> {
    text.chars().filter_map(look).collect()
}

/// A place in a text where a pattern stands, approximately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// First folded character of the text that belongs to it.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Edits between it and the pattern.
    pub edits: usize,
}

/// Edits a label of so many folded letters may have lost or gained and still be that label.
pub const fn edits_allowed(letters: usize) -> usize {
    match letters {
        0..=5 => 0,
        6..=8 => 1,
        9..=12 => 2,
        _ => letters / 5,
    }
}

/// All best places of `pattern` in `text` within `limit` edits (Sellers' algorithm):
/// one for each end that is not worse than its neighbours.
pub fn places(pattern: &[char], text: &[char], limit: usize) -> Vec<Match> {
    if least_edits(pattern, text) > limit {
        return Vec::new(); // as in nearly every row
    }
    all_places(pattern, text, limit)
}

fn all_places(pattern: &[char], text: &[char], limit: usize) -> Vec<Match> {
    let mut row: Vec<Cell> = (0..=text.len()).map(Cell::beginning).collect();
    for wanted in pattern {
        let mut cells = row.iter_mut();
        let Some(first) = cells.next() else { break };
        let mut diagonal = *first;
        *first = first.edited();
        let mut left = *first;
        for (cell, seen) in cells.zip(text) {
            let through = if wanted == seen {
                diagonal
            } else {
                diagonal.edited()
            };
            diagonal = *cell;
            *cell = through.min(cell.edited()).min(left.edited());
            left = *cell;
        }
    }
    ends(&row, limit)
}

/// Edits so far, and where in the text the match began, in one number: of cells with as few edits the least began last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell(u64);

#[expect(
    clippy::cast_possible_truncation,
    reason = "a row of print has fewer letters than 2^32"
)]
impl Cell {
    const EDIT: u64 = 1 << 32;

    const fn beginning(at: usize) -> Self {
        Self(Self::EDIT - 1 - at as u64)
    }

    const fn edited(self) -> Self {
        Self(self.0 + Self::EDIT)
    }

    const fn edits(self) -> usize {
        (self.0 / Self::EDIT) as usize
    }

    const fn from(self) -> usize {
        (Self::EDIT - 1 - self.0 % Self::EDIT) as usize
    }
}

/// The fewest edits by which a pattern stands in a text, all its ends at once (Myers' algorithm, a bit for each letter
/// of the pattern); sometimes fewer, where letters share a slot, and 0 for a pattern of more letters than bits.
#[expect(clippy::indexing_slicing, reason = "a slot is below their number")]
fn least_edits(pattern: &[char], text: &[char]) -> usize {
    if pattern.is_empty() || pattern.len() > 64 {
        return 0;
    }
    let mut places = [0_u64; SLOTS];
    for (at, letter) in pattern.iter().enumerate() {
        places[slot(*letter)] |= 1 << at;
    }
    let end = 1_u64 << (pattern.len() - 1);
    // Whether the edits up to each letter are one more, or one less, than up to the letter before it.
    let (mut more, mut less) = (u64::MAX, 0_u64);
    let (mut edits, mut least) = (pattern.len(), pattern.len());
    for letter in text {
        let same = places[slot(*letter)];
        let diagonal = ((same & more).wrapping_add(more) ^ more) | same;
        let (grown, shrunk) = (less | !(diagonal | more), more & diagonal);
        edits += usize::from(grown & end != 0);
        edits -= usize::from(shrunk & end != 0);
        least = least.min(edits);
        let vertical = same | less;
        more = shrunk << 1 | !(vertical | grown << 1);
        less = grown << 1 & vertical;
    }
    least
}

/// Folded letters are of two alphabets and the digits, whose last seven bits differ.
const SLOTS: usize = 128;

fn slot(letter: char) -> usize {
    letter as usize % SLOTS
}

fn ends(last: &[Cell], limit: usize) -> Vec<Match> {
    let edits_at = |at: Option<usize>| {
        at.and_then(|at| last.get(at))
            .map_or(usize::MAX, |cell| cell.edits())
    };
    let cells = last.iter().enumerate();
    let matches = cells.map(|(to, cell)| Match {
        from: cell.from(),
        to,
        edits: cell.edits(),
    });
    matches
        .filter(|found| {
            found.edits <= limit
                && found.from < found.to
                && found.edits < edits_at(found.to.checked_sub(1))
                && found.edits <= edits_at(Some(found.to + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worn_label_is_found_and_another_word_is_not() {
        let cases = [
            ("ФАМИЛИЯ", "ФАМИЛИЯ", true),
            ("ФАМИЛИЯ", "ТЕГІ / ФАМИЛNЯ", true),
            ("ФАМИЛИЯ", "ФАМЛИЯ", true),
            ("ФАМИЛИЯ", "ФАМЛЯ", false), // two letters lost of seven: one too many
            ("ЖСН", "ЖСН", true),
            ("ЖСН", "ЖЗН", false),
            ("ӘКЕСІНІҢ АТЫ", "ӘКЕС1НIН АТЫ", true),
            ("ПОЛ", "", false),
        ];
        for (label, text, expected) in cases {
            let (label_looks, text_looks) = (looks(label), looks(text));
            let found = places(&label_looks, &text_looks, edits_allowed(label_looks.len()));
            assert_eq!(!found.is_empty(), expected, "{label} in {text}");
        }
    }

    #[test]
    fn the_fewest_edits_are_those_of_the_best_place() {
        let text = looks("ТЕГІ / ФАМNЛЯ ИМЯ 01 ӘКЕСІНІҢ АТЫ");
        for pattern in ["ФАМИЛИЯ", "ИМЯ", "ОТЧЕСТВО", "ӘКЕСІНІҢ АТЫ", "0", "А"]
        {
            let pattern = looks(pattern);
            for from in 0..text.len() {
                let text = &text[from..];
                let least = least_edits(&pattern, text);
                assert!(
                    least
                        .checked_sub(1)
                        .is_none_or(|limit| all_places(&pattern, text, limit).is_empty())
                );
                assert!(least == pattern.len() || !all_places(&pattern, text, least).is_empty());
            }
        }
        assert_eq!(least_edits(&['А'; 70], &text), 0);
        assert_eq!(least_edits(&[], &text), 0);
    }

    #[test]
    fn every_place_is_reported_once() {
        let found = places(&looks("ИМЯ"), &looks("ИМЯ ИМЯ"), 0);
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[1],
            Match {
                from: 3,
                to: 6,
                edits: 0
            }
        );
    }
}
