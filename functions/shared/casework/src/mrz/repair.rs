//! Misread characters that the check digits put right, where they leave no choice.
//!
//! Every digit that is wrong says that something was misread, and what else the reader thought
//! of says what it may have been. A repair is the likeliest change of one or two characters that
//! makes every digit right; it is *proven* only where any other such change is far less likely.
//! A digit cannot tell the two apart, so what is asked is the margin between twins
//! ([`Thresholds::blind`]). A repaired field is *read*, not proven: its digit is spent on the
//! repair, and the printed part must agree before it is more.

use super::check::Check;
use super::layout::Cell;
use super::seen::{Alternative, SeenZone, Thresholds};
use super::zone::Zone;

/// One character put in another's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Where.
    pub cell: Cell,
    /// What stands there now.
    pub to: char,
    /// How much less likely it was to the reader than what it replaces, nats.
    behind: f32,
}

/// More thoughts than this and the zone is not read but guessed.
const THOUGHTS_MAX: usize = 120;

/// The one or two changes that are proven to be what was misread; none where no digit is wrong.
pub fn repair(seen: &SeenZone, thresholds: Thresholds) -> Option<Vec<Change>> {
    if seen.zone.checks().none_refuted() {
        return None;
    }
    let thoughts = thoughts(seen, thresholds.plain + thresholds.blind)?;
    let mut right = right(&seen.zone, &thoughts);
    right.sort_by(|a, b| behind(a).total_cmp(&behind(b)));
    let mut right = right.into_iter();
    let likeliest = right.next()?;
    let plausible = likeliest
        .iter()
        .all(|change| change.behind < thresholds.plain);
    let alone = right.all(|other| behind(&other) >= behind(&likeliest) + thresholds.blind);
    (plausible && alone).then_some(likeliest)
}

fn behind(changes: &[Change]) -> f32 {
    changes.iter().map(|change| change.behind).sum()
}

/// The zone after a repair; the margins at the repaired places are gone.
pub fn repaired(seen: SeenZone, changes: &[Change]) -> SeenZone {
    changes
        .iter()
        .fold(seen, |seen, change| seen.with(change.cell, change.to))
}

/// Everything else the reader thought of at the places that the digits cover, as far as it may stand there.
fn thoughts(seen: &SeenZone, behind_max: f32) -> Option<Vec<Change>> {
    let covered: Vec<Cell> = Check::ALL
        .into_iter()
        .filter_map(|check| seen.zone.covered(check))
        .flat_map(|(cells, digit)| cells.into_iter().chain([digit]))
        .collect();
    let thoughts: Vec<Change> = seen
        .places()
        .filter(|(cell, _)| covered.contains(cell))
        .flat_map(|(cell, glyph)| {
            let alphabet = seen.alphabet(cell);
            let may_be = move |other: &&Alternative| {
                alphabet.contains(other.character) && other.behind < behind_max
            };
            glyph
                .alternatives
                .iter()
                .filter(may_be)
                .map(move |other| Change {
                    cell,
                    to: other.character,
                    behind: other.behind,
                })
        })
        .collect();
    (thoughts.len() <= THOUGHTS_MAX).then_some(thoughts)
}

/// The changes that make every digit right: of one character, or of two of which neither does it alone.
fn right(zone: &Zone, thoughts: &[Change]) -> Vec<Vec<Change>> {
    let (alone, not_alone): (Vec<Change>, Vec<Change>) = thoughts
        .iter()
        .partition(|one| changed(zone, one).checks().none_refuted());
    let pairs = not_alone.iter().enumerate().flat_map(|(at, one)| {
        let half = changed(zone, one);
        not_alone
            .iter()
            .skip(at + 1)
            .filter(move |other| {
                other.cell != one.cell && changed(&half, other).checks().none_refuted()
            })
            .map(|other| vec![*one, *other])
    });
    alone.iter().map(|one| vec![*one]).chain(pairs).collect()
}

fn changed(zone: &Zone, change: &Change) -> Zone {
    zone.with(change.cell, change.to)
}

#[cfg(test)]
mod tests;
