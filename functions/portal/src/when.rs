//! Times, in the mission's zone; scripts show the reader's own beside.

use casework::application::Application;
use casework::mission::Missions;
use casework::words::{Language, Words};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// The mission's city, in words.
pub fn city(words: &Words, application: &Application) -> String {
    let missions = Missions::embedded();
    let mission = missions.get(&application.mission);
    mission.map_or_else(
        || application.mission.0.clone(),
        |mission| mission.names.of(words.language).to_owned(),
    )
}

/// A day, as a paper prints it.
pub fn day(words: &Words, day: Date) -> String {
    let format = match words.language {
        Language::Kk | Language::Ru => "%d.%m.%Y",
        Language::En => "%-d %B %Y",
    };
    day.strftime(format).to_string()
}

/// A time, by the mission's clock.
pub fn time(words: &Words, application: &Application, at: Timestamp) -> Markup {
    let missions = Missions::embedded();
    let mission = missions.get(&application.mission);
    let zone = mission.map_or(TimeZone::UTC, |mission| mission.time_zone.clone());
    let format = match words.language {
        Language::Kk | Language::Ru => "%d.%m.%Y, %H:%M",
        Language::En => "%-d %B %Y, %H:%M",
    };
    let shown = at.to_zoned(zone).strftime(format).to_string();
    let with = [("city", city(words, application))];
    let with = with.each_ref().map(|(name, value)| (*name, value.as_str()));
    html! {
        time datetime=(at) data-local=(words.say("portal-by-your-clock")) { (shown) }
        " " span .quiet { (words.say_with("portal-by-clock-of", &with)) }
    }
}
