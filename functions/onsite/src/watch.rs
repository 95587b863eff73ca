//! The watched folder: what a scanner puts there becomes cases.
//!
//! ```text
//! DIR           what is put there: a file, or a folder of files, is a stack
//!   work/N/…    claimed, and being taken in
//!   done/N/…    taken in: every page has its fate
//!   left/N/…    could not be opened or used: look at it and put it into DIR again
//! ```
//!
//! A file is claimed when two looks in turn have seen it with the same size and time, by renaming
//! it into a folder that nobody else could make: of many watchers one has it, and nothing is ever
//! written over. What was claimed and not finished is taken up again at the next start.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use intake::manifest::FileRole;

use crate::given::Given;

/// What was seen of an entry: its files with their sizes and times.
type Sighting = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// A watched folder.
#[derive(Debug)]
pub struct Watched {
    dir: PathBuf,
    /// What the last look saw.
    seen: BTreeMap<PathBuf, Sighting>,
}

/// Where what was claimed goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It was taken in.
    Done,
    /// Some of it could not be.
    Left,
}

impl Watched {
    /// Watches this folder.
    pub fn open(dir: &Path) -> io::Result<Self> {
        for name in ["work", "done", "left"] {
            fs::create_dir_all(dir.join(name))?;
        }
        Ok(Self {
            dir: dir.to_owned(),
            seen: BTreeMap::new(),
        })
    }

    /// Looks, and claims what has not changed since the look before; whether anything is still
    /// being written.
    pub fn look(&mut self) -> io::Result<bool> {
        let mut now = BTreeMap::new();
        for entry in entries(&self.dir)? {
            let ours = ["work", "done", "left"].map(|name| self.dir.join(name));
            if !ours.contains(&entry) && !is_hidden(&entry) {
                let mut sighting = Sighting::new();
                see(&entry, &mut sighting)?;
                now.insert(entry, sighting);
            }
        }
        let mut waits = false;
        for (entry, sighting) in &now {
            if self.seen.get(entry) == Some(sighting) && !sighting.is_empty() {
                self.claim(entry)?;
            } else {
                waits = true;
            }
        }
        self.seen = now;
        Ok(waits)
    }

    /// Makes it ours, if nobody was faster.
    fn claim(&self, entry: &Path) -> io::Result<()> {
        let Some(name) = entry.file_name() else {
            return Ok(());
        };
        let claim = new_folder(&self.dir.join("work"))?;
        match fs::rename(entry, claim.join(name)) {
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => fs::remove_dir(claim),
            other => other,
        }
    }

    /// What is claimed and not finished, in the order in which it was claimed.
    pub fn claimed(&self) -> io::Result<Vec<PathBuf>> {
        let claims = entries(&self.dir.join("work"))?;
        let numbered = |claim: &PathBuf| Some((number(claim)?, claim.clone()));
        let mut claims: Vec<_> = claims.iter().filter_map(numbered).collect();
        claims.sort();
        Ok(claims.into_iter().map(|(_, claim)| claim).collect())
    }

    /// Puts a finished claim away. Its number is free in the other place too, or the next one is.
    pub fn put_away(&self, claim: &Path, place: Place) -> io::Result<PathBuf> {
        let into = new_folder(&self.dir.join(match place {
            Place::Done => "done",
            Place::Left => "left",
        }))?;
        // A folder takes the place of an empty one.
        fs::rename(claim, &into)?;
        Ok(into)
    }
}

/// What is in a claim: a folder with a manifest is a case; everything else is one stack.
pub fn given(claim: &Path) -> Given {
    let all = Given::of(&[claim.to_owned()]);
    let mut given = Given {
        passed_over: all.passed_over,
        unopened: all.unopened,
        ..Given::default()
    };
    for folder in all.folders {
        if folder.manifest.is_some() {
            given.folders.push(folder);
        } else {
            given.loose.extend(folder.scans);
            given.passed_over.extend(folder.card);
        }
    }
    given.loose.sort();
    given
}

fn entries(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(dir)? {
        entries.push(entry?.path());
    }
    entries.sort();
    Ok(entries)
}

fn is_hidden(entry: &Path) -> bool {
    let name = entry.file_name().map(|name| name.to_string_lossy());
    // A folder may have any name; a file that file managers leave is nobody's scan.
    name.is_none_or(|name| {
        name.starts_with('.') || (entry.is_file() && FileRole::of(&name) == FileRole::PassedOver)
    })
}

/// Every file in it. One that goes away meanwhile was not finished.
fn see(entry: &Path, sighting: &mut Sighting) -> io::Result<()> {
    let metadata = match fs::metadata(entry) {
        Ok(metadata) => metadata,
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if metadata.is_dir() {
        for inner in entries(entry)? {
            see(&inner, sighting)?;
        }
    } else {
        sighting.push((entry.to_owned(), metadata.len(), metadata.modified().ok()));
    }
    Ok(())
}

/// A new folder of the next number; whoever makes one first has it.
fn new_folder(within: &Path) -> io::Result<PathBuf> {
    let numbers = entries(within)?
        .iter()
        .filter_map(|path| number(path))
        .max();
    let mut next = numbers.unwrap_or_default() + 1;
    loop {
        let folder = within.join(format!("{next:06}"));
        match fs::create_dir(&folder) {
            Err(there) if there.kind() == io::ErrorKind::AlreadyExists => next += 1,
            other => return other.map(|()| folder),
        }
    }
}

fn number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Watched) {
        let dir = tempfile::tempdir().unwrap();
        let watched = Watched::open(dir.path()).unwrap();
        (dir, watched)
    }

    fn names(watched: &Watched) -> Vec<String> {
        let claims = watched.claimed().unwrap().into_iter();
        let inner = claims.flat_map(|claim| entries(&claim).unwrap());
        inner
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn a_file_that_grows_is_left_until_it_does_not() {
        let (dir, mut watched) = folder();
        let scan = dir.path().join("stack.pdf");
        for (bytes, waits) in [("a", true), ("ab", true), ("ab", false)] {
            if fs::read_to_string(&scan).ok().as_deref() != Some(bytes) {
                fs::write(&scan, bytes).unwrap();
            }
            assert_eq!(watched.look().unwrap(), waits, "{bytes}");
        }
        assert_eq!(names(&watched), ["stack.pdf"]);
        assert!(!scan.exists());
    }

    #[test]
    fn what_comes_under_the_same_name_is_written_over_nothing() {
        let (dir, mut watched) = folder();
        for text in ["first", "second"] {
            fs::write(dir.path().join("stack.pdf"), text).unwrap();
            watched.look().unwrap();
            watched.look().unwrap();
        }
        let claims = watched.claimed().unwrap();
        let texts: Vec<_> = claims
            .iter()
            .map(|claim| fs::read_to_string(claim.join("stack.pdf")).unwrap())
            .collect();
        assert_eq!(texts, ["first", "second"]);
        for claim in claims {
            let done = watched.put_away(&claim, Place::Done).unwrap();
            assert!(done.join("stack.pdf").exists());
        }
        assert_eq!(entries(&dir.path().join("done")).unwrap().len(), 2);
    }

    #[test]
    fn of_two_watchers_one_has_the_file() {
        let (dir, mut one) = folder();
        let mut other = Watched::open(dir.path()).unwrap();
        fs::write(dir.path().join("stack.pdf"), "a").unwrap();
        for watched in [&mut one, &mut other] {
            watched.look().unwrap();
        }
        one.look().unwrap();
        other.claim(&dir.path().join("stack.pdf")).unwrap();
        assert_eq!(names(&other), ["stack.pdf"]);
    }

    #[test]
    fn folders_are_claimed_whole_and_empty_or_hidden_things_are_not() {
        let (dir, mut watched) = folder();
        let at = |name: &str| dir.path().join(name);
        for name in ["monday", "empty"] {
            fs::create_dir(at(name)).unwrap();
        }
        for name in [
            "monday/2.jpg",
            "monday/1.jpg",
            "monday/Thumbs.db",
            ".part",
            "Thumbs.db",
        ] {
            fs::write(at(name), "x").unwrap();
        }
        watched.look().unwrap();
        watched.look().unwrap();
        assert_eq!(names(&watched), ["monday"]);
        let claim = watched.claimed().unwrap().remove(0);
        let given = given(&claim);
        let expected = ["monday/1.jpg", "monday/2.jpg"].map(|name| claim.join(name));
        assert_eq!(given.loose, expected);
        assert_eq!(given.passed_over, [claim.join("monday/Thumbs.db")]);
        assert_eq!(given.folders, []);
    }
}
