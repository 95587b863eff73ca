//! Trial pages without a zone: whatever is read there is invented.

use super::{Shot, TrialError, TrialPage, TrialTruth, camera, glass};
use crate::chance::Chance;
use crate::draw::face::Faces;
use crate::measuring::Class;
use crate::paper::lure::Lure;

/// The name of a page's file, without its ending.
pub fn stem(index: u32) -> String {
    format!("none-{index:05}")
}

/// Makes the page of that number under a seed.
///
/// # Errors
/// When it cannot be drawn or encoded.
pub fn page(seed: u64, index: u32, faces: &Faces) -> Result<TrialPage, TrialError> {
    let seed = super::seed_of(seed, index);
    let mut chance = Chance::new(seed, "without a zone");
    let turn = Lure::ALL.iter().cycle().nth(index as usize);
    let lure = turn.copied().unwrap_or(Lure::Receipt);
    let drawing = lure.draw(faces, seed)?;
    let class = if chance.odds(0.5) {
        Class::Scan
    } else {
        Class::Photo
    };
    let shot: Shot = match class {
        Class::Scan => glass::alone(&drawing, &mut chance, seed),
        Class::Photo | Class::Hard => camera::alone(&drawing, &mut chance, seed),
    };
    let bytes = shot.encoded()?;
    Ok(TrialPage {
        stem: stem(index),
        ending: shot.container.ending(),
        bytes,
        truth: TrialTruth {
            class,
            lure: Some(lure),
            dpi: shot.dpi,
            challenges: Vec::new(),
            flaws: shot.flaws,
            size: shot.page.pixels.dimensions().into(),
            zones: Vec::new(),
        },
    })
}
