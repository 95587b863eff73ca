//! Where a document lies on a page: a projective frame.

/// Four corners on the page: top left, top right, bottom right, bottom left of the document as one reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Corners in page pixels.
    pub corners: [[f32; 2]; 4],
}

/// ISO/IEC 7810 and ICAO 9303 sizes, millimetres (width, height) of the side that carries the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentSize {
    /// Along the lines of text.
    pub width_mm: f32,
    /// Across them.
    pub height_mm: f32,
}

impl DocumentSize {
    /// TD1, the identity card (ICAO 9303-5 §2).
    pub const TD1: Self = Self {
        width_mm: 85.6,
        height_mm: 53.98,
    };
    /// TD2 (ICAO 9303-6 §2).
    pub const TD2: Self = Self {
        width_mm: 105.0,
        height_mm: 74.0,
    };
    /// TD3, the passport's data page (ICAO 9303-4 §2).
    pub const TD3: Self = Self {
        width_mm: 125.0,
        height_mm: 88.0,
    };
}
