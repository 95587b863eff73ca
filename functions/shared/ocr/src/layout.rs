//! From lines of print, machine readable zones and codes to documents with fields.
//!
//! Knows where labels stand and where their values are looked for; works on geometry
//! and text alone. Never here: a pixel, a reader, a rule about what a value should be.

mod claim;
mod document;
mod fold;
mod kind;
mod label;
mod lexicon;
mod moment;
#[cfg(test)]
mod pages;
mod payload;
mod person;
mod region;
mod row;
mod seek;
mod sentence;
mod shape;
#[cfg(test)]
mod sketch;
mod slant;
mod told;
mod unlabelled;
mod value;

use std::collections::BTreeMap;

use casework::reading::{Bounds, DocumentKind, FieldName};

use crate::frame::Frame;
use crate::line::TextLine;
use crate::mrz::FoundMrz;

pub use casework::reading::around;
pub use fold::looks;
pub use payload::{Payload, is_bars};
pub use shape::Shape;
pub use value::{Piece, Value, hull};

/// All that was seen on one page.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Width and height of the page, pixels.
    pub size: [f32; 2],
    /// Lines of print, in any order.
    pub lines: &'a [TextLine],
    /// Machine readable zones.
    pub zones: &'a [FoundMrz],
    /// Bar and QR codes.
    pub codes: &'a [Payload],
}

/// One document on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What it looks like.
    pub kind: DocumentKind,
    /// Where it lies, page pixels.
    pub frame: Frame,
    /// Which zone of the sight is its own.
    pub zone: Option<usize>,
    /// Which lines of the sight are its own.
    pub lines: Vec<usize>,
    /// What its labels, sentences and codes say.
    pub values: Vec<Value>,
    /// Where labels stand whose values were found: their corners.
    pub labels: Vec<[[f32; 2]; 4]>,
    /// What stands beside labels of a paper card and is no value of their fields: its corners.
    pub unread: Vec<(FieldName, [[f32; 2]; 4])>,
    /// The label of the place for a signature, where a card asks for one: its corners.
    pub signature: Option<[[f32; 2]; 4]>,
    /// Where entries stand that were written by hand; none of them is a value.
    pub by_hand: BTreeMap<FieldName, Bounds>,
}

/// Whether a line lies inside a frame.
pub fn contains(frame: &Frame, line: &TextLine) -> bool {
    region::contains(frame, claim::FRAME_SLACK, region::middle(&line.corners))
}

/// Height of a line, pixels.
pub fn height(line: &TextLine) -> f32 {
    row::distance(line.corners[0], line.corners[3])
}

/// A line of which a reader reads again what stands from a character on.
pub fn read_from(line: &TextLine, from: usize, read: impl Fn(&TextLine) -> TextLine) -> TextLine {
    let from = from.min(line.glyphs.len());
    let behind = line.glyphs.get(from..).unwrap_or_default();
    let first = behind
        .iter()
        .position(|glyph| !glyph.character.is_whitespace());
    let (kept, rest) = line.glyphs.split_at(from + first.unwrap_or(0));
    if kept.is_empty() || rest.is_empty() {
        return read(line);
    }
    let again = read(&TextLine {
        glyphs: rest.to_vec(),
        corners: row::corners(line, rest),
        ..line.clone()
    });
    TextLine {
        glyphs: [kept, &again.glyphs].concat(),
        corners: line.corners,
        ..again
    }
}

/// The documents of one page, top to bottom.
pub fn documents(sight: &Sight) -> Vec<Found> {
    let mut found: Vec<Found> = claim::claims(sight)
        .into_iter()
        .map(|claim| document::read(sight, claim))
        .collect();
    found.sort_by(|a, b| region::top(&a.frame).total_cmp(&region::top(&b.frame)));
    found
}
