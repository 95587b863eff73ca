//! Printed lines: found by shape, read by a small net, or by tesseract.
//!
//! Nothing here knows what a value should be; a reader says what it saw and how sure it was.

mod chain;
mod classes;
mod decode;
mod find;
mod ink;
mod net;
mod row;
mod strip;
mod tilt;
mod view;
mod words;

use casework::reading::{Bounds, Reader};

use crate::line::{Alphabet, Glyph, ReadPrint, TextLine};
use crate::page::Page;
use decode::Letter;
use find::{Quad, Sheet};
pub use net::BrokenNet;
use net::{FRAME, Frames, Net};
use strip::Strip;

/// The first reader: a small net that reads one line at a time.
pub struct LineNet {
    net: Net,
}

/// Lines tried both ways up before a side is chosen.
const TRIALS: usize = 8;
/// Below this confidence a row of marks is not print.
const PRINT_MIN: f32 = 0.5;

impl LineNet {
    /// Loads the weights that are built in.
    ///
    /// # Errors
    /// [`BrokenNet`] if they are not a net.
    pub fn load() -> Result<Self, BrokenNet> {
        Ok(Self { net: Net::load()? })
    }

    /// The lines of the side up that reads better.
    fn upright(&self, page: &Page, sheet: &Sheet) -> Vec<Quad> {
        let sides = [sheet.lines(false), sheet.lines(true)];
        let [a, b] = sides.each_ref().map(|lines| self.legibility(page, lines));
        let [upright, inverted] = sides;
        if b > a { inverted } else { upright }
    }

    /// Mean confidence over the longest lines.
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    fn legibility(&self, page: &Page, lines: &[Quad]) -> f32 {
        let mut longest: Vec<&Quad> = lines.iter().collect();
        longest.sort_by(|a, b| length(b).total_cmp(&length(a)));
        longest.truncate(TRIALS);
        let read = longest
            .iter()
            .filter_map(|quad| self.read(page, **quad, Alphabet::Any));
        let (sum, count) = read.fold((0.0, 0), |(sum, count), line| {
            (sum + line.confidence, count + 1)
        });
        sum / (count.max(1) as f32)
    }

    fn read(&self, page: &Page, quad: Quad, alphabet: Alphabet) -> Option<TextLine> {
        let strip = Strip::cut(&page.grey, quad)?;
        let frames = self.net.frames(&strip)?;
        let mut letters = decode::decode(&frames, &classes::allowed(alphabet));
        let text = words::characters(&mut letters, alphabet == Alphabet::LatinUpper);
        let glyphs: Vec<Glyph> = letters
            .iter()
            .zip(text)
            .map(|(letter, character)| glyph(letter, character, &strip))
            .collect();
        Some(TextLine {
            confidence: confidence(&letters, &frames),
            glyphs: trimmed(glyphs),
            corners: quad,
            reader: Reader::PrintNet,
        })
    }
}

impl ReadPrint for LineNet {
    fn lines(&self, page: &Page, area: Bounds) -> Vec<TextLine> {
        let sheet = Sheet::new(&page.grey, area);
        self.upright(page, &sheet)
            .into_iter()
            .filter_map(|quad| self.read(page, quad, Alphabet::Any))
            .filter(|line| !line.glyphs.is_empty() && line.confidence >= PRINT_MIN)
            .collect()
    }

    fn read_again(&self, page: &Page, corners: Quad, alphabet: Alphabet) -> Option<TextLine> {
        self.read(page, corners, alphabet)
            .filter(|line| !line.glyphs.is_empty())
    }
}

fn length(quad: &Quad) -> f32 {
    let [a, b, ..] = quad;
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[expect(clippy::cast_precision_loss, reason = "frames of a strip")]
fn glyph(letter: &Letter, character: char, strip: &Strip) -> Glyph {
    let (start, end) = letter.frames;
    Glyph {
        character,
        margin: letter.margin(),
        bounds: strip.bounds(start as f32 * FRAME, end as f32 * FRAME),
    }
}

/// Mean probability of the letters over their own frames.
#[expect(clippy::cast_precision_loss, reason = "frames of a strip")]
fn confidence(letters: &[Letter], frames: &Frames) -> f32 {
    let sure: Vec<f32> = letters
        .iter()
        .flat_map(|letter| {
            let (start, end) = letter.frames;
            let seen = frames.scores.get(start..end).unwrap_or_default();
            seen.iter()
                .filter_map(|frame| frame.get(letter.class))
                .map(|score| score.exp())
        })
        .collect();
    sure.iter().sum::<f32>() / (sure.len().max(1) as f32)
}

/// Without spaces at either end, and with one where there were several.
fn trimmed(mut glyphs: Vec<Glyph>) -> Vec<Glyph> {
    glyphs.dedup_by(|a, b| a.character == ' ' && b.character == ' ');
    let end = glyphs
        .iter()
        .rposition(|g| g.character != ' ')
        .map_or(0, |i| i + 1);
    glyphs.truncate(end);
    let start = glyphs.iter().position(|g| g.character != ' ').unwrap_or(0);
    glyphs.split_off(start)
}
