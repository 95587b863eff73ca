//! Whose digital signatures are taken: a folder of authorities and of what they revoked, as
//! [`signature::configured`] has them.

use std::path::{Path, PathBuf};

use signature::configured::configured;
use signature::revocation::Evidence;
use signature::trust::Trust;

type Error = Box<dyn std::error::Error>;

/// What the folder says.
pub fn known(dir: &Path) -> Result<(Trust, Evidence), Error> {
    let named = |path: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let entries = std::fs::read_dir(dir).map_err(|e| named(dir, &e))?;
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    let mut files = Vec::new();
    for path in paths.into_iter().filter(|path| path.is_file()) {
        let bytes = std::fs::read(&path).map_err(|e| named(&path, &e))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push((name.into_owned(), bytes));
    }
    Ok(configured(files).map_err(|e| named(dir, &e))?)
}
