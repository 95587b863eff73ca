//! Where words part: the net's word, corrected by the width of the ground between letters.
#![expect(
    clippy::cast_precision_loss,
    reason = "columns of a strip are below 2^16"
)]

use std::ops::RangeInclusive;

use super::classes::{BLANK, CLASSES, Kind};
use super::decode::Letter;
use super::net::FRAME;
use super::row::quantile;
use super::strip::Strip;

/// A gap this much wider than the usual one parts words, in heights of a capital.
const WIDER: f32 = 0.38;
/// The same beside a hyphen, which sets itself apart a little.
const WIDER_AT_HYPHEN: f32 = 0.16;
/// The same between digits and points: a 1 stands alone in faces of fixed width.
const WIDER_IN_NUMBER: f32 = 0.7;
/// Columns with ink are so dark.
const INK: f32 = 0.4;
/// No word ends at a gap narrower than this.
const NARROW: f32 = 0.1;

/// Drops spaces that have no room and adds those that the net overlooked.
pub(super) fn corrected(letters: Vec<Letter>, darkness: &[f32]) -> Vec<Letter> {
    let ink: Vec<bool> = darkness.iter().map(|column| *column > INK).collect();
    let marks: Vec<&Letter> = letters.iter().filter(|l| !is_space(l)).collect();
    let gaps: Vec<f32> = marks.windows(2).map(|pair| gap(pair, &ink)).collect();
    let usual = quantile(gaps.clone(), 0.4).unwrap_or(0.0);
    let mut gaps = gaps.into_iter();
    let mut out: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut space: Option<Letter> = None;
    for letter in letters {
        if is_space(&letter) {
            space = Some(letter);
            continue;
        }
        if let Some(before) = out.last()
            && let Some(gap) = gaps.next()
        {
            let wider = wider(before, &letter);
            let parted = match &space {
                Some(_) => gap >= if wider.is_finite() { NARROW } else { WIDER },
                None => gap > usual + wider,
            };
            if parted {
                let between = (before.frames.1, letter.frames.0);
                out.push(space.take().unwrap_or_else(|| blank(between)));
            }
        }
        space = None;
        out.push(letter);
    }
    out
}

fn is_space(letter: &Letter) -> bool {
    CLASSES
        .get(letter.class)
        .is_some_and(|c| c.kind == Kind::Space)
}

/// How much wider than usual the gap between two letters must be to part words.
fn wider(before: &Letter, after: &Letter) -> f32 {
    let of = |letter: &Letter| CLASSES.get(letter.class).map_or(' ', |c| c.character);
    let (before, after) = (of(before), of(after));
    let in_number = |c: char| c.is_ascii_digit() || c == '.';
    if matches!(after, '.' | ',' | ':' | ')') {
        f32::INFINITY
    } else if before == '-' || after == '-' {
        WIDER_AT_HYPHEN
    } else if in_number(before) && in_number(after) {
        WIDER_IN_NUMBER
    } else {
        WIDER
    }
}

/// A space the net did not see.
fn blank(frames: (usize, usize)) -> Letter {
    let class = CLASSES.iter().position(|class| class.kind == Kind::Space);
    let class = class.unwrap_or(BLANK);
    let mut scores = vec![f32::NEG_INFINITY; CLASSES.len()];
    if let Some(own) = scores.get_mut(class) {
        *own = 0.0;
    }
    Letter {
        class,
        frames,
        scores,
    }
}

/// The widest ground between two letters' middles, in heights of a capital.
fn gap(pair: &[&Letter], ink: &[bool]) -> f32 {
    let [a, b] = pair else { return 0.0 };
    let between = ink.get(columns(a, b)).unwrap_or_default();
    let widest = between.split(|inked| *inked).map(<[bool]>::len).max();
    widest.unwrap_or(0) as f32 / Strip::CAPITAL
}

/// The columns of the strip from the middle of a letter to that of the next.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "columns"
)]
pub(super) fn columns(a: &Letter, b: &Letter) -> RangeInclusive<usize> {
    (a.middle() * FRAME) as usize..=(b.middle() * FRAME) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_between_words_is_a_space() {
        assert!(is_space(&blank((3, 5))));
    }

    /// Letters ten columns wide with so many columns of ground before each but the first; a capital is 18 high.
    fn corrected_text(text: &str, gaps: &[usize]) -> String {
        let class = |c: char| CLASSES.iter().position(|class| class.character == c);
        let mut darkness = vec![0.0; 8];
        let mut letters = Vec::new();
        let mut gaps = gaps.iter();
        for character in text.chars() {
            if character == ' ' {
                let at = darkness.len() / 2 + 1;
                letters.push(blank((at, at + 1)));
                continue;
            }
            if darkness.len() > 8 {
                darkness.extend(vec![0.0; *gaps.next().unwrap()]);
            }
            let from = darkness.len();
            darkness.extend([1.0; 10]);
            letters.push(Letter {
                class: class(character).unwrap(),
                frames: (from / 2 + 1, from / 2 + 4),
                scores: Vec::new(),
            });
        }
        darkness.extend([0.0; 8]);
        let letters = corrected(letters, &darkness);
        letters.iter().map(|l| CLASSES[l.class].character).collect()
    }

    #[test]
    fn words_part_where_the_ground_between_them_is_wide() {
        for (text, gaps, expected) in [
            ("АБВГ", [3, 3, 3], "АБВГ"),
            ("АБВГ", [3, 13, 3], "АБ ВГ"), // overlooked
            ("АБ ВГ", [3, 3, 3], "АБ ВГ"), // the net's word, and there is room
            ("АБ ВГ", [3, 1, 3], "АБВГ"),  // no room
            ("А-ВГ", [3, 7, 3], "А- ВГ"),  // a hyphen stands close
            ("1.34", [3, 13, 3], "1.34"),  // digits in a face of fixed width
            ("АБ.Г", [3, 16, 3], "АБ.Г"),  // nothing parts a word from its point
        ] {
            assert_eq!(corrected_text(text, &gaps), expected, "{text} {gaps:?}");
        }
    }
}
