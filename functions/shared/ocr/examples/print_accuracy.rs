//! Which share of true values is found among the lines read: `print_accuracy [--tesseract] [--show] IMAGE…`,
//! each image with a `.json` beside it that holds `{"fields": {"name": "value"}}`.
#![expect(clippy::print_stdout, reason = "a command line")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use ocr::line::ReadPrint;
use ocr::page::Page;
use ocr::print::LineNet;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|a| a == "--show");
    let reader = LineNet::load()?;
    let mut tally: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for path in arguments.iter().filter(|a| !a.starts_with("--")) {
        let colour = image::open(path)?.into_rgb8();
        let grey = image::imageops::grayscale(&colour);
        let area = [0.0, 0.0, f32_of(grey.width()), f32_of(grey.height())];
        let page = Page {
            number: 1,
            colour,
            grey,
            dpi: None,
            text_layer: None,
        };
        let start = Instant::now();
        let lines = reader.lines(&page, area);
        let ms = start.elapsed().as_secs_f64() * 1e3;
        let read: Vec<String> = lines.iter().map(|line| fold(&line.text())).collect();
        let mut missed = Vec::new();
        for (name, value) in fields(Path::new(path))? {
            let hit = read.iter().any(|line| line.contains(&fold(&value)));
            for key in [name.clone(), "all".into()] {
                let entry = tally.entry(key).or_default();
                entry.0 += u32::from(hit);
                entry.1 += 1;
            }
            if !hit {
                missed.push(format!("{name}={value}"));
            }
        }
        println!(
            "{path}: {} lines, {ms:.0} ms, missed {missed:?}",
            lines.len()
        );
        if show {
            for line in &lines {
                let worst = line
                    .glyphs
                    .iter()
                    .map(|g| g.margin)
                    .fold(f32::MAX, f32::min);
                println!("   {:.2} {worst:6.1} {:?}", line.confidence, line.text());
            }
        }
    }
    for (name, (hit, all)) in tally {
        println!(
            "{name:20} {hit:4} of {all:4}  {:.1} %",
            100.0 * f64::from(hit) / f64::from(all)
        );
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "sizes of an image")]
fn f32_of(size: u32) -> f32 {
    size as f32
}

/// Latin letters drawn like Cyrillic ones become these; spaces single.
fn fold(text: &str) -> String {
    const LATIN: &str = "ABCEHIKMOPTXacehiopxy";
    const CYRILLIC: &str = "АВСЕНІКМОРТХасеһіорху";
    let folded: String = text
        .chars()
        .map(|c| {
            LATIN
                .chars()
                .position(|l| l == c)
                .and_then(|i| CYRILLIC.chars().nth(i))
                .unwrap_or(c)
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fields(image: &Path) -> Result<BTreeMap<String, String>, Box<dyn std::error::Error>> {
    #[derive(serde::Deserialize)]
    struct Truth {
        fields: BTreeMap<String, String>,
    }
    let truth: Truth = serde_json::from_slice(&std::fs::read(image.with_extension("json"))?)?;
    Ok(truth.fields)
}
