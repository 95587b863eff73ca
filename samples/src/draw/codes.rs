//! Bar codes and QR codes.

use barcoders::sym::code128::Code128;
use qrcode::{EcLevel, QrCode};

use crate::draw::canvas::{Area, Canvas, Ink};

const BLACK: Ink = [16, 16, 18];

/// Why a text cannot become a code.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CodeError(String);

/// Draws digits as Code 128 (set C), filling `area`. Draw at few dots a module or more.
///
/// # Errors
/// When `digits` is not an even number of digits.
pub fn bar_code(canvas: &mut Canvas, area: Area, digits: &str) -> Result<(), CodeError> {
    // The library chooses set C by a leading Ć.
    let code = Code128::new(format!("Ć{digits}")).map_err(|e| CodeError(e.to_string()))?;
    let bars = code.encode();
    let module = area.width / cells(bars.len());
    for (index, bar) in bars.iter().enumerate() {
        if *bar == 1 {
            let left = area.left + module * cells(index);
            canvas.fill(Area::new(left, area.top, module, area.height), BLACK, 1.0);
        }
    }
    Ok(())
}

/// Draws a QR code of `text` (level L) filling a square of `side` millimetres, quiet zone included.
///
/// # Errors
/// When the text is too long for any version.
pub fn qr_code(
    canvas: &mut Canvas,
    at: (f32, f32),
    side: f32,
    text: &str,
) -> Result<(), CodeError> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::L)
        .map_err(|e| CodeError(e.to_string()))?;
    let width = code.width();
    let module = side / cells(width + 8);
    canvas.fill(Area::new(at.0, at.1, side, side), [255; 3], 1.0);
    for (index, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            let left = at.0 + module * cells(index % width + 4);
            let top = at.1 + module * cells(index / width + 4);
            canvas.fill(Area::new(left, top, module, module), BLACK, 1.0);
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand modules at most")]
const fn cells(count: usize) -> f32 {
    count as f32
}
