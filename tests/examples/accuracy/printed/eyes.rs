//! The whole reader, as it is used: a file's bytes to weighed documents.

use casework::document::{Document, weigh};
use ocr::file::Limits;
use ocr::read::{Eyes, NoEyes};

use crate::clock::reading_cpu_ms;
use crate::ours::TODAY;

/// All readers, loaded once.
pub struct Whole(Eyes);

/// What was read of a file.
pub struct FileReading {
    /// Its documents; none where it was refused.
    pub documents: Vec<Document>,
    /// CPU time from bytes to fields, milliseconds.
    pub cpu_ms: f64,
}

impl Whole {
    /// Loads them.
    pub fn open() -> Result<Self, NoEyes> {
        Eyes::open().map(Self)
    }

    /// Reads a file.
    pub fn read(&self, bytes: &[u8]) -> FileReading {
        let start = reading_cpu_ms();
        let read = self.0.read(bytes, None, &Limits::APPLICANT, &mut |_| {});
        let readings = read.map(|file| file.readings).unwrap_or_default();
        let documents = weigh(readings, TODAY);
        FileReading {
            documents,
            cpu_ms: reading_cpu_ms() - start,
        }
    }
}
