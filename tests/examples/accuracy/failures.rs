//! What was misread, for whoever works on the reader: truth and reading of invented persons.

use std::fmt::Write as _;

use crate::ours::PageReading;
use crate::pages::Page;
use crate::score::paired;
use crate::set::Set;

/// Truth and reading of every zone of the page that was not read exactly, and what was invented.
pub fn told(page: &Page<Set>, reading: &PageReading) -> String {
    let mut text = String::new();
    let pairs = paired(&page.truth, reading);
    let path = page.path.display();
    for (truth, read) in page.truth.zones.iter().zip(&pairs) {
        if read.is_some_and(|read| read.lines == truth.mrz) {
            continue;
        }
        let _ = writeln!(
            text,
            "{path}: {:?} {:?} {:?} on {:?}, lines {:.1} mm, {:.1} px a character, blur {:.1} px, {:?}{}",
            truth.format,
            truth.make.face,
            truth.make.stroke,
            truth.make.texture,
            truth.make.line_pitch_mm,
            truth.pitch_px,
            page.truth.flaws.blur_px(),
            page.truth.challenges,
            if read.is_none() { ": not found" } else { "" },
        );
        for (at, line) in truth.mrz.iter().enumerate() {
            let _ = writeln!(text, "  {line}");
            let read = read.and_then(|read| read.lines.get(at));
            if let Some(read) = read.filter(|read| *read != line) {
                let same = |(a, b): (char, char)| if a == b { '.' } else { a };
                let marks: String = read.chars().zip(line.chars()).map(same).collect();
                let _ = writeln!(text, "  {marks}");
            }
        }
    }
    let known = |lines: &Vec<String>| pairs.iter().flatten().any(|read| read.lines == *lines);
    for zone in reading.zones.iter().filter(|zone| !known(&zone.lines)) {
        let _ = writeln!(text, "{path}: invented\n  {}", zone.lines.join("\n  "));
    }
    text
}
