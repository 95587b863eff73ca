//! The keys that sign papers, as files. What a key is, is not known here: texts are kept.
//!
//! ```text
//! DIR/keys/secret      the key that signs now; the owner's alone
//! DIR/keys/links       the key that private links are known by; the owner's alone
//! DIR/keys/audits       the key that cases are drawn for audit with; the owner's alone
//! DIR/keys/public/ID   one file for every key that ever signed; none is ever removed
//! ```

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use casework::ports::StoreError;

use crate::failure::io_failure;
use crate::make_dir;

/// The key files of a store.
#[derive(Debug, Clone)]
pub struct KeyFiles {
    dir: PathBuf,
}

impl KeyFiles {
    /// Those of the store in this directory; nothing is made yet.
    pub fn of(store: &Path) -> Self {
        Self {
            dir: store.join("keys"),
        }
    }

    /// The secret that signs now, if one was made.
    ///
    /// # Errors
    /// [`StoreError::Permanent`] where others than its owner may read the file: it is no secret then.
    pub fn secret(&self) -> Result<Option<String>, StoreError> {
        let failure = |e| io_failure("read the key that signs papers", &e);
        let path = self.secret_path();
        let mode = match fs::metadata(&path) {
            Ok(metadata) => metadata.permissions().mode(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(failure(e)),
        };
        if mode & 0o077 != 0 {
            return Err(StoreError::Permanent(format!(
                "others may read {}: make a new key, or set its mode to 600 if nobody has",
                path.display()
            )));
        }
        fs::read_to_string(&path).map(Some).map_err(failure)
    }

    /// Keeps the first secret and answers with the one that is kept: another process may have
    /// been faster.
    ///
    /// # Errors
    /// The disk's.
    pub fn keep_first(&self, secret: &str, id: &str, public: &str) -> Result<String, StoreError> {
        let failure = |e| io_failure("keep the key that signs papers", &e);
        let file = self.prepare(secret, id, public).map_err(failure)?;
        match file.persist_noclobber(self.secret_path()) {
            Ok(_) => self.sync().map_err(failure)?,
            Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failure(e.error)),
        }
        let kept = self.secret()?;
        kept.ok_or_else(|| StoreError::Transient("the key that signs papers is gone".to_owned()))
    }

    /// Puts a new secret in the place of the one that signed so far; its public half stays known.
    ///
    /// # Errors
    /// The disk's.
    pub fn replace(&self, secret: &str, id: &str, public: &str) -> Result<(), StoreError> {
        let failure = |e| io_failure("keep the key that signs papers", &e);
        let file = self.prepare(secret, id, public).map_err(failure)?;
        file.persist(self.secret_path())
            .map_err(|e| failure(e.error))?;
        self.sync().map_err(failure)
    }

    /// Every public key that ever signed, by its file's name.
    ///
    /// # Errors
    /// The disk's.
    pub fn public(&self) -> Result<Vec<String>, StoreError> {
        let failure = |e| io_failure("read the public keys", &e);
        let entries = match fs::read_dir(self.public_dir()) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(failure(e)),
        };
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut paths: Vec<PathBuf> = paths.collect::<io::Result<_>>().map_err(failure)?;
        paths.sort();
        let texts = paths.into_iter().map(fs::read_to_string);
        texts.collect::<io::Result<_>>().map_err(failure)
    }

    /// The key that private links are known by: this one, if none was kept before.
    ///
    /// # Errors
    /// The disk's.
    pub fn link_key(&self, fresh: &str) -> Result<String, StoreError> {
        self.first("links", fresh)
    }

    /// The key that cases are drawn for audit with: this one, if none was kept before.
    ///
    /// # Errors
    /// The disk's.
    pub fn audit_key(&self, fresh: &str) -> Result<String, StoreError> {
        self.first("audits", fresh)
    }

    /// The first text that was kept under this name.
    fn first(&self, name: &str, fresh: &str) -> Result<String, StoreError> {
        let failure = |e| io_failure("keep a key", &e);
        make_dir(&self.dir).map_err(failure)?;
        let path = self.dir.join(name);
        match self
            .written(fresh)
            .map_err(failure)?
            .persist_noclobber(&path)
        {
            Ok(_) => self.sync().map_err(failure)?,
            Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failure(e.error)),
        }
        fs::read_to_string(&path).map_err(failure)
    }

    /// The public half in its place, the secret in a file without its name yet: a key never signs
    /// before it is known.
    fn prepare(&self, secret: &str, id: &str, public: &str) -> io::Result<tempfile::NamedTempFile> {
        make_dir(&self.public_dir())?;
        let known = self.written(public)?;
        known
            .persist(self.public_dir().join(id))
            .map_err(|e| e.error)?;
        File::open(self.public_dir())?.sync_all()?;
        self.written(secret)
    }

    fn written(&self, text: &str) -> io::Result<tempfile::NamedTempFile> {
        let mut file = tempfile::Builder::new()
            .permissions(Permissions::from_mode(0o600))
            .tempfile_in(&self.dir)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        Ok(file)
    }

    fn sync(&self) -> io::Result<()> {
        File::open(&self.dir)?.sync_all()
    }

    fn secret_path(&self) -> PathBuf {
        self.dir.join("secret")
    }

    fn public_dir(&self) -> PathBuf {
        self.dir.join("public")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_key_of_links_stays() {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeyFiles::of(dir.path());
        assert_eq!(keys.link_key("a").unwrap(), "a");
        assert_eq!(keys.link_key("b").unwrap(), "a");
        assert_eq!(keys.secret().unwrap(), None);
    }

    #[test]
    fn the_first_secret_stays_a_new_one_replaces_it_and_every_public_one_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeyFiles::of(dir.path());
        assert_eq!(keys.secret().unwrap(), None);
        assert!(keys.public().unwrap().is_empty());
        assert_eq!(keys.keep_first("s1", "id1", "p1").unwrap(), "s1");
        assert_eq!(keys.keep_first("s2", "id2", "p2").unwrap(), "s1");
        keys.replace("s3", "id3", "p3").unwrap();
        assert_eq!(keys.secret().unwrap().as_deref(), Some("s3"));
        assert_eq!(keys.public().unwrap(), ["p1", "p2", "p3"]);
        let left: Vec<_> = fs::read_dir(dir.path().join("keys")).unwrap().collect();
        assert_eq!(left.len(), 2, "the secret and the public ones: {left:?}");
    }

    #[test]
    fn a_secret_is_its_owners_alone_or_none() {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeyFiles::of(dir.path());
        keys.keep_first("s1", "id1", "p1").unwrap();
        let path = dir.path().join("keys/secret");
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        for (mode, good) in [(0o640, false), (0o604, false), (0o400, true)] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert_eq!(keys.secret().is_ok(), good, "{mode:o}");
        }
    }
}
