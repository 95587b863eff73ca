//! Sample cases held against their ground truth: what a store says and what it ought to say.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use casework::case::Case;
use casework::finding::{Rule, Severity};
use casework::mission::Missions;
use casework::ports::Cases;
use casework::scan::ScanId;
use jiff::tz::TimeZone;
use local::Store;
use serde::Deserialize;

use crate::given::{Folder, Given};
use crate::take::json;

/// `truth.json` of a sample case.
#[derive(Debug, Deserialize)]
struct Truth {
    outcome: Outcome,
}

#[derive(Debug, Deserialize)]
struct Outcome {
    status: String,
    findings: Vec<Expected>,
    /// The last day of the term, by the mission's calendar.
    due: Option<jiff::civil::Date>,
}

#[derive(Debug, Clone, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Expected {
    rule: Rule,
    severity: Severity,
    #[serde(default)]
    fields: Vec<String>,
}

/// Prints a line for each sample and whether it ended as it should.
pub async fn compare(store: &Store, samples: &Path) -> crate::Ended {
    let given = Given::of(&[samples.to_owned()]);
    let mut out = std::io::stdout().lock();
    let mut right = 0;
    for folder in &given.folders {
        let differences = differences(store, folder).await?;
        let name = folder
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        right += usize::from(differences.is_empty());
        let verdict = if differences.is_empty() {
            "as it should".to_owned()
        } else {
            differences.join("; ")
        };
        writeln!(out, "{name:<32} {verdict}")?;
    }
    let all = given.folders.len();
    writeln!(
        out,
        "{right} of {all} sample cases ended as their ground truth says"
    )?;
    Ok(if right == all && all > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn differences(
    store: &Store,
    folder: &Folder,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let truth: Truth = json(&folder.path.join("truth.json"))?;
    let Some(case) = case_of(store, folder).await? else {
        return Ok(vec!["there is no such case".into()]);
    };
    let mut differences = Vec::new();
    if case.status().as_str() != truth.outcome.status {
        differences.push(format!(
            "status {} and not {}",
            case.status().as_str(),
            truth.outcome.status
        ));
    }
    let missions = Missions::embedded();
    let zone = missions
        .get(&case.manifest.mission)
        .map_or(TimeZone::UTC, |m| m.time_zone.clone());
    let last_day = case.due_at.to_zoned(zone).date();
    if let Some(due) = truth.outcome.due.filter(|due| *due != last_day) {
        differences.push(format!("due {last_day} and not {due}"));
    }
    let (found, expected) = (found(&case), expected(&truth));
    for missing in expected.difference(&found) {
        differences.push(format!("not found: {missing:?}"));
    }
    for extra in found.difference(&expected) {
        differences.push(format!("found: {extra:?}"));
    }
    Ok(differences)
}

type Key = (Rule, Severity, String);

fn found(case: &Case) -> BTreeSet<Key> {
    let field = |f: &casework::finding::Finding| {
        f.field
            .as_ref()
            .map(|n| n.as_str().to_owned())
            .unwrap_or_default()
    };
    case.findings
        .iter()
        .map(|f| (f.rule, f.severity, field(f)))
        .collect()
}

fn expected(truth: &Truth) -> BTreeSet<Key> {
    let keys = |e: &Expected| -> Vec<Key> {
        let fields = if e.fields.is_empty() {
            vec![String::new()]
        } else {
            e.fields.clone()
        };
        fields
            .into_iter()
            .map(|field| (e.rule, e.severity, field))
            .collect()
    };
    truth.outcome.findings.iter().flat_map(keys).collect()
}

/// The case of a folder is the one that holds all of its scans.
async fn case_of(
    store: &Store,
    folder: &Folder,
) -> Result<Option<Case>, Box<dyn std::error::Error>> {
    let mut scans = BTreeSet::new();
    for path in &folder.scans {
        scans.insert(ScanId::of(&std::fs::read(path)?));
    }
    let Some(first) = scans.first() else {
        return Ok(None);
    };
    for id in store.holding(first).await? {
        if let Some(case) = store.load(&id).await? {
            let held: BTreeSet<ScanId> = case.scans.iter().map(|f| f.scan.clone()).collect();
            if held == scans {
                return Ok(Some(case));
            }
        }
    }
    Ok(None)
}
