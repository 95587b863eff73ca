//! How well documents are read: makes pages by seed, reads them with the real reader in this
//! process, and prints what came of it, class by class. The machine readable zones of any State
//! are one part, the printed fields of Kazakhstan's papers (`--printed`) the other.
//!
//! Run it through `tests/accuracy`. Never here: a threshold of the reader, or a page that
//! depends on what the reader can do.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks to its user"
)]

mod clock;
mod codes;
mod cold;
mod failures;
mod ours;
mod pages;
mod peer;
mod plot;
mod printed;
mod provenance;
mod report;
mod score;
mod set;
mod slice;
mod sums;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;

use crate::ours::Ours;
use crate::peer::Peer;
use crate::score::Row;
use crate::set::Set;
use crate::sums::Sums;

/// Measures the MRZ reader on invented documents of any State, or the reader of printed fields.
#[derive(Parser)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line")]
struct Arguments {
    /// Measure the printed fields of cards, passports, permits and paper cards.
    #[arg(long)]
    printed: bool,
    /// Pages of each set, at most.
    #[arg(long, default_value_t = 200)]
    count: u32,
    /// Minutes for making and reading all of them, at most.
    #[arg(long)]
    minutes: Option<f64>,
    /// Seed of the pages.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Sets to measure; all of them when none is named.
    #[arg(long = "set", value_enum)]
    sets: Vec<Set>,
    /// Readers to compare with, on the same files.
    #[arg(long = "peer", value_enum)]
    peers: Vec<Peer>,
    /// Pages of each class that the peers read, at most.
    #[arg(long, default_value_t = 20)]
    peer_count: usize,
    /// Take the pages that lie in the work folder as they are, and make only those that are missing.
    #[arg(long)]
    reuse: bool,
    /// Print the weights of confidence fitted on these pages (printed fields only).
    #[arg(long)]
    fit: bool,
    /// Read cards and passports on all cores until so many verified fields were seen, and say how many are wrong;
    /// goes on where an earlier run of the same seed ended (printed fields only).
    #[arg(long, requires = "printed")]
    verified: Option<u32>,
    /// Print truth and reading of every zone that was not read exactly.
    #[arg(long)]
    failures: bool,
    /// Write the report to tests/accuracy.md and the plot beside it; of printed fields, to
    /// tests/accuracy-fields.md, or of verified ones to tests/accuracy-verified.md.
    #[arg(long)]
    write: bool,
    /// A few pages of each set with floors to hold, for CI.
    #[arg(long)]
    slice: bool,
    /// Pages are made here.
    #[arg(long, default_value = "target/accuracy")]
    work: PathBuf,
    /// Load this part and say how long it took (the command asks itself).
    #[arg(long, hide = true, value_enum)]
    cold: Option<cold::Part>,
    /// Files for it to read.
    #[arg(hide = true)]
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match (arguments.cold, arguments.slice) {
        (Some(part), _) => cold::child(part, &arguments.files),
        (None, true) => slices(&arguments.work),
        (None, false) if arguments.printed => printed::measure(&arguments),
        (None, false) => measure(&arguments),
    };
    match done {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("accuracy: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Both parts' slices.
fn slices(work: &std::path::Path) -> Result<String, AnyError> {
    let zones = slice::run(work)?;
    let print = printed::slice(work)?;
    Ok(format!("{zones}\n{print}"))
}

fn print(text: &str) {
    println!("{text}");
}

type AnyError = Box<dyn std::error::Error + Send + Sync>;

fn measure(arguments: &Arguments) -> Result<String, AnyError> {
    let reader = Ours::open()?;
    let sets = if arguments.sets.is_empty() {
        &Set::ALL[..]
    } else {
        &arguments.sets
    };
    let share = u32::try_from(sets.len()).map_or(1.0, f64::from);
    let mut rows = Vec::new();
    for &set in sets {
        let minutes = arguments.minutes.map(|all| all / share);
        let order = pages::Order {
            set,
            seed: arguments.seed,
            count: arguments.count,
            until: minutes.map(|minutes| Instant::now() + Duration::from_secs_f64(60.0 * minutes)),
            folder: folder(&arguments.work, arguments.seed),
            reuse: arguments.reuse,
        };
        let before = rows.len();
        order.each(|page| {
            let reading = reader.read(&page.bytes, page.truth.size);
            if arguments.failures {
                print!("{}", failures::told(page, &reading));
            }
            rows.push(Row::of(page, &reading));
        })?;
        eprintln!("accuracy: {} pages, {}", rows.len() - before, set.name());
    }
    let report = report(arguments, &rows)?;
    println!("{report}");
    if arguments.write {
        std::fs::write("tests/accuracy.md", &report)?;
        std::fs::write("tests/accuracy.svg", plot::svg(&rows))?;
    }
    Ok(last_line(&rows))
}

fn folder(work: &std::path::Path, seed: u64) -> PathBuf {
    work.join(format!("seed-{seed}"))
}

fn report(arguments: &Arguments, rows: &[Row]) -> Result<String, AnyError> {
    let mut report = provenance::head(arguments.seed, rows.len());
    report += &report::tables(rows);
    report += "\n## Start and memory\n\n";
    report += &cold::lines(rows)?;
    if !arguments.peers.is_empty() {
        report += "\n## Peers, on the same files in the same run\n\n";
        report += peer::HEAD;
        for peer in &arguments.peers {
            report += &peer::table(*peer, rows, arguments.peer_count, &arguments.work)?;
        }
        report += "\nOurs: CPU time of the MRZ part after decoding; the peers': of everything, decoding included.\nFastMRZ is not among them: it needs trained data that are in no registry.\n";
    }
    report += &provenance::weights();
    Ok(report)
}

fn last_line(rows: &[Row]) -> String {
    let all = Sums::over(rows);
    let invented: u32 = rows.iter().map(|row| row.invented).sum();
    format!(
        "accuracy: {} of {} zones exact, {} of {} numbers and dates verified, {} of them wrong, {invented} zones invented",
        all.exact, all.zones, all.verified, all.covered, all.verified_wrong,
    )
}
