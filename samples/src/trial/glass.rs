//! Trial documents on a scanner's glass: alone or two on A4, or cut out close.

use super::{Shot, Subject, quality};
use crate::chance::Chance;
use crate::paper::drawing::Drawing;
use crate::view::file::Container;
use crate::view::flaw::Flaws;
use crate::view::scanner::{A4, Scanner};

pub(super) fn scan(subjects: &[Subject], chance: &mut Chance, seed: u64) -> Shot {
    let papers: Vec<&Drawing> = subjects.iter().map(|subject| &subject.drawing).collect();
    laid(&papers, chance, seed)
}

/// One paper, whatever it is.
pub(super) fn alone(paper: &Drawing, chance: &mut Chance, seed: u64) -> Shot {
    laid(&[paper], chance, seed)
}

fn laid(papers: &[&Drawing], chance: &mut Chance, seed: u64) -> Shot {
    let scanner = Scanner {
        dpi: *chance.one_of(&[150, 150, 200, 200, 250, 300, 300]),
        tilt_max: if chance.odds(0.15) { 6.0 } else { 2.0 },
        glass: glass(papers, chance),
        ..Scanner::invent(chance)
    };
    let page = scanner.scan(papers, seed);
    let container = match chance.below(10) {
        0 => Container::Png,
        1 => Container::Pdf(quality(chance, 65, 92)),
        _ => Container::Jpeg(quality(chance, 60, 93)),
    };
    Shot {
        page,
        dpi: Some(scanner.dpi),
        challenges: Vec::new(),
        flaws: Flaws::default(),
        container,
    }
}

/// A4, or a single document with a little about it.
fn glass(papers: &[&Drawing], chance: &mut Chance) -> (f32, f32) {
    match papers {
        [alone] if chance.odds(0.55) => {
            let (width, height) = alone.canvas.size();
            let about = chance.between(6.0, 40.0);
            (width + about, height + about)
        }
        _ => A4,
    }
}
