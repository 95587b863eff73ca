//! What the rules ask of a case's mission: its day, its country.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::case::Case;
use crate::country::Country;
use crate::mission::Missions;

/// The day of receipt on the mission's calendar; on UTC's where the mission is unknown.
pub(super) fn received_on(case: &Case) -> Date {
    let missions = Missions::embedded();
    let zone = missions
        .get(&case.manifest.mission)
        .map(|m| m.time_zone.clone());
    let zone = zone.unwrap_or(TimeZone::UTC);
    case.manifest.received_at.to_zoned(zone).date()
}

/// The alpha-3 code of the country the mission is in.
pub(super) fn country_of(case: &Case) -> Option<String> {
    let missions = Missions::embedded();
    missions
        .get(&case.manifest.mission)
        .map(|m| m.country.clone())
}

/// The alpha-3 code of the country a text names.
pub(super) fn country(text: &str) -> Option<&'static str> {
    Country::named(text).map(|country| country.code.as_str())
}
