//! The slice for CI: a few papers of each set, and floors below which something broke.

use std::path::Path;

use super::eyes::Whole;
use super::score::Row;
use super::set::Papers;
use super::sums::Sums;
use crate::AnyError;
use crate::pages::Order;
use crate::set::Set;

/// A seed of its own, so that nothing is tuned on it.
const SEED: u64 = 20_261;
/// One of each kind of paper.
const PAGES: u32 = 7;

/// Least share of fields to be read right, percent: what seven papers show, not the targets.
const fn floor(set: Set) -> u32 {
    match set {
        Set::Scan => 95,
        Set::Photo => 90,
        Set::Hard => 55,
        Set::None => 0,
    }
}

/// Measures, and fails where a floor is not held.
pub fn run(work: &Path) -> Result<String, AnyError> {
    let reader = Whole::open()?;
    let mut rows: Vec<Row> = Vec::new();
    for set in [Set::Scan, Set::Photo, Set::Hard] {
        let order = Order {
            set: Papers(set),
            seed: SEED,
            count: PAGES,
            until: None,
            folder: super::folder(work, SEED),
            reuse: false,
        };
        order.each(|page| rows.push(Row::of(page, &reader.read(&page.bytes))))?;
        let sums = Sums::over(
            rows.iter()
                .filter(|row| row.set == set)
                .flat_map(Row::fields),
        );
        if 100 * sums.exact < floor(set) * sums.all {
            let (exact, all) = (sums.exact, sums.all);
            return Err(format!("{}: {exact} of {all} printed fields right", set.name()).into());
        }
    }
    let wrong = Sums::over(rows.iter().flat_map(Row::fields)).verified_wrong;
    if wrong > 0 {
        return Err(format!("{wrong} printed fields verified and wrong").into());
    }
    Ok(super::report::last_line(&rows))
}
