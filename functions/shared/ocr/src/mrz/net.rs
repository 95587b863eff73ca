//! The small convolutional net that says, column by column, which character is there.
//!
//! This file and `print/net.rs` alone name `rten`. Never here: where lines are, or how long one must be.

use std::sync::Arc;

use image::GrayImage;
use rten::{Model, RunOptions, ThreadPool, Value};
use rten_tensor::{AsView, Layout, NdTensor};

use super::posterior::{CLASSES, Posterior};

/// Height of a strip in pixels, as the net was trained.
pub(super) const STRIP_HEIGHT: u32 = 24;
/// Strip widths must be multiples of this.
pub(super) const STRIP_STEP: u32 = 8;
/// Pixels of a strip per column of the answer.
pub(super) const STRIDE: usize = 4;

/// Weights and where they come from: `models/mrz.md`.
static WEIGHTS: &[u8] = include_bytes!("../../models/mrz.onnx");

/// Why the weights could not be loaded.
#[derive(Debug, thiserror::Error)]
#[error("the MRZ net could not be loaded: {0}")]
pub struct NetError(String);

/// The net, ready to read; runs on one thread.
pub(super) struct Net {
    model: Model,
    pool: Arc<ThreadPool>,
}

impl Net {
    pub(super) fn load() -> Result<Self, NetError> {
        Ok(Self {
            model: Model::load_static_slice(WEIGHTS)
                .map_err(|error| NetError(error.to_string()))?,
            pool: Arc::new(ThreadPool::with_num_threads(1)),
        })
    }

    /// What stands on a strip; `None` where it has no contrast or not the net's height.
    pub(super) fn read(&self, strip: &GrayImage) -> Option<Posterior> {
        let (width, height) = (strip.width() as usize, strip.height() as usize);
        let pixels = normalised(strip)?;
        let input = NdTensor::try_from_data([1, 1, height, width], pixels).ok()?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let output: Value = self.model.run_one(input.into(), Some(options)).ok()?;
        let output: NdTensor<f32, 4> = output.try_into().ok()?;
        let [_, classes, rows, columns] = output.shape();
        (classes == CLASSES && rows == 1).then(|| Posterior::from_logits(&output.to_vec(), columns))
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
