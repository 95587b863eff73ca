//! Typed sheets: the net finds the lines, and tesseract's two spellings say what it makes of them.

use std::sync::Arc;

use casework::reading::{Bounds, Reader};
use image::GrayImage;

use super::find::Quad;
use super::typed::{Language, NoTesseract, Typed};
use super::{LineNet, is_latin, vote};
use crate::line::{Alphabet, Glyph, Known, ReadPrint, TextLine};
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

/// A line of such confidence, and no letter of it with a smaller margin (nats), is as the net read it: of 607 on pages
/// of a seed already looked at tesseract changed three, none for the better. Not so with Kazakh letters, by whose strokes
/// the net is misled at times, nor with Latin ones, of which it does not know all; and each digit of a long number is
/// worth two readers. Margins say nothing of capital or small.
const SURE_LINE: f32 = 0.95;
const SURE_LETTER: f32 = 10.0;
const LONG_NUMBER: usize = 8;

/// A line of less confidence is as hard for tesseract: of 1,994 values on hurried photos of sheets one fewer was right
/// without it, and of 3,988 on scans and better photos all came out the same, for a fifth less time.
const HOPELESS_LINE: f32 = 0.7;

fn is_sure(line: &TextLine) -> bool {
    let seen: Vec<&Glyph> = line.glyphs.iter().filter(|g| g.character != ' ').collect();
    let is_known = |c: char| !vote::is_kazakh(c) && !c.is_ascii_alphabetic();
    let digits = seen.split(|glyph| !glyph.character.is_ascii_digit());
    line.confidence >= SURE_LINE
        && (seen.iter()).all(|glyph| glyph.margin >= SURE_LETTER && is_known(glyph.character))
        && digits.map(<[&Glyph]>::len).max() < Some(LONG_NUMBER)
}

/// The line with spaces as sure as the letters before them: how wide a gap is speaks against no letter.
fn as_sure(line: &TextLine) -> TextLine {
    let mut line = line.clone();
    let mut margin = SURE_LETTER;
    for glyph in &mut line.glyphs {
        if glyph.character == ' ' {
            glyph.margin = margin;
        }
        margin = glyph.margin;
    }
    line
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

    /// A second opinion is asked for only where the net may need one, a third only where two differ.
    fn reconsider(&self, page: &GrayImage, line: &TextLine) -> TextLine {
        if is_sure(line) {
            return as_sure(line);
        }
        if line.confidence < HOPELESS_LINE {
            return TextLine {
                glyphs: vote::unasked(&line.glyphs),
                ..line.clone()
            };
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_net_cannot_settle_alone_is_asked_about() {
        for (text, margin, confidence, expected) in [
            ("г. Алматы, 15.02.1958", 10.0, 0.95, true),
            ("г. Алматы", 9.9, 0.99, false),
            ("г. Алматы", 99.0, 0.94, false),
            ("АСҚАР", 99.0, 0.99, false),
            ("асқар", 99.0, 0.99, false),
            ("ЖСН 900101300017", 99.0, 0.99, false),
            ("12345678", 99.0, 0.99, false),
            ("1234567", 99.0, 0.99, true),
            ("900101 300017", 99.0, 0.99, false),
            ("Ornek Sokak 5", 99.0, 0.99, false),
            ("", 99.0, 0.99, true),
        ] {
            let glyph = |character| Glyph {
                character,
                // A space is nobody's to be sure of.
                margin: if character == ' ' { 0.0 } else { margin },
                bounds: [0.0; 4],
            };
            let line = TextLine {
                glyphs: text.chars().map(glyph).collect(),
                corners: [[0.0; 2]; 4],
                reader: Reader::PrintNet,
                confidence,
            };
            assert_eq!(is_sure(&line), expected, "{text} {margin} {confidence}");
            let sure = as_sure(&line);
            assert_eq!(sure.text(), text);
            assert!(
                sure.glyphs
                    .iter()
                    .all(|glyph| glyph.margin >= margin.min(SURE_LETTER))
            );
        }
    }
}
