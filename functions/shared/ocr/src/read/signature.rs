//! Whether a paper card is signed: ink in the place of the signature that is no print.
//!
//! Between plainly signed and plainly empty nothing is said: a person must look.

use casework::personal::Personal;
use casework::reading::{FieldName, FieldReading, Reader, Source};
use image::GrayImage;

use crate::layout;
use crate::line::TextLine;

/// Ink of a signature, in squares of the label's height; a scrawl of drawn cards has above 2.
const INK_MIN: f32 = 0.8;
/// An empty place has no more than a speck.
const SPECK_MAX: f32 = 0.03;
/// Ink is darker than the paper by this much.
const DARKER: u8 = 60;
/// A level that is dark over more than this share of its length is a rule.
const RULE_SHARE: f32 = 0.4;
/// Lines read at least so well are print, and their ink is not the person's.
const PRINT_CONFIDENCE: f32 = 0.8;

/// The place right of a label, as far as the sheet's text goes, in steps of a pixel.
struct Place {
    origin: [f32; 2],
    along: [f32; 2],
    height: f32,
    length: f32,
}

/// The field `signed`, by the ink right of its label.
pub(super) fn signed(
    grey: &GrayImage,
    label: [[f32; 2]; 4],
    lines: &[&TextLine],
) -> Option<FieldReading> {
    let place = Place::right_of(label, lines)?;
    let levels = place.levels(grey, lines);
    let ink = place.ink(&levels) / (place.height * place.height);
    let is_clear = levels.iter().flatten().all(Option::is_some);
    let answer = match ink {
        ink if ink >= INK_MIN => "true",
        ink if ink <= SPECK_MAX && is_clear => "false",
        _ => return None,
    };
    Some(FieldReading {
        field: FieldName::new("signed"),
        text: Personal::new(answer.to_owned()),
        source: Source::Print,
        reader: Reader::PrintNet,
        bounds: place.bounds(),
        margins: Vec::new(),
        confidence: 0.9,
    })
}

impl Place {
    fn right_of(
        [top_left, top_right, _, bottom_left]: [[f32; 2]; 4],
        lines: &[&TextLine],
    ) -> Option<Self> {
        let apart = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        let (width, height) = (apart(top_left, top_right), apart(top_left, bottom_left));
        if width < height || height < 4.0 {
            return None;
        }
        let along = [
            (top_right[0] - top_left[0]) / width,
            (top_right[1] - top_left[1]) / width,
        ];
        // A colon may stand behind the label.
        let start = |axis: usize| Some(top_right.get(axis)? + height * along.get(axis)?);
        let origin = [start(0)?, start(1)?];
        let reach = |[x, y]: [f32; 2]| (x - origin[0]) * along[0] + (y - origin[1]) * along[1];
        let length = lines
            .iter()
            .flat_map(|line| line.corners)
            .map(reach)
            .fold(0.0, f32::max);
        (length > 5.0 * height).then_some(Self {
            origin,
            along,
            height,
            length,
        })
    }

    fn point(&self, right: f32, down: f32) -> [f32; 2] {
        let [x, y] = self.along;
        [
            self.origin[0] + right * x - down * y,
            self.origin[1] + right * y + down * x,
        ]
    }

    /// Levels from above the capitals to the base line; each a row of the page's values, none on print.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "float to integer saturates, and places are small"
    )]
    fn levels(&self, grey: &GrayImage, lines: &[&TextLine]) -> Vec<Vec<Option<u8>>> {
        let print: Vec<_> = lines
            .iter()
            .filter(|line| line.confidence >= PRINT_CONFIDENCE)
            .map(|line| (layout::around(&line.corners), 0.3 * layout::height(line)))
            .collect();
        let on_print = |[x, y]: [f32; 2]| {
            print.iter().any(|([left, top, width, height], margin)| {
                (left - margin..left + width + margin).contains(&x)
                    && (top - margin..top + height + margin).contains(&y)
            })
        };
        let value = |point: [f32; 2]| {
            let inside = point[0] >= 0.0 && point[1] >= 0.0 && !on_print(point);
            let pixel = inside.then(|| grey.get_pixel_checked(point[0] as u32, point[1] as u32));
            pixel.flatten().map(|pixel| pixel.0[0])
        };
        let above = 0.5 * self.height;
        (0..(1.5 * self.height) as u32)
            .map(|level| {
                (0..self.length as u32)
                    .map(|right| value(self.point(right as f32, level as f32 - above)))
                    .collect()
            })
            .collect()
    }

    /// Pixels of ink, rules aside.
    #[expect(clippy::cast_precision_loss, reason = "pixels of a place")]
    fn ink(&self, levels: &[Vec<Option<u8>>]) -> f32 {
        let mut seen: Vec<u8> = levels.iter().flatten().flatten().copied().collect();
        seen.sort_unstable();
        let paper = seen.get(seen.len() * 3 / 4).copied().unwrap_or(u8::MAX);
        levels
            .iter()
            .map(|level| {
                let dark =
                    |value: &Option<u8>| value.is_some_and(|v| v < paper.saturating_sub(DARKER));
                level.iter().filter(|value| dark(value)).count() as f32
            })
            .filter(|dark| *dark < RULE_SHARE * self.length)
            .sum()
    }

    fn bounds(&self) -> casework::reading::Bounds {
        let above = -0.5 * self.height;
        layout::around(&[
            self.point(0.0, above),
            self.point(self.length, above),
            self.point(self.length, self.height),
            self.point(0.0, self.height),
        ])
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    const LABEL: [[f32; 2]; 4] = [[20.0, 50.0], [120.0, 50.0], [120.0, 70.0], [20.0, 70.0]];

    fn line(left: f32, top: f32, confidence: f32) -> TextLine {
        TextLine {
            glyphs: Vec::new(),
            corners: [
                [left, top],
                [left + 260.0, top],
                [left + 260.0, top + 20.0],
                [left, top + 20.0],
            ],
            reader: Reader::PrintNet,
            confidence,
        }
    }

    #[test]
    fn ink_that_is_no_print_is_a_signature() {
        // What is inked: left, top, width, height; and how well a line is read there.
        type Strokes<'a> = &'a [[u32; 4]];
        let cases: [(&str, Strokes, f32, Option<&str>); 5] = [
            ("empty", &[], 0.3, Some("false")),
            (
                "strokes",
                &[[300, 45, 6, 25], [340, 45, 6, 25], [380, 45, 6, 25]],
                0.3,
                Some("true"),
            ),
            (
                "print",
                &[[300, 52, 6, 16], [340, 52, 6, 16], [380, 52, 6, 16]],
                0.95,
                None,
            ),
            ("a rule", &[[130, 66, 400, 2]], 0.3, Some("false")),
            ("a stain", &[[300, 55, 8, 8]], 0.3, None),
        ];
        for (name, strokes, confidence, expected) in cases {
            let mut grey = GrayImage::from_pixel(600, 120, Luma([245]));
            for &[left, top, width, height] in strokes {
                for (x, y) in
                    (left..left + width).flat_map(|x| (top..top + height).map(move |y| (x, y)))
                {
                    grey.put_pixel(x, y, Luma([60]));
                }
            }
            let (far, near) = (line(300.0, 0.0, 0.95), line(290.0, 50.0, confidence));
            let reading = signed(&grey, LABEL, &[&far, &near]);
            let answer = reading.map(|reading| reading.text.into_inner());
            assert_eq!(answer.as_deref(), expected, "{name}");
        }
    }
}
