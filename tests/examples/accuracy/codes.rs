//! How well each quality code foretells that a zone is not read exactly.

use std::fmt::Write as _;

use casework::finding_code::QualityFinding;

use crate::score::Row;
use crate::sums::percent;

/// The codes that can be said of a zone.
const CODES: [QualityFinding; 5] = [
    QualityFinding::LowResolution,
    QualityFinding::Blur,
    QualityFinding::Glare,
    QualityFinding::Cropped,
    QualityFinding::Dark,
];

/// A table: zones with and without each code, and how many of them were not read exactly.
///
/// A zone that was not found bears no code; how many that are is said below the table.
pub fn table(rows: &[Row]) -> String {
    let zones = || {
        rows.iter()
            .flat_map(|row| &row.zones)
            .filter(|zone| zone.found)
    };
    let mut text =
        "| code | zones with it | not exact | zones without | not exact |\n|---|---|---|---|---|\n"
            .to_owned();
    let mut line = |name: &str, has: &dyn Fn(&[QualityFinding]) -> bool| {
        let mut counts = [[0_u32; 2]; 2];
        for zone in zones() {
            if let Some([all, failed]) = counts.get_mut(usize::from(has(&zone.codes))) {
                *all += 1;
                *failed += u32::from(!zone.exact);
            }
        }
        let [[without, failed_without], [with, failed_with]] = counts;
        let _ = writeln!(
            text,
            "| {name} | {with} | {failed_with} ({:.1} %) | {without} | {failed_without} ({:.1} %) |",
            percent(failed_with, with),
            percent(failed_without, without),
        );
    };
    for code in CODES {
        line(code.code(), &|codes| codes.contains(&code));
    }
    line("any of them", &|codes| {
        codes.iter().any(|code| CODES.contains(code))
    });
    let lost = rows.iter().flat_map(|row| &row.zones);
    let lost = lost.filter(|zone| !zone.found).count();
    let _ = writeln!(text, "\nNot found, and so without a code: {lost}.");
    text
}
