use super::*;
use crate::mrz::tests::{CARD, zone};

pub(in crate::mrz) fn seen(lines: &[&str], margin: f32, thin: &[(Cell, f32)]) -> SeenZone {
    let mut margins: Vec<Vec<f32>> = lines.iter().map(|line| vec![margin; line.len()]).collect();
    for (cell, margin) in thin {
        margins[cell.line][cell.column] = *margin;
    }
    SeenZone::new(zone(lines), &margins)
}

pub(in crate::mrz) const fn cell(line: usize, column: usize) -> Cell {
    Cell { line, column }
}

/// A card read with `margin` throughout but for one thin place.
fn proof_of(field: MrzField, margin: f32, thin: Option<(Cell, f32)>) -> FieldProof {
    seen(&CARD, margin, thin.as_slice()).proof(field, Thresholds::STANDARD)
}

#[test]
fn a_field_is_proven_by_digit_and_margins_together() {
    let proven = |by| FieldProof::Proven { by };
    let thin = |by, share| FieldProof::Thin { by, share };
    let (number, birth) = (Check::DocumentNumber, Check::BirthDate);
    let table = [
        (MrzField::DocumentNumber, 5.0, None, proven(number)),
        (MrzField::Optional, 5.0, None, proven(Check::Composite)),
        (MrzField::Names, 9.0, None, FieldProof::Uncovered),
        (MrzField::Sex, 9.0, None, FieldProof::Uncovered),
        // Digits alone have no twin: the plain margin suffices, and no less.
        (MrzField::DocumentNumber, 2.0, None, proven(number)),
        (
            MrzField::DocumentNumber,
            5.0,
            Some((cell(0, 7), 1.0)),
            thin(number, 0.5),
        ),
        // The check digit's own margin counts.
        (
            MrzField::DocumentNumber,
            5.0,
            Some((cell(0, 14), 1.0)),
            thin(number, 0.5),
        ),
        // 0 and < are twins in a date.
        (
            MrzField::BirthDate,
            5.0,
            Some((cell(1, 1), 2.0)),
            thin(birth, 0.5),
        ),
        (MrzField::BirthDate, 0.0, None, thin(birth, 0.0)),
    ];
    for (field, margin, place, proof) in table {
        assert_eq!(
            proof_of(field, margin, place),
            proof,
            "{field:?} {margin} {place:?}"
        );
    }
}

#[test]
fn a_refuted_digit_proves_nothing_at_any_margin() {
    let lines = [
        &CARD[0].replace("0123456784", "0123456794"),
        CARD[1],
        CARD[2],
    ];
    let proof = seen(&lines, 99.0, &[]).proof(MrzField::DocumentNumber, Thresholds::STANDARD);
    assert_eq!(
        proof,
        FieldProof::Refuted {
            by: Check::DocumentNumber
        }
    );
}

#[test]
fn letters_in_a_number_need_the_blind_margin_unless_the_twin_is_known_to_be_far() {
    let lines = [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ];
    let number = |seen: &SeenZone| seen.proof(MrzField::DocumentNumber, Thresholds::STANDARD);
    let proven = FieldProof::Proven {
        by: Check::DocumentNumber,
    };
    assert_eq!(number(&seen(&lines, 4.0, &[])), proven);
    let thin = seen(&lines, 9.0, &[(cell(1, 7), 3.0)]);
    assert_eq!(
        number(&thin),
        FieldProof::Thin {
            by: Check::DocumentNumber,
            share: 0.75
        }
    );
    let other = |character, behind| vec![Alternative { character, behind }];
    assert_eq!(
        number(&thin.clone().with_alternatives(cell(1, 7), other('G', 3.0))),
        proven
    );
    assert!(matches!(
        number(&thin.with_alternatives(cell(1, 7), other('M', 3.0))),
        FieldProof::Thin { .. }
    ));
}
