//! PDFs: what is drawn, what is refused before it is, and what is only noted.

use casework::finding_code::FileFinding::{self, ElectronicDocument, EmbeddedFile};
use casework::finding_code::RefusalCode::{self, *};
use ocr::file::{FileKind, Limits, open};

/// A PDF of numbered objects, with a table that is right.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    bytes
}

/// `count` pages of the given attributes, a black square at the lower left and a word above it.
pub fn pages(count: usize, page: &str, catalog: &str) -> Vec<u8> {
    let content = "0 0 36 36 re f BT /F1 24 Tf 40 90 Td (PERMIT 42) Tj ET";
    let kids: Vec<String> = (0..count).map(|i| format!("{} 0 R", i + 5)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        format!(
            "<< /Type /Pages /Count {count} /Kids [{}] >>",
            kids.join(" ")
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
    ];
    for _ in 0..count {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
    }
    pdf(&objects)
}

const A6: &str = "/MediaBox [0 0 288 432]";

fn outcome(bytes: &[u8], limits: &Limits) -> Result<(u32, Vec<FileFinding>), RefusalCode> {
    let file = open(bytes, None, limits)?;
    assert_eq!(file.kind, FileKind::Pdf);
    file.page(1)?;
    Ok((file.pages, file.findings))
}

#[test]
fn what_becomes_of_a_pdf() {
    let broken_table = {
        let mut bytes = pages(1, A6, "");
        let at = bytes.windows(4).position(|w| w == b"xref").unwrap();
        bytes.truncate(at);
        bytes
    };
    let late = [b"\r\n\r\n".to_vec(), pages(1, A6, "")].concat();
    let with = |catalog| pages(1, A6, catalog);
    for (label, bytes, expected) in [
        ("one page", pages(1, A6, ""), Ok((1, vec![]))),
        ("ten pages", pages(10, A6, ""), Ok((10, vec![]))),
        ("eleven pages", pages(11, A6, ""), Err(TooManyPages)),
        ("no pages", pages(0, A6, ""), Err(UnreadablePdf)),
        ("table missing", broken_table, Ok((1, vec![]))),
        ("header not at the start", late, Ok((1, vec![]))),
        ("header only", b"%PDF-1.7\n".to_vec(), Err(UnreadablePdf)),
        (
            "JavaScript is not run",
            with("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
            Ok((1, vec![])),
        ),
        (
            "launch is not run",
            with("/OpenAction << /S /Launch /F (cmd.exe) >>"),
            Ok((1, vec![])),
        ),
        (
            "XFA",
            with("/AcroForm << /Fields [] /XFA [] >>"),
            Err(UnsupportedType),
        ),
        (
            "signed",
            with("/AcroForm << /Fields [] /SigFlags 3 >>"),
            Ok((1, vec![ElectronicDocument])),
        ),
        (
            "embedded file",
            with("/Names << /EmbeddedFiles << /Names [] >> >>"),
            Ok((1, vec![EmbeddedFile])),
        ),
        (
            "a page too small",
            pages(1, "/MediaBox [0 0 4 4]", ""),
            Err(TooSmall),
        ),
        (
            "a page too narrow",
            pages(1, "/MediaBox [0 0 20 2000]", ""),
            Err(BadShape),
        ),
    ] {
        assert_eq!(outcome(&bytes, &Limits::APPLICANT), expected, "{label}");
    }
    assert_eq!(
        outcome(&pages(11, A6, ""), &Limits::BATCH),
        Ok((11, vec![]))
    );
}

#[test]
fn geometry_decides_the_pixels() {
    for (label, page, size, ink) in [
        (
            "288 × 432 pt at 300 dpi",
            A6.to_owned(),
            (1200, 1800),
            (10, 1790),
        ),
        ("turned", format!("{A6} /Rotate 90"), (1800, 1200), (10, 10)),
        (
            "cropped",
            format!("{A6} /CropBox [0 0 144 216]"),
            (600, 900),
            (10, 890),
        ),
        (
            "units of 2/72 inch",
            format!("{A6} /UserUnit 2"),
            (2400, 3600),
            (10, 3590),
        ),
    ] {
        let file = pages(1, &page, "");
        let page = open(&file, None, &Limits::APPLICANT)
            .unwrap()
            .page(1)
            .unwrap();
        assert_eq!(page.colour.dimensions(), size, "{label}");
        assert_eq!(page.dpi, Some(300.0), "{label}");
        assert_eq!(page.grey[ink][0], 0, "{label}");
        let (width, height) = size;
        assert_eq!(page.grey[(width - 5, height / 2)][0], 255, "{label}");
    }
}

#[test]
fn a_huge_page_is_drawn_smaller() {
    let file = pages(1, "/MediaBox [0 0 14400 14400]", "");
    let page = open(&file, None, &Limits::APPLICANT)
        .unwrap()
        .page(1)
        .unwrap();
    assert!(page.grey.width() < 4500, "{:?}", page.grey.dimensions());
}

#[test]
fn the_text_layer_is_kept_apart() {
    let file = pages(1, A6, "");
    let page = open(&file, None, &Limits::APPLICANT)
        .unwrap()
        .page(1)
        .unwrap();
    assert_eq!(page.text_layer.as_deref(), Some("PERMIT 42"));
}
