//! Pieces of lines with their geometry: the rows a person sees.
//!
//! A line is cut where its words stand far apart, so that two columns are two rows.
//! Distances between rows are taken along and across the text itself, never along the
//! page: a tilted or photographed document reads like a flat one.

use super::slant::{Slant, common_direction, direction};
use crate::line::{Glyph, TextLine};

/// Gap between two characters, in heights of the line, at which another column begins.
const COLUMN_GAP: f32 = 1.6;
/// Lines longer than this many heights know their own direction best.
const TRUSTED_LENGTH: f32 = 15.0;

/// A piece of a line.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The line it is cut from.
    pub line: &'a TextLine,
    /// First of its characters in the line.
    pub from: usize,
    /// One past the last.
    pub to: usize,
    /// Unit vector along the text.
    pub along: [f32; 2],
}

/// Where something lies in the coordinates of a row: x along the text, y downwards across it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Least x.
    pub left: f32,
    /// Greatest x.
    pub right: f32,
    /// Least y.
    pub top: f32,
    /// Greatest y.
    pub bottom: f32,
}

impl Extent {
    /// Middle across the text.
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// Height of the text.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

impl<'a> Row<'a> {
    /// Its characters.
    pub fn glyphs(&self) -> &'a [Glyph] {
        self.line.glyphs.get(self.from..self.to).unwrap_or_default()
    }

    /// Its text as read.
    pub fn text(&self) -> String {
        self.glyphs().iter().map(|glyph| glyph.character).collect()
    }

    /// A part of it, by positions in the line.
    pub fn part(&self, from: usize, to: usize) -> Self {
        Self {
            from: from.max(self.from),
            to: to.min(self.to),
            ..self.clone()
        }
    }

    /// Height of the line, pixels.
    pub fn height(&self) -> f32 {
        let [top_left, top_right, bottom_right, bottom_left] = self.line.corners;
        f32::midpoint(
            distance(top_left, bottom_left),
            distance(top_right, bottom_right),
        )
        .max(1.0)
    }

    /// Where it lies as seen from itself or another row of the same document.
    pub fn extent_in(&self, along: [f32; 2]) -> Extent {
        let corners = self.corners();
        let x = corners.map(|corner| dot(corner, along));
        let y = corners.map(|corner| dot(corner, across(along)));
        let [tl, tr, br, bl] = y;
        Extent {
            left: x.into_iter().fold(f32::MAX, f32::min),
            right: x.into_iter().fold(f32::MIN, f32::max),
            top: f32::midpoint(tl, tr),
            bottom: f32::midpoint(bl, br),
        }
    }

    /// Its four corners on the page, as the line's own but cut to its characters.
    pub fn corners(&self) -> [[f32; 2]; 4] {
        corners(self.line, self.glyphs())
    }
}

/// The corners of a line, cut to some of its characters.
pub fn corners(line: &TextLine, glyphs: &[Glyph]) -> [[f32; 2]; 4] {
    let [tl, tr, br, bl] = line.corners;
    let length = distance(tl, tr).max(1.0);
    let direction = [(tr[0] - tl[0]) / length, (tr[1] - tl[1]) / length];
    let start = f32::midpoint(dot(tl, direction), dot(bl, direction));
    let (mut first, mut last) = (f32::MAX, f32::MIN);
    for glyph in glyphs
        .iter()
        .filter(|glyph| !glyph.character.is_whitespace())
    {
        let [left, top, width, height] = glyph.bounds;
        let centre = dot([left + width / 2.0, top + height / 2.0], direction);
        let half = f32::midpoint(width * direction[0].abs(), height * direction[1].abs());
        first = first.min(centre - half);
        last = last.max(centre + half);
    }
    let share = |x: f32| ((x - start) / length).clamp(0.0, 1.0);
    let (from, to) = (share(first.min(last)), share(last));
    [
        mix(tl, tr, from),
        mix(tl, tr, to),
        mix(bl, br, to),
        mix(bl, br, from),
    ]
}

/// All rows of some lines, top to bottom and left to right as one reads them.
pub fn rows<'a>(lines: impl IntoIterator<Item = &'a TextLine>) -> Vec<Row<'a>> {
    // What has no letter and no digit is a speck, and would stand between a label and its value.
    let is_print = |line: &&TextLine| line.glyphs.iter().any(|g| g.character.is_alphanumeric());
    let lines: Vec<&TextLine> = lines.into_iter().filter(is_print).collect();
    let (common, slant) = (common_direction(&lines), Slant::of(&lines));
    let mut rows: Vec<Row> = lines.iter().flat_map(|line| cut(line, &slant)).collect();
    rows.sort_by(|a, b| {
        let (a, b) = (a.extent_in(common), b.extent_in(common));
        a.middle()
            .total_cmp(&b.middle())
            .then(a.left.total_cmp(&b.left))
    });
    rows
}

fn cut<'a>(line: &'a TextLine, slant: &Slant) -> Vec<Row<'a>> {
    let mut whole = Row {
        line,
        from: 0,
        to: line.glyphs.len(),
        along: direction(line),
    };
    let height = whole.height();
    let [tl, tr, ..] = line.corners;
    let own = whole.along;
    if distance(tl, tr) < TRUSTED_LENGTH * height {
        whole.along = slant.at(line);
    }
    let mut rows = Vec::new();
    let (mut from, mut end): (Option<usize>, f32) = (None, 0.0);
    for (at, glyph) in line.glyphs.iter().enumerate() {
        if glyph.character.is_whitespace() {
            continue;
        }
        let [left, top, width, glyph_height] = glyph.bounds;
        let centre = dot([left + width / 2.0, top + glyph_height / 2.0], own);
        let half = f32::midpoint(width * own[0].abs(), glyph_height * own[1].abs());
        if let Some(start) = from
            && centre - half - end > COLUMN_GAP * height
        {
            rows.push(Row {
                from: start,
                to: at,
                ..whole.clone()
            });
            from = Some(at);
        }
        from = from.or(Some(at));
        end = centre + half;
    }
    rows.extend(from.map(|start| Row {
        from: start,
        ..whole
    }));
    rows
}

/// Across the text, downwards.
pub const fn across(along: [f32; 2]) -> [f32; 2] {
    [-along[1], along[0]]
}

/// Distance between two points.
pub fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Scalar product.
pub fn dot(a: [f32; 2], b: [f32; 2]) -> f32 {
    a[0] * b[0] + a[1] * b[1]
}

fn mix(a: [f32; 2], b: [f32; 2], share: f32) -> [f32; 2] {
    [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::sketch;

    #[test]
    fn a_wide_gap_makes_two_columns() {
        let lines = sketch::lines("ТЕГІ АТЫ @ 10,10,160,20\nТЕГІ          АТЫ @ 10,50,320,20");
        let rows = rows(&lines);
        let texts: Vec<String> = rows
            .iter()
            .map(|row| row.text().trim().to_owned())
            .collect();
        assert_eq!(texts, ["ТЕГІ АТЫ", "ТЕГІ", "АТЫ"]);
    }

    #[test]
    fn a_part_has_the_corners_of_its_characters() {
        let lines = sketch::lines("АБВГ @ 100,10,80,20");
        let row = rows(&lines).remove(0).part(1, 3);
        assert_eq!(
            row.corners(),
            [[120.0, 10.0], [160.0, 10.0], [160.0, 30.0], [120.0, 30.0]]
        );
    }
}
