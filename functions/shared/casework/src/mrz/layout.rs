//! Where each field of each format stands, what may stand there, and which check digit covers it: data.

use serde::{Deserialize, Serialize};

use super::check::Check;

mod table;

/// The five formats of ICAO 9303.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Cards, 3 × 30 (9303-5 §4.2).
    #[serde(rename = "TD1")]
    Td1,
    /// Larger cards, 2 × 36 (9303-6 §4.2).
    #[serde(rename = "TD2")]
    Td2,
    /// Passports, 2 × 44 (9303-4 §4.2).
    #[serde(rename = "TD3")]
    Td3,
    /// Visas, 2 × 44 (9303-7 §4).
    #[serde(rename = "MRV-A")]
    MrvA,
    /// Smaller visas, 2 × 36 (9303-7 §5).
    #[serde(rename = "MRV-B")]
    MrvB,
}

/// The fields of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MrzField {
    /// `P<`, `ID`, `V<` …
    DocumentCode,
    /// Issuing state or organisation.
    State,
    /// Document number; a long one goes on in the optional data.
    DocumentNumber,
    /// Birth date, `YYMMDD`.
    BirthDate,
    /// `M`, `F` or `<`.
    Sex,
    /// Last day of validity, `YYMMDD`.
    ExpiryDate,
    /// Nationality of the holder.
    Nationality,
    /// Optional data; on Kazakh documents the IIN.
    Optional,
    /// The second optional field, which only TD1 has (line 2).
    OptionalSecond,
    /// Primary and secondary identifier.
    Names,
}

/// Which characters may stand at a position (9303-3 §4.3–4.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alphabet {
    /// `A`–`Z`, `0`–`9`, `<`.
    Any,
    /// `A`–`Z`.
    Letter,
    /// `A`–`Z`, `<`.
    LetterOrFiller,
    /// `0`–`9`.
    Digit,
    /// `0`–`9`, `<`.
    DigitOrFiller,
    /// `<` alone.
    Filler,
    /// `M`, `F`, `<`.
    Sex,
}

impl Alphabet {
    /// Whether `character` may stand here.
    pub const fn contains(self, character: char) -> bool {
        match self {
            Self::Any => matches!(character, 'A'..='Z' | '0'..='9' | '<'),
            Self::Letter => character.is_ascii_uppercase(),
            Self::LetterOrFiller => matches!(character, 'A'..='Z' | '<'),
            Self::Digit => character.is_ascii_digit(),
            Self::DigitOrFiller => matches!(character, '0'..='9' | '<'),
            Self::Filler => character == '<',
            Self::Sex => matches!(character, 'M' | 'F' | '<'),
        }
    }

    /// Every character that may stand here.
    pub fn characters(self) -> impl Iterator<Item = char> {
        ('0'..='9')
            .chain('A'..='Z')
            .chain(['<'])
            .filter(move |character| self.contains(*character))
    }
}

/// One character of a zone; line and column count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Line, from 0.
    pub line: usize,
    /// Column, from 0.
    pub column: usize,
}

/// Neighbouring characters of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    line: usize,
    start: usize,
    end: usize,
}

impl Span {
    /// Its characters' places, left to right.
    pub fn cells(self) -> impl Iterator<Item = Cell> + Clone {
        (self.start..self.end).map(move |column| Cell {
            line: self.line,
            column,
        })
    }

    /// How many characters it has.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    const fn contains(self, cell: Cell) -> bool {
        cell.line == self.line && self.start <= cell.column && cell.column < self.end
    }
}

/// Where a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldLayout {
    /// Which field.
    pub field: MrzField,
    /// Its characters.
    pub span: Span,
    /// What may stand in each of them.
    pub alphabet: Alphabet,
}

/// Where a check digit stands and what it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckLayout {
    pub check: Check,
    pub digit: Span,
    pub alphabet: Alphabet,
    pub covers: &'static [Span],
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Td1, Self::Td2, Self::Td3, Self::MrvA, Self::MrvB];

    /// How many lines it has.
    pub const fn line_count(self) -> usize {
        match self {
            Self::Td1 => 3,
            Self::Td2 | Self::Td3 | Self::MrvA | Self::MrvB => 2,
        }
    }

    /// How many characters a line has.
    pub const fn line_length(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 | Self::MrvB => 36,
            Self::Td3 | Self::MrvA => 44,
        }
    }

    /// Its fields, in the order they are printed; a field with two alphabets has two rows.
    pub fn fields(self) -> &'static [FieldLayout] {
        match self {
            Self::Td1 => &table::TD1_FIELDS,
            Self::Td2 => &table::TD2_FIELDS,
            Self::Td3 => &table::TD3_FIELDS,
            Self::MrvA => &table::MRV_A_FIELDS,
            Self::MrvB => &table::MRV_B_FIELDS,
        }
    }

    /// The characters of one field, left to right; none where the format has no such field.
    pub fn field_cells(self, field: MrzField) -> impl Iterator<Item = Cell> + Clone {
        self.fields()
            .iter()
            .filter(move |layout| layout.field == field)
            .flat_map(|layout| layout.span.cells())
    }

    pub(super) fn checks(self) -> &'static [CheckLayout] {
        match self {
            Self::Td1 => &table::TD1_CHECKS,
            Self::Td2 => &table::TD2_CHECKS,
            Self::Td3 => &table::TD3_CHECKS,
            Self::MrvA | Self::MrvB => &table::VISA_CHECKS,
        }
    }

    pub(super) fn check_layout(self, check: Check) -> Option<&'static CheckLayout> {
        self.checks().iter().find(|layout| layout.check == check)
    }
}

/// Which characters may stand at a position of a format, by ICAO 9303. Outside the zone: [`Alphabet::Any`].
pub fn alphabet(format: Format, line: usize, column: usize) -> Alphabet {
    let cell = Cell { line, column };
    let of_field = format
        .fields()
        .iter()
        .find(|layout| layout.span.contains(cell))
        .map(|layout| layout.alphabet);
    let of_check = format
        .checks()
        .iter()
        .find(|layout| layout.digit.contains(cell))
        .map(|layout| layout.alphabet);
    of_field.or(of_check).unwrap_or(Alphabet::Any)
}

/// The narrower alphabet of Kazakhstan's own cards and passports: numbers `\d{9}` and `N\d{8}`, IIN in the optional data.
///
/// Only for a zone whose state reads `KAZ`. Digits alone leave the check digit no blind spot,
/// for no two digits are alike to it.
pub fn kazakh_alphabet(format: Format, line: usize, column: usize) -> Alphabet {
    match (format, line, column) {
        (Format::Td1, 0, 5..=26) | (Format::Td3, 1, 1..=9) => Alphabet::Digit,
        (Format::Td1, 0, 27..=29) | (Format::Td1, 1, 18..=28) | (Format::Td3, 1, 40..=41) => {
            Alphabet::Filler
        }
        (Format::Td3, 1, 0) => Alphabet::Letter,
        (Format::Td3, 1, 28..=39) => Alphabet::DigitOrFiller,
        _ => alphabet(format, line, column),
    }
}
