//! The reader's process stopped or killed in the middle of a file: that file gets its code, the
//! next one is read by a fresh process.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::machine::{Machine, sample_cases};

/// Two scans; the readers of the first are let down, the second must be read.
fn scans() -> [PathBuf; 2] {
    [
        "01-clean-permanent/passport.jpg",
        "07-permit-missing/passport.jpg",
    ]
    .map(|name| sample_cases().join(name))
}

/// The process that reads for `parent` and has said that it is ready.
fn reader_of(parent: &mut Child) -> Option<u32> {
    let id = parent.id();
    loop {
        if parent.try_wait().unwrap().is_some() {
            return None;
        }
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"));
        let children = children.unwrap_or_default();
        let ready = |child: &u32| {
            let counts = std::fs::read_to_string(format!("/proc/{child}/io")).unwrap_or_default();
            let written = counts.lines().find_map(|line| line.strip_prefix("wchar: "));
            written.is_some_and(|bytes| bytes != "0")
        };
        let mut children = children.split_whitespace().filter_map(|c| c.parse().ok());
        if let Some(child) = children.find(ready) {
            return Some(child);
        }
        std::thread::yield_now();
    }
}

fn signal(name: &str, process: u32) {
    let sent = Command::new("kill")
        .args([name, &process.to_string()])
        .status();
    assert!(sent.unwrap().success(), "{name} {process}");
}

/// What `read` answers when the first `times` readers get this signal.
fn answers(name: &str, times: usize) -> Vec<Value> {
    let machine = Machine::new();
    let mut command = machine.command(["read"]);
    let command = command.args(scans()).stdout(Stdio::piped());
    let mut read = command.stderr(Stdio::null()).spawn().unwrap();
    let mut hit = Vec::new();
    while hit.len() < times {
        let reader = reader_of(&mut read).expect("the readers are at work");
        if !hit.contains(&reader) {
            signal(name, reader);
            hit.push(reader);
        }
    }
    let said = read.wait_with_output().unwrap();
    assert!(said.status.success(), "a refusal is an answer");
    let said = String::from_utf8(said.stdout).unwrap();
    said.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_reader_that_is_let_down_costs_only_its_file() {
    for (name, times, code) in [
        // One death may be an accident: the file is tried again.
        ("-KILL", 1, None),
        ("-KILL", 2, Some("TOOK_TOO_MUCH_MEMORY")),
        ("-STOP", 1, Some("TOOK_TOO_LONG")),
        // What the kernel sends where the processor time is used up.
        ("-XCPU", 1, Some("TOOK_TOO_LONG")),
    ] {
        let answers = answers(name, times);
        let [first, second] = answers.as_slice() else {
            panic!("{name} {times}: {} answers", answers.len())
        };
        let refused = first["refused"]["code"].as_str();
        assert_eq!(refused, code, "{name} {times}");
        assert_eq!(second["refused"], Value::Null, "{name} {times}");
        assert!(second["documents"][0]["mrz"].is_object(), "{name} {times}");
    }
}

/// Soft limits of a process's processor time, seconds, each as often as it is looked at.
fn time_limits(process: u32) -> impl Iterator<Item = u64> {
    let limits = move || std::fs::read_to_string(format!("/proc/{process}/limits")).ok();
    std::iter::from_fn(limits).filter_map(|limits| {
        let line = limits
            .lines()
            .find(|line| line.starts_with("Max cpu time"))?;
        line.split_whitespace().nth(3)?.parse().ok()
    })
}

#[test]
fn a_file_has_ten_seconds_of_the_processor_and_not_of_the_clock() {
    let machine = Machine::new();
    let mut command = machine.command(["read"]);
    let command = command.args(scans()).stdout(Stdio::null());
    let mut read = command.stderr(Stdio::null()).spawn().unwrap();
    let reader = reader_of(&mut read).expect("the readers are at work");
    let limit = time_limits(reader).next();
    read.wait().unwrap();
    // Its start has used less than two seconds.
    assert!(
        limit.is_some_and(|limit| (11..=12).contains(&limit)),
        "{limit:?}"
    );
}
