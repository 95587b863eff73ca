//! `samples`: writes invented papers with their ground truth.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use samples::measuring::{Class, Kind, Order, SetError};

/// Invented papers of invented people, with ground truth. The same seed gives the same bytes.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the sample cases: one folder each with scans, manifest.json and truth.json.
    Cases {
        /// Folder to write into.
        folder: PathBuf,
    },
    /// Write a set for measuring: images, each with its truth beside it.
    Documents {
        /// Folder to write into.
        folder: PathBuf,
        /// Seed of the set.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Number of images.
        #[arg(long, default_value_t = 10)]
        count: u32,
        /// How the images come about.
        #[arg(long, value_enum, default_value_t = Class::Scan)]
        class: Class,
        /// What is on them.
        #[arg(long, value_enum, default_value_t = Kind::Mixed)]
        kind: Kind,
    },
}

#[expect(clippy::print_stderr, reason = "a command line speaks to its user")]
fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(done) => {
            eprintln!("{done}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("samples: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<String, SetError> {
    match command {
        Command::Cases { folder } => {
            let count = samples::cases::write_all(&folder)?;
            Ok(format!("{count} cases in {}", folder.display()))
        }
        Command::Documents {
            folder,
            seed,
            count,
            class,
            kind,
        } => {
            Order {
                seed,
                count,
                class,
                kind,
            }
            .write(&folder)?;
            Ok(format!(
                "{count} images with their truth in {}",
                folder.display()
            ))
        }
    }
}
