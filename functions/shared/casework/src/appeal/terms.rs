//! The terms of complaints: data, `data/appeal.json`.

use std::sync::LazyLock;

use serde::Deserialize;

/// The terms of complaints.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Where it is written. For people.
    pub source: String,
    /// Months from learning of the act, to file one.
    pub months_to_file: i8,
    /// Working days for the mission, to hand it on.
    pub working_days_to_hand_on: u8,
    /// Working days for its superior, to decide.
    pub working_days_to_decide: u8,
}

impl Terms {
    /// Those that come with the program; the strictest where they cannot be read.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Terms> = LazyLock::new(|| {
            let read = serde_json::from_str(include_str!("../../data/appeal.json"));
            read.unwrap_or_else(|_| Terms {
                source: String::new(),
                months_to_file: 0,
                working_days_to_hand_on: 0,
                working_days_to_decide: 0,
            })
        });
        &EMBEDDED
    }
}
