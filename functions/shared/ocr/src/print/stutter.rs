//! Letters that are a stroke of their neighbour: in wide faces the net reads the `ІШ` of no alphabet for a `Ш`.

use super::classes::CLASSES;
use super::decode::Letter;
use super::spaces::columns;

/// Letters that are one upright stroke.
const STROKES: &str = "Іі";
/// Two letters are parted by a column less dark than this share of ink, however they are blurred; the bar that joins
/// the strokes of one letter is as dark as they are.
const JOINED: f32 = 0.8;

/// The letters without strokes that ink joins to the letter beside them.
pub(super) fn without(letters: Vec<Letter>, darkness: &[f32]) -> Vec<Letter> {
    let joined = |a: Option<&Letter>, b: Option<&Letter>| {
        let (Some(a), Some(b)) = (a, b) else {
            return false;
        };
        let between = darkness.get(columns(a, b)).unwrap_or_default();
        !between.is_empty() && between.iter().all(|column| *column > JOINED)
    };
    let is_own = |at: usize| {
        let letter = letters.get(at);
        let is_stroke = letter
            .and_then(|letter| CLASSES.get(letter.class))
            .is_some_and(|class| STROKES.contains(class.character));
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        !is_stroke || !joined(before, letter) && !joined(letter, letters.get(at + 1))
    };
    let own: Vec<bool> = (0..letters.len()).map(is_own).collect();
    let kept = letters.into_iter().zip(own);
    kept.filter_map(|(letter, own)| own.then_some(letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters ten frames apart, and whether ink joins each to the next.
    fn kept(text: &str, joints: &[bool]) -> String {
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
        for (at, _) in joints.iter().enumerate().filter(|(_, joined)| !**joined) {
            // However blurred, ground shows between two letters.
            darkness[20 * at + 10] = 0.7;
        }
        let kept = without(letters.collect(), &darkness);
        kept.iter().map(|l| CLASSES[l.class].character).collect()
    }

    #[test]
    fn a_stroke_that_ink_joins_to_its_neighbour_is_a_part_of_it() {
        for (text, joints, expected) in [
            ("КІШЕ", [false, true, false], "КШЕ"),
            ("КІШЕ", [false, false, false], "КІШЕ"),
            ("МІНА", [true, false, false], "МНА"),
            ("КШЕН", [true, true, true], "КШЕН"), // no stroke among them
            ("21.І", [true, true, false], "21.І"), // a digit is no stroke of another
        ] {
            assert_eq!(kept(text, &joints), expected, "{text} {joints:?}");
        }
    }
}
