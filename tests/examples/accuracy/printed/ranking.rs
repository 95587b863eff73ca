//! How well confidence ranks: area under the curve, errors above a threshold, risk over coverage.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use casework::document::Certainty;

use super::score::{FieldRow, Row};
use super::sort::Sort;
use crate::sums::{interval, percent};

/// Fewer errors than this say nothing of a sort alone: they are pooled.
const ERRORS_MIN: usize = 30;
/// Shares of fields, best first, at which the curve is drawn.
const STEPS: usize = 200;

/// A value that was read: how sure it was said to be, and whether it is right.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// Confidence, 0 to 1.
    pub confidence: f32,
    /// Whether it is right.
    pub right: bool,
}

/// The values that were read, by sort.
fn judged(rows: &[Row]) -> BTreeMap<Sort, Vec<(Judged, Certainty)>> {
    let mut sorts: BTreeMap<Sort, Vec<(Judged, Certainty)>> = BTreeMap::new();
    let of = |field: &FieldRow| {
        let read = field.read.as_ref()?;
        let judged = Judged {
            confidence: read.confidence,
            right: field.is_exact(),
        };
        Some((judged, read.certainty))
    };
    for field in rows.iter().flat_map(Row::fields) {
        let sort = Sort::of(&field.field);
        sorts.entry(sort).or_default().extend(of(field));
    }
    sorts
}

/// The chance that a right value is surer than a wrong one, ties counted half; none without both.
pub fn area(values: &[Judged]) -> Option<f64> {
    let mut order: Vec<Judged> = values.to_vec();
    order.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let (mut wrong_below, mut won) = (0.0, 0.0);
    for ties in order.chunk_by(|a, b| a.confidence.total_cmp(&b.confidence).is_eq()) {
        let right = count(ties.iter().filter(|value| value.right).count());
        let wrong = count(ties.len()) - right;
        won += right * (wrong_below + wrong / 2.0);
        wrong_below += wrong;
    }
    let pairs = wrong_below * (count(values.len()) - wrong_below);
    (pairs > 0.0).then(|| won / pairs)
}

fn count(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::INFINITY, f64::from)
}

/// The table: what confidence is worth, sort by sort and for all.
pub fn table(rows: &[Row]) -> String {
    let sorts = judged(rows);
    let mut text = "| of the values read | n | wrong | AUROC | not called doubtful | wrong among them (95 %) | wrong among the doubtful |\n|---|---|---|---|---|---|---|\n".to_owned();
    let mut line = |name: &str, values: &[(Judged, Certainty)]| {
        let all: Vec<Judged> = values.iter().map(|(judged, _)| *judged).collect();
        let wrong = all.iter().filter(|value| !value.right).count();
        let of = |doubtful: bool| {
            let some = values
                .iter()
                .filter(|(_, c)| (*c == Certainty::Doubtful) == doubtful);
            let some: Vec<bool> = some.map(|(judged, _)| judged.right).collect();
            let wrong = some.iter().filter(|right| !**right).count();
            (number(wrong), number(some.len()))
        };
        let ((wrong_sure, sure), (wrong_doubtful, doubtful)) = (of(false), of(true));
        let (low, high) = interval(wrong_sure, sure);
        let area = area(&all).map_or("–".to_owned(), |area| format!("{area:.3}"));
        let few = if wrong < ERRORS_MIN {
            " (too few errors: see all)"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "| {name} | {} | {wrong} | {area}{few} | {sure} | {wrong_sure} = {:.2} % ({low:.2}–{high:.2}) | {wrong_doubtful} of {doubtful} |",
            all.len(),
            percent(wrong_sure, sure),
        );
    };
    for (sort, values) in &sorts {
        line(sort.name(), values);
    }
    let all: Vec<(Judged, Certainty)> = sorts.into_values().flatten().collect();
    line("all", &all);
    text
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 220.0;
/// The top of the curve's axis, percent wrong.
const RISK_MAX: f64 = 10.0;

/// Risk over coverage as an SVG: of the share of values that are surest, how many are wrong.
pub fn curve(rows: &[Row]) -> String {
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} 310\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<g transform=\"translate(50,30)\">\n",
        WIDTH + 320.0
    );
    for level in [0.0, 0.5, 1.0, 2.0, 5.0, 10.0] {
        let y = height_of(level);
        let _ = writeln!(
            text,
            "<path d=\"M0 {y:.1}H{WIDTH}\" stroke=\"#ddd\"/><text x=\"-6\" y=\"{:.1}\" text-anchor=\"end\">{level}</text>",
            y + 4.0
        );
    }
    for share in [0.0, 25.0, 50.0, 75.0, 100.0] {
        let x = WIDTH * share / 100.0;
        let _ = writeln!(
            text,
            "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{share}</text>",
            HEIGHT + 16.0
        );
    }
    let colours = ["#0b5a8a", "#b3541e", "#3c7a3c", "#7a5aa0"];
    for ((sort, values), (colour, at)) in judged(rows).into_iter().zip(colours.iter().zip(0_u8..)) {
        let values = values.into_iter().map(|(judged, _)| judged).collect();
        let y = 14.0 + 18.0 * f64::from(at);
        let _ = writeln!(
            text,
            "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/><text x=\"{}\" y=\"{y}\" fill=\"{colour}\">{}</text>",
            path(values),
            WIDTH + 14.0,
            sort.name()
        );
    }
    let _ = writeln!(
        text,
        "<text x=\"0\" y=\"-12\">wrong among the surest, %</text><text x=\"{}\" y=\"{}\" text-anchor=\"middle\">share of the values read, surest first, %</text>\n</g></svg>",
        WIDTH / 2.0,
        HEIGHT + 36.0
    );
    text
}

/// The curve's pen; equal confidences are taken together.
fn path(mut values: Vec<Judged>) -> String {
    values.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let all = count(values.len());
    let step = (values.len() / STEPS).max(1);
    let (mut path, mut wrong, mut taken, mut drawn) = (String::new(), 0_usize, 0_usize, 0_usize);
    for ties in values.chunk_by(|a, b| a.confidence.total_cmp(&b.confidence).is_eq()) {
        wrong += ties.iter().filter(|value| !value.right).count();
        taken += ties.len();
        if taken < drawn + step && taken < values.len() {
            continue;
        }
        drawn = taken;
        let risk = 100.0 * count(wrong) / count(taken);
        let pen = if path.is_empty() { 'M' } else { 'L' };
        let _ = write!(
            path,
            "{pen}{:.1} {:.1}",
            WIDTH * count(taken) / all,
            height_of(risk)
        );
    }
    path
}

/// Small risks are drawn large.
fn height_of(risk: f64) -> f64 {
    HEIGHT * (1.0 - (risk.min(RISK_MAX) / RISK_MAX).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_one_where_all_right_values_are_surer_and_half_where_nothing_ranks() {
        let values = |of: &[(f32, bool)]| -> Vec<Judged> {
            let judged = |&(confidence, right): &(f32, bool)| Judged { confidence, right };
            of.iter().map(judged).collect()
        };
        for (of, expected) in [
            (vec![(0.9, true), (0.8, true), (0.3, false)], Some(1.0)),
            (vec![(0.9, false), (0.8, true)], Some(0.0)),
            (vec![(0.5, false), (0.5, true)], Some(0.5)),
            (
                vec![(0.9, true), (0.6, false), (0.4, true), (0.2, false)],
                Some(0.75),
            ),
            (vec![(0.9, true)], None),
            (vec![], None),
        ] {
            let found = area(&values(&of));
            assert_eq!(
                found.map(|a| (a * 1000.0).round()),
                expected.map(|a: f64| a * 1000.0)
            );
        }
    }
}
