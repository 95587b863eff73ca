//! What a zone proves, once the reader's margins are known: proof per field, and repair only with proof.
//!
//! A right check digit is one chance in ten for a wrong field, and none at all for a pair
//! it cannot see ([`same_to_a_check_digit`]). So a field is *proven* only where the digit
//! is right **and** every character it covers was read with a margin, a higher one where
//! another character that may stand there has the same value to the digit.
//! Never here: agreement with the printed part, which proves what no digit covers.

use jiff::civil::Date;

use super::check::{Check, CheckDigit, same_to_a_check_digit};
use super::layout::{Alphabet, Cell, Format, MrzField, alphabet, kazakh_alphabet};
use super::parse::{Mrz, MrzDoubt};
use super::zone::{ShapeError, Zone};
use crate::reading::MrzReading;

/// The margins a proof asks for, in nats. To be set by measurement; a change is a change of what `verified` means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// For a character whose misread the digit would see: odds of about 7 to 1 over the second best.
    pub plain: f32,
    /// For one that has a twin to the digit among what may stand there: about 55 to 1.
    pub blind: f32,
}

impl Thresholds {
    /// What we start from.
    pub const STANDARD: Self = Self {
        plain: 2.0,
        blind: 4.0,
    };
}

/// A character the reader thought of, and how far behind the best it was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alternative {
    /// The character.
    pub character: char,
    /// Log-probability of the best minus that of this one, nats.
    pub behind: f32,
}

/// A zone with the reader's margins.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenZone {
    /// The characters.
    pub zone: Zone,
    glyphs: Vec<Vec<SeenGlyph>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct SeenGlyph {
    margin: f32,
    alternatives: Vec<Alternative>,
}

/// How a field of a zone stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FieldProof {
    /// Its check digit is right and every covered character has its margin. `by` is that digit.
    Proven {
        /// The digit that proves it.
        by: Check,
    },
    /// The digit is right, a margin is too thin; the thinnest, as a share of what is asked (below 1).
    Thin {
        /// The digit that is right.
        by: Check,
        /// Smallest margin over the margin asked for, 0 to 1.
        share: f32,
    },
    /// A digit over it is wrong.
    Refuted {
        /// The digit that is wrong.
        by: Check,
    },
    /// No digit covers it (names, sex, state, nationality, document code).
    Uncovered,
}

/// One character changed, with proof that it is the only such change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// Where.
    pub cell: Cell,
    /// What stands there now.
    pub to: char,
}

impl SeenZone {
    /// Takes a zone and a margin per character; a missing margin counts as none at all (0).
    pub fn new(zone: Zone, margins: &[Vec<f32>]) -> Self {
        let format = zone.format();
        let glyphs = (0..format.line_count())
            .map(|line| {
                (0..format.line_length())
                    .map(|column| SeenGlyph {
                        margin: margins
                            .get(line)
                            .and_then(|line| line.get(column))
                            .copied()
                            .unwrap_or(0.0),
                        alternatives: Vec::new(),
                    })
                    .collect()
            })
            .collect();
        Self { zone, glyphs }
    }

    /// Takes what the reader handed over.
    ///
    /// # Errors
    /// [`ShapeError`] where the lines have no format's shape.
    pub fn of(reading: &MrzReading) -> Result<Self, ShapeError> {
        let lines: Vec<&String> = reading
            .lines
            .iter()
            .map(|line| line.text.reveal())
            .collect();
        let margins: Vec<Vec<f32>> = reading
            .lines
            .iter()
            .map(|line| line.margins.clone())
            .collect();
        Ok(Self::new(Zone::new(&lines)?, &margins))
    }

    /// Adds what else the reader thought of at one place; then the margin to a twin is known, and repairs have candidates.
    #[must_use]
    pub fn with_alternatives(mut self, cell: Cell, alternatives: Vec<Alternative>) -> Self {
        if let Some(glyph) = self
            .glyphs
            .get_mut(cell.line)
            .and_then(|line| line.get_mut(cell.column))
        {
            glyph.alternatives = alternatives;
        }
        self
    }

    /// The zone's fields; see [`Zone::parse`].
    pub fn parse(&self, today: Date) -> (Mrz, Vec<MrzDoubt>) {
        self.zone.parse(today)
    }

    /// How a field stands: proven by its own digit, else by the composite.
    pub fn proof(&self, field: MrzField, thresholds: Thresholds) -> FieldProof {
        let cells = self.zone.field_with_overflow(field);
        let mut best = FieldProof::Uncovered;
        for check in Check::ALL {
            let Some((covered, digit)) = self.zone.covered(check) else {
                continue;
            };
            if cells.is_empty() || !cells.iter().all(|cell| covered.contains(cell)) {
                continue;
            }
            let proof = self.proof_by(check, covered.iter().chain([&digit]), thresholds);
            // A field's own digit comes before the composite, and a refusal is never outvoted.
            match (best, proof) {
                (FieldProof::Uncovered | FieldProof::Thin { .. }, FieldProof::Proven { .. })
                | (FieldProof::Uncovered, FieldProof::Thin { .. } | FieldProof::Refuted { .. }) => {
                    best = proof;
                }
                _ => {}
            }
        }
        best
    }

    fn proof_by<'a>(
        &self,
        check: Check,
        cells: impl Iterator<Item = &'a Cell>,
        thresholds: Thresholds,
    ) -> FieldProof {
        match self.zone.check(check) {
            CheckDigit::Refuted => FieldProof::Refuted { by: check },
            CheckDigit::NotPrinted => FieldProof::Uncovered,
            CheckDigit::Verified => {
                let share = cells
                    .map(|cell| self.share(*cell, thresholds))
                    .fold(f32::INFINITY, f32::min);
                if share >= 1.0 {
                    FieldProof::Proven { by: check }
                } else {
                    FieldProof::Thin { by: check, share }
                }
            }
        }
    }

    /// The margin at a place over the margin asked for there; 1 and more suffices.
    fn share(&self, cell: Cell, thresholds: Thresholds) -> f32 {
        let character = self.zone.at(cell);
        let Some(glyph) = self.glyph(cell) else {
            return 0.0;
        };
        let is_twin = |other: char| other != character && same_to_a_check_digit(other, character);
        let plain = glyph.margin / thresholds.plain;
        if !self.alphabet(cell).characters().any(is_twin) {
            return plain;
        }
        let twin = glyph
            .alternatives
            .iter()
            .filter(|alternative| is_twin(alternative.character))
            .map(|alternative| alternative.behind)
            .reduce(f32::min);
        // Without alternatives the second best may be the twin itself.
        let blind = match twin {
            Some(behind) => behind,
            None if glyph.alternatives.is_empty() => glyph.margin,
            None => f32::INFINITY,
        };
        plain.min(blind / thresholds.blind)
    }

    /// The one single-character change that makes every refuted digit right, if there is exactly one.
    ///
    /// Only places read with less than the plain margin are tried, and only the reader's alternatives
    /// there, or the whole alphabet of the place where it gave none. A repaired field is *read*, not
    /// proven: its digit is spent on the repair, so the printed part must agree before it is more.
    pub fn repair(&self, thresholds: Thresholds) -> Option<Repair> {
        let refuted: Vec<Check> = Check::ALL
            .into_iter()
            .filter(|check| self.zone.check(*check) == CheckDigit::Refuted)
            .collect();
        if refuted.is_empty() {
            return None;
        }
        let mut found = self
            .thin_cells(thresholds)
            .flat_map(|cell| {
                self.candidates(cell)
                    .into_iter()
                    .map(move |to| Repair { cell, to })
            })
            .filter(|repair| {
                self.zone
                    .with(repair.cell, repair.to)
                    .checks()
                    .none_refuted()
            });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    /// The zone after a repair; the margin at the repaired place is gone.
    #[must_use]
    pub fn repaired(&self, repair: Repair) -> Self {
        let mut seen = self.clone();
        seen.zone = self.zone.with(repair.cell, repair.to);
        if let Some(glyph) = seen
            .glyphs
            .get_mut(repair.cell.line)
            .and_then(|line| line.get_mut(repair.cell.column))
        {
            *glyph = SeenGlyph::default();
        }
        seen
    }

    fn thin_cells(&self, thresholds: Thresholds) -> impl Iterator<Item = Cell> {
        self.glyphs
            .iter()
            .enumerate()
            .flat_map(move |(line, glyphs)| {
                glyphs
                    .iter()
                    .enumerate()
                    .filter(move |(_, glyph)| glyph.margin < thresholds.plain)
                    .map(move |(column, _)| Cell { line, column })
            })
    }

    fn candidates(&self, cell: Cell) -> Vec<char> {
        let alphabet = self.alphabet(cell);
        let here = self.zone.at(cell);
        let thought_of: Vec<char> = self
            .glyph(cell)
            .map(|glyph| {
                glyph
                    .alternatives
                    .iter()
                    .map(|alternative| alternative.character)
                    .collect()
            })
            .unwrap_or_default();
        if thought_of.is_empty() {
            alphabet
                .characters()
                .filter(|character| *character != here)
                .collect()
        } else {
            thought_of
                .into_iter()
                .filter(|character| *character != here && alphabet.contains(*character))
                .collect()
        }
    }

    fn glyph(&self, cell: Cell) -> Option<&SeenGlyph> {
        self.glyphs.get(cell.line)?.get(cell.column)
    }

    /// Kazakhstan's own documents have narrower alphabets, and so fewer twins.
    fn alphabet(&self, cell: Cell) -> Alphabet {
        let format: Format = self.zone.format();
        if self.zone.field(MrzField::State) == "KAZ" {
            kazakh_alphabet(format, cell.line, cell.column)
        } else {
            alphabet(format, cell.line, cell.column)
        }
    }
}

#[cfg(test)]
mod tests;
