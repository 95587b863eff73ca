//! When a Cyrillic name is proven.

use super::*;

#[test]
fn a_cyrillic_name_needs_its_ambiguous_letters_seen_by_two() {
    let table: [(&[Row], Certainty); 5] = [
        (&[row("surname", "ПЕТРОВ", NET, 9.0)], Read),
        (
            &[
                row("surname", "ПЕТРОВ", NET, 9.0),
                row("surname", "ПЕТРОВ", TESSERACT, 9.0),
            ],
            Verified,
        ),
        (
            &[
                row("surname", "ПЕТРОВ", NET, 9.0),
                row("surname", "ПЕТРОВ", TESSERACT, 0.5),
            ],
            Read,
        ),
        (
            &[
                row("surname", "ПЕТРОВ", NET, 9.0),
                row("surname", "ПЕТРОВ", TESSERACT, -1.0),
            ],
            Read,
        ),
        (
            &[
                row("surname", "ПЕТРӨВА", NET, 9.0),
                row("surname", "ПЕТРӨВА", TESSERACT, 9.0),
            ],
            Read,
        ),
    ];
    for (rows, certainty) in table {
        let documents = weigh(
            vec![reading(
                DocumentKind::Passport,
                Some(mrz(&PASSPORT, 9.0)),
                rows,
            )],
            TODAY,
        );
        assert_eq!(stands(&documents[0], "surname").unwrap().1, certainty);
    }
}
