//! Reads the zones of pictures and says how many are exact: `read_mrz [--margins] PICTURE…`.
//!
//! `--margins` also prints, for each margin a character may be asked for, how many have it and how many
//! of those are wrong: what the thresholds of `casework::mrz` are set by.
//!
//! The truth stands beside each picture in `NAME.json`, as `{"zones": [["line", …], …]}` or as any
//! object with `"mrz": ["line", …]` in it. A picture without one is taken to have no zone.

#![expect(clippy::print_stdout, reason = "a command's answer")]

use std::collections::BTreeSet;
use std::path::Path;

use ocr::mrz::{FoundMrz, MrzReader};
use serde_json::Value;

type Lines = Vec<String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = MrzReader::new()?;
    let (mut exact, mut wanted, mut invented, mut times) = (0, 0, 0, Vec::new());
    let (mut margins, mut with_margins) = (Margins::default(), false);
    for path in std::env::args().skip(1) {
        if path == "--margins" {
            with_margins = true;
            continue;
        }
        let path = Path::new(&path);
        let page = image::open(path)?.into_luma8();
        let start = cpu_ms();
        let found = reader.zones_on(&page);
        times.push(cpu_ms() - start);
        let truth = truth(path);
        let read: BTreeSet<Lines> = found.iter().map(lines).collect();
        wanted += truth.len();
        exact += truth.intersection(&read).count();
        invented += read.len().saturating_sub(truth.len());
        for zone in &found {
            report(path, zone, &truth);
            margins.add(zone, &truth);
        }
        if read.len() < truth.len() {
            println!(
                "{}: {} of {} found",
                path.display(),
                read.len(),
                truth.len()
            );
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0.0);
    println!(
        "exact {exact} of {wanted}, invented {invented}, CPU ms median {:.1} p95 {:.1}",
        at(50),
        at(95)
    );
    if with_margins {
        margins.print();
    }
    Ok(())
}

/// Margins of characters, by whether the character is right.
#[derive(Default)]
struct Margins {
    right: Vec<f32>,
    wrong: Vec<f32>,
}

impl Margins {
    /// Takes a zone's characters where there is a truth of its shape.
    fn add(&mut self, zone: &FoundMrz, truth: &BTreeSet<Lines>) {
        let read = lines(zone);
        let nearest = truth
            .iter()
            .filter(|there| there.len() == read.len())
            .min_by_key(|there| differences(&read, there));
        for (line, there) in zone.reading.lines.iter().zip(nearest.into_iter().flatten()) {
            let pairs = line.text.reveal().chars().zip(there.chars());
            for ((read, there), margin) in pairs.zip(&line.margins) {
                if read == there {
                    self.right.push(*margin);
                } else {
                    self.wrong.push(*margin);
                }
            }
        }
    }

    fn print(&self) {
        for half_nats in 0_u8..=16 {
            let asked = f32::from(half_nats) / 2.0;
            let over = |margins: &[f32]| margins.iter().filter(|m| **m >= asked).count();
            let (right, wrong) = (over(&self.right), over(&self.wrong));
            println!(
                "margin >= {asked:.1}: {} of {} accepted, {wrong} wrong",
                right + wrong,
                self.right.len() + self.wrong.len()
            );
        }
    }
}

fn differences(read: &Lines, there: &Lines) -> usize {
    let line =
        |(a, b): (&String, &String)| a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
    read.iter().zip(there).map(line).sum()
}

/// CPU time of all threads of this process, milliseconds (Linux; 0 elsewhere).
fn cpu_ms() -> f64 {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else {
        return 0.0;
    };
    let of_task = |task: std::fs::DirEntry| -> Option<f64> {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    tasks.flatten().filter_map(of_task).sum::<f64>() / 1e6
}

fn lines(zone: &FoundMrz) -> Lines {
    zone.reading
        .lines
        .iter()
        .map(|line| line.text.reveal().clone())
        .collect()
}

/// Prints what differs from the nearest truth.
fn report(path: &Path, zone: &FoundMrz, truth: &BTreeSet<Lines>) {
    let read = lines(zone);
    let wrong = |lines: &Lines| {
        if lines.len() == read.len() {
            differences(lines, &read)
        } else {
            usize::MAX
        }
    };
    let Some(nearest) = truth.iter().min_by_key(|lines| wrong(lines)) else {
        println!("{}: invented {read:?}", path.display());
        return;
    };
    if wrong(nearest) > 0 {
        println!("{}: pitch {:.1} px", path.display(), zone.pitch_px);
        for (line, (read, there)) in zone.reading.lines.iter().zip(read.iter().zip(nearest)) {
            let off: Vec<String> = read
                .chars()
                .zip(there.chars())
                .zip(&line.margins)
                .filter(|((read, there), _)| read != there)
                .map(|((read, there), margin)| format!("{there}>{read} {margin:.1}"))
                .collect();
            println!("  {read}\n  {there}  {}", off.join(", "));
        }
    }
}

fn truth(picture: &Path) -> BTreeSet<Lines> {
    let text = std::fs::read_to_string(picture.with_extension("json")).unwrap_or_default();
    let mut found = BTreeSet::new();
    if let Ok(value) = serde_json::from_str(&text) {
        collect(&value, &mut found);
    }
    found
}

/// Every list of lines under `zones` or `mrz`, however deep.
fn collect(value: &Value, found: &mut BTreeSet<Lines>) {
    let lines = |value: &Value| {
        serde_json::from_value::<Lines>(value.clone())
            .ok()
            .filter(|lines| !lines.is_empty())
    };
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match key.as_str() {
                    "mrz" => found.extend(lines(value)),
                    "zones" => {
                        found.extend(value.as_array().into_iter().flatten().filter_map(lines));
                    }
                    _ => collect(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
