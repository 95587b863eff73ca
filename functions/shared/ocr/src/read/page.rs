//! One page: look at it with each reader that its documents call for.

use std::collections::BTreeMap;

use casework::cover::COVER_PREFIX;
use casework::finding_code::{FileFinding, QualityFinding};
use casework::reading::{Bounds, DocumentKind, PageReading, Quality, Reading};
use casework::scan::Naming;

use super::open::Open;
use super::{Eyes, by_hand, second_look, signature, text_layer};
use crate::codes::{self, Code, Symbology};
use crate::focus;
use crate::frame::Frame;
use crate::layout::{self, Found, Payload, Sight, Value};
use crate::line::{Known, TextLine};
use crate::mrz::FoundMrz;
use crate::page::Page;
use crate::quality::{self, Line, Subject};
use crate::raster::Pyramid;

/// Lines that look like print make an unknown document of a page on which nothing can be read.
const LINES_LIKE_TEXT: usize = 3;
/// An unknown document is unrecognised if fewer letters than this were read with ease.
const LETTERS_MIN: usize = 60;
/// The reader's mean confidence over such a document.
const CONFIDENCE_MIN: f32 = 0.75;

/// Everything on a page besides the lines.
struct Look {
    size: [f32; 2],
    pyramid: Pyramid,
    zones: Vec<FoundMrz>,
    codes: Vec<Payload>,
}

/// The documents of a page, and what they say about the file.
pub(super) fn read(eyes: &Eyes, page: &Page) -> PageReading {
    let mut look = Look::at(eyes, page);
    let mut lines = eyes
        .print
        .lines(&look.pyramid, look.whole(), &Known::of(&look.zones));
    let mut found = look.documents(&lines);
    look.codes = codes_beside(page, &found);
    if !look.codes.is_empty() {
        found = look.documents(&lines);
    }
    let cover = look.cover(&found);
    if cover.is_some() {
        return PageReading {
            cover,
            blank: false,
            ..without_print(page)
        };
    }
    if let Some(sheet) = found.iter_mut().find(|found| is_sheet(found)) {
        sheet.by_hand = by_hand::set_apart(sheet, &lines);
        if sheet.by_hand.is_empty() {
            let sheet = sheet.clone();
            (found, lines) = look.with_sheet_typed(eyes, page, &lines, &sheet);
        }
    }
    let mut readings: Vec<Reading> = found
        .iter()
        .map(|found| look.reading(eyes, page, &lines, found))
        .collect();
    let like_text = lines.len() >= LINES_LIKE_TEXT || !look.codes.is_empty();
    let focused = like_text || focus::in_focus(&page.grey);
    if readings.is_empty() && (like_text || !focused) {
        let mut smear = look.unrecognised(page, &lines);
        if !focused && !smear.quality.findings.contains(&QualityFinding::Blur) {
            smear.quality.findings.push(QualityFinding::Blur);
        }
        readings.push(smear);
    }
    PageReading {
        findings: look.findings(page, &readings),
        readings,
        blank: false,
        ..without_print(page)
    }
}

/// A page on which nothing is printed.
pub(super) fn without_print(page: &Page) -> PageReading {
    let mut digest = Naming::default();
    let (width, height) = page.colour.dimensions();
    digest.update(&width.to_be_bytes());
    digest.update(&height.to_be_bytes());
    digest.update(page.colour.as_raw());
    PageReading {
        size: [width, height],
        digest: digest.finish().into(),
        blank: true,
        cover: None,
        readings: Vec::new(),
        findings: Vec::new(),
    }
}

/// The codes that what was found may bear: where it is cards and passports alone, the bars on their
/// backs; any code on the page else, whether something was found on it or not.
fn codes_beside(page: &Page, found: &[Found]) -> Vec<Payload> {
    let backs = found
        .iter()
        .filter(|found| found.kind == DocumentKind::IdCardBack)
        .map(|found| layout::around(&found.frame.corners));
    let codes = if found.is_empty() || found.iter().any(is_sheet) {
        codes::read(page)
    } else {
        backs
            .flat_map(|area| codes::linear_in(page, area, layout::is_bars))
            .collect()
    };
    let payload = |code: Code| Payload {
        linear: code.symbology == Symbology::Linear,
        bounds: code.bounds,
        text: code.text.into_inner(),
    };
    codes.into_iter().map(payload).collect()
}

/// Typed sheets are read by the second reader first.
const fn is_sheet(found: &Found) -> bool {
    found.zone.is_none()
        && matches!(
            found.kind,
            DocumentKind::ExitPermit | DocumentKind::RegistrationCard | DocumentKind::Unknown
        )
}

impl Look {
    #[expect(clippy::cast_precision_loss, reason = "the side of a page")]
    fn at(eyes: &Eyes, page: &Page) -> Self {
        let (width, height) = page.grey.dimensions();
        Self {
            size: [width as f32, height as f32],
            pyramid: Pyramid::new(page.grey.clone()),
            zones: eyes.mrz.zones(page),
            codes: Vec::new(),
        }
    }

    const fn whole(&self) -> Bounds {
        [0.0, 0.0, self.size[0], self.size[1]]
    }

    /// What its code says, where it is a cover sheet: never a page with a document on it, whatever
    /// codes its holder printed there.
    fn cover(&self, found: &[Found]) -> Option<String> {
        let with_document = found.iter().any(|f| f.kind != DocumentKind::Unknown);
        let mut codes = self.codes.iter().filter(|code| !code.linear);
        let cover = codes.find(|code| code.text.starts_with(COVER_PREFIX))?;
        (self.zones.is_empty() && !with_document).then(|| cover.text.clone())
    }

    fn documents(&self, lines: &[TextLine]) -> Vec<Found> {
        layout::documents(&Sight {
            size: self.size,
            lines,
            zones: &self.zones,
            codes: &self.codes,
        })
    }

    /// Has the sheet's lines read again by the reader of typed pages, where that may add to what
    /// the first reader saw. What only the first reader found there is kept.
    fn with_sheet_typed(
        &self,
        eyes: &Eyes,
        page: &Page,
        lines: &[TextLine],
        sheet: &Found,
    ) -> (Vec<Found>, Vec<TextLine>) {
        let of_sheet = |at: usize| sheet.lines.contains(&at);
        let open = Open::of(sheet);
        let again = |line: &TextLine| eyes.typed.reconsider(&page.grey, line);
        let all: Vec<TextLine> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                let from = of_sheet(at).then(|| open.begins_on(line)).flatten();
                from.map_or_else(|| line.clone(), |from| layout::read_from(line, from, again))
            })
            .collect();
        let mut found = self.documents(&all);
        let typed = found.iter_mut().find(|found| is_sheet(found));
        match typed {
            Some(typed) if typed.kind == sheet.kind => {
                let missing = |value: &&Value| typed.values.iter().all(|v| v.field != value.field);
                let more: Vec<Value> = sheet.values.iter().filter(missing).cloned().collect();
                typed.values.extend(more);
            }
            // The first reader knew what it is and the second does not: the first is right.
            Some(typed)
                if sheet.kind != DocumentKind::Unknown && typed.kind == DocumentKind::Unknown =>
            {
                return (self.documents(lines), lines.to_vec());
            }
            Some(_) => {}
            None => return (self.documents(lines), lines.to_vec()),
        }
        (found, all)
    }

    fn reading(&self, eyes: &Eyes, page: &Page, lines: &[TextLine], found: &Found) -> Reading {
        let zone = found.zone.and_then(|at| self.zones.get(at));
        let own: Vec<&TextLine> = found.lines.iter().filter_map(|&at| lines.get(at)).collect();
        let mut quality = self.measured(page, found, &own, zone);
        if is_sheet(found) && found.kind == DocumentKind::Unknown && is_unread(&own) {
            quality.findings.push(QualityFinding::Unrecognised);
        }
        if !found.by_hand.is_empty() {
            quality.findings.push(QualityFinding::Handwritten);
        }
        let mut fields = second_look::fields(eyes, &page.grey, found);
        let label = found.signature;
        fields.extend(label.and_then(|label| signature::signed(&page.grey, label, &own)));
        Reading {
            kind: found.kind,
            page: page.number,
            corners: found.frame.corners,
            quality,
            mrz: zone.map(|zone| zone.reading.clone()),
            fields,
            by_hand: found.by_hand.clone(),
        }
    }

    fn measured(
        &self,
        page: &Page,
        found: &Found,
        lines: &[&TextLine],
        zone: Option<&FoundMrz>,
    ) -> Quality {
        let mut seen: Vec<Line> = lines
            .iter()
            .map(|line| Line {
                corners: line.corners,
                capital_px: layout::height(line),
            })
            .collect();
        seen.extend(zone.map(FoundMrz::lines));
        let subject = Subject {
            kind: found.kind,
            frame: &found.frame,
            lines: &seen,
            pitch: zone.map(|zone| zone.pitch_px),
        };
        quality::measure(&self.pyramid, page.dpi, &subject)
    }

    fn unrecognised(&self, page: &Page, lines: &[TextLine]) -> Reading {
        let [width, height] = self.size;
        let frame = Frame {
            corners: [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]],
        };
        let found = Found {
            kind: DocumentKind::Unknown,
            frame,
            zone: None,
            lines: Vec::new(),
            values: Vec::new(),
            labels: Vec::new(),
            unread: Vec::new(),
            signature: None,
            by_hand: BTreeMap::new(),
        };
        let mut quality = self.measured(page, &found, &lines.iter().collect::<Vec<_>>(), None);
        quality.findings.push(QualityFinding::Unrecognised);
        Reading {
            kind: found.kind,
            page: page.number,
            corners: frame.corners,
            quality,
            mrz: None,
            fields: Vec::new(),
            by_hand: BTreeMap::new(),
        }
    }

    fn findings(&self, page: &Page, readings: &[Reading]) -> Vec<FileFinding> {
        let has_permit = readings
            .iter()
            .any(|reading| reading.kind == DocumentKind::ExitPermit);
        let has_qr = self.codes.iter().any(|code| !code.linear);
        let differs = page
            .text_layer
            .as_deref()
            .is_some_and(|layer| text_layer::differs(layer, readings));
        [
            (has_permit && has_qr, FileFinding::ElectronicDocument),
            (differs, FileFinding::TextLayerDiffers),
        ]
        .into_iter()
        .filter_map(|(present, finding)| present.then_some(finding))
        .collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of lines")]
fn is_unread(lines: &[&TextLine]) -> bool {
    let letters: usize = lines
        .iter()
        .map(|line| {
            line.glyphs
                .iter()
                .filter(|glyph| glyph.character.is_alphanumeric())
                .count()
        })
        .sum();
    let confidence: f32 =
        lines.iter().map(|line| line.confidence).sum::<f32>() / lines.len().max(1) as f32;
    letters < LETTERS_MIN || confidence < CONFIDENCE_MIN
}
