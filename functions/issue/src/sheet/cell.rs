//! Cells: texts in lines, each one part of the structure.

use casework::words::Language;

use super::Ink;
use crate::IssueError;
use crate::block::{InEach, Said};
use crate::face::{Line, Type, wrapped};

/// A piece of a line.
pub(super) struct Piece {
    /// From where its line begins.
    pub right_by: f32,
    /// Its text.
    pub line: Line,
    /// Its language.
    pub language: Option<Language>,
}

/// Lines below one another, one part of the structure.
pub(super) struct Cell {
    /// Where its lines begin.
    pub x: f32,
    /// Its lines.
    pub lines: Vec<Vec<Piece>>,
    /// Its colour.
    pub ink: Ink,
    /// The part of the structure it is.
    pub part: usize,
}

/// A cell.
pub(super) const fn cell(x: f32, part: usize, ink: Ink, lines: Vec<Vec<Piece>>) -> Cell {
    Cell {
        x,
        lines,
        ink,
        part,
    }
}

/// One text in lines of its own.
pub(super) fn alone(said: &Said, set_in: Type, width: f32) -> Result<Vec<Vec<Piece>>, IssueError> {
    let piece = |line| {
        vec![Piece {
            right_by: 0.0,
            line,
            language: said.language,
        }]
    };
    let lines = wrapped(&said.text, set_in, width)?;
    Ok(lines.into_iter().map(piece).collect())
}

/// The same text in every language on one line, strokes between them, on more where it is too long.
pub(super) fn flowed(
    texts: &InEach,
    set_in: Type,
    width: f32,
) -> Result<Vec<Vec<Piece>>, IssueError> {
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    let mut right_by = 0.0;
    for (at, said) in texts.iter().enumerate() {
        let stroke = if at + 1 < texts.len() { " /" } else { "" };
        let words: Vec<&str> = said.text.split_whitespace().collect();
        let text = words.join(" ") + stroke;
        let language = said.language;
        let beside = Line::shaped(&format!(" {text}"), set_in)?;
        let wide = beside.width();
        let fits = right_by + wide <= width;
        match lines.last_mut() {
            Some(last) if fits => {
                last.push(Piece {
                    right_by,
                    line: beside,
                    language,
                });
                right_by += wide;
            }
            _ => {
                lines.extend(alone(&Said { language, text }, set_in, width)?);
                let last = lines.last().and_then(|line| line.last());
                right_by = last.map_or(0.0, |piece| piece.line.width());
            }
        }
    }
    Ok(lines)
}
