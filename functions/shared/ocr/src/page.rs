//! One decoded page, upright as the sender's viewer would show it.

use image::{GrayImage, RgbImage};

/// A page's pixels. Every place reported anywhere is in this raster's pixels, top-left origin.
#[derive(Debug, Clone)]
pub struct Page {
    /// 1-based number in its file.
    pub number: u32,
    /// Colour, 8 bits a channel, EXIF orientation applied, alpha flattened on white.
    pub colour: RgbImage,
    /// Luma of `colour`.
    pub grey: GrayImage,
    /// Dots per inch, where the file says so and it is believable (72 < dpi <= 1200).
    pub dpi: Option<f32>,
    /// The hidden text of a PDF page; never evidence, only compared.
    pub text_layer: Option<String>,
}
