//! `tirkeu backup` and `tirkeu restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use local::Store;

use crate::{Ended, now};

/// What `tirkeu backup` takes.
#[derive(Debug, Args)]
pub struct BackupArguments {
    /// The folder to make the backup in: new, or empty
    dest: PathBuf,
    /// The folder that holds scans and cases
    #[arg(long, env = "TIRKEU_STORE", default_value = "store")]
    store: PathBuf,
}

/// What `tirkeu restore` takes.
#[derive(Debug, Args)]
pub struct RestoreArguments {
    /// The backup
    src: PathBuf,
    /// The folder to make the store in: new, or empty
    #[arg(long, env = "TIRKEU_STORE", default_value = "store")]
    store: PathBuf,
}

/// Makes a backup; fails, but makes it, where scans in the store are damaged.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn backup(arguments: &BackupArguments) -> Ended {
    let store = Store::open(&arguments.store)?;
    let made = store.backup(&arguments.dest, now())?;
    let (files, bytes) = (made.files, made.size_bytes);
    let dest = arguments.dest.display();
    println!(
        "{files} files, {bytes} bytes are in {dest}; it holds people's data and the key that signs papers: keep it as the store is kept"
    );
    if made.damaged.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(format!(
        "these files of the store are damaged, and so are their copies: {}",
        made.damaged.join(", ")
    )
    .into())
}

/// Makes a store from a backup.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn restore(arguments: &RestoreArguments) -> Ended {
    let restored = local::restore(&arguments.src, &arguments.store)?;
    println!(
        "{} files, {} cases and {} scans are in {} as they were at {}",
        restored.files,
        restored.verified.cases,
        restored.verified.scans,
        arguments.store.display(),
        restored.made_at
    );
    Ok(ExitCode::SUCCESS)
}
