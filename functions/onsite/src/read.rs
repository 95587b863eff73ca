//! `tirkeu read`: one JSON line a file, the contract that other programs rely on.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use casework::document::{CheckDigit, Document, Field, weigh};
use casework::finding_code::{FileFinding, RefusalCode};
use casework::ports::{ReadScan, Seen};
use casework::reading::{Bounds, DocumentKind, FieldName, Quality, Source};
use casework::words::{Language, Words, key_of};
use jiff::civil::Date;
use serde::Serialize;

use crate::eyes::{Allowance, Eyes};

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    pages: u32,
    ms: f64,
    documents: Vec<ReadDocument<'a>>,
    findings: &'a [FileFinding],
    refused: Option<Refused>,
}

#[derive(Serialize)]
struct ReadDocument<'a> {
    kind: DocumentKind,
    page: u32,
    corners: [[f32; 2]; 4],
    quality: &'a Quality,
    #[serde(skip_serializing_if = "Option::is_none")]
    mrz: Option<ReadMrz<'a>>,
    fields: BTreeMap<&'a FieldName, ReadField<'a>>,
    /// Entries written by hand, where each stands: nobody has read them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    by_hand: &'a BTreeMap<FieldName, Bounds>,
}

#[derive(Serialize)]
struct ReadMrz<'a> {
    format: &'a str,
    lines: Vec<&'a str>,
    check_digits: &'a BTreeMap<String, CheckDigit>,
}

#[derive(Serialize)]
struct ReadField<'a> {
    value: &'a str,
    certainty: casework::document::Certainty,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<&'a str>,
    confidence: f32,
    source: Source,
    bounds: Bounds,
    raw: &'a str,
}

#[derive(Serialize)]
struct Refused {
    code: RefusalCode,
    message: String,
    quarantined: bool,
}

/// Reads every file in turn. Whether each of them could be opened.
pub async fn run(files: &[PathBuf], language: Language, today: Date) -> std::io::Result<bool> {
    let (eyes, words) = (Eyes::new(Allowance::File), Words::of(language));
    let mut all_opened = true;
    for file in files {
        let started = Instant::now();
        let seen = see(&eyes, file).await?;
        all_opened &= !matches!(seen, Err(RefusalCode::CannotOpen));
        print(
            file,
            &seen,
            started.elapsed().as_secs_f64() * 1e3,
            &words,
            today,
        )?;
    }
    Ok(all_opened)
}

/// Looks at the size before a byte is read.
async fn see(eyes: &Eyes, file: &Path) -> std::io::Result<Seen> {
    let size = match std::fs::metadata(file) {
        Ok(metadata) if metadata.is_file() => metadata.len(),
        _ => return Ok(Err(RefusalCode::CannotOpen)),
    };
    if size > ocr::file::Limits::APPLICANT.bytes_max as u64 {
        return Ok(Err(RefusalCode::TooLarge));
    }
    let Ok(bytes) = std::fs::read(file) else {
        return Ok(Err(RefusalCode::CannotOpen));
    };
    let name = file.file_name().map(|n| n.to_string_lossy());
    eyes.read(&bytes, name.as_deref())
        .await
        .map_err(std::io::Error::other)
}

fn print(file: &Path, seen: &Seen, ms: f64, words: &Words, today: Date) -> std::io::Result<()> {
    let name = shown_name(file);
    let mut line = Line {
        file: &name,
        pages: 0,
        ms: (ms * 10.0).round() / 10.0,
        documents: Vec::new(),
        findings: &[],
        refused: None,
    };
    let documents;
    match seen {
        Ok(reading) => {
            documents = weigh(reading.readings.clone(), today);
            line.pages = reading.pages;
            line.documents = documents.iter().map(read_document).collect();
            line.findings = &reading.findings;
        }
        Err(code) => {
            let message = words.say(&format!("refusal-{}", key_of(code.code())));
            line.refused = Some(Refused {
                code: *code,
                message,
                quarantined: code.quarantined(),
            });
        }
    }
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &line)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn read_document(document: &Document) -> ReadDocument<'_> {
    ReadDocument {
        kind: document.kind,
        page: document.page,
        corners: document.corners,
        quality: &document.quality,
        mrz: document.mrz.as_ref().map(|mrz| ReadMrz {
            format: &mrz.format,
            lines: mrz
                .lines
                .iter()
                .map(|line| line.reveal().as_str())
                .collect(),
            check_digits: &mrz.check_digits,
        }),
        fields: document
            .fields
            .iter()
            .map(|(name, field)| (name, read_field(field)))
            .collect(),
        by_hand: &document.by_hand,
    }
}

fn read_field(field: &Field) -> ReadField<'_> {
    ReadField {
        value: field.value.reveal(),
        certainty: field.certainty,
        proof: field.proof.as_deref(),
        confidence: field.confidence,
        source: field.source,
        bounds: field.bounds,
        raw: field.raw.reveal(),
    }
}

/// A file name as it came; bytes that are no UTF-8 are escaped `\xNN`.
pub fn shown_name(file: &Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;
    file.as_os_str()
        .as_bytes()
        .utf8_chunks()
        .fold(String::new(), |mut name, chunk| {
            name.push_str(chunk.valid());
            for byte in chunk.invalid() {
                let _ = write!(name, "\\x{byte:02X}");
            }
            name
        })
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    #[test]
    fn a_file_name_is_given_as_it_came() {
        for (bytes, shown) in [
            (&b"scan.jpg"[..], "scan.jpg"),
            ("Құжат 1.png".as_bytes(), "Құжат 1.png"),
            (b"a\xFFb", "a\\xFFb"),
            (b"", ""),
        ] {
            assert_eq!(
                shown_name(Path::new(std::ffi::OsStr::from_bytes(bytes))),
                shown
            );
        }
    }
}
