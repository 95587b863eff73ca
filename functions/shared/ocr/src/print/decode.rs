//! From frames to letters: the likeliest path in which a letter keeps its class for its whole run.
#![expect(
    clippy::indexing_slicing,
    reason = "tables of frames by classes, built here"
)]

use super::classes::{BLANK, CLASSES};
use super::net::Frames;

/// What going from one letter to the next without a blank frame between costs, nats.
const NO_BLANK: f32 = 20.0;

/// A run of frames taken for one letter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub(super) class: usize,
    /// First frame and the one after the last.
    pub(super) frames: (usize, usize),
    /// The run's log-probability under each class; closed classes are -inf.
    pub(super) scores: Vec<f32>,
}

impl Letter {
    /// Its middle, in frames.
    #[expect(clippy::cast_precision_loss, reason = "frames of a strip")]
    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.frames.0 as f32, self.frames.1 as f32)
    }

    /// How much likelier the class is than any other letter, case aside. Negative where a rule overruled the net.
    pub(super) fn margin(&self) -> f32 {
        let own = CLASSES[self.class].letter;
        let best_other = self
            .scores
            .iter()
            .zip(CLASSES.iter())
            .filter(|(_, class)| class.letter != own)
            .map(|(score, _)| *score)
            .fold(f32::NEG_INFINITY, f32::max);
        (self.scores[self.class] - best_other).min(MARGIN_MAX)
    }
}

/// A margin where no other class was open.
pub(super) const MARGIN_MAX: f32 = 99.0;

/// Viterbi over the frames with only the `open` classes.
pub(super) fn decode(frames: &Frames, open: &[bool]) -> Vec<Letter> {
    let path = path(frames, open);
    let mut letters = Vec::new();
    let mut start = 0;
    while start < path.len() {
        let class = path[start];
        let end = (start..path.len())
            .find(|&t| path[t] != class)
            .unwrap_or(path.len());
        if class != BLANK {
            letters.push(Letter {
                class,
                frames: (start, end),
                scores: summed(&frames.scores[start..end], open),
            });
        }
        start = end;
    }
    letters
}

fn summed(frames: &[Vec<f32>], open: &[bool]) -> Vec<f32> {
    (0..open.len())
        .map(|class| {
            if open[class] && class != BLANK {
                frames.iter().map(|f| f[class]).sum()
            } else {
                f32::NEG_INFINITY
            }
        })
        .collect()
}

fn path(frames: &Frames, open: &[bool]) -> Vec<usize> {
    let classes: Vec<usize> = (0..open.len()).filter(|&c| open[c]).collect();
    let Some(first) = frames.scores.first() else {
        return Vec::new();
    };
    let mut value: Vec<f32> = classes.iter().map(|&c| first[c]).collect();
    let mut came_from: Vec<Vec<u8>> = Vec::with_capacity(frames.scores.len());
    for frame in &frames.scores[1..] {
        let best = likeliest(&value);
        let mut from: Vec<u8> = Vec::with_capacity(classes.len());
        let mut now = Vec::with_capacity(classes.len());
        for (state, &class) in classes.iter().enumerate() {
            let (mut most, mut origin) = (value[state], state);
            if state == 0 {
                // From the likeliest letter into the blank.
                if value[best] > most {
                    (most, origin) = (value[best], best);
                }
            } else {
                if value[0] > most {
                    (most, origin) = (value[0], 0);
                }
                if value[best] - NO_BLANK > most {
                    (most, origin) = (value[best] - NO_BLANK, best);
                }
            }
            from.push(u8::try_from(origin).unwrap_or(0));
            now.push(most + frame[class]);
        }
        came_from.push(from);
        value = now;
    }
    let mut state = (0..value.len()).fold(0, |a, b| if value[b] > value[a] { b } else { a });
    let mut path = vec![classes[state]];
    for from in came_from.iter().rev() {
        state = usize::from(from[state]);
        path.push(classes[state]);
    }
    path.reverse();
    path
}

/// The likeliest state that is a letter.
fn likeliest(value: &[f32]) -> usize {
    (1..value.len()).fold(1.min(value.len() - 1), |a, b| {
        if value[b] > value[a] { b } else { a }
    })
}
