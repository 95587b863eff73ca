//! Pages that come in on their side or head: pixels turned, nothing said about it.

#![expect(clippy::cast_precision_loss, reason = "page sizes")]

use image::imageops;

use crate::chance::Chance;
use crate::measuring::Class;
use crate::view::page::Page;

/// Turns some pages by quarters.
pub(super) fn any(page: &mut Page, class: Class, chance: &mut Chance) {
    let turned = match class {
        Class::Scan => 0.2,
        Class::Photo => 0.15,
        Class::Hard => 0.3,
    };
    if chance.odds(turned) {
        for _ in 0..=chance.below(3) {
            quarter(page);
        }
    }
}

/// A quarter turn to the right.
fn quarter(page: &mut Page) {
    let height = page.pixels.height() as f32;
    page.pixels = imageops::rotate90(&page.pixels);
    for document in &mut page.documents {
        document.corners = document.corners.map(|[x, y]| [height - y, x]);
    }
}
