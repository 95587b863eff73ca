//! Two readings of one line, laid upon each other.

/// Costs of laying two readings of a line upon each other: a letter for another, a letter for a
/// space, a letter for nothing.
const OTHER: u32 = 2;
const SPACE: u32 = 5;
const NOTHING: u32 = 2;

/// For each character of `base`, which of `other` stands in its place.
pub(super) fn aligned(base: &[char], other: &[char]) -> Vec<Option<usize>> {
    let cost = |a: char, b: char| match (a == b, (a == ' ') != (b == ' ')) {
        (true, _) => 0,
        (false, true) => SPACE,
        (false, false) => OTHER,
    };
    // What it costs to align the first characters of both, row by row of `base`.
    let mut rows: Vec<Vec<u32>> = vec![
        (0..)
            .step_by(NOTHING as usize)
            .take(other.len() + 1)
            .collect(),
    ];
    for &a in base {
        let above = rows.last().map(Vec::as_slice).unwrap_or_default();
        let mut left = above.first().map_or(0, |first| first + NOTHING);
        let mut row = vec![left];
        for (pair, &b) in above.windows(2).zip(other) {
            let [diagonal, up] = pair else { continue };
            left = (diagonal + cost(a, b))
                .min(up + NOTHING)
                .min(left + NOTHING);
            row.push(left);
        }
        rows.push(row);
    }
    let total = |i: usize, j: usize| rows.get(i).and_then(|row| row.get(j)).copied();
    let mut places = vec![None; base.len()];
    let (mut i, mut j) = (base.len(), other.len());
    while i > 0 {
        let own = total(i, j);
        let pair = base
            .get(i - 1)
            .zip(j.checked_sub(1).and_then(|j| other.get(j)));
        let met = pair.is_some_and(|(&a, &b)| total(i - 1, j - 1).map(|t| t + cost(a, b)) == own);
        if met {
            (i, j) = (i - 1, j - 1);
            if let Some(place) = places.get_mut(i) {
                *place = Some(j);
            }
        } else if total(i - 1, j).map(|t| t + NOTHING) == own {
            i -= 1;
        } else if j > 0 {
            j -= 1;
        } else {
            break;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_too_many_shifts_nothing_else() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        let places = aligned(&chars("аб вг"), &chars("аxб вг"));
        assert_eq!(places, [Some(0), Some(2), Some(3), Some(4), Some(5)]);
        assert_eq!(aligned(&chars("аб"), &[]), [None, None]);
        assert!(aligned(&[], &chars("аб")).is_empty());
    }
}
