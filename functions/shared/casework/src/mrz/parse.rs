//! What a zone says: fields with their century, names apart, and doubts beside them.

use jiff::civil::Date;

use super::check::Checks;
use super::date::MrzDate;
use super::layout::{Cell, Format, MrzField, alphabet};
use super::name::{self, NameDoubt};
use super::zone::Zone;
use crate::iin::Iin;
use crate::personal::Personal;
use crate::sex::Sex;

/// The fields of a zone, fillers removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mrz {
    /// Its format.
    pub format: Format,
    /// `P`, `ID`, `V` …
    pub document_code: String,
    /// Issuing state, three letters (`D` for Germany).
    pub state: String,
    /// Document number, a long one whole.
    pub document_number: Personal<String>,
    /// Birth date.
    pub birth_date: Personal<MrzDate>,
    /// Sex; none where unspecified or not `M` or `F`.
    pub sex: Option<Sex>,
    /// Last day of validity.
    pub expiry_date: MrzDate,
    /// Nationality, three letters.
    pub nationality: String,
    /// Optional data (line 1 in a TD1); inner fillers stay.
    pub optional: Personal<String>,
    /// Optional data of a TD1's line 2; empty in other formats.
    pub optional_second: Personal<String>,
    /// The twelve digits a Kazakh document carries in its optional data, right or wrong.
    pub iin: Option<Personal<String>>,
    /// Primary identifier, fillers as spaces.
    pub surname: Personal<String>,
    /// Secondary identifier, fillers as spaces.
    pub given_names: Personal<String>,
    /// What each check digit says.
    pub checks: Checks,
}

/// What is odd about a zone, beside its check digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MrzDoubt {
    /// A character ICAO 9303 does not allow at its place.
    OutsideAlphabet(Cell),
    /// The birth date is no day.
    BirthDateImpossible,
    /// The expiry date is no day.
    ExpiryDateImpossible,
    /// No primary identifier.
    NoSurname,
    /// No `<<`, or nothing after it: one name only, or a filler misread.
    NoGivenNames,
    /// Letters behind the names, where only fillers belong: mostly a filler misread.
    TextAfterNames,
    /// Three letters alike in a row: mostly fillers misread.
    ThreeLettersAlike,
    /// The names fill their field to the end and may be cut.
    NamesMaybeTruncated,
}

impl Zone {
    /// Every field. `today` resolves the century: a birth is in the past, an expiry near.
    ///
    /// Where a Kazakh IIN stands in the optional data and names the same day, it says the century of the birth.
    pub fn parse(&self, today: Date) -> (Mrz, Vec<MrzDoubt>) {
        let trimmed = |field| self.field(field).trim_end_matches('<').to_owned();
        let (surname, given_names, name_doubts) = name::split(&self.field(MrzField::Names));
        let state = trimmed(MrzField::State);
        let nationality = trimmed(MrzField::Nationality);
        let iin = iin_digits(&self.field(MrzField::Optional))
            .filter(|_| state == "KAZ" || nationality == "KAZ");
        let mrz = Mrz {
            format: self.format(),
            document_code: trimmed(MrzField::DocumentCode),
            document_number: self.document_number().into(),
            birth_date: self.birth_date(iin.as_deref(), today).into(),
            sex: self
                .field(MrzField::Sex)
                .chars()
                .next()
                .and_then(Sex::from_letter),
            expiry_date: MrzDate::expiry(&self.field(MrzField::ExpiryDate), today),
            optional: trimmed(MrzField::Optional).into(),
            optional_second: trimmed(MrzField::OptionalSecond).into(),
            iin: iin.map(Personal::new),
            surname: surname.into(),
            given_names: given_names.into(),
            checks: self.checks(),
            state,
            nationality,
        };
        let doubts = self.doubts(&mrz, &name_doubts);
        (mrz, doubts)
    }

    fn document_number(&self) -> String {
        let cells = self.field_with_overflow(MrzField::DocumentNumber);
        self.text(cells).trim_end_matches('<').to_owned()
    }

    fn birth_date(&self, iin: Option<&str>, today: Date) -> MrzDate {
        let text = self.field(MrzField::BirthDate);
        iin.filter(|digits| digits.get(..6) == Some(text.as_str()))
            .and_then(|digits| Iin::parse(digits).ok())
            .map(|iin| iin.birth_date())
            .filter(|date| *date <= today)
            .map_or_else(|| MrzDate::birth(&text, today), MrzDate::Known)
    }

    fn doubts(&self, mrz: &Mrz, name_doubts: &[NameDoubt]) -> Vec<MrzDoubt> {
        let format = self.format();
        let cells = (0..format.line_count())
            .flat_map(|line| (0..format.line_length()).map(move |column| Cell { line, column }));
        let mut doubts: Vec<MrzDoubt> = cells
            .filter(|cell| !alphabet(format, cell.line, cell.column).contains(self.at(*cell)))
            .map(MrzDoubt::OutsideAlphabet)
            .collect();
        if *mrz.birth_date.reveal() == MrzDate::Impossible {
            doubts.push(MrzDoubt::BirthDateImpossible);
        }
        if mrz.expiry_date == MrzDate::Impossible {
            doubts.push(MrzDoubt::ExpiryDateImpossible);
        }
        doubts.extend(name_doubts.iter().map(|doubt| match doubt {
            NameDoubt::NoSurname => MrzDoubt::NoSurname,
            NameDoubt::NoSecondaryIdentifier => MrzDoubt::NoGivenNames,
            NameDoubt::TextAfterNames => MrzDoubt::TextAfterNames,
            NameDoubt::ThreeAlike => MrzDoubt::ThreeLettersAlike,
            NameDoubt::MaybeTruncated => MrzDoubt::NamesMaybeTruncated,
        }));
        doubts
    }
}

/// Twelve digits and then nothing but fillers.
fn iin_digits(optional: &str) -> Option<String> {
    let (digits, rest) = optional.split_at_checked(12)?;
    let clean = digits.chars().all(|character| character.is_ascii_digit())
        && rest.chars().all(|character| character == '<');
    clean.then(|| digits.to_owned())
}
