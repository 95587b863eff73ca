//! Sample cases whose papers all come as photos: they end as their truth says. Here a few of one seed;
//! all of any seed with `tests/phone SEED`.

use std::path::Path;

use samples::cases::PLANS;
use samples::draw::face::Faces;

use crate::machine::Machine;

/// One with an identity card whose two sides are two photos, one whose permit names another country.
const CASES: [&str; 2] = ["02-clean-temporary", "10-destination-differs"];
const SEED: u64 = 1;

#[test]
fn cases_by_phone_end_as_their_truth_says() {
    let machine = Machine::new();
    let folder = machine.path("by-phone");
    let faces = Faces::open().unwrap();
    let plans = PLANS.iter().filter(|plan| CASES.contains(&plan.folder));
    let written = plans.map(|plan| plan.write_by_phone(&faces, &folder, SEED).unwrap());
    assert_eq!(written.count(), CASES.len());
    machine.take(&folder);
    let verdicts = machine.run([Path::new("cases"), Path::new("--truth"), &folder]);
    let told = String::from_utf8_lossy(&verdicts.stdout);
    assert!(verdicts.status.success(), "{told}");
}
