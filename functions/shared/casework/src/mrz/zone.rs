//! Two or three lines of the right shape, and the arithmetic on them.

use super::check::{Check, CheckDigit, Checks, check_digit};
use super::layout::{Alphabet, Cell, Format, MrzField};

/// The lines of a zone: a known format's count and length, and nothing but `A`–`Z`, `0`–`9`, `<`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Zone {
    format: Format,
    lines: Vec<Vec<char>>,
}

/// Why lines are no zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ShapeError {
    /// No format has this many lines of this length.
    #[error("{lines} lines, the first of {length} characters, are no format of ICAO 9303")]
    NoSuchFormat {
        /// Lines given.
        lines: usize,
        /// Length of the first one, in characters.
        length: usize,
    },
    /// The lines are not equally long.
    #[error("line {line} is not as long as the first")]
    UnevenLines {
        /// Which one, from 0.
        line: usize,
    },
    /// A character no zone has.
    #[error("a character at line {line}, column {column} is none of A–Z, 0–9, <")]
    NotInAlphabet {
        /// Line, from 0.
        line: usize,
        /// Column, from 0.
        column: usize,
    },
}

impl Zone {
    /// Takes lines whose shape is that of a format; a first character `V` tells a visa from a document of equal size.
    ///
    /// # Errors
    /// [`ShapeError`], by what is wrong with the shape. Contents are never an error.
    pub fn new(lines: &[impl AsRef<str>]) -> Result<Self, ShapeError> {
        let lines: Vec<Vec<char>> = lines
            .iter()
            .map(|line| line.as_ref().chars().collect())
            .collect();
        let length = lines.first().map_or(0, Vec::len);
        let visa = lines.first().and_then(|line| line.first()) == Some(&'V');
        let format = match (lines.len(), length, visa) {
            (3, 30, _) => Format::Td1,
            (2, 36, false) => Format::Td2,
            (2, 36, true) => Format::MrvB,
            (2, 44, false) => Format::Td3,
            (2, 44, true) => Format::MrvA,
            (lines, length, _) => return Err(ShapeError::NoSuchFormat { lines, length }),
        };
        for (line, characters) in lines.iter().enumerate() {
            if characters.len() != length {
                return Err(ShapeError::UnevenLines { line });
            }
            if let Some(column) = characters
                .iter()
                .position(|character| !Alphabet::Any.contains(*character))
            {
                return Err(ShapeError::NotInAlphabet { line, column });
            }
        }
        Ok(Self { format, lines })
    }

    /// Its format.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Its lines, for a page or a record; never for a log.
    pub fn lines(&self) -> Vec<String> {
        self.lines
            .iter()
            .map(|line| line.iter().collect())
            .collect()
    }

    /// The character at a place; a filler outside the zone.
    pub fn at(&self, cell: Cell) -> char {
        self.lines
            .get(cell.line)
            .and_then(|line| line.get(cell.column))
            .copied()
            .unwrap_or('<')
    }

    /// The same zone with another character at one place.
    #[must_use]
    pub fn with(&self, cell: Cell, character: char) -> Self {
        let mut zone = self.clone();
        if let Some(slot) = zone
            .lines
            .get_mut(cell.line)
            .and_then(|line| line.get_mut(cell.column))
        {
            *slot = character;
        }
        zone
    }

    /// A field's characters as printed, fillers included.
    pub fn field(&self, field: MrzField) -> String {
        self.text(self.format.field_cells(field))
    }

    /// What each of its check digits says.
    pub fn checks(&self) -> Checks {
        Checks {
            document_number: self.check(Check::DocumentNumber),
            birth_date: self.check(Check::BirthDate),
            expiry_date: self.check(Check::ExpiryDate),
            optional: self.check(Check::Optional),
            composite: self.check(Check::Composite),
        }
    }

    /// What one check digit says.
    pub fn check(&self, check: Check) -> CheckDigit {
        let Some((covered, digit)) = self.covered(check) else {
            return CheckDigit::NotPrinted;
        };
        let printed = self.at(digit);
        let text = self.text(covered);
        // The fields whose digit may be a filler when they are empty: 9303-4 §4.2.2.2, position 43,
        // and, as a tolerance, dates that are unknown altogether.
        if printed == '<'
            && check != Check::DocumentNumber
            && text.chars().all(|character| character == '<')
        {
            return CheckDigit::NotPrinted;
        }
        if printed == check_digit(text.chars()) {
            CheckDigit::Verified
        } else {
            CheckDigit::Refuted
        }
    }

    /// The places a check digit covers, in the order it weighs them, and its own place.
    pub(super) fn covered(&self, check: Check) -> Option<(Vec<Cell>, Cell)> {
        if check == Check::DocumentNumber
            && let Some(long) = self.long_number()
        {
            return Some(long);
        }
        self.covered_by_layout(check)
    }

    pub(super) fn covered_by_layout(&self, check: Check) -> Option<(Vec<Cell>, Cell)> {
        let layout = self.format.check_layout(check)?;
        let digit = layout.digit.cells().next()?;
        let covered = layout.covers.iter().flat_map(|span| span.cells()).collect();
        Some((covered, digit))
    }

    /// A field's places, the part of a long document number in the optional data included.
    pub(super) fn field_with_overflow(&self, field: MrzField) -> Vec<Cell> {
        match self.long_number() {
            Some((cells, _)) if field == MrzField::DocumentNumber => cells,
            _ => self.format.field_cells(field).collect(),
        }
    }

    /// A number of more than nine characters: a filler stands for its check digit, it goes on in the
    /// optional data, and the last character before the next filler is the digit (9303-5 and -6, note j).
    ///
    /// Taken as such only where that digit is right, for an ordinary digit may be misread as a filler.
    pub(super) fn long_number(&self) -> Option<(Vec<Cell>, Cell)> {
        if !matches!(self.format, Format::Td1 | Format::Td2) {
            return None;
        }
        let layout = self.format.check_layout(Check::DocumentNumber)?;
        if self.at(layout.digit.cells().next()?) != '<' {
            return None;
        }
        let mut overflow: Vec<Cell> = self
            .format
            .field_cells(MrzField::Optional)
            .take_while(|cell| self.at(*cell) != '<')
            .collect();
        let digit = overflow.pop().filter(|_| !overflow.is_empty())?;
        let cells: Vec<Cell> = self
            .format
            .field_cells(MrzField::DocumentNumber)
            .chain(overflow)
            .collect();
        (self.at(digit) == check_digit(cells.iter().map(|cell| self.at(*cell))))
            .then_some((cells, digit))
    }

    pub(super) fn text(&self, cells: impl IntoIterator<Item = Cell>) -> String {
        cells.into_iter().map(|cell| self.at(cell)).collect()
    }
}

impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Zone({:?}, …)", self.format)
    }
}
