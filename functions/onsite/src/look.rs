//! `tirkeu clock`, and the same beside the desk: what time does to cases that nobody touches.

use std::io::Write as _;
use std::process::ExitCode;

use casework::case::Status;
use casework::mission::Missions;
use casework::vigil::{Standing, Vigil};
use casework::words::{Words, key_of};
use clap::Args;
use clock::{Found, Pressing, look};
use jiff::tz::TimeZone;
use local::Store;

use crate::background::Remarks;
use crate::{Ended, StoreArguments, now};

/// What `tirkeu clock` takes.
#[derive(Debug, Args)]
pub struct ClockArguments {
    #[command(flatten)]
    at: StoreArguments,
}

/// Looks again and again, and says what has changed.
#[derive(Debug)]
pub struct Watch {
    store: Store,
    remarks: Remarks,
}

impl Watch {
    /// Over this store.
    pub fn new(store: &Store) -> Self {
        Self {
            store: store.clone(),
            remarks: Remarks::default(),
        }
    }

    /// Looks once.
    pub async fn look(&self) {
        match look(&self.store, Vigil::embedded(), now()).await {
            Ok(found) if found.pressing.is_empty() => {}
            Ok(found) => {
                let (at_risk, ran_out) = numbers(&found);
                self.remarks.say(&format!(
                    "terms: {at_risk} at risk, {ran_out} ran out; see `tirkeu clock`"
                ));
            }
            Err(error) => self.remarks.say(&format!("terms: {error}")),
        }
    }
}

fn numbers(found: &Found) -> (u64, u64) {
    let standing = |standing| found.standing(standing);
    (standing(Standing::AtRisk), standing(Standing::RanOut))
}

/// Looks once and prints what was found.
pub async fn run(arguments: &ClockArguments) -> Ended {
    let store = Store::open(&arguments.at.store)?;
    let found = look(&store, Vigil::embedded(), now()).await?;
    let words = Words::of(arguments.at.lang);
    let mut out = std::io::stdout().lock();
    for one in &found.pressing {
        writeln!(out, "{}", line(one, &words))?;
    }
    for case in &found.kept_long_enough {
        writeln!(out, "{case}  {}", words.say("clock-kept-long-enough"))?;
    }
    let (at_risk, ran_out) = numbers(&found);
    let values = [
        ("open", u64::from(found.open.whole.cases)),
        ("at_risk", at_risk),
        ("ran_out", ran_out),
        ("over", found.kept_long_enough.len() as u64),
        ("uploads", found.uploads_waiting),
    ]
    .map(|(name, value)| (name, value.to_string()));
    let values = values.each_ref().map(|(name, v)| (*name, v.as_str()));
    writeln!(out, "{}", words.say_with("clock-sum", &values))?;
    if !found.kept_without_end.is_empty() {
        let ends = Status::ALL.into_iter().filter(|status| status.ended());
        let (without, ends) = (found.kept_without_end.len(), ends.count());
        let (without, ends) = (without.to_string(), ends.to_string());
        let values = [("without", without.as_str()), ("ends", ends.as_str())];
        let said = words.say_with("clock-kept-without-end", &values);
        writeln!(out, "{said}")?;
    }
    if found.cut_short {
        writeln!(out, "{}", words.say("clock-cut-short"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A case that presses: its mission, until when by the mission's clock, how it stands.
fn line(one: &Pressing, words: &Words) -> String {
    let missions = Missions::embedded();
    let zone = missions.get(&one.mission);
    let zone = zone.map_or(TimeZone::UTC, |mission| mission.time_zone.clone());
    let due = one.due_at.to_zoned(zone).strftime("%Y-%m-%d %H:%M");
    let standing = match one.standing {
        Standing::Runs => "term-runs",
        Standing::AtRisk => "term-at-risk",
        Standing::RanOut => "term-ran-out",
    };
    let status = words.say(&format!("status-{}", key_of(one.status.as_str())));
    let standing = words.say(standing);
    format!("{}  {}  {due}  {standing}; {status}", one.case, one.mission)
}
