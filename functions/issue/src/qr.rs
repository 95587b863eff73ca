//! A payload as a QR code (ISO/IEC 18004), by `qrcode`.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around a code, so that a reader finds its edge.
pub const QUIET_MODULES: usize = 4;

/// The modules of a code, row by row, without the quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// Modules of a side.
    pub side: usize,
    /// True where it is dark.
    pub dark: Vec<bool>,
}

/// The code of a text; none where it is too long for one. Level M mends a seventh of it.
pub fn modules(text: &str) -> Option<Modules> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let dark = code.to_colors().into_iter().map(|c| c == Color::Dark);
    Some(Modules {
        side: code.width(),
        dark: dark.collect(),
    })
}
