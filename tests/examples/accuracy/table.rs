//! The figures as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::clock::peak_memory_mb;
use crate::ours::PageReading;
use crate::pages::Page;
use crate::score::{Row, ZoneRow, paired};

/// Sums over zones.
#[derive(Default)]
struct Sums {
    zones: u32,
    found: u32,
    exact: u32,
    fields: u32,
    right: u32,
    covered: u32,
    verified: u32,
    verified_wrong: u32,
}

impl Sums {
    fn add(&mut self, zone: &ZoneRow) {
        self.zones += 1;
        self.found += u32::from(zone.found && zone.overlap >= 0.7);
        self.exact += u32::from(zone.exact);
        self.fields += zone.fields;
        self.right += zone.right;
        self.covered += zone.covered;
        self.verified += zone.verified;
        self.verified_wrong += zone.verified_wrong;
    }

    fn line(&self, name: &str) -> String {
        let share = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
        format!(
            "{name:<22} {:>6} {:>8.1} {:>8.1} {:>8.1} {:>9.1} {:>6}\n",
            self.zones,
            share(self.found, self.zones),
            share(self.exact, self.zones),
            share(self.right, self.fields),
            share(self.verified, self.covered),
            self.verified_wrong,
        )
    }
}

/// The table: each class, and within it each way its pages differ.
pub fn classes(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<22} {:>6} {:>8} {:>8} {:>8} {:>9} {:>6}\n",
        "", "zones", "found %", "exact %", "fields %", "verified", "wrong"
    );
    let mut groups: BTreeMap<String, Sums> = BTreeMap::new();
    for row in rows {
        for (at, zone) in row.zones.iter().enumerate() {
            for name in names(row, at) {
                groups.entry(name).or_default().add(zone);
            }
        }
    }
    for (name, sums) in &groups {
        text += &sums.line(name);
    }
    let _ = writeln!(text, "{}", times(rows));
    text
}

/// The groups a zone belongs to.
fn names(row: &Row, at: usize) -> Vec<String> {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let json = |value: serde_json::Result<serde_json::Value>| value.map(word).unwrap_or_default();
    let class = json(serde_json::to_value(row.truth.class));
    let mut names = vec![class.clone()];
    if let Some(zone) = row.truth.zones.get(at) {
        names.push(format!(
            "{class} face {}",
            json(serde_json::to_value(zone.make.face))
        ));
        names.push(format!(
            "{class} stroke {}",
            json(serde_json::to_value(zone.make.stroke))
        ));
        names.push(format!(
            "{class} ground {}",
            json(serde_json::to_value(zone.make.texture))
        ));
        names.push(format!(
            "{class} {}",
            json(serde_json::to_value(zone.format))
        ));
        let pitch = if (zone.make.line_pitch_mm - 6.35).abs() < 0.01 {
            "ICAO"
        } else {
            "closer"
        };
        names.push(format!("{class} lines {pitch}"));
    }
    if let Some(dpi) = row.truth.dpi {
        names.push(format!("{class} {dpi} dpi"));
    }
    for challenge in &row.truth.challenges {
        names.push(format!(
            "{class} with {}",
            json(serde_json::to_value(challenge))
        ));
    }
    names
}

fn times(rows: &[Row]) -> String {
    let mut of_three: Vec<f64> = rows
        .iter()
        .filter(|row| row.truth.size.iter().product::<u32>() == 2048 * 1536)
        .map(|row| row.cpu_ms)
        .collect();
    of_three.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        of_three
            .get(of_three.len() * percent / 100)
            .copied()
            .unwrap_or(0.0)
    };
    format!(
        "CPU ms of the MRZ part on {} photos of 3 megapixels: median {:.1}, p95 {:.1}",
        of_three.len(),
        at(50),
        at(95)
    )
}

/// One line that says it all.
pub fn last_line(rows: &[Row]) -> String {
    let mut all = Sums::default();
    rows.iter()
        .flat_map(|row| &row.zones)
        .for_each(|zone| all.add(zone));
    let invented: u32 = rows.iter().map(|row| row.invented).sum();
    format!(
        "accuracy: {} of {} zones exact, {} of {} numbers and dates verified, {} verified wrong (95 % bound {:.4} %), {invented} invented; peak {:.0} MB",
        all.exact,
        all.zones,
        all.verified,
        all.covered,
        all.verified_wrong,
        300.0 / f64::from(all.verified.max(1)),
        peak_memory_mb(),
    )
}

/// Prints truth and reading of every zone that is not exact.
#[expect(clippy::print_stdout, reason = "a command line speaks to its user")]
pub fn print_failures(page: &Page, reading: &PageReading) {
    for (truth, read) in page.truth.zones.iter().zip(paired(&page.truth, reading)) {
        if read.is_some_and(|read| read.lines == truth.mrz) {
            continue;
        }
        let make = &truth.make;
        println!(
            "{}: {:?} {:?} {:?} on {:?}, {:.1} px a character, blur {:.1} px, {:?}{}",
            page.path.display(),
            truth.format,
            make.face,
            make.stroke,
            make.texture,
            truth.pitch_px,
            page.truth.flaws.blur_px(),
            page.truth.challenges,
            if read.is_none() { ": not found" } else { "" },
        );
        for (at, line) in truth.mrz.iter().enumerate() {
            println!("  {line}");
            if let Some(read) = read
                .and_then(|read| read.lines.get(at))
                .filter(|read| *read != line)
            {
                let marks: String = read
                    .chars()
                    .zip(line.chars())
                    .map(|(a, b)| if a == b { '.' } else { a })
                    .collect();
                println!("  {marks}");
            }
        }
    }
}
