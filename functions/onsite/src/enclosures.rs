//! What goes with messages from this machine: its keys lie beside its store.

use std::path::Path;

use local::{KeyFiles, Store};
use notify::Site;
use portal::link::Links;

use crate::{now, papers};

type Error = Box<dyn std::error::Error>;

/// What the private links of the store in this folder are known by.
///
/// # Errors
/// The disk's, or the system gives no random numbers.
pub fn links(store: &Path) -> Result<Links, Error> {
    let key = KeyFiles::of(store).link_key(&Links::new_key()?)?;
    Ok(Links::of(&key))
}

/// What the store in this folder puts into messages; `portal` is how browsers reach it, where that is
/// known.
///
/// # Errors
/// Keys that cannot be kept or read.
pub fn site(store: &Store, dir: &Path, portal: Option<String>) -> Result<Site<Store>, Error> {
    Ok(Site {
        store: store.clone(),
        links: links(dir)?,
        seal: papers::seal(dir)?,
        portal,
        now,
    })
}
