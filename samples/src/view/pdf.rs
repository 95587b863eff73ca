//! Pages into a PDF, as scanners and their text recognition make it: a picture a page, and behind
//! it, where there is any, a text that nobody sees.

use std::collections::BTreeSet;

use image::RgbImage;
use pdf_writer::types::{SystemInfo, TextRenderingMode, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};

use super::file::{FileError, grey, jpeg};

/// One page of a PDF.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// What it shows.
    pub page: &'a RgbImage,
    /// What it says to whoever searches it, line by line; at most 94 different characters.
    pub hidden_text: Option<&'a str>,
}

impl<'a> Sheet<'a> {
    /// A picture without any text.
    pub const fn of(page: &'a RgbImage) -> Self {
        Self {
            page,
            hidden_text: None,
        }
    }
}

const SCAN: Name = Name(b"Scan");
const FONT: Name = Name(b"Text");
const CODES: Name = Name(b"Codes");
/// Size and line pitch of the hidden text, points.
const TEXT_PT: f32 = 9.0;
const LINE_PT: f32 = 12.0;

/// The file's bytes, each page a JPEG of that quality.
///
/// # Errors
/// When a page cannot be encoded.
pub fn pdf(sheets: &[Sheet], quality: u8, dpi: u16) -> Result<Vec<u8>, FileError> {
    let mut pdf = Pdf::new();
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree) = (fresh(), fresh());
    let ids: Vec<[Ref; 5]> = sheets.iter().map(|_| [(); 5].map(|()| fresh())).collect();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree)
        .kids(ids.iter().map(|[page, ..]| *page))
        .count(i32::try_from(sheets.len()).unwrap_or(i32::MAX));
    for (sheet, ids) in sheets.iter().zip(ids) {
        write(&mut pdf, tree, ids, sheet, (quality, dpi))?;
    }
    Ok(pdf.finish())
}

fn write(
    pdf: &mut Pdf,
    tree: Ref,
    [id, picture, content, font, codes]: [Ref; 5],
    sheet: &Sheet,
    (quality, dpi): (u8, u16),
) -> Result<(), FileError> {
    let points =
        |dots: u32| f32::from(u16::try_from(dots).unwrap_or(u16::MAX)) * 72.0 / f32::from(dpi);
    let (width, height) = (points(sheet.page.width()), points(sheet.page.height()));
    let mut page = pdf.page(id);
    page.media_box(Rect::new(0.0, 0.0, width, height))
        .parent(tree)
        .contents(content);
    let mut resources = page.resources();
    resources.x_objects().pair(SCAN, picture);
    if sheet.hidden_text.is_some() {
        resources.fonts().pair(FONT, font);
    }
    resources.finish();
    page.finish();
    let mut drawn = Content::new();
    if let Some(text) = sheet.hidden_text {
        let letters: BTreeSet<char> = text.chars().filter(|c| !c.is_control()).collect();
        let letters: Vec<(u8, char)> = (b'!'..=b'~').zip(letters).collect();
        hide(&mut drawn, text, &letters, height);
        pdf.type1_font(font)
            .base_font(Name(b"Helvetica"))
            .to_unicode(codes);
        pdf.cmap(codes, &unicode(&letters));
    }
    drawn
        .transform([width, 0.0, 0.0, height, 0.0, 0.0])
        .x_object(SCAN);
    pdf.stream(content, &drawn.finish());
    let bytes = jpeg(sheet.page, quality, dpi)?;
    let mut image = pdf.image_xobject(picture, &bytes);
    image.filter(Filter::DctDecode);
    image.width(i32::try_from(sheet.page.width()).unwrap_or(i32::MAX));
    image.height(i32::try_from(sheet.page.height()).unwrap_or(i32::MAX));
    match grey(sheet.page) {
        Some(_) => image.color_space().device_gray(),
        None => image.color_space().device_rgb(),
    }
    image.bits_per_component(8);
    Ok(())
}

/// Text in rendering mode 3: neither filled nor stroked (ISO 32000-1 §9.3.6).
fn hide(drawn: &mut Content, text: &str, letters: &[(u8, char)], height: f32) {
    drawn
        .begin_text()
        .set_font(FONT, TEXT_PT)
        .set_text_rendering_mode(TextRenderingMode::Invisible)
        .next_line(LINE_PT, height - LINE_PT);
    for line in text.lines() {
        let code = |c: char| letters.iter().find(|(_, letter)| *letter == c);
        let codes: Vec<u8> = line
            .chars()
            .filter_map(code)
            .map(|(code, _)| *code)
            .collect();
        drawn.show(Str(&codes)).next_line(0.0, -LINE_PT);
    }
    drawn.end_text();
}

/// Which character each code of the font stands for.
fn unicode(letters: &[(u8, char)]) -> Vec<u8> {
    let system = SystemInfo {
        registry: Str(b"Adobe"),
        ordering: Str(b"UCS"),
        supplement: 0,
    };
    let mut codes = UnicodeCmap::<u8>::new(CODES, system);
    for (code, letter) in letters {
        codes.pair(*code, *letter);
    }
    codes.finish().to_vec()
}
