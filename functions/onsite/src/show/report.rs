//! What became of a batch: every page, and what needs a hand.

use std::io::Write;

use casework::stack::{Fate, Stack};
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
    for (page, why) in report.stack.iter().flat_map(waiting) {
        writeln!(out, "needs a hand: {page}: {}", words.say(why))?;
    }
    let rest: Vec<String> = [
        (count.cover_sheets, "cover sheets"),
        (count.came_before, "that came before"),
        (count.needs_hand, "that need a hand, at the desk"),
        (count.dropped, "dropped"),
        (count.lost, "NOT ACCOUNTED FOR: take again"),
    ]
    .into_iter()
    .filter(|(pages, _)| *pages > 0)
    .map(|(pages, what)| format!(" + {pages} {what}"))
    .collect();
    writeln!(
        out,
        "{files} files, {} pages in = {} in {} cases + {} blank + {} refused{rest}",
        count.pages_in,
        count.in_cases,
        report.cases.len(),
        count.blank,
        count.refused,
        rest = rest.concat(),
    )
}

/// The pages of a stack that wait for a hand, and why.
fn waiting(stack: &Stack) -> impl Iterator<Item = (String, &'static str)> {
    stack.pages.iter().filter_map(|page| {
        let Fate::NeedsHand { why, .. } = &page.fate else {
            return None;
        };
        let file = usize::try_from(page.at.file).ok();
        let file = file.and_then(|at| stack.files.get(at))?;
        Some((
            format!("{}, page {}", file.name.reveal(), page.at.page),
            why.key(),
        ))
    })
}
