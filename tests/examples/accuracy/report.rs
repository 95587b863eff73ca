//! The report: what was measured, held against the targets. Markdown, fit for a terminal too.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use samples::trial::ZoneTruth;

use crate::codes;
use crate::score::Row;
use crate::set::Set;
use crate::sums::{Sums, interval, percent};

/// Whether the page is a photo of the size the time is asked for.
pub fn is_three_megapixels(row: &Row) -> bool {
    row.truth.size.iter().product::<u32>() == 2048 * 1536
}

/// Every table that the rows alone fill.
pub fn tables(rows: &[Row]) -> String {
    format!(
        "## Targets\n\n{}\n## By class\n\n{}\n## Pages without a zone\n\n{}\n## What the quality codes foretell\n\n{}\n## By what the pages differ in\n\n{}",
        targets(rows),
        groups(rows, |row, _| vec![row.set.name().to_owned()]),
        invented(rows),
        codes::table(rows),
        groups(rows, differences),
    )
}

fn targets(rows: &[Row]) -> String {
    let mut text = "| | target | reached | |\n|---|---|---|---|\n".to_owned();
    let mut line = |what: &str, target: &str, reached: String, verdict: Verdict| {
        let verdict = verdict.word();
        let _ = writeln!(text, "| {what} | {target} | {reached} | {verdict} |");
    };
    for set in [Set::Scan, Set::Photo, Set::Hard] {
        let sums = Sums::over(rows.iter().filter(|row| row.set == set));
        if sums.zones == 0 {
            continue;
        }
        let (low, high) = interval(sums.exact, sums.zones);
        let share = percent(sums.exact, sums.zones);
        line(
            &format!("MRZ exact, {}", set.name()),
            &format!("≥ {} %", set.exact_target()),
            format!("{share:.1} % of {} (95 %: {low:.1}–{high:.1})", sums.zones),
            Verdict::of(share >= set.exact_target(), sums.zones >= 300),
        );
        let share = percent(sums.verified, sums.covered);
        line(
            &format!("numbers, dates, IINs verified, {}", set.name()),
            &format!("≥ {} %", set.verified_target()),
            format!("{share:.1} % of {}", sums.covered),
            Verdict::of(share >= set.verified_target(), sums.covered >= 300),
        );
    }
    let all = Sums::over(rows);
    let bound = 3.0 / f64::from(all.verified.max(1));
    line(
        "verified and wrong",
        "0 of ≥ 50,000",
        format!(
            "{} of {} (95 % bound of none: {:.4} %)",
            all.verified_wrong,
            all.verified,
            100.0 * bound
        ),
        Verdict::of(all.verified_wrong == 0, all.verified >= 50_000),
    );
    let without: Vec<&Row> = rows.iter().filter(|row| row.set == Set::None).collect();
    let false_zones: u32 = without.iter().map(|row| row.invented).sum();
    line(
        "false MRZ on pages without one",
        "0 of 1,000",
        format!("{false_zones} of {}", without.len()),
        Verdict::of(false_zones == 0, without.len() >= 1000),
    );
    let (median, p95, count) = times(rows);
    line(
        "MRZ part of a 3-megapixel photo, CPU",
        "≤ 40 ms median, ≤ 120 ms p95",
        format!("{median:.0} ms, {p95:.0} ms of {count}"),
        Verdict::of(median <= 40.0 && p95 <= 120.0, count >= 100),
    );
    text
}

/// Whether a target is met, as far as the numbers can say.
pub enum Verdict {
    /// It is.
    Met,
    /// It is not.
    Missed,
    /// Held so far, on too few.
    TooFew,
}

impl Verdict {
    /// `enough`: whether there were enough to say so.
    pub const fn of(held: bool, enough: bool) -> Self {
        match (held, enough) {
            (false, _) => Self::Missed,
            (true, true) => Self::Met,
            (true, false) => Self::TooFew,
        }
    }

    /// What the report says.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "**missed**",
            Self::TooFew => "held, on too few to say",
        }
    }
}

/// Median and 95th percentile of the MRZ part's CPU time, milliseconds, and of how many photos.
fn times(rows: &[Row]) -> (f64, f64, usize) {
    let photos = rows
        .iter()
        .filter(|row| row.set == Set::Photo && is_three_megapixels(row));
    let mut times: Vec<f64> = photos.map(|row| row.cpu_ms).collect();
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    (at(50).unwrap_or(0.0), at(95).unwrap_or(0.0), times.len())
}

/// A table of sums by name.
fn groups(rows: &[Row], names: impl Fn(&Row, &ZoneTruth) -> Vec<String>) -> String {
    let mut groups: BTreeMap<String, Sums> = BTreeMap::new();
    for row in rows {
        for (truth, zone) in row.truth.zones.iter().zip(&row.zones) {
            for name in names(row, truth) {
                groups.entry(name).or_default().add(zone);
            }
        }
    }
    let head = "| | zones | documents found % | MRZ exact % | fields exact % | verified % | verified wrong |\n|---|---|---|---|---|---|---|\n";
    let lines = groups
        .iter()
        .map(|(name, sums)| format!("| {name} | {} |\n", sums.columns()));
    head.to_owned() + &lines.collect::<String>()
}

/// The groups a zone belongs to besides its class.
fn differences(row: &Row, zone: &ZoneTruth) -> Vec<String> {
    let set = format!("{:?}", row.set).to_lowercase();
    let make = &zone.make;
    let standard = (make.line_pitch_mm - 6.35).abs() < 0.01;
    let kazakh = if zone.state == "KAZ" {
        "Kazakhstan's"
    } else {
        "other States'"
    };
    let mut names = vec![
        format!("{set}: {}", written(&zone.format)),
        format!("{set}: {kazakh}"),
        format!("{set}: face {}", written(&make.face)),
        format!("{set}: stroke {}", written(&make.stroke)),
        format!("{set}: ground {}", written(&make.texture)),
        format!(
            "{set}: lines {}",
            if standard { "6.35 mm" } else { "closer" }
        ),
    ];
    names.extend(row.truth.dpi.map(|dpi| format!("{set}: {dpi} dpi")));
    for challenge in &row.truth.challenges {
        names.push(format!("{set}: with {}", written(challenge)));
    }
    names
}

/// A name as JSON writes it.
fn written(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

fn invented(rows: &[Row]) -> String {
    let mut kinds: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in rows {
        let kind = row.truth.lure.map_or_else(
            || "(more than there are, on pages with zones)".to_owned(),
            |lure| written(&lure),
        );
        let (pages, zones) = kinds.entry(kind).or_default();
        *pages += 1;
        *zones += row.invented;
    }
    let head = "| pages | how many | zones invented |\n|---|---|---|\n";
    let lines = kinds
        .iter()
        .map(|(kind, (pages, zones))| format!("| {kind} | {pages} | {zones} |\n"));
    head.to_owned() + &lines.collect::<String>()
}
