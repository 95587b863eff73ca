//! Whose digital signatures are taken: a folder of authorities and of what they revoked.
//!
//! ```text
//! DIR/NAME.root.cer        a root: what it signs is trusted (DER or PEM)
//! DIR/NAME.cer             an authority below a root
//! DIR/NAME.crl             a revocation list
//! ```

use std::path::{Path, PathBuf};

use signature::revocation::Evidence;
use signature::trust::Trust;

type Error = Box<dyn std::error::Error>;

/// What the folder says.
pub fn known(dir: &Path) -> Result<(Trust, Evidence), Error> {
    let named = |path: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let entries = std::fs::read_dir(dir).map_err(|e| named(dir, &e))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    // Authorities first: a list is taken from somebody who is known.
    paths.sort_by_key(|path| (ends(path, ".crl"), path.clone()));
    let (mut trust, mut evidence) = (Trust::new(), Evidence::new());
    let mut roots = 0;
    for path in &paths {
        let bytes = || std::fs::read(path).map_err(|e| named(path, &e));
        if ends(path, ".root.cer") {
            trust.add_root(&bytes()?).map_err(|e| named(path, &e))?;
            roots += 1;
        } else if ends(path, ".cer") {
            trust
                .add_authority(&bytes()?)
                .map_err(|e| named(path, &e))?;
        } else if ends(path, ".crl") {
            evidence
                .add_list(&bytes()?, &trust)
                .map_err(|e| named(path, &e))?;
        }
    }
    if roots == 0 {
        return Err(format!(
            "{}: there is no root in it: name one NAME.root.cer",
            dir.display()
        )
        .into());
    }
    Ok((trust, evidence))
}

fn ends(path: &Path, ending: &str) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.ends_with(ending))
}
