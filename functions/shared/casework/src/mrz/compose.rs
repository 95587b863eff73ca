//! A zone written from its fields: for specimens and for tests, never for a real document.

use jiff::civil::Date;

use super::check::{Check, check_digit};
use super::layout::{Alphabet, Cell, Format, MrzField};
use super::zone::{ShapeError, Zone};
use crate::sex::Sex;

/// What a zone is written from: Latin capitals, digits and spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MrzEntries {
    /// `P`, `ID`, `V` …
    pub document_code: String,
    /// Issuing state.
    pub state: String,
    /// Document number; in TD1 and TD2 one of more than nine characters goes on in the optional data.
    pub document_number: String,
    /// Birth date.
    pub birth_date: Date,
    /// Sex; a filler where unspecified.
    pub sex: Option<Sex>,
    /// Last day of validity.
    pub expiry_date: Date,
    /// Nationality.
    pub nationality: String,
    /// Optional data; on Kazakh documents the IIN.
    pub optional: String,
    /// Primary identifier.
    pub surname: String,
    /// Secondary identifier.
    pub given_names: String,
}

/// Why no zone can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// Longer than its field. Names are cut instead.
    #[error("{0:?} is longer than its field")]
    TooLong(MrzField),
    /// A character no zone has: transliterate first.
    #[error(transparent)]
    Shape(#[from] ShapeError),
}

/// Writes a zone with all its check digits.
///
/// # Errors
/// [`ComposeError::TooLong`] for a field that does not fit, [`ComposeError::Shape`] for characters outside the alphabet
/// and for a document code that belongs to another format (`V` is a visa's).
pub fn compose(format: Format, entries: &MrzEntries) -> Result<Zone, ComposeError> {
    let mut lines = vec![vec!['<'; format.line_length()]; format.line_count()];
    let (number, optional) = number_and_optional(format, entries);
    let names_length = format.field_cells(MrzField::Names).count();
    let names: String = [&entries.surname, &entries.given_names]
        .map(|identifier| filled(identifier))
        .join("<<")
        .chars()
        .take(names_length)
        .collect();
    let sex = entries.sex.map_or('<', Sex::letter).to_string();
    for (field, text) in [
        (MrzField::DocumentCode, entries.document_code.as_str()),
        (MrzField::State, &entries.state),
        (MrzField::DocumentNumber, &number),
        (MrzField::BirthDate, &six_digits(entries.birth_date)),
        (MrzField::Sex, &sex),
        (MrzField::ExpiryDate, &six_digits(entries.expiry_date)),
        (MrzField::Nationality, &entries.nationality),
        (MrzField::Optional, &optional),
        (MrzField::Names, &names),
    ] {
        write(&mut lines, format.field_cells(field), &filled(text))
            .ok_or(ComposeError::TooLong(field))?;
    }
    let lines: Vec<String> = lines
        .into_iter()
        .map(|line| line.into_iter().collect())
        .collect();
    let mut zone = Zone::new(&lines)?;
    if zone.format() != format {
        let length = format.line_length();
        return Err(ShapeError::NoSuchFormat {
            lines: format.line_count(),
            length,
        }
        .into());
    }
    let long = number != entries.document_number;
    for check in Check::ALL {
        if let Some((covered, digit)) = zone.covered_by_layout(check)
            && !(long && check == Check::DocumentNumber)
        {
            let right = check_digit(zone.text(covered).chars());
            zone = zone.with(digit, right);
        }
    }
    Ok(zone)
}

/// The nine characters of the number's field, and the optional data behind its overflow and its check digit.
fn number_and_optional(format: Format, entries: &MrzEntries) -> (String, String) {
    let number = &entries.document_number;
    match number.char_indices().nth(9) {
        Some((end, _)) if matches!(format, Format::Td1 | Format::Td2) => {
            let (head, tail) = number.split_at(end);
            let digit = check_digit(number.chars());
            (
                head.to_owned(),
                format!("{tail}{digit}<{}", entries.optional),
            )
        }
        _ => (number.clone(), entries.optional.clone()),
    }
}

fn filled(text: &str) -> String {
    text.replace([' ', '-'], "<").replace('\'', "")
}

fn six_digits(date: Date) -> String {
    format!(
        "{:02}{:02}{:02}",
        date.year().rem_euclid(100),
        date.month(),
        date.day()
    )
}

fn write(lines: &mut [Vec<char>], mut cells: impl Iterator<Item = Cell>, text: &str) -> Option<()> {
    let text = text.trim_end_matches(|character| Alphabet::Filler.contains(character));
    for character in text.chars() {
        let cell = cells.next()?;
        *lines.get_mut(cell.line)?.get_mut(cell.column)? = character;
    }
    Some(())
}
