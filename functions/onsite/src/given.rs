//! What was given to be taken: folders that are cases, and loose files, which are a stack.

use std::path::{Path, PathBuf};

use intake::manifest::FileRole;

/// A folder of scans with what it says of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// Its files, by name, without those that say what the case is.
    pub scans: Vec<PathBuf>,
    /// `manifest.json`, if there is one.
    pub manifest: Option<PathBuf>,
    /// `card.json`, if there is one.
    pub card: Option<PathBuf>,
}

/// Everything that was given on the command line, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Folders with files in them; each is a case.
    pub folders: Vec<Folder>,
    /// Files given one by one.
    pub loose: Vec<PathBuf>,
    /// Files that are no scans and say nothing of a case: other JSON, hidden files.
    pub passed_over: Vec<PathBuf>,
    /// Paths that cannot be opened.
    pub unopened: Vec<PathBuf>,
}

impl Given {
    /// Sorts paths; folders inside folders are cases of their own.
    pub fn of(paths: &[PathBuf]) -> Self {
        let mut given = Self::default();
        for path in paths {
            if path.is_dir() {
                given.add_folder(path);
            } else {
                given.loose.push(path.clone());
            }
        }
        given
    }

    /// Scans in all.
    pub fn scans(&self) -> usize {
        self.loose.len() + self.folders.iter().map(|f| f.scans.len()).sum::<usize>()
    }

    fn add_folder(&mut self, path: &Path) {
        let Ok(listing) = std::fs::read_dir(path) else {
            self.unopened.push(path.to_owned());
            return;
        };
        let mut entries: Vec<PathBuf> = listing
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .collect();
        entries.sort();
        let mut folder = Folder {
            path: path.to_owned(),
            scans: Vec::new(),
            manifest: None,
            card: None,
        };
        for entry in entries {
            let name = entry
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            if entry.is_dir() && !name.starts_with('.') {
                self.add_folder(&entry);
                continue;
            }
            match FileRole::of(&name) {
                FileRole::Manifest => folder.manifest = Some(entry),
                FileRole::Card => folder.card = Some(entry),
                FileRole::PassedOver => self.passed_over.push(entry),
                FileRole::Scan => folder.scans.push(entry),
            }
        }
        if !folder.scans.is_empty() || folder.manifest.is_some() {
            self.folders.push(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_a_case_and_so_is_each_folder_inside() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        std::fs::create_dir_all(at("batch/01")).unwrap();
        for name in [
            "loose.jpg",
            "batch/page.pdf",
            "batch/.hidden",
            "batch/01/b.jpg",
            "batch/01/a.jpg",
            "batch/01/truth.json",
            "batch/01/manifest.json",
        ] {
            std::fs::write(at(name), "x").unwrap();
        }
        let given = Given::of(&[at("batch"), at("loose.jpg")]);
        let inner = Folder {
            path: at("batch/01"),
            scans: vec![at("batch/01/a.jpg"), at("batch/01/b.jpg")],
            manifest: Some(at("batch/01/manifest.json")),
            card: None,
        };
        let outer = Folder {
            path: at("batch"),
            scans: vec![at("batch/page.pdf")],
            manifest: None,
            card: None,
        };
        assert_eq!(given.folders, [inner, outer]);
        assert_eq!(given.loose, [at("loose.jpg")]);
        assert_eq!(
            given.passed_over,
            [at("batch/.hidden"), at("batch/01/truth.json")]
        );
        assert_eq!(given.scans(), 4);
    }
}
