//! The piece of a page where a value was read: the page's picture, seen through a window.

use casework::case::Case;
use casework::finding::Place;
use casework::scan::{ScanId, ScanOutcome};
use maud::{Markup, html};
use web::window;

use crate::door::path_of;

/// Width at most, CSS pixels: the narrowest screen has no more.
const WIDTH_PX_MAX: f32 = 280.0;

/// Where a page's picture is served.
pub fn href(case: &Case, scan: &ScanId, page: u32) -> String {
    path_of(&case.id, &format!("scans/{scan}/pages/{page}"))
}

/// The window on a place; nothing where no page has it.
pub fn crop(case: &Case, place: &Place, label: &str) -> Markup {
    let Place::Document {
        scan, page, bounds, ..
    } = place
    else {
        return html! {};
    };
    let seen = size(case, scan, *page).and_then(|size| {
        window(
            &href(case, scan, *page),
            size,
            *bounds,
            WIDTH_PX_MAX,
            Some(label),
        )
    });
    seen.unwrap_or_default()
}

/// Width and height of a page as it was decoded.
pub fn size(case: &Case, scan: &ScanId, page: u32) -> Option<[u32; 2]> {
    let filed = case.scans.iter().find(|filed| filed.scan == *scan)?;
    let ScanOutcome::Read { page_sizes, .. } = &filed.outcome else {
        return None;
    };
    let index = usize::try_from(page.checked_sub(1)?).ok()?;
    page_sizes.get(index).copied()
}
