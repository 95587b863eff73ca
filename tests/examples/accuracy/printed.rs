//! How well printed fields are read: cards, passports, permits and paper cards by seed, in faces
//! that the net of printed lines has never seen, from a file's bytes to weighed fields.

mod eyes;
mod failures;
mod fit;
mod peer;
mod ranking;
mod report;
mod score;
mod set;
mod slice;
mod sort;
mod sums;
mod verified;

use std::time::{Duration, Instant};

use crate::pages::Order;
use crate::set::Set;
use crate::{AnyError, Arguments};
use eyes::Whole;
use score::Row;
use set::Papers;

pub use slice::run as slice;

/// Where the report is written.
const REPORT: &str = "tests/accuracy-fields.md";
const CURVE: &str = "tests/accuracy-fields.svg";

/// Measures as asked for and answers with the last line.
pub fn measure(arguments: &Arguments) -> Result<String, AnyError> {
    if let Some(wanted) = arguments.verified {
        return verified::run(arguments, wanted);
    }
    let reader = Whole::open()?;
    let sets = [Set::Scan, Set::Photo, Set::Hard];
    let wanted = |set: &Set| arguments.sets.is_empty() || arguments.sets.contains(set);
    let sets: Vec<Set> = sets.into_iter().filter(wanted).collect();
    let share = u32::try_from(sets.len()).map_or(1.0, f64::from);
    let mut rows: Vec<Row> = Vec::new();
    for set in sets {
        let minutes = arguments.minutes.map(|all| all / share);
        let order = Order {
            set: Papers(set),
            seed: arguments.seed,
            count: arguments.count,
            until: minutes.map(|minutes| Instant::now() + Duration::from_secs_f64(60.0 * minutes)),
            folder: folder(&arguments.work, arguments.seed),
            reuse: arguments.reuse,
        };
        let before = rows.len();
        order.each(|page| {
            let row = Row::of(page, &reader.read(&page.bytes));
            if arguments.failures {
                crate::print(&failures::told(&row));
            }
            rows.push(row);
        })?;
        eprintln!(
            "accuracy: {} pages of print, {}",
            rows.len() - before,
            set.name()
        );
    }
    if arguments.fit {
        crate::print(&fit::table(&rows, arguments.seed));
    }
    let mut text = report::text(arguments.seed, &rows);
    if !arguments.peers.is_empty() {
        text += &peer::table(&rows, arguments.peer_count)?;
    }
    crate::print(&text);
    if arguments.write {
        std::fs::write(REPORT, &text)?;
        std::fs::write(CURVE, ranking::curve(&rows))?;
    }
    Ok(report::last_line(&rows))
}

fn folder(work: &std::path::Path, seed: u64) -> std::path::PathBuf {
    work.join(format!("printed-{seed}"))
}
