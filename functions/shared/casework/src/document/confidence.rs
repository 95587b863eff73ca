//! How sure a value is, as a number: meant as the share of such values that are right. It ranks,
//! it proves nothing.
//!
//! The weights are data: `tests/accuracy --printed --fit` makes them of generated papers, and the
//! head of `data/confidence.txt` says which, or that they are still a guess.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::evidence::{Evidence, FEATURES};

/// Weights by [`FEATURES`].
type Weights = [f32; FEATURES.len()];

static TABLE: LazyLock<BTreeMap<&'static str, Weights>> =
    LazyLock::new(|| parsed(include_str!("../../data/confidence.txt")));

/// The weights of what is in no group of its own.
const COMMON: &str = "common";
/// No more than this without a proof, no less than that with one.
const CEILING_UNPROVEN: f32 = 0.989;
const FLOOR_PROVEN: f32 = 0.99;
/// A text that has not the form of its field is not its value, whatever else speaks for it.
const UNFORMED: f32 = 0.05;
/// Whatever else speaks for a value: of one letter nobody can say which it is, or the document disputes it.
const TOSSED: f32 = 0.59;
/// Below this a value is to be looked at.
pub(super) const DOUBTFUL_BELOW: f32 = 0.6;

/// The share of values with this evidence that are right, 0 to 1.
pub(super) fn of(evidence: &Evidence, is_proven: bool) -> f32 {
    let weights = TABLE.get(evidence.group).or_else(|| TABLE.get(COMMON));
    let sum = weights.map_or(0.0, |weights| {
        let pairs = weights.iter().zip(&evidence.features);
        pairs.map(|(weight, feature)| weight * feature).sum()
    });
    let likely = 1.0 / (1.0 + f32::exp(-sum));
    match (is_proven, evidence.formed) {
        (true, _) => FLOOR_PROVEN + (1.0 - FLOOR_PROVEN) * likely,
        (false, false) => UNFORMED * likely,
        (false, true) if evidence.toss_up || evidence.disputed => TOSSED * likely,
        (false, true) => CEILING_UNPROVEN * likely,
    }
}

/// `group: weight weight …`, one a line; a line that is not whole has no weights.
fn parsed(text: &'static str) -> BTreeMap<&'static str, Weights> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let groups = lines.filter_map(|line| {
        let (group, weights) = line.split_once(':')?;
        let weights: Vec<f32> = weights
            .split_whitespace()
            .flat_map(str::parse::<f32>)
            .collect();
        Some((group, weights.try_into().ok()?))
    });
    groups.collect()
}

/// Doubt at a margin of nothing, and how fast it falls with the smallest margin, per nat.
const DOUBT_AT_ZERO: f32 = 0.5;
const DOUBT_FALLS_PER_NAT: f32 = 0.8;
/// What is granted to a reader that gives no margins, as a share of its own confidence.
const WITHOUT_MARGINS: f32 = 0.95;

/// How one reading ranks among others of its field: by its smallest margin in nats, but no higher than
/// the reader's own word for the whole; by that word alone where there is no margin.
pub(super) fn rank(margin: Option<f32>, own: f32) -> f32 {
    let own = own.clamp(0.0, 1.0);
    margin.map_or(own * WITHOUT_MARGINS, |margin| {
        let sure = 1.0 - DOUBT_AT_ZERO * (-DOUBT_FALLS_PER_NAT * margin.max(0.0)).exp();
        sure.min(own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUPS: [&str; 8] = [
        "common",
        "code",
        "print_number",
        "print_name",
        "print_text",
        "print_choice",
        "zone_number",
        "zone_name",
    ];

    fn evidence(group: &'static str, features: Weights) -> Evidence {
        Evidence {
            group,
            features,
            formed: true,
            toss_up: false,
            disputed: false,
        }
    }

    #[test]
    fn every_group_has_its_weights_and_they_point_where_they_must() {
        for group in GROUPS {
            let weights = TABLE.get(group).unwrap_or_else(|| panic!("{group}"));
            let of = |name: &str| weights[FEATURES.iter().position(|f| *f == name).unwrap()];
            for name in [
                "thin_margin",
                "wide_margin",
                "line",
                "agrees",
                "sources",
                "iin",
                "listed",
            ] {
                assert!(of(name) >= 0.0, "{group}: {name}");
            }
            for name in ["disagrees", "contradicted", "smeared", "coarse"] {
                assert!(of(name) <= 0.0, "{group}: {name}");
            }
        }
    }

    #[test]
    fn confidence_rises_with_margin_and_agreement_and_falls_with_contradiction() {
        let base = [1.0, 1.0, 0.0, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let with = |changes: &[(usize, f32)]| {
            let mut features = base;
            for (at, value) in changes {
                features[*at] = *value;
            }
            of(&evidence("print_text", features), false)
        };
        let rising = [
            with(&[(7, 1.0), (5, 1.0)]),
            with(&[(10, 1.0)]),
            with(&[(1, 0.2)]),
            with(&[]),
            with(&[(4, 1.0)]),
        ];
        assert!(rising.is_sorted_by(|a, b| a < b), "{rising:?}");
    }

    #[test]
    fn a_reading_ranks_by_its_margin_and_never_above_its_readers_word() {
        let expected = [
            (Some(0.0), 0.9, 0.5),
            (Some(2.0), 0.9, 0.899),
            (Some(9.0), 0.9, 0.9),
            (Some(9.0), 0.3, 0.3),
            (Some(-4.0), 0.9, 0.5),
            (None, 0.9, 0.855),
        ];
        for (margin, own, expected) in expected {
            let rank = rank(margin, own);
            assert!((rank - expected).abs() < 1e-3, "{margin:?} {own}: {rank}");
        }
    }

    #[test]
    fn proof_and_form_bound_it() {
        let sure = evidence(
            "print_number",
            [1.0, 2.0, 6.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0],
        );
        let unformed = Evidence {
            formed: false,
            ..sure
        };
        let tossed = Evidence {
            toss_up: true,
            ..sure
        };
        let disputed = Evidence {
            disputed: true,
            ..sure
        };
        let poor = evidence(
            "print_number",
            [1.0, 0.0, 0.0, 0.5, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
        );
        assert!(of(&sure, false) <= CEILING_UNPROVEN && of(&unformed, false) <= UNFORMED);
        assert!(of(&tossed, false) < DOUBTFUL_BELOW && of(&tossed, true) >= FLOOR_PROVEN);
        assert!(of(&disputed, false) < DOUBTFUL_BELOW && of(&disputed, true) >= FLOOR_PROVEN);
        assert!(of(&poor, true) >= FLOOR_PROVEN && of(&poor, false) < DOUBTFUL_BELOW);
    }
}
