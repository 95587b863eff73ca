//! What the rules ask of a case's mission: its country.

use crate::case::Case;
use crate::country::Country;
use crate::mission::Missions;

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
