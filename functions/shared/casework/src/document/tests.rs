//! What is verified, read and doubtful: a table of evidence and verdicts.

mod names;
mod papers;
mod print;
mod zone;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::Certainty::{self, Doubtful, Read, Verified};
use super::{Document, weigh};
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
        by_hand: BTreeMap::new(),
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
