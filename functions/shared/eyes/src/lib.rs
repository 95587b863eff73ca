//! How a function sees: the reader in its own process, each question on a thread of its own.
//!
//! A panic costs its file only. What takes too long is not waited for: its thread cannot be
//! stopped and goes on, so whoever calls has a deadline of their own. Time is the clock's here, and a
//! function that starts, or shares its processor, is slow with any file: what takes too long is a
//! failure first, to be asked again, and a refusal only where it takes too long again. What ends the process ends
//! one attempt of a function, and its caller counts those. (One machine asks a child process
//! instead, since there the pages live in the same one.)
//!
//! Never here: what a value should be, where a scan is kept, a network.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use casework::finding_code::RefusalCode;
use casework::ports::{
    PageLooked, ReadPages, ReadScan, ReaderFailure, Scans, Seen, ShowPage, StoreError,
};
use casework::scan::ScanId;
use ocr::file::{Limits, open};
use ocr::read::NoEyes;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// What is looked at, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// The largest file.
    pub limits: Limits,
    /// Time for a question: about a file, or about a page of one.
    pub question_max: Duration,
    /// Told what became of each file that was read, and how long it took.
    pub told: fn(&Seen, Duration),
}

/// Pages of kept scans as pictures; reads nothing, and needs no reader.
#[derive(Debug, Clone)]
pub struct Pictures<S> {
    store: S,
    limits: Limits,
    question_max: Duration,
    /// The scan that was asked about last: the next question is mostly about it, too.
    held: Arc<Mutex<Option<(ScanId, Bytes)>>>,
    late: Late,
}

/// The question that took too long last.
#[derive(Debug, Clone, Default)]
struct Late(Arc<Mutex<Option<Question>>>);

/// What is asked: of a scan, and of which of its pages where it is asked of one.
type Question = (ScanId, Option<u32>);

/// The bytes of a scan.
type Bytes = Arc<Vec<u8>>;

/// The reader; a clone is the same one.
#[derive(Clone)]
pub struct Eyes<S> {
    reader: Arc<ocr::read::Eyes>,
    pictures: Pictures<S>,
    told: fn(&Seen, Duration),
}

impl<S> std::fmt::Debug for Eyes<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Eyes(…)")
    }
}

impl<S> Pictures<S> {
    /// Pictures of what this store keeps.
    pub fn of(store: S, limits: Limits, question_max: Duration) -> Self {
        Self {
            store,
            limits,
            question_max,
            held: Arc::default(),
            late: Late::default(),
        }
    }
}

impl<S> Eyes<S> {
    /// Loads the reader.
    ///
    /// # Errors
    /// [`NoEyes`] says what of it is missing.
    pub fn open(store: S, allowed: Allowance) -> Result<Self, NoEyes> {
        Ok(Self {
            reader: Arc::new(ocr::read::Eyes::open()?),
            pictures: Pictures::of(store, allowed.limits, allowed.question_max),
            told: allowed.told,
        })
    }
}

impl<S: Scans> Pictures<S> {
    /// The bytes of a kept scan; none where it is not kept, or locked away.
    async fn bytes(&self, scan: &ScanId) -> Result<Option<Bytes>, ReaderFailure> {
        if let Some((held, bytes)) = self.held().as_ref()
            && held == scan
        {
            return Ok(Some(Arc::clone(bytes)));
        }
        let failure = |error: StoreError| ReaderFailure(error.to_string());
        let found = self.store.bytes(scan).await.map_err(failure)?.map(Arc::new);
        let held = found.clone().map(|bytes| (scan.clone(), bytes));
        *self.held() = held;
        Ok(found)
    }

    /// Answers a question about a file; one that takes too long is a failure first.
    async fn asked<T: Send + 'static>(
        &self,
        question: Question,
        work: impl FnOnce() -> Result<T, RefusalCode> + Send + 'static,
    ) -> Result<Result<T, RefusalCode>, ReaderFailure> {
        let answer = apart(self.question_max, work).await?;
        self.late.judge(question, answer).ok_or_else(too_long)
    }

    fn held(&self) -> MutexGuard<'_, Option<(ScanId, Bytes)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Scans> ShowPage for Pictures<S> {
    async fn picture(
        &self,
        scan: &ScanId,
        page: u32,
        side_px_max: u32,
    ) -> Result<Option<Vec<u8>>, ReaderFailure> {
        let Some(bytes) = self.bytes(scan).await? else {
            return Ok(None);
        };
        let limits = self.limits;
        let drawn = apart(self.question_max, move || {
            let page = open(&bytes, None, &limits)?.page(page)?;
            ocr::picture::of_page(page, side_px_max).ok_or(RefusalCode::UnreadableImage)
        });
        // Not of the page, but of the moment: to be asked for again.
        let drawn = drawn.await?.ok_or_else(too_long)?;
        Ok(drawn.ok())
    }
}

impl<S: Scans> ShowPage for Eyes<S> {
    async fn picture(
        &self,
        scan: &ScanId,
        page: u32,
        side_px_max: u32,
    ) -> Result<Option<Vec<u8>>, ReaderFailure> {
        self.pictures.picture(scan, page, side_px_max).await
    }
}

impl<S: Scans> ReadScan for Eyes<S> {
    fn version(&self) -> &'static str {
        ocr::read::VERSION
    }

    async fn read(&self, bytes: &[u8], name: Option<&str>) -> Result<Seen, ReaderFailure> {
        let (reader, limits) = (Arc::clone(&self.reader), self.pictures.limits);
        let (bytes, name) = (bytes.to_vec(), name.map(str::to_owned));
        let (started, question) = (Instant::now(), (ScanId::of(&bytes), None));
        let seen = self.pictures.asked(question, move || {
            reader.read(&bytes, name.as_deref(), &limits, &mut |_page| {})
        });
        let seen = seen.await?;
        (self.told)(&seen, started.elapsed());
        Ok(seen)
    }
}

impl<S: Scans> ReadPages for Eyes<S> {
    async fn pages(
        &self,
        scan: &ScanId,
        name: Option<&str>,
    ) -> Result<Result<u32, RefusalCode>, ReaderFailure> {
        let Some(bytes) = self.pictures.bytes(scan).await? else {
            return Ok(Err(RefusalCode::ActiveContent));
        };
        let (limits, name) = (self.pictures.limits, name.map(str::to_owned));
        let pages = move || open(&bytes, name.as_deref(), &limits).map(|file| file.pages);
        self.pictures.asked((scan.clone(), None), pages).await
    }

    async fn page(&self, scan: &ScanId, page: u32) -> Result<PageLooked, ReaderFailure> {
        let Some(bytes) = self.pictures.bytes(scan).await? else {
            return Ok(PageLooked::refused(RefusalCode::ActiveContent));
        };
        let (reader, limits) = (Arc::clone(&self.reader), self.pictures.limits);
        let question = (scan.clone(), Some(page));
        let looked = self.pictures.asked(question, move || {
            Ok(reader.look(&open(&bytes, None, &limits), page))
        });
        Ok(looked.await?.unwrap_or_else(PageLooked::refused))
    }
}

impl Late {
    /// What an answer counts for; nothing, where it did not come in time and is to be asked again.
    fn judge<T>(
        &self,
        question: Question,
        answer: Option<Result<T, RefusalCode>>,
    ) -> Option<Result<T, RefusalCode>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let again = last.take_if(|last| *last == question).is_some();
        if answer.is_none() && !again {
            *last = Some(question);
            return None;
        }
        Some(answer.unwrap_or(Err(RefusalCode::TookTooLong)))
    }
}

fn too_long() -> ReaderFailure {
    ReaderFailure("it took too long".into())
}

/// Does this on a thread of its own, and waits for it no longer than that; nothing, where it takes
/// longer.
async fn apart<T: Send + 'static>(
    time_max: Duration,
    work: impl FnOnce() -> Result<T, RefusalCode> + Send + 'static,
) -> Result<Option<Result<T, RefusalCode>>, ReaderFailure> {
    match timeout(time_max, spawn_blocking(work)).await {
        Ok(Ok(done)) => Ok(Some(done)),
        Ok(Err(broken)) if broken.is_panic() => Ok(Some(Err(RefusalCode::UnreadableImage))),
        Ok(Err(_)) => Err(ReaderFailure("its thread was stopped".into())),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(future)
    }

    #[test]
    fn what_breaks_or_takes_too_long_costs_only_its_question() {
        let (long, short) = (Duration::from_mins(1), Duration::ZERO);
        let done = alone(apart(long, || Ok(7)));
        assert_eq!(done.unwrap(), Some(Ok(7)));
        let broken = alone(apart::<u32>(long, || panic!("a decoder breaks")));
        assert_eq!(broken.unwrap(), Some(Err(RefusalCode::UnreadableImage)));
        let (let_go, held) = std::sync::mpsc::channel::<()>();
        let late = alone(async {
            let late = apart(short, move || Ok(held.recv().is_ok())).await;
            drop(let_go);
            late
        });
        assert_eq!(late.unwrap(), None);
    }

    #[test]
    fn what_takes_too_long_is_refused_only_when_it_does_so_again() {
        let question = |scan: &[u8], page| (ScanId::of(scan), page);
        let (one, page, other) = (
            question(b"one", None),
            question(b"one", Some(1)),
            question(b"other", None),
        );
        let refused = Some(Err(RefusalCode::TookTooLong));
        let late = Late::default();
        for (asked, answer, counts) in [
            (&one, None, None),
            (&one, None, refused),
            // On record now; who asks all the same has all their time again.
            (&one, None, None),
            (&one, Some(Ok(7)), Some(Ok(7))),
            (&one, None, None),
            (&page, None, None),
            (&other, Some(Ok(7)), Some(Ok(7))),
            (&page, None, refused),
        ] {
            assert_eq!(late.judge(asked.clone(), answer), counts, "{asked:?}");
        }
    }

    /// A store of one scan.
    #[derive(Debug, Clone)]
    struct One(Vec<u8>);

    impl Scans for One {
        async fn keep(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
            Ok(ScanId::of(bytes))
        }
        async fn quarantine(&self, bytes: &[u8]) -> Result<ScanId, StoreError> {
            Ok(ScanId::of(bytes))
        }
        async fn is_locked_away(&self, _: &ScanId) -> Result<bool, StoreError> {
            Ok(false)
        }
        async fn bytes(&self, scan: &ScanId) -> Result<Option<Vec<u8>>, StoreError> {
            Ok((ScanId::of(&self.0) == *scan).then(|| self.0.clone()))
        }
    }

    #[test]
    fn a_page_is_shown_where_it_is_kept_and_can_be_decoded() {
        const PHOTO: &[u8] =
            include_bytes!("../../../../samples/cases/12-unreadable-photo/passport.jpg");
        let (scan, other) = (ScanId::of(PHOTO), ScanId::of(b"other"));
        let pictures = Pictures::of(
            One(PHOTO.to_vec()),
            Limits::APPLICANT,
            Duration::from_mins(1),
        );
        for (scan, page, is_shown) in [(&scan, 1, true), (&scan, 2, false), (&other, 1, false)] {
            let jpeg = alone(pictures.picture(scan, page, 100)).unwrap();
            assert_eq!(jpeg.is_some_and(|j| j.starts_with(&[0xFF, 0xD8])), is_shown);
        }
    }
}
