//! Our reader, as it is used: a file's bytes to zones, each with its fields weighed.
#![expect(clippy::cast_possible_truncation, reason = "a ratio of page sides")]

use casework::document::{Document, weigh};
use casework::finding_code::QualityFinding;
use casework::reading::{DocumentKind, Reading};
use jiff::civil::{Date, date};
use ocr::file::{self, Limits};
use ocr::mrz::{FoundMrz, MrzReader, ReadMrz};
use ocr::net::BrokenNet;
use ocr::page::Page;
use ocr::quality::{self, Subject};
use ocr::raster::Pyramid;

use crate::clock::reading_cpu_ms;

/// The day on which everything is read: it gives two-digit years their century.
pub const TODAY: Date = date(2026, 11, 22);

/// The reader, loaded once.
pub struct Ours(MrzReader);

/// What was read on a page.
#[derive(Default)]
pub struct PageReading {
    /// The zones.
    pub zones: Vec<ReadZone>,
    /// CPU time from the decoded page to the zones, milliseconds.
    pub cpu_ms: f64,
}

/// A zone as it was read.
pub struct ReadZone {
    /// Its lines, repaired where that is proven.
    pub lines: Vec<String>,
    /// The document with the evidence for each field.
    pub document: Document,
    /// The middle of the lines, page pixels.
    pub middle: [f32; 2],
    /// The document's corners, page pixels.
    pub corners: [[f32; 2]; 4],
    /// What is said to be poor about it.
    pub codes: Vec<QualityFinding>,
}

impl Ours {
    /// Loads it.
    pub fn open() -> Result<Self, BrokenNet> {
        MrzReader::new().map(Self)
    }

    /// Reads the first page of a file; a file that is refused has no zones. Places are told
    /// in pixels of a page of `size`, for a PDF's page has none of its own.
    pub fn read(&self, bytes: &[u8], size: [u32; 2]) -> PageReading {
        let page = file::open(bytes, None, &Limits::APPLICANT).and_then(|file| file.page(1));
        let Ok(page) = page else {
            return PageReading::default();
        };
        let mut reading = self.read_page(&page);
        let (wide, tall) = page.grey.dimensions();
        let scale = |to: u32, from: u32| (f64::from(to) / f64::from(from.max(1))) as f32;
        let [right, down] = [scale(size[0], wide), scale(size[1], tall)];
        for zone in &mut reading.zones {
            for [x, y] in zone.corners.iter_mut().chain([&mut zone.middle]) {
                *x *= right;
                *y *= down;
            }
        }
        reading
    }

    fn read_page(&self, page: &Page) -> PageReading {
        let start = reading_cpu_ms();
        let found = self.0.zones(page);
        let cpu_ms = reading_cpu_ms() - start;
        let pyramid = Pyramid::new(page.grey.clone());
        PageReading {
            zones: found
                .iter()
                .filter_map(|zone| weighed(page, &pyramid, zone))
                .collect(),
            cpu_ms,
        }
    }
}

fn weighed(page: &Page, pyramid: &Pyramid, zone: &FoundMrz) -> Option<ReadZone> {
    let subject = Subject {
        kind: DocumentKind::Unknown,
        frame: &zone.frame,
        lines: &[zone.lines()],
        pitch: Some(zone.pitch_px),
    };
    let quality = quality::measure(pyramid, page.dpi, &subject);
    let codes = quality.findings.clone();
    let reading = Reading {
        kind: DocumentKind::Unknown,
        page: 1,
        corners: zone.frame.corners,
        quality,
        mrz: Some(zone.reading.clone()),
        by_hand: std::collections::BTreeMap::new(),
        fields: Vec::new(),
    };
    let document = weigh(vec![reading], TODAY).pop()?;
    let mrz = document.mrz.as_ref()?;
    Some(ReadZone {
        lines: mrz.lines.iter().map(|line| line.reveal().clone()).collect(),
        middle: zone.strip.middle(),
        corners: zone.frame.corners,
        codes,
        document,
    })
}
