//! Hostile bytes: whatever is done to a file, it ends as a page or as a code.

use ocr::file::{Limits, open};

use crate::make::*;

/// Small limits, so that a forged header cannot make this test slow.
const LIMITS: Limits = Limits {
    pixels_max: 400_000,
    ..Limits::APPLICANT
};

fn exercise(bytes: &[u8]) {
    if let Ok(file) = open(bytes, Some("x.jpg"), &LIMITS) {
        for number in 1..=file.pages {
            if let Ok(page) = file.page(number) {
                let _ = ocr::file::blank(&page);
            }
        }
    }
}

/// xorshift64*: the same mutations every time.
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap() % bound
    }
}

#[test]
fn mutated_and_cut_files_end_as_a_page_or_a_code() {
    let scan = scan(160, 120);
    let samples = [
        jpeg(&scan),
        jpeg_with(
            scan.as_raw(),
            scan.dimensions(),
            jpeg_encoder::ColorType::Rgb,
            |e| {
                e.set_progressive(true);
            },
        ),
        jpeg_with_exif(&scan, &exif(&[(0x0112, 6)], 0)),
        png(&scan),
        apng(&scan),
        webp(&scan),
        crate::tiff::pages(2),
        crate::tiff::g4(),
        crate::tiff::in_jpeg(),
        crate::pdf::pages(1, "/MediaBox [0 0 80 60]", ""),
    ];
    let rounds: usize = std::env::var("MUTATIONS").map_or(60, |count| count.parse().unwrap());
    let mut seed = Seed(0x9E37_79B9_7F4A_7C15);
    for sample in &samples {
        for _ in 0..rounds {
            let mut bytes = sample.clone();
            for _ in 0..=seed.below(8) {
                // Headers decide most: half of the damage goes there.
                let reach = if seed.below(2) == 0 {
                    bytes.len().min(700)
                } else {
                    bytes.len()
                };
                let at = seed.below(reach);
                bytes[at] = match seed.below(4) {
                    0 => 0,
                    1 => 0xFF,
                    2 => bytes[at] ^ (1 << seed.below(8)),
                    _ => u8::try_from(seed.below(256)).unwrap(),
                };
            }
            if seed.below(4) == 0 {
                bytes.truncate(seed.below(bytes.len()));
            }
            exercise(&bytes);
        }
    }
}
