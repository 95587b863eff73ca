//! What `tirkeu read` makes of the committed samples, held against their ground truth.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use crate::machine::{Machine, sample_cases};

/// A scan with the documents that are on it.
struct Sample {
    file: PathBuf,
    photo: bool,
    documents: Vec<Value>,
}

fn samples() -> Vec<Sample> {
    let mut folders: Vec<_> = std::fs::read_dir(sample_cases())
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .collect();
    folders.sort();
    let mut by_file: BTreeMap<PathBuf, Vec<Value>> = BTreeMap::new();
    for folder in &folders {
        let truth = std::fs::read(folder.join("truth.json")).unwrap();
        let truth: Value = serde_json::from_slice(&truth).unwrap();
        for document in truth["documents"].as_array().unwrap() {
            by_file
                .entry(folder.join(document["file"].as_str().unwrap()))
                .or_default()
                .push(document.clone());
        }
    }
    let photographed = |file: &PathBuf| {
        ["12-unreadable-photo", "14-same-file-twice"]
            .iter()
            .any(|case| file.parent().unwrap().ends_with(case))
    };
    by_file
        .into_iter()
        .map(|(file, documents)| Sample {
            photo: photographed(&file),
            file,
            documents,
        })
        .collect()
}

/// Right and all.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    all: u32,
}

impl Tally {
    fn count(&mut self, right: bool) {
        self.right += u32::from(right);
        self.all += 1;
    }

    fn share(self) -> f64 {
        f64::from(self.right) / f64::from(self.all.max(1))
    }
}

fn class(field: &str) -> &'static str {
    match field {
        "iin" | "document_number" | "permit_number" => "numbers",
        _ if field.ends_with("_date") || field == "valid_until" => "dates",
        "surname" | "given_names" | "patronymic" | "surname_latin" | "given_names_latin" => "names",
        _ => "other",
    }
}

/// What was right, by class; what was wrong, by name (of files and fields, never values).
#[derive(Default)]
struct Score {
    scans: BTreeMap<&'static str, Tally>,
    permits: Tally,
    verified: Tally,
    photos: Tally,
    wrong: Vec<String>,
}

impl Score {
    fn document(&mut self, name: &str, photo: bool, truth: &Value, read: &Value) {
        let kind = truth["kind"].as_str().unwrap();
        let zone = truth["mrz"].as_array().filter(|lines| !lines.is_empty());
        if let Some(lines) = zone.filter(|_| !photo) {
            let right = read["mrz"]["lines"].as_array() == Some(lines);
            self.scans.entry("mrz").or_default().count(right);
        }
        for (field, value) in truth["fields"].as_object().unwrap() {
            let found = &read["fields"][field];
            let certainty = found["certainty"].as_str().unwrap_or("absent");
            let right = found["value"] == *value;
            if !right {
                self.wrong
                    .push(format!("{name}: {kind} {field} ({certainty})"));
                assert_ne!(
                    certainty, "verified",
                    "{name}: {field} is called verified and is wrong"
                );
            }
            if photo {
                self.photos.count(right);
                continue;
            }
            self.scans.entry(class(field)).or_default().count(right);
            if kind == "exit_permit" {
                self.permits.count(right);
            }
            if zone.is_some() && IN_THE_ZONE.contains(&field.as_str()) {
                self.verified.count(certainty == "verified");
            }
        }
    }

    fn print(&self) {
        for line in &self.wrong {
            println!("{line}");
        }
        let more = [
            ("permits", &self.permits),
            ("verified of MRZ", &self.verified),
            ("photos", &self.photos),
        ];
        for (what, tally) in self
            .scans
            .iter()
            .map(|(what, tally)| (*what, tally))
            .chain(more)
        {
            println!(
                "{what:<16} {:>4} of {:>4}  {:.1} %",
                tally.right,
                tally.all,
                100.0 * tally.share()
            );
        }
    }
}

/// Numbers and dates that a Kazakh MRZ holds.
const IN_THE_ZONE: [&str; 4] = ["iin", "document_number", "birth_date", "expiry_date"];

#[test]
fn flat_scans_are_read_and_nothing_verified_is_wrong() {
    let machine = Machine::new();
    let samples = samples();
    let files: Vec<&PathBuf> = samples.iter().map(|s| &s.file).collect();
    let answers = machine.read(&files);
    let mut score = Score::default();
    for (sample, answer) in samples.iter().zip(&answers) {
        let name = sample
            .file
            .strip_prefix(sample_cases())
            .unwrap()
            .display()
            .to_string();
        for truth in &sample.documents {
            match counterpart(answer, truth) {
                Some(read) => score.document(&name, sample.photo, truth, read),
                None => score.document(&name, sample.photo, truth, &Value::Null),
            }
        }
    }
    score.print();
    for class in ["mrz", "numbers", "dates", "names", "other"] {
        assert!(score.scans[class].share() >= 0.97, "{class}");
    }
    assert!(score.permits.share() >= 0.97, "permits");
    assert!(score.verified.share() >= 0.97, "verified");
    // A third of what is on photos is on the one that nobody can read.
    assert!(score.photos.share() >= 0.6, "photos");
}

/// The document that was read where the truth says there is one of its kind.
fn counterpart<'a>(answer: &'a Value, truth: &Value) -> Option<&'a Value> {
    let page = truth["page"].as_u64().unwrap_or(1);
    let candidates = answer["documents"].as_array()?.iter();
    let mut candidates = candidates.filter(|d| d["kind"] == truth["kind"] && d["page"] == page);
    let first = candidates.next()?;
    // Two of a kind on a page: the one that has the truth's number or name.
    std::iter::once(first).chain(candidates).max_by_key(|d| {
        truth["fields"].as_object().map_or(0, |fields| {
            fields
                .iter()
                .filter(|(f, v)| d["fields"][f.as_str()]["value"] == **v)
                .count()
        })
    })
}
