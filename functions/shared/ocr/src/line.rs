//! A line of print as a reader saw it.

use casework::reading::{Bounds, Reader};
use image::GrayImage;

use crate::frame::Frame;
use crate::mrz::FoundMrz;
use crate::raster::Pyramid;

/// Lines of two zones run in one direction if they are no further apart than this, radians.
const ALIKE: f32 = 0.1;

/// One line of text, left to right as one reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// Its characters, spaces included.
    pub glyphs: Vec<Glyph>,
    /// Corners on the page, in reading order (top left first), from the tops of capitals to the baseline:
    /// tails hang below. A line may be tilted or upside down.
    pub corners: [[f32; 2]; 4],
    /// Who read it.
    pub reader: Reader,
    /// The reader's own confidence, 0 to 1.
    pub confidence: f32,
}

impl TextLine {
    /// Its characters as one string.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.character).collect()
    }
}

/// One character of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character.
    pub character: char,
    /// Log-probability of this letter minus that of the best other, case aside, nats.
    /// Negative where the rest of its word overruled the pixels.
    pub margin: f32,
    /// Upright box around it on the page.
    pub bounds: Bounds,
}

/// Which characters may stand in a piece of text; a reader with an alphabet reads better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// Anything the reader knows.
    Any,
    /// Digits only (IIN, numbers).
    Digits,
    /// Digits, `.`, `-`, space (dates and ranges).
    Date,
    /// `N`, `№` and digits (document numbers).
    Number,
    /// Cyrillic capitals, space, hyphen (names as cards print them).
    CyrillicUpper,
    /// Latin capitals, space, hyphen.
    LatinUpper,
    /// Latin letters, digits and signs (addresses, telephone numbers).
    Latin,
}

impl Alphabet {
    /// Whether a character is of it.
    pub fn holds(self, character: char) -> bool {
        let digit = character.is_ascii_digit();
        let between = matches!(character, ' ' | '-');
        let upper = character.is_uppercase();
        match self {
            Self::Any => true,
            Self::Digits => digit,
            Self::Date => digit || between || character == '.',
            Self::Number => digit || matches!(character, 'N' | '№' | ' '),
            Self::CyrillicUpper => between || (upper && !character.is_ascii()),
            Self::LatinUpper => between || (upper && character.is_ascii()),
            Self::Latin => character.is_ascii() || character == '№',
        }
    }
}

/// What is known of a page's print before it is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// Where its lines run, radians clockwise from left to right, where a zone has told.
    pub along: Option<f32>,
    /// What has been read already: no line that lies there is looked at.
    pub read: Vec<Frame>,
}

impl Known {
    /// What zones tell of the print around them: where lines run, if all of them agree.
    pub fn of(zones: &[FoundMrz]) -> Self {
        let mut angles = zones.iter().map(|zone| {
            let [[left, top], [right, end], ..] = zone.frame.corners;
            (end - top).atan2(right - left)
        });
        let along = angles.next().filter(|first| {
            angles.all(|angle| (angle - first).sin().abs() < ALIKE && (angle - first).cos() > 0.0)
        });
        Self {
            along,
            read: zones.iter().map(|zone| zone.strip).collect(),
        }
    }
}

/// Reads printed lines: the first reader is a small net, the second settles typed lines with tesseract.
pub trait ReadPrint {
    /// Every line of print on the page inside `area` (page pixels, left, top, width, height).
    fn lines(&self, page: &Pyramid, area: Bounds, known: &Known) -> Vec<TextLine>;

    /// Reads one known piece of a line again with a narrower alphabet. `corners` as in [`TextLine::corners`].
    fn read_again(
        &self,
        page: &GrayImage,
        corners: [[f32; 2]; 4],
        alphabet: Alphabet,
    ) -> Option<TextLine>;

    /// Reads a line again that another reader has read, weighing what that one saw.
    fn reconsider(&self, page: &GrayImage, line: &TextLine) -> TextLine {
        self.read_again(page, line.corners, Alphabet::Any)
            .unwrap_or_else(|| line.clone())
    }
}
