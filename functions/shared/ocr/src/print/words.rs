//! What a word can be as a whole: one script, one case, or a number. Letters are decided together,
//! never against their own evidence by more than the others gain.
#![expect(
    clippy::indexing_slicing,
    reason = "classes index the tables built from them"
)]

use super::classes::{CLASSES, Class, Kind};
use super::decode::Letter;

/// What a word of letters *and* digits costs, nats: `N12345678` pays it, `СМИРН0В` does not.
const MIXED: f32 = 15.0;

/// What a word of Latin letters costs where any may stand, nats: `ТҮРКІСТАН` is drawn like `TYPKICTAH`.
const LATIN: f32 = 4.0;

/// How a word reads as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letters(Kind, Case),
    Digits,
    Mixed(Kind, Case),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Upper,
    Title,
    Lower,
}

impl Sort {
    /// What a word of the sort costs, nats.
    const fn cost(self) -> f32 {
        match self {
            Self::Letters(Kind::Latin, _) => LATIN,
            Self::Mixed(Kind::Latin, _) => MIXED + LATIN,
            Self::Mixed(..) => MIXED,
            Self::Letters(..) | Self::Digits => 0.0,
        }
    }
}

const SORTS: [Sort; 11] = [
    Sort::Letters(Kind::Cyrillic, Case::Upper),
    Sort::Letters(Kind::Cyrillic, Case::Title),
    Sort::Letters(Kind::Cyrillic, Case::Lower),
    Sort::Letters(Kind::Latin, Case::Upper),
    Sort::Letters(Kind::Latin, Case::Title),
    Sort::Letters(Kind::Latin, Case::Lower),
    Sort::Digits,
    Sort::Mixed(Kind::Cyrillic, Case::Upper),
    Sort::Mixed(Kind::Cyrillic, Case::Lower),
    Sort::Mixed(Kind::Latin, Case::Upper),
    Sort::Mixed(Kind::Latin, Case::Lower),
];

/// Decides word by word and gives each letter its character.
pub(super) fn characters(letters: &mut [Letter], latin_only: bool) -> Vec<char> {
    let mut text = Vec::with_capacity(letters.len());
    for word in letters.chunk_by_mut(|a, b| in_word(a) && in_word(b)) {
        let latin = latin_only || decide(word);
        text.extend(word.iter().map(|letter| {
            let class = CLASSES[letter.class];
            class.latin.filter(|_| latin).unwrap_or(class.character)
        }));
    }
    text
}

fn in_word(letter: &Letter) -> bool {
    !matches!(
        CLASSES[letter.class].kind,
        Kind::Sign | Kind::Space | Kind::Blank
    )
}

/// Settles a word's letters; true if they are Latin.
fn decide(word: &mut [Letter]) -> bool {
    if word.len() < 2 {
        return word.iter().any(|l| CLASSES[l.class].kind == Kind::Latin);
    }
    let mut best = (f32::NEG_INFINITY, Sort::Digits);
    for sort in SORTS {
        let score: f32 = word
            .iter()
            .enumerate()
            .map(|(i, l)| likeliest(l, sort, i).1)
            .sum();
        let score = score - sort.cost();
        if score > best.0 {
            best = (score, sort);
        }
    }
    for (i, letter) in word.iter_mut().enumerate() {
        letter.class = likeliest(letter, best.1, i).0;
    }
    matches!(
        best.1,
        Sort::Letters(Kind::Latin, _) | Sort::Mixed(Kind::Latin, _)
    )
}

/// The likeliest class of the letter at `place` in a word of this sort.
fn likeliest(letter: &Letter, sort: Sort, place: usize) -> (usize, f32) {
    CLASSES
        .iter()
        .enumerate()
        .filter(|(_, class)| fits(**class, sort, place))
        .map(|(i, _)| (i, letter.scores[i]))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or((letter.class, f32::NEG_INFINITY))
}

fn fits(class: Class, sort: Sort, place: usize) -> bool {
    match sort {
        Sort::Digits => class.kind == Kind::Digit,
        Sort::Letters(script, case) => {
            let upper = case == Case::Upper || (case == Case::Title && place == 0);
            is_of(class, script) && class.upper == upper
        }
        // Digits among letters, but never letters of two scripts.
        Sort::Mixed(script, case) => {
            class.kind == Kind::Digit
                || (is_of(class, script) && class.upper == (case == Case::Upper))
        }
    }
}

fn is_of(class: Class, script: Kind) -> bool {
    if script == Kind::Latin {
        class.latin.is_some()
    } else {
        class.kind == Kind::Cyrillic
    }
}
