//! Two readers, each where it is the better one: the net on cards, tesseract on typed sheets.

use std::sync::Arc;

use casework::reading::Bounds;

use super::find::Quad;
use super::{LineNet, Typed};
use crate::line::{Alphabet, ReadPrint, TextLine};
use crate::page::Page;

/// The net, and on typed sheets tesseract for the lines that the net is less good at.
pub struct Both {
    net: Arc<LineNet>,
    typed: Typed,
}

/// Cards and passports print in capitals; a sheet with this share of small letters is typed,
const SMALL_MIN: f32 = 0.35;
/// and so is one in a face that the net reads as badly as this.
const LEGIBLE_MIN: f32 = 0.8;
/// A line whose every letter the net took by at least so many nats it keeps.
const SURE: f32 = 15.0;
/// Below this, tesseract is guessing.
const TYPED_CONFIDENCE_MIN: f32 = 0.5;

impl Both {
    /// Reads with the net first.
    pub const fn new(net: Arc<LineNet>, typed: Typed) -> Self {
        Self { net, typed }
    }

    fn better(&self, page: &Page, line: TextLine) -> TextLine {
        if line.glyphs.iter().all(|glyph| glyph.margin >= SURE) {
            return line;
        }
        self.typed
            .read_again(page, line.corners, Alphabet::Any)
            .filter(|typed| typed.confidence >= TYPED_CONFIDENCE_MIN)
            .unwrap_or(line)
    }
}

impl ReadPrint for Both {
    fn lines(&self, page: &Page, area: Bounds) -> Vec<TextLine> {
        let lines = self.net.lines(page, area);
        if !is_typed(&lines) {
            return lines;
        }
        lines
            .into_iter()
            .map(|line| self.better(page, line))
            .collect()
    }

    /// The net's reading; for another opinion ask [`Typed`].
    fn read_again(&self, page: &Page, corners: Quad, alphabet: Alphabet) -> Option<TextLine> {
        self.net.read_again(page, corners, alphabet)
    }
}

#[expect(clippy::cast_precision_loss, reason = "letters of a page")]
fn is_typed(lines: &[TextLine]) -> bool {
    let (mut letters, mut small, mut confidence) = (0, 0, 0.0);
    for line in lines {
        for glyph in line.glyphs.iter().filter(|g| g.character.is_alphabetic()) {
            letters += 1;
            small += usize::from(glyph.character.is_lowercase());
            confidence += line.confidence;
        }
    }
    let all = letters.max(1) as f32;
    small as f32 >= SMALL_MIN * all || confidence < LEGIBLE_MIN * all
}
