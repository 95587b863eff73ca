//! What was read held against what is there.

use std::path::PathBuf;

use casework::document::Certainty;
use casework::finding_code::QualityFinding;
use casework::reading::FieldName;
use samples::trial::{TrialTruth, ZoneTruth};

use crate::ours::{PageReading, ReadZone};
use crate::pages::Page;
use crate::set::Set;

/// Numbers, dates and IINs: what check digits cover.
const COVERED: [&str; 4] = ["document_number", "birth_date", "expiry_date", "iin"];

/// One page.
pub struct Row {
    /// Its file.
    pub path: PathBuf,
    /// The set it belongs to.
    pub set: Set,
    /// What it shows, and how it came about.
    pub truth: TrialTruth,
    /// CPU time of the MRZ part, milliseconds.
    pub cpu_ms: f64,
    /// Its zones, in the truth's order.
    pub zones: Vec<ZoneRow>,
    /// Zones that were read where there is none.
    pub invented: u32,
}

/// One zone.
#[derive(Default)]
pub struct ZoneRow {
    /// Whether one was read on its document.
    pub found: bool,
    /// Whether every character is right.
    pub exact: bool,
    /// Share of the document's own area and the read one's that both have.
    pub overlap: f32,
    /// Fields there are.
    pub fields: u32,
    /// Fields read right.
    pub right: u32,
    /// Numbers, dates and IINs there are.
    pub covered: u32,
    /// Of these, called verified.
    pub verified: u32,
    /// Of these, wrong.
    pub verified_wrong: u32,
    /// What was said to be poor.
    pub codes: Vec<QualityFinding>,
}

impl Row {
    /// Scores a page.
    pub fn of(page: &Page<Set>, reading: &PageReading) -> Self {
        let pairs = paired(&page.truth, reading);
        let matched = pairs.iter().flatten().count();
        let zones = page.truth.zones.iter().zip(pairs);
        Self {
            path: page.path.clone(),
            set: page.set,
            cpu_ms: reading.cpu_ms,
            zones: zones
                .map(|(truth, read)| ZoneRow::of(truth, read))
                .collect(),
            invented: u32::try_from(reading.zones.len() - matched).unwrap_or(u32::MAX),
            truth: page.truth.clone(),
        }
    }
}

/// For each true zone the one that was read on its document, each read zone once.
pub fn paired<'a>(truth: &TrialTruth, reading: &'a PageReading) -> Vec<Option<&'a ReadZone>> {
    let mut free: Vec<&ReadZone> = reading.zones.iter().collect();
    truth
        .zones
        .iter()
        .map(|zone| {
            let same = |read: &&ReadZone| read.lines == zone.mrz;
            let on_it = |read: &&ReadZone| contains(&zone.corners, read.middle);
            let at = free
                .iter()
                .position(|read| same(read) && on_it(read))
                .or_else(|| free.iter().position(on_it))?;
            Some(free.swap_remove(at))
        })
        .collect()
}

impl ZoneRow {
    fn of(truth: &ZoneTruth, read: Option<&ReadZone>) -> Self {
        let mut row = Self {
            fields: count(truth.fields.len()),
            covered: count(
                truth
                    .fields
                    .keys()
                    .filter(|field| COVERED.contains(&field.as_str()))
                    .count(),
            ),
            ..Self::default()
        };
        let Some(read) = read else {
            return row;
        };
        row.found = true;
        row.exact = read.lines == truth.mrz;
        row.overlap = overlap(&truth.corners, &read.corners);
        row.codes.clone_from(&read.codes);
        for (name, field) in &read.document.fields {
            let right = truth.fields.get(name.as_str()) == Some(field.value.reveal());
            row.right += u32::from(right);
            if field.certainty == Certainty::Verified {
                row.verified += u32::from(covered(name));
                row.verified_wrong += u32::from(!right);
            }
        }
        row
    }
}

fn covered(name: &FieldName) -> bool {
    COVERED.contains(&name.as_str())
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

type Corners = [[f32; 2]; 4];

/// Whether a point lies within a convex quadrilateral, whichever way round it goes.
fn contains(corners: &Corners, [x, y]: [f32; 2]) -> bool {
    let [.., last] = *corners;
    let starts = [last].into_iter().chain(*corners);
    let sides: Vec<f32> = starts
        .zip(corners)
        .map(|([ax, ay], [bx, by])| (bx - ax) * (y - ay) - (by - ay) * (x - ax))
        .collect();
    sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
}

/// Area of both over area of either, counted on a grid over them.
fn overlap(one: &Corners, other: &Corners) -> f32 {
    let all = || one.iter().chain(other);
    let least = all().fold([f32::INFINITY; 2], |m, p| [m[0].min(p[0]), m[1].min(p[1])]);
    let most = all().fold([f32::NEG_INFINITY; 2], |m, p| {
        [m[0].max(p[0]), m[1].max(p[1])]
    });
    let (mut both, mut either) = (0_u16, 0_u16);
    for row in 0_u8..100 {
        for column in 0_u8..100 {
            let at = |low: f32, high: f32, step: u8| {
                low + (high - low) * (f32::from(step) + 0.5) / 100.0
            };
            let spot = [at(least[0], most[0], column), at(least[1], most[1], row)];
            let (in_one, in_other) = (contains(one, spot), contains(other, spot));
            both += u16::from(in_one && in_other);
            either += u16::from(in_one || in_other);
        }
    }
    f32::from(both) / f32::from(either.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_the_share_both_have() {
        let square = |left: f32| {
            [
                [left, 0.0],
                [left + 10.0, 0.0],
                [left + 10.0, 10.0],
                [left, 10.0],
            ]
        };
        let turned = [[10.0, 10.0], [0.0, 10.0], [0.0, 0.0], [10.0, 0.0]];
        for (other, expected) in [
            (square(0.0), 1.0),
            (turned, 1.0),
            (square(5.0), 1.0 / 3.0),
            (square(20.0), 0.0),
        ] {
            let share = overlap(&square(0.0), &other);
            assert!((share - expected).abs() < 0.02, "{share} for {expected}");
        }
    }
}
