//! The piece of a page where a value was read: the page's picture, seen through a window.

use casework::case::Case;
use casework::finding::Place;
use casework::scan::{ScanId, ScanOutcome};
use maud::{Markup, html};

use crate::door::path_of;

/// Room around a value, as a share of its height: a person wants to see its neighbours.
const ROOM: f32 = 0.6;
/// Height of a crop on the page, CSS pixels.
const HEIGHT_PX: f32 = 44.0;
/// Width at most, CSS pixels: the narrowest screen has no more.
const WIDTH_PX_MAX: f32 = 280.0;
/// Places flatter than this are made taller: a bar code is found along one row of pixels.
const LINE_SHAPE_MAX: f32 = 12.0;

/// Where a page's picture is served.
pub fn href(case: &Case, scan: &ScanId, page: u32) -> String {
    path_of(&case.id, &format!("scans/{scan}/pages/{page}"))
}

/// The window on a place; nothing where no page has it. The picture is loaded once for all windows.
pub fn crop(case: &Case, place: &Place, label: &str) -> Markup {
    let Place::Document {
        scan, page, bounds, ..
    } = place
    else {
        return html! {};
    };
    let Some([page_width, page_height]) = size(case, scan, *page) else {
        return html! {};
    };
    let [left, top, width, height] = *bounds;
    let tall = height.max(width / LINE_SHAPE_MAX);
    let room = tall * ROOM;
    let (left, top) = (left - room, top - (tall - height) / 2.0 - room / 2.0);
    let (width, height) = (width + 2.0 * room, tall + room);
    if width <= 0.0 || height <= 0.0 {
        return html! {};
    }
    let scale = (HEIGHT_PX / height).min(WIDTH_PX_MAX / width);
    html! {
        svg .crop role="img" aria-label=(label)
            width=(format!("{:.0}", width * scale)) height=(format!("{:.0}", height * scale))
            viewBox=(format!("{left:.1} {top:.1} {width:.1} {height:.1}")) {
            image href=(href(case, scan, *page)) width=(page_width) height=(page_height) preserveAspectRatio="none" {}
        }
    }
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
