//! The piece of a page where a value was read: the page's picture, seen through a window.

use casework::reading::Bounds;
use maud::{Markup, html};

/// Room around a value, as a share of its height: a person wants to see its neighbours.
const ROOM: f32 = 0.6;
/// Height of a window, CSS pixels.
const HEIGHT_PX: f32 = 44.0;
/// Places flatter than this are made taller: a bar code is found along one row of pixels.
const LINE_SHAPE_MAX: f32 = 12.0;

/// The window on `bounds` (pixels) of the picture at `href`, of a page of this size (pixels); at most
/// `width_px_max` CSS pixels wide; hidden from those who do not see where it has no label. Nothing
/// where the place is empty. A browser loads the picture once for all windows on it.
pub fn window(
    href: &str,
    [page_width, page_height]: [u32; 2],
    [left, top, width, height]: Bounds,
    width_px_max: f32,
    label: Option<&str>,
) -> Option<Markup> {
    let tall = height.max(width / LINE_SHAPE_MAX);
    let room = tall * ROOM;
    let (left, top) = (left - room, top - (tall - height) / 2.0 - room / 2.0);
    let (width, height) = (width + 2.0 * room, tall + room);
    if width <= 0.0 || height <= 0.0 {
        return None;
    }
    let scale = (HEIGHT_PX / height).min(width_px_max / width);
    Some(html! {
        svg .window role=[label.map(|_| "img")] aria-label=[label] aria-hidden=[label.is_none().then_some("true")]
            width=(format!("{:.0}", width * scale)) height=(format!("{:.0}", height * scale))
            viewBox=(format!("{left:.1} {top:.1} {width:.1} {height:.1}")) {
            image href=(href) width=(page_width) height=(page_height) preserveAspectRatio="none" {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_shows_a_place_with_its_neighbours_and_nothing_shows_none() {
        let seen = |bounds| window("/p", [1000, 500], bounds, 280.0, None).map(Markup::into_string);
        let line = seen([100.0, 100.0, 200.0, 20.0]).unwrap();
        assert!(line.contains("viewBox=\"88.0 94.0 224.0 32.0\""), "{line}");
        let row_of_pixels = seen([100.0, 100.0, 240.0, 0.0]).unwrap();
        assert!(
            row_of_pixels.contains("viewBox=\"88.0 84.0 264.0 32.0\""),
            "{row_of_pixels}"
        );
        assert_eq!(seen([100.0, 100.0, 0.0, 0.0]), None);
    }
}
