//! Reads the zones of pictures and says how many are exact: `read_mrz PICTURE…`.
//!
//! The truth stands beside each picture in `NAME.json`, as `{"zones": [["line", …], …]}` or as any
//! object with `"mrz": ["line", …]` in it. A picture without one is taken to have no zone.

#![expect(clippy::print_stdout, reason = "a command's answer")]

use std::collections::BTreeSet;
use std::path::Path;

use ocr::mrz::{FoundMrz, MrzReader};
use ocr::raster::Pyramid;
use serde_json::Value;

type Lines = Vec<String>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = MrzReader::new()?;
    let (mut exact, mut wanted, mut invented, mut times) = (0, 0, 0, Vec::new());
    for path in std::env::args().skip(1) {
        let path = Path::new(&path);
        let page = image::open(path)?.into_luma8();
        let start = cpu_ms();
        let found = reader.zones_on(&Pyramid::new(page));
        times.push(cpu_ms() - start);
        let truth = truth(path);
        let read: BTreeSet<Lines> = found.iter().map(lines).collect();
        wanted += truth.len();
        exact += truth.intersection(&read).count();
        invented += read.len().saturating_sub(truth.len());
        for zone in &found {
            report(path, zone, &truth);
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
    Ok(())
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
        let pairs = lines.iter().zip(&read);
        let off =
            |(a, b): (&String, &String)| a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
        if lines.len() == read.len() {
            pairs.map(off).sum()
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
