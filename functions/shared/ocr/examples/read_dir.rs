//! Reads generated images that have their truth beside them and prints what became of each field.
//!
//! `read_dir DIR…`: for `X`, `X.json` holds `{"documents": [{kind, fields: {name: value}}]}`.
//! Right and wrong are counted apart where the value was called doubtful: `wrong` is what nobody
//! would look at again.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]
#![expect(clippy::indexing_slicing, reason = "a missing JSON key reads as null")]

use std::collections::BTreeMap;
use std::path::Path;

use ocr::file::Limits;
use ocr::read::Eyes;
use serde_json::Value;

/// What became of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Right,
    RightButDoubtful,
    Absent,
    WrongButDoubtful,
    Wrong,
}

type Tally = BTreeMap<String, BTreeMap<Fate, u32>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let eyes = Eyes::open()?;
    let mut tally = Tally::new();
    let mut pages = 0_u32;
    let start = cpu_ms();
    for dir in std::env::args().skip(1) {
        let mut paths: Vec<_> = std::fs::read_dir(dir)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        paths.sort();
        for path in paths
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end != "json"))
        {
            pages += 1;
            compare(&eyes, path, &mut tally)?;
        }
    }
    println!("   n right  (?) absent wrong  (?)   (?): called doubtful");
    for (name, fates) in &tally {
        let of = |fate| fates.get(&fate).copied().unwrap_or_default();
        println!(
            "{:4} {:5} {:4} {:6} {:5} {:4}   {name}",
            fates.values().sum::<u32>(),
            of(Fate::Right),
            of(Fate::RightButDoubtful),
            of(Fate::Absent),
            of(Fate::Wrong),
            of(Fate::WrongButDoubtful),
        );
    }
    if let (Some(start), Some(end)) = (start, cpu_ms()) {
        println!(
            "{} ms of CPU a file",
            (end - start) / u64::from(pages.max(1))
        );
    }
    Ok(())
}

/// What this process has used so far, where the system says.
fn cpu_ms() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit(')').next()?;
    let ticks: Vec<u64> = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse().ok())
        .collect();
    // A tick is a hundredth of a second on every Linux that people run.
    Some(ticks.iter().sum::<u64>() * 10)
}

fn compare(eyes: &Eyes, path: &Path, tally: &mut Tally) -> Result<(), Box<dyn std::error::Error>> {
    let truth = path.with_file_name(format!(
        "{}.json",
        path.file_name().unwrap_or_default().display()
    ));
    let Ok(truth) = std::fs::read_to_string(truth) else {
        return Ok(());
    };
    let truth: Value = serde_json::from_str(&truth)?;
    let read = eyes.read(&std::fs::read(path)?, None, &Limits::APPLICANT, &mut |_| {});
    let readings = read.map(|read| read.readings).unwrap_or_default();
    let today = "2026-11-22".parse()?;
    let documents = serde_json::to_value(casework::document::weigh(readings, today))?;
    let documents = documents.as_array().cloned().unwrap_or_default();
    for wanted in truth["documents"].as_array().into_iter().flatten() {
        let kind = wanted["kind"].as_str().unwrap_or_default();
        let found = documents
            .iter()
            .find(|document| document["kind"] == wanted["kind"]);
        let nothing = Value::Null;
        for (field, value) in wanted["fields"].as_object().into_iter().flatten() {
            let seen = &found.unwrap_or(&nothing)["fields"][field];
            let fate = fate(seen, value);
            for name in [format!("{kind}.{field}"), format!("{kind}: all")] {
                *tally.entry(name).or_default().entry(fate).or_default() += 1;
            }
            if !matches!(fate, Fate::Right | Fate::RightButDoubtful) {
                println!(
                    "{} {kind}.{field}: {} for {value} ({} {:.2})",
                    path.display(),
                    seen["value"],
                    seen["certainty"].as_str().unwrap_or("absent"),
                    seen["confidence"].as_f64().unwrap_or_default(),
                );
            }
        }
    }
    Ok(())
}

fn fate(seen: &Value, value: &Value) -> Fate {
    match (seen["value"] == *value, seen["certainty"].as_str()) {
        (_, None) => Fate::Absent,
        (true, Some("doubtful")) => Fate::RightButDoubtful,
        (true, Some(_)) => Fate::Right,
        (false, Some("doubtful")) => Fate::WrongButDoubtful,
        (false, Some(_)) => Fate::Wrong,
    }
}
