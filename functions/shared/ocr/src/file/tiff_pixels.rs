//! TIFF's colour models, one row at a time, to grey or RGB of 8 bits.

use tiff::ColorType;

use super::picture::on_white;

/// Row `row` of a chunk of `columns` pixels; `samples` has 8 bits each, or as many fewer as
/// `colour` says, packed. `None` for a colour model that is not converted.
#[expect(clippy::wildcard_enum_match_arm, reason = "the crate's open enum")]
pub(super) fn row(
    colour: ColorType,
    samples: &[u8],
    columns: usize,
    row: usize,
) -> Option<Vec<u8>> {
    let line = |channels: usize| {
        let bytes = columns * channels;
        samples.get(row * bytes..(row + 1) * bytes)
    };
    Some(match colour {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let bytes = (columns * usize::from(bits)).div_ceil(8);
            unpack(samples.get(row * bytes..(row + 1) * bytes)?, bits, columns)
        }
        ColorType::Gray(8 | 16) => line(1)?.to_vec(),
        ColorType::GrayA(8 | 16) => convert(line(2)?, |[grey, a]: [u8; 2]| [on_white(grey, a)]),
        ColorType::RGB(8 | 16) => line(3)?.to_vec(),
        ColorType::RGBA(8 | 16) => convert(line(4)?, |[r, g, b, a]: [u8; 4]| {
            [on_white(r, a), on_white(g, a), on_white(b, a)]
        }),
        ColorType::CMYK(8 | 16) => convert(line(4)?, |[c, m, y, k]: [u8; 4]| {
            [paper(c, k), paper(m, k), paper(y, k)]
        }),
        ColorType::YCbCr(8) => convert(line(3)?, ycbcr),
        _ => return None,
    })
}

fn convert<const N: usize, const M: usize>(
    line: &[u8],
    convert: impl Fn([u8; N]) -> [u8; M],
) -> Vec<u8> {
    let (pixels, _) = line.as_chunks::<N>();
    pixels.iter().flat_map(|pixel| convert(*pixel)).collect()
}

/// Samples of 1, 2 or 4 bits, the first in the highest bits.
fn unpack(line: &[u8], bits: u8, columns: usize) -> Vec<u8> {
    let full = (1_u8 << bits) - 1;
    line.iter()
        .flat_map(|byte| {
            let shifts = (0..8 / bits).rev().map(move |i| i * bits);
            shifts.map(move |shift| (byte >> shift & full) * (u8::MAX / full))
        })
        .take(columns)
        .collect()
}

/// What of the light an ink and black leave.
pub(super) fn paper(ink: u8, black: u8) -> u8 {
    let light = u16::from(u8::MAX - ink) * u16::from(u8::MAX - black) / 255;
    u8::try_from(light).unwrap_or(u8::MAX)
}

/// ITU-R BT.601, full range, as in JFIF.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float to integer saturates"
)]
fn ycbcr([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    [
        (y + 1.402 * cr).round() as u8,
        (y - 0.344_136 * cb - 0.714_136 * cr).round() as u8,
        (y + 1.772 * cb).round() as u8,
    ]
}
