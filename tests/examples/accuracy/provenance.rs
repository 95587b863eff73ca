//! When, on what and of what a measurement was made.

use std::process::Command;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The report's head.
pub fn head(seed: u64, pages: usize) -> String {
    format!(
        "# How well machine readable zones are read\n\n{}\n\
        Every document is invented, of forty-two States and all five formats. The faces are `round` (`OCRB.otf`), \
        `sharp` (`OCRBS.otf`) and `oblique` (`OCRBL.otf`, which no issuer prints: it shows how the reader stands the \
        unforeseen); which of them the weights were trained on stands at the end. A glare leaves its characters visible to \
        the eye; nothing else is held to that. A document is *found* where its frame and the read one share 70 % of their \
        area. *Verified* is what the zone alone proves: no printed part is read here.\n\n\
        ![accuracy against pixels a character and blur](accuracy.svg)\n\n",
        run(seed, pages),
    )
}

/// When, on what machine and of which commit it was made.
pub fn run(seed: u64, pages: usize) -> String {
    format!(
        "Written by `tests/accuracy --write` on {}, on {} (one thread, warm), at commit {}: seed {seed}, {pages} pages.\n",
        today(),
        processor(),
        commit(),
    )
}

/// The report's end: what the net is.
pub fn weights() -> String {
    let text = include_str!("../../../functions/shared/ocr/models/mrz.md");
    format!("\n## The weights\n\n```\n{}\n```\n", text.trim_end())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a measurement says when it was made"
)]
fn today() -> String {
    let now = Timestamp::now().to_zoned(TimeZone::UTC);
    now.date().to_string()
}

fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let name = name.map_or("an unnamed processor", |name| {
        name.trim_matches([' ', '\t', ':'])
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{name}, {cores} cores")
}

fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let name = git(&["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "unknown".to_owned());
    let changed = git(&["status", "--porcelain", "--untracked-files=no"]);
    if changed.is_some_and(|changed| !changed.is_empty()) {
        format!("{name} with changes")
    } else {
        name
    }
}
