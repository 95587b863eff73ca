//! Which days are days off in Kazakhstan: holidays, those moved from a weekend, swapped days. Dated data.
//!
//! `data/holidays_kz.json` says so and until when it is known; beyond that nobody guesses.
//! Never here: a mission's own weekend and its host's holidays (see [`crate::mission`]).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// The days of Kazakhstan.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    off: BTreeSet<Date>,
    working_weekends: BTreeSet<Date>,
    known: Option<Known>,
}

/// From when until when days are known, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Known {
    /// First known day.
    #[serde(rename = "known_from")]
    pub from: Date,
    /// Last known day.
    #[serde(rename = "known_until")]
    pub until: Date,
}

impl Known {
    /// Whether the day is between them.
    pub fn covers(self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

#[derive(Deserialize)]
struct CalendarFile {
    #[serde(flatten)]
    known: Known,
    holidays: Vec<Holiday>,
    days_off: Vec<DayOff>,
    swaps: Vec<Swap>,
}

/// A holiday that moves to the next working day where it falls on a weekend.
#[derive(Deserialize)]
struct Holiday {
    month: i8,
    day: i8,
    from_year: Option<i16>,
    to_year: Option<i16>,
}

/// A day off that stays where it is.
#[derive(Deserialize)]
struct DayOff {
    date: Date,
}

/// The Government makes a working day free and a weekend day working.
#[derive(Deserialize)]
struct Swap {
    off: Date,
    working: Date,
}

impl Calendar {
    /// The calendar that comes with the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Calendar> = LazyLock::new(|| {
            Calendar::parse(include_str!("../data/holidays_kz.json")).unwrap_or_default()
        });
        &EMBEDDED
    }

    /// Reads the data file.
    ///
    /// # Errors
    /// What serde finds wrong with it.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json).map(|file: CalendarFile| Self::of(&file))
    }

    /// From when until when its days are known; nothing in an empty calendar.
    pub const fn known(&self) -> Option<Known> {
        self.known
    }

    /// Whether the day is off for more than being a weekend.
    pub fn is_off(&self, day: Date) -> bool {
        self.off.contains(&day)
    }

    /// Whether the day is a working one although it is a weekend.
    pub fn is_working_weekend(&self, day: Date) -> bool {
        self.working_weekends.contains(&day)
    }

    fn of(file: &CalendarFile) -> Self {
        let holidays: BTreeSet<Date> = (file.known.from.year()..=file.known.until.year())
            .flat_map(|year| {
                file.holidays
                    .iter()
                    .filter_map(move |holiday| holiday.in_year(year))
            })
            .collect();
        let mut off: BTreeSet<Date> = holidays.clone();
        off.extend(file.days_off.iter().map(|day| day.date));
        off.extend(file.swaps.iter().map(|swap| swap.off));
        for holiday in holidays.into_iter().filter(|day| is_weekend(*day)) {
            let moved = following(holiday).find(|day| !is_weekend(*day) && !off.contains(day));
            off.extend(moved);
        }
        Self {
            off,
            working_weekends: file.swaps.iter().map(|swap| swap.working).collect(),
            known: Some(file.known),
        }
    }
}

impl Holiday {
    fn in_year(&self, year: i16) -> Option<Date> {
        let kept = self.from_year.is_none_or(|from| from <= year)
            && self.to_year.is_none_or(|to| year <= to);
        kept.then(|| Date::new(year, self.month, self.day).ok())
            .flatten()
    }
}

/// The days after this one.
pub(crate) fn following(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok())
}

/// Saturday and Sunday, from which holidays move.
fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_years_is_as_in_the_reference() {
        let calendar = Calendar::embedded();
        let reference = include_str!("calendar/reference.txt");
        let days = |kind: &str| -> BTreeSet<Date> {
            let lines = reference.lines().filter(|line| !line.starts_with('#'));
            let of_kind = lines.filter(|line| line.split(' ').nth(1) == Some(kind));
            of_kind.map(|line| line[..10].parse().unwrap()).collect()
        };
        let (off, working) = (days("off"), days("working"));
        assert!(off.len() > 60 && working.len() == 2);
        let mut day = calendar.known().unwrap().from;
        while calendar.known().unwrap().covers(day) {
            assert_eq!(calendar.is_off(day), off.contains(&day), "{day}");
            assert_eq!(
                calendar.is_working_weekend(day),
                working.contains(&day),
                "{day}"
            );
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn a_file_with_an_impossible_date_is_refused() {
        let json = r#"{"known_from": "2026-02-30", "known_until": "2026-12-31", "holidays": [], "days_off": [], "swaps": []}"#;
        assert!(Calendar::parse(json).is_err());
        assert!(Calendar::parse(&json.replace("02-30", "02-28")).is_ok());
    }
}
