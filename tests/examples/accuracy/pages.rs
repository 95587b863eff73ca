//! The trial pages of a run: made by seed on all cores, kept in the work folder, handed over
//! while further ones are being made.

use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use samples::draw::face::Faces;
use samples::trial::TrialTruth;

use crate::AnyError;
use crate::set::Set;

/// Which pages.
pub struct Order {
    /// Their set.
    pub set: Set,
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
pub struct Page {
    /// Its set.
    pub set: Set,
    /// Its file.
    pub path: PathBuf,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub truth: TrialTruth,
}

impl Order {
    /// Hands every page over; their order does not matter.
    pub fn each(&self, mut take: impl FnMut(&Page)) -> Result<(), AnyError> {
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

    fn page(&self, index: u32, faces: &Faces) -> Result<Page, AnyError> {
        if self.reuse
            && let Some(page) = kept(self.set, &self.folder, &self.set.stem(index))
        {
            return Ok(page);
        }
        let made = self.set.page(self.seed, index, faces)?;
        let path = self.folder.join(format!("{}.{}", made.stem, made.ending));
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

fn kept(set: Set, folder: &Path, stem: &str) -> Option<Page> {
    let truth = std::fs::read(folder.join(format!("{stem}.json"))).ok()?;
    let truth = serde_json::from_slice(&truth).ok()?;
    let path = ["jpg", "png", "pdf"]
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
