//! Accuracy against pixels a character and against blur, as an SVG of two panels.

use std::fmt::Write as _;

use crate::score::Row;
use crate::sums::{interval, percent};

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 220.0;

/// One panel: what is on the axis, the bins' edges, and a zone's place on it.
struct Panel<'a> {
    title: &'a str,
    edges: &'a [f64],
    points: Vec<(f64, bool)>,
}

/// The picture.
pub fn svg(rows: &[Row]) -> String {
    let zones = || {
        rows.iter().flat_map(|row| {
            let pairs = row.truth.zones.iter().zip(&row.zones);
            pairs.map(move |(truth, zone)| {
                (
                    f64::from(truth.pitch_px),
                    f64::from(row.truth.flaws.blur_px()),
                    zone.exact,
                )
            })
        })
    };
    let panels = [
        Panel {
            title: "pixels a character",
            edges: &[
                4.5, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 15.0, 18.0, 22.0, 27.0, 33.0, 40.0, 60.0,
            ],
            points: zones().map(|(pitch, _, exact)| (pitch, exact)).collect(),
        },
        Panel {
            title: "blur (deviation), share of the distance between characters",
            edges: &[
                0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12, 0.15, 0.20,
            ],
            points: zones()
                .filter(|(_, blur, _)| *blur > 0.0)
                .map(|(pitch, blur, exact)| (blur / pitch, exact))
                .collect(),
        },
    ];
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} 300\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        2.0 * (WIDTH + 70.0)
    );
    for (at, panel) in (0_u8..).zip(&panels) {
        let left = 50.0 + f64::from(at) * (WIDTH + 70.0);
        let _ = write!(
            text,
            "<g transform=\"translate({left},30)\">\n{}</g>\n",
            panel.drawn()
        );
    }
    text + "</svg>\n"
}

impl Panel<'_> {
    fn drawn(&self) -> String {
        let mut text = grid();
        let bins = u32::try_from(self.edges.len().saturating_sub(1)).unwrap_or(1);
        let step = WIDTH / f64::from(bins);
        let mut line = String::new();
        for (at, pair) in (0_u32..).zip(self.edges.windows(2)) {
            let &[from, to] = pair else { continue };
            let x = (f64::from(at) + 0.5) * step;
            let (exact, all) = self.counted(from, to);
            let _ = writeln!(
                text,
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{from}</text><text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#888\" font-size=\"9\">{all}</text>",
                x - step / 2.0,
                HEIGHT + 15.0,
                HEIGHT + 28.0
            );
            if all == 0 {
                continue;
            }
            let (low, high) = interval(exact, all);
            let middle = height_of(percent(exact, all));
            let _ = writeln!(
                text,
                "<path d=\"M{x:.1} {:.1}V{:.1}\" stroke=\"#7aa6c2\" stroke-width=\"5\" stroke-opacity=\".5\"/><circle cx=\"{x:.1}\" cy=\"{middle:.1}\" r=\"3\" fill=\"#0b5a8a\"/>",
                height_of(low),
                height_of(high)
            );
            let pen = if line.is_empty() { 'M' } else { 'L' };
            let _ = write!(line, "{pen}{x:.1} {middle:.1}");
        }
        let _ = writeln!(
            text,
            "<path d=\"{line}\" fill=\"none\" stroke=\"#0b5a8a\"/><text x=\"0\" y=\"-12\">zones read exactly, % (bars: 95 % interval)</text><text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{} (grey: zones)</text>",
            WIDTH / 2.0,
            HEIGHT + 46.0,
            self.title
        );
        text
    }

    /// Zones read exactly, and zones, between two edges.
    fn counted(&self, from: f64, to: f64) -> (u32, u32) {
        let within = self.points.iter().filter(|(at, _)| (from..to).contains(at));
        within.fold((0, 0), |(exact, all), (_, right)| {
            (exact + u32::from(*right), all + 1)
        })
    }
}

fn height_of(share: f64) -> f64 {
    HEIGHT * (1.0 - share / 100.0)
}

fn grid() -> String {
    let mut text = String::new();
    for level in [0, 25, 50, 75, 90, 100_u32] {
        let y = height_of(f64::from(level));
        let _ = writeln!(
            text,
            "<path d=\"M0 {y:.1}H{WIDTH}\" stroke=\"#ddd\"/><text x=\"-6\" y=\"{:.1}\" text-anchor=\"end\">{level}</text>",
            y + 4.0
        );
    }
    text
}
