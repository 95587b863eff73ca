//! The piece of a page where a value was read: the page's picture, seen through a window.

use casework::case::CaseId;
use casework::reading::Bounds;
use casework::scan::ScanId;
use casework::words::Words;
use maud::{Markup, html};

/// Room around a value, as a share of its height: a person wants to see its neighbours.
const ROOM: f32 = 0.6;
/// Height of a crop on the page, CSS pixels.
const HEIGHT_PX: f32 = 44.0;
/// Width at most, CSS pixels.
const WIDTH_PX_MAX: f32 = 420.0;

/// Places flatter than this are made taller.
const LINE_SHAPE_MAX: f32 = 12.0;

/// A page of a scan and its size in pixels.
#[derive(Debug, Clone, Copy)]
pub struct PageOfScan<'a> {
    /// Its case.
    pub case: &'a CaseId,
    /// The scan.
    pub scan: &'a ScanId,
    /// 1-based.
    pub page: u32,
    /// Width and height as decoded.
    pub size: [u32; 2],
}

impl PageOfScan<'_> {
    /// Its place on the case's page.
    pub fn anchor(&self) -> String {
        let short: String = self.scan.as_str().chars().take(12).collect();
        format!("page-{short}-{}", self.page)
    }

    /// Where its picture is served.
    pub fn href(&self) -> String {
        format!(
            "/cases/{}/scans/{}/pages/{}",
            self.case, self.scan, self.page
        )
    }
}

/// A bar code is found along one row of pixels: its window is made as tall as a line of text.
fn tall_enough([left, top, width, height]: Bounds) -> Bounds {
    let tall = height.max(width / LINE_SHAPE_MAX);
    [left, top - (tall - height) / 2.0, width, tall]
}

/// The window on `bounds`, and the way to its place on the page. The picture is loaded once for
/// all windows on a page.
pub fn crop(words: &Words, page: &PageOfScan<'_>, bounds: Bounds, label: &str) -> Markup {
    let [left, top, width, height] = tall_enough(bounds);
    let room = height * ROOM;
    let (left, top, width, height) = (
        left - room,
        top - room / 2.0,
        width + 2.0 * room,
        height + room,
    );
    if width <= 0.0 || height <= 0.0 {
        return html! {};
    }
    let scale = (HEIGHT_PX / height).min(WIDTH_PX_MAX / width);
    let [page_width, page_height] = page.size;
    let bounds = bounds.map(|side| format!("{side:.0}")).join(" ");
    html! {
        a .crop href={ "#" (page.anchor()) } data-key="show" data-bounds=(bounds) aria-label={ (words.say("viewer-show")) ": " (label) } {
            svg aria-hidden="true"
                width=(format!("{:.0}", width * scale)) height=(format!("{:.0}", height * scale))
                viewBox=(format!("{left:.1} {top:.1} {width:.1} {height:.1}")) {
                image href=(page.href()) width=(page_width) height=(page_height) preserveAspectRatio="none" {}
            }
        }
    }
}
