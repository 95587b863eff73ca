//! Letters that are a stroke of their neighbour: in wide faces the net reads the `ІШ` of no alphabet for a `Ш`, and the
//! `ЫІ` of none for an `Ы`.

use super::classes::CLASSES;
use super::decode::Letter;
use super::spaces::columns;

/// Letters that are one upright stroke.
const STROKES: &str = "Іі";
/// Letters that end in an upright stroke that stands apart from the rest of them.
const END_IN_STROKE: &str = "Ыы";
/// Two letters are parted by a column less dark than this share of ink, however they are blurred; the bar that joins
/// the strokes of one letter is as dark as they are.
const JOINED: f32 = 0.8;

/// The letters without strokes that ink joins to the letter beside them, and without those that are an `Ы`'s own.
pub(super) fn without(letters: Vec<Letter>, darkness: &[f32]) -> Vec<Letter> {
    let joined = |a: Option<&Letter>, b: Option<&Letter>| {
        let between = between(a, b, darkness);
        !between.is_empty() && between.iter().all(|column| *column > JOINED)
    };
    let is_own = |at: usize| {
        let letter = letters.get(at);
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let is_bowls = || {
            let strokes = strokes(between(before, letter, darkness));
            is_of(before, END_IN_STROKE) && strokes < 2
        };
        let is_part =
            || joined(before, letter) || joined(letter, letters.get(at + 1)) || is_bowls();
        !is_of(letter, STROKES) || !is_part()
    };
    let own: Vec<bool> = (0..letters.len()).map(is_own).collect();
    let kept = letters.into_iter().zip(own);
    kept.filter_map(|(letter, own)| own.then_some(letter))
        .collect()
}

fn is_of(letter: Option<&Letter>, characters: &str) -> bool {
    let class = letter.and_then(|letter| CLASSES.get(letter.class));
    class.is_some_and(|class| characters.contains(class.character))
}

/// The columns from the middle of a letter to that of the next.
fn between<'a>(a: Option<&Letter>, b: Option<&Letter>, darkness: &'a [f32]) -> &'a [f32] {
    let columns = a.zip(b).map(|(a, b)| columns(a, b));
    columns
        .and_then(|columns| darkness.get(columns))
        .unwrap_or_default()
}

/// How often ink follows ground.
fn strokes(between: &[f32]) -> usize {
    let pairs = between.iter().zip(between.iter().skip(1));
    pairs.filter(|(a, b)| **a <= JOINED && **b > JOINED).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters ten frames apart, and how often ground shows between each and the next.
    fn kept(text: &str, gaps: &[usize]) -> String {
        let class = |c: char| {
            CLASSES
                .iter()
                .position(|class| class.character == c)
                .unwrap()
        };
        let letters = text.chars().enumerate().map(|(at, c)| Letter {
            class: class(c),
            frames: (10 * at, 10 * at + 2),
            scores: Vec::new(),
        });
        let mut darkness = vec![1.0; 20 * text.chars().count()];
        for (at, gaps) in gaps.iter().enumerate() {
            for gap in 1..=*gaps {
                // However blurred, ground shows between two letters.
                darkness[20 * at + 6 * gap] = 0.7;
            }
        }
        let kept = without(letters.collect(), &darkness);
        kept.iter().map(|l| CLASSES[l.class].character).collect()
    }

    #[test]
    fn a_stroke_that_ink_joins_to_its_neighbour_is_a_part_of_it() {
        for (text, gaps, expected) in [
            ("КІШЕ", [1, 0, 1], "КШЕ"),
            ("КІШЕ", [1, 1, 1], "КІШЕ"),
            ("МІНА", [0, 1, 1], "МНА"),
            ("КШЕН", [0, 0, 0], "КШЕН"), // no stroke among them
            ("21.І", [0, 0, 1], "21.І"), // a digit is no stroke of another
        ] {
            assert_eq!(kept(text, &gaps), expected, "{text} {gaps:?}");
        }
    }

    #[test]
    fn the_stroke_behind_a_bowl_is_not_seen_a_second_time() {
        for (text, gaps, expected) in [
            ("СЫІМ", [1, 1, 1], "СЫМ"), // the gap is the one within the letter
            ("СЫІМ", [1, 2, 1], "СЫІМ"),
            ("сыім", [1, 1, 1], "сым"),
            ("ЫНІМ", [1, 1, 1], "ЫНІМ"),
        ] {
            assert_eq!(kept(text, &gaps), expected, "{text} {gaps:?}");
        }
    }
}
