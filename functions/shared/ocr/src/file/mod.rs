//! A file's bytes into pages: what it really is, how many pages it has, one page's pixels at a time.
//!
//! Content decides, never the name. Limits are checked from the headers before a pixel is decoded.
//! Nothing in a file is ever executed, and no embedded file or archive is unpacked.

mod blank;
mod exif;
mod jpeg;
mod jpeg_header;
mod limits;
mod pdf;
mod pdf_text;
mod picture;
mod png;
mod sniff;
mod tiff;
mod tiff_header;
mod tiff_pixels;
mod webp;

use casework::finding_code::{FileFinding, RefusalCode};

use crate::page::Page;

pub use blank::blank;
pub use limits::Limits;

/// The types of file that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// JPEG (ITU-T T.81), baseline or progressive Huffman, 8 bits.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// WebP, animated or not.
    WebP,
    /// TIFF or BigTIFF, of one or many pages.
    Tiff,
    /// PDF.
    Pdf,
}

/// A file whose headers are read and within the limits. Pages are decoded one at a time.
pub struct OpenFile<'a> {
    /// What the content says it is.
    pub kind: FileKind,
    /// How many pages it has, at least 1.
    pub pages: u32,
    /// What is odd about it as a whole.
    pub findings: Vec<FileFinding>,
    source: Source<'a>,
}

enum Source<'a> {
    Jpeg(jpeg::Jpeg<'a>),
    Png(png::Png<'a>),
    WebP(webp::WebP<'a>),
    Tiff(tiff::Tiff<'a>),
    Pdf(Box<pdf::PdfFile>),
}

/// Finds out what `bytes` are and reads the headers. `name` only serves to say that it lies.
///
/// # Errors
/// The code to refuse the whole file with. Permanent: the same bytes are refused again.
pub fn open<'a>(
    bytes: &'a [u8],
    name: Option<&str>,
    limits: &Limits,
) -> Result<OpenFile<'a>, RefusalCode> {
    if bytes.is_empty() {
        return Err(RefusalCode::EmptyFile);
    }
    if bytes.len() > limits.bytes_max {
        return Err(RefusalCode::TooLarge);
    }
    let kind = sniff::kind(bytes)?;
    let mut findings = Vec::new();
    if name.is_some_and(|name| sniff::name_differs(name, kind)) {
        findings.push(FileFinding::TypeDiffers);
    }
    let source = match kind {
        FileKind::Jpeg => Source::Jpeg(jpeg::Jpeg::open(bytes, limits, &mut findings)?),
        FileKind::Png => Source::Png(png::Png::open(bytes, limits, &mut findings)?),
        FileKind::WebP => Source::WebP(webp::WebP::open(bytes, limits, &mut findings)?),
        FileKind::Tiff => Source::Tiff(tiff::Tiff::open(bytes, limits, &mut findings)?),
        FileKind::Pdf => Source::Pdf(Box::new(pdf::PdfFile::open(bytes, limits, &mut findings)?)),
    };
    Ok(OpenFile {
        kind,
        pages: source.pages(),
        findings,
        source,
    })
}

impl OpenFile<'_> {
    /// Decodes one page, 1-based. Nothing of it is kept here.
    ///
    /// # Errors
    /// Why this page cannot be shown; the file's other pages may still be good.
    pub fn page(&self, number: u32) -> Result<Page, RefusalCode> {
        if number == 0 || number > self.pages {
            return Err(RefusalCode::UnreadableImage);
        }
        let picture = match &self.source {
            Source::Jpeg(jpeg) => jpeg.decode(),
            Source::Png(png) => png.decode(),
            Source::WebP(webp) => webp.decode(),
            Source::Tiff(tiff) => tiff.decode(number),
            Source::Pdf(pdf) => return pdf.page(number),
        }?;
        Ok(picture.into_page(number))
    }
}

impl Source<'_> {
    fn pages(&self) -> u32 {
        match self {
            Self::Jpeg(_) | Self::Png(_) | Self::WebP(_) => 1,
            Self::Tiff(tiff) => u32::try_from(tiff.pages()).unwrap_or(u32::MAX),
            Self::Pdf(pdf) => u32::try_from(pdf.pages()).unwrap_or(u32::MAX),
        }
    }
}

/// Notes bytes behind the end of a picture: more than 1 kB of them are no accident.
fn note_trailing(bytes: &[u8], end: usize, findings: &mut Vec<FileFinding>) {
    if bytes.len().saturating_sub(end) > 1024 {
        findings.push(FileFinding::TrailingData);
    }
}
