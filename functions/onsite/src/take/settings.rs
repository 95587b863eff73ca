//! What a folder says of itself, on this machine's disk.

use std::path::{Path, PathBuf};

use intake::manifest::{ManifestError, ManifestFile};

use crate::given::Folder;

/// What is said of a case cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file that is no such JSON.
    #[error("{}: {problem}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong, naming the field.
        problem: String,
    },
    /// It says what cannot be.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

/// What a folder says of itself; nothing, where there is no manifest in it.
pub fn in_folder(folder: &Folder) -> Result<ManifestFile, SettingsError> {
    let mut said: ManifestFile = folder
        .manifest
        .as_deref()
        .map_or_else(|| Ok(ManifestFile::default()), json)?;
    if let Some(path) = &folder.card {
        said.card = Some(json(path)?);
    }
    Ok(said)
}

/// Reads a JSON file; an error names the file, the field and what is wrong with it.
pub fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, SettingsError> {
    let failure = |problem: String| SettingsError::Json {
        path: path.to_owned(),
        problem,
    };
    let text = std::fs::read(path).map_err(|e| failure(e.to_string()))?;
    serde_json::from_slice(&text).map_err(|e| failure(e.to_string()))
}
