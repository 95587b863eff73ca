//! Missions abroad: where they are, their clock, weekend and host-country holidays. Data.
//!
//! Never here: what a mission decides, and a code that the data does not have.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer};

use crate::calendar::{Calendar, Known};
use crate::case::MissionCode;
use crate::country::LocalNames;

/// One mission.
#[derive(Debug, Clone, Deserialize)]
pub struct Mission {
    /// Its code, e.g. `DEU-BER`.
    pub code: MissionCode,
    /// The city it is in.
    pub names: LocalNames,
    /// The country it is in, alpha-3.
    pub country: String,
    /// Its clock.
    #[serde(deserialize_with = "time_zone")]
    pub time_zone: TimeZone,
    /// The days it is closed every week.
    #[serde(deserialize_with = "weekdays")]
    pub weekend: Vec<Weekday>,
    /// Since when and until when its host's holidays are known.
    #[serde(flatten)]
    pub known: Known,
    /// Holidays of the host country.
    pub host_holidays: Vec<HostHoliday>,
    /// Whether a second officer confirms every refusal.
    #[serde(default)]
    pub refusals_need_second_officer: bool,
}

/// A holiday of the host country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct HostHoliday {
    /// The day.
    pub date: Date,
    /// What it is called there.
    pub name: String,
}

impl Mission {
    /// Whether it works on that day; nothing where its calendar or Kazakhstan's does not know.
    pub fn works_on(&self, day: Date, calendar: &Calendar) -> Option<bool> {
        let known =
            calendar.known().is_some_and(|known| known.covers(day)) && self.known.covers(day);
        let weekend = self.weekend.contains(&day.weekday()) && !calendar.is_working_weekend(day);
        let host = self.host_holidays.iter().any(|holiday| holiday.date == day);
        known.then(|| !weekend && !host && !calendar.is_off(day))
    }
}

/// A code that the data does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no mission {0}")]
pub struct NoSuchMission(pub MissionCode);

/// The missions there are; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Missions(Arc<[Mission]>);

#[derive(Deserialize)]
struct MissionsFile {
    missions: Vec<Mission>,
}

impl Missions {
    /// The missions that come with the program.
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<Missions> = LazyLock::new(|| {
            Missions::parse(include_str!("../data/missions.json")).unwrap_or_default()
        });
        EMBEDDED.clone()
    }

    /// Reads a file of missions, where a machine has its own.
    ///
    /// # Errors
    /// What serde finds wrong with it, an unknown time zone or weekday included.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json).map(|file: MissionsFile| Self(file.missions.into()))
    }

    /// The mission of this code, if there is one.
    pub fn get(&self, code: &MissionCode) -> Option<&Mission> {
        self.0.iter().find(|mission| mission.code == *code)
    }

    /// These codes as those of missions, where there is one of each.
    ///
    /// # Errors
    /// [`NoSuchMission`] for the first code that no mission has.
    pub fn known(
        &self,
        codes: impl IntoIterator<Item = String>,
    ) -> Result<BTreeSet<MissionCode>, NoSuchMission> {
        let known = |code| match self.get(&code) {
            Some(_) => Ok(code),
            None => Err(NoSuchMission(code)),
        };
        codes.into_iter().map(MissionCode).map(known).collect()
    }

    /// Their codes, in the file's order.
    pub fn codes(&self) -> impl Iterator<Item = &MissionCode> {
        self.0.iter().map(|mission| &mission.code)
    }
}

fn time_zone<'de, D: Deserializer<'de>>(from: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(from)?;
    TimeZone::get(&name).map_err(serde::de::Error::custom)
}

fn weekdays<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Weekday>, D::Error> {
    const NAMES: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    Vec::<String>::deserialize(from)?
        .iter()
        .map(|name| {
            let days = NAMES.iter().zip(Weekday::Monday.cycle_forward());
            days.into_iter()
                .find_map(|(known, day)| (known == name).then_some(day))
                .ok_or_else(|| serde::de::Error::custom(format_args!("{name} is no weekday")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn mission(code: &str) -> Mission {
        Missions::embedded()
            .get(&MissionCode(code.into()))
            .unwrap()
            .clone()
    }

    #[test]
    fn every_mission_is_in_a_country_we_know_and_named_after_it() {
        let missions = Missions::embedded();
        assert!(missions.codes().count() >= 12);
        for code in missions.codes() {
            let mission = missions.get(code).unwrap();
            assert!(
                crate::country::Country::by_code(&mission.country).is_some(),
                "{code}"
            );
            assert!(
                code.0.starts_with(&mission.country) && mission.weekend.len() == 2,
                "{code}"
            );
        }
        assert!(missions.get(&MissionCode("XXX-YYY".into())).is_none());
    }

    #[test]
    fn a_mission_keeps_its_weekend_its_hosts_holidays_and_kazakhstans() {
        let calendar = Calendar::embedded();
        let table = [
            ("EGY-CAI", date(2026, 11, 20), Some(false)), // a Friday
            ("EGY-CAI", date(2026, 11, 22), Some(true)),  // a Sunday
            ("ARE-AUH", date(2026, 11, 20), Some(true)),
            ("ARE-AUH", date(2026, 11, 22), Some(false)),
            ("DEU-BER", date(2026, 12, 25), Some(false)), // host holiday
            ("TUR-ANK", date(2026, 12, 25), Some(true)),
            ("TUR-ANK", date(2026, 12, 16), Some(false)), // Kazakhstan's
            ("DEU-BER", date(2027, 12, 31), Some(true)),
            ("DEU-BER", date(2028, 1, 3), None),
        ];
        for (code, day, works) in table {
            assert_eq!(mission(code).works_on(day, calendar), works, "{code} {day}");
        }
    }

    #[test]
    fn a_file_that_names_no_zone_or_no_weekday_is_refused() {
        let json = r#"{"missions": [{"code": "X", "names": {"kk": "X", "ru": "X", "en": "X"}, "country": "DEU",
            "time_zone": "Europe/Berlin", "weekend": ["sunday"], "known_from": "2026-01-01",
            "known_until": "2026-12-31", "host_holidays": []}]}"#;
        assert!(Missions::parse(json).is_ok());
        assert!(Missions::parse(&json.replace("Berlin", "Nowhere")).is_err());
        assert!(Missions::parse(&json.replace("sunday", "someday")).is_err());
        assert!(Missions::parse(&json.replace("01-01", "02-30")).is_err());
    }
}
