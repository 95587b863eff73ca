//! A zone as it was decoded from strips, and how far that is to be believed.
//!
//! Check digits count as evidence here, for a rotation, a format, a zone at all. They
//! change no character: casework decides what they prove.

use casework::mrz::{Check, CheckDigit, Format, Zone};
use casework::personal::Personal;
use casework::reading::{MrzLine, MrzReading};

use super::alignment;
use super::allowed::Allowed;
use super::course::Course;
use super::decode::{Cell, Decoded, decode};
use super::geometry;
use super::posterior::Posterior;
use super::strip::Strip;
use super::structure;
use crate::homography::Homography;

/// A strip and what the net saw on it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub strip: Strip,
    pub posterior: Posterior,
}

/// Lines of a format, decoded.
#[derive(Debug, Clone)]
pub(super) struct Sighting {
    pub format: Format,
    pub lines: Vec<(Strip, Decoded)>,
    /// By how many columns each line stands beside the others; see [`alignment::shifts`].
    shifts: Vec<i32>,
    /// Check digits that are right.
    pub verified: usize,
    /// Check digits that are wrong.
    pub refuted: usize,
    /// Fields that cannot be what they should be.
    pub flaws: usize,
    /// Mean probability of the characters at their places; one left out counts as none at all.
    pub quality: f32,
}

/// Mean probability from which characters are worth anything.
const QUALITY_MIN: f32 = 0.45;
/// Mean probability that makes a zone even where its check digits are mostly wrong.
const QUALITY_STRONG: f32 = 0.8;
/// Mean probability that makes a zone even where every check digit is wrong.
const QUALITY_PLAIN: f32 = 0.9;
/// Probability of a character that opens a zone, where one is seen.
const OPENING_MIN: f32 = 0.3;

impl Sighting {
    /// Decodes lines as a format. A first `V` makes it a visa.
    pub fn decode(format: Format, seen: &[&Seen], course: Course) -> Option<Self> {
        let (first, rest) = seen.split_first()?;
        let opening = line(format, 0, first, course)?;
        let format = match (format, opening.1.cells.first()?.character) {
            (Format::Td3, 'V') => Format::MrvA,
            (Format::Td2, 'V') => Format::MrvB,
            _ => format,
        };
        let mut lines = vec![opening];
        for (index, seen) in rest.iter().enumerate() {
            lines.push(line(format, index + 1, seen, course)?);
        }
        Self::of(format, lines)
    }

    fn of(format: Format, lines: Vec<(Strip, Decoded)>) -> Option<Self> {
        let texts: Vec<String> = lines.iter().map(|(_, line)| text(&line.cells)).collect();
        let zone = Zone::new(&texts).ok()?;
        let checks = zone.checks();
        #[expect(clippy::cast_precision_loss, reason = "a few dozen at most")]
        let left_out = lines.iter().map(|(_, line)| line.left_out).sum::<usize>() as f32;
        let (sum, count) = lines
            .iter()
            .flat_map(|(_, line)| &line.cells)
            .fold((0.0, left_out), |(sum, count), cell| {
                (sum + cell.probability, count + 1.0)
            });
        Some(Self {
            format,
            shifts: alignment::shifts(&lines),
            lines,
            verified: checks.verified_count(),
            refuted: Check::ALL
                .into_iter()
                .filter(|check| checks.get(*check) == CheckDigit::Refuted)
                .count(),
            flaws: structure::flaws(&zone),
            quality: sum / count,
        })
    }

    /// What the choice between two sightings of the same place goes by.
    pub fn score(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "five at most")]
        let digits = self.verified as f32 - 0.5 * self.refuted as f32;
        digits / 4.0 + 2.0 * self.quality
    }

    /// Every check digit is right, every character clear: nothing to be gained by another look.
    pub fn is_clear(&self) -> bool {
        let clear = |cell: &Cell| cell.margin > 2.5;
        self.is_proven() && self.is_aligned() && self.cells().all(clear)
    }

    /// Every check digit is right, and there are enough of them that chance made none of it.
    pub const fn is_proven(&self) -> bool {
        self.refuted == 0 && self.verified >= 3
    }

    /// Whether this is a zone at all: it is built like one, has fillers as nearly every zone does, and either
    /// its check digits agree or its characters are beyond doubt.
    pub fn is_zone(&self) -> bool {
        let opens = self
            .cells()
            .next()
            .is_some_and(|cell| cell.probability > OPENING_MIN);
        let proven = self.verified >= 3 && self.verified > self.refuted && self.flaws <= 2;
        let strong = self.quality > QUALITY_STRONG && self.verified >= 1 && self.flaws <= 1;
        let plain = self.quality > QUALITY_PLAIN && self.flaws == 0;
        // A single name may fill its line to the end; then all else must be right.
        let perfect = self.is_proven() && plain;
        self.quality > QUALITY_MIN
            && (perfect || self.has_fillers())
            && ((proven && self.refuted == 0) || (opens && (proven || strong || plain)))
    }

    /// `<<` stands between or behind names on the name line, clearly seen.
    fn has_fillers(&self) -> bool {
        let names = match self.format {
            Format::Td1 => self.lines.get(2),
            Format::Td2 | Format::Td3 | Format::MrvA | Format::MrvB => self.lines.first(),
        };
        names.is_some_and(|(_, line)| {
            line.cells.windows(2).any(|pair| {
                pair.iter()
                    .all(|cell| cell.character == '<' && cell.probability > 0.5)
            })
        })
    }

    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.lines.iter().flat_map(|(_, line)| &line.cells)
    }

    /// Whether its lines stand under each other, column under column.
    pub fn is_aligned(&self) -> bool {
        self.shifts.iter().all(|shift| *shift == 0)
    }

    /// Where the document's millimetres lie on the page, by the characters that were clearly seen;
    /// a line that was read a cell off counts where its characters belong.
    pub fn located(&self) -> Option<Homography> {
        let mut mm = Vec::new();
        let mut page = Vec::new();
        for (index, ((strip, line), shift)) in self.lines.iter().zip(&self.shifts).enumerate() {
            for (column, cell) in (0..).zip(&line.cells) {
                let column = usize::try_from(column + shift)
                    .ok()
                    .filter(|_| cell.probability > 0.5);
                if let Some(column) = column {
                    mm.push(geometry::character_mm(self.format, index, column));
                    page.push(strip.on_page(Posterior::strip_x(cell.point)));
                }
            }
        }
        geometry::fitted(&mm, &page)
    }

    /// What is handed on. Of a line that stands a cell beside the others nothing is sure.
    pub fn reading(&self, to_page: &Homography) -> MrzReading {
        let line = |(index, (_, line)): (usize, &(Strip, Decoded))| MrzLine {
            text: Personal::new(text(&line.cells)),
            margins: self.told(index, line, 0.0, |cell| cell.margin),
            alternatives: self
                .told(index, line, Vec::new(), |cell| cell.alternatives.clone())
                .into(),
            bounds: (0..line.cells.len())
                .map(|column| {
                    let mm = geometry::character_mm(self.format, index, column);
                    geometry::character_bounds(to_page, mm)
                })
                .collect(),
        };
        MrzReading {
            lines: self.lines.iter().enumerate().map(line).collect(),
        }
    }

    /// What is told of each character of a line, or of none of them where the line stands beside the others.
    fn told<T: Clone>(
        &self,
        index: usize,
        line: &Decoded,
        unsure: T,
        of: impl Fn(&Cell) -> T,
    ) -> Vec<T> {
        if self.shifts.get(index) == Some(&0) {
            line.cells.iter().map(of).collect()
        } else {
            vec![unsure; line.cells.len()]
        }
    }
}

fn text(cells: &[Cell]) -> String {
    cells.iter().map(|cell| cell.character).collect()
}

fn line(format: Format, index: usize, seen: &Seen, course: Course) -> Option<(Strip, Decoded)> {
    let places = Allowed::on_line(format, index);
    Some((seen.strip, decode(&seen.posterior, course, &places)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines whose characters are all equally probable.
    fn sighting(lines: [&str; 2], probability: f32) -> Sighting {
        let strip = Strip {
            to_page: Homography::affine([0.0; 2], [1.0, 0.0], [0.0, 1.0]),
            width: 8,
        };
        let cells = |text: &str| {
            let cell = |(at, character)| Cell {
                character,
                probability,
                margin: 5.0,
                alternatives: Vec::new(),
                point: 8 * at,
            };
            text.chars().enumerate().map(cell).collect()
        };
        let line = |text: &str| {
            let decoded = Decoded {
                cells: cells(text),
                left_out: 0,
            };
            (strip, decoded)
        };
        Sighting::of(Format::Td2, lines.map(line).into()).unwrap()
    }

    #[test]
    fn a_name_that_fills_its_line_needs_all_else_to_be_right() {
        let numbers = "4504686021ARE4204080F2304296<<<<<<<4";
        let misread = "4504686021ARE4204080F2304295<<<<<<<4";
        let full = "C<ARETAIXKRECEUXHOM<HIEDAIKDERZHOULX";
        let usual = "C<ARETAIXKRECEUXHOM<<HIEDAIK<<<<<<<<";
        for (lines, probability, zone) in [
            ([full, numbers], 0.99, true),
            ([full, numbers], 0.85, false),
            ([full, misread], 0.99, false),
            ([usual, misread], 0.99, true),
            ([usual, numbers], 0.6, true),
        ] {
            assert_eq!(
                sighting(lines, probability).is_zone(),
                zone,
                "{lines:?} {probability}"
            );
        }
    }
}
