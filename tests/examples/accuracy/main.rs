//! How well machine readable zones are read: makes trial pages by seed, reads them with the
//! real reader in this process, and prints what came of it, class by class.
//!
//! Run it through `tests/accuracy`. Never here: a threshold of the reader, or a page that
//! depends on what the reader can do.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks to its user"
)]

mod clock;
mod ours;
mod pages;
mod score;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use samples::measuring::Class;

/// Measures the MRZ reader on invented documents.
#[derive(Parser)]
struct Arguments {
    /// Pages of each class.
    #[arg(long, default_value_t = 200)]
    count: u32,
    /// Seed of the set.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Classes to measure; all of them when none is named.
    #[arg(long = "class", value_enum)]
    classes: Vec<Class>,
    /// Read the pages of the last run again, and make only those that are missing.
    #[arg(long)]
    reuse: bool,
    /// Print truth and reading of every zone that was not read exactly.
    #[arg(long)]
    failures: bool,
    /// Pages are made here.
    #[arg(long, default_value = "target/accuracy")]
    work: PathBuf,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
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

type AnyError = Box<dyn std::error::Error + Send + Sync>;

fn run(arguments: &Arguments) -> Result<String, AnyError> {
    let reader = ours::Ours::open()?;
    let all = [Class::Scan, Class::Photo, Class::Hard];
    let classes = if arguments.classes.is_empty() {
        &all[..]
    } else {
        &arguments.classes
    };
    let mut rows = Vec::new();
    for &class in classes {
        eprintln!("accuracy: {class:?}, {} pages …", arguments.count);
        let order = pages::Order {
            class,
            seed: arguments.seed,
            count: arguments.count,
            folder: arguments.work.join(format!("seed-{}", arguments.seed)),
            reuse: arguments.reuse,
        };
        order.each(|page| {
            let reading = reader.read(&page.bytes);
            let row = score::Row::of(&page, &reading);
            if arguments.failures {
                table::print_failures(&page, &reading);
            }
            rows.push(row);
        })?;
    }
    print!("{}", table::classes(&rows));
    Ok(table::last_line(&rows))
}
