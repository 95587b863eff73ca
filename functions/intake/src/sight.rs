//! What the function looks at, and for how long; what it says of each file.

use std::time::Duration;

use aws::function::{now, say};
use aws::{LogLine, Store};
use casework::finding_code::RefusalCode;
use casework::ports::{PageLooked, ReadPages, ReadScan, ReaderFailure, Seen};
use casework::scan::ScanId;
use eyes::Allowance;
use intake::messages::SIZE_BYTES_MAX;
use jiff::Timestamp;
use ocr::file::Limits;

/// The reader over the store.
pub type Eyes = eyes::Eyes<Store>;

/// Time for a file, or for a page of a stack.
const READING_TIME_MAX: Duration = Duration::from_mins(1);

/// How the function looks.
pub fn allowance() -> Allowance {
    Allowance {
        limits: Limits {
            bytes_max: usize::try_from(SIZE_BYTES_MAX).unwrap_or(usize::MAX),
            ..Limits::BATCH
        },
        question_max: READING_TIME_MAX,
        told: |seen, took| say(&read(seen, took)),
    }
}

/// A line about a file that was read or refused.
fn read(seen: &Seen, took: Duration) -> LogLine {
    let (how, pages, documents) = match seen {
        Ok(reading) => ("read", reading.pages, reading.readings.len()),
        Err(refusal) => (refusal.code(), 0, 0),
    };
    LogLine::at(now())
        .by("Function", "intake")
        .by("File", how)
        .count("Files", 1)
        .count("Pages", pages.into())
        .count("Documents", documents as u64)
        .count(
            "ReadMs",
            u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        )
}

/// Eyes that begin no page after this time: the rest of a stack is for the next call.
pub struct Until<'a> {
    /// The reader.
    pub eyes: &'a Eyes,
    /// The time.
    pub until: Timestamp,
}

impl ReadScan for Until<'_> {
    fn version(&self) -> &str {
        self.eyes.version()
    }

    async fn read(&self, bytes: &[u8], name: Option<&str>) -> Result<Seen, ReaderFailure> {
        self.eyes.read(bytes, name).await
    }
}

impl ReadPages for Until<'_> {
    async fn pages(
        &self,
        scan: &ScanId,
        name: Option<&str>,
    ) -> Result<Result<u32, RefusalCode>, ReaderFailure> {
        self.eyes.pages(scan, name).await
    }

    async fn page(&self, scan: &ScanId, page: u32) -> Result<PageLooked, ReaderFailure> {
        if now() >= self.until {
            return Err(ReaderFailure("the time of this call is over".into()));
        }
        self.eyes.page(scan, page).await
    }
}
