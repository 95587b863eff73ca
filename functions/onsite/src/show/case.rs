//! One case: what does not agree, the card, the scans, the timeline.

use std::fmt::Write as _;
use std::io::{Result, Write};
use std::process::ExitCode;

use casework::card::{Entry, EntryValue};
use casework::case::{Case, CaseId, FiledScan, Recorded};
use casework::finding::{Finding, Place};
use casework::ports::Cases;
use casework::reading::FieldName;
use casework::scan::ScanOutcome;
use casework::words::{Words, key_of};
use local::Store;
use serde::Serialize;

use super::{mark, word};
use crate::Ended;

/// Everything an officer needs to decide.
#[derive(Serialize)]
struct Whole<'a> {
    status: &'a str,
    #[serde(flatten)]
    case: &'a Case,
    timeline: &'a [Recorded],
}

/// Prints one case.
pub async fn case(store: &Store, id: &CaseId, json: bool, words: &Words) -> Ended {
    let Some(case) = store.load(id).await? else {
        return Err(format!("there is no case {id} in this store").into());
    };
    let timeline = store.timeline(id).await?;
    let mut out = std::io::stdout().lock();
    if json {
        let whole = Whole {
            status: case.status().as_str(),
            case: &case,
            timeline: &timeline,
        };
        serde_json::to_writer_pretty(&mut out, &whole)?;
        writeln!(out)?;
    } else {
        as_text(&mut out, &case, &timeline, words)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn as_text(out: &mut impl Write, case: &Case, timeline: &[Recorded], words: &Words) -> Result<()> {
    let status = words.say(&format!("status-{}", key_of(case.status().as_str())));
    let kind = words.say(&format!("kind-{}", word(&case.manifest.kind)));
    writeln!(
        out,
        "{}  {kind}  {}  {status}",
        case.id, case.manifest.mission
    )?;
    writeln!(
        out,
        "received {}, due {}\n",
        case.manifest.received_at, case.due_at
    )?;
    for finding in &case.findings {
        writeln!(out, "{}", finding_text(finding, words))?;
    }
    writeln!(
        out,
        "\n{:<24} {:<28} {:<28} {:<28}",
        "card", "declared", "read", "corrected"
    )?;
    for (name, entry) in &case.card.entries {
        writeln!(out, "{}", entry_text(name, entry))?;
    }
    writeln!(out, "\nscans")?;
    for filed in &case.scans {
        writeln!(
            out,
            "  {:<32} {}",
            filed.name.reveal(),
            scan_text(filed, words)
        )?;
    }
    writeln!(out, "\ntimeline")?;
    for one in timeline {
        let event = words.say(&format!("event-{}", one.event.name()));
        writeln!(
            out,
            "  {:>3}  {}  {:<10} {event}",
            one.version,
            one.at,
            one.actor.role.as_str()
        )?;
    }
    Ok(())
}

/// The rule's sentence, then each value with its place.
fn finding_text(finding: &Finding, words: &Words) -> String {
    let mut text = format!(
        "{:?}{} {}",
        finding.rule,
        mark(finding.severity),
        words.say(&finding.reason)
    );
    for witness in &finding.values {
        let place = match &witness.place {
            Place::Document { page, document, .. } => format!("{} p{page}", word(document)),
            Place::DeclaredCard => words.say("place-declared-card"),
            Place::Correction => words.say("place-correction"),
            Place::Case => words.say("place-case"),
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "\n     {:<28} {place}", witness.value.reveal());
    }
    text
}

fn entry_text(name: &FieldName, entry: &Entry) -> String {
    let shown = |value: &Option<EntryValue>| {
        value
            .as_ref()
            .map_or("–".into(), |v| v.value.reveal().clone())
    };
    let (declared, read, corrected) = (
        shown(&entry.declared),
        shown(&entry.read),
        shown(&entry.corrected),
    );
    format!(
        "{:<24} {declared:<28} {read:<28} {corrected:<28}",
        name.as_str()
    )
}

fn scan_text(filed: &FiledScan, words: &Words) -> String {
    match &filed.outcome {
        ScanOutcome::Refused { code, .. } => words.say(&format!("refusal-{}", key_of(code.code()))),
        ScanOutcome::Read {
            pages, documents, ..
        } => {
            let kinds: Vec<String> = documents
                .iter()
                .map(|d| format!("p{} {}", d.page, word(&d.kind)))
                .collect();
            let kinds = if kinds.is_empty() {
                "–".to_owned()
            } else {
                kinds.join(", ")
            };
            format!("{pages} pages: {kinds}")
        }
    }
}
