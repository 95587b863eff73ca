//! Tesseract, one line at a time, on pixels that are ours. The only file that names it.

use std::sync::{Mutex, PoisonError};

use casework::reading::Reader;
use image::GrayImage;
use tesseract::{OcrEngineMode, PageSegMode, Tesseract};

use super::find::Quad;
use super::hocr::{self, Word};
use super::strip::Strip;
use crate::line::{Alphabet, Glyph, TextLine};

/// Whose spelling the engine knows, one at a time: with two at once РК becomes PK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    /// Kazakh, which reads Russian too, but not `№`.
    Kazakh,
    /// Russian, without Ә Ғ Қ Ң Ө Ұ Ү Һ І.
    Russian,
    /// All that is written in Latin letters, Ö, ß, ş and ł among them, with `+` and `@`.
    Latin,
}

/// What the engine knows of Latin letters, and where it comes from: `models/latin.md`.
static LATIN: &[u8] = include_bytes!("../../models/latin.traineddata");

/// The engine or its data is not installed.
#[derive(Debug, thiserror::Error)]
#[error("tesseract cannot start with its data for {0:?}; install it or set TESSDATA_PREFIX")]
pub struct NoTesseract(Language);

/// Tesseract with one language.
///
/// One thread only if `OMP_THREAD_LIMIT=1` stood in the environment when the process began.
pub(super) struct Typed {
    language: Language,
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
        words.retain(|word| strip.within(f32::midpoint(word.left, word.right)));
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
            Some((engine, told)) => {
                *slot = Some(engine);
                hocr::words(&told)
            }
            None => Vec::new(),
        }
    }
}

fn engine(language: Language) -> Result<Tesseract, NoTesseract> {
    let installed = |name| Tesseract::new_with_oem(None, Some(name), OcrEngineMode::LstmOnly);
    let engine = match language {
        Language::Kazakh => installed("kaz"),
        Language::Russian => installed("rus"),
        Language::Latin => Tesseract::new_with_data(LATIN, Some("Latin"), OcrEngineMode::LstmOnly),
    };
    let engine = engine.map_err(|_| NoTesseract(language))?;
    // Each letter with its own place and confidence.
    engine
        .set_variable("hocr_char_boxes", "1")
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
    let told = engine.get_hocr_text(0).ok()?;
    Some((engine, told))
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

/// A line of words on its strip, as sure as its letters are on average.
#[expect(clippy::cast_precision_loss, reason = "letters of a word")]
fn line(words: &[Word], corners: Quad, strip: &Strip) -> Option<TextLine> {
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut end = 0.0;
    for word in words {
        if !glyphs.is_empty() {
            glyphs.push(Glyph {
                character: ' ',
                margin: word.margin(),
                bounds: strip.bounds(end, word.left),
            });
        }
        glyphs.extend(word.letters.iter().map(|letter| Glyph {
            character: letter.character,
            margin: letter.margin(),
            bounds: strip.bounds(letter.left, letter.right),
        }));
        end = word.right;
    }
    let letters = |word: &Word| word.letters.len() as f32;
    let all: f32 = words.iter().map(letters).sum();
    let confidence = words.iter().map(|w| w.confidence * letters(w)).sum::<f32>() / all.max(1.0);
    (!glyphs.is_empty()).then_some(TextLine {
        glyphs,
        corners,
        reader: Reader::Tesseract,
        confidence,
    })
}
