//! The small convolutional net that says, column by column, which character is there.
//!
//! Never here: where lines are, or how long one must be.

use image::GrayImage;

use super::posterior::{CLASSES, Posterior};
use crate::net::{self, BrokenNet, Image};

/// Height of a strip in pixels, as the net was trained.
pub(super) const STRIP_HEIGHT: u32 = 24;
/// Strip widths must be multiples of this.
pub(super) const STRIP_STEP: u32 = 8;
/// Pixels of a strip per column of the answer.
pub(super) const STRIDE: usize = 4;

/// Weights and where they come from: `models/mrz.md`.
static WEIGHTS: &[u8] = include_bytes!("../../models/mrz.onnx");

/// The net, ready to read; runs on one thread.
pub(super) struct Net(net::Net);

impl Net {
    pub(super) fn load() -> Result<Self, BrokenNet> {
        net::Net::load(WEIGHTS).map(Self)
    }

    /// What stands on a strip; `None` where it has no contrast or not the net's height.
    pub(super) fn read(&self, strip: &GrayImage) -> Option<Posterior> {
        let logits = self.0.answer(Image {
            channels: 1,
            columns: strip.width() as usize,
            values: normalised(strip)?,
        })?;
        (logits.channels == CLASSES).then(|| Posterior::from_logits(&logits.values, logits.columns))
    }
}

/// Pixels less their mean, over their standard deviation plus 8: as in training.
fn normalised(strip: &GrayImage) -> Option<Vec<f32>> {
    #[expect(clippy::cast_precision_loss, reason = "a few ten thousand pixels")]
    let count = strip.as_raw().len() as f32;
    let values = || strip.as_raw().iter().map(|v| f32::from(*v));
    let mean = values().sum::<f32>() / count;
    let variance = values().map(|v| (v - mean).powi(2)).sum::<f32>() / count;
    let scale = 1.0 / (variance.sqrt() + 8.0);
    (strip.height() == STRIP_HEIGHT && variance > 1.0)
        .then(|| values().map(|v| (v - mean) * scale).collect())
}
