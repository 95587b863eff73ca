//! The piece of a page where a value was read: the page's picture, seen through a window.

use casework::case::CaseId;
use casework::reading::Bounds;
use casework::scan::ScanId;
use casework::words::Words;
use maud::{Markup, html};
use web::window;

/// Width at most, CSS pixels.
const WIDTH_PX_MAX: f32 = 420.0;

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

/// The window on `bounds`, and the way to its place on the page.
pub fn crop(words: &Words, page: &PageOfScan<'_>, bounds: Bounds, label: &str) -> Markup {
    let seen = window(&page.href(), page.size, bounds, WIDTH_PX_MAX, None);
    let bounds = bounds.map(|side| format!("{side:.0}")).join(" ");
    html! {
        @if let Some(seen) = seen {
            a .crop href={ "#" (page.anchor()) } data-key="show" data-bounds=(bounds) aria-label={ (words.say("viewer-show")) ": " (label) } { (seen) }
        }
    }
}
