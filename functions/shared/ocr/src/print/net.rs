//! The line net: a strip in, log-probabilities of each class in each frame out.
#![expect(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "sizes of a strip are below 2^16"
)]

use super::classes::CLASSES;
use super::strip::{HEIGHT, Strip};
use crate::net::{self, BrokenNet, Image};

static WEIGHTS: &[u8] = include_bytes!("../../models/print.onnx");

/// Strip pixels a frame stands for.
pub(super) const FRAME: f32 = 2.0;

/// The net, loaded once.
pub(super) struct Net(net::Net);

/// Frame by frame, the log-probability of each class.
pub(super) struct Frames {
    pub(super) scores: Vec<Vec<f32>>,
}

impl Net {
    pub(super) fn load() -> Result<Self, BrokenNet> {
        net::Net::load(WEIGHTS).map(Self)
    }

    /// `None` where the net cannot take the strip.
    pub(super) fn frames(&self, strip: &Strip) -> Option<Frames> {
        if strip.height != HEIGHT {
            return None;
        }
        let logits = self.0.answer(Image {
            channels: 1,
            columns: strip.width,
            values: normalised(&strip.pixels),
        })?;
        let classes = CLASSES.len();
        if logits.channels != 2 * classes {
            return None;
        }
        let columns = logits.columns;
        let scores = (0..2 * columns)
            .map(|frame| {
                let (column, half) = (frame / 2, frame % 2);
                let logits = (0..classes)
                    .map(|class| logits.values[(half * classes + class) * columns + column])
                    .collect();
                log_softmax(logits)
            })
            .collect();
        Some(Frames { scores })
    }
}

fn normalised(pixels: &[f32]) -> Vec<f32> {
    let n = pixels.len() as f32;
    let mean = pixels.iter().sum::<f32>() / n;
    let variance = pixels.iter().map(|p| (p - mean).powi(2)).sum::<f32>() / n;
    let scale = 1.0 / (variance.sqrt() + 8.0);
    pixels.iter().map(|p| (p - mean) * scale).collect()
}

fn log_softmax(mut logits: Vec<f32>) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = logits.iter().map(|l| (l - most).exp()).sum();
    let total = most + sum.ln();
    for l in &mut logits {
        *l -= total;
    }
    logits
}
