//! The reader in this very process, each file on a thread of its own: a panic costs the file
//! only. What ends the process costs an attempt, and three of them end in a refusal.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws::LogLine;
use casework::finding_code::RefusalCode;
use casework::ports::{ReadScan, ReaderFailure, Seen};
use intake::messages::SIZE_BYTES_MAX;
use lambda_runtime::Error;
use ocr::file::Limits;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::{now, say};

/// Time for a file. Its thread cannot be stopped and goes on; its answer is not waited for.
const READING_TIME_MAX: Duration = Duration::from_mins(1);

/// The reader; a clone is the same one.
#[derive(Clone)]
pub struct Eyes(Arc<ocr::read::Eyes>);

impl Eyes {
    /// Loads the reader.
    pub fn open() -> Result<Self, Error> {
        Ok(Self(Arc::new(ocr::read::Eyes::open()?)))
    }
}

impl ReadScan for Eyes {
    fn version(&self) -> &'static str {
        ocr::read::VERSION
    }

    async fn read(&self, bytes: &[u8], name: Option<&str>) -> Result<Seen, ReaderFailure> {
        let (eyes, bytes, name) = (self.0.clone(), bytes.to_vec(), name.map(str::to_owned));
        let limits = Limits {
            bytes_max: usize::try_from(SIZE_BYTES_MAX).unwrap_or(usize::MAX),
            ..Limits::BATCH
        };
        let reading =
            spawn_blocking(move || eyes.read(&bytes, name.as_deref(), &limits, &mut |_page| {}));
        let started = Instant::now();
        let seen = match timeout(READING_TIME_MAX, reading).await {
            Ok(Ok(seen)) => seen,
            Ok(Err(broken)) if broken.is_panic() => Err(RefusalCode::UnreadableImage),
            Ok(Err(_)) => return Err(ReaderFailure("its thread was stopped".into())),
            Err(_) => Err(RefusalCode::TookTooLong),
        };
        say(&read(&seen, started.elapsed()));
        Ok(seen)
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
