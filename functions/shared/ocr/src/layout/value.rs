//! A value with its place, before anyone judges it.

use casework::personal::Personal;
use casework::reading::{Bounds, FieldName, FieldReading, Reader, Source, around};

use super::payload::Payload;
use super::row::Row;
use crate::line::{Glyph, TextLine};

/// Margin given to the space between two lines of one value: there is no doubt that a line ends.
const LINE_END_MARGIN: f32 = 20.0;

/// What one label, sentence or code says.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Which field.
    pub field: FieldName,
    /// Print, QR or bar code.
    pub source: Source,
    /// The pieces of lines it stands on, in reading order.
    pub pieces: Vec<Piece>,
}

/// A piece of a line that belongs to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Its characters.
    pub glyphs: Vec<Glyph>,
    /// Its corners on the page, in reading order.
    pub corners: [[f32; 2]; 4],
    /// Who read it.
    pub reader: Reader,
    /// The reader's own confidence, 0 to 1.
    pub confidence: f32,
}

impl Value {
    /// A printed value.
    pub const fn printed(field: FieldName, pieces: Vec<Piece>) -> Self {
        Self {
            field,
            source: Source::Print,
            pieces,
        }
    }

    /// The reading handed over, with inner spaces single.
    pub fn reading(&self) -> Option<FieldReading> {
        let glyphs = self.glyphs();
        let first = self.pieces.first()?;
        let has_margins = first.reader != Reader::CodeDecoder;
        Some(FieldReading {
            field: self.field.clone(),
            text: Personal::new(glyphs.iter().map(|glyph| glyph.character).collect()),
            source: self.source,
            reader: first.reader,
            bounds: hull(self.pieces.iter().map(|piece| around(&piece.corners)))?,
            margins: if has_margins {
                glyphs.iter().map(|glyph| glyph.margin).collect()
            } else {
                Vec::new()
            },
            confidence: self
                .pieces
                .iter()
                .map(|piece| piece.confidence)
                .fold(1.0, f32::min),
        })
    }

    /// The same in capitals, as cards print everything.
    #[must_use]
    pub fn in_capitals(mut self) -> Self {
        let glyphs = self.pieces.iter_mut().flat_map(|piece| &mut piece.glyphs);
        for glyph in glyphs {
            let capital = glyph.character.to_uppercase().next();
            glyph.character = capital.unwrap_or(glyph.character);
        }
        self
    }

    /// Its text.
    pub fn text(&self) -> String {
        self.glyphs().iter().map(|glyph| glyph.character).collect()
    }

    fn glyphs(&self) -> Vec<Glyph> {
        let mut glyphs: Vec<Glyph> = Vec::new();
        for piece in &self.pieces {
            if let Some(last) = glyphs.last().copied() {
                glyphs.push(Glyph {
                    character: ' ',
                    margin: LINE_END_MARGIN,
                    ..last
                });
            }
            glyphs.extend_from_slice(&piece.glyphs);
        }
        glyphs.dedup_by(|b, a| a.character.is_whitespace() && b.character.is_whitespace());
        glyphs
    }
}

impl Piece {
    /// The piece that a row is.
    pub fn of(row: &Row) -> Self {
        Self {
            glyphs: row.glyphs().to_vec(),
            corners: row.corners(),
            reader: row.line.reader,
            confidence: row.line.confidence,
        }
    }

    /// Whether it has no letter and no digit.
    pub fn is_sign(&self) -> bool {
        let mut glyphs = self.glyphs.iter();
        glyphs.all(|glyph| !glyph.character.is_alphanumeric())
    }

    /// The characters `from..to` of it; its corners stay those of the whole.
    #[must_use]
    pub fn part(&self, from: usize, to: usize) -> Self {
        Self {
            glyphs: self.glyphs.get(from..to).unwrap_or_default().to_vec(),
            ..self.clone()
        }
    }

    /// A text that a code carries.
    pub fn coded(text: &str, code: &Payload) -> Self {
        let [left, top, width, height] = code.bounds;
        Self {
            glyphs: text
                .chars()
                .map(|character| Glyph {
                    character,
                    margin: 0.0,
                    bounds: code.bounds,
                })
                .collect(),
            corners: [
                [left, top],
                [left + width, top],
                [left + width, top + height],
                [left, top + height],
            ],
            reader: Reader::CodeDecoder,
            confidence: 1.0,
        }
    }
}

impl From<TextLine> for Piece {
    fn from(line: TextLine) -> Self {
        Self {
            glyphs: line.glyphs,
            corners: line.corners,
            reader: line.reader,
            confidence: line.confidence,
        }
    }
}

/// The upright box around several.
pub fn hull(boxes: impl Iterator<Item = Bounds>) -> Option<Bounds> {
    boxes.reduce(|[l, t, w, h], [l2, t2, w2, h2]| {
        let (left, top) = (l.min(l2), t.min(t2));
        [
            left,
            top,
            (l + w).max(l2 + w2) - left,
            (t + h).max(t2 + h2) - top,
        ]
    })
}
