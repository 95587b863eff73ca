//! The child's side of [`crate::eyes`]: lowers its own limits, then answers one file after another.

use std::io::{Read, Write};

use casework::finding_code::RefusalCode;
use casework::ports::Seen;
use ocr::codes::Symbology;
use ocr::file::Limits;

use crate::eyes::{Allowance, Answer, Question, Wanted};
use crate::limits;

/// Answers questions until standard input ends.
pub fn run(memory_bytes_max: u64) -> std::io::Result<()> {
    limits::confine(memory_bytes_max)?;
    let eyes = ocr::read::Eyes::open().map_err(std::io::Error::other)?;
    let (mut questions, mut answers) = (std::io::stdin().lock(), std::io::stdout().lock());
    put(&mut answers, &Answer::Ready)?;
    while let Some(question) = next_question(&mut questions)? {
        let mut bytes =
            vec![0; usize::try_from(question.size_bytes).map_err(std::io::Error::other)?];
        questions.read_exact(&mut bytes)?;
        limits::more_time()?;
        let size_limits = match question.allowance {
            Allowance::File => Limits::APPLICANT,
            Allowance::Batch => Limits::BATCH,
        };
        match question.wanted {
            Wanted::Reading => {
                let seen: Seen = eyes.read(
                    &bytes,
                    question.name.as_deref(),
                    &size_limits,
                    &mut |page| {
                        // A parent that is gone is noticed at the answer.
                        let _ = put(&mut answers, &Answer::Page(page));
                        if question.allowance == Allowance::Batch {
                            // Where that fails, the file's own time goes on.
                            let _ = limits::more_time();
                        }
                    },
                );
                put(&mut answers, &Answer::Seen(seen))?;
            }
            Wanted::Picture { page, side_px_max } => {
                let jpeg =
                    ocr::picture::jpeg(&bytes, page, side_px_max, &size_limits).unwrap_or_default();
                let size_bytes = u32::try_from(jpeg.len()).unwrap_or_default();
                put(&mut answers, &Answer::Picture { size_bytes })?;
                answers.write_all(&jpeg)?;
                answers.flush()?;
            }
            Wanted::Codes => put(&mut answers, &Answer::Codes(codes(&bytes, &size_limits)))?,
        }
    }
    Ok(())
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
