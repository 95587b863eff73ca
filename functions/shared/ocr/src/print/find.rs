//! Lines of print on a page: found by shape alone, nothing is read here.

use casework::reading::Bounds;
use image::imageops;

use crate::raster::Pyramid;

use super::chain::{chains, letter_like};
use super::ink::Blob;
use super::pieces::pieces;
use super::row::{Row, quantile};
use super::tilt::tilt;
use super::view::View;

/// The longer side of the working copy, pixels: an A4 page at 200 dpi keeps 1.4 mm labels at 11 px.
const SIDE_MAX: f32 = 2400.0;
/// A slope the rows can follow without turning the page, radians.
const TILT_FREE: f32 = 0.02;
/// More pieces of ink than on any page of print are the grain of a dark picture: it is looked at again
const GRAINS_MIN: usize = 15_000;
/// with so much of it smoothed away, pixels.
const GRAIN: f32 = 1.2;
/// A gap wider than this many capitals parts columns.
const COLUMN_GAP: f32 = 1.7;

/// Corners of a line from its capitals' tops to its baseline: top left, top right, bottom right, bottom left
/// as one reads it.
pub(super) type Quad = [[f32; 2]; 4];

/// A line that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) quad: Quad,
    /// How many times as tall it is if it was measured wrong.
    pub(super) or_else: f32,
    /// How many pieces of ink it is made of: letters, mostly.
    pub(super) letters: usize,
}

impl Line {
    /// The middle of its corners.
    pub(super) fn middle(&self) -> [f32; 2] {
        self.quad.iter().fold([0.0, 0.0], |sum, p| {
            [sum[0] + p[0] / 4.0, sum[1] + p[1] / 4.0]
        })
    }
}

/// Rows of so many letters tell their slope, and that of shorter ones no further away than this, in capitals.
const STEADY: usize = 12;
const AROUND: f32 = 15.0;

/// A row of one letter narrower than this, in heights of a capital, is a stroke of the ground.
const STROKE: f32 = 0.4;

/// One or two letters are print if they are so tall beside the capitals of longer rows: at least the share of the
/// small ones, at most that of the tall ones. On 59 cards and 93 typed pages no value was lost by it.
const SMALL: f32 = 0.65;
const LARGE: f32 = 1.6;

/// Rows of so few letters must be of one height, give or take.
const FEW: usize = 3;
const UNEVEN: f32 = 1.9;
/// Of so many letters of a row one at most has a mark or a tail, more or less: what has more pieces of ink is
/// a line of smaller print.
const MARKED: usize = 2;
/// A single piece of ink so much wider than tall is a word, not a mark.
const WORD: f32 = 1.6;

/// The letters of a page, levelled; which end is up is not known yet.
pub(super) struct Sheet {
    view: View,
    blobs: Vec<Blob>,
    area: Bounds,
    angle: f32,
}

impl Sheet {
    /// Levels `area` of a page and collects its ink.
    pub(super) fn new(page: &Pyramid, area: Bounds) -> Self {
        let upright = Self::turned(page, area, 0.0);
        match tilt(&upright.letters()) {
            Some(angle) if angle.abs() > TILT_FREE => Self::turned(page, area, angle),
            _ => upright,
        }
    }

    /// The letters of `area` where lines are known to run at this angle, radians clockwise.
    pub(super) fn along(page: &Pyramid, area: Bounds, angle: f32) -> Self {
        let angle = if angle.abs() > TILT_FREE { angle } else { 0.0 };
        Self::turned(page, area, angle)
    }

    /// The same letters as if the page's lines ran down it.
    pub(super) fn across(&self, page: &Pyramid) -> Self {
        Self::turned(page, self.area, self.angle + std::f32::consts::FRAC_PI_2)
    }

    fn turned(page: &Pyramid, area: Bounds, angle: f32) -> Self {
        let view = View::new(page, area, SIDE_MAX, angle);
        let mut blobs = pieces(&view.grey);
        if blobs.len() > GRAINS_MIN {
            blobs = pieces(&imageops::fast_blur(&view.grey, GRAIN));
        }
        Self {
            view,
            blobs,
            area,
            angle,
        }
    }

    /// Where a point of the picture lies on the page.
    fn on_page(&self, [x, y]: [f32; 2], inverted: bool) -> [f32; 2] {
        let [width, height] = self.size();
        self.view.on_page(if inverted {
            [width - x, height - y]
        } else {
            [x, y]
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "below 2^16")]
    fn size(&self) -> [f32; 2] {
        let (width, height) = self.view.grey.dimensions();
        [width as f32, height as f32]
    }

    fn letters(&self) -> Vec<Blob> {
        let height = self.size()[1];
        let mut letters = self.blobs.clone();
        letters.retain(|b| letter_like(b, height));
        letters
    }

    /// Its lines, top to bottom; read from the other side if `inverted`.
    pub(super) fn lines(&self, inverted: bool) -> Vec<Line> {
        let [width, height] = self.size();
        let blobs: Vec<Blob> = if inverted {
            self.blobs
                .iter()
                .map(|b| opposite(b, width, height))
                .collect()
        } else {
            self.blobs.clone()
        };
        let mut rows = rows(&blobs, height);
        rows.sort_by(|a, b| a.base(a.left).total_cmp(&b.base(b.left)));
        rows.iter()
            .map(|row| Line {
                quad: quad(row).map(|p| self.on_page(p, inverted)),
                or_else: row.or_else / row.capital,
                letters: row.letters.len(),
            })
            .filter(|line| self.is_on_page(line.middle()))
            .collect()
    }

    /// Whether a line lies on what was looked at: a page that is turned has corners of nothing,
    /// and their edges look like strokes.
    fn is_on_page(&self, middle: [f32; 2]) -> bool {
        let [left, top, width, height] = self.area;
        (left..left + width).contains(&middle[0]) && (top..top + height).contains(&middle[1])
    }
}

fn opposite(blob: &Blob, width: f32, height: f32) -> Blob {
    Blob {
        left: width - blob.right,
        top: height - blob.bottom,
        right: width - blob.left,
        bottom: height - blob.top,
        area: blob.area,
    }
}

fn quad(row: &Row) -> Quad {
    let rise = row.capital;
    let (left, right) = (row.base(row.left), row.base(row.right));
    [
        [row.left + row.slope * rise, left - rise],
        [row.right + row.slope * rise, right - rise],
        [row.right, right],
        [row.left, left],
    ]
}

fn rows(blobs: &[Blob], view_height: f32) -> Vec<Row> {
    let letters: Vec<Blob> = blobs
        .iter()
        .copied()
        .filter(|b| letter_like(b, view_height))
        .collect();
    let mut fitted: Vec<Row> = chains(&letters)
        .iter()
        .map(|chain| {
            chain
                .iter()
                .filter_map(|&i| letters.get(i).copied())
                .collect()
        })
        .flat_map(even)
        .filter_map(Row::fit)
        .collect();
    let blobs = Ordered::of(blobs);
    for row in &mut fitted {
        widen(row, &blobs);
    }
    let mut rows = drop_marks(join(fitted, &blobs));
    lean_alike(&mut rows);
    let sizes: Vec<f32> = rows
        .iter()
        .filter(|r| r.letters.len() >= 4)
        .map(|r| r.capital)
        .collect();
    // Labels and values are of two sizes, and where letters touch a whole word is one piece of ink.
    let (low, tall) = (quantile(sizes.clone(), 0.25), quantile(sizes, 0.75));
    let usual = SMALL * low.unwrap_or(0.0)..LARGE * tall.unwrap_or(0.0);
    rows.retain(|r| r.letters.len() >= 3 || usual.contains(&r.capital));
    rows.retain(|r| r.letters.len() > 1 || r.right - r.left > STROKE * r.capital);
    for row in &mut rows {
        widen(row, &blobs);
    }
    rows
}

/// A few letters of very different heights are no row: a word whose letters touch has met a pattern.
fn even(chain: Vec<Blob>) -> Vec<Vec<Blob>> {
    let heights = || chain.iter().map(Blob::height);
    let (low, tall) = (
        heights().fold(f32::MAX, f32::min),
        heights().fold(0.0, f32::max),
    );
    if chain.len() <= FEW && tall > UNEVEN * low {
        chain.into_iter().map(|blob| vec![blob]).collect()
    } else {
        vec![chain]
    }
}

/// Joins pieces of one line until nothing fits together any more, from the left.
fn join(mut rows: Vec<Row>, blobs: &Ordered) -> Vec<Row> {
    rows.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut done: Vec<Row> = Vec::new();
    for row in rows {
        let before = done
            .iter()
            .enumerate()
            .filter(|(_, r)| r.goes_on(&row, COLUMN_GAP))
            .max_by(|a, b| a.1.right.total_cmp(&b.1.right))
            .map(|(i, _)| i);
        let Some(i) = before else {
            done.push(row);
            continue;
        };
        let mut before = done.swap_remove(i);
        before.letters.extend(row.letters);
        let Some(joined) = Row::fit(before.letters) else {
            continue;
        };
        let mut joined = Row {
            left: joined.left.min(before.left),
            right: joined.right.max(row.right),
            ..joined
        };
        // What is no mark beside small letters alone may be one now that a capital stands with them.
        widen(&mut joined, blobs);
        done.push(joined);
    }
    done
}

/// Has short rows lean as the long ones around them do: of a word with two tails nobody can tell its slope.
#[expect(clippy::cast_precision_loss, reason = "letters of a row")]
fn lean_alike(rows: &mut [Row]) {
    let level = |row: &Row| row.base(f32::midpoint(row.left, row.right));
    let steady: Vec<(f32, f32, f32)> = rows
        .iter()
        .filter(|row| row.letters.len() >= STEADY)
        .map(|row| (level(row), row.slope, row.letters.len() as f32))
        .collect();
    for row in rows.iter_mut().filter(|row| row.letters.len() < STEADY) {
        let (mut slopes, mut weights) = (0.0, 0.0);
        for (there, slope, letters) in &steady {
            let away = (there - level(row)).abs() / row.capital;
            if away < AROUND {
                let weight = letters / (1.0 + away);
                slopes += weight * slope;
                weights += weight;
            }
        }
        if weights > 0.0
            && let Some(leaning) = row.leaning(slopes / weights)
        {
            *row = leaning;
        }
    }
}

/// Drops rows made of the marks and tails of another row's letters.
fn drop_marks(rows: Vec<Row>) -> Vec<Row> {
    let kept: Vec<bool> = rows
        .iter()
        .map(|row| {
            let middle = [
                f32::midpoint(row.left, row.right),
                row.base(f32::midpoint(row.left, row.right)) - row.capital / 2.0,
            ];
            let is_word = row.letters.len() == 1 && row.right - row.left > WORD * row.capital;
            is_word
                || !rows.iter().any(|other| {
                    let inside = row.left > other.left - 0.5 * other.capital
                        && row.right < other.right + 0.5 * other.capital;
                    let rise = other.rise(middle);
                    inside
                        && row.capital < 0.6 * other.capital
                        && MARKED * row.letters.len() < other.letters.len()
                        && rise > -0.5
                        && rise < 1.6
                })
        })
        .collect();
    rows.into_iter()
        .zip(kept)
        .filter_map(|(row, keep)| keep.then_some(row))
        .collect()
}

/// Pieces of ink from left to right.
struct Ordered(Vec<Blob>);

impl Ordered {
    fn of(blobs: &[Blob]) -> Self {
        let mut ordered = blobs.to_vec();
        ordered.sort_by(|a, b| a.left.total_cmp(&b.left));
        Self(ordered)
    }

    /// Those that begin between two columns.
    fn between(&self, left: f32, right: f32) -> &[Blob] {
        let before = |column: f32| self.0.partition_point(|blob| blob.left < column);
        self.0.get(before(left)..before(right)).unwrap_or_default()
    }
}

/// How wide a mark is at most, and how far from the letters a hyphen stands, in capitals.
const MARK: f32 = 0.9;
const HYPHEN_REACH: f32 = 1.3;

/// Takes in points, hyphens and quotes at either end.
fn widen(row: &mut Row, blobs: &Ordered) {
    let marks = |b: &&Blob| {
        // A hyphen may stand a space away, other marks belong to a letter.
        let hyphen = b.width() > 1.5 * b.height() && row.rise(b.centre()) > 0.2;
        let reach = if hyphen { HYPHEN_REACH } else { 0.8 } * row.capital;
        let rise = row.rise(b.centre());
        b.height() < 0.5 * row.capital
            && b.width() < MARK * row.capital
            && b.height().max(b.width()) > 0.07 * row.capital
            && (-0.3..1.15).contains(&rise)
            && b.right > row.left - reach
            && b.left < row.right + reach
    };
    let near = blobs.between(
        row.left - (HYPHEN_REACH + MARK) * row.capital,
        row.right + HYPHEN_REACH * row.capital,
    );
    let (mut left, mut right) = (row.left, row.right);
    for mark in near.iter().filter(marks) {
        left = left.min(mark.left);
        right = right.max(mark.right);
    }
    row.left = left;
    row.right = right;
}
