//! Words that a first look cut short: by a line that runs through them, or because two
//! narrow letters alike stood too close to be told apart.

use image::GrayImage;

use crate::layout::{Piece, Shape};
use crate::line::{Alphabet, ReadPrint};

/// Room added to a piece at either end and below, in its heights, look by look: room at the
/// ends shows what was cut off, room below changes the scale at which the reader sees it.
const LOOKS: [(f32, f32); 4] = [(1.0, 0.0), (0.0, 0.0), (0.0, 0.16), (0.0, 0.25)];
/// The letter that stands so close to another of its kind that both look like one: only words with
/// it are looked at at other scales.
const NARROW: char = 'І';
/// Looks for what was cut off, each from the end that the one before found.
const CUTS_MAX: usize = 4;
/// More letters than this were not lost but are something else.
const LOST_MAX: usize = 3;
/// A date with fewer digits than this was cut.
const DATE_DIGITS: usize = 8;
/// As was an IIN with fewer than this.
const IIN_DIGITS: usize = 12;

/// The piece with what it lost, if a wider or taller look shows that it lost anything.
pub(super) fn fuller(
    reader: &dyn ReadPrint,
    page: &GrayImage,
    piece: &Piece,
    shape: Shape,
) -> Piece {
    if piece.is_sign() || is_complete(&characters(piece), shape) {
        return piece.clone();
    }
    let mut best = piece.clone();
    // Where a line crosses often, more was cut off than one look's room shows.
    for _ in 0..CUTS_MAX {
        match more(reader, page, &best, LOOKS[0]) {
            Some(longer) => best = longer,
            None => break,
        }
    }
    if characters(piece).contains(&NARROW) {
        for look in LOOKS.into_iter().skip(1) {
            best = more(reader, page, &best, look).unwrap_or(best);
        }
    }
    best
}

/// The piece with letters more, if one look with so much room shows any.
fn more(
    reader: &dyn ReadPrint,
    page: &GrayImage,
    piece: &Piece,
    (along, below): (f32, f32),
) -> Option<Piece> {
    let corners = grown(piece.corners, along, below);
    let seen = Piece::from(reader.read_again(page, corners, Alphabet::Any)?);
    let (from, to) = holds_more(&characters(&seen), &characters(piece))?;
    Some(seen.part(from, to))
}

/// Whether nothing can be missing from a value of this shape.
fn is_complete(text: &[char], shape: Shape) -> bool {
    match shape {
        Shape::Name | Shape::LatinName | Shape::Text | Shape::LongText => false,
        Shape::Date => text.iter().filter(|c| c.is_ascii_digit()).count() >= DATE_DIGITS,
        Shape::Iin => text.iter().filter(|c| c.is_ascii_digit()).count() >= IIN_DIGITS,
        Shape::DocumentNumber | Shape::Number | Shape::Sex | Shape::Email => true,
    }
}

fn characters(piece: &Piece) -> Vec<char> {
    let glyphs = piece.glyphs.iter().map(|glyph| glyph.character);
    glyphs.flat_map(char::to_uppercase).collect()
}

/// Where in `seen` a text stands that is `known` with letters more: at its ends, or doubled.
fn holds_more(seen: &[char], known: &[char]) -> Option<(usize, usize)> {
    if seen.len() > known.len() && undoubled(seen) == undoubled(known) {
        return Some((0, seen.len()));
    }
    let at = seen
        .windows(known.len().max(1))
        .position(|window| window == known)?;
    let (before, after) = (seen.get(..at)?, seen.get(at + known.len()..)?);
    let more = |c: &&char| c.is_alphanumeric();
    let before = before.iter().rev().take_while(more).count();
    let after = after.iter().take_while(more).count();
    let (from, to) = (at - before, at + known.len() + after);
    let same =
        |outer: Option<&char>, inner: Option<&char>| outer == inner && outer != Some(&NARROW);
    let twice = before == 1 && same(seen.get(from), known.first())
        || after == 1 && same(seen.get(to - 1), known.last());
    (!twice && (1..=LOST_MAX).contains(&(before + after))).then_some((from, to))
}

fn undoubled(text: &[char]) -> Vec<char> {
    let mut text = text.to_vec();
    text.dedup_by(|a, b| a == b && *a == NARROW);
    text
}

/// The corners with room at both ends and below, in heights.
fn grown([tl, tr, br, bl]: [[f32; 2]; 4], along: f32, below: f32) -> [[f32; 2]; 4] {
    let down = [bl[0] - tl[0], bl[1] - tl[1]];
    let right = [down[1] * along, -down[0] * along];
    let shift = |[x, y]: [f32; 2], ends: f32, below: f32| {
        [
            x + ends * right[0] + below * down[0],
            y + ends * right[1] + below * down[1],
        ]
    };
    [
        shift(tl, -1.0, 0.0),
        shift(tr, 1.0, 0.0),
        shift(br, 1.0, below),
        shift(bl, -1.0, below),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_lost_is_told_from_what_stands_near() {
        for (seen, known, expected) in [
            ("МАРАТОВНА", "МАРАТОВН", Some("МАРАТОВНА")),
            ("17.03.2024-1", "7.03.2024", Some("17.03.2024")),
            ("ҚР ІІМ", "ҚР ІМ", Some("ҚР ІІМ")),
            ("ҚР ІМ", "ҚР ІІМ", None), // letters are lost, not made up
            ("АЛМАТЫ / А", "АЛМАТЫ", None),
            ("KAZAKHSTAN№", "KAZAKHSTAN", None),
            ("ҚҚАЗАҚСТАН", "ҚАЗАҚСТАН", None), // the same letter seen twice
            ("АҚТӨБЕШШШШ", "АҚТӨБ", None),     // four more: one too many
            ("АСТАНА", "АЛМАТЫ", None),
        ] {
            let [text, known] = [seen, known].map(|text| text.chars().collect::<Vec<_>>());
            let found = holds_more(&text, &known);
            let found = found.map(|(from, to)| text[from..to].iter().collect::<String>());
            assert_eq!(found.as_deref(), expected, "{seen}");
        }
    }

    #[test]
    fn room_follows_the_text_however_it_is_turned() {
        let upright = [[10.0, 10.0], [50.0, 10.0], [50.0, 20.0], [10.0, 20.0]];
        let turned = [[20.0, 10.0], [20.0, 50.0], [10.0, 50.0], [10.0, 10.0]];
        assert_eq!(
            grown(upright, 1.0, 0.1),
            [[0.0, 10.0], [60.0, 10.0], [60.0, 21.0], [0.0, 21.0]]
        );
        assert_eq!(
            grown(turned, 1.0, 0.1),
            [[20.0, 0.0], [20.0, 60.0], [9.0, 60.0], [9.0, 0.0]]
        );
    }
}
