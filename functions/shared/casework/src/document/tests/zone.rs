//! What a machine readable zone proves, alone and together with the print.

use super::*;

#[test]
fn a_check_digit_proves_with_its_margins_and_no_letter() {
    check(vec![
        ("iin", Some(9.0), vec![], Some((IIN, Verified, Some("mrz")))),
        ("iin", Some(1.0), vec![], Some((IIN, Read, None))),
        (
            "document_number",
            Some(9.0),
            vec![],
            Some(("012345678", Verified, Some("mrz"))),
        ),
        (
            BIRTH,
            Some(9.0),
            vec![],
            Some(("1990-01-01", Verified, Some("mrz"))),
        ),
        (
            "expiry_date",
            Some(1.0),
            vec![],
            Some(("2033-06-14", Read, None)),
        ),
        (
            "surname_latin",
            Some(9.0),
            vec![],
            Some(("SPECIMEN", Read, None)),
        ),
        (
            "sex",
            Some(9.0),
            vec![row("sex", "ЕР/МУЖ", NET, 9.0)],
            Some(("M", Read, None)),
        ),
    ]);
}

#[test]
fn zone_and_print_that_agree_prove_and_that_differ_are_doubtful() {
    let birth = |text, by, margin| row(BIRTH, text, by, margin);
    let two = || {
        vec![
            birth("01.01.1990", NET, 9.0),
            birth("01.01.1998", TESSERACT, -1.0),
        ]
    };
    let latin = vec![row("surname_latin", "Specimen", NET, 0.5)];
    check(vec![
        (
            "iin",
            Some(1.0),
            vec![row("iin", IIN, NET, 0.5)],
            Some((IIN, Verified, MRZ_AND_PRINT)),
        ),
        (
            BIRTH,
            Some(1.0),
            vec![birth("01.01.1990", NET, 0.5)],
            Some(("1990-01-01", Verified, MRZ_AND_PRINT)),
        ),
        (
            "surname_latin",
            Some(1.0),
            latin,
            Some(("Specimen", Verified, MRZ_AND_PRINT)),
        ),
        (
            BIRTH,
            Some(9.0),
            vec![birth("01.01.1991", NET, 9.0)],
            Some(("1990-01-01", Doubtful, None)),
        ),
        // One reader of two agrees: with a zone that is not proven that is not proof either.
        (BIRTH, Some(1.0), two(), Some(("1990-01-01", Read, None))),
        (
            BIRTH,
            Some(9.0),
            two(),
            Some(("1990-01-01", Verified, MRZ_AND_PRINT)),
        ),
    ]);
}

#[test]
fn a_refuted_digit_makes_doubtful_and_agreement_with_the_print_heals() {
    let lines = ["IDKAZ0123456794900101300057<<<", CARD[1], CARD[2]];
    let with = |rows: &[Row]| {
        weigh(
            vec![reading(
                DocumentKind::IdCardBack,
                Some(mrz(&lines, 5.0)),
                rows,
            )],
            TODAY,
        )
    };
    let alone = with(&[]);
    assert_eq!(
        stands(&alone[0], "document_number"),
        Some(("012345679", Doubtful, None))
    );
    assert_eq!(
        stands(&alone[0], "birth_date").unwrap().1,
        Verified,
        "its own digit is right"
    );
    let mrz = alone[0].mrz.as_ref().unwrap();
    assert_eq!((mrz.format.as_str(), mrz.check_digits.len()), ("TD1", 5));
    assert_eq!(
        mrz.check_digits["document_number"],
        crate::document::CheckDigit::Refuted
    );
    assert_eq!(
        mrz.check_digits["optional"],
        crate::document::CheckDigit::NotPrinted
    );
    let agreed = with(&[row("document_number", "012345679", NET, 1.0)]);
    assert_eq!(
        stands(&agreed[0], "document_number"),
        Some(("012345679", Verified, Some("mrz+print")))
    );
}
