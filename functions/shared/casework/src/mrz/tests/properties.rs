//! Composed zones parse back, and another implementation reads them alike.

use jiff::civil::date;
use proptest::prelude::*;

use super::{CARD, TODAY, zone};
use crate::mrz::*;
use crate::sex::Sex;

fn entries() -> impl Strategy<Value = MrzEntries> {
    let day = |years: std::ops::Range<i16>| {
        (years, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| date(y, m, d))
    };
    (
        "[0-9A-Z]{9}",
        day(1930..2026),
        proptest::option::of(prop_oneof![Just(Sex::Male), Just(Sex::Female)]),
        day(2000..2060),
        "[0-9A-Z]{0,6}",
        "[A-Z]{2,9}( [A-Z]{2,4})?",
        "[A-Z]{2,7}",
    )
        .prop_map(
            |(document_number, birth_date, sex, expiry_date, optional, surname, given_names)| {
                MrzEntries {
                    document_code: "I".into(),
                    state: "UTO".into(),
                    nationality: "UTO".into(),
                    document_number,
                    birth_date,
                    sex,
                    expiry_date,
                    optional,
                    surname,
                    given_names,
                }
            },
        )
}

/// What the crate `mrz` reads from the same lines: number, birth, expiry, surname, given names, digits.
fn by_the_crate(format: Format, lines: &[String]) -> mrz::MrzData {
    match (format, lines) {
        (Format::Td1, [a, b, c]) => mrz::parse_td1(a, b, c),
        (Format::Td2, [a, b]) => mrz::parse_td2(a, b),
        (Format::Td3, [a, b]) => mrz::parse_td3(a, b),
        (Format::MrvA, [a, b]) => mrz::parse_mrv_a(a, b),
        (Format::MrvB, [a, b]) => mrz::parse_mrv_b(a, b),
        _ => unreachable!("shape is the format's"),
    }
    .unwrap()
}

fn as_option(check: CheckDigit) -> Option<bool> {
    match check {
        CheckDigit::Verified => Some(true),
        CheckDigit::Refuted => Some(false),
        CheckDigit::NotPrinted => None,
    }
}

proptest! {
    #[test]
    fn what_is_composed_parses_back(mut entries in entries(), format in proptest::sample::select(&Format::ALL[..])) {
        match format {
            Format::MrvA | Format::MrvB => entries.document_code = "V".into(),
            Format::Td3 => entries.document_code = "P".into(),
            Format::Td1 | Format::Td2 => {}
        }
        let (mrz, doubts) = compose(format, &entries).unwrap().parse(TODAY);
        prop_assert!(mrz.checks.none_refuted());
        prop_assert_eq!(mrz.document_number.reveal(), &entries.document_number);
        prop_assert_eq!(*mrz.birth_date.reveal(), MrzDate::Known(entries.birth_date));
        prop_assert_eq!(mrz.expiry_date, MrzDate::Known(entries.expiry_date));
        prop_assert_eq!(mrz.sex, entries.sex);
        prop_assert_eq!(mrz.optional.reveal(), &entries.optional);
        prop_assert_eq!(mrz.surname.reveal(), &entries.surname);
        prop_assert_eq!(mrz.given_names.reveal(), &entries.given_names);
        prop_assert!(doubts.iter().all(|doubt| *doubt == MrzDoubt::ThreeLettersAlike), "{:?}", doubts);
    }

    #[test]
    fn we_read_what_the_crate_mrz_reads(
        mut entries in entries(),
        format in proptest::sample::select(&Format::ALL[..]),
        place in (0_usize..3, 0_usize..44),
        misread in proptest::sample::select(('0'..='9').chain('A'..='Z').collect::<Vec<_>>()),
    ) {
        match format {
            Format::MrvA | Format::MrvB => entries.document_code = "V".into(),
            Format::Td3 => entries.document_code = "P".into(),
            Format::Td1 | Format::Td2 => {}
        }
        // The crate refuses an unknown document code and a leading filler; we give an answer.
        prop_assume!(place != (0, 0) && place != (0, 1));
        let zone = compose(format, &entries).unwrap().with(Cell { line: place.0, column: place.1 }, misread);
        let (ours, _) = zone.parse(TODAY);
        let theirs = by_the_crate(format, &zone.lines());
        prop_assert_eq!(as_option(ours.checks.document_number), theirs.checks.document_number);
        prop_assert_eq!(as_option(ours.checks.birth_date), theirs.checks.date_of_birth);
        prop_assert_eq!(as_option(ours.checks.expiry_date), theirs.checks.date_of_expiry);
        prop_assert_eq!(as_option(ours.checks.composite), theirs.checks.composite);
        prop_assert_eq!(ours.document_number.reveal().as_str(), theirs.full_document_number());
        prop_assert_eq!(&ours.state, &theirs.issuing_country);
        prop_assert_eq!(&ours.nationality, &theirs.nationality);
    }

    #[test]
    fn any_lines_of_the_right_shape_give_an_answer(lines in proptest::collection::vec("[A-Z0-9<]{30}", 3)) {
        let zone = Zone::new(&lines).unwrap();
        let (mrz, _) = zone.parse(TODAY);
        prop_assert_eq!(mrz.checks, zone.checks());
        prop_assert_eq!(zone.lines(), lines);
    }

    #[test]
    fn no_misread_digit_of_a_kazakh_number_passes_its_check_digit(column in 5_usize..14, change in 1_u32..10) {
        let card = zone(&CARD);
        let here = card.at(Cell { line: 0, column }).to_digit(10).unwrap();
        let misread = card.with(Cell { line: 0, column }, char::from_digit((here + change) % 10, 10).unwrap());
        prop_assert_eq!(misread.check(Check::DocumentNumber), CheckDigit::Refuted);
    }
}
