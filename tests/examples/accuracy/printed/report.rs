//! The report on printed fields: what was measured, held against the targets.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::ranking;
use super::score::{DocumentRow, FieldRow, Row};
use super::sort::Sort;
use super::sums::Sums;
use crate::provenance;
use crate::report::Verdict;
use crate::set::Set;
use crate::sums::{interval, percent};

/// The sets, in the report's order.
const SETS: [Set; 3] = [Set::Scan, Set::Photo, Set::Hard];

/// The whole report but the peers.
pub fn text(seed: u64, rows: &[Row]) -> String {
    format!(
        "# How well printed fields are read\n\n{}\n\
        Every person and paper is invented. All print is set in faces of DejaVu and Noto, which the net of printed lines has \
        never seen, and damaged by a scanner and a phone that are not its training's; of their words it was shown \
        labels and closed lists (countries, nationalities, authorities and their towns), no names. A field counts as right when its value \
        is that of the truth, letter by letter; a document when all of its fields are and nothing else was read. *Verified* is \
        what `tirkeu read` calls so. Identity cards and passports have a machine readable zone; what only it holds counts too.\n\n\
        ## Targets\n\n{}\n## By sort of field\n\n{}\n## By paper\n\n{}\n## What confidence is worth\n\n\
        What it was fitted on stands in `functions/shared/casework/data/confidence.txt`. AUROC: the chance that a right value is surer \
        than a wrong one.\n\n{}\n![risk over coverage](accuracy-fields.svg)\n\n## By field\n\n{}\n",
        provenance::run(seed, rows.len()),
        targets(rows),
        by_sort(rows),
        by_paper(rows),
        ranking::table(rows),
        by_field(rows),
    )
}

/// One line that says it all.
pub fn last_line(rows: &[Row]) -> String {
    let all = Sums::over(fields(rows));
    let documents = || rows.iter().flat_map(|row| &row.documents);
    let right = documents().filter(|document| document.is_right()).count();
    format!(
        "accuracy: {} of {} printed fields right, {right} of {} documents; {} fields verified, {} of them wrong",
        all.exact,
        all.all,
        documents().count(),
        all.verified,
        all.verified_wrong,
    )
}

fn fields(rows: &[Row]) -> impl Iterator<Item = &FieldRow> {
    rows.iter().flat_map(Row::fields)
}

fn of_set(rows: &[Row], set: Set) -> impl Iterator<Item = &Row> {
    rows.iter().filter(move |row| row.set == set)
}

fn of_sort(rows: &[Row], set: Set, sort: Sort) -> impl Iterator<Item = &FieldRow> {
    let fields = of_set(rows, set).flat_map(Row::fields);
    fields.filter(move |field| Sort::of(&field.field) == sort)
}

/// Share of fields to be read right, percent.
const fn exact_target(set: Set, sort: Sort) -> Option<f64> {
    Some(match (sort, set) {
        (Sort::Number, Set::Scan) => 99.8,
        (Sort::Number, Set::Photo) | (Sort::Name, Set::Scan) => 99.0,
        (Sort::Number, Set::Hard) => 92.0,
        (Sort::Name, Set::Photo) => 97.0,
        (Sort::Name, Set::Hard) => 85.0,
        (Sort::Place, Set::Scan) => 98.0,
        (Sort::Place, Set::Photo) => 95.0,
        (Sort::Place, Set::Hard) => 80.0,
        (Sort::Other, _) | (_, Set::None) => return None,
    })
}

/// Share of documents to be read without a fault, percent.
const fn whole_target(set: Set) -> f64 {
    match set {
        Set::Scan => 96.0,
        Set::Photo => 90.0,
        Set::Hard | Set::None => 60.0,
    }
}

/// Share of what stands in two places that is to be verified, percent.
const fn verified_target(set: Set, sort: Sort) -> Option<f64> {
    match (sort, set) {
        (Sort::Number, Set::Scan) => Some(95.0),
        (Sort::Number, Set::Photo) => Some(90.0),
        (Sort::Name, Set::Scan) => Some(70.0),
        (Sort::Number | Sort::Name | Sort::Place | Sort::Other, _) => None,
    }
}

fn targets(rows: &[Row]) -> String {
    let mut text = "| | target | reached | |\n|---|---|---|---|\n".to_owned();
    let mut line = |what: String, target: f64, (part, whole): (u32, u32)| {
        if whole == 0 {
            return;
        }
        let (low, high) = interval(part, whole);
        let share = percent(part, whole);
        let verdict = Verdict::of(share >= target, whole >= 300 || low >= target).word();
        let _ = writeln!(
            text,
            "| {what} | ≥ {target} % | {share:.1} % of {whole} (95 %: {low:.1}–{high:.1}) | {verdict} |"
        );
    };
    for set in SETS {
        for sort in Sort::ALL {
            let sums = Sums::over(of_sort(rows, set, sort));
            if let Some(target) = exact_target(set, sort) {
                let what = format!("{}: {} exact", set.name(), sort.name());
                line(what, target, (sums.exact, sums.all));
            }
            if let Some(target) = verified_target(set, sort) {
                let what = format!("{}: {} in two places verified", set.name(), sort.name());
                line(what, target, (sums.in_zone_verified, sums.in_zone));
            }
        }
        let whole = whole(of_set(rows, set).flat_map(|row| &row.documents));
        line(
            format!("{}: documents without a fault", set.name()),
            whole_target(set),
            whole,
        );
    }
    let all = Sums::over(fields(rows));
    let bound = 300.0 / f64::from(all.verified.max(1));
    let verdict = Verdict::of(all.verified_wrong == 0, all.verified >= 50_000).word();
    let _ = writeln!(
        text,
        "| verified and wrong | 0 of ≥ 50,000 | {} of {} (95 % bound of none: {bound:.3} %) | {verdict} |",
        all.verified_wrong, all.verified,
    );
    let (median, p95) = times(rows.iter());
    let verdict = Verdict::of(median <= 300.0 && p95 <= 800.0, rows.len() >= 100).word();
    let _ = writeln!(
        text,
        "| a whole file, decode to fields, CPU | ≤ 300 ms median, ≤ 800 ms p95 | {median:.0} ms, {p95:.0} ms of {} | {verdict} |",
        rows.len(),
    );
    text
}

/// Documents that are right, and all.
fn whole<'a>(documents: impl Iterator<Item = &'a DocumentRow>) -> (u32, u32) {
    documents.fold((0, 0), |(right, all), document| {
        (right + u32::from(document.is_right()), all + 1)
    })
}

/// Median and 95th percentile of the CPU time, milliseconds.
fn times<'a>(rows: impl Iterator<Item = &'a Row>) -> (f64, f64) {
    let mut times: Vec<f64> = rows.map(|row| row.cpu_ms).collect();
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    (at(50).unwrap_or(0.0), at(95).unwrap_or(0.0))
}

fn by_sort(rows: &[Row]) -> String {
    let mut text = format!("| | {}", Sums::HEAD);
    for set in SETS {
        for sort in Sort::ALL {
            let sums = Sums::over(of_sort(rows, set, sort));
            if sums.all > 0 {
                let _ = writeln!(
                    text,
                    "| {}: {} | {} |",
                    set.name(),
                    sort.name(),
                    sums.columns()
                );
            }
        }
    }
    text
}

fn by_paper(rows: &[Row]) -> String {
    let mut text = "| | documents | without a fault % | fields exact % | files | CPU ms, median | p95 | invented fields |\n|---|---|---|---|---|---|---|---|\n".to_owned();
    for set in SETS {
        let mut papers: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        for row in of_set(rows, set) {
            let kinds = row.documents.iter().map(|document| written(&document.kind));
            let name = kinds.collect::<Vec<_>>().join(" + ");
            papers.entry(name).or_default().push(row);
        }
        for (name, rows) in papers {
            let documents = || rows.iter().flat_map(|row| &row.documents);
            let (right, all) = whole(documents());
            let sums = Sums::over(rows.iter().flat_map(|row| row.fields()));
            let (median, p95) = times(rows.iter().copied());
            let invented: usize = documents().map(|document| document.invented.len()).sum();
            let _ = writeln!(
                text,
                "| {}: {name} | {all} | {:.1} | {:.1} | {} | {median:.0} | {p95:.0} | {invented} |",
                set.name(),
                percent(right, all),
                percent(sums.exact, sums.all),
                rows.len(),
            );
        }
    }
    text
}

fn by_field(rows: &[Row]) -> String {
    let mut groups: BTreeMap<(String, &str), Vec<&FieldRow>> = BTreeMap::new();
    for document in rows.iter().flat_map(|row| &row.documents) {
        for field in &document.fields {
            let name = (written(&document.kind), field.field.as_str());
            groups.entry(name).or_default().push(field);
        }
    }
    let mut text = format!("| all sets | {}", Sums::HEAD);
    for ((kind, field), fields) in groups {
        let _ = writeln!(
            text,
            "| {kind} {field} | {} |",
            Sums::over(fields).columns()
        );
    }
    text
}

/// A name as JSON writes it.
fn written(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
