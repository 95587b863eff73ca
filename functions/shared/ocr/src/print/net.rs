//! The line net: a strip in, log-probabilities of each class in each frame out.
#![expect(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "sizes of a strip are below 2^16"
)]

use std::sync::Arc;

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::classes::CLASSES;
use super::strip::{HEIGHT, Strip};

static WEIGHTS: &[u8] = include_bytes!("../../models/print.onnx");

/// Strip pixels a frame stands for.
pub(super) const FRAME: f32 = 2.0;

/// The net, loaded once.
pub(super) struct Net {
    model: Model,
    input: NodeId,
    output: NodeId,
    one_thread: Arc<ThreadPool>,
}

/// The net's weights cannot be used: the program was built wrongly.
#[derive(Debug, thiserror::Error)]
pub enum BrokenNet {
    /// They are not a net.
    #[error("the weights of the line net cannot be loaded: {0}")]
    Weights(#[from] Box<rten::LoadError>),
    /// It lacks an input or an output.
    #[error("the line net lacks an input or an output")]
    Ends,
}

/// Frame by frame, the log-probability of each class.
pub(super) struct Frames {
    pub(super) scores: Vec<Vec<f32>>,
}

impl Net {
    pub(super) fn load() -> Result<Self, BrokenNet> {
        let model = Model::load_static_slice(WEIGHTS).map_err(Box::new)?;
        let first = |ids: &[NodeId]| ids.first().copied();
        let (Some(input), Some(output)) = (first(model.input_ids()), first(model.output_ids()))
        else {
            return Err(BrokenNet::Ends);
        };
        Ok(Self {
            model,
            input,
            output,
            one_thread: Arc::new(ThreadPool::with_num_threads(1)),
        })
    }

    /// `None` where the net cannot take the strip.
    pub(super) fn frames(&self, strip: &Strip) -> Option<Frames> {
        let input = NdTensor::from_data([1, 1, HEIGHT, strip.width], normalised(&strip.pixels));
        let options = RunOptions::default().with_thread_pool(Some(self.one_thread.clone()));
        let [output] = self
            .model
            .run_n(
                vec![(self.input, input.into())],
                [self.output],
                Some(options),
            )
            .ok()?;
        let output: NdTensor<f32, 4> = output.try_into().ok()?;
        let [_, channels, _, columns] = output.shape();
        let classes = CLASSES.len();
        if channels != 2 * classes {
            return None;
        }
        let raw = output.to_vec();
        let scores = (0..2 * columns)
            .map(|frame| {
                let (column, half) = (frame / 2, frame % 2);
                let logits = (0..classes)
                    .map(|class| raw[(half * classes + class) * columns + column])
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
