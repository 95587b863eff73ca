//! Fits the weights of confidence: logistic, group by group, each drawn towards what all of
//! them have in common, so that a group with few errors is no wilder than the rest. What speaks for
//! a value never weighs against it, nor the other way round, whatever a few values say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use casework::document::Certainty;
use casework::document::evidence::FEATURES;

use super::score::Row;

const COUNT: usize = FEATURES.len();
/// How strongly weights are drawn to the common ones (as if so many values had said so), and these to 0.
const DRAW: f64 = 4.0;
const DRAW_COMMON: f64 = 0.5;
const STEPS: usize = 40;

type Weights = [f64; COUNT];

/// Which way each feature may weigh: for a value, against it, or as it turns out.
const SIDES: Weights = [
    0.0, 1.0, 1.0, 1.0, 1.0, -1.0, 1.0, -1.0, 1.0, 1.0, -1.0, -1.0,
];

/// A value's features, and whether it is right.
struct Sample {
    features: Weights,
    right: bool,
}

/// The table as `casework` keeps it, fitted on values that are not proven and have their form.
pub fn table(rows: &[Row], seed: u64) -> String {
    let mut groups: BTreeMap<&str, Vec<Sample>> = BTreeMap::new();
    for field in rows.iter().flat_map(Row::fields) {
        let Some(evidence) = field.evidence.filter(|evidence| evidence.formed) else {
            continue;
        };
        if field.certainty() != Some(Certainty::Verified) {
            groups.entry(evidence.group).or_default().push(Sample {
                features: evidence.features.map(f64::from),
                right: field.is_exact(),
            });
        }
    }
    let all: Vec<&Sample> = groups.values().flatten().collect();
    let common = fitted(&all, &[0.0; COUNT], DRAW_COMMON);
    let mut text = format!(
        "# What speaks for a value and against it, in nats: weights of a logistic function, so that\n\
         # confidence is the share of such values that are right. Fitted by\n\
         # `tests/accuracy --printed --seed {seed} --fit` on {} values of {} files, and reported on\n\
         # other seeds in tests/accuracy-fields.md. A group not named here is taken for `common`.\n\
         # group: {}\n",
        all.len(),
        rows.len(),
        FEATURES.join(" "),
    );
    let mut line = |name: &str, weights: &Weights, samples: &[&Sample]| {
        let wrong = samples.iter().filter(|sample| !sample.right).count();
        let written: Vec<String> = weights.iter().map(|w| format!("{w:.3}")).collect();
        let _ = writeln!(text, "# {} values, {wrong} wrong", samples.len());
        let _ = writeln!(text, "{name}: {}", written.join(" "));
    };
    line("common", &common, &all);
    for (name, samples) in &groups {
        let samples: Vec<&Sample> = samples.iter().collect();
        line(name, &fitted(&samples, &common, DRAW), &samples);
    }
    text
}

/// The likeliest weights, drawn to `home`; by Newton's steps.
fn fitted(samples: &[&Sample], home: &Weights, draw: f64) -> Weights {
    let mut weights = *home;
    for _ in 0..STEPS {
        let mut slope: Weights = std::array::from_fn(|i| draw * (at(home, i) - at(&weights, i)));
        let mut bend = [[0.0; COUNT]; COUNT];
        for (i, row) in bend.iter_mut().enumerate() {
            row.iter_mut().skip(i).take(1).for_each(|own| *own = draw);
        }
        for sample in samples {
            let likely = logistic(sum(&weights, &sample.features));
            let miss = f64::from(u8::from(sample.right)) - likely;
            let weight = (likely * (1.0 - likely)).max(1e-6);
            for (i, x) in sample.features.iter().enumerate() {
                slope
                    .iter_mut()
                    .skip(i)
                    .take(1)
                    .for_each(|own| *own += miss * x);
                let row = bend.iter_mut().skip(i).take(1).flatten();
                row.zip(&sample.features)
                    .for_each(|(cell, y)| *cell += weight * x * y);
            }
        }
        hold(&mut bend, &mut slope, &weights);
        let step = solved(bend, slope);
        for ((weight, step), side) in weights.iter_mut().zip(step).zip(SIDES) {
            *weight += step.clamp(-2.0, 2.0);
            if *weight * side < 0.0 {
                *weight = 0.0;
            }
        }
    }
    weights
}

/// Keeps the weights that stand at nought and would go to the wrong side where they are.
#[expect(clippy::indexing_slicing, reason = "a square matrix of a fixed size")]
fn hold(bend: &mut [[f64; COUNT]; COUNT], slope: &mut Weights, weights: &Weights) {
    for i in 0..COUNT {
        if weights[i].abs() < f64::EPSILON && slope[i] * SIDES[i] < 0.0 {
            for row in bend.iter_mut() {
                row[i] = 0.0;
            }
            bend[i] = [0.0; COUNT];
            bend[i][i] = 1.0;
            slope[i] = 0.0;
        }
    }
}

fn at(weights: &Weights, index: usize) -> f64 {
    weights.get(index).copied().unwrap_or(0.0)
}

fn sum(weights: &Weights, features: &Weights) -> f64 {
    weights.iter().zip(features).map(|(w, x)| w * x).sum()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Gauss's elimination; the matrix is positive definite, so no pivot is nought.
#[expect(clippy::indexing_slicing, reason = "a square matrix of a fixed size")]
fn solved(mut matrix: [[f64; COUNT]; COUNT], mut right: Weights) -> Weights {
    for i in 0..COUNT {
        for j in i + 1..COUNT {
            let factor = matrix[j][i] / matrix[i][i];
            let above = matrix[i];
            matrix[j]
                .iter_mut()
                .zip(above)
                .for_each(|(cell, a)| *cell -= factor * a);
            right[j] -= factor * right[i];
        }
    }
    for i in (0..COUNT).rev() {
        let known: f64 = (i + 1..COUNT).map(|j| matrix[i][j] * right[j]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_for_a_value_never_weighs_against_it() {
        let samples: Vec<Sample> = (0..200)
            .map(|i| {
                let on = i % 2 == 0;
                let mut features = [0.0; COUNT];
                features[0] = 1.0;
                features[4] = f64::from(u8::from(on));
                Sample {
                    features,
                    right: (i / 2) % 10 < if on { 5 } else { 9 },
                }
            })
            .collect();
        let weights = fitted(&samples.iter().collect::<Vec<_>>(), &[0.0; COUNT], 0.01);
        assert!(weights[4].abs() < f64::EPSILON);
        assert!(
            (logistic(weights[0]) - 0.7).abs() < 0.005,
            "{}",
            logistic(weights[0])
        );
    }

    /// A feature is on for half of the samples: with it 9 of 10 are right, without it 6 of 10.
    #[test]
    fn weights_give_the_shares_they_were_fitted_on() {
        let samples: Vec<Sample> = (0..2000)
            .map(|i| {
                let on = i % 2 == 0;
                let of_ten = (i / 2) % 10;
                let mut features = [0.0; COUNT];
                features[0] = 1.0;
                features[4] = f64::from(u8::from(on));
                Sample {
                    features,
                    right: of_ten < if on { 9 } else { 6 },
                }
            })
            .collect();
        let weights = fitted(&samples.iter().collect::<Vec<_>>(), &[0.0; COUNT], 0.01);
        for (on, share) in [(0.0, 0.6), (1.0, 0.9)] {
            let likely = logistic(weights[0] + on * weights[4]);
            assert!((likely - share).abs() < 0.005, "{likely} for {share}");
        }
    }
}
