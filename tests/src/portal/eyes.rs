//! Eyes that see what a paper says in plain text: `passport` and a line `key=value` for each field.
//! A paper that says `broken` finds the reader ill.

use std::collections::BTreeMap;

use casework::finding_code::RefusalCode;
use casework::ports::{ReadScan, ReaderFailure, Seen, ShowPage};
use casework::reading::{
    DocumentKind, FieldName, FieldReading, FileReading, Quality, Reader, Reading, Source,
};
use casework::scan::ScanId;

#[derive(Debug)]
pub(super) struct Eyes;

/// A passport of this IIN, as these eyes can read it.
pub(super) fn passport(iin: &str) -> Vec<u8> {
    format!(
        "passport\nsurname=СӘБИТОВ\ngiven_names=АЙДАР\nsex=M\nbirth_date=1990-01-01\niin={iin}\n\
         document_number=N10000001\ncitizenship=KAZ\nissue_date=2024-03-02\nexpiry_date=2034-03-01"
    )
    .into_bytes()
}

impl ReadScan for Eyes {
    fn version(&self) -> &'static str {
        "plain text"
    }

    async fn read(&self, bytes: &[u8], _: Option<&str>) -> Result<Seen, ReaderFailure> {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.lines();
        let kind = match lines.next() {
            Some("passport") => DocumentKind::Passport,
            Some("back") => DocumentKind::IdCardBack,
            Some("broken") => return Err(ReaderFailure("it is ill".to_owned())),
            _ => return Ok(Err(RefusalCode::UnreadableImage)),
        };
        let pairs = lines.filter_map(|line| line.split_once('='));
        let fields = pairs.zip(0_u8..).map(|((name, value), line)| FieldReading {
            field: FieldName::from_key(name),
            text: value.into(),
            source: Source::Print,
            reader: Reader::PrintNet,
            bounds: [60.0, 40.0 + 50.0 * f32::from(line), 300.0, 24.0],
            margins: vec![20.0; value.chars().count()],
            confidence: 0.99,
        });
        Ok(Ok(FileReading {
            pages: 1,
            page_sizes: vec![[800, 600]],
            blank_pages: Vec::new(),
            readings: vec![Reading {
                kind,
                page: 1,
                corners: [[0.0, 0.0], [800.0, 0.0], [800.0, 600.0], [0.0, 600.0]],
                quality: Quality::default(),
                mrz: None,
                by_hand: BTreeMap::new(),
                fields: fields.collect(),
            }],
            findings: Vec::new(),
            covers: BTreeMap::new(),
        }))
    }
}

impl ShowPage for Eyes {
    async fn picture(
        &self,
        _: &ScanId,
        page: u32,
        _: u32,
    ) -> Result<Option<Vec<u8>>, ReaderFailure> {
        Ok((page == 1).then(|| b"a picture".to_vec()))
    }
}
