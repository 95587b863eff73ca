//! Typed sheets: the net finds the lines, and tesseract's two spellings say what it makes of them.

use std::sync::Arc;

use casework::reading::{Bounds, Reader};
use image::GrayImage;

use super::find::Quad;
use super::typed::{Language, NoTesseract, Typed};
use super::{LineNet, is_latin, vote};
use crate::line::{Alphabet, Known, ReadPrint, TextLine};
use crate::raster::Pyramid;

/// The net and tesseract, once with each language: whose word counts is settled word by word.
/// The one for Latin letters speaks only where those are asked for.
pub struct Jury {
    net: Arc<LineNet>,
    kazakh: Typed,
    russian: Typed,
    latin: Typed,
}

impl Jury {
    /// Starts the engines.
    ///
    /// # Errors
    /// [`NoTesseract`] where data is missing.
    pub fn start(net: Arc<LineNet>) -> Result<Self, NoTesseract> {
        Ok(Self {
            net,
            kazakh: Typed::start(Language::Kazakh)?,
            russian: Typed::start(Language::Russian)?,
            latin: Typed::start(Language::Latin)?,
        })
    }
}

impl ReadPrint for Jury {
    fn lines(&self, page: &Pyramid, area: Bounds, known: &Known) -> Vec<TextLine> {
        let lines = self.net.lines(page, area, known);
        lines
            .iter()
            .map(|line| self.reconsider(page.page(), line))
            .collect()
    }

    /// Tesseract's reading with the language of the alphabet.
    fn read_again(&self, page: &GrayImage, corners: Quad, alphabet: Alphabet) -> Option<TextLine> {
        let reader = if is_latin(alphabet) {
            &self.latin
        } else {
            &self.kazakh
        };
        reader.read(page, corners, alphabet)
    }

    /// A third opinion is asked for only where two differ.
    fn reconsider(&self, page: &GrayImage, line: &TextLine) -> TextLine {
        let Some(kazakh) = self.kazakh.read(page, line.corners, Alphabet::Any) else {
            return line.clone();
        };
        if let Some(glyphs) = vote::agreed(&line.glyphs, &kazakh.glyphs) {
            return TextLine {
                glyphs,
                confidence: kazakh.confidence.max(line.confidence),
                ..kazakh
            };
        }
        let russian = self.russian.read(page, line.corners, Alphabet::Any);
        let (russian, confidence) = russian
            .map(|russian| (russian.glyphs, russian.confidence))
            .unwrap_or_default();
        TextLine {
            glyphs: vote::settled(&line.glyphs, &kazakh.glyphs, &russian),
            corners: line.corners,
            reader: Reader::Tesseract,
            confidence: confidence.max(kazakh.confidence),
        }
    }
}
