//! Letters that stand in a row.

use super::ink::Blob;

/// Neighbours further apart than this many letter heights are two pieces of print.
const GAP_MAX: f32 = 1.5;

/// Whether a blob can be a letter or a few letters that touch, in a view of this height.
pub(super) fn letter_like(blob: &Blob, view_height: f32) -> bool {
    let (w, h) = (blob.width(), blob.height());
    h >= 5.0
        && h <= (view_height / 8.0).max(40.0)
        && w <= 12.0 * h
        && h <= 14.0 * w
        && blob.area >= 0.1 * w * h
}

/// Rows of letters, each from left to right; indices into `letters`.
pub(super) fn chains(letters: &[Blob]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..letters.len()).collect();
    let left = |i: usize| letters.get(i).map_or(0.0, |b| b.left);
    order.sort_by(|&a, &b| left(a).total_cmp(&left(b)));
    let mut links = Vec::new();
    for (k, &i) in order.iter().enumerate() {
        let Some(a) = letters.get(i) else { continue };
        for &j in order.iter().skip(k + 1) {
            let Some(b) = letters.get(j) else { continue };
            if b.left - a.right > GAP_MAX * 2.2 * a.height() {
                break;
            }
            if let Some(cost) = link_cost(a, b) {
                links.push((cost, i, j));
            }
        }
    }
    links.sort_by(|a, b| a.0.total_cmp(&b.0));
    follow(&order, &links)
}

/// What it costs to take `b` for the letter after `a`, in letter heights; `None` where it cannot be.
fn link_cost(a: &Blob, b: &Blob) -> Option<f32> {
    let (small, tall) = (a.height().min(b.height()), a.height().max(b.height()));
    let overlap = a.bottom.min(b.bottom) - a.top.max(b.top);
    let gap = b.left - a.right;
    let fits = small > 0.42 * tall
        && overlap > 0.55 * small
        && gap < GAP_MAX * tall
        && gap > -0.6 * tall
        && b.centre()[0] > a.centre()[0];
    let uneven = (a.bottom - b.bottom).abs().min((a.top - b.top).abs()) / tall;
    (fits && uneven < 0.35).then_some(gap.max(0.0) / tall + uneven + (1.0 - small / tall))
}

/// Takes the cheapest links first, one on each side of a letter, and walks the chains they make.
fn follow(order: &[usize], links: &[(f32, usize, usize)]) -> Vec<Vec<usize>> {
    let mut next = vec![None; order.len()];
    let mut taken = vec![false; order.len()];
    for &(_, a, b) in links {
        if let (Some(after @ None), Some(before @ false)) = (next.get_mut(a), taken.get_mut(b)) {
            *after = Some(b);
            *before = true;
        }
    }
    order
        .iter()
        .filter(|&&i| taken.get(i) == Some(&false))
        .map(|&i| std::iter::successors(Some(i), |&k| next.get(k).copied().flatten()).collect())
        .collect()
}
