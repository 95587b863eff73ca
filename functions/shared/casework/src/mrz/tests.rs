use jiff::civil::{Date, date};

use super::*;
use crate::sex::Sex;

mod properties;

const TODAY: Date = date(2026, 11, 22);
pub(super) const CARD: [&str; 3] = [
    "IDKAZ0123456784900101300057<<<",
    "9001011M3306149KAZ<<<<<<<<<<<0",
    "SPECIMEN<<AIDAR<<<<<<<<<<<<<<<",
];
const PASSPORT: [&str; 2] = [
    "P<KAZSPECIMEN<<AIDAR<<<<<<<<<<<<<<<<<<<<<<<<",
    "N123456785KAZ9001011M3306149900101300057<<46",
];

pub(super) fn zone(lines: &[&str]) -> Zone {
    Zone::new(lines).unwrap()
}

#[test]
fn a_kazakh_card_gives_every_field() {
    let (mrz, doubts) = zone(&CARD).parse(TODAY);
    assert_eq!(mrz.format, Format::Td1);
    assert_eq!(
        (
            mrz.document_code.as_str(),
            mrz.state.as_str(),
            mrz.nationality.as_str()
        ),
        ("ID", "KAZ", "KAZ")
    );
    assert_eq!(mrz.document_number.reveal(), "012345678");
    assert_eq!(*mrz.birth_date.reveal(), MrzDate::Known(date(1990, 1, 1)));
    assert_eq!(mrz.expiry_date, MrzDate::Known(date(2033, 6, 14)));
    assert_eq!(mrz.sex, Some(Sex::Male));
    assert_eq!(
        mrz.iin.as_ref().map(|iin| iin.reveal().as_str()),
        Some("900101300057")
    );
    assert_eq!(
        (
            mrz.surname.reveal().as_str(),
            mrz.given_names.reveal().as_str()
        ),
        ("SPECIMEN", "AIDAR")
    );
    assert_eq!(mrz.checks.optional, CheckDigit::NotPrinted);
    assert_eq!(mrz.checks.verified_count(), 4);
    assert!(mrz.checks.none_refuted());
    assert_eq!(doubts, []);
}

#[test]
fn a_kazakh_passport_gives_its_iin_and_five_digits() {
    let (mrz, doubts) = zone(&PASSPORT).parse(TODAY);
    assert_eq!(mrz.document_number.reveal(), "N12345678");
    assert_eq!(
        mrz.iin.as_ref().map(|iin| iin.reveal().as_str()),
        Some("900101300057")
    );
    assert_eq!(mrz.checks.verified_count(), 5);
    assert_eq!(doubts, []);
}

/// The specimens of ICAO 9303, parts 4 to 7, lines apart by spaces, and their document numbers.
const SPECIMENS: [(Format, &str, &str); 6] = [
    (
        Format::Td3,
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "L898902C3",
    ),
    (
        Format::Td1,
        "I<UTOD231458907<<<<<<<<<<<<<<< 7408122F1204159UTO<<<<<<<<<<<6 ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        "D23145890",
    ),
    (
        Format::Td1,
        "I<UTOD23145890<7349<<<<<<<<<<< 3407127M9507122UTO<<<<<<<<<<<2 STEVENSON<<PETER<JOHN<<<<<<<<<",
        "D23145890734",
    ),
    (
        Format::Td2,
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<< D231458907UTO7408122F1204159<<<<<<<6",
        "D23145890",
    ),
    (
        Format::MrvA,
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        "L8988901C",
    ),
    (
        Format::MrvB,
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<< L8988901C4XXX4009078F9612109<<<<<<<<",
        "L8988901C",
    ),
];

#[test]
fn the_specimens_of_all_five_formats_verify() {
    for (format, lines, number) in SPECIMENS {
        let lines: Vec<&str> = lines.split(' ').collect();
        let (mrz, doubts) = zone(&lines).parse(TODAY);
        assert_eq!(
            (mrz.format, mrz.document_number.reveal().as_str()),
            (format, number)
        );
        assert!(mrz.checks.none_refuted(), "{format:?}: {:?}", mrz.checks);
        assert!(mrz.checks.verified_count() >= 3, "{format:?}");
        assert_eq!(doubts, [], "{format:?}");
    }
}

#[test]
fn what_has_no_shape_is_refused_by_cause() {
    let no_lines: [&str; 0] = [];
    assert_eq!(
        Zone::new(&no_lines),
        Err(ShapeError::NoSuchFormat {
            lines: 0,
            length: 0
        })
    );
    assert_eq!(
        Zone::new(&[CARD[0], CARD[1]]),
        Err(ShapeError::NoSuchFormat {
            lines: 2,
            length: 30
        })
    );
    assert_eq!(
        Zone::new(&[CARD[0], CARD[1], &CARD[2][1..]]),
        Err(ShapeError::UnevenLines { line: 2 })
    );
    assert_eq!(
        Zone::new(&[CARD[0], CARD[1], "SPECIMEN<<AIDAR«<<<<<<<<<<<<<<"]),
        Err(ShapeError::NotInAlphabet {
            line: 2,
            column: 15
        })
    );
    assert_eq!(
        Zone::new(&[&CARD[0].to_lowercase(), CARD[1], CARD[2]]),
        Err(ShapeError::NotInAlphabet { line: 0, column: 0 })
    );
}

#[test]
fn an_empty_optional_field_may_have_a_filler_for_its_digit() {
    let with_optional = |optional: &str| {
        let line = format!("N123456785KAZ9001011M3306149{optional}0");
        zone(&[PASSPORT[0], &line]).check(Check::Optional)
    };
    assert_eq!(with_optional("<<<<<<<<<<<<<<<"), CheckDigit::NotPrinted);
    assert_eq!(with_optional("<<<<<<<<<<<<<<0"), CheckDigit::Verified);
    assert_eq!(with_optional("<<<<<<<<<<<<<<1"), CheckDigit::Refuted);
    assert_eq!(with_optional("900101300057<<<"), CheckDigit::Refuted);
}

#[test]
fn a_filler_read_for_a_cards_digit_is_refuted_and_no_long_number() {
    let line = CARD[0].replace("0123456784", "012345678<");
    let (mrz, _) = zone(&[&line, CARD[1], CARD[2]]).parse(TODAY);
    assert_eq!(mrz.checks.document_number, CheckDigit::Refuted);
    assert_eq!(mrz.document_number.reveal(), "012345678");
    assert!(mrz.iin.is_some());
}

#[test]
fn an_iin_of_the_same_day_says_the_century() {
    // 260101 is a past day of 2026 and of 1926; the IIN's seventh digit says which.
    let entries = MrzEntries {
        birth_date: date(1926, 1, 1),
        optional: "260101300011".into(),
        ..kazakh_card()
    };
    let zone = compose(Format::Td1, &entries).unwrap();
    let iin = crate::iin::IinDigits::of("260101300011").unwrap();
    let right = format!("26010130001{}", iin.check_digit_due().unwrap());
    let zone_with_iin = compose(
        Format::Td1,
        &MrzEntries {
            optional: right,
            ..entries
        },
    )
    .unwrap();
    assert_eq!(
        *zone_with_iin.parse(TODAY).0.birth_date.reveal(),
        MrzDate::Known(date(1926, 1, 1))
    );
    // A refuted IIN is no witness.
    if iin.check_digit_due() != Some(1) {
        assert_eq!(
            *zone.parse(TODAY).0.birth_date.reveal(),
            MrzDate::Known(date(2026, 1, 1))
        );
    }
}

#[test]
fn odd_contents_are_doubts_and_never_errors() {
    let (mrz, doubts) = zone(&[
        "1DKAZ0123456784900101300057<<<",
        "9013011X3306149KAZ<<<<<<<<<<<0",
        "SPEC1MEN<<<<<<<<<<<<<<<<<<<<<<",
    ])
    .parse(TODAY);
    assert_eq!(mrz.sex, None);
    assert_eq!(
        doubts,
        [
            MrzDoubt::OutsideAlphabet(Cell { line: 0, column: 0 }),
            MrzDoubt::OutsideAlphabet(Cell { line: 1, column: 7 }),
            MrzDoubt::OutsideAlphabet(Cell { line: 2, column: 4 }),
            MrzDoubt::BirthDateImpossible,
            MrzDoubt::NoGivenNames,
        ]
    );
}

#[test]
fn every_place_knows_its_alphabet() {
    assert_eq!(alphabet(Format::Td1, 0, 0), Alphabet::Letter);
    assert_eq!(alphabet(Format::Td1, 0, 14), Alphabet::DigitOrFiller);
    assert_eq!(alphabet(Format::Td3, 1, 43), Alphabet::Digit);
    assert_eq!(alphabet(Format::Td3, 9, 9), Alphabet::Any);
    assert_eq!(kazakh_alphabet(Format::Td1, 0, 15), Alphabet::Digit);
}

#[test]
fn fields_and_digits_fill_every_line_without_overlap() {
    for format in Format::ALL {
        for line in 0..format.line_count() {
            for column in 0..format.line_length() {
                let cell = Cell { line, column };
                let fields = format
                    .fields()
                    .iter()
                    .filter(|layout| layout.span.cells().any(|other| other == cell))
                    .count();
                let digits = format
                    .checks()
                    .iter()
                    .filter(|layout| layout.digit.cells().any(|other| other == cell))
                    .count();
                assert_eq!(fields + digits, 1, "{format:?} {cell:?}");
            }
        }
    }
}

fn kazakh_card() -> MrzEntries {
    MrzEntries {
        document_code: "ID".into(),
        state: "KAZ".into(),
        document_number: "012345678".into(),
        birth_date: date(1990, 1, 1),
        sex: Some(Sex::Male),
        expiry_date: date(2033, 6, 14),
        nationality: "KAZ".into(),
        optional: "900101300057".into(),
        surname: "SPECIMEN".into(),
        given_names: "AIDAR".into(),
    }
}

#[test]
fn composing_writes_the_specimens() {
    assert_eq!(compose(Format::Td1, &kazakh_card()).unwrap().lines(), CARD);
    let passport = MrzEntries {
        document_code: "P".into(),
        document_number: "N12345678".into(),
        ..kazakh_card()
    };
    assert_eq!(compose(Format::Td3, &passport).unwrap().lines(), PASSPORT);
    let long = MrzEntries {
        document_number: "D23145890734".into(),
        optional: String::new(),
        ..kazakh_card()
    };
    assert!(compose(Format::Td1, &long).unwrap().lines()[0].starts_with("IDKAZD23145890<7349<<<"));
}

#[test]
fn composing_refuses_what_does_not_fit() {
    let long = MrzEntries {
        document_number: "N123456789".into(),
        ..kazakh_card()
    };
    assert_eq!(
        compose(Format::Td3, &long),
        Err(ComposeError::TooLong(MrzField::DocumentNumber))
    );
    let cyrillic = MrzEntries {
        surname: "СЫНАҚ".into(),
        ..kazakh_card()
    };
    assert!(matches!(
        compose(Format::Td1, &cyrillic),
        Err(ComposeError::Shape(ShapeError::NotInAlphabet { .. }))
    ));
    let visa = MrzEntries {
        document_code: "V".into(),
        optional: String::new(),
        ..kazakh_card()
    };
    assert!(matches!(
        compose(Format::Td3, &visa),
        Err(ComposeError::Shape(ShapeError::NoSuchFormat { .. }))
    ));
}
