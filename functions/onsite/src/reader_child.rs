//! The child's side of [`crate::eyes`]: lowers its own limits, then answers one file after another.

use std::io::{Read, Write};
use std::path::Path;

use casework::finding_code::RefusalCode;
use casework::ports::{PageLooked, Seen};
use ocr::codes::Symbology;
use ocr::file::{Limits, OpenFile};

use crate::limits::{confine, more_time};
use crate::question::{Allowance, Answer, Question, Wanted};

/// Answers questions until standard input ends.
pub fn run(memory_bytes_max: u64) -> std::io::Result<()> {
    confine(memory_bytes_max)?;
    let eyes = ocr::read::Eyes::open().map_err(std::io::Error::other)?;
    let (mut questions, mut answers) = (std::io::stdin().lock(), std::io::stdout().lock());
    put(&mut answers, &Answer::Ready)?;
    let mut next = next_question(&mut questions)?;
    while let Some(question) = next {
        next = if let Some(path) = question.file.clone() {
            let bytes = std::fs::read(&path)?;
            of_kept(&eyes, &bytes, &path, question, &mut questions, &mut answers)?
        } else {
            let size = usize::try_from(question.size_bytes).map_err(std::io::Error::other)?;
            let mut bytes = vec![0; size];
            questions.read_exact(&mut bytes)?;
            more_time()?;
            of_sent(&eyes, &bytes, &question, &mut answers)?;
            next_question(&mut questions)?
        };
    }
    Ok(())
}

const fn limits(allowance: Allowance) -> Limits {
    match allowance {
        Allowance::File => Limits::APPLICANT,
        Allowance::Batch => Limits::BATCH,
    }
}

/// Answers about bytes that were sent.
fn of_sent(
    eyes: &ocr::read::Eyes,
    bytes: &[u8],
    question: &Question,
    answers: &mut impl Write,
) -> std::io::Result<()> {
    let limits = limits(question.allowance);
    match question.wanted {
        Wanted::Reading => {
            let seen: Seen = eyes.read(bytes, question.name.as_deref(), &limits, &mut |page| {
                // A parent that is gone is noticed at the answer.
                let _ = put(answers, &Answer::Page(page));
                if question.allowance == Allowance::Batch {
                    // Where that fails, the file's own time goes on.
                    let _ = more_time();
                }
            });
            put(answers, &Answer::Seen(seen))
        }
        Wanted::Codes => put(answers, &Answer::Codes(codes(bytes, &limits))),
        Wanted::Picture { .. } | Wanted::Opening | Wanted::Page(_) => Err(unasked()),
    }
}

/// Answers about a kept file, which stays open for as long as it is asked about; the first
/// question about something else.
fn of_kept(
    eyes: &ocr::read::Eyes,
    bytes: &[u8],
    path: &Path,
    first: Question,
    questions: &mut impl Read,
    answers: &mut impl Write,
) -> std::io::Result<Option<Question>> {
    more_time()?;
    let file = ocr::file::open(bytes, first.name.as_deref(), &limits(first.allowance));
    let mut question = first;
    loop {
        more_time()?;
        match question.wanted {
            Wanted::Opening => {
                let pages = file.as_ref().map(|file| file.pages).map_err(|code| *code);
                put(answers, &Answer::Opened(pages))?;
            }
            Wanted::Page(number) => look(eyes, &file, number, answers)?,
            Wanted::Picture { page, side_px_max } => {
                let page = file.as_ref().ok().and_then(|file| file.page(page).ok());
                let jpeg = page.and_then(|page| ocr::picture::of_page(page, side_px_max));
                let jpeg = jpeg.unwrap_or_default();
                let size_bytes = u32::try_from(jpeg.len()).unwrap_or_default();
                put(answers, &Answer::Picture { size_bytes })?;
                answers.write_all(&jpeg)?;
                answers.flush()?;
            }
            Wanted::Reading | Wanted::Codes => return Err(unasked()),
        }
        match next_question(questions)? {
            Some(next) if next.file.as_deref() == Some(path) => question = next,
            other => return Ok(other),
        }
    }
}

/// Reads a page, and makes a small picture of it.
fn look(
    eyes: &ocr::read::Eyes,
    file: &Result<OpenFile<'_>, RefusalCode>,
    number: u32,
    answers: &mut impl Write,
) -> std::io::Result<()> {
    let PageLooked { seen, thumbnail } = eyes.look(file, number);
    let size_bytes = u32::try_from(thumbnail.len()).unwrap_or_default();
    put(answers, &Answer::Looked { seen, size_bytes })?;
    answers.write_all(&thumbnail)?;
    answers.flush()
}

/// Nobody asks so.
fn unasked() -> std::io::Error {
    std::io::Error::other("bytes are read and their codes told; a kept file is opened and shown")
}

/// What the QR codes of every page that can be seen say.
fn codes(bytes: &[u8], limits: &Limits) -> Result<Vec<String>, RefusalCode> {
    let file = ocr::file::open(bytes, None, limits)?;
    let pages = (1..=file.pages).filter_map(|number| file.page(number).ok());
    let codes = pages.flat_map(|page| ocr::codes::read(&page));
    let qr = codes.filter(|code| code.symbology == Symbology::Qr);
    Ok(qr.map(|code| code.text.into_inner()).collect())
}

fn next_question(questions: &mut impl Read) -> std::io::Result<Option<Question>> {
    let mut size = [0; 4];
    match questions.read_exact(&mut size) {
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut head = vec![0; u32::from_le_bytes(size) as usize];
    questions.read_exact(&mut head)?;
    Ok(Some(serde_json::from_slice(&head)?))
}

fn put(answers: &mut impl Write, answer: &Answer) -> std::io::Result<()> {
    let text = serde_json::to_vec(answer)?;
    answers.write_all(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes())?;
    answers.write_all(&text)?;
    answers.flush()
}
