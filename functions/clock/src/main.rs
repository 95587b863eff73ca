//! The function that looks at the time: what it finds is a line of the log and a metric, over
//! which alarms stand.
//!
//! Settings come from the environment, the time from the clock; all else is the library's.

use aws::LogLine;
use aws::function::{self, now};
use casework::vigil::{Standing, Vigil};
use clock::{Found, look};
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (_, store) = function::store()?;
    let store = &store;
    run(service_fn(async |_: LambdaEvent<Value>| {
        let now = now();
        let found = look(store, Vigil::embedded(), now).await?;
        say(&found, now);
        Ok::<_, Error>(json!({
            "open": found.open.whole.cases,
            "at_risk": found.standing(Standing::AtRisk),
            "ran_out": found.standing(Standing::RanOut),
            "kept_long_enough": found.kept_long_enough.len(),
            "kept_without_end": found.kept_without_end,
            "uploads_waiting": found.uploads_waiting,
            "cut_short": found.cut_short,
        }))
    }))
    .await
}

/// All of it as a line, each rule as another, and each case that somebody must look after as a third.
fn say(found: &Found, now: Timestamp) {
    let looked = LogLine::at(now)
        .by("Function", "clock")
        .count("OpenCases", found.open.whole.cases.into())
        .count("TermsAtRisk", found.standing(Standing::AtRisk))
        .count("TermsRanOut", found.standing(Standing::RanOut))
        .count("KeptLongEnough", found.kept_long_enough.len() as u64)
        .count("KeptWithoutEnd", found.kept_without_end.len() as u64)
        .count("UploadsWaiting", found.uploads_waiting)
        .count(
            "OldestUploadSeconds",
            found.oldest_upload.as_secs().unsigned_abs(),
        )
        .count("CutShort", found.cut_short.into());
    function::say(&looked);
    for (rule, cases) in found.findings() {
        let line = LogLine::at(now)
            .by("Function", "clock")
            .by("Rule", &format!("{rule:?}"))
            .count("CasesWithFinding", (*cases).into());
        function::say(&line);
    }
    for one in &found.pressing {
        let standing = match one.standing {
            Standing::Runs => continue,
            Standing::AtRisk => "at_risk",
            Standing::RanOut => "ran_out",
        };
        let line = LogLine::at(now)
            .note("Function", "clock")
            .note("Case", one.case.as_str())
            .note("Mission", &one.mission.0)
            .note("Standing", standing);
        function::say(&line);
    }
    for case in &found.kept_long_enough {
        let line = LogLine::at(now)
            .note("Function", "clock")
            .note("Case", case.as_str())
            .note("Keeping", "over");
        function::say(&line);
    }
}
