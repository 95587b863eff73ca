//! The pieces of ink that may be letters: ruled lines are erased, and letters that a ground's lines tie together
//! are told from those by how dark they are.

use image::GrayImage;

use super::ink::{BOLD, Blob, DARKER, ink};
use super::rules;
use crate::raster::blobs;

/// Straighter and longer than any letter's stroke, pixels.
const RULE_MIN: usize = 90;
/// A piece of ink that is so many pixels wide and tall, and has ink on no more of its box than this, is a net of lines.
const TANGLE_MIN: f32 = 60.0;
const TANGLE_INK: f32 = 0.3;

/// The pieces of ink in a picture, ruled lines aside. Where a ground's lines tie letters together, those that are
/// bolder than the lines.
pub(super) fn pieces(grey: &GrayImage) -> Vec<Blob> {
    let found = inked(grey, DARKER);
    let (tangles, mut pieces): (Vec<Blob>, Vec<Blob>) = found.into_iter().partition(is_tangle);
    if tangles.is_empty() {
        return pieces;
    }
    let within = |a: &Blob, b: &Blob| {
        a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
    };
    let seen = Cover::of(grey, &pieces);
    let mut bold = inked(grey, BOLD);
    bold.retain(|blob| {
        tangles.iter().any(|tangle| within(blob, tangle)) && !seen.has(blob.centre())
    });
    pieces.extend(tangles);
    pieces.extend(bold);
    pieces
}

fn inked(grey: &GrayImage, darker: f32) -> Vec<Blob> {
    let mut ink = ink(grey, darker);
    rules::erase(&mut ink, RULE_MIN);
    blobs(&ink).into_iter().map(Blob::from).collect()
}

/// Whether a piece is a net of lines: large and nearly empty.
fn is_tangle(blob: &Blob) -> bool {
    let (wide, tall) = (blob.width(), blob.height());
    wide.min(tall) >= TANGLE_MIN && blob.area < TANGLE_INK * wide * tall
}

/// Which pixels of a picture lie in the box of some piece of ink.
struct Cover {
    width: usize,
    pixels: Vec<bool>,
}

impl Cover {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "boxes lie in the picture"
    )]
    fn of(grey: &GrayImage, blobs: &[Blob]) -> Self {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let mut pixels = vec![false; width * height];
        for blob in blobs {
            for y in blob.top as usize..blob.bottom as usize {
                let row = y * width;
                let inside = pixels.get_mut(row + blob.left as usize..row + blob.right as usize);
                inside.unwrap_or_default().fill(true);
            }
        }
        Self { width, pixels }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in the picture"
    )]
    fn has(&self, [x, y]: [f32; 2]) -> bool {
        self.pixels.get(y as usize * self.width + x as usize) == Some(&true)
    }
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn letters_tied_together_by_a_ground_of_lines_are_pieces_of_their_own() {
        // A net of grey lines, and five black bars that it ties together.
        let bar = |x: u32, y: u32| (40..140).contains(&x) && x % 20 < 8 && (50..72).contains(&y);
        let net = |x: u32, y: u32| (x + y) % 24 < 3 || (x + 400 - y) % 48 < 3;
        let page = GrayImage::from_fn(200, 120, |x, y| {
            Luma([if bar(x, y) {
                20
            } else if net(x, y) {
                165
            } else {
                235
            }])
        });
        let bars = |pieces: &[Blob]| {
            let is_bar =
                |b: &&Blob| (b.width() - 8.0).abs() <= 2.0 && (b.height() - 22.0).abs() <= 2.0;
            pieces.iter().filter(is_bar).count()
        };
        assert_eq!(bars(&inked(&page, DARKER)), 0, "the net ties them");
        assert_eq!(bars(&pieces(&page)), 5);
        // Where nothing ties them they are seen once.
        let plain = GrayImage::from_fn(200, 120, |x, y| Luma([if bar(x, y) { 20 } else { 235 }]));
        assert_eq!(bars(&pieces(&plain)), 5);
    }
}
