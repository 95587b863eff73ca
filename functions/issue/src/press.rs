//! Laid-out sheets as a PDF: PDF/A-2a and PDF/UA-1, tagged, the same bytes for the same sheets.
//! The only place that names `krilla`.

use std::num::NonZeroU16;

use jiff::civil::DateTime as Moment;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::face::{Face, Line};
use crate::qr::Modules;
use crate::sheet::{Ink, LaidOut, Mark, Role};

/// What the file says of itself.
pub(crate) struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// The code of its main language.
    pub language: &'a str,
    /// Who issued it.
    pub author: &'a str,
    /// The moment it rests on, UTC.
    pub at: Moment,
    /// What tells it from every other paper.
    pub identity: &'a str,
}

/// Prints sheets.
///
/// # Errors
/// What the standards find wrong with them.
pub(crate) fn press(laid_out: &LaidOut, about: &About<'_>) -> Result<Vec<u8>, String> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| format!("{error:?}"))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let fonts = Fonts::open()?;
    let mut structure = Structure::of(laid_out);
    let [width, height] = laid_out.size;
    for (at, sheet) in laid_out.sheets.iter().enumerate() {
        let settings = PageSettings::from_wh(width, height).ok_or("a sheet has a size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in sheet {
            structure.draw(mark, at, &mut surface, &fonts);
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(structure.tree(about.language));
    document.set_metadata(metadata(about));
    document.set_outline(outline(about.title));
    document.finish().map_err(|error| format!("{error:?}"))
}

struct Fonts([Font; 3]);

impl Fonts {
    fn open() -> Result<Self, String> {
        let open = |face: Face| Font::new(face.font().into(), 0).ok_or("an embedded font");
        Ok(Self([
            open(Face::Serif)?,
            open(Face::SerifBold)?,
            open(Face::Sans)?,
        ]))
    }

    fn of(&self, face: Face) -> Font {
        let [serif, bold, sans] = &self.0;
        match face {
            Face::Serif => serif.clone(),
            Face::SerifBold => bold.clone(),
            Face::Sans => sans.clone(),
        }
    }
}

/// The structure as it fills while marks are drawn.
struct Structure<'a> {
    laid_out: &'a LaidOut,
    /// What was drawn, for each part.
    drawn: Vec<Vec<Identifier>>,
    /// Where a figure stands.
    boxes: Vec<Option<BBox>>,
}

impl<'a> Structure<'a> {
    fn of(laid_out: &'a LaidOut) -> Self {
        Self {
            laid_out,
            drawn: vec![Vec::new(); laid_out.parts.len()],
            boxes: vec![None; laid_out.parts.len()],
        }
    }

    fn draw(&mut self, mark: &Mark, sheet: usize, surface: &mut Surface<'_>, fonts: &Fonts) {
        match mark {
            Mark::Text {
                x,
                baseline,
                line,
                ink,
                language,
                part,
            } => {
                let language = language.map(casework::words::Language::code);
                let span = ContentTag::Span(SpanTag::empty().with_lang(language));
                let pagination = Artifact::with_kind(ArtifactType::PaginationOther);
                let tag = part.map_or(ContentTag::Artifact(pagination), |_| span);
                let id = surface.start_tagged(tag);
                surface.set_fill(Some(fill(*ink)));
                text(surface, *x, *baseline, line, fonts);
                surface.end_tagged();
                self.keep(*part, id);
            }
            Mark::Rule {
                at: [x, y, width, height],
                ink,
            } => {
                let layout = Artifact::with_kind(ArtifactType::Layout);
                surface.start_tagged(ContentTag::Artifact(layout));
                surface.set_fill(Some(fill(*ink)));
                if let Some(path) = rectangles([[*x, *y, *width, *height]]) {
                    surface.draw_path(&path);
                }
                surface.end_tagged();
            }
            Mark::Code {
                at: [x, y],
                side,
                modules,
                part,
            } => {
                let id = surface.start_tagged(ContentTag::Other);
                surface.set_fill(Some(fill(Ink::Black)));
                if let Some(path) = code(modules, *x, *y, *side) {
                    surface.draw_path(&path);
                }
                surface.end_tagged();
                self.keep(Some(*part), id);
                let place = Rect::from_xywh(*x, *y, *side, *side);
                if let Some(slot) = self.boxes.get_mut(*part) {
                    *slot = place.map(|place| BBox::new(sheet, place));
                }
            }
        }
    }

    fn keep(&mut self, part: Option<usize>, id: Identifier) {
        if let Some(drawn) = part.and_then(|part| self.drawn.get_mut(part)) {
            drawn.push(id);
        }
    }

    fn tree(&self, language: &str) -> TagTree {
        let roots = self.within(None);
        TagTree::from(roots).with_lang(Some(language.to_owned()))
    }

    /// The groups of the parts that belong to this one, in reading order.
    fn within(&self, whole: Option<usize>) -> Vec<Node> {
        let parts = self.laid_out.parts.iter().zip(&self.drawn).zip(&self.boxes);
        let own = parts
            .enumerate()
            .filter(|(_, ((part, _), _))| part.within == whole);
        own.map(|(at, ((part, drawn), place))| {
            let mut children: Vec<Node> = drawn.iter().map(|id| Node::Leaf(*id)).collect();
            children.extend(self.within(Some(at)));
            Node::Group(TagGroup::with_children(tag(&part.role, *place), children))
        })
        .collect()
    }
}

fn tag(role: &Role, place: Option<BBox>) -> TagKind {
    match role {
        Role::Title(text) => Tag::Hn(NonZeroU16::MIN, Some(text.clone())).into(),
        Role::Heading(text) => {
            let second = NonZeroU16::MIN.saturating_add(1);
            Tag::Hn(second, Some(text.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::Label => Tag::TH(TableHeaderScope::Row).into(),
        Role::Value => Tag::TD.into(),
        Role::Figure(alt) => Tag::Figure(Some(alt.clone())).with_bbox(place).into(),
    }
}

fn text(surface: &mut Surface<'_>, x: f32, baseline: f32, line: &Line, fonts: &Fonts) {
    let glyphs: Vec<KrillaGlyph> = line
        .glyphs
        .iter()
        .map(|glyph| {
            let id = GlyphId::new(glyph.id);
            let (dx, dy) = (glyph.x_offset, glyph.y_offset);
            KrillaGlyph::new(id, glyph.advance, dx, dy, 0.0, glyph.range.clone(), None)
        })
        .collect();
    let (font, size) = (fonts.of(line.set_in.face), line.set_in.size);
    surface.draw_glyphs(
        Point::from_xy(x, baseline),
        &glyphs,
        font,
        &line.text,
        size,
        false,
    );
}

/// The dark modules, those beside one another in one piece.
#[expect(
    clippy::cast_precision_loss,
    reason = "a code has 177 modules a side at most"
)]
fn code(modules: &Modules, x: f32, y: f32, side: f32) -> Option<Path> {
    let module = side / modules.side as f32;
    let mut runs: Vec<[f32; 4]> = Vec::new();
    for (row, dark) in modules.dark.chunks(modules.side).enumerate() {
        let top = y + row as f32 * module;
        let mut column = 0;
        for run in dark.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let left = x + column as f32 * module;
                runs.push([left, top, run.len() as f32 * module, module]);
            }
            column += run.len();
        }
    }
    rectangles(runs)
}

fn rectangles(all: impl IntoIterator<Item = [f32; 4]>) -> Option<Path> {
    let mut path = PathBuilder::new();
    for [x, y, width, height] in all {
        path.push_rect(Rect::from_xywh(x, y, width, height)?);
    }
    path.finish()
}

fn fill(ink: Ink) -> Fill {
    let color = match ink {
        Ink::Black => rgb::Color::new(0x14, 0x18, 0x1c),
        Ink::Grey => rgb::Color::new(0x54, 0x5c, 0x64),
        Ink::Pale => rgb::Color::new(0xc9, 0xcf, 0xd4),
        Ink::Accent => rgb::Color::new(0x0b, 0x6a, 0x7c),
    };
    Fill {
        paint: color.into(),
        opacity: krilla::num::NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn metadata(about: &About<'_>) -> Metadata {
    let at = about.at;
    let number = |value: i8| u8::try_from(value).unwrap_or_default();
    let date = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(number(at.month()))
        .day(number(at.day()))
        .hour(number(at.hour()))
        .minute(number(at.minute()))
        .second(number(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title.to_owned())
        .authors(vec![about.author.to_owned()])
        .creator("Tirkeu".to_owned())
        .language(about.language.to_owned())
        .creation_date(date)
        .document_id(about.identity.to_owned())
}

fn outline(title: &str) -> Outline {
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(title.to_owned(), top));
    outline
}
