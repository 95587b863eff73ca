//! Where documents lie: inside or outside a frame, and frames drawn around text.

use super::row::{Row, across};
use crate::frame::{DocumentSize, Frame};

/// Height of the text on a card's front as a share of the card: from its title to its last line.
const FRONT_TEXT_SHARE: f32 = 0.86;
/// Margin of a sheet around its text, in heights of its lines.
const SHEET_MARGIN: f32 = 2.0;

/// Least y of a frame: what orders documents on a page.
pub fn top(frame: &Frame) -> f32 {
    frame
        .corners
        .iter()
        .map(|corner| corner[1])
        .fold(f32::MAX, f32::min)
}

/// Whether a point lies inside a frame grown by `share` of its size.
pub fn contains(frame: &Frame, share: f32, point: [f32; 2]) -> bool {
    let corners = grown(frame, share).corners;
    let mut ring = corners.iter().zip(corners.iter().cycle().skip(1));
    let side = |a: &[f32; 2], b: &[f32; 2]| {
        (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    };
    let turn = side_of(&corners);
    ring.all(|(a, b)| side(a, b) * turn >= 0.0)
}

fn side_of(corners: &[[f32; 2]; 4]) -> f32 {
    let [a, b, c, _] = corners;
    ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])).signum()
}

/// The frame with every corner moved away from its middle.
fn grown(frame: &Frame, share: f32) -> Frame {
    let sum = frame.corners.iter().fold([0.0, 0.0], |sum, c| {
        [sum[0] + c[0] / 4.0, sum[1] + c[1] / 4.0]
    });
    Frame {
        corners: frame.corners.map(|c| {
            [
                c[0] + (c[0] - sum[0]) * share,
                c[1] + (c[1] - sum[1]) * share,
            ]
        }),
    }
}

/// The middle of a line.
pub fn middle(corners: &[[f32; 2]; 4]) -> [f32; 2] {
    corners.iter().fold([0.0, 0.0], |sum, c| {
        [sum[0] + c[0] / 4.0, sum[1] + c[1] / 4.0]
    })
}

/// The text of some rows as a rectangle along their common direction.
struct Block {
    along: [f32; 2],
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    line_height: f32,
}

impl Block {
    fn of(rows: &[Row]) -> Option<Self> {
        let lines: Vec<_> = rows.iter().map(|row| row.line).collect();
        let along = super::slant::common_direction(&lines);
        let extents: Vec<_> = rows.iter().map(|row| row.extent_in(along)).collect();
        let first = extents.first()?;
        let mut heights: Vec<f32> = rows.iter().map(Row::height).collect();
        heights.sort_by(f32::total_cmp);
        Some(extents.iter().fold(
            Self {
                along,
                left: first.left,
                top: first.top,
                right: first.right,
                bottom: first.bottom,
                line_height: heights.get(heights.len() / 2).copied().unwrap_or(1.0),
            },
            |block, extent| Self {
                left: block.left.min(extent.left),
                top: block.top.min(extent.top),
                right: block.right.max(extent.right),
                bottom: block.bottom.max(extent.bottom),
                ..block
            },
        ))
    }

    fn frame(&self) -> Frame {
        let down = across(self.along);
        let point = |x: f32, y: f32| {
            [
                x * self.along[0] + y * down[0],
                x * self.along[1] + y * down[1],
            ]
        };
        Frame {
            corners: [
                point(self.left, self.top),
                point(self.right, self.top),
                point(self.right, self.bottom),
                point(self.left, self.bottom),
            ],
        }
    }
}

/// A sheet around its text, kept within the page: what is missing of a sheet nobody can see.
pub fn around_sheet(rows: &[Row], size: [f32; 2]) -> Option<Frame> {
    let mut block = Block::of(rows)?;
    let margin = SHEET_MARGIN * block.line_height;
    block.left -= margin;
    block.right += margin;
    block.top -= margin;
    block.bottom += margin;
    let frame = block.frame();
    Some(Frame {
        corners: frame
            .corners
            .map(|[x, y]| [x.clamp(0.0, size[0]), y.clamp(0.0, size[1])]),
    })
}

/// The front of a card around its text: the text's height gives its size, and as the photo
/// stands on the left, its text ends near its right edge.
pub fn around_front(rows: &[Row]) -> Option<Frame> {
    let mut block = Block::of(rows)?;
    let ratio = DocumentSize::TD1.width_mm / DocumentSize::TD1.height_mm;
    let text = block.bottom - block.top;
    let height = (text / FRONT_TEXT_SHARE).max((block.right - block.left) / 0.94 / ratio);
    let margin = (height - text) / 2.0;
    let spare = (height * ratio - (block.right - block.left)).max(0.0);
    block.top -= margin;
    block.bottom += margin;
    block.right += spare.min(margin);
    block.left = block.right - height * ratio;
    Some(block.frame())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_is_inside_however_the_frame_is_turned() {
        let upright = Frame {
            corners: [[0.0, 0.0], [100.0, 0.0], [100.0, 60.0], [0.0, 60.0]],
        };
        let turned = Frame {
            corners: [[60.0, 0.0], [60.0, 100.0], [0.0, 100.0], [0.0, 0.0]],
        };
        for (frame, point, share, expected) in [
            (upright, [50.0, 30.0], 0.0, true),
            (upright, [101.0, 30.0], 0.0, false),
            (upright, [101.0, 30.0], 0.1, true),
            (turned, [30.0, 90.0], 0.0, true),
            (turned, [61.0, 50.0], 0.0, false),
        ] {
            assert_eq!(contains(&frame, share, point), expected, "{point:?}");
        }
    }
}
