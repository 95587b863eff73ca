//! The main job, from a stack of paper to checked cases, with the real binary.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::machine::{Machine, sample_cases};

/// Case → version, to see whether anything changed.
fn versions(machine: &Machine) -> BTreeMap<String, u64> {
    let id = |row: &Value| row["case"].as_str().unwrap().to_owned();
    let rows = machine.cases();
    rows.iter()
        .map(|row| (id(row), machine.case(&id(row))["version"].as_u64().unwrap()))
        .collect()
}

#[test]
fn every_sample_case_ends_as_its_ground_truth_says_and_a_second_take_changes_nothing() {
    let machine = Machine::new();
    let report = machine.take(&sample_cases());
    assert!(!report.contains("NOT ACCOUNTED FOR"), "{report}");
    let verdicts = machine.run([Path::new("cases"), Path::new("--truth"), &sample_cases()]);
    assert!(
        verdicts.status.success(),
        "{}",
        String::from_utf8_lossy(&verdicts.stdout)
    );

    let before = versions(&machine);
    assert!(before.len() >= 12);
    assert_eq!(machine.take(&sample_cases()), report);
    assert_eq!(versions(&machine), before);
}

/// Pages of every case by scan: (case, scan, page) once each.
fn pages_held(machine: &Machine) -> BTreeMap<(String, String), u64> {
    let mut held = BTreeMap::new();
    for row in machine.cases() {
        let case = machine.case(row["case"].as_str().unwrap());
        for filed in case["scans"].as_array().unwrap() {
            let pages = filed["outcome"]["pages"].as_u64().unwrap_or(1);
            let key = (
                row["case"].as_str().unwrap().to_owned(),
                filed["scan"].as_str().unwrap().to_owned(),
            );
            assert_eq!(
                held.insert(key, pages),
                None,
                "a scan stands twice in a case"
            );
        }
    }
    held
}

#[test]
fn a_take_that_was_killed_goes_on_and_every_page_is_accounted_for_once() {
    let whole = Machine::new();
    whole.take(&sample_cases());
    let expected = pages_held(&whole);

    let machine = Machine::new();
    for kill in 1..=4_usize {
        let mut child = machine
            .command([Path::new("take"), &sample_cases()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Killed when another part of the batch has been written: progress, not time, decides.
        while readings(&machine) < kill * 3 && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let report = machine.take(&sample_cases());
    assert!(!report.contains("NOT ACCOUNTED FOR"), "{report}");
    assert_eq!(pages_held(&machine), expected);
}

/// Scans kept so far.
fn readings(machine: &Machine) -> usize {
    fn files(dir: &Path) -> usize {
        let Ok(listing) = std::fs::read_dir(dir) else {
            return 0;
        };
        listing
            .flatten()
            .map(|e| {
                if e.path().is_dir() {
                    files(&e.path())
                } else {
                    1
                }
            })
            .sum()
    }
    files(&machine.path("store/scans"))
}

#[test]
fn a_case_as_json_says_where_each_value_was_read() {
    let machine = Machine::new();
    machine.take(&sample_cases().join("01-clean-permanent"));
    let rows = machine.cases();
    let [row] = rows.as_slice() else {
        panic!("one folder is one case")
    };
    let case = machine.case(row["case"].as_str().unwrap());
    for key in [
        "status", "due_at", "manifest", "scans", "card", "findings", "timeline",
    ] {
        assert!(!case[key].is_null(), "{key}");
    }
    let read: Vec<&Value> = case["card"]
        .as_object()
        .unwrap()
        .values()
        .map(|e| &e["read"])
        .filter(|r| !r.is_null())
        .collect();
    assert!(read.len() >= 8);
    // The kind of a document is seen, not read; everything else says how sure it is.
    assert_eq!(
        read.iter()
            .filter(|value| !value["certainty"].is_string())
            .count(),
        1
    );
    for value in read {
        let place = &value["source"];
        assert_eq!(place["in"], "document");
        assert_eq!(place["bounds"].as_array().unwrap().len(), 4);
        assert_eq!(place["scan"].as_str().unwrap().len(), 64);
        assert!(place["page"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn loose_files_are_sorted_by_person() {
    let machine = Machine::new();
    let stack = machine.path("stack");
    std::fs::create_dir(&stack).unwrap();
    let mut files = Vec::new();
    for case in ["01-clean-permanent", "02-clean-temporary"] {
        for entry in std::fs::read_dir(sample_cases().join(case))
            .unwrap()
            .flatten()
        {
            let path = entry.path();
            if path.extension().is_some_and(|e| e != "json") {
                files.push(path);
            }
        }
    }
    let arguments = ["take", "--mission", "DEU-BER"].map(std::ffi::OsString::from);
    let files: Vec<_> = files
        .into_iter()
        .map(std::path::PathBuf::into_os_string)
        .collect();
    let report = machine.say(arguments.into_iter().chain(files));
    assert!(!report.contains("NOT ACCOUNTED FOR"), "{report}");
    let mut kinds: Vec<String> = machine
        .cases()
        .iter()
        .map(|r| r["kind"].as_str().unwrap().to_owned())
        .collect();
    kinds.sort();
    assert_eq!(kinds, ["permanent", "temporary"]);
}
