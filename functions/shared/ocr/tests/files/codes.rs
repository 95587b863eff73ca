//! QR and bar codes on pages of several sizes and ways up.

use image::imageops::{invert, replace, rotate90};
use image::{DynamicImage, GrayImage, Luma};
use ocr::codes::{Symbology, linear_in, read};
use ocr::page::Page;
use qrcode::{Color, QrCode};

fn page(grey: GrayImage) -> Page {
    Page {
        number: 1,
        colour: DynamicImage::from(grey.clone()).into_rgb8(),
        grey,
        dpi: None,
        text_layer: None,
    }
}

fn paper(width: u32, height: u32) -> GrayImage {
    GrayImage::from_pixel(width, height, Luma([250]))
}

fn qr(text: &str, module: u32) -> GrayImage {
    let code = QrCode::new(text).unwrap();
    let side = u32::try_from(code.width()).unwrap();
    GrayImage::from_fn((side + 8) * module, (side + 8) * module, |x, y| {
        let (x, y) = (x / module, y / module);
        let inside = |v| (4..side + 4).contains(&v);
        let dark = inside(x) && inside(y) && {
            let at = ((x - 4) as usize, (y - 4) as usize);
            code[at] == Color::Dark
        };
        Luma([if dark { 10 } else { 250 }])
    })
}

/// Code 39 of `*A1*` (ISO/IEC 16388): nine elements a character, wide ones upper case.
fn code_39(module: u32) -> GrayImage {
    let mut bars = vec![false; 12];
    for pattern in ["bWbsBsBsb", "BsbsbWbsB", "BsbWbsbsB", "bWbsBsBsb"] {
        for element in pattern.chars() {
            let width = if element.is_uppercase() { 3 } else { 1 };
            bars.extend(vec![element.eq_ignore_ascii_case(&'b'); width]);
        }
        bars.push(false);
    }
    bars.extend([false; 12]);
    let width = u32::try_from(bars.len()).unwrap();
    GrayImage::from_fn(width * module, 80, |x, _| {
        Luma([if bars[(x / module) as usize] { 10 } else { 250 }])
    })
}

fn texts(page: &Page) -> Vec<String> {
    let mut texts: Vec<String> = read(page).iter().map(|c| c.text.reveal().clone()).collect();
    texts.sort();
    texts
}

#[test]
fn entries_in_kazakh_come_out_as_they_went_in() {
    let entries =
        r#"{"document_authority":"ҚАЗАҚСТАН РЕСПУБЛИКАСЫ ІІМ","address_street":"Örnek Sokak 5"}"#;
    assert_eq!(texts(&page(qr(entries, 4))), [entries]);
}

/// Any two letters side by side, for a writer packs some pairs of bytes as kanji that there are, and some as
/// kanji that there are not.
#[test]
fn any_two_letters_come_out_as_they_went_in() {
    let letters: Vec<char> = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
        .chars()
        .collect();
    for first in letters.chunks(7) {
        let pairs = first
            .iter()
            .flat_map(|a| letters.iter().flat_map(move |b| [*a, *b]));
        let text: String = pairs.collect();
        assert_eq!(texts(&page(qr(&text, 4))), [text]);
    }
    for name in ["ЖӘНІБЕК", "Жәнібек"] {
        let entries = format!(r#"{{"given_names":"{name}"}}"#);
        assert_eq!(texts(&page(qr(&entries, 4))), [entries]);
    }
}

#[test]
fn several_codes_on_a_page() {
    let mut grey = paper(1400, 2000);
    replace(&mut grey, &qr("https://example.org/1", 6), 100, 150);
    replace(&mut grey, &rotate90(&qr("second", 5)), 900, 1500);
    replace(&mut grey, &code_39(4), 300, 1000);
    let page = page(grey);
    assert_eq!(texts(&page), ["A1", "https://example.org/1", "second"]);
    let codes = read(&page);
    let linear = codes
        .iter()
        .filter(|code| code.symbology == Symbology::Linear);
    assert_eq!(linear.count(), 1);
    let first = codes
        .iter()
        .find(|code| code.text.reveal().starts_with("https"))
        .unwrap();
    let [left, top, width, height] = first.bounds;
    assert!(
        left > 100.0 && top > 150.0 && width > 60.0 && left + width < 320.0 && top + height < 370.0
    );
}

#[test]
fn an_inverted_code_is_read() {
    let mut grey = paper(600, 600);
    replace(&mut grey, &qr("white on black", 6), 200, 200);
    invert(&mut grey);
    assert_eq!(texts(&page(grey)), ["white on black"]);
}

#[test]
fn bars_are_read_in_an_area_and_nothing_else() {
    let mut grey = paper(600, 600);
    replace(&mut grey, &code_39(4), 200, 200);
    replace(&mut grey, &qr("no bars", 4), 200, 400);
    let page = page(grey);
    let found = linear_in(&page, [150.0, 150.0, 440.0, 400.0], |_| false);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text.reveal(), "A1");
    assert!(found[0].bounds[0] > 200.0 && found[0].bounds[1] > 190.0);
    for area in [
        [0.0, 0.0, 600.0, 150.0],
        [0.0, 400.0, 600.0, 200.0],
        [590.0, -5.0, 1e9, f32::NAN],
        [-900.0, -900.0, 100.0, 100.0],
    ] {
        assert!(linear_in(&page, area, |_| true).is_empty(), "{area:?}");
    }
}

#[test]
fn a_code_on_a_page_of_50_megapixels() {
    let mut grey = paper(8000, 6000);
    replace(&mut grey, &qr("large", 40), 3000, 2000);
    assert_eq!(texts(&page(grey)), ["large"]);
}

#[test]
fn noise_and_next_to_nothing_hold_no_code() {
    let noise = GrayImage::from_fn(700, 500, |x, y| {
        let mixed =
            (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(x + 7 * y + 1);
        Luma([u8::try_from(mixed >> 24).unwrap()])
    });
    for grey in [noise, paper(1, 1), paper(3, 900), GrayImage::new(50, 50)] {
        assert_eq!(texts(&page(grey)), Vec::<String>::new());
    }
}
