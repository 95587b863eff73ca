//! Two-digit years of a zone, given their century.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date as a zone states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MrzDate {
    /// A day that exists, its century resolved.
    Known(Date),
    /// Fillers for all or part of it: unknown to the issuer (9303-3 §4.8).
    Unknown,
    /// No day of any calendar, or no digits.
    Impossible,
}

impl MrzDate {
    /// The day, where it is known.
    pub const fn known(self) -> Option<Date> {
        match self {
            Self::Known(date) => Some(date),
            Self::Unknown | Self::Impossible => None,
        }
    }

    /// `YYMMDD` of a birth: the latest such day that is not after `today`.
    pub(super) fn birth(text: &str, today: Date) -> Self {
        Self::resolve(text, |candidates| {
            candidates.filter(|date| *date <= today).max()
        })
    }

    /// `YYMMDD` of an expiry: the such day nearest to `today`.
    pub(super) fn expiry(text: &str, today: Date) -> Self {
        Self::resolve(text, |candidates| {
            candidates.min_by_key(|date| (date.duration_since(today).as_hours().abs(), *date))
        })
    }

    fn resolve(
        text: &str,
        choose: impl Fn(&mut dyn Iterator<Item = Date>) -> Option<Date>,
    ) -> Self {
        let [year, month, day] = [text.get(0..2), text.get(2..4), text.get(4..6)].map(|part| {
            part.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|digits| digits.parse::<i8>().ok())
        });
        let (Some(year), Some(month), Some(day)) = (year, month, day) else {
            let unknown = text.contains('<')
                && text
                    .chars()
                    .all(|character| character == '<' || character.is_ascii_digit());
            return if unknown {
                Self::Unknown
            } else {
                Self::Impossible
            };
        };
        let mut candidates = [1800, 1900, 2000, 2100]
            .into_iter()
            .filter_map(|century: i16| Date::new(century + i16::from(year), month, day).ok());
        choose(&mut candidates).map_or(Self::Impossible, Self::Known)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    #[test]
    fn a_birth_is_the_latest_such_day_not_after_today() {
        let table = [
            ("900101", MrzDate::Known(date(1990, 1, 1))),
            ("261122", MrzDate::Known(date(2026, 11, 22))),
            ("261123", MrzDate::Known(date(1926, 11, 23))),
            ("000229", MrzDate::Known(date(2000, 2, 29))),
            ("010229", MrzDate::Impossible),
            ("<<<<<<", MrzDate::Unknown),
            ("90<<<<", MrzDate::Unknown),
            ("9O0101", MrzDate::Impossible),
            ("+10101", MrzDate::Impossible),
        ];
        for (text, expected) in table {
            assert_eq!(MrzDate::birth(text, TODAY), expected, "{text}");
        }
    }

    #[test]
    fn an_expiry_is_the_such_day_nearest_to_today() {
        let table = [
            ("330614", MrzDate::Known(date(2033, 6, 14))),
            ("991231", MrzDate::Known(date(1999, 12, 31))),
            ("760101", MrzDate::Known(date(2076, 1, 1))),
            ("770101", MrzDate::Known(date(1977, 1, 1))),
        ];
        for (text, expected) in table {
            assert_eq!(MrzDate::expiry(text, TODAY), expected, "{text}");
        }
    }
}
