//! The text a PDF page claims to hold, visible or not: never evidence, only compared with pixels.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::page::Page as PdfPage;
use hayro::kurbo::{BezPath, Point, Rect};

/// No paper holds more; a hostile page might, bytes.
const TEXT_BYTES_MAX: usize = 200_000;
/// A step across the line by more than this begins another one, points.
const LINE_STEP_PT: f64 = 3.0;

/// The page's characters in the order they are drawn, one line of print a line; `None` without any.
pub(super) fn text(page: &PdfPage<'_>) -> Option<String> {
    let (width, height) = page.render_dimensions();
    let mut context = Context::new(
        page.initial_transform(true).to_kurbo(),
        Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        &InterpreterCache::new(),
        page.xref(),
        InterpreterSettings::default(),
    );
    let mut collector = Collector::default();
    interpret_page(page, &mut context, &mut collector);
    Some(collector.text).filter(|text| !text.trim().is_empty())
}

#[derive(Default)]
struct Collector {
    text: String,
    last: Option<Point>,
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.text.len() > TEXT_BYTES_MAX {
                return;
            }
            let Some(unicode) = glyph.as_unicode() else {
                continue;
            };
            let at = (props.transform * glyph.transform())
                .translation()
                .to_point();
            if self
                .last
                .is_some_and(|last| (last.y - at.y).abs() > LINE_STEP_PT)
            {
                self.text.push('\n');
            }
            self.last = Some(at);
            match unicode {
                BfString::Char(char) => self.text.push(char),
                BfString::String(string) => self.text.push_str(&string),
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
