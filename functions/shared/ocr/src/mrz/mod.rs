//! Machine readable zones: found on a page, read character by character, never repaired here.
//!
//! Rows of evenly spaced ink ([`row`]) that lie over each other ([`stack`]) are looked at
//! through straight strips ([`strip`]) by a small net ([`net`]); exactly as many characters
//! as a format has are fitted to what it saw ([`decode`]); and what can be a zone
//! ([`sighting`]) says where its document lies ([`geometry`]).

use casework::reading::MrzReading;

use crate::frame::Frame;
use crate::page::Page;
use crate::quality::Line;

mod alignment;
mod allowed;
mod centre;
mod course;
mod decode;
mod geometry;
mod lean;
mod net;
mod posterior;
mod reader;
mod row;
mod search;
mod settle;
mod side;
mod sighting;
mod stack;
mod strip;
mod structure;
mod tall;
#[cfg(test)]
mod tests;

pub use reader::MrzReader;

/// A zone that was found on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundMrz {
    /// Its lines with margins and places.
    pub reading: MrzReading,
    /// The whole document it implies (TD1, TD2 or TD3 geometry), page pixels.
    pub frame: Frame,
    /// The strip around the lines themselves, page pixels.
    pub strip: Frame,
    /// Mean distance between characters, page pixels.
    pub pitch_px: f32,
}

impl FoundMrz {
    /// All its lines as one piece of text.
    pub const fn lines(&self) -> Line {
        Line {
            corners: self.strip.corners,
            // Nearly: OCR-B's capitals are about as high as they stand apart.
            capital_px: self.pitch_px,
        }
    }
}

/// Finds and reads machine readable zones.
pub trait ReadMrz {
    /// Every zone on the page, at any rotation.
    fn zones(&self, page: &Page) -> Vec<FoundMrz>;
}
