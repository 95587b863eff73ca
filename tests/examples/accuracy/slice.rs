//! The slice for CI: a few pages of each set, and floors below which something broke.

use std::path::Path;

use crate::AnyError;
use crate::ours::Ours;
use crate::pages::Order;
use crate::score::Row;
use crate::set::Set;
use crate::sums::Sums;

/// A seed of its own, so that nothing is tuned on it.
const SEED: u64 = 20_260;
const PAGES: u32 = 6;

/// Least share of zones to be read exactly, percent: what six pages show, not the targets.
const fn floor(set: Set) -> u32 {
    match set {
        Set::Scan => 85,
        Set::Photo => 70,
        Set::Hard => 55,
        Set::None => 0,
    }
}

/// Measures, and fails where a floor is not held.
pub fn run(work: &Path) -> Result<String, AnyError> {
    let reader = Ours::open()?;
    let mut rows: Vec<Row> = Vec::new();
    for set in Set::ALL {
        let order = Order {
            set,
            seed: SEED,
            count: PAGES,
            until: None,
            folder: crate::folder(work, SEED),
            reuse: false,
        };
        order.each(|page| rows.push(Row::of(page, &reader.read(&page.bytes, page.truth.size))))?;
        let sums = Sums::over(rows.iter().filter(|row| row.set == set));
        if 100 * sums.exact < floor(set) * sums.zones {
            let (exact, zones) = (sums.exact, sums.zones);
            return Err(format!("{}: {exact} of {zones} zones exact", set.name()).into());
        }
    }
    let wrong = Sums::over(&rows).verified_wrong;
    let without = rows.iter().filter(|row| row.set == Set::None);
    let invented: u32 = without.map(|row| row.invented).sum();
    if wrong + invented > 0 {
        return Err(format!("{wrong} verified and wrong, {invented} zones invented").into());
    }
    Ok(crate::last_line(&rows))
}
