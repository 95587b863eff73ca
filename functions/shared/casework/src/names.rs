//! A person's name across Kazakh and Russian Cyrillic and Latin: equal, explained by a known variant, or different.
//!
//! Which letters stand for which is data (`data/romanisation.txt`, `spelling_cyrillic.txt`,
//! `spelling_latin.txt`). Never here: lists of names, and how sure a reading is.
//!
//! ```
//! use casework::names::{Comparison, Variant, compare};
//! assert_eq!(compare("Әсел", "ӘСЕЛ"), Comparison::Match);
//! assert_eq!(compare("ГҮЛНАР", "ГУЛЬНАР"), Comparison::Plausible { why: vec![Variant::RussianSpelling] });
//! assert_eq!(compare("ОРАЗОВА", "ОРАЛОВА"), Comparison::Mismatch { distance: 1, near: true });
//! ```

mod patronymic;
#[cfg(test)]
mod tests;
mod variants;
mod word;

use serde::{Deserialize, Serialize};

use crate::romanisation::ROMANISATION;
pub(crate) use variants::Variants;
use word::Script;
pub(crate) use word::{Word, words};

pub use word::{Homoglyph, homoglyphs};

static CYRILLIC: std::sync::LazyLock<Variants> =
    std::sync::LazyLock::new(|| Variants::parse(include_str!("../data/spelling_cyrillic.txt")));
static LATIN: std::sync::LazyLock<Variants> =
    std::sync::LazyLock::new(|| Variants::parse(include_str!("../data/spelling_latin.txt")));

/// The letter that is left of a Kazakh one without the stroke that tells it from a Russian one; any other as it is.
pub const fn without_stroke(letter: char) -> char {
    match letter {
        'Ә' => 'А',
        'Ғ' => 'Г',
        'Қ' => 'К',
        'Ң' => 'Н',
        'Ө' => 'О',
        'Ұ' | 'Ү' => 'У',
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        _ => letter,
    }
}

/// How two spellings of a name stand to each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Comparison {
    /// The same, but for case and letters of the other script that look alike ([`homoglyphs`] tells).
    Match,
    /// Different, and known variants explain all of it.
    Plausible {
        /// What explains it, each once, in order.
        why: Vec<Variant>,
    },
    /// No variant explains it.
    Mismatch {
        /// Letters to change, add or leave out beyond what variants explain.
        distance: usize,
        /// So little that it is probably a slip: a hint for a person, never a reason to let it pass.
        near: bool,
    },
}

/// What explains a difference between two spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// A Kazakh name written the Russian way: Ә–А, Қ–К, Ұ–У …
    RussianSpelling,
    /// Cyrillic in one, its romanisation in the other.
    Romanisation,
    /// Two romanisations: KH–H, Y–I …
    LatinSpelling,
    /// -ұлы or -қызы in one, -ович or -овна in the other: the same father.
    PatronymicForm,
    /// Some names of several are in one only. For a surname that is no explanation; the caller knows which it is.
    PartOfName,
    /// A hyphen in one where the other has a space.
    Hyphen,
}

/// Compares two spellings of a surname, of given names or of a patronymic, in any of the three scripts.
pub fn compare(a: &str, b: &str) -> Comparison {
    let (left, right) = (words(a), words(b));
    if left == right {
        let hyphens = |text: &str| {
            text.chars()
                .filter(|character| is_hyphen(*character))
                .count()
        };
        return Findings::with((hyphens(a) != hyphens(b)).then_some(Variant::Hyphen)).comparison();
    }
    if let Some(comparison) = patronymic::compare(&left, &right) {
        return comparison;
    }
    if left.len() == right.len() {
        return pairwise(&left, &right).comparison();
    }
    let joined = pairwise(&[Word::join(&left)], &[Word::join(&right)]);
    if joined.distance == 0 {
        return joined.and(Variant::Hyphen).comparison();
    }
    part_of(&left, &right).unwrap_or_else(|| joined.comparison())
}

/// A key under which all spellings of a name that we can explain mostly fall together: to search by, never to judge by.
pub fn skeleton(text: &str) -> String {
    let latin: Vec<String> = words(text)
        .iter()
        .map(|word| LATIN.fold(&ROMANISATION.fold(&CYRILLIC.fold(word.text()))))
        .collect();
    latin.join(" ")
}

const fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}')
}

/// What a comparison has found so far.
#[derive(Debug, Default)]
struct Findings {
    distance: usize,
    letters: usize,
    why: Vec<Variant>,
}

impl Findings {
    fn with(variant: Option<Variant>) -> Self {
        Self {
            why: variant.into_iter().collect(),
            ..Self::default()
        }
    }

    fn and(mut self, variant: Variant) -> Self {
        self.why.push(variant);
        self
    }

    fn comparison(mut self) -> Comparison {
        if self.distance > 0 {
            // One slip in four letters or more, two in ten or more.
            let near =
                self.distance == 1 && self.letters >= 4 || self.distance == 2 && self.letters >= 10;
            return Comparison::Mismatch {
                distance: self.distance,
                near,
            };
        }
        self.why.sort_unstable();
        self.why.dedup();
        if self.why.is_empty() {
            Comparison::Match
        } else {
            Comparison::Plausible { why: self.why }
        }
    }
}

fn pairwise(left: &[Word], right: &[Word]) -> Findings {
    let mut findings = Findings::default();
    for (a, b) in left.iter().zip(right) {
        let (distance, variant) = word_distance(a, b);
        findings.distance += distance;
        findings.letters += a.len().max(b.len());
        findings.why.extend(variant);
    }
    findings
}

/// Letters that no variant explains, and the variant that explained the others.
fn word_distance(a: &Word, b: &Word) -> (usize, Option<Variant>) {
    if a.text() == b.text() || a.look() == b.look() {
        return (0, None);
    }
    let (table, variant) = match (a.script(), b.script()) {
        (Script::Cyrillic, Script::Cyrillic) => (&CYRILLIC, Variant::RussianSpelling),
        (Script::Latin, Script::Latin) => (&LATIN, Variant::LatinSpelling),
        (Script::Cyrillic, Script::Latin) | (Script::Latin, Script::Cyrillic) => {
            (&ROMANISATION, Variant::Romanisation)
        }
    };
    (table.distance(a.text(), b.text()), Some(variant))
}

/// Whether the shorter list is found in the longer one, in order.
fn part_of(left: &[Word], right: &[Word]) -> Option<Comparison> {
    let (shorter, longer) = if left.len() < right.len() {
        (left, right)
    } else {
        (right, left)
    };
    let mut findings = Findings::with(Some(Variant::PartOfName));
    let mut rest = longer.iter();
    for word in shorter {
        let (_, variant) = rest
            .by_ref()
            .map(|candidate| word_distance(word, candidate))
            .find(|(distance, _)| *distance == 0)?;
        findings.why.extend(variant);
    }
    (!shorter.is_empty()).then(|| findings.comparison())
}
