//! The reader as a child process: hostile bytes are decoded under limits of time and memory.
//!
//! The child is this very binary, started with a hidden argument. It lives as long as it
//! behaves; a file that kills it costs only itself.

use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;

use casework::finding_code::RefusalCode;
use casework::ports::{PageLooked, ReadPages, ReadScan, ReaderFailure, Seen, ShowPage};
use casework::scan::ScanId;
use local::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

use crate::limits::{OUT_OF_TIME, unless_stuck};
pub use crate::question::Allowance;
use crate::question::{Answer, Question, Wanted};

/// The hidden argument that makes this binary the reader.
pub const READER_ARGUMENT: &str = "reader-child";
/// Address space of the reader, bytes (READING.md: 512 MB a file).
pub const MEMORY_BYTES_MAX: u64 = 512 << 20;
/// Files up to this size fit into the ordinary memory limit (READING.md: 20 MiB).
const ORDINARY_SIZE_BYTES: usize = 20 << 20;
/// Tries at a file, each with a fresh child.
const ATTEMPTS: u32 = 2;

/// A finished answer.
enum Done {
    Seen(Seen),
    Opened(Result<u32, RefusalCode>),
    Looked(PageLooked),
    Codes(Result<Vec<String>, RefusalCode>),
    Picture(Option<Vec<u8>>),
}

/// A child that reads.
#[derive(Debug)]
struct Reader {
    child: Child,
    questions: ChildStdin,
    answers: ChildStdout,
    /// The largest file it was started for.
    size_bytes_max: usize,
}

/// How a child let a file down.
enum Lapse {
    /// It used up its time, or does nothing any more.
    TooLong,
    /// It panicked: the file breaks a decoder.
    Panicked,
    /// It was ended by a signal, or said so itself: in practice by its memory limit.
    Killed,
    /// It gave up with this exit code: the machine failed it, not the file.
    Failed(i32),
}

/// The exit code of a Rust program that panicked.
const PANIC_CODE: i32 = 101;
/// The exit code of a child that was given no memory for a file.
pub const OUT_OF_MEMORY_CODE: u8 = 102;

/// The reader, started when first needed and again after a death.
#[derive(Debug)]
pub struct Eyes {
    allowance: Allowance,
    /// Where the scans are that are asked for by name.
    kept: Option<Store>,
    reader: Mutex<Option<Reader>>,
}

impl Eyes {
    /// Eyes under these limits.
    pub fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            kept: None,
            reader: Mutex::new(None),
        }
    }

    /// Eyes under these limits that can be asked about what is kept in this store.
    pub fn over(store: Store, allowance: Allowance) -> Self {
        Self {
            kept: Some(store),
            ..Self::new(allowance)
        }
    }
}

impl ReadScan for Eyes {
    fn version(&self) -> &'static str {
        ocr::read::VERSION
    }

    /// A file on which the reader died twice is refused; a reader that cannot start is a failure.
    async fn read(&self, bytes: &[u8], name: Option<&str>) -> Result<Seen, ReaderFailure> {
        match self.ask(bytes, name, Wanted::Reading).await? {
            Ok(Done::Seen(seen)) => Ok(seen),
            Ok(_) => Err(another_answer()),
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

fn another_answer() -> ReaderFailure {
    ReaderFailure("it answered another question".into())
}

impl ShowPage for Eyes {
    async fn picture(
        &self,
        scan: &ScanId,
        page: u32,
        side_px_max: u32,
    ) -> Result<Option<Vec<u8>>, ReaderFailure> {
        let Some(question) = self.about(scan, None, Wanted::Picture { page, side_px_max })? else {
            return Ok(None);
        };
        match self.put(&question, &[]).await? {
            Ok(Done::Picture(jpeg)) => Ok(jpeg),
            Ok(_) | Err(_) => Ok(None),
        }
    }
}

impl ReadPages for Eyes {
    async fn pages(
        &self,
        scan: &ScanId,
        name: Option<&str>,
    ) -> Result<Result<u32, RefusalCode>, ReaderFailure> {
        let Some(question) = self.about(scan, name, Wanted::Opening)? else {
            return Ok(Err(RefusalCode::ActiveContent));
        };
        if question.size_bytes > ocr::file::Limits::BATCH.bytes_max as u64 {
            return Ok(Err(RefusalCode::TooLarge));
        }
        match self.put(&question, &[]).await? {
            Ok(Done::Opened(pages)) => Ok(pages),
            Ok(_) => Err(another_answer()),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// A page on which the reader died twice cannot be shown; the others of its file still may.
    async fn page(&self, scan: &ScanId, page: u32) -> Result<PageLooked, ReaderFailure> {
        let Some(question) = self.about(scan, None, Wanted::Page(page))? else {
            return Ok(PageLooked::refused(RefusalCode::ActiveContent));
        };
        match self.put(&question, &[]).await? {
            Ok(Done::Looked(looked)) => Ok(looked),
            Ok(_) => Err(another_answer()),
            Err(refusal) => Ok(PageLooked::refused(refusal)),
        }
    }
}

impl Eyes {
    /// What the QR codes in a file say, page after page.
    pub async fn codes(
        &self,
        bytes: &[u8],
    ) -> Result<Result<Vec<String>, RefusalCode>, ReaderFailure> {
        match self.ask(bytes, None, Wanted::Codes).await? {
            Ok(Done::Codes(codes)) => Ok(codes),
            Ok(_) => Err(another_answer()),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// A question about a kept scan; none where it is not there to be looked at.
    fn about(
        &self,
        scan: &ScanId,
        name: Option<&str>,
        wanted: Wanted,
    ) -> Result<Option<Question>, ReaderFailure> {
        let failure = |e: &dyn std::fmt::Display| ReaderFailure(e.to_string());
        let kept = self.kept.as_ref();
        let kept = kept.ok_or_else(|| ReaderFailure("it has no store to look into".into()))?;
        let Some(file) = kept.scan_file(scan).map_err(|e| failure(&e))? else {
            return Ok(None);
        };
        let size_bytes = std::fs::metadata(&file).map_err(|e| failure(&e))?.len();
        Ok(Some(Question {
            name: name.map(str::to_owned),
            allowance: self.allowance,
            wanted,
            file: Some(file),
            size_bytes,
        }))
    }

    async fn ask(
        &self,
        bytes: &[u8],
        name: Option<&str>,
        wanted: Wanted,
    ) -> Result<Result<Done, RefusalCode>, ReaderFailure> {
        let question = Question {
            name: name.map(str::to_owned),
            allowance: self.allowance,
            wanted,
            file: None,
            size_bytes: bytes.len() as u64,
        };
        self.put(&question, bytes).await
    }

    async fn put(
        &self,
        question: &Question,
        bytes: &[u8],
    ) -> Result<Result<Done, RefusalCode>, ReaderFailure> {
        let size_bytes = usize::try_from(question.size_bytes).unwrap_or(usize::MAX);
        let mut held = self.reader.lock().await;
        let mut answer = Ok(Err(RefusalCode::UnreadableImage));
        for _ in 0..ATTEMPTS {
            let mut reader = match held.take() {
                Some(reader) if reader.takes(size_bytes) => reader,
                _ => Reader::start(size_bytes).await?,
            };
            match reader.ask(question, bytes).await {
                Ok(done) => {
                    *held = Some(reader);
                    return Ok(Ok(done));
                }
                Err(Lapse::TooLong) => return Ok(Err(RefusalCode::TookTooLong)),
                Err(Lapse::Panicked) => answer = Ok(Err(RefusalCode::UnreadableImage)),
                Err(Lapse::Killed) => answer = Ok(Err(RefusalCode::TookTooMuchMemory)),
                Err(Lapse::Failed(code)) => {
                    answer = Err(ReaderFailure(format!(
                        "its process gave up with code {code}"
                    )));
                }
            }
        }
        answer
    }
}

impl Reader {
    /// Starts a child that has room for files of this size, and of the ordinary one.
    async fn start(size_bytes: usize) -> Result<Self, ReaderFailure> {
        let size_bytes_max = size_bytes.max(ORDINARY_SIZE_BYTES);
        let failure = |e: std::io::Error| ReaderFailure(format!("its process did not start: {e}"));
        let mut child = Command::new(std::env::current_exe().map_err(failure)?)
            .arg(READER_ARGUMENT)
            // A batch file may be larger than all that one page may take.
            .arg((MEMORY_BYTES_MAX + (size_bytes_max - ORDINARY_SIZE_BYTES) as u64).to_string())
            .env("OMP_THREAD_LIMIT", "1")
            .env("MALLOC_ARENA_MAX", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failure)?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(ReaderFailure("its process has no pipes".into()));
        };
        let mut reader = Self {
            child,
            questions,
            answers,
            size_bytes_max,
        };
        match unless_stuck(reader.child.id(), reader.answer()).await {
            Ok(Answer::Ready) => Ok(reader),
            _ => Err(ReaderFailure(
                "its process ended before it was ready: are tesseract-ocr-kaz and -rus installed?"
                    .into(),
            )),
        }
    }

    async fn ask(&mut self, question: &Question, bytes: &[u8]) -> Result<Done, Lapse> {
        let process = self.child.id();
        match unless_stuck(process, self.exchange(question, bytes)).await {
            Ok(done) => Ok(done),
            Err(error) => Err(self.lapse(&error).await),
        }
    }

    async fn exchange(&mut self, question: &Question, bytes: &[u8]) -> std::io::Result<Done> {
        self.put(question, bytes).await?;
        loop {
            match self.answer().await? {
                Answer::Seen(seen) => return Ok(Done::Seen(seen)),
                Answer::Codes(codes) => return Ok(Done::Codes(codes)),
                Answer::Opened(pages) => return Ok(Done::Opened(pages)),
                Answer::Looked { seen, size_bytes } => {
                    let mut thumbnail = vec![0; size_bytes as usize];
                    self.answers.read_exact(&mut thumbnail).await?;
                    return Ok(Done::Looked(PageLooked { seen, thumbnail }));
                }
                Answer::Picture { size_bytes: 0 } => return Ok(Done::Picture(None)),
                Answer::Picture { size_bytes } => {
                    let mut jpeg = vec![0; size_bytes as usize];
                    self.answers.read_exact(&mut jpeg).await?;
                    return Ok(Done::Picture(Some(jpeg)));
                }
                Answer::Ready | Answer::Page(_) => {}
            }
        }
    }

    /// Ends the child and says how it failed.
    async fn lapse(&mut self, error: &std::io::Error) -> Lapse {
        if error.kind() == std::io::ErrorKind::TimedOut {
            let _ = self.child.kill().await;
            return Lapse::TooLong;
        }
        let ended = self.child.wait().await.ok();
        match ended.map(|status| (status.code(), status.signal())) {
            Some((Some(PANIC_CODE), _)) => Lapse::Panicked,
            Some((_, Some(OUT_OF_TIME))) => Lapse::TooLong,
            Some((Some(code), _)) if code != i32::from(OUT_OF_MEMORY_CODE) => Lapse::Failed(code),
            _ => Lapse::Killed,
        }
    }

    const fn takes(&self, size_bytes: usize) -> bool {
        size_bytes <= self.size_bytes_max
    }

    async fn put(&mut self, question: &Question, bytes: &[u8]) -> std::io::Result<()> {
        let head = serde_json::to_vec(question)?;
        self.questions
            .write_u32_le(u32::try_from(head.len()).unwrap_or(u32::MAX))
            .await?;
        self.questions.write_all(&head).await?;
        self.questions.write_all(bytes).await?;
        self.questions.flush().await
    }

    async fn answer(&mut self) -> std::io::Result<Answer> {
        let size = self.answers.read_u32_le().await?;
        let mut text = vec![0; size as usize];
        self.answers.read_exact(&mut text).await?;
        Ok(serde_json::from_slice(&text)?)
    }
}
