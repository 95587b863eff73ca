//! The individual identification number (IIN, ЖСН, ИИН): twelve digits with a date, a sex and a check digit inside.
//!
//! A right check digit is a filter and no proof: the first pass weighs the 11th digit
//! with 11 ≡ 0, so it cannot see a misread there. Whether a number was *read* rightly
//! is for whoever holds a second, independent reading to say; never decided here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::sex::Sex;

/// A number that is well formed: twelve digits, right check digit, a date that exists.
///
/// ```
/// use casework::{iin::Iin, sex::Sex};
/// let iin = Iin::parse("900101300017")?;
/// assert_eq!(iin.birth_date(), jiff::civil::date(1990, 1, 1));
/// assert_eq!(iin.sex(), Sex::Male);
/// # Ok::<(), casework::iin::IinError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Iin {
    digits: IinDigits,
    birth_date: Date,
    sex: Sex,
}

/// Why a text is no IIN. Causes carry no digits: they are a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum IinError {
    /// Not twelve ASCII digits.
    #[error("not 12 digits")]
    NotTwelveDigits,
    /// The check digit is not the one the other eleven ask for, or they have none at all.
    #[error("the check digit is refuted")]
    CheckDigitRefuted,
    /// The seventh digit names no century: a foreigner's number, or a misread.
    #[error("the seventh digit names no century and sex")]
    CenturyUnknown,
    /// The first seven digits name a day that never was.
    #[error("the birth date in it does not exist")]
    ImpossibleDate,
}

impl Iin {
    /// Reads twelve digits.
    ///
    /// # Errors
    /// The first cause in the order of [`IinError`]'s variants. [`IinDigits`] tells more about a refuted number.
    pub fn parse(text: &str) -> Result<Self, IinError> {
        let digits = IinDigits::of(text).ok_or(IinError::NotTwelveDigits)?;
        if digits.check_digit_due() != Some(digits.check_digit()) {
            return Err(IinError::CheckDigitRefuted);
        }
        let (_, sex) = digits.century_and_sex().ok_or(IinError::CenturyUnknown)?;
        let birth_date = digits.birth_date().ok_or(IinError::ImpossibleDate)?;
        Ok(Self {
            digits,
            birth_date,
            sex,
        })
    }

    /// The birth date in the first seven digits.
    pub const fn birth_date(&self) -> Date {
        self.birth_date
    }

    /// The sex in the seventh digit.
    pub const fn sex(&self) -> Sex {
        self.sex
    }

    /// The twelve digits, taken apart.
    pub const fn digits(&self) -> IinDigits {
        self.digits
    }

    /// The twelve digits, for a page, a record or a comparison; never for a log.
    pub fn reveal(&self) -> String {
        self.digits.reveal()
    }
}

impl std::fmt::Debug for Iin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Iin(…)")
    }
}

impl From<Iin> for String {
    fn from(iin: Iin) -> Self {
        iin.reveal()
    }
}

impl TryFrom<String> for Iin {
    type Error = IinError;

    fn try_from(text: String) -> Result<Self, IinError> {
        Self::parse(&text)
    }
}

/// Twelve digits taken apart, right or wrong, so that a finding can say what is wrong with them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IinDigits([u8; 12]);

impl IinDigits {
    /// Takes twelve ASCII digits; anything else is none.
    pub fn of(text: &str) -> Option<Self> {
        let bytes: [u8; 12] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| Self(bytes.map(|byte| byte - b'0')))
    }

    /// The last digit, as it stands.
    pub const fn check_digit(&self) -> u8 {
        let [.., check] = self.0;
        check
    }

    /// The check digit the first eleven ask for; none where they have none (both passes give 10).
    pub fn check_digit_due(&self) -> Option<u8> {
        const FIRST_PASS: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        const SECOND_PASS: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];
        [FIRST_PASS, SECOND_PASS]
            .iter()
            .map(|weights| {
                let sum: u32 = weights
                    .iter()
                    .zip(self.0)
                    .map(|(weight, digit)| weight * u32::from(digit))
                    .sum();
                sum % 11
            })
            .find(|rest| *rest < 10)
            .and_then(|rest| u8::try_from(rest).ok())
    }

    /// The birth date it names, if that day exists and the century is known.
    pub fn birth_date(&self) -> Option<Date> {
        let (century, _) = self.century_and_sex()?;
        let [y1, y2, m1, m2, d1, d2, ..] = self.0.map(|digit| i8::try_from(digit).unwrap_or(0));
        let year = century + i16::from(y1 * 10 + y2);
        Date::new(year, m1 * 10 + m2, d1 * 10 + d2).ok()
    }

    /// The sex it names, if the seventh digit names one.
    pub fn sex(&self) -> Option<Sex> {
        self.century_and_sex().map(|(_, sex)| sex)
    }

    /// The digits, for a page or a comparison; never for a log.
    pub fn reveal(&self) -> String {
        self.0
            .iter()
            .map(|digit| char::from(b'0' + digit))
            .collect()
    }

    fn century_and_sex(&self) -> Option<(i16, Sex)> {
        let [_, _, _, _, _, _, seventh, ..] = self.0;
        let century = match seventh {
            1 | 2 => 1800,
            3 | 4 => 1900,
            5 | 6 => 2000,
            _ => return None,
        };
        let sex = if seventh % 2 == 1 {
            Sex::Male
        } else {
            Sex::Female
        };
        Some((century, sex))
    }
}

impl std::fmt::Debug for IinDigits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IinDigits(…)")
    }
}

#[cfg(test)]
mod tests;
