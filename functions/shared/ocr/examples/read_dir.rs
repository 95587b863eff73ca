//! Reads generated images that have their truth beside them and prints how much was exact.
//!
//! `read_dir DIR…`: for `X`, `X.json` holds `{"documents": [{kind, fields: {name: value}}]}`.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]
#![expect(clippy::indexing_slicing, reason = "a missing JSON key reads as null")]

use std::collections::BTreeMap;
use std::path::Path;

use ocr::file::Limits;
use ocr::read::Eyes;
use serde_json::Value;

type Tally = BTreeMap<String, (u32, u32)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let eyes = Eyes::open()?;
    let mut tally = Tally::new();
    for dir in std::env::args().skip(1) {
        let mut paths: Vec<_> = std::fs::read_dir(dir)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        paths.sort();
        for path in paths
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end != "json"))
        {
            compare(&eyes, path, &mut tally)?;
        }
    }
    for (name, (right, all)) in &tally {
        println!("{right:4} of {all:4}  {name}");
    }
    Ok(())
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
        count(tally, &format!("{kind}: found"), found.is_some());
        let nothing = Value::Null;
        for (field, value) in wanted["fields"].as_object().into_iter().flatten() {
            let seen = &found.unwrap_or(&nothing)["fields"][field]["value"];
            count(tally, &format!("{kind}.{field}"), seen == value);
            if seen != value {
                println!("{} {kind}.{field}: {seen} for {value}", path.display());
            }
        }
    }
    Ok(())
}

fn count(tally: &mut Tally, name: &str, right: bool) {
    let entry = tally.entry(name.to_owned()).or_default();
    entry.0 += u32::from(right);
    entry.1 += 1;
}
