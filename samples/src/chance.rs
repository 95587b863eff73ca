//! Seeded chance: the same seed gives the same choices on every machine.
//!
//! Never here: entropy of the machine, the clock.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of choices that its seed and its topic determine.
#[derive(Debug, Clone)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of `topic` under `seed`. Topics keep one part's choices from
    /// shifting those of another.
    pub fn new(seed: u64, topic: &str) -> Self {
        // FNV-1a: stable, unlike the standard library's hasher.
        let topic = topic.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(ChaCha8Rng::seed_from_u64(seed ^ topic))
    }

    /// A number below `bound`; 0 where the bound is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0.next_u32().checked_rem(bound).unwrap_or(0)
    }

    /// Evenly from `low` up to `high`.
    #[expect(
        clippy::cast_precision_loss,
        reason = "24 bits fit a float's fraction exactly"
    )]
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        let share = (self.0.next_u32() >> 8) as f32 / 16_777_216.0;
        low + (high - low) * share
    }

    /// True in `share` of the cases.
    pub fn odds(&mut self, share: f32) -> bool {
        self.between(0.0, 1.0) < share
    }

    /// Roughly normal with mean 0 and deviation 1, within ±3.5 (the sum of four even ones).
    pub fn normal(&mut self) -> f32 {
        let sum: f32 = (0..4).map(|_| self.between(-1.0, 1.0)).sum();
        sum * 0.866
    }

    /// One of the choices.
    ///
    /// # Panics
    /// When there is nothing to choose from.
    #[expect(clippy::indexing_slicing, reason = "below() stays below the length")]
    pub fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let bound = u32::try_from(choices.len()).unwrap_or(u32::MAX);
        &choices[self.below(bound) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_topic_determine_the_choices() {
        let draw = |seed, topic| Chance::new(seed, topic).below(1_000_000);
        assert_eq!(draw(7, "person"), draw(7, "person"));
        assert_ne!(draw(7, "person"), draw(8, "person"));
        assert_ne!(draw(7, "person"), draw(7, "scan"));
    }

    #[test]
    fn between_stays_within_its_bounds() {
        let mut chance = Chance::new(1, "bounds");
        for _ in 0..1000 {
            let value = chance.between(-2.0, 3.0);
            assert!((-2.0..3.0).contains(&value));
        }
        assert_eq!(chance.below(0), 0);
    }
}
