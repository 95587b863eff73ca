//! The reader on whole pages: every rotation, tilts, two cards, and pages without a zone.
#![expect(clippy::cast_precision_loss, reason = "sides of small pictures")]

use image::{GrayImage, Luma, imageops};

use super::{FoundMrz, MrzReader};
use crate::homography::Homography;
use crate::raster::Pyramid;

const LINES: [&str; 3] = [
    "IDKAZ0123456784900101300057<<<",
    "9001011M3306149KAZ<<<<<<<<<<<0",
    "SPECIMEN<<AIDAR<<<<<<<<<<<<<<<",
];

fn picture(png: &[u8]) -> GrayImage {
    image::load_from_memory(png).unwrap().into_luma8()
}

fn card() -> GrayImage {
    picture(include_bytes!("pictures/card.png"))
}

fn lines(zone: &FoundMrz) -> Vec<&str> {
    zone.reading
        .lines
        .iter()
        .map(|line| line.text.reveal().as_str())
        .collect()
}

fn zones(page: &GrayImage) -> Vec<FoundMrz> {
    MrzReader::new().unwrap().zones_on(page)
}

/// A page of A4 shape at 150 dpi with the card's picture turned about its middle.
fn page_with(card: &GrayImage, at: [f32; 2], degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = [card.width() as f32 / 2.0, card.height() as f32 / 2.0];
    let to_card = Homography::affine([-at[0], -at[1]], [1.0, 0.0], [0.0, 1.0])
        .then(&Homography::affine(middle, [cos, -sin], [sin, cos]));
    let source = Pyramid::new(card.clone());
    let view = source.warp(&to_card, 1240, 1754);
    let mut page = GrayImage::from_pixel(1240, 1754, Luma([250]));
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let [u, v] = to_card.map([x as f32, y as f32]);
        let inside = u >= 0.0 && v >= 0.0 && u < 2.0 * middle[0] && v < 2.0 * middle[1];
        if inside {
            *pixel = *view.get_pixel(x, y);
        }
    }
    page
}

#[test]
fn every_rotation_and_tilt_reads_the_same() {
    for degrees in [0.0, 90.0, 180.0, 270.0, 20.0, -20.0, 103.0, 345.0_f32] {
        let found = zones(&page_with(&card(), [600.0, 900.0], degrees));
        assert_eq!(found.len(), 1, "{degrees}");
        assert_eq!(lines(&found[0]), LINES, "{degrees}");
        // The first character stands where the turn took it.
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (x, y) = (35.0 + 7.5 - 260.0, 37.0 - 75.0);
        let expected = [600.0 + x * cos - y * sin, 900.0 + x * sin + y * cos];
        let [left, top, width, height] = found[0].reading.lines[0].bounds[0];
        let seen = [left + width / 2.0, top + height / 2.0];
        assert!(
            (seen[0] - expected[0]).hypot(seen[1] - expected[1]) < 4.0,
            "{degrees}"
        );
        assert!((found[0].pitch_px - 15.0).abs() < 0.3, "{degrees}");
    }
}

/// The card as from the side: for a step down everything moves `by` steps along.
fn leaning(card: &GrayImage, by: f32) -> GrayImage {
    let room = by.abs() * card.height() as f32;
    let left = if by > 0.0 { 0.0 } else { room };
    let to_card = Homography::affine([-left, 0.0], [1.0, 0.0], [-by, 1.0]);
    let width = card.width() + card.height();
    Pyramid::new(card.clone()).warp(&to_card, width, card.height())
}

#[test]
fn letters_that_lean_are_read() {
    for by in [0.45, -0.45, 0.6_f32] {
        let found = zones(&page_with(&leaning(&card(), by), [600.0, 900.0], 5.0));
        assert_eq!(found.len(), 1, "{by}");
        assert_eq!(lines(&found[0]), LINES, "{by}");
    }
}

#[test]
fn rows_that_stand_out_too_little_to_be_found_are_sought_where_they_should_be() {
    for faint in [0..92, 55..150] {
        let mut card = card();
        let [paper] = card.get_pixel(0, 0).0;
        for (_, y, pixel) in card.enumerate_pixels_mut() {
            if faint.contains(&y) {
                pixel[0] = paper - paper.saturating_sub(pixel[0]) / 20;
            }
        }
        let found = zones(&page_with(&card, [600.0, 900.0], 0.0));
        assert_eq!(found.len(), 1, "{faint:?}");
        assert_eq!(lines(&found[0]), LINES, "{faint:?}");
    }
}

#[test]
fn a_dark_and_noisy_page_is_read() {
    let mut seed = 3_u64;
    let mut chance = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        f32::from(u16::try_from(seed >> 48).unwrap()) / 65_536.0 - 0.5
    };
    let mut page = page_with(&card(), [600.0, 900.0], 12.0);
    for pixel in page.iter_mut() {
        let noise = 4.0 * (chance() + chance() + chance());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "float to integer saturates"
        )]
        let dark = (f32::from(*pixel) * 0.05 + 4.0 + noise) as u8;
        *pixel = dark;
    }
    let found = zones(&page);
    assert_eq!(found.len(), 1);
    assert_eq!(lines(&found[0]), LINES);
}

#[test]
fn two_cards_are_two_zones() {
    let mut page = page_with(&card(), [500.0, 400.0], 0.0);
    let other = page_with(&card(), [700.0, 1300.0], 90.0);
    let part = imageops::crop_imm(&other, 0, 900, 1240, 854).to_image();
    imageops::replace(&mut page, &part, 0, 900);
    let found = zones(&page);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|zone| lines(zone) == LINES));
}

#[test]
fn a_page_without_a_zone_has_none() {
    let receipt = picture(include_bytes!("pictures/receipt.png"));
    let turned = imageops::rotate90(&receipt);
    let blank = GrayImage::from_pixel(900, 1200, Luma([240]));
    // Two of the three lines are no zone of a card.
    let torn = imageops::crop_imm(&card(), 0, 0, 520, 92).to_image();
    for (name, page) in [
        ("receipt", receipt),
        ("turned", turned),
        ("blank", blank),
        ("torn", torn),
    ] {
        assert!(zones(&page).is_empty(), "{name}");
    }
}
