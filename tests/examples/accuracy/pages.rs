//! The trial pages of a run: made by seed on all cores, kept in the work folder, handed over in order.

use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

use samples::draw::face::Faces;
use samples::measuring::Class;
use samples::trial::{self, TrialTruth};

use crate::AnyError;

/// Which pages.
pub struct Order {
    /// Their class.
    pub class: Class,
    /// Seed of the set.
    pub seed: u64,
    /// How many.
    pub count: u32,
    /// Where they are kept.
    pub folder: PathBuf,
    /// Whether pages that lie there are taken as they are.
    pub reuse: bool,
}

/// A page in the work folder.
pub struct Page {
    /// Its file.
    pub path: PathBuf,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub truth: TrialTruth,
}

impl Order {
    /// Hands every page over, in no order that matters, while further ones are being made.
    pub fn each(&self, mut take: impl FnMut(Page)) -> Result<(), AnyError> {
        std::fs::create_dir_all(&self.folder)?;
        let faces = &Faces::open()?;
        let makers = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(2 * makers);
            for maker in 0..makers {
                let send = send.clone();
                scope.spawn(move || {
                    for index in (0..self.count).skip(maker).step_by(makers) {
                        if send.send(self.page(index, faces)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(send);
            for page in receive {
                take(page?);
            }
            Ok(())
        })
    }

    fn page(&self, index: u32, faces: &Faces) -> Result<Page, AnyError> {
        if self.reuse
            && let Some(page) = kept(&self.folder, &trial::stem(self.class, index))
        {
            return Ok(page);
        }
        let made = trial::page(self.class, self.seed, index, faces)?;
        let path = self.folder.join(format!("{}.{}", made.stem, made.ending));
        std::fs::write(&path, &made.bytes)?;
        let truth = serde_json::to_vec_pretty(&made.truth)?;
        std::fs::write(path.with_extension("json"), truth)?;
        Ok(Page {
            path,
            bytes: made.bytes,
            truth: made.truth,
        })
    }
}

fn kept(folder: &Path, stem: &str) -> Option<Page> {
    let truth = std::fs::read(folder.join(format!("{stem}.json"))).ok()?;
    let truth = serde_json::from_slice(&truth).ok()?;
    let path = ["jpg", "png", "pdf"]
        .map(|ending| folder.join(format!("{stem}.{ending}")))
        .into_iter()
        .find(|path| path.exists())?;
    let bytes = std::fs::read(&path).ok()?;
    Some(Page { path, bytes, truth })
}
