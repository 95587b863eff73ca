//! Cold start and memory, each measured in a fresh process: this program run again.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Instant;

use ocr::read::Eyes;

use crate::AnyError;
use crate::clock::peak_memory_mb;
use crate::ours::Ours;
use crate::score::Row;
use crate::set::Set;

/// What the child is to load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// The MRZ reader; it then reads the files it is given.
    Mrz,
    /// Everything `tirkeu read` loads.
    Whole,
}

/// The child's work: loads and reads, and answers `load_ms peak_mb`.
pub fn child(part: Part, files: &[std::path::PathBuf]) -> Result<String, AnyError> {
    let start = Instant::now();
    let load_ms = match part {
        Part::Mrz => {
            let ours = Ours::open()?;
            let load_ms = start.elapsed().as_secs_f64() * 1000.0;
            for file in files {
                ours.read(&std::fs::read(file)?, [1, 1]);
            }
            load_ms
        }
        Part::Whole => {
            Eyes::open()?;
            start.elapsed().as_secs_f64() * 1000.0
        }
    };
    Ok(format!("{load_ms:.1} {:.0}", peak_memory_mb()))
}

/// One line a part.
pub fn lines(rows: &[Row]) -> Result<String, AnyError> {
    let photo = rows
        .iter()
        .filter(|row| row.set == Set::Photo && crate::report::is_three_megapixels(row));
    let scan = rows.iter().filter(|row| row.set == Set::Scan);
    let largest = scan.max_by_key(|row| row.truth.size.iter().product::<u32>());
    let files: Vec<_> = photo.take(3).chain(largest).map(|row| &row.path).collect();
    let mut text = String::new();
    for (part, name) in [("mrz", "the MRZ reader"), ("whole", "all readers")] {
        let mut walls = Vec::new();
        let mut answer = String::new();
        for _ in 0..5 {
            let start = Instant::now();
            let mut command = Command::new(std::env::current_exe()?);
            command.args(["--cold", part]);
            let loaded = command.output()?;
            walls.push(start.elapsed().as_secs_f64() * 1000.0);
            answer = String::from_utf8(loaded.stdout)?;
        }
        walls.sort_by(f64::total_cmp);
        let wall = walls.get(2).copied().unwrap_or(0.0);
        let load = answer.split(' ').next().unwrap_or_default().to_owned();
        let _ = writeln!(
            text,
            "- Cold start of {name}: {wall:.0} ms from the start of a process to its end (median of 5), of which loading {load} ms."
        );
    }
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(["--cold", "mrz"]).args(files).output()?;
    let answer = String::from_utf8(output.stdout)?;
    let peak = answer.trim().rsplit(' ').next().unwrap_or_default();
    let _ = writeln!(
        text,
        "- Peak memory of a process that reads three photos of 3 megapixels and the largest scan, decoding included: {peak} MB."
    );
    Ok(text)
}
