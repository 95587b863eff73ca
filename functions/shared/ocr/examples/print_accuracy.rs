//! Which share of true printed values is found verbatim among the lines read, and at what cost:
//! `print_accuracy [--show] [--reader=net|jury] IMAGE…`: the net, or the net with tesseract beside it;
//! each image with the truth beside it as `samples` writes it (`IMAGE.json`).
#![expect(clippy::print_stdout, reason = "a command line")]

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use image::{DynamicImage, ImageDecoder, ImageReader};
use ocr::line::{Known, ReadPrint, TextLine};
use ocr::print::{Jury, LineNet};
use ocr::raster::Pyramid;
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    documents: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    kind: String,
    page: u32,
    fields: BTreeMap<String, String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|a| a == "--show");
    let reader = reader(&arguments)?;
    let mut tally: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut times = Vec::new();
    for path in arguments.iter().filter(|a| !a.starts_with("--")) {
        let page = page(path)?;
        let area = [
            0.0,
            0.0,
            f32_of(page.page().width()),
            f32_of(page.page().height()),
        ];
        let start = Instant::now();
        let lines = reader.lines(&page, area, &Known::default());
        times.push(start.elapsed().as_secs_f64() * 1e3);
        let read: Vec<String> = lines.iter().map(|line| fold(&line.text())).collect();
        let mut missed = Vec::new();
        for (kind, name, value) in printed(path)? {
            let hit = read.iter().any(|line| line.contains(&fold(&value)));
            for key in [
                format!("{kind} {name}"),
                format!("~ {}", sort_of(&name)),
                "~~ all".into(),
            ] {
                let entry = tally.entry(key).or_default();
                entry.0 += u32::from(hit);
                entry.1 += 1;
            }
            if !hit {
                missed.push(format!("{name}={value}"));
            }
        }
        println!("{path}: {} lines, missed {missed:?}", lines.len());
        if show {
            lines.iter().for_each(print_line);
        }
    }
    for (name, (hit, all)) in tally {
        println!(
            "{name:32} {hit:4} of {all:4}  {:.1} %",
            100.0 * f64::from(hit) / f64::from(all)
        );
    }
    times.sort_by(f64::total_cmp);
    println!(
        "median {:.0} ms a page",
        times.get(times.len() / 2).copied().unwrap_or_default()
    );
    Ok(())
}

fn reader(arguments: &[String]) -> Result<Box<dyn ReadPrint>, Box<dyn Error>> {
    let net = Arc::new(LineNet::load()?);
    let name = arguments.iter().find_map(|a| a.strip_prefix("--reader="));
    Ok(match name {
        Some("jury") => Box::new(Jury::start(net)?),
        _ => Box::new(LineNet::load()?),
    })
}

fn print_line(line: &TextLine) {
    let worst = line
        .glyphs
        .iter()
        .map(|g| g.margin)
        .fold(f32::MAX, f32::min);
    println!("   {:.2} {worst:6.1} {:?}", line.confidence, line.text());
}

#[expect(clippy::cast_precision_loss, reason = "sizes of an image")]
fn f32_of(size: u32) -> f32 {
    size as f32
}

fn page(path: &str) -> Result<Pyramid, Box<dyn Error>> {
    let mut decoder = ImageReader::open(path)?
        .with_guessed_format()?
        .into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(Pyramid::new(image.to_luma8()))
}

/// Kind, name and text.
type Value = (String, String, String);

/// Kind, name and value of every field that is printed, as it is printed, on the first page.
fn printed(image: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    const IN_THE_MRZ_ONLY: [&str; 5] = [
        "iin",
        "birth_date",
        "sex",
        "surname_latin",
        "given_names_latin",
    ];
    let truth: Truth = serde_json::from_slice(&std::fs::read(format!("{image}.json"))?)?;
    let mut values = Vec::new();
    for document in truth.documents.into_iter().filter(|d| d.page == 1) {
        for (name, value) in document.fields {
            let hidden =
                document.kind == "id_card_back" && IN_THE_MRZ_ONLY.contains(&name.as_str());
            if !hidden && name != "sex" {
                values.push((document.kind.clone(), name, as_printed(value)));
            }
        }
    }
    Ok(values)
}

/// A date as documents print it.
fn as_printed(value: String) -> String {
    let parts: Vec<&str> = value.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && day.len() == 2 => format!("{day}.{month}.{year}"),
        _ => value,
    }
}

fn sort_of(name: &str) -> &'static str {
    match name {
        "surname" | "given_names" | "patronymic" | "surname_latin" | "given_names_latin" => "names",
        name if name.ends_with("date") || name == "valid_until" => "dates",
        "iin" | "document_number" | "permit_number" => "numbers",
        _ => "words",
    }
}

/// Latin letters drawn like Cyrillic ones become these; spaces single.
fn fold(text: &str) -> String {
    const LATIN: &str = "ABCEHIKMOPTXacehiopxy";
    const CYRILLIC: &str = "АВСЕНІКМОРТХасеһіорху";
    let twin = |c: char| {
        LATIN
            .chars()
            .position(|l| l == c)
            .and_then(|i| CYRILLIC.chars().nth(i))
    };
    let folded: String = text.chars().map(|c| twin(c).unwrap_or(c)).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}
