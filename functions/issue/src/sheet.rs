//! Blocks laid out on sheets: every line has its place, and its part in the structure that is read aloud.
//!
//! Lengths are points (1/72 inch), from the top left corner.

mod cell;
mod flow;
mod style;

use casework::words::Language;

use crate::IssueError;
use crate::block::Block;
use crate::face::Line;
use crate::qr::Modules;
use crate::template::PageFormat;
use flow::Flow;
use style::Style;

/// A paper with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LaidOut {
    /// Width and height of a sheet.
    pub size: [f32; 2],
    /// What stands on each sheet.
    pub sheets: Vec<Vec<Mark>>,
    /// The parts of its structure; a part comes after the one that it belongs to.
    pub parts: Vec<StructurePart>,
}

/// One mark on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// A line of text, or a piece of one.
    Text {
        /// Where it begins.
        x: f32,
        /// Its baseline.
        baseline: f32,
        /// The text.
        line: Line,
        /// Its colour.
        ink: Ink,
        /// Its language.
        language: Option<Language>,
        /// The part of the structure it belongs to; none for what is not read aloud.
        part: Option<usize>,
    },
    /// A level line; not read aloud.
    Rule {
        /// Left, top, width, height.
        at: [f32; 4],
        /// Its colour.
        ink: Ink,
    },
    /// A code.
    Code {
        /// Left and top.
        at: [f32; 2],
        /// Its side.
        side: f32,
        /// Its modules.
        modules: Modules,
        /// The part of the structure it belongs to.
        part: usize,
    },
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Ink {
    /// What is said.
    Black,
    /// Labels and small print.
    Grey,
    /// Hairlines.
    Pale,
    /// The one accent.
    Accent,
}

/// A part of the structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StructurePart {
    /// What it is.
    pub role: Role,
    /// The part that it belongs to; none for the paper itself.
    pub within: Option<usize>,
}

/// What a part is to who hears the paper read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// A title, with its text.
    Title(String),
    /// A heading below it, with its text.
    Heading(String),
    /// A paragraph.
    Paragraph,
    /// Labelled values.
    Table,
    /// One of them.
    Row,
    /// Its label.
    Label,
    /// Its value.
    Value,
    /// A picture, with what it shows.
    Figure(String),
}

/// Lays blocks out; closer together where that saves a sheet, so that no line to sign on stands
/// alone on one.
///
/// # Errors
/// [`IssueError::NoSuchLetter`].
pub(crate) fn lay_out(blocks: &[Block], page: PageFormat) -> Result<LaidOut, IssueError> {
    let style = Style::of(page);
    let wide = laid_out(blocks, style)?;
    if wide.sheets.len() == 1 {
        return Ok(wide);
    }
    let close = laid_out(blocks, style.closer())?;
    let saves = close.sheets.len() < wide.sheets.len();
    Ok(if saves { close } else { wide })
}

fn laid_out(blocks: &[Block], style: Style) -> Result<LaidOut, IssueError> {
    let mut flow = Flow::new(style);
    for block in blocks {
        flow.block(block)?;
    }
    flow.finish()
}
