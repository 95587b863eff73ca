//! PDF (ISO 32000) by `hayro`: pages are drawn, nothing in them is run and nothing is unpacked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use casework::finding_code::{FileFinding, RefusalCode};
use hayro::hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro::hayro_syntax::object::{Array, Dict, Name};
use hayro::hayro_syntax::page::Page as PdfPage;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::peniko::ImageAlphaType;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

use super::picture::Picture;
use super::{Limits, blank, pdf_text};
use crate::page::Page;

/// What scanners of offices use; more shows no more of a letter.
const DPI_MAX: f64 = 300.0;
/// The drawing surface takes 4 bytes a pixel beside the page itself: A3 at 300 dpi fits.
const DRAWN_PIXELS_MAX: f64 = 20_000_000.0;

/// A PDF with at least one page and not too many.
pub(super) struct PdfFile {
    pdf: Pdf,
    limits: Limits,
}

impl PdfFile {
    pub fn open(
        bytes: &[u8],
        limits: &Limits,
        findings: &mut Vec<FileFinding>,
    ) -> Result<Self, RefusalCode> {
        // A broken cross-reference table is rebuilt by the parser: the one repair attempt.
        let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
            LoadPdfError::Decryption(_) => RefusalCode::PasswordProtected,
            LoadPdfError::Invalid => RefusalCode::UnreadablePdf,
        })?;
        limits.check_pages(pdf.pages().len())?;
        if pdf.pages().is_empty() {
            return Err(RefusalCode::UnreadablePdf);
        }
        note_contents(&pdf, findings)?;
        let file = Self {
            pdf,
            limits: *limits,
        };
        if let [page] = &file.pdf.pages()[..] {
            file.geometry(page)?;
        }
        Ok(file)
    }

    pub fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// Draws one page, 1-based, and collects its text.
    pub fn page(&self, number: u32) -> Result<Page, RefusalCode> {
        let index = (number as usize).wrapping_sub(1);
        let page = self.pdf.pages().get(index);
        let page = page.ok_or(RefusalCode::UnreadablePdf)?;
        let (dpi, scale) = self.geometry(page)?;
        let undecodable = Arc::new(AtomicBool::new(false));
        let picture = draw(page, scale, Arc::clone(&undecodable))?;
        let mut drawn = picture.into_page(number);
        // An image that cannot be decoded leaves white behind: that is no blank page.
        if undecodable.load(Ordering::Relaxed) && blank(&drawn) {
            return Err(RefusalCode::UnreadableImage);
        }
        drawn.dpi = Some(dpi).filter(|dpi| *dpi > 72.0);
        drawn.text_layer = pdf_text::text(page);
        Ok(drawn)
    }

    /// Dots per inch to draw at, and pixels per unit of user space, from the page's geometry
    /// alone (CropBox and /Rotate as the parser applies them, /UserUnit here).
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "sizes are bounded first"
    )]
    fn geometry(&self, page: &PdfPage<'_>) -> Result<(f32, f32), RefusalCode> {
        let unit = page.raw().get::<f32>("UserUnit").unwrap_or(1.0);
        let unit = f64::from(if (0.1..=1000.0).contains(&unit) {
            unit
        } else {
            1.0
        });
        let (width, height) = page.render_dimensions();
        let inches = (
            f64::from(width) * unit / 72.0,
            f64::from(height) * unit / 72.0,
        );
        if !(inches.0 * inches.1).is_normal() {
            return Err(RefusalCode::UnreadablePdf);
        }
        let side = f64::from(self.limits.side_max) / inches.0.max(inches.1);
        let area = (DRAWN_PIXELS_MAX / (inches.0 * inches.1)).sqrt();
        let dpi = DPI_MAX.min(side).min(area);
        let pixels = |inches: f64| (inches * dpi) as u32;
        self.limits.check_size(pixels(inches.0), pixels(inches.1))?;
        // The surface's sides are cut to whole pixels: a hair more keeps 1800 from being 1799.
        let scale = dpi * unit / 72.0 * (1.0 + 1e-6);
        Ok((dpi as f32, scale as f32))
    }
}

fn draw(
    page: &PdfPage<'_>,
    scale: f32,
    undecodable: Arc<AtomicBool>,
) -> Result<Picture, RefusalCode> {
    let settings = InterpreterSettings {
        warning_sink: Arc::new(move |warning| {
            if matches!(warning, InterpreterWarning::ImageDecodeFailure) {
                undecodable.store(true, Ordering::Relaxed);
            }
        }),
        ..InterpreterSettings::default()
    };
    let surface = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let cache = RenderCache::new();
    let drawn = hayro::render(
        page,
        &cache,
        &settings,
        &RenderSettings::default(),
        &surface,
    );
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    Picture::interleaved(width, height, 4, drawn.take_rgba8(ImageAlphaType::Alpha))
}

/// What else is in the file: signatures, other files, forms that only one program can show.
fn note_contents(pdf: &Pdf, findings: &mut Vec<FileFinding>) -> Result<(), RefusalCode> {
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else {
        return Ok(());
    };
    if let Some(form) = catalog.get::<Dict<'_>>("AcroForm") {
        if form.contains_key("XFA") {
            return Err(RefusalCode::UnsupportedType);
        }
        if form
            .get::<i32>("SigFlags")
            .is_some_and(|flags| flags & 1 == 1)
            || signed(&form)
        {
            findings.push(FileFinding::ElectronicDocument);
        }
    }
    let named = catalog
        .get::<Dict<'_>>("Names")
        .is_some_and(|names| names.contains_key("EmbeddedFiles"));
    if named || catalog.contains_key("Collection") || pdf.pages().iter().any(has_attachment) {
        findings.push(FileFinding::EmbeddedFile);
    }
    Ok(())
}

fn signed(form: &Dict<'_>) -> bool {
    form.get::<Array<'_>>("Fields").is_some_and(|fields| {
        fields.iter::<Dict<'_>>().take(1000).any(|field| {
            field.contains_key("V")
                && field
                    .get::<Name<'_>>("FT")
                    .is_some_and(|kind| kind.as_str() == "Sig")
        })
    })
}

fn has_attachment(page: &PdfPage<'_>) -> bool {
    page.raw()
        .get::<Array<'_>>("Annots")
        .is_some_and(|annotations| {
            annotations.iter::<Dict<'_>>().take(1000).any(|annotation| {
                let kind = annotation.get::<Name<'_>>("Subtype");
                kind.is_some_and(|kind| kind.as_str() == "FileAttachment")
            })
        })
}
