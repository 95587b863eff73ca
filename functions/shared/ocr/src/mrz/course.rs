//! How characters follow one another along a strip: how far apart, and from where.

/// Distance between characters along a strip, in grid points; a slanted line's changes from end to end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pitch {
    /// At the first grid point.
    pub first: f32,
    /// By how much it grows from one grid point to the next.
    pub slope: f32,
}

impl Pitch {
    /// The distance at a grid point.
    pub fn at(self, point: f32) -> f32 {
        self.first + self.slope * point
    }
}

/// What is known of a line before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Course {
    /// Distance between its characters.
    pub pitch: Pitch,
    /// Grid point of its first character, where the lines around it tell.
    first: Option<f32>,
}

/// What a character a whole pitch off its place costs, nats; the square of the distance counts.
const AWAY_COST: f32 = 6.0;

impl Course {
    /// A line that may begin anywhere.
    pub const fn anywhere(pitch: Pitch) -> Self {
        Self { pitch, first: None }
    }

    /// A line of even pitch whose first character stands at a grid point.
    pub const fn from(first: f32, pitch: f32) -> Self {
        Self {
            pitch: Pitch {
                first: pitch,
                slope: 0.0,
            },
            first: Some(first),
        }
    }

    /// What it costs that a character stands at a grid point, nats.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    pub fn away(&self, index: usize, point: usize) -> f32 {
        self.first.map_or(0.0, |first| {
            let off = (point as f32 - first) / self.pitch.first - index as f32;
            AWAY_COST * off * off
        })
    }
}
