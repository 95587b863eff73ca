//! Tesseract, one line at a time, on pixels that are ours. The only file that names it.

use std::sync::{Mutex, PoisonError};

use casework::reading::Reader;
use image::GrayImage;
use tesseract::{OcrEngineMode, PageSegMode, Tesseract};

use super::find::Quad;
use super::strip::Strip;
use crate::line::{Alphabet, Glyph, TextLine};

/// Whose spelling the engine knows, one at a time: with two at once РК becomes PK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Kazakh, which reads Russian too, but not `№`.
    Kazakh,
    /// Russian, without Ә Ғ Қ Ң Ө Ұ Ү Һ І.
    Russian,
    /// English, for Latin letters, `+` and `@`.
    English,
}

/// The engine or its data is not installed.
#[derive(Debug, thiserror::Error)]
#[error("tesseract cannot start with its data for `{0}`; install it or set TESSDATA_PREFIX")]
pub struct NoTesseract(&'static str);

/// Tesseract with one language.
///
/// One thread only if `OMP_THREAD_LIMIT=1` stood in the environment when the process began.
pub(super) struct Typed {
    language: &'static str,
    engine: Mutex<Option<Tesseract>>,
}

/// A line for tesseract is so many times as large as for the net.
const SCALE: f32 = 1.6;

impl Typed {
    /// Starts the engine.
    ///
    /// # Errors
    /// [`NoTesseract`] where the engine's data is missing.
    pub(super) fn start(language: Language) -> Result<Self, NoTesseract> {
        let language = match language {
            Language::Kazakh => "kaz",
            Language::Russian => "rus",
            Language::English => "eng",
        };
        Ok(Self {
            language,
            engine: Mutex::new(Some(engine(language)?)),
        })
    }

    /// Reads the line between these corners.
    pub(super) fn read(
        &self,
        page: &GrayImage,
        corners: Quad,
        alphabet: Alphabet,
    ) -> Option<TextLine> {
        let strip = Strip::cut(page, corners, SCALE)?;
        let mut words = self.words(&strip.darkened()?, alphabet);
        // What stands in the margin is a table's rule or a neighbour.
        words.retain(|word| strip.within(word.left + word.width / 2.0));
        line(&words, corners, &strip)
    }

    /// The words of a line's picture, left to right.
    fn words(&self, picture: &GrayImage, alphabet: Alphabet) -> Vec<Word> {
        let mut slot = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        // The engine's builder consumes it: after an error a new one is started.
        let Some(engine) = slot.take().or_else(|| engine(self.language).ok()) else {
            return Vec::new();
        };
        match recognise(engine, picture, alphabet) {
            Some((engine, table)) => {
                *slot = Some(engine);
                table.lines().filter_map(Word::parse).collect()
            }
            None => Vec::new(),
        }
    }
}

fn engine(language: &'static str) -> Result<Tesseract, NoTesseract> {
    Tesseract::new_with_oem(None, Some(language), OcrEngineMode::LstmOnly)
        .map_err(|_| NoTesseract(language))
}

fn recognise(
    engine: Tesseract,
    picture: &GrayImage,
    alphabet: Alphabet,
) -> Option<(Tesseract, String)> {
    let side = |side: u32| i32::try_from(side).ok();
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut engine = engine
        .set_variable("tessedit_char_whitelist", whitelist(alphabet))
        .ok()?;
    engine.set_page_seg_mode(PageSegMode::PsmSingleLine);
    let mut engine = engine
        .set_frame(picture.as_raw(), width, height, 1, width)
        .ok()?
        .set_source_resolution(300)
        .recognize()
        .ok()?;
    let table = engine.get_tsv_text(0).ok()?;
    Some((engine, table))
}

fn whitelist(alphabet: Alphabet) -> &'static str {
    match alphabet {
        Alphabet::Any | Alphabet::Latin => "",
        Alphabet::Digits => "0123456789",
        Alphabet::Date => "0123456789.- ",
        Alphabet::Number => "0123456789N№ ",
        Alphabet::CyrillicUpper => "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ- ",
        Alphabet::LatinUpper => "ABCDEFGHIJKLMNOPQRSTUVWXYZ- ",
    }
}

/// One row of the engine's table.
struct Word {
    /// Left end and width on the picture.
    left: f32,
    width: f32,
    /// 0 to 1.
    confidence: f32,
    text: String,
}

impl Word {
    /// `level page block par line word left top width height conf text`, tab by tab; words are level 5.
    fn parse(row: &str) -> Option<Self> {
        let cells: Vec<&str> = row.split('\t').collect();
        let ["5", .., left, _, width, _, confidence, text] = cells.as_slice() else {
            return None;
        };
        let number = |cell: &str| cell.parse::<f32>().ok();
        let text = text.trim();
        (!text.is_empty()).then_some(())?;
        Some(Self {
            left: number(left)?,
            width: number(width)?,
            confidence: number(confidence)?.clamp(0.0, 100.0) / 100.0,
            text: text.to_owned(),
        })
    }

    /// Its characters with their left and right ends, spread evenly over it.
    #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
    fn characters(&self) -> impl Iterator<Item = (char, f32, f32)> {
        let left = self.left;
        let step = self.width / self.text.chars().count().max(1) as f32;
        let at = move |i: usize| left + step * i as f32;
        self.text
            .chars()
            .enumerate()
            .map(move |(i, c)| (c, at(i), at(i + 1)))
    }

    /// The word's odds, in nats: the engine gives none per letter.
    fn margin(&self) -> f32 {
        let p = self.confidence.clamp(0.001, 0.999);
        (p / (1.0 - p)).ln()
    }
}

/// A line of words on its strip, as sure as its letters are on average.
#[expect(clippy::cast_precision_loss, reason = "letters of a word")]
fn line(words: &[Word], corners: Quad, strip: &Strip) -> Option<TextLine> {
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut end = 0.0;
    for word in words {
        let margin = word.margin();
        if !glyphs.is_empty() {
            glyphs.push(Glyph {
                character: ' ',
                margin,
                bounds: strip.bounds(end, word.left),
            });
        }
        glyphs.extend(word.characters().map(|(character, left, right)| Glyph {
            character,
            margin,
            bounds: strip.bounds(left, right),
        }));
        end = word.left + word.width;
    }
    let letters = |word: &Word| word.text.chars().count() as f32;
    let all: f32 = words.iter().map(letters).sum();
    let confidence = words.iter().map(|w| w.confidence * letters(w)).sum::<f32>() / all.max(1.0);
    (!glyphs.is_empty()).then_some(TextLine {
        glyphs,
        corners,
        reader: Reader::Tesseract,
        confidence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_of_words_are_words() {
        let table = [
            (
                "5\t1\t1\t1\t1\t2\t40\t9\t60\t20\t96.5\tАЙДАР",
                Some(("АЙДАР", 40.0, 0.965)),
            ),
            ("4\t1\t1\t1\t1\t0\t40\t9\t60\t20\t-1\t", None),
            ("5\t1\t1\t1\t1\t2\t40\t9\t60\t20\t95\t ", None),
            ("5\t1\tАЙДАР", None),
            ("", None),
        ];
        for (row, expected) in table {
            let word = Word::parse(row);
            let seen = word
                .as_ref()
                .map(|w| (w.text.as_str(), w.left, w.confidence));
            assert_eq!(seen, expected, "{row:?}");
        }
    }
}
