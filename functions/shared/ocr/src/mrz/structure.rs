//! Whether what was read is built like a zone: its fields, where each format has them (ICAO 9303-3 §4).
//!
//! Text that is no zone can be long, evenly spaced and full of capitals; it does not have dates where
//! dates stand, a state's code where that stands, and names that end in fillers.
//! Never here: check digits, or how surely a character was read.

use casework::mrz::{MrzField, Zone};

/// How many of its fields cannot be what they should be.
pub(super) fn flaws(zone: &Zone) -> usize {
    let field = |field: MrzField| zone.field(field);
    [
        is_padded(&field(MrzField::State)),
        is_padded(&field(MrzField::Nationality)),
        is_date(&field(MrzField::BirthDate)),
        is_date(&field(MrzField::ExpiryDate)),
        are_names(&field(MrzField::Names)),
    ]
    .iter()
    .filter(|holds| !**holds)
    .count()
}

/// Something, then nothing but fillers.
fn is_padded(text: &str) -> bool {
    let inner = text.trim_end_matches('<');
    !inner.is_empty() && !inner.contains('<')
}

/// `YYMMDD`; what is not known is fillers.
fn is_date(text: &str) -> bool {
    let within = |range: std::ops::Range<usize>, most: u8| {
        let part = text.get(range).unwrap_or_default();
        part == "<<"
            || part
                .parse()
                .is_ok_and(|number: u8| (1..=most).contains(&number))
    };
    within(2..4, 12) && within(4..6, 31)
}

/// One or two identifiers apart by two fillers, and fillers to the end.
fn are_names(text: &str) -> bool {
    let inner = text.trim_end_matches('<');
    let full = inner.len() == text.len();
    let (surname, given) = inner.split_once("<<").unwrap_or((inner, ""));
    let well_formed = |part: &str| !part.starts_with('<') && !part.contains("<<");
    !surname.is_empty()
        && well_formed(surname)
        && well_formed(given)
        && (full || text.ends_with("<<") || text.len() == inner.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_no_flaws_and_a_listing_has() {
        for (lines, expected) in [
            (
                &[
                    "IDKAZ0123456784900101300057<<<",
                    "9001011M3306149KAZ<<<<<<<<<<<0",
                    "SPECIMEN<<AIDAR<<<<<<<<<<<<<<<",
                ][..],
                0,
            ),
            (
                &[
                    "P<D<<SPECIMEN<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                    "N123456780D<<9001011F3306149<<<<<<<<<<<<<<04",
                ][..],
                0,
            ),
            (
                &[
                    "P<K<ZSPECIMEN<<AIDAR<<X<<<<<<<<<<<<<<<<<<<<<",
                    "N123456780KAZ9013011M3306329<<<<<<<<<<<<<<04",
                ][..],
                4,
            ),
            (
                &[
                    "I<UTO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
                    "D231458907UTO74<<122F1204159<<<<<<<6",
                ][..],
                1,
            ),
        ] {
            let zone = Zone::new(lines).unwrap();
            assert_eq!(flaws(&zone), expected, "{lines:?}");
        }
    }
}
