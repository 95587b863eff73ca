//! Printed lines: found by shape, read by a small net, or by tesseract.
//!
//! Nothing here knows what a value should be; a reader says what it saw and how sure it was.

mod align;
mod chain;
mod classes;
mod decode;
mod find;
mod hocr;
mod ink;
mod jury;
mod net;
mod pieces;
mod row;
mod rules;
mod spaces;
mod strip;
mod stutter;
mod tilt;
mod typed;
mod view;
mod vote;
mod words;

use std::cmp::Reverse;

use casework::reading::{Bounds, Reader};
use image::GrayImage;

use crate::line::{Alphabet, Glyph, Known, ReadPrint, TextLine};
use crate::net::BrokenNet;
use crate::raster::Pyramid;
use decode::Letter;
use find::{Line, Quad, Sheet};
pub use jury::Jury;
use net::{FRAME, Frames, Net};
use strip::Strip;
pub use typed::NoTesseract;

/// The first reader: a small net that reads one line at a time.
pub struct LineNet {
    net: Net,
}

/// Lines tried both ways up before a side is chosen: those of the most letters, for what lies about a paper
/// looks like lines too, long ones.
const TRIALS: usize = 8;
/// So many are enough where they are less legible by so much than those of another side.
const TRIALS_MIN: usize = 3;
const FAR: f32 = 0.2;
/// Fewer letters than these say little.
const TRIAL_LETTERS_MIN: usize = 18;
/// A line of so many letters says enough.
const TRIAL_LETTERS: usize = 16;
/// Lines as legible as this are the right way up. Those of a page on its head read at up to 0.93:
/// many letters are others when turned.
const LEGIBLE: f32 = 0.97;
/// Lines less legible than this may run down the page,
const ILLEGIBLE: f32 = 0.75;
/// if they are as legible as this when turned.
const BARELY_LEGIBLE: f32 = 0.7;
/// A line less legible than this gets a second look,
const DOUBTFUL: f32 = 0.85;
/// unless it has fewer letters than this: it is seldom print;
const SPECK: usize = 4;
/// which must be better by this.
const CLEARLY: f32 = 0.05;
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

    /// The lines of the side up that reads best, those that are known aside.
    fn upright(&self, page: &Pyramid, area: Bounds, known: &Known) -> Side {
        if let Some(along) = known.along {
            let sheet = Sheet::along(page, area, along);
            let side = self.tried(page.page(), sheet.lines(false), known, 0.0);
            if side.legible() >= ILLEGIBLE {
                return side;
            }
        }
        let sheet = Sheet::new(page, area);
        let side = self.better_end(page.page(), &sheet, known);
        if side.legible() >= ILLEGIBLE || side.lines.is_empty() {
            return side;
        }
        let across = self.better_end(page.page(), &sheet.across(page), known);
        // What is no print is none from any side.
        if across.legible() >= BARELY_LEGIBLE {
            side.or(across)
        } else {
            side
        }
    }

    /// The lines of a sheet from the end that reads better.
    fn better_end(&self, page: &GrayImage, sheet: &Sheet, known: &Known) -> Side {
        let side = self.tried(page, sheet.lines(false), known, 0.0);
        if side.legible() >= LEGIBLE {
            return side;
        }
        let other = self.tried(page, sheet.lines(true), known, side.legible());
        side.or(other)
    }

    /// Reads a few lines of a side, fewer where one is known that reads far better.
    fn tried(
        &self,
        page: &GrayImage,
        mut lines: Vec<Line>,
        known: &Known,
        best_so_far: f32,
    ) -> Side {
        lines.retain(|line| !known.read.iter().any(|frame| frame.contains(line.middle())));
        let mut most: Vec<(usize, Line)> = lines.iter().copied().enumerate().collect();
        most.sort_by_key(|(_, line)| Reverse(line.letters.min(TRIAL_LETTERS)));
        let mut side = Side {
            lines,
            read: Vec::new(),
        };
        for (at, line) in most {
            let read = self.seen(page, line.quad);
            side.read.extend(read.map(|read| (at, read)));
            let is_far = || side.legible() < best_so_far - FAR;
            if side.read.len() >= TRIALS || side.read.len() >= TRIALS_MIN && is_far() {
                break;
            }
        }
        side
    }

    /// Reads a line, unless it was; if badly, again as if its capitals were of the next likely height.
    fn read_twice(
        &self,
        page: &GrayImage,
        line: &Line,
        known: Option<TextLine>,
    ) -> Option<TextLine> {
        let first = known.or_else(|| self.seen(page, line.quad))?;
        if first.confidence >= DOUBTFUL || first.glyphs.len() < SPECK {
            return Some(first);
        }
        let second = self.seen(page, of_height(line.quad, line.or_else));
        second
            .filter(|second| second.confidence > first.confidence + CLEARLY)
            .or(Some(first))
    }

    /// Reads a row of marks where it looks like print.
    fn seen(&self, page: &GrayImage, quad: Quad) -> Option<TextLine> {
        let strip = Strip::cut(page, quad, 1.0)?;
        if strip.stands_out() {
            self.read(&strip, quad, Alphabet::Any)
        } else {
            None
        }
    }

    fn read(&self, strip: &Strip, quad: Quad, alphabet: Alphabet) -> Option<TextLine> {
        let frames = self.net.frames(strip)?;
        let mut letters = decode::decode(&frames, &classes::allowed(alphabet));
        letters.retain(|letter| strip.within(letter.middle() * FRAME));
        if !is_latin(alphabet) {
            letters.retain(|letter| !classes::is_low_line(letter.class));
        }
        let darkness = strip.darkness();
        let mut letters = spaces::corrected(stutter::without(letters, &darkness), &darkness);
        let text = words::characters(&mut letters, is_latin(alphabet));
        let glyphs: Vec<Glyph> = letters
            .iter()
            .zip(text)
            .map(|(letter, character)| glyph(letter, character, strip))
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
    fn lines(&self, page: &Pyramid, area: Bounds, known: &Known) -> Vec<TextLine> {
        let side = self.upright(page, area, known);
        let lines = side.lines.iter().enumerate();
        lines
            .filter_map(|(at, line)| self.read_twice(page.page(), line, side.known(at)))
            .filter(|line| !line.glyphs.is_empty() && line.confidence >= PRINT_MIN)
            .collect()
    }

    fn read_again(&self, page: &GrayImage, corners: Quad, alphabet: Alphabet) -> Option<TextLine> {
        self.read(&Strip::cut(page, corners, 1.0)?, corners, alphabet)
            .filter(|line| !line.glyphs.is_empty())
    }
}

/// The lines of a page as one side up shows them.
struct Side {
    lines: Vec<Line>,
    /// A few of them, read, each with its place among them.
    read: Vec<(usize, TextLine)>,
}

impl Side {
    /// Mean confidence of the letters that were read, 0 where none was.
    #[expect(clippy::cast_precision_loss, reason = "letters of a few lines")]
    fn legible(&self) -> f32 {
        let letters = |line: &TextLine| line.glyphs.len().min(2 * TRIAL_LETTERS);
        let all: usize = self.read.iter().map(|(_, line)| letters(line)).sum();
        let sure = self
            .read
            .iter()
            .map(|(_, line)| line.confidence * letters(line) as f32);
        sure.sum::<f32>() / all.max(TRIAL_LETTERS_MIN) as f32
    }

    /// What was read in that place.
    fn known(&self, place: usize) -> Option<TextLine> {
        let mut read = self.read.iter();
        let (_, line) = read.find(|(at, _)| *at == place)?;
        Some(line.clone())
    }

    /// The one that reads better.
    fn or(self, other: Self) -> Self {
        if other.legible() > self.legible() {
            other
        } else {
            self
        }
    }
}

const fn is_latin(alphabet: Alphabet) -> bool {
    matches!(alphabet, Alphabet::LatinUpper | Alphabet::Latin)
}

/// The corners of a line whose capitals are so many times as tall.
fn of_height([top_left, top_right, base_right, base_left]: Quad, times: f32) -> Quad {
    let raised = |top: [f32; 2], base: [f32; 2]| {
        let up = |top: f32, base: f32| base + (top - base) * times;
        [up(top[0], base[0]), up(top[1], base[1])]
    };
    [
        raised(top_left, base_left),
        raised(top_right, base_right),
        base_right,
        base_left,
    ]
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

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::*;
    use crate::frame::Frame;

    fn page(name: &str) -> Pyramid {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/print/testdata");
        let image = image::open(path.join(format!("{name}.png"))).unwrap();
        Pyramid::new(image.to_luma8())
    }

    #[expect(clippy::cast_precision_loss, reason = "sizes of a crop")]
    fn texts(reader: &dyn ReadPrint, page: &Pyramid, known: &Known) -> String {
        let (width, height) = page.page().dimensions();
        let lines = reader.lines(page, [0.0, 0.0, width as f32, height as f32], known);
        lines.iter().map(|line| line.text() + "\n").collect()
    }

    fn check(reader: &dyn ReadPrint, name: &str, expected: &str) {
        let text = texts(reader, &page(name), &Known::default());
        assert_eq!(text, expected, "{name}");
    }

    #[test]
    fn what_is_known_is_not_looked_for_and_what_is_wrongly_known_does_no_harm() {
        let net = LineNet::load().unwrap();
        let page = page("card");
        let expected = include_str!("testdata/card.expected.txt");
        let along = |along| Known {
            along: Some(along),
            read: Vec::new(),
        };
        for angle in [0.0, std::f32::consts::PI] {
            assert_eq!(texts(&net, &page, &along(angle)), expected, "{angle}");
        }
        let first = net.lines(&page, [0.0, 0.0, 480.0, 155.0], &Known::default());
        let read = Known {
            along: None,
            read: vec![Frame {
                corners: first[0].corners,
            }],
        };
        let rest = expected.split_once('\n').unwrap().1;
        assert_eq!(texts(&net, &page, &read), rest);
    }

    #[test]
    fn cards_are_read_either_way_up_and_waves_are_no_print() {
        let net = LineNet::load().unwrap();
        check(&net, "card", include_str!("testdata/card.expected.txt"));
        check(
            &net,
            "inverted",
            include_str!("testdata/inverted.expected.txt"),
        );
        check(&net, "blank", include_str!("testdata/blank.expected.txt"));
    }

    #[test]
    fn typed_tables_are_read_with_tesseract() {
        let jury = Jury::start(Arc::new(LineNet::load().unwrap())).unwrap();
        check(&jury, "typed", include_str!("testdata/typed.expected.txt"));
    }

    #[test]
    fn a_narrower_alphabet_binds_both_readers() {
        let net = Arc::new(LineNet::load().unwrap());
        let jury = Jury::start(net.clone()).unwrap();
        let page = page("card");
        let lines = net.lines(&page, [0.0, 0.0, 480.0, 155.0], &Known::default());
        let corners = lines[1].corners;
        let page = page.page();
        for reader in [&*net as &dyn ReadPrint, &jury] {
            let capitals = reader.read_again(page, corners, Alphabet::CyrillicUpper);
            assert_eq!(capitals.unwrap().text(), "ӨСКЕМЕН");
            let digits = reader.read_again(page, corners, Alphabet::Digits);
            let text = digits.map(|line| line.text()).unwrap_or_default();
            assert!(
                text.chars().all(|c| c.is_ascii_digit() || c == ' '),
                "{text}"
            );
        }
        let nothing = [[0.0; 2]; 4];
        assert!(net.read_again(page, nothing, Alphabet::Any).is_none());
    }
}
