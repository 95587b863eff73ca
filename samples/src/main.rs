//! `samples`: writes invented papers with their ground truth.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use samples::eds::office::Office;
use samples::measuring::{Class, Kind, Order};

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
        /// Every paper as a photo of its own, taken with a phone by this seed.
        #[arg(long, value_name = "SEED")]
        phone: Option<u64>,
    },
    /// Write the authorities of the test office and their lists, for a server to trust.
    Trust {
        /// Folder to write into.
        folder: PathBuf,
        /// The time it is.
        #[arg(long)]
        at: jiff::Timestamp,
    },
    /// Sign what comes in, as the person of an IIN; the CMS message goes out.
    Sign {
        /// Whose signature.
        #[arg(long)]
        iin: String,
        /// The time it is.
        #[arg(long)]
        at: jiff::Timestamp,
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
    /// Write snapshots from a phone, good and spoilt: JPEG files, each with its truth beside it.
    Snapshots {
        /// Folder to write into.
        folder: PathBuf,
        /// Seed of the set.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Number of images.
        #[arg(long, default_value_t = 10)]
        count: u32,
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

fn run(command: Command) -> Result<String, Box<dyn std::error::Error>> {
    match command {
        Command::Trust { folder, at } => {
            std::fs::create_dir_all(&folder)?;
            for (name, bytes) in Office::open()?.files(at) {
                std::fs::write(folder.join(name), bytes)?;
            }
            Ok(format!("the test office in {}", folder.display()))
        }
        Command::Sign { iin, at } => {
            let mut content = Vec::new();
            std::io::stdin().read_to_end(&mut content)?;
            let message = Office::open()?.sign(&content, &iin, at);
            std::io::stdout().write_all(&message)?;
            Ok("signed".to_owned())
        }
        Command::Cases { folder, phone } => {
            let count = match phone {
                Some(seed) => samples::cases::write_all_by_phone(&folder, seed)?,
                None => samples::cases::write_all(&folder)?,
            };
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
        Command::Snapshots {
            folder,
            seed,
            count,
        } => {
            samples::snapshot::write_all(&folder, seed, count)?;
            Ok(format!("{count} snapshots in {}", folder.display()))
        }
    }
}
