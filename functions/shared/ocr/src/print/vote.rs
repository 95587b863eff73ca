//! Three opinions of one typed line, settled word by word.
//!
//! The net knows every letter and has the best eye for figures; tesseract's Kazakh spells Kazakh,
//! its Russian spells Russian and knows `№`. Which of them is right more often was measured on
//! 1,155 words of typed permits in 18 faces, for each way in which the three can disagree.

use casework::names::without_stroke;

use super::align::aligned;
use super::classes::cyrillic;
use crate::line::Glyph;

/// What is granted to a word, nats: so that the doubt left is no less than was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Standing {
    /// The net and tesseract's Kazakh read the same: 3 of 931 wrong.
    Agreed,
    /// Two of the three do: 7 of 171 wrong.
    Carried,
    /// The net alone can have read it: it is as sure as the net, but no surer than two readers.
    Alone,
    /// Each reads something else: 21 of 53 wrong.
    Open,
}

impl Standing {
    const fn margin(self) -> f32 {
        match self {
            Self::Agreed => 6.0,
            Self::Carried | Self::Alone => 3.0,
            Self::Open => 0.1,
        }
    }
}

/// A shorter word in Latin letters may as well be a Cyrillic one.
const LATIN_LETTERS_MIN: usize = 3;

/// The letters that Russian has not.
const KAZAKH: &str = "ӘҒҚҢӨҰҮҺІ";

/// Tesseract stops in the middle of a line where its light changes. What it lacks is a rest if so long,
const CUT_MIN: usize = 4;
/// and seen so clearly by the net, nats, in three letters of four.
const CLEAR: f32 = 3.0;
const CLEAR_SHARE: (usize, usize) = (4, 3);

/// A reader's characters of one line, folded for comparison.
struct Opinion<'a> {
    glyphs: &'a [Glyph],
    looks: Vec<char>,
}

impl<'a> Opinion<'a> {
    fn of(glyphs: &'a [Glyph]) -> Self {
        let looks = glyphs.iter().map(|g| cyrillic(g.character)).collect();
        Self { glyphs, looks }
    }

    fn part(&self, from: usize, to: usize) -> Opinion<'a> {
        Self {
            glyphs: self.glyphs.get(from..to).unwrap_or_default(),
            looks: self.looks.get(from..to).unwrap_or_default().to_vec(),
        }
    }

    fn is_number(&self) -> bool {
        let count = |is: fn(&char) -> bool| self.looks.iter().filter(|c| is(c)).count();
        2 * count(char::is_ascii_digit) >= count(|c| c.is_alphanumeric()).max(1)
    }

    /// Without the marks at either end that the net did not see: tesseract takes rules and specks
    /// for them.
    fn without_strays(self, net: &Opinion) -> Self {
        let is_mark = |c: &char| !c.is_alphanumeric();
        let (mut from, mut to) = (0, self.looks.len());
        if net.looks.last().is_some_and(|c| !is_mark(c)) {
            to = self
                .looks
                .iter()
                .rposition(|c| !is_mark(c))
                .map_or(0, |at| at + 1);
        }
        if net.looks.first().is_some_and(|c| !is_mark(c)) {
            from = self.looks.iter().position(|c| !is_mark(c)).unwrap_or(to);
        }
        self.part(from, to)
    }

    /// Tesseract's Kazakh, and the net after it, stutter at П: `ПІМЖ`, `ДІП`. The word without that.
    fn without_stutter(&self) -> Vec<char> {
        let at = |at: Option<usize>| at.and_then(|at| self.looks.get(at));
        let stutters = |i: usize| {
            at(Some(i)) == Some(&'І')
                && [at(i.checked_sub(1)), at(Some(i + 1))].contains(&Some(&'П'))
        };
        let kept = self.looks.iter().enumerate().filter(|&(i, _)| !stutters(i));
        kept.map(|(_, &look)| look).collect()
    }

    fn may_stutter(&self) -> bool {
        self.without_stutter().len() < self.looks.len()
    }

    /// A word in Latin letters, which tesseract was not asked for.
    fn is_latin(&self) -> bool {
        let letters = || self.glyphs.iter().filter(|g| g.character.is_alphabetic());
        letters().count() >= LATIN_LETTERS_MIN && letters().all(|g| g.character.is_ascii())
    }

    /// A letter that no Cyrillic one is drawn like, among letters that the net alone knows: tesseract's two
    /// languages agree on nonsense there.
    fn is_surely_latin(&self) -> bool {
        self.is_latin() && self.looks.iter().any(char::is_ascii_alphabetic)
    }

    /// A country's code. Words in small letters are read by tesseract's data for Latin ones after this.
    fn is_code(&self) -> bool {
        let mut letters = self.looks.iter();
        self.is_surely_latin() && letters.all(|c| c.is_uppercase())
    }

    /// A passport's number, `N38262293`, whose digits another reader has read too: the letter is none of theirs.
    fn is_number_behind_a_latin(&self, kazakh: &Opinion, russian: &Opinion) -> bool {
        let digits = |looks: &[char]| {
            let digits = looks.iter().copied().filter(char::is_ascii_digit);
            digits.collect::<Vec<char>>()
        };
        let own = digits(&self.looks);
        let is_so = self.looks.first() == Some(&'N') && own.len() + 1 == self.looks.len();
        let mut others = [kazakh, russian].into_iter();
        is_so && !own.is_empty() && others.any(|other| digits(&other.looks) == own)
    }

    fn is_kazakh(&self) -> bool {
        self.looks.iter().copied().any(is_kazakh)
    }

    /// Whether the two differ in nothing but the strokes by which Kazakh letters are told from Russian ones:
    /// of those tesseract's Russian knows nothing, whomever it seems to agree with.
    fn differs_in_strokes(&self, other: &Opinion) -> bool {
        let plain = |looks: &[char]| looks.iter().map(|&c| without_stroke(c)).collect::<Vec<_>>();
        self.looks != other.looks && plain(&self.looks) == plain(&other.looks)
    }

    /// Whether the net saw clearly how the word goes on where tesseract stopped.
    fn is_cut_short(&self, net: &Opinion) -> bool {
        let rest = net.glyphs.get(self.glyphs.len()..).unwrap_or_default();
        let clear = rest.iter().filter(|glyph| glyph.margin > CLEAR).count();
        rest.len() >= CUT_MIN && CLEAR_SHARE.0 * clear >= CLEAR_SHARE.1 * rest.len()
    }
}

/// Whether a letter is none of Russian's.
pub(super) fn is_kazakh(letter: char) -> bool {
    let mut capitals = letter.to_uppercase();
    capitals.any(|capital| KAZAKH.contains(capital))
}

/// The line as `net` and `kazakh` both read it, if they do and nothing speaks for asking further.
pub(super) fn agreed(net: &[Glyph], kazakh: &[Glyph]) -> Option<Vec<Glyph>> {
    let net = Opinion::of(net);
    let kazakh = Opinion::of(kazakh).without_strays(&net);
    (net.looks == kazakh.looks && !kazakh.may_stutter())
        .then(|| granted(kazakh.glyphs, Standing::Agreed))
}

/// The line as the net alone read it.
pub(super) fn unasked(net: &[Glyph]) -> Vec<Glyph> {
    granted(net, Standing::Alone)
}

/// The line as the three settle it.
pub(super) fn settled(net: &[Glyph], kazakh: &[Glyph], russian: &[Glyph]) -> Vec<Glyph> {
    let net = Opinion::of(net);
    let [kazakh, russian] = [kazakh, russian].map(|read| Opinion::of(read).without_strays(&net));
    let to_net = aligned(&kazakh.looks, &net.looks);
    let to_russian = aligned(&kazakh.looks, &russian.looks);
    let mut glyphs: Vec<Glyph> = Vec::new();
    let (mut from, mut from_net, mut from_russian) = (0, 0, 0);
    let ends = kazakh.looks.iter().enumerate().filter_map(|(at, &look)| {
        let in_net = space_at(&net.looks, *to_net.get(at)?)?;
        let in_russian = space_at(&russian.looks, *to_russian.get(at)?)?;
        (look == ' ').then_some((at, in_net, in_russian))
    });
    let last = (kazakh.looks.len(), net.looks.len(), russian.looks.len());
    for (to, to_net, to_russian) in ends.chain([last]) {
        let word = settled_word(
            &net.part(from_net, to_net),
            &kazakh.part(from, to),
            &russian.part(from_russian, to_russian),
        );
        if let (Some(before), false) = (glyphs.last().copied(), word.is_empty()) {
            glyphs.push(Glyph {
                character: ' ',
                ..before
            });
        }
        glyphs.extend(word);
        (from, from_net, from_russian) = (to + 1, to_net + 1, to_russian + 1);
    }
    glyphs
}

fn space_at(looks: &[char], at: Option<usize>) -> Option<usize> {
    at.filter(|&at| looks.get(at) == Some(&' '))
}

fn settled_word(net: &Opinion, kazakh: &Opinion, russian: &Opinion) -> Vec<Glyph> {
    let (chosen, standing) = if kazakh.may_stutter() && kazakh.without_stutter() == russian.looks {
        (russian, Standing::Carried)
    } else if kazakh.looks == net.looks {
        (kazakh, Standing::Agreed)
    } else if kazakh.is_cut_short(net) {
        (net, Standing::Open)
    } else if kazakh.differs_in_strokes(net) {
        (kazakh, Standing::Open)
    } else if net.is_code() || net.is_number_behind_a_latin(kazakh, russian) {
        (net, Standing::Alone)
    } else if net.is_surely_latin() {
        (net, Standing::Open)
    } else if kazakh.looks == russian.looks {
        (kazakh, Standing::Carried)
    } else if net.looks == russian.looks {
        (net, Standing::Carried)
    } else if net.is_number() || net.is_latin() {
        (net, Standing::Open)
    } else if kazakh.is_kazakh() || net.is_kazakh() {
        (kazakh, Standing::Open)
    } else {
        (russian, Standing::Open)
    };
    granted(chosen.glyphs, standing)
}

fn granted(glyphs: &[Glyph], standing: Standing) -> Vec<Glyph> {
    let most = standing.margin();
    let margin = |own: f32| match standing {
        Standing::Alone => own.min(most),
        Standing::Agreed | Standing::Carried | Standing::Open => most,
    };
    let granted = glyphs.iter().map(|g| Glyph {
        margin: margin(g.margin),
        ..*g
    });
    granted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str) -> Vec<Glyph> {
        let glyph = |character| Glyph {
            character,
            margin: 1.0,
            bounds: [0.0; 4],
        };
        text.chars().map(glyph).collect()
    }

    fn text(glyphs: &[Glyph]) -> String {
        glyphs.iter().map(|glyph| glyph.character).collect()
    }

    #[test]
    fn words_are_settled_one_by_one() {
        // net, tesseract's Kazakh, tesseract's Russian, settled, least margin
        let table = [
            (
                "УМС ДПІ г, Астаны",
                "УМС ДП г. Астаны",
                "УМС ДП г. Астаны",
                "УМС ДП г. Астаны",
                3.0,
            ),
            ("ОЛЫГА ҚЫЗЫ", "ОЛЫГА ҚЫЗЫ", "ОЛЬГА КЫЗЫ", "ОЛЫГА ҚЫЗЫ", 6.0),
            (
                "ДП г,Алматы",
                "ДПг. Алматы",
                "ДП г. Алматы",
                "ДП г. Алматы",
                0.1,
            ),
            ("№ 42-38244", "Хо 42-38244", "№ 42-38244", "№ 42-38244", 3.0),
            (
                "06.10.1997",
                "06%:10-1997",
                "06.10. 1997",
                "06.10.1997",
                0.1,
            ),
            ("ӘБІР", "ӘБІРА", "ЭБТР", "ӘБІРА", 0.1),
            ("Полыша", "Полыпа", "Польша", "Польша", 0.1),
            ("инженер", "инженер.", "| инженер.", "инженер", 6.0),
            ("ПМ", "ПМ", "ИМ", "ПМ", 6.0),
            ("KAZ", "КАТ", "КАР", "KAZ", 1.0), // as sure as the net
            ("KAZ", "д", "д", "KAZ", 1.0),
            ("Invented", "Тпуепіес", "Тпуепес", "Invented", 0.1),
            ("N38262293", "М38262293", "№38262293", "N38262293", 1.0),
            ("N38262293", "М38262298", "№3826229", "N38262293", 0.1),
            ("CAMAT", "САМАД", "САМАД", "САМАД", 3.0), // no letter of it is Latin alone
            ("ПІМЖ-1", "ПІМЖ-1", "ПМЖ-1", "ПМЖ-1", 3.0),
            ("КӨПІР", "КӨПІР", "КЕПР", "КӨПІР", 6.0),
            ("АСТАНА", "АСТАНА", "", "АСТАНА", 6.0),
            ("ОСКЕМЕН", "ӨСКЕМЕН", "ОСКЕМЕН", "ӨСКЕМЕН", 0.1), // Russian has no Ө
            ("ҒАНИ", "ГАНИ", "ГАНИ", "ГАНИ", 0.1),
            ("", "", "", "", f32::MAX),
        ];
        for (net, kazakh, russian, expected, margin) in table {
            let seen = settled(&glyphs(net), &glyphs(kazakh), &glyphs(russian));
            assert_eq!(text(&seen), expected);
            let least = seen.iter().map(|g| g.margin).fold(f32::MAX, f32::min);
            assert!((least - margin).abs() < 1e-6, "{expected}: {least}");
        }
    }

    #[test]
    fn what_the_net_saw_clearly_goes_on_where_tesseract_stopped() {
        let clearly = |text: &str, margin| {
            let mut seen = glyphs(text);
            for glyph in &mut seen {
                glyph.margin = margin;
            }
            seen
        };
        let short = glyphs("УМС ДП Кар");
        for (margin, expected) in [(8.0, "УМС ДП Карагандинской области"), (1.0, "УМС ДП Кар")]
        {
            let net = clearly("УМС ДП Карагандинской области", margin);
            assert_eq!(text(&settled(&net, &short, &short)), expected);
        }
    }

    #[test]
    fn latin_letters_drawn_alike_agree() {
        let kazakh = glyphs("ҚР ІІМ");
        let agreed = agreed(&glyphs("ҚP ІIМ"), &kazakh).unwrap();
        assert_eq!(text(&agreed), "ҚР ІІМ");
        assert!(super::agreed(&glyphs("ҚР ІМ"), &kazakh).is_none());
    }
}
