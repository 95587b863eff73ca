//! Pages into files: JPEG, PNG, multi-page TIFF, PDF.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageEncoder, ImageFormat, RgbImage};

use super::pdf::{Sheet, pdf};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// JPEG of that quality (1–100).
    Jpeg(u8),
    /// JPEG of that quality, stored on its side with EXIF orientation 6.
    JpegOnItsSide(u8),
    /// PNG.
    Png,
    /// TIFF, all pages, LZW.
    Tiff,
    /// PDF of JPEG pages of that quality.
    Pdf(u8),
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The encoder refused.
    #[error("image: {0}")]
    Image(#[from] image::ImageError),
    /// The TIFF encoder refused.
    #[error("TIFF: {0}")]
    Tiff(#[from] tiff::TiffError),
    /// There is no page, or more than the container holds.
    #[error("{0} pages do not fit this kind of file")]
    Pages(usize),
}

impl Container {
    /// The ending of its file names.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg(_) | Self::JpegOnItsSide(_) => "jpg",
            Self::Png => "png",
            Self::Tiff => "tiff",
            Self::Pdf(_) => "pdf",
        }
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// When a page cannot be encoded, or the number of pages does not suit the container.
    pub fn encode(self, pages: &[RgbImage], dpi: u16) -> Result<Vec<u8>, FileError> {
        match (self, pages) {
            (Self::Jpeg(quality), [page]) => jpeg(page, quality, dpi),
            (Self::JpegOnItsSide(quality), [page]) => jpeg_on_its_side(page, quality),
            (Self::Png, [page]) => {
                let mut bytes = Cursor::new(Vec::new());
                match grey(page) {
                    Some(grey) => grey.write_to(&mut bytes, ImageFormat::Png)?,
                    None => page.write_to(&mut bytes, ImageFormat::Png)?,
                }
                Ok(bytes.into_inner())
            }
            (Self::Tiff, [_, ..]) => multi_page_tiff(pages, dpi),
            (Self::Pdf(quality), [_, ..]) => {
                let sheets: Vec<Sheet> = pages.iter().map(Sheet::of).collect();
                pdf(&sheets, quality, dpi)
            }
            (_, pages) => Err(FileError::Pages(pages.len())),
        }
    }
}

/// The page in one component, where every pixel of it is grey.
pub(super) fn grey(page: &RgbImage) -> Option<GrayImage> {
    let grey = page
        .pixels()
        .all(|pixel| matches!(pixel.0, [r, g, b] if r == g && g == b));
    grey.then(|| DynamicImage::ImageRgb8(page.clone()).into_luma8())
}

/// A JPEG of that quality.
pub(super) fn jpeg(page: &RgbImage, quality: u8, dpi: u16) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.set_pixel_density(image::codecs::jpeg::PixelDensity::dpi(dpi));
    match grey(page) {
        Some(grey) => encoder.encode_image(&grey)?,
        None => encoder.encode_image(page)?,
    }
    Ok(bytes)
}

/// Turned a quarter to the left, with the EXIF entry that says to turn it back.
fn jpeg_on_its_side(page: &RgbImage, quality: u8) -> Result<Vec<u8>, FileError> {
    // TIFF header, one entry: 0x0112 (orientation), SHORT, count 1, value 6.
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Err(error) = encoder.set_exif_metadata(exif) {
        return Err(FileError::Image(image::ImageError::Unsupported(error)));
    }
    encoder.encode_image(&DynamicImage::ImageRgb8(image::imageops::rotate270(page)))?;
    Ok(bytes)
}

fn multi_page_tiff(pages: &[RgbImage], dpi: u16) -> Result<Vec<u8>, FileError> {
    use tiff::encoder::{Compression, Rational, TiffEncoder, colortype};
    use tiff::tags::ResolutionUnit;
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes)?.with_compression(Compression::Lzw);
    let density = Rational {
        n: u32::from(dpi),
        d: 1,
    };
    for page in pages {
        let (width, height) = page.dimensions();
        if let Some(grey) = grey(page) {
            let mut image = encoder.new_image::<colortype::Gray8>(width, height)?;
            image.resolution(ResolutionUnit::Inch, density.clone());
            image.write_data(&grey)?;
        } else {
            let mut image = encoder.new_image::<colortype::RGB8>(width, height)?;
            image.resolution(ResolutionUnit::Inch, density.clone());
            image.write_data(page)?;
        }
    }
    Ok(bytes.into_inner())
}
