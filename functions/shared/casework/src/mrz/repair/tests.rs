use super::super::layout::MrzField;
use super::super::seen::FieldProof;
use super::super::seen::tests::{cell, seen};
use super::super::tests::CARD;
use super::*;

/// The card with some characters of its lines replaced, and what else the reader thought of: line,
/// column, character, nats behind. Everything was read with a margin of 5.
fn misread(replaced: &[(usize, &str, &str)], thoughts: &[(usize, usize, char, f32)]) -> SeenZone {
    let mut lines = CARD.map(str::to_owned);
    for (line, from, to) in replaced {
        lines[*line] = lines[*line].replace(from, to);
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut zone = seen(&lines, 5.0, &[]);
    for (at, (line, column, ..)) in thoughts.iter().enumerate() {
        let here =
            |thought: &&(usize, usize, char, f32)| (thought.0, thought.1) == (*line, *column);
        if thoughts.iter().position(|thought| here(&thought)) == Some(at) {
            let of_cell = thoughts.iter().filter(here).map(|thought| Alternative {
                character: thought.2,
                behind: thought.3,
            });
            zone = zone.with_alternatives(cell(*line, *column), of_cell.collect());
        }
    }
    zone
}

/// The lines after the repair, where one is proven.
fn lines(seen: &SeenZone) -> Option<Vec<String>> {
    let changes = repair(seen, Thresholds::STANDARD)?;
    Some(repaired(seen.clone(), &changes).zone.lines())
}

/// The last character of the number, misread.
const NUMBER: (usize, &str, &str) = (0, "0123456784", "0123456794");
/// The month of birth, misread.
const BIRTH: (usize, &str, &str) = (1, "9001011", "9007011");

#[test]
fn what_the_digits_leave_no_choice_in_is_put_right() {
    let eight = (0, 13, '8', 0.3);
    let both_digits = |own, composite| vec![eight, (0, 14, '5', own), (1, 29, '8', composite)];
    for (replaced, thoughts, right) in [
        (vec![NUMBER], vec![eight], true),
        // Nothing was thought of, or only what does not help.
        (vec![NUMBER], vec![], false),
        (vec![NUMBER], vec![(0, 13, '7', 0.3)], false),
        // Too far behind to be what was misread.
        (vec![NUMBER], vec![(0, 13, '8', 2.1)], false),
        // Both digits over it may be what was misread: as likely, less likely, far less likely.
        (vec![NUMBER], both_digits(0.1, 0.2), false),
        (vec![NUMBER], both_digits(2.0, 2.2), false),
        (vec![NUMBER], both_digits(2.0, 2.4), true),
        (vec![NUMBER], vec![eight, (0, 14, '5', 0.1)], true),
        // Another thought that changes nothing for the digits is no rival.
        (vec![NUMBER], vec![eight, (2, 0, 'Z', 0.1)], true),
        // Two characters, in two fields.
        (vec![NUMBER, BIRTH], vec![eight, (1, 3, '1', 0.5)], true),
        (vec![NUMBER, BIRTH], vec![eight], false),
        (vec![], vec![eight], false),
    ] {
        let expected = right.then(|| CARD.map(str::to_owned).to_vec());
        let found = lines(&misread(&replaced, &thoughts));
        assert_eq!(found, expected, "{replaced:?} {thoughts:?}");
    }
}

#[test]
fn what_was_repaired_is_read_and_not_proven() {
    let zone = misread(&[NUMBER], &[(0, 13, '8', 0.3)]);
    let changes = repair(&zone, Thresholds::STANDARD).unwrap();
    let proof = repaired(zone, &changes).proof(MrzField::DocumentNumber, Thresholds::STANDARD);
    assert!(matches!(proof, FieldProof::Thin { .. }), "{proof:?}");
}

#[test]
fn a_zone_of_nothing_but_guesses_is_left_as_it_is() {
    let guesses: Vec<_> = (5..14)
        .flat_map(|column| "0123456789ABCDEF".chars().map(move |c| (0, column, c, 0.5)))
        .collect();
    assert_eq!(lines(&misread(&[NUMBER], &guesses)), None);
}
