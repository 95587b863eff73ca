//! The pages of a run: made by seed on all cores, kept in the work folder, handed over while
//! further ones are being made.

use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use samples::draw::face::Faces;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::AnyError;

/// What pages a set has.
pub trait Pages: Copy + Sync {
    /// What is known of a page.
    type Truth: Serialize + DeserializeOwned + Send;

    /// The name of a page's file, without its ending.
    fn stem(self, index: u32) -> String;

    /// Makes the page of that number under a seed.
    fn make(self, seed: u64, index: u32, faces: &Faces) -> Result<Made<Self::Truth>, AnyError>;
}

/// A page as it was made.
pub struct Made<T> {
    /// Ending of the file's name.
    pub ending: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub truth: T,
}

/// Which pages.
pub struct Order<S> {
    /// Their set.
    pub set: S,
    /// The seed.
    pub seed: u64,
    /// How many at most.
    pub count: u32,
    /// No page is begun after this.
    pub until: Option<Instant>,
    /// Where they are kept.
    pub folder: PathBuf,
    /// Whether pages that lie there are taken as they are.
    pub reuse: bool,
}

/// A page in the work folder.
pub struct Page<S: Pages> {
    /// Its set.
    pub set: S,
    /// Its file.
    pub path: PathBuf,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub truth: S::Truth,
}

impl<S: Pages + Send> Order<S> {
    /// Hands every page over; their order does not matter.
    pub fn each(&self, mut take: impl FnMut(&Page<S>)) -> Result<(), AnyError> {
        std::fs::create_dir_all(&self.folder)?;
        let faces = &Faces::open()?;
        let makers = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(2 * makers);
            for maker in 0..makers {
                let send = send.clone();
                scope.spawn(move || {
                    let mine = (0..self.count).skip(maker).step_by(makers);
                    for index in mine.take_while(|_| self.has_time()) {
                        if send.send(self.page(index, faces)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(send);
            for page in receive {
                take(&page?);
            }
            Ok(())
        })
    }

    fn has_time(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }

    fn page(&self, index: u32, faces: &Faces) -> Result<Page<S>, AnyError> {
        let stem = self.set.stem(index);
        if self.reuse
            && let Some(page) = kept(self.set, &self.folder, &stem)
        {
            return Ok(page);
        }
        let made = self.set.make(self.seed, index, faces)?;
        let path = self.folder.join(format!("{stem}.{}", made.ending));
        std::fs::write(&path, &made.bytes)?;
        let truth = serde_json::to_vec_pretty(&made.truth)?;
        std::fs::write(path.with_extension("json"), truth)?;
        Ok(Page {
            set: self.set,
            path,
            bytes: made.bytes,
            truth: made.truth,
        })
    }
}

fn kept<S: Pages>(set: S, folder: &Path, stem: &str) -> Option<Page<S>> {
    let truth = std::fs::read(folder.join(format!("{stem}.json"))).ok()?;
    let truth = serde_json::from_slice(&truth).ok()?;
    let path = ["jpg", "png", "tiff", "pdf"]
        .map(|ending| folder.join(format!("{stem}.{ending}")))
        .into_iter()
        .find(|path| path.exists())?;
    let bytes = std::fs::read(&path).ok()?;
    Some(Page {
        set,
        path,
        bytes,
        truth,
    })
}
