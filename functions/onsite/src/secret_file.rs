//! A secret that is kept in a file.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// What the file holds; it is no secret where others may read it.
pub fn secret(path: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let shown = path.display();
    let failed = |e: std::io::Error| format!("{shown}: {e}");
    let mode = std::fs::metadata(path)
        .map_err(failed)?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        let advice = "make a new one, or set its mode to 600 if nobody has";
        return Err(format!("others may read {shown}: {advice}").into());
    }
    Ok(std::fs::read_to_string(path).map_err(failed)?)
}
