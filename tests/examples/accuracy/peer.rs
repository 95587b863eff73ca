//! Other readers on the same files, each in a process of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::AnyError;
use crate::score::Row;
use crate::set::Set;
use crate::sums::percent;

/// A reader to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Peer {
    /// PassportEye 2.2.2, from PyPI, in a private environment that is made on first use.
    Passporteye,
    /// Tesseract with `eng`, psm 6, and a filter for lines that could be a zone's.
    Tesseract,
}

const PASSPORTEYE: &str = "passporteye==2.2.2";

/// What a peer made of one file.
#[derive(Deserialize)]
pub struct Answer {
    /// The lines it answered with.
    pub lines: Vec<String>,
    /// CPU time of everything, decoding included.
    pub cpu_ms: f64,
}

/// Reads some of each class with the peer and says how it did beside us.
///
/// # Errors
/// When the peer cannot be installed or started.
pub fn table(peer: Peer, rows: &[Row], count: usize, work: &Path) -> Result<String, AnyError> {
    let python = python(peer, work)?;
    let mut text = String::new();
    for set in [Set::Scan, Set::Photo, Set::Hard] {
        // No peer opens a PDF.
        let some: Vec<&Row> = rows
            .iter()
            .filter(|row| row.set == set && row.path.extension().is_some_and(|end| end != "pdf"))
            .take(count)
            .collect();
        let paths: Vec<&Path> = some.iter().map(|row| row.path.as_path()).collect();
        let answers = ask(peer.mode(), &python, &paths)?;
        text += &line(peer, set, &some, &answers);
    }
    Ok(text)
}

fn line(peer: Peer, set: Set, rows: &[&Row], answers: &[Answer]) -> String {
    let zones: u32 = rows.iter().map(|row| count(row.zones.len())).sum();
    let ours = rows.iter().flat_map(|row| &row.zones);
    let ours = count(ours.filter(|zone| zone.exact).count());
    let theirs: usize = rows
        .iter()
        .zip(answers)
        .map(|(row, answer)| {
            let said = |lines: &Vec<String>| {
                let mut windows = answer.lines.windows(lines.len());
                windows.any(|window| window == lines.as_slice())
            };
            row.truth
                .zones
                .iter()
                .filter(|zone| said(&zone.mrz))
                .count()
        })
        .sum();
    format!(
        "| {} | {} | {zones} | {:.1} | {:.1} | {:.0} | {:.0} |\n",
        set.name(),
        format!("{peer:?}").to_lowercase(),
        percent(ours, zones),
        percent(count(theirs), zones),
        median(rows.iter().map(|row| row.cpu_ms).collect()),
        median(answers.iter().map(|answer| answer.cpu_ms).collect()),
    )
}

/// The head of the table.
pub const HEAD: &str = "| class | peer | zones | ours, exact % | peer, exact % | ours, CPU ms | peer, CPU ms |\n|---|---|---|---|---|---|---|\n";

/// The middle one; 0 of none.
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}

impl Peer {
    /// What `peer.py` calls it.
    const fn mode(self) -> &'static str {
        match self {
            Self::Passporteye => "passporteye",
            Self::Tesseract => "tesseract",
        }
    }
}

/// Has `peer.py` read the files in that mode.
pub fn ask(mode: &str, python: &Path, paths: &[&Path]) -> Result<Vec<Answer>, AnyError> {
    let output = Command::new(python)
        .args(["-W", "ignore", "-c", include_str!("peer.py"), mode])
        .args(paths)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let answers: Result<Vec<Answer>, _> = text.lines().map(serde_json::from_str).collect();
    let answers = answers?;
    if answers.len() == paths.len() {
        Ok(answers)
    } else {
        Err(format!("{mode} answered {} of {} files", answers.len(), paths.len()).into())
    }
}

/// The interpreter that has the peer.
fn python(peer: Peer, work: &Path) -> Result<PathBuf, AnyError> {
    if peer == Peer::Tesseract {
        return Ok("python3".into());
    }
    let folder = work.join("venv");
    let python = folder.join("bin/python");
    if !folder.join("lib").exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", PASSPORTEYE]))?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), AnyError> {
    let status = command.stdout(Stdio::null()).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed", command.get_program().display()).into())
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
