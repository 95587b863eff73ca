//! What is verified, read and doubtful: a table of evidence and verdicts.

use jiff::civil::{Date, date};

use super::{Certainty, Document, weigh};
use crate::reading::{
    Bounds, DocumentKind, FieldName, FieldReading, MrzLine, MrzReading, Quality, Reader, Reading,
    Source,
};

const TODAY: Date = date(2026, 11, 22);
const CARD: [&str; 3] = [
    "IDKAZ0123456784900101300057<<<",
    "9001011M3306149KAZ<<<<<<<<<<<0",
    "SPECIMEN<<AIDAR<<<<<<<<<<<<<<<",
];
const PASSPORT: [&str; 2] = [
    "P<KAZPETROV<<IGOR<<<<<<<<<<<<<<<<<<<<<<<<<<<",
    "N123456785KAZ9001011M3306149900101300057<<46",
];
const BOX: Bounds = [10.0, 20.0, 30.0, 5.0];

fn mrz(lines: &[&str], margin: f32) -> MrzReading {
    let line = |text: &&str| MrzLine {
        text: (*text).into(),
        margins: vec![margin; text.len()],
        bounds: vec![BOX; text.len()],
        alternatives: Vec::new().into(),
    };
    MrzReading {
        lines: lines.iter().map(line).collect(),
    }
}

/// A reading: field, text, source, reader, margin of every character (none below zero).
type Row<'a> = (&'a str, &'a str, Source, Reader, f32);

fn reading(kind: DocumentKind, mrz: Option<MrzReading>, rows: &[Row]) -> Reading {
    let field = |(field, text, source, reader, margin): &Row| FieldReading {
        field: FieldName::from_key(*field),
        text: (*text).into(),
        source: *source,
        reader: *reader,
        bounds: BOX,
        margins: if *margin < 0.0 {
            Vec::new()
        } else {
            vec![*margin; text.chars().count()]
        },
        confidence: 0.9,
    };
    Reading {
        kind,
        page: 1,
        corners: [[0.0; 2]; 4],
        quality: Quality::default(),
        mrz,
        fields: rows.iter().map(field).collect(),
    }
}

/// Value, certainty and proof of a field.
fn stands<'a>(
    document: &'a Document,
    field: &'static str,
) -> Option<(&'a str, Certainty, Option<&'a str>)> {
    let field = document.fields.get(&FieldName::new(field))?;
    Some((
        field.value.reveal().as_str(),
        field.certainty,
        field.proof.as_deref(),
    ))
}

const NET: (Source, Reader) = (Source::Print, Reader::PrintNet);
const TESSERACT: (Source, Reader) = (Source::Print, Reader::Tesseract);
const QR: (Source, Reader) = (Source::Qr, Reader::CodeDecoder);
const BARCODE: (Source, Reader) = (Source::Barcode, Reader::CodeDecoder);

fn row<'a>(field: &'a str, text: &'a str, by: (Source, Reader), margin: f32) -> Row<'a> {
    (field, text, by.0, by.1, margin)
}

use Certainty::{Doubtful, Read, Verified};

type Expected<'a> = Option<(&'a str, Certainty, Option<&'a str>)>;

/// Field, margin of the zone (none: no zone), printed and coded rows, verdict.
type Case<'a> = (&'static str, Option<f32>, Vec<Row<'a>>, Expected<'a>);

fn check(table: Vec<Case>) {
    for (index, (field, zone, rows, expected)) in table.into_iter().enumerate() {
        let zone = zone.map(|margin| mrz(&CARD, margin));
        let documents = weigh(vec![reading(DocumentKind::IdCardBack, zone, &rows)], TODAY);
        assert_eq!(
            stands(&documents[0], field),
            expected,
            "row {index}: {field}"
        );
    }
}

const IIN: &str = "900101300057";
const BIRTH: &str = "birth_date";
const ISSUE: &str = "issue_date";
const MRZ_AND_PRINT: Option<&str> = Some("mrz+print");

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
fn readers_of_one_print_are_opinions_and_no_proof() {
    let issue = |text, by, margin| row(ISSUE, text, by, margin);
    check(vec![
        (
            "iin",
            None,
            vec![row("iin", IIN, NET, 9.0)],
            Some((IIN, Read, None)),
        ),
        (
            "iin",
            None,
            vec![row("iin", IIN, NET, 9.0), row("iin", IIN, TESSERACT, -1.0)],
            Some((IIN, Read, None)),
        ),
        // Of two numbers the one whose own digit is right is shown; it is no proof.
        (
            "iin",
            None,
            vec![
                row("iin", "900701300057", NET, 9.0),
                row("iin", IIN, TESSERACT, 1.0),
            ],
            Some((IIN, Doubtful, None)),
        ),
        (
            ISSUE,
            None,
            vec![
                issue("13.06.2023", NET, 9.0),
                issue("15.06.2023", TESSERACT, -1.0),
            ],
            Some(("2023-06-13", Doubtful, None)),
        ),
        // A reader that reads no day at all contradicts nobody.
        (
            ISSUE,
            None,
            vec![
                issue("13.06.2023", NET, 9.0),
                issue("13.0б.2023", TESSERACT, -1.0),
            ],
            Some(("2023-06-13", Read, None)),
        ),
        (
            ISSUE,
            None,
            vec![issue("31.06.2023", NET, 9.0)],
            Some(("31.06.2023", Doubtful, None)),
        ),
        (
            ISSUE,
            None,
            vec![issue("13.06.2023", NET, 0.1)],
            Some(("2023-06-13", Doubtful, None)),
        ),
        (
            ISSUE,
            None,
            vec![issue(" ", NET, 9.0), issue("", TESSERACT, 9.0)],
            None,
        ),
    ]);
}

#[test]
fn two_days_of_one_line_are_two_fields() {
    let range = |field| row(field, "15.06.2023 - 14.06.2033", NET, 9.0);
    check(vec![
        (
            "expiry_date",
            None,
            vec![range(ISSUE)],
            Some(("2033-06-14", Read, None)),
        ),
        (
            "expiry_date",
            Some(1.0),
            vec![range("expiry_date")],
            Some(("2033-06-14", Verified, MRZ_AND_PRINT)),
        ),
    ]);
}

#[test]
fn a_code_proves_together_with_the_print() {
    let name = vec![
        row("patronymic", "ӘБІШҰЛЫ", QR, -1.0),
        row("patronymic", "Әбішұлы", NET, 1.0),
    ];
    let barcode = || row("iin", IIN, BARCODE, -1.0);
    check(vec![
        ("iin", None, vec![barcode()], Some((IIN, Read, None))),
        (
            "iin",
            None,
            vec![barcode(), row("iin", IIN, NET, 1.0)],
            Some((IIN, Verified, Some("barcode+print"))),
        ),
        (
            "iin",
            Some(1.0),
            vec![barcode()],
            Some((IIN, Verified, Some("mrz+barcode"))),
        ),
        (
            "patronymic",
            None,
            name,
            Some(("Әбішұлы", Verified, Some("qr+print"))),
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
        super::CheckDigit::Refuted
    );
    assert_eq!(mrz.check_digits["optional"], super::CheckDigit::NotPrinted);
    let agreed = with(&[row("document_number", "012345679", NET, 1.0)]);
    assert_eq!(
        stands(&agreed[0], "document_number"),
        Some(("012345679", Verified, Some("mrz+print")))
    );
}

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
    let prints = weigh(
        vec![
            front("900101300057", "01.01.1990"),
            front("900101300057", "01.01.1990"),
        ],
        TODAY,
    );
    assert_eq!(
        stands(&prints[0], "iin"),
        Some(("900101300057", Verified, Some("print+print")))
    );
    assert_eq!(
        stands(&prints[0], "birth_date").unwrap().1,
        Read,
        "no margin proves a day"
    );
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
