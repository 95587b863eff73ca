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
/// The same where an issuer sets its lines closer: six to the inch.
const CLOSE_LINE_MM: f32 = 4.23;
/// A zone this flat for its length has close lines: a photo so slanted would not be read.
const CLOSE_SLANT: f32 = 0.82;
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
    let upright = robust(mm, page, upright)?;
    let (bent, straight) = (misfit(&projective, mm, page), misfit(&upright, mm, page));
    let [pitch, _] = projective.scale_at(*mm.first()?).map(|px| px * PITCH_MM);
    Some(if straight < 1.25 * bent + 0.02 * pitch {
        upright
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

/// Shift, turn, a scale along the lines and another across them, in the least-squares sense.
fn upright(from: &[[f32; 2]], to: &[[f32; 2]]) -> Option<Homography> {
    let ([fx, fy], [tx, ty]) = (mean(from), mean(to));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    let ([mut xu, mut xv], [mut yu, mut yv]) = ([0.0; 2], [0.0; 2]);
    for ([x, y], [u, v]) in from.iter().zip(to) {
        let (x, y, u, v) = (x - fx, y - fy, u - tx, v - ty);
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
        (xu, xv, yu, yv) = (xu + x * u, xv + x * v, yu + y * u, yv + y * v);
    }
    let determinant = xx * yy - xy * xy;
    let right = [xu * yy - yu * xy, xv * yy - yv * xy].map(|sum| sum / determinant);
    let down = [yu * xx - xu * xy, yv * xx - xv * xy].map(|sum| sum / determinant);
    // What leans along the lines is the characters' noise.
    let turn = (right[0] * down[1] - right[1] * down[0]) / (right[0].powi(2) + right[1].powi(2));
    let down = [-right[1] * turn, right[0] * turn];
    let origin = [
        tx - right[0] * fx - down[0] * fy,
        ty - right[1] * fx - down[1] * fy,
    ];
    (determinant > 0.0).then(|| Homography::affine(origin, right, down))
}

#[expect(clippy::cast_precision_loss, reason = "132 at most")]
fn mean(points: &[[f32; 2]]) -> [f32; 2] {
    let [x, y] = points
        .iter()
        .fold([0.0, 0.0], |[x, y], [px, py]| [x + px, y + py]);
    [x, y].map(|sum| sum / points.len() as f32)
}

/// The frame of the document that bears a zone.
///
/// Characters tell its size: lines are not always as far apart as the standard has them. On a flat
/// scan their distance is seen; on a slanted photo it is the standard's or six to the inch.
pub(super) fn document_frame(format: Format, to_page: &Homography) -> Frame {
    let size = size(format);
    let middle = size.height_mm - ZONE_MM / 2.0;
    let [across, down] = to_page.scale_at([size.width_mm / 2.0, middle]);
    let slant = down / across;
    let stretch = if to_page.is_affine() {
        1.0 / slant
    } else if slant < CLOSE_SLANT {
        LINE_MM / CLOSE_LINE_MM
    } else {
        1.0
    };
    let stretched = Homography::affine([0.0, middle * (1.0 - stretch)], [1.0, 0.0], [0.0, stretch]);
    Frame::of(size, &stretched.then(to_page))
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

    /// Where the characters of a passport's zone are seen, a third of them a little off.
    fn seen(truth: &Homography, line_mm: f32, noise: f32) -> (Vec<[f32; 2]>, Vec<[f32; 2]>) {
        let mm: Vec<[f32; 2]> = (0..88)
            .map(|i| character_mm(Format::Td3, i / 44, i % 44))
            .collect();
        let middle = DocumentSize::TD3.height_mm - ZONE_MM / 2.0;
        let page = mm
            .iter()
            .enumerate()
            .map(|(i, [x, y])| {
                let set = [*x, middle + (y - middle) * line_mm / LINE_MM];
                let off = if i % 3 == 0 { noise } else { -noise / 2.0 };
                truth.map(set).map(|v| v + off)
            })
            .collect();
        (mm, page)
    }

    #[test]
    fn a_flat_scan_stays_flat_a_slant_is_seen_and_close_lines_do_not_shrink_a_document() {
        let flat = Homography::affine([300.0, 900.0], [11.6, 2.0], [-2.0, 11.6]);
        let slanted = Homography::from_points(
            &DocumentSize::TD3.corners(),
            &[
                [400.0, 200.0],
                [1500.0, 260.0],
                [1400.0, 960.0],
                [450.0, 1000.0],
            ],
        )
        .unwrap();
        for (truth, line_mm, noise, allowed) in [
            (flat, LINE_MM, 0.4, 1.0),
            (flat, CLOSE_LINE_MM, 0.4, 1.0),
            (flat, 4.5, 0.4, 1.0),
            (slanted, LINE_MM, 0.0, 1.0),
            (slanted, CLOSE_LINE_MM, 0.0, 3.0),
        ] {
            let (mm, page) = seen(&truth, line_mm, noise);
            let frame = document_frame(Format::Td3, &fitted(&mm, &page).unwrap());
            let corners = DocumentSize::TD3.corners().map(|corner| truth.map(corner));
            for (found, corner) in frame.corners.into_iter().zip(corners) {
                let off = distance(found, corner);
                assert!(off < allowed, "{line_mm} mm: {off} px");
            }
        }
    }
}
