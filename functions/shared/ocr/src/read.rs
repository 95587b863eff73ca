//! One file: bytes to what is on its pages.
//!
//! Open it, look at each page that is not blank, find the documents, read their fields,
//! look again where a second opinion is worth something, measure how well it can be seen.
//! Never here: a rule about what a value should be. A deadline is the caller's business.

mod fuller;
mod latin;
mod page;
mod second_look;
mod signature;
mod text_layer;

use std::sync::Arc;

use casework::finding_code::{FileFinding, QualityFinding, RefusalCode};
use casework::reading::{DocumentKind, FileReading, Quality, Reading};

use crate::file::{self, Limits};
use crate::line::ReadPrint;
use crate::mrz::{MrzReader, ReadMrz};
use crate::print::{Jury, LineNet};

/// Changes with everything that may make the same bytes read differently: weights, layout,
/// thresholds. What an older reader saw is read again.
pub const VERSION: &str = "8";

/// A reader could not be loaded; nothing can be read on this machine until that is mended.
#[derive(Debug, thiserror::Error)]
pub enum NoEyes {
    /// The weights for zones are broken.
    #[error(transparent)]
    Mrz(#[from] crate::mrz::NetError),
    /// The weights for lines are broken.
    #[error(transparent)]
    Print(#[from] crate::print::BrokenNet),
    /// Tesseract or its data is missing.
    #[error(transparent)]
    Typed(#[from] crate::print::NoTesseract),
}

/// The readers, loaded once.
pub struct Eyes {
    /// Machine readable zones.
    pub mrz: Box<dyn ReadMrz + Send + Sync>,
    /// Lines of print on cards.
    pub print: Box<dyn ReadPrint + Send + Sync>,
    /// Typed sheets, and a second opinion on lines.
    pub typed: Box<dyn ReadPrint + Send + Sync>,
}

impl Eyes {
    /// Loads the readers.
    ///
    /// # Errors
    /// [`NoEyes`] says which one is missing.
    pub fn open() -> Result<Self, NoEyes> {
        Ok(Self {
            mrz: Box::new(MrzReader::new()?),
            typed: Box::new(Jury::start(Arc::new(LineNet::load()?))?),
            print: Box::new(LineNet::load()?),
        })
    }

    /// Reads one file. `name` only serves to notice that it lies about the type; `on_page`
    /// is told the number of every page when it is done.
    ///
    /// # Errors
    /// The code to refuse the file with; the same bytes are refused again.
    pub fn read(
        &self,
        bytes: &[u8],
        name: Option<&str>,
        limits: &Limits,
        on_page: &mut dyn FnMut(u32),
    ) -> Result<FileReading, RefusalCode> {
        let file = file::open(bytes, name, limits)?;
        let mut reading = FileReading {
            pages: file.pages,
            page_sizes: Vec::new(),
            blank_pages: Vec::new(),
            readings: Vec::new(),
            findings: file.findings.clone(),
        };
        let mut refusal = RefusalCode::NotADocument;
        for number in 1..=file.pages {
            let page = file.page(number);
            reading.page_sizes.push(
                page.as_ref()
                    .map_or([0, 0], |page| page.grey.dimensions().into()),
            );
            match page {
                Ok(page) if file::blank(&page) => reading.blank_pages.push(number),
                Ok(page) => {
                    let (readings, findings) = page::read(self, &page);
                    reading.readings.extend(readings);
                    reading.findings.extend(findings);
                }
                Err(code) if file.pages == 1 => return Err(code),
                Err(code) => {
                    refusal = code;
                    reading.readings.push(unseen(number));
                }
            }
            on_page(number);
        }
        let nothing = reading.readings.iter().all(is_unseen);
        reading.findings.sort_unstable();
        reading.findings.dedup();
        if nothing { Err(refusal) } else { Ok(reading) }
    }
}

/// A page that could not be decoded, in a file whose other pages could: it is accounted for.
fn unseen(page: u32) -> Reading {
    Reading {
        kind: DocumentKind::Unknown,
        page,
        corners: [[0.0; 2]; 4],
        quality: Quality {
            findings: vec![QualityFinding::Unrecognised],
            ..Quality::default()
        },
        mrz: None,
        fields: Vec::new(),
    }
}

fn is_unseen(reading: &Reading) -> bool {
    reading.corners == [[0.0; 2]; 4]
}

/// What a page adds to its file.
type Seen = (Vec<Reading>, Vec<FileFinding>);
