//! Pages of lines as text, for tests: `text @ left,top,width,height`, one line each.

use casework::reading::Reader;

use crate::line::{Glyph, TextLine};

/// The lines of a sketch. Every character is as wide as the next.
pub fn lines(sketch: &str) -> Vec<TextLine> {
    sketch
        .lines()
        .filter(|row| {
            row.split('@')
                .next()
                .is_some_and(|text| !text.trim().is_empty())
        })
        .map(line)
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "a handful of characters")]
fn line(row: &str) -> TextLine {
    let (text, place) = row.rsplit_once('@').expect("text @ place");
    let text = text.trim();
    let place: Vec<f32> = place
        .split(',')
        .map(|n| n.trim().parse().expect("a number"))
        .collect();
    let [left, top, width, height] = place[..] else {
        panic!("four numbers: {row}")
    };
    let step = width / text.chars().count() as f32;
    TextLine {
        glyphs: text
            .chars()
            .enumerate()
            .map(|(at, character)| Glyph {
                character,
                margin: 5.0,
                bounds: [left + at as f32 * step, top, step, height],
            })
            .collect(),
        corners: [
            [left, top],
            [left + width, top],
            [left + width, top + height],
            [left, top + height],
        ],
        reader: Reader::PrintNet,
        confidence: 0.9,
    }
}

/// The same lines on a page turned about its origin by `degrees` and moved into view.
pub fn turned(lines: &[TextLine], degrees: f32, shift: [f32; 2]) -> Vec<TextLine> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let turn = |[x, y]: [f32; 2]| [x * cos - y * sin + shift[0], x * sin + y * cos + shift[1]];
    let turn_box = |[x, y, w, h]: [f32; 4]| {
        let corners = [[x, y], [x + w, y], [x + w, y + h], [x, y + h]].map(turn);
        let (xs, ys) = (corners.map(|c| c[0]), corners.map(|c| c[1]));
        let (left, top) = (
            xs.into_iter().fold(f32::MAX, f32::min),
            ys.into_iter().fold(f32::MAX, f32::min),
        );
        let (right, bottom) = (
            xs.into_iter().fold(f32::MIN, f32::max),
            ys.into_iter().fold(f32::MIN, f32::max),
        );
        [left, top, right - left, bottom - top]
    };
    lines
        .iter()
        .map(|line| TextLine {
            glyphs: line
                .glyphs
                .iter()
                .map(|g| Glyph {
                    bounds: turn_box(g.bounds),
                    ..*g
                })
                .collect(),
            corners: line.corners.map(turn),
            ..line.clone()
        })
        .collect()
}
