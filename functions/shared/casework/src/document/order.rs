//! The days of one document stand in an order: nobody is given a paper before birth, and none ends before it was given.

use jiff::civil::Date;

use super::Document;
use crate::reading::FieldName;

/// A day, and one that comes after it.
const PAIRS: [(&str, &str); 9] = [
    ("birth_date", "issue_date"),
    ("birth_date", "permit_date"),
    ("birth_date", "document_issue_date"),
    ("birth_date", "departure_date"),
    ("birth_date", "signed_on"),
    ("issue_date", "expiry_date"),
    ("issue_date", "valid_until"),
    ("document_issue_date", "document_expiry_date"),
    ("signed_on", "stay_until"),
];

/// Whether another day of the document stands before this one and should be after it, or the other way about:
/// one of the two was misread, or put for the other.
pub(super) fn is_upset(document: &Document, name: &FieldName) -> bool {
    let day = |key: &str| -> Option<Date> {
        let field = document.fields.get(&FieldName::from_key(key))?;
        field.value.reveal().parse().ok()
    };
    let mut pairs = PAIRS.iter();
    pairs.any(|(first, second)| {
        let is_one = [*first, *second].contains(&name.as_str());
        let days = || day(first).zip(day(second));
        is_one && days().is_some_and(|(first, second)| first >= second)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::document::{Certainty, weigh};
    use crate::reading::{DocumentKind, FieldReading, Quality, Reader, Reading, Source};

    fn permit(rows: &[(&str, &str)]) -> Document {
        let field = |(name, text): &(&str, &str)| FieldReading {
            field: FieldName::from_key(*name),
            text: (*text).into(),
            source: Source::Print,
            reader: Reader::PrintNet,
            bounds: [0.0; 4],
            margins: vec![9.0; text.chars().count()],
            confidence: 0.99,
        };
        let reading = Reading {
            kind: DocumentKind::ExitPermit,
            page: 1,
            corners: [[0.0; 2]; 4],
            quality: Quality::default(),
            mrz: None,
            fields: rows.iter().map(field).collect(),
            by_hand: BTreeMap::new(),
        };
        weigh(vec![reading], date(2026, 11, 22)).remove(0)
    }

    #[test]
    fn days_out_of_order_are_doubtful_and_what_the_iin_knows_is_not_to_blame() {
        let (iin, born) = (("iin", "900101300017"), ("birth_date", "01.01.1990"));
        let (given, ends) = (("issue_date", "18.09.2026"), ("valid_until", "18.09.2027"));
        let before = ("valid_until", "18.09.2021");
        let as_born = ("issue_date", "01.01.1990");
        for (rows, expected) in [
            (vec![iin, born, given, ends], vec![]),
            (
                vec![iin, born, given, before],
                vec!["issue_date", "valid_until"],
            ),
            (vec![iin, born, as_born, ends], vec!["issue_date"]),
            (vec![born, as_born, ends], vec!["birth_date", "issue_date"]),
            (vec![ends], vec![]),
        ] {
            let document = permit(&rows);
            let doubtful = document
                .fields
                .iter()
                .filter(|(_, field)| field.certainty == Certainty::Doubtful);
            let doubtful: Vec<&str> = doubtful.map(|(name, _)| name.as_str()).collect();
            assert_eq!(doubtful, expected, "{rows:?}");
        }
        let unheard_of = permit(&[("issue_date", "18.09.2826")]);
        assert_eq!(
            unheard_of.fields[&FieldName::ISSUE_DATE].certainty,
            Certainty::Doubtful
        );
    }
}
