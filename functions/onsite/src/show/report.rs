//! What became of a batch: every page, and what needs a hand.

use std::io::Write;

use casework::words::Words;

use crate::read::shown_name;
use crate::take::{Count, Report};

/// Prints what became of a batch: every page, and what needs a hand.
pub fn report(report: &Report, count: Count, words: &Words) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for (path, error) in &report.not_taken {
        writeln!(out, "not taken: {}: {error}", shown_name(path))?;
    }
    for path in &report.unopened {
        writeln!(
            out,
            "not opened: {}: {}",
            shown_name(path),
            words.say("refusal-cannot-open")
        )?;
    }
    let (files, doubles) = report.files();
    if doubles > 0 {
        writeln!(
            out,
            "{doubles} of {files} files came twice; each was taken once"
        )?;
    }
    if !report.passed_over.is_empty() {
        writeln!(
            out,
            "{} files are no scans and were passed over",
            report.passed_over.len()
        )?;
    }
    writeln!(
        out,
        "{files} files, {} pages in = {} in {} cases + {} blank + {} refused{}",
        count.pages_in,
        count.in_cases,
        report.cases.len(),
        count.blank,
        count.refused,
        if count.lost == 0 {
            String::new()
        } else {
            format!(" + {} NOT ACCOUNTED FOR: take again", count.lost)
        },
    )
}
