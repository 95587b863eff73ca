//! A zone reads the same whichever way its page comes in: eight EXIF orientations, four quarter
//! turns, any tilt up to twenty degrees; and on any ground.

use casework::mrz::Format;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage, imageops};
use ocr::file::{self, Limits};
use ocr::mrz::{FoundMrz, MrzReader, ReadMrz};
use samples::bearer::Bearer;
use samples::chance::Chance;
use samples::draw::face::Faces;
use samples::draw::imprint::{MachineFace, Stroke};
use samples::draw::texture::Texture;
use samples::paper::drawing::Drawing;
use samples::paper::travel::{self, Make};
use samples::view::page::Page;
use samples::view::scanner::turned;

const MAKE: Make = Make {
    face: MachineFace::Sharp,
    stroke: Stroke::Plain,
    texture: Texture::Plain,
    line_pitch_mm: 6.35,
    pitch_mm: 2.54,
};
/// Dots per millimetre, at 200 an inch.
const COARSE: f32 = 7.874;
/// At 300 an inch.
const FINE: f32 = 11.811;

/// A document and the lines of its zone.
fn document(format: Format, make: &Make, seed: u64) -> (Drawing, Vec<String>) {
    let bearer = Bearer::invent(&mut Chance::new(seed, "turns"), format);
    let lines = bearer.lines().unwrap();
    let faces = Faces::open().unwrap();
    (travel::draw(&bearer, &lines, make, &faces, seed), lines)
}

/// The document on a grey page of 171 by 152 mm, tilted.
fn tilted(drawing: &Drawing, degrees: f32, dots_per_mm: f32) -> RgbImage {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the sides of a page"
    )]
    let side = |mm: f32| (mm * dots_per_mm) as u32;
    let mut page = Page {
        pixels: RgbImage::from_pixel(side(171.0), side(152.0), Rgb([120, 124, 130])),
        documents: Vec::new(),
    };
    let (width, height) = drawing.canvas.size();
    let place = turned(
        (171.0 - width) / 2.0,
        (152.0 - height) / 2.0,
        (width, height),
        degrees.to_radians(),
    );
    page.lay(
        drawing,
        place.map(|spot| spot.map(|mm| mm * dots_per_mm)),
        0.3,
    );
    page.pixels
}

/// A JPEG whose tag says how to turn `upright` back from how it is stored.
fn stored(upright: &RgbImage, tag: u8) -> Vec<u8> {
    let undo = Orientation::from_exif(match tag {
        6 => 8,
        8 => 6,
        own_inverse => own_inverse,
    });
    let mut pixels = DynamicImage::ImageRgb8(upright.clone());
    pixels.apply_orientation(undo.unwrap());
    // TIFF header, one entry: 0x0112 (orientation), SHORT, count 1.
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([tag, 0, 0, 0, 0, 0, 0, 0]);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 88);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&pixels).unwrap();
    bytes
}

/// The zones of a page, first of all their lines.
fn zones(reader: &MrzReader, bytes: &[u8]) -> Vec<FoundMrz> {
    let file = file::open(bytes, None, &Limits::APPLICANT).unwrap();
    reader.zones(&file.page(1).unwrap())
}

fn text(zone: &FoundMrz) -> Vec<String> {
    let lines = zone.reading.lines.iter();
    lines.map(|line| line.text.reveal().clone()).collect()
}

/// Says how zones differ from the one that is there, or nothing.
fn difference(zones: &[FoundMrz], lines: &[String]) -> Option<String> {
    match zones {
        [zone] if text(zone) == lines => None,
        [zone] => Some(format!("{:?} for {lines:?}", text(zone))),
        zones => Some(format!("{} zones", zones.len())),
    }
}

#[test]
fn a_zone_reads_the_same_under_every_exif_orientation() {
    let reader = MrzReader::new().unwrap();
    let mut wrong = Vec::new();
    for format in [Format::Td1, Format::Td3] {
        let (drawing, lines) = document(format, &MAKE, 77);
        let upright = tilted(&drawing, 3.0, COARSE);
        let first = zones(&reader, &stored(&upright, 1)).remove(0);
        for tag in 1..=8 {
            let what = format!("{format:?}, orientation {tag}");
            let zones = zones(&reader, &stored(&upright, tag));
            wrong.extend(difference(&zones, &lines).map(|how| format!("{what}: {how}")));
            let corners = zones
                .first()
                .map_or(first.frame.corners, |zone| zone.frame.corners);
            for (corner, there) in corners.iter().zip(first.frame.corners) {
                let away = (corner[0] - there[0]).hypot(corner[1] - there[1]);
                assert!(away < 12.0, "{what}: a corner is {away} pixels away");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_zone_reads_the_same_at_every_quarter_turn_and_tilt() {
    let reader = MrzReader::new().unwrap();
    let mut wrong = Vec::new();
    for format in [Format::Td1, Format::Td3] {
        let (drawing, lines) = document(format, &MAKE, 77);
        for degrees in [-20.0, -9.0, 0.0, 4.5, 20.0] {
            let mut pixels = tilted(&drawing, degrees, COARSE);
            for quarters in 0..4 {
                let zones = zones(&reader, &stored(&pixels, 1));
                if let Some(how) = difference(&zones, &lines) {
                    wrong.push(format!(
                        "{format:?}, {degrees} degrees, {quarters} quarter turns: {how}"
                    ));
                }
                pixels = imageops::rotate90(&pixels);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_zone_is_read_through_worn_print_and_a_guilloche() {
    let reader = MrzReader::new().unwrap();
    let make = Make {
        stroke: Stroke::Worn,
        texture: Texture::Guilloche,
        ..MAKE
    };
    let mut wrong = Vec::new();
    // Of eighty, the two whose characters hang together in every raster's common ink, and two others.
    for (format, seed) in [
        (Format::Td1, 18),
        (Format::MrvA, 21),
        (Format::Td2, 1),
        (Format::Td3, 2),
    ] {
        let (drawing, lines) = document(format, &make, seed);
        let page = stored(&tilted(&drawing, 2.3, FINE), 1);
        if let Some(how) = difference(&zones(&reader, &page), &lines) {
            wrong.push(format!("{format:?}, {seed}: {how}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
