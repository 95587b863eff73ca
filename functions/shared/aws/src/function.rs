//! What every function begins with: its variables, the clock, its store, a line of its log.

use jiff::Timestamp;

use crate::{LogLine, Settings, SettingsError, Store};

/// A variable of the environment; none where it is empty.
pub fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A variable that a function cannot do without.
///
/// # Errors
/// [`SettingsError::Missing`] names it.
pub fn needed(name: &'static str) -> Result<String, SettingsError> {
    set(name).ok_or(SettingsError::Missing(name))
}

/// The settings of the environment, and the store that they name.
///
/// # Errors
/// [`SettingsError`] names what is missing.
pub fn store() -> Result<(Settings, Store), SettingsError> {
    let settings = Settings::from_variables(set)?;
    let store = Store::new(&settings, now);
    Ok((settings, store))
}

/// What time it is.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Says a line.
#[expect(clippy::print_stdout, reason = "the log of a function")]
pub fn say(line: &LogLine) {
    println!("{line}");
}
