//! Straight rows through clusters of pieces: a consensus first, then least squares.

use super::{COUNT_MIN, Glyph, Row};

/// How far from the line a piece may stand, in sizes.
const OFF_LINE_MAX: f32 = 0.3;

/// The rows of one cluster; a cluster in which two lines touch has two.
pub(super) fn rows_of(mut cluster: Vec<Glyph>) -> Vec<Row> {
    let mut rows = Vec::new();
    while cluster.len() >= COUNT_MIN && rows.len() < 4 {
        let Some(row) = consensus(&cluster) else {
            break;
        };
        let (members, others): (Vec<Glyph>, Vec<Glyph>) =
            cluster.iter().partition(|glyph| on_line(&row, glyph));
        if members.len() < COUNT_MIN {
            break;
        }
        let line = members_on(&least_squares(&members), &cluster);
        rows.extend(measured(&least_squares(&line), &line));
        cluster = others;
    }
    rows
}

fn members_on(row: &Row, cluster: &[Glyph]) -> Vec<Glyph> {
    cluster
        .iter()
        .copied()
        .filter(|glyph| on_line(row, glyph))
        .collect()
}

fn on_line(row: &Row, glyph: &Glyph) -> bool {
    row.project(glyph.at)[1].abs() < OFF_LINE_MAX * glyph.size
}

/// A bare line; its measures are not known yet.
fn line(origin: [f32; 2], [dx, dy]: [f32; 2]) -> Row {
    let length = dx.hypot(dy).max(f32::MIN_POSITIVE);
    // Upright as a viewer sees it: to the right, or down where it is vertical.
    let sign = if dx < 0.0 || (dx <= 0.0 && dy < 0.0) {
        -1.0
    } else {
        1.0
    };
    Row {
        origin,
        along: [sign * dx / length, sign * dy / length],
        span: [0.0; 2],
        pitch: 0.0,
        height: 0.0,
        count: 0,
        lean: 0.0,
        unevenness: 0.0,
    }
}

/// Pairs of pieces that are tried: of three equal lines in a cluster one pair in three lies on a line.
const TRIALS: u64 = 64;

/// The line through two pieces that most others lie on; the pairs tried are fixed by the cluster alone.
fn consensus(cluster: &[Glyph]) -> Option<Row> {
    (0..TRIALS)
        .filter_map(|trial| {
            let a = cluster.get(scattered(2 * trial, cluster.len()))?;
            let b = cluster.get(scattered(2 * trial + 1, cluster.len()))?;
            let apart = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
            (apart[0].hypot(apart[1]) > 3.0 * a.size).then(|| line(a.at, apart))
        })
        .max_by_key(|row| cluster.iter().filter(|glyph| on_line(row, glyph)).count())
}

/// An index below `count` that has nothing to do with the one before: `SplitMix64`'s finaliser. Steps of
/// equal length would meet the same pieces, or the same distance, again and again.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the remainder is an index of a list"
)]
const fn scattered(n: u64, count: usize) -> usize {
    let mut bits = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    (bits % count as u64) as usize
}

/// The line with the least sum of squared distances across it.
fn least_squares(members: &[Glyph]) -> Row {
    #[expect(clippy::cast_precision_loss, reason = "a few dozen pieces")]
    let count = members.len().max(1) as f32;
    let mean = |value: &dyn Fn(&Glyph) -> f32| members.iter().map(value).sum::<f32>() / count;
    let (cx, cy) = (mean(&|g| g.at[0]), mean(&|g| g.at[1]));
    let xx = mean(&|g| (g.at[0] - cx).powi(2));
    let yy = mean(&|g| (g.at[1] - cy).powi(2));
    let xy = mean(&|g| (g.at[0] - cx) * (g.at[1] - cy));
    let angle = (2.0 * xy).atan2(xx - yy) / 2.0;
    line([cx, cy], [angle.cos(), angle.sin()])
}

/// A line with the measures of its members.
fn measured(line: &Row, members: &[Glyph]) -> Option<Row> {
    let mut places: Vec<f32> = members
        .iter()
        .map(|glyph| line.project(glyph.at)[0])
        .collect();
    places.sort_by(f32::total_cmp);
    let size = middle(members.iter().map(|glyph| glyph.size).collect(), 0.6)?;
    let gaps: Vec<f32> = places
        .windows(2)
        .filter_map(|pair| Some(pair.last()? - pair.first()?))
        .collect();
    let single = gaps
        .iter()
        .copied()
        .filter(|gap| (0.45 * size..1.75 * size).contains(gap));
    let pitch = middle(single.collect(), 0.5)?;
    Some(Row {
        span: [*places.first()?, *places.last()?],
        pitch,
        height: middle(
            members
                .iter()
                .map(|glyph| upright(line, glyph, pitch))
                .collect(),
            0.7,
        )?,
        count: members.len(),
        unevenness: unevenness(&gaps, pitch),
        ..*line
    })
}

/// A quantile of a list.
fn middle(mut values: Vec<f32>, share: f32) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index of a short list"
    )]
    let index = (values.len() as f32 * share) as usize;
    values
        .get(index.min(values.len().saturating_sub(1)))
        .copied()
}

/// A piece's height across the line, from its upright box: a tilted rectangle's box is larger than it.
fn upright(line: &Row, glyph: &Glyph, pitch: f32) -> f32 {
    let [cos, sin] = line.along.map(f32::abs);
    let (cos, sin, across, along) = if cos >= sin {
        (cos, sin, glyph.height, glyph.width)
    } else {
        (sin, cos, glyph.width, glyph.height)
    };
    if sin > 0.55 {
        // Near 45° the box says nothing about the sides.
        return pitch;
    }
    ((across * cos - along * sin) / (cos * cos - sin * sin)).clamp(0.6 * pitch, 1.5 * pitch)
}

/// Mean distance of the gaps from whole numbers of pitches; wide gaps say nothing.
fn unevenness(gaps: &[f32], pitch: f32) -> f32 {
    let off: Vec<f32> = gaps
        .iter()
        .map(|gap| gap / pitch)
        .filter(|steps| *steps < 3.5)
        .map(|steps| {
            if steps < 0.5 {
                0.25
            } else {
                (steps - steps.round()).abs()
            }
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a few dozen gaps")]
    let count = off.len().max(1) as f32;
    off.iter().sum::<f32>() / count
}

/// Joins rows that go on in each other. `rows` come longest first.
pub(super) fn joined(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for row in rows {
        match out.iter_mut().find(|long| goes_on(long, &row)) {
            Some(long) => *long = join(long, &row),
            None => out.push(row),
        }
    }
    out
}

/// Empty places that a row may skip and still go on, in pitches.
const SKIP_MAX: f32 = 12.0;

fn goes_on(long: &Row, row: &Row) -> bool {
    let ends = row.span.map(|t| long.project(row.at(t)));
    let tolerance = 0.5 * long.height;
    let [[first, off_first], [last, off_last]] = ends;
    let (from, until) = (first.min(last), first.max(last));
    let gap = (from - long.span[1]).max(long.span[0] - until);
    (0.75..1.33).contains(&(row.pitch / long.pitch))
        && off_first.abs() < tolerance
        && off_last.abs() < tolerance
        && gap < SKIP_MAX * long.pitch
        && gap > -2.0 * long.pitch
}

fn join(long: &Row, row: &Row) -> Row {
    let ends = row.span.map(|t| long.project(row.at(t)));
    let [[first, off_first], [last, off_last]] = ends;
    let from = long.span[0].min(first).min(last);
    let until = long.span[1].max(first).max(last);
    // The joined line goes through the middles of both, each at its own place.
    let (own, other) = (long.span[0].midpoint(long.span[1]), first.midpoint(last));
    let slope = off_first.midpoint(off_last) / (other - own);
    let turned = if slope.is_finite() && slope.abs() < 0.03 {
        let pivot = long.at(own);
        let down = long.down();
        let along = [
            long.along[0] + slope * down[0],
            long.along[1] + slope * down[1],
        ];
        let line = line(pivot, along);
        Row {
            origin: line.at(-own),
            along: line.along,
            ..*long
        }
    } else {
        *long
    };
    Row {
        span: [from, until],
        count: long.count + row.count,
        ..turned
    }
}
