//! `tirkeu cases`, `tirkeu case` and the report of a batch, as text and as JSON.

mod case;
mod report;

use std::io::Write;

use casework::case::MissionCode;
use casework::finding::Severity;
use casework::ports::Cases;
use casework::words::{Words, key_of};
use casework::worklist::{WorklistQuery, WorklistRow};
use local::Store;
use serde::Serialize;

pub use case::case;
pub use report::report;

/// Prints the worklist, due soonest first.
pub async fn cases(
    store: &Store,
    mission: Option<MissionCode>,
    all: bool,
    json: bool,
    words: &Words,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let mut query = WorklistQuery {
        mission,
        with_ended: all,
        limit: WorklistQuery::LIMIT_MAX,
        ..WorklistQuery::default()
    };
    if !json {
        let [case, mission, kind, due, status, findings] =
            ["case", "mission", "kind", "due", "status", "findings"]
                .map(|column| words.say(&format!("column-{column}")));
        writeln!(
            out,
            "{case:<15} {mission:<9} {kind:<10} {due:<17} {status:<36} {findings}"
        )?;
    }
    loop {
        let page = store.worklist(&query).await?;
        for row in &page.rows {
            if json {
                serde_json::to_writer(&mut out, row)?;
                writeln!(out)?;
            } else {
                writeln!(out, "{}", line(row, words))?;
            }
        }
        match page.next {
            Some(cursor) => query.after = Some(cursor),
            None => return Ok(()),
        }
    }
}

fn line(row: &WorklistRow, words: &Words) -> String {
    let kind = words.say(&format!("kind-{}", word(&row.kind)));
    let status = words.say(&format!("status-{}", key_of(row.status.as_str())));
    let findings: Vec<String> = row
        .findings
        .iter()
        .map(|(rule, severity)| format!("{rule:?}{}", mark(*severity)))
        .collect();
    let findings = if findings.is_empty() {
        "–".to_owned()
    } else {
        findings.join(" ")
    };
    let due = row.due_at.strftime("%Y-%m-%d %H:%MZ").to_string();
    format!(
        "{:<15} {:<9} {kind:<10} {due:<17} {status:<36} {findings}",
        row.case.as_str(),
        row.mission.0
    )
}

/// `!` hard, `?` something is asked, nothing for a warning.
const fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Hard => "!",
        Severity::Ask => "?",
        Severity::Warning => "",
    }
}

/// The word of a unit variant in JSON.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}
