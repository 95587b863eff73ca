//! A whole document, and several of one person.

use super::*;

#[test]
fn one_persons_documents_of_a_file_bear_witness_and_two_persons_never() {
    let back = || reading(DocumentKind::IdCardBack, Some(mrz(&CARD, 1.0)), &[]);
    let front = |iin, birth| {
        reading(
            DocumentKind::IdCardFront,
            None,
            &[
                row("iin", iin, NET, 5.0),
                row("birth_date", birth, NET, 5.0),
            ],
        )
    };
    let same = weigh(vec![front("900101300057", "01.01.1990"), back()], TODAY);
    for document in &same {
        assert_eq!(
            stands(document, "iin"),
            Some(("900101300057", Verified, Some("mrz+print")))
        );
        assert_eq!(
            stands(document, "birth_date"),
            Some(("1990-01-01", Verified, Some("mrz+print")))
        );
    }
    let other = weigh(vec![front("900101300811", "01.01.1990"), back()], TODAY);
    assert_eq!(stands(&other[0], "iin").unwrap().1, Read);
    assert_eq!(stands(&other[0], "birth_date").unwrap().1, Read);
}

#[test]
fn two_papers_that_print_one_iin_clearly_prove_it_and_one_paper_scanned_twice_does_not() {
    use DocumentKind::{ExitPermit, IdCardFront};
    for (other, margins, proof) in [
        (ExitPermit, [8.0, 8.0], Some("print+print")),
        (ExitPermit, [8.0, 7.9], None),
        (ExitPermit, [7.9, 8.0], None),
        (IdCardFront, [20.0, 20.0], None),
    ] {
        let paper = |kind, margin| {
            let rows = [
                row("iin", "900101300057", NET, margin),
                row("birth_date", "01.01.1990", NET, margin),
            ];
            reading(kind, None, &rows)
        };
        let [one, two] = margins;
        let documents = weigh(vec![paper(IdCardFront, one), paper(other, two)], TODAY);
        for document in &documents {
            let certainty = if proof.is_some() { Verified } else { Read };
            let iin = Some(("900101300057", certainty, proof));
            assert_eq!(stands(document, "iin"), iin, "{other:?} {margins:?}");
            let day = stands(document, "birth_date").unwrap().1;
            assert_eq!(day, Read, "no margin proves a day");
        }
    }
}

#[test]
fn a_document_without_fields_and_lines_of_no_format_stay_documents() {
    let documents = weigh(
        vec![reading(
            DocumentKind::Unknown,
            Some(mrz(&["P<KAZ"], 9.0)),
            &[],
        )],
        TODAY,
    );
    assert_eq!(documents.len(), 1);
    assert!(documents[0].mrz.is_none() && documents[0].fields.is_empty());
}

#[test]
fn confidence_is_a_share_and_a_proven_value_has_the_highest() {
    let documents = weigh(
        vec![reading(
            DocumentKind::IdCardBack,
            Some(mrz(&CARD, 9.0)),
            &[row("birth_place", "АСТАНА", NET, 0.9)],
        )],
        TODAY,
    );
    for (name, field) in &documents[0].fields {
        assert!((0.0..=1.0).contains(&field.confidence), "{name}");
        assert_eq!(
            field.certainty == Verified,
            field.confidence >= 0.99,
            "{name}"
        );
        assert_eq!(field.certainty == Verified, field.proof.is_some(), "{name}");
    }
}
