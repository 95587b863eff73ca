//! The term: until when a decision is due, in working days of a mission.
//!
//! The day of receipt does not count, and what arrives on a day off arrives on the next working
//! day (order No. 11-1-2/263). Never here: the clock, and how many days which channel has.

use jiff::Timestamp;
use jiff::civil::{Date, time};

use crate::calendar::{Calendar, Known, following};
use crate::mission::Mission;

/// A term that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The working day on which it counts as received.
    pub received_on: Date,
    /// The last day of the term.
    pub last_day: Date,
    /// The end of that working day, 18:00 by the mission's clock.
    pub due_at: Timestamp,
}

/// Why no term can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// The term begins or ends where holidays are not known.
    #[error("holidays are known from {} until {}, and the term does not lie between", .0.from, .0.until)]
    BeyondCalendar(Known),
    /// There is no calendar.
    #[error("there is no calendar of working days")]
    NoCalendar,
}

/// When a decision is due by the calendar that comes with the program.
///
/// # Errors
/// [`TermError`] where holidays are not known.
pub fn due(received_at: Timestamp, mission: &Mission, working_days: u8) -> Result<Due, TermError> {
    due_by(Calendar::embedded(), received_at, mission, working_days)
}

/// When a decision is due by this calendar.
///
/// # Errors
/// [`TermError`] where holidays are not known.
pub fn due_by(
    calendar: &Calendar,
    received_at: Timestamp,
    mission: &Mission,
    working_days: u8,
) -> Result<Due, TermError> {
    let known = calendar.known().ok_or(TermError::NoCalendar)?;
    let beyond = TermError::BeyondCalendar(Known {
        from: known.from.max(mission.known.from),
        until: known.until.min(mission.known.until),
    });
    let arrived = received_at.to_zoned(mission.time_zone.clone()).date();
    let mut days = std::iter::once(arrived).chain(following(arrived));
    let mut next_working_day = || {
        for day in days.by_ref() {
            if mission.works_on(day, calendar).ok_or(beyond)? {
                return Ok(day);
            }
        }
        Err(beyond)
    };
    let received_on = next_working_day()?;
    let mut last_day = received_on;
    for _ in 0..working_days {
        last_day = next_working_day()?;
    }
    let closing = last_day
        .to_datetime(time(18, 0, 0, 0))
        .to_zoned(mission.time_zone.clone());
    let due_at = closing.map_err(|_| beyond)?.timestamp();
    Ok(Due {
        received_on,
        last_day,
        due_at,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;
    use crate::case::MissionCode;
    use crate::mission::Missions;

    /// A mission with nothing of its own: Kazakhstan's calendar alone.
    fn at_home() -> Mission {
        Mission {
            time_zone: TimeZone::get("Asia/Almaty").unwrap(),
            known: Calendar::embedded().known().unwrap(),
            weekend: vec![Weekday::Saturday, Weekday::Sunday],
            host_holidays: Vec::new(),
            ..abroad("DEU-BER")
        }
    }

    fn abroad(code: &str) -> Mission {
        Missions::embedded()
            .get(&MissionCode(code.into()))
            .unwrap()
            .clone()
    }

    fn noon(day: Date, mission: &Mission) -> Timestamp {
        day.at(12, 0, 0, 0)
            .to_zoned(mission.time_zone.clone())
            .unwrap()
            .timestamp()
    }

    #[test]
    fn one_and_two_working_days_at_home() {
        let table = [
            (date(2026, 10, 23), date(2026, 10, 27), date(2026, 10, 28)),
            (date(2026, 12, 15), date(2026, 12, 17), date(2026, 12, 18)),
            (date(2026, 12, 31), date(2027, 1, 5), date(2027, 1, 6)),
            (date(2027, 1, 6), date(2027, 1, 8), date(2027, 1, 11)),
            (date(2027, 3, 12), date(2027, 3, 16), date(2027, 3, 17)),
            (date(2027, 3, 19), date(2027, 3, 25), date(2027, 3, 26)),
            (date(2025, 1, 3), date(2025, 1, 6), date(2025, 1, 8)),
        ];
        let mission = at_home();
        for (day, one, two) in table {
            let term = |days| due(noon(day, &mission), &mission, days).unwrap();
            assert_eq!((term(1).last_day, term(2).last_day), (one, two), "{day}");
        }
        let swapped = due(noon(date(2025, 1, 3), &mission), &mission, 1).unwrap();
        assert_eq!(swapped.received_on, date(2025, 1, 5), "a working Sunday");
    }

    #[test]
    fn a_mission_counts_by_its_own_clock_weekend_and_holidays() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let table = [
            // 23:30 UTC on Monday is Tuesday in Seoul and still Monday in New York.
            (
                "KOR-SEL",
                "2026-11-16T23:30:00Z",
                date(2026, 11, 17),
                "2026-11-18T09:00:00Z",
            ),
            (
                "USA-NYC",
                "2026-11-16T23:30:00Z",
                date(2026, 11, 16),
                "2026-11-17T23:00:00Z",
            ),
            // Friday is off in Cairo, Sunday is not.
            (
                "EGY-CAI",
                "2026-11-20T08:00:00Z",
                date(2026, 11, 22),
                "2026-11-23T16:00:00Z",
            ),
            // Christmas in Berlin, with the weekend behind it; not in Ankara.
            (
                "DEU-BER",
                "2026-12-24T08:00:00Z",
                date(2026, 12, 24),
                "2026-12-28T17:00:00Z",
            ),
            (
                "TUR-ANK",
                "2026-12-24T08:00:00Z",
                date(2026, 12, 24),
                "2026-12-25T15:00:00Z",
            ),
        ];
        for (code, received, received_on, due_at) in table {
            let due = due(at(received), &abroad(code), 1).unwrap();
            assert_eq!(
                (due.received_on, due.due_at),
                (received_on, at(due_at)),
                "{code}"
            );
        }
    }

    #[test]
    fn beyond_the_known_years_there_is_no_term() {
        let mission = at_home();
        let known = mission.known;
        let term = |day, days| due(noon(day, &mission), &mission, days);
        assert_eq!(
            term(date(2027, 12, 30), 1).unwrap().last_day,
            date(2027, 12, 31)
        );
        assert_eq!(
            term(date(2027, 12, 30), 2),
            Err(TermError::BeyondCalendar(known))
        );
        assert_eq!(
            term(date(2023, 12, 29), 1),
            Err(TermError::BeyondCalendar(known))
        );
        let empty = Calendar::default();
        assert_eq!(
            due_by(&empty, noon(date(2026, 1, 1), &mission), &mission, 1),
            Err(TermError::NoCalendar)
        );
    }

    proptest! {
        #[test]
        fn a_term_ends_on_a_working_day_with_so_many_behind_receipt(offset in 0_i64..900, days in 1_u8..5) {
            let mission = abroad("EGY-CAI");
            let day = date(2025, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
            let due = due(noon(day, &mission), &mission, days).unwrap();
            let works = |day| mission.works_on(day, Calendar::embedded()).unwrap();
            prop_assert!(works(due.received_on) && works(due.last_day) && day <= due.received_on);
            let counted = following(due.received_on).take_while(|day| *day <= due.last_day).filter(|day| works(*day)).count();
            prop_assert_eq!(counted, usize::from(days));
        }
    }
}
