//! Prints a page as the layout sees it: lines as `text @ left,top,width,height`, frames, values.
//!
//! `sketch FILE…`: for looking into one page, and for cutting fixtures from it.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use ocr::codes;
use ocr::file::{self, Limits};
use ocr::layout::{self, Sight};
use ocr::line::Known;
use ocr::raster::Pyramid;
use ocr::read::Eyes;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let eyes = Eyes::open()?;
    for path in std::env::args().skip(1) {
        println!("{path}");
        let bytes = std::fs::read(&path)?;
        let file =
            file::open(&bytes, None, &Limits::APPLICANT).map_err(|code| format!("{code:?}"))?;
        for page in (1..=file.pages).filter_map(|number| file.page(number).ok()) {
            let (width, height) = page.grey.dimensions();
            #[expect(clippy::cast_precision_loss, reason = "the side of a page")]
            let size = [width as f32, height as f32];
            let pyramid = Pyramid::new(page.grey.clone());
            let whole = [0.0, 0.0, size[0], size[1]];
            let zones = eyes.mrz.zones(&page);
            let lines = eyes.print.lines(&pyramid, whole, &Known::of(&zones));
            let found = layout::documents(&Sight {
                size,
                lines: &lines,
                zones: &zones,
                codes: &[],
            });
            println!("page {width} {height}, {} zones", zones.len());
            for code in codes::read(&page) {
                println!(
                    "{:?} {:.0?} {}",
                    code.symbology,
                    code.bounds,
                    code.text.into_inner()
                );
            }
            for (at, line) in lines.iter().enumerate() {
                let [l, t, w, h] = layout::around(&line.corners);
                let owner = found.iter().position(|found| found.lines.contains(&at));
                println!("{owner:?} {} @ {l:.0},{t:.0},{w:.0},{h:.0}", line.text());
            }
            for found in &found {
                println!("{:?} {:.0?}", found.kind, found.frame.corners);
                for value in &found.values {
                    println!("  {} = {}", value.field, value.text());
                }
            }
        }
    }
    Ok(())
}
