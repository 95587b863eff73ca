//! Where the lines of a zone stand on a document, and where that puts the document on the page.
//!
//! Never here: pixels' values.

use casework::mrz::Format;

use crate::frame::{DocumentSize, Frame};
use crate::homography::Homography;

/// Distance between the middles of characters: ten to the inch (ICAO 9303-3 §4.4).
pub(super) const PITCH_MM: f32 = 2.54;
/// Distance between the middles of lines.
pub(super) const LINE_MM: f32 = 6.35;
/// Height of an OCR-B capital of size I.
pub(super) const CAPITAL_MM: f32 = 2.5;
/// Height of the zone above the lower edge (ICAO 9303-4, -5, -6 and -7 §4: 23.2 ± 1 mm).
const ZONE_MM: f32 = 23.2;

/// The size of a format's document.
pub(super) const fn size(format: Format) -> DocumentSize {
    match format {
        Format::Td1 => DocumentSize::TD1,
        Format::Td2 | Format::MrvB => DocumentSize::TD2,
        Format::Td3 => DocumentSize::TD3,
        Format::MrvA => DocumentSize::MRV_A,
    }
}

/// The middle of a character, millimetres from the document's top left corner: the lines are centred
/// in their zone, and the zone between the sides.
#[expect(clippy::cast_precision_loss, reason = "44 at most")]
pub(super) fn character_mm(format: Format, line: usize, column: usize) -> [f32; 2] {
    let size = size(format);
    let (lines, length) = (format.line_count() as f32, format.line_length() as f32);
    [
        size.width_mm / 2.0 + (column as f32 - (length - 1.0) / 2.0) * PITCH_MM,
        size.height_mm - ZONE_MM / 2.0 + (line as f32 - (lines - 1.0) / 2.0) * LINE_MM,
    ]
}

/// The map from a document's millimetres to the page that puts its characters where they were seen.
///
/// The simplest that explains them: two close lines say little about the far edge, and
/// a flat scan read as a slanted photo would put it anywhere.
pub(super) fn fitted(mm: &[[f32; 2]], page: &[[f32; 2]]) -> Option<Homography> {
    let projective = robust(mm, page, Homography::from_points)?;
    let similar = robust(mm, page, similarity)?;
    let (bent, straight) = (misfit(&projective, mm, page), misfit(&similar, mm, page));
    let [pitch, _] = projective.scale_at(*mm.first()?).map(|px| px * PITCH_MM);
    Some(if straight < 1.25 * bent + 0.02 * pitch {
        similar
    } else {
        projective
    })
}

type Fit = fn(&[[f32; 2]], &[[f32; 2]]) -> Option<Homography>;

/// Fits, drops what lies three times as far off as the rest, and fits again.
fn robust(mm: &[[f32; 2]], page: &[[f32; 2]], fit: Fit) -> Option<Homography> {
    let first = fit(mm, page)?;
    let limit = 3.0 * misfit(&first, mm, page) + 0.1;
    let (mm, page): (Vec<_>, Vec<_>) = mm
        .iter()
        .zip(page)
        .filter(|(mm, page)| distance(first.map(**mm), **page) < limit)
        .unzip();
    fit(&mm, &page)
}

/// Median distance between where a map puts points and where they were seen, pixels.
fn misfit(map: &Homography, mm: &[[f32; 2]], page: &[[f32; 2]]) -> f32 {
    let mut off: Vec<f32> = mm
        .iter()
        .zip(page)
        .map(|(mm, page)| distance(map.map(*mm), *page))
        .collect();
    off.sort_by(f32::total_cmp);
    off.get(off.len() / 2).copied().unwrap_or(0.0)
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    let [[ax, ay], [bx, by]] = [a, b];
    (ax - bx).hypot(ay - by)
}

/// Shift, turn and one scale, in the least-squares sense.
fn similarity(from: &[[f32; 2]], to: &[[f32; 2]]) -> Option<Homography> {
    #[expect(clippy::cast_precision_loss, reason = "132 at most")]
    let count = from.len() as f32;
    let mean = |points: &[[f32; 2]]| {
        let [x, y] = points
            .iter()
            .fold([0.0, 0.0], |[x, y], [px, py]| [x + px, y + py]);
        [x / count, y / count]
    };
    let ([fx, fy], [tx, ty]) = (mean(from), mean(to));
    let (mut dot, mut cross, mut norm) = (0.0, 0.0, 0.0);
    for ([x, y], [u, v]) in from.iter().zip(to) {
        let (x, y, u, v) = (x - fx, y - fy, u - tx, v - ty);
        dot += x * u + y * v;
        cross += x * v - y * u;
        norm += x * x + y * y;
    }
    let (cos, sin) = (dot / norm, cross / norm);
    let origin = [tx - cos * fx + sin * fy, ty - sin * fx - cos * fy];
    (norm > 0.0).then(|| Homography::affine(origin, [cos, sin], [-sin, cos]))
}

/// The frame around the lines of a zone, a little room included.
pub(super) fn zone_frame(format: Format, to_page: &Homography) -> Frame {
    let (last_line, last_column) = (format.line_count() - 1, format.line_length() - 1);
    let [left, top] = character_mm(format, 0, 0);
    let [right, bottom] = character_mm(format, last_line, last_column);
    let (left, right) = (left - PITCH_MM, right + PITCH_MM);
    let (top, bottom) = (top - CAPITAL_MM, bottom + CAPITAL_MM);
    Frame {
        corners: [[left, top], [right, top], [right, bottom], [left, bottom]]
            .map(|mm| to_page.map(mm)),
    }
}

/// The upright box around a character, page pixels: left, top, width, height.
pub(super) fn character_bounds(to_page: &Homography, [x, y]: [f32; 2]) -> [f32; 4] {
    let (half, high) = (PITCH_MM / 2.0, 0.6 * CAPITAL_MM);
    let corners = [[-half, -high], [half, -high], [half, high], [-half, high]]
        .map(|[dx, dy]| to_page.map([x + dx, y + dy]));
    let most = |axis: usize, pick: fn(f32, f32) -> f32, start: f32| {
        corners
            .iter()
            .filter_map(|corner| corner.get(axis))
            .copied()
            .fold(start, pick)
    };
    let (left, top) = (
        most(0, f32::min, f32::INFINITY),
        most(1, f32::min, f32::INFINITY),
    );
    let (right, bottom) = (
        most(0, f32::max, f32::NEG_INFINITY),
        most(1, f32::max, f32::NEG_INFINITY),
    );
    [left, top, right - left, bottom - top]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_inside_their_documents() {
        for format in Format::ALL {
            let size = size(format);
            let [left, top] = character_mm(format, 0, 0);
            let [right, bottom] =
                character_mm(format, format.line_count() - 1, format.line_length() - 1);
            assert!(left > 3.0 + PITCH_MM / 2.0 && size.width_mm - right > 3.0 + PITCH_MM / 2.0);
            assert!(top > size.height_mm - ZONE_MM && bottom < size.height_mm - 3.0);
        }
    }

    #[test]
    fn a_flat_scan_stays_flat_and_a_slant_is_seen() {
        let mm: Vec<[f32; 2]> = (0..88)
            .map(|i| character_mm(Format::Td3, i / 44, i % 44))
            .collect();
        let corners = DocumentSize::TD3.corners();
        let flat = Homography::affine([300.0, 900.0], [11.6, 2.0], [-2.0, 11.6]);
        let slanted = Homography::from_points(
            &corners,
            &[
                [400.0, 200.0],
                [1500.0, 260.0],
                [1400.0, 960.0],
                [450.0, 1000.0],
            ],
        )
        .unwrap();
        for (truth, noise, allowed) in [(flat, 0.4, 1.0), (slanted, 0.0, 1.0)] {
            let seen: Vec<[f32; 2]> = mm
                .iter()
                .enumerate()
                .map(|(i, p)| {
                    truth.map(*p).map(|v| {
                        if i % 3 == 0 {
                            v + noise
                        } else {
                            v - noise / 2.0
                        }
                    })
                })
                .collect();
            let map = fitted(&mm, &seen).unwrap();
            for corner in corners {
                assert!(distance(map.map(corner), truth.map(corner)) < allowed);
            }
        }
    }
}
