//! `tirkeu cover-sheets`: sheets to lay before the papers of each person.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use casework::case::{CaseId, CaseKind, MissionCode};
use casework::cover::CoverSheet;
use casework::mission::Missions;
use clap::Args;

use crate::{Ended, json_word};

/// What `tirkeu cover-sheets` takes.
#[derive(Debug, Args)]
pub struct CoverSheetArguments {
    /// More papers for this case; may be given several times. Without it: new cases
    #[arg(long, value_name = "ID")]
    case: Vec<String>,
    /// The mission of new cases, like DEU-BER
    #[arg(long, env = "TIRKEU_MISSION", required_unless_present = "case")]
    mission: Option<String>,
    /// permanent or temporary; a sheet for each, without it
    #[arg(long, value_parser = json_word::<CaseKind>)]
    kind: Option<CaseKind>,
    /// The folder to put the sheets into
    #[arg(long, default_value = ".")]
    out: PathBuf,
}

/// Writes the sheets and prints their files' names.
pub fn run(arguments: &CoverSheetArguments) -> Ended {
    let mut out = std::io::stdout().lock();
    for sheet in sheets(arguments)? {
        let pdf = issue::cover_sheet(&sheet, &Missions::embedded())?;
        let path = arguments.out.join(issue::cover_sheet_name(&sheet));
        std::fs::write(&path, &pdf).map_err(|e| format!("{}: {e}", path.display()))?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn sheets(arguments: &CoverSheetArguments) -> Result<Vec<CoverSheet>, casework::case::NotACaseId> {
    if !arguments.case.is_empty() {
        let sheet = |id: &String| {
            let case = CaseId::try_from(id.clone())?;
            Ok(CoverSheet::Case { case })
        };
        return arguments.case.iter().map(sheet).collect();
    }
    let kinds = arguments.kind.map_or_else(
        || vec![CaseKind::Permanent, CaseKind::Temporary],
        |kind| vec![kind],
    );
    let mission = MissionCode(arguments.mission.clone().unwrap_or_default());
    let sheet = |kind| CoverSheet::NewCase {
        kind,
        mission: mission.clone(),
    };
    Ok(kinds.into_iter().map(sheet).collect())
}
