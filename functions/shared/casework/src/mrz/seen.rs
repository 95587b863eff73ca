//! What a zone proves, once the reader's margins are known: proof per field.
//!
//! A right check digit is one chance in ten for a wrong field, and none at all for a pair
//! it cannot see ([`same_to_a_check_digit`]). So a field is *proven* only where the digit
//! is right **and** every character it covers was read with a margin, a higher one where
//! another character that may stand there has the same value to the digit.
//! Never here: a repair ([`super::repair`]), nor agreement with the printed part, which proves what no digit covers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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

/// What is known of one character besides itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct SeenGlyph {
    margin: f32,
    pub(super) alternatives: Vec<Alternative>,
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
        let texts: Vec<&String> = reading.lines.iter().map(|l| l.text.reveal()).collect();
        let margins: Vec<Vec<f32>> = reading.lines.iter().map(|l| l.margins.clone()).collect();
        let mut seen = Self::new(Zone::new(&texts)?, &margins);
        for (glyphs, line) in seen.glyphs.iter_mut().zip(&reading.lines) {
            for (glyph, alternatives) in glyphs.iter_mut().zip(line.alternatives.reveal()) {
                glyph.alternatives.clone_from(alternatives);
            }
        }
        Ok(seen)
    }

    /// Adds what else the reader thought of at one place; then the margin to a twin is known, and repairs have candidates.
    #[must_use]
    pub fn with_alternatives(mut self, cell: Cell, alternatives: Vec<Alternative>) -> Self {
        if let Some(glyph) = self.glyph_mut(cell) {
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

    /// The same with another character at one place, which nobody has seen there: it has no margin.
    #[must_use]
    pub(super) fn with(mut self, cell: Cell, character: char) -> Self {
        self.zone = self.zone.with(cell, character);
        if let Some(glyph) = self.glyph_mut(cell) {
            *glyph = SeenGlyph::default();
        }
        self
    }

    /// Every place and what is known of it.
    pub(super) fn places(&self) -> impl Iterator<Item = (Cell, &SeenGlyph)> {
        self.glyphs.iter().enumerate().flat_map(|(line, glyphs)| {
            glyphs
                .iter()
                .enumerate()
                .map(move |(column, glyph)| (Cell { line, column }, glyph))
        })
    }

    fn glyph(&self, cell: Cell) -> Option<&SeenGlyph> {
        self.glyphs.get(cell.line)?.get(cell.column)
    }

    fn glyph_mut(&mut self, cell: Cell) -> Option<&mut SeenGlyph> {
        self.glyphs.get_mut(cell.line)?.get_mut(cell.column)
    }

    /// Kazakhstan's own documents have narrower alphabets, and so fewer twins.
    pub(super) fn alphabet(&self, cell: Cell) -> Alphabet {
        let format: Format = self.zone.format();
        if self.zone.field(MrzField::State) == "KAZ" {
            kazakh_alphabet(format, cell.line, cell.column)
        } else {
            alphabet(format, cell.line, cell.column)
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
