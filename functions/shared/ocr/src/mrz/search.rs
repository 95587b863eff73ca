//! The search for zones on one page: coarse to fine, one stack of rows at a time.
//!
//! Never here: what is written in a row, and where a zone's document lies.

use image::GrayImage;

use super::lean::lean;
use super::net::Net;
use super::row::{Row, rows};
use super::settle::{Settled, settled};
use super::side::{Side, probed};
use super::sighting::Sighting;
use super::stack::{Stack, stacks};
use crate::raster::{Ink, Pyramid, blobs, calmed, doubled, ink, noise};

/// Surroundings that decide what is ink, pixels of the raster rows are looked for on.
const INK_RADIUS_PX: u32 = 15;
/// How much darker than its surroundings ink is at least.
const CONTRAST_MIN: u8 = 12;
/// How much darker bold print is: lines of a guilloche seldom are, and seldom at a coarser raster.
const BOLD_CONTRAST_MIN: u8 = 48;
/// And in standard deviations of the noise: less is a speck.
const CONTRAST_NOISES: f32 = 2.5;
/// Capitals of this height are found for sure, pixels; finer rasters need not be looked at.
const FOUND_FOR_SURE_PX: f32 = 13.0;
/// A page smaller than this is looked at twice as large too, pixels of its longer side.
const SMALL_PAGE_PX: u32 = 1300;
/// Stacks of a raster that are looked at in vain, the likeliest first; and where a zone was found already.
const STACKS_MAX: usize = 12;
const MORE_STACKS_MAX: usize = 4;
/// Rows that detection may have missed on either side of a stack: two of three.
const ROWS_MISSED_MAX: usize = 2;
/// Characters that look less like those of a zone are not read further; and where a zone was proven already,
/// for others in the same light.
const LIKENESS_MIN: f32 = 0.76;
const MORE_LIKENESS_MIN: f32 = 0.85;
/// A side that looks this much less likely than the other is not read.
const DOUBT: f32 = 0.15;

/// What was found on a page so far, and where nothing need be looked for again.
pub(super) struct Search<'a> {
    net: &'a Net,
    page: &'a Pyramid,
    found: Vec<Settled>,
    /// Where characters were looked at that are none of a zone, and on which raster: bolder ink shows most
    /// of them again.
    refused: Vec<(Row, f32)>,
}

impl<'a> Search<'a> {
    pub const fn new(net: &'a Net, page: &'a Pyramid) -> Self {
        Self {
            net,
            page,
            found: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// The zones that were found.
    pub fn found(self) -> Vec<Settled> {
        self.found
    }

    /// Looks for rows of this ink, on the coarsest raster first.
    pub fn look_over(&mut self, inked: fn(&GrayImage) -> Ink) {
        let mut factor = 1 << (self.page.levels().len() - 1);
        for raster in self.page.levels().iter().rev() {
            #[expect(clippy::cast_precision_loss, reason = "a power of two")]
            let scale = factor as f32;
            let proven_before = self.has_proven();
            self.look(&inked(raster), scale);
            let pitch = self
                .found
                .iter()
                .map(|zone| zone.pitch_px() / scale)
                .fold(0.0, f32::max);
            // OCR-B has one size in all zones: others are no smaller than a raster finer shows.
            if pitch > FOUND_FOR_SURE_PX || proven_before {
                break;
            }
            factor /= 2;
        }
        let (width, height) = self.page.page().dimensions();
        if self.found.is_empty() && width.max(height) < SMALL_PAGE_PX {
            self.look(&inked(&doubled(self.page.page())), 0.5);
        }
    }

    /// Looks for zones whose characters a guilloche ties together. Its lines fade on coarser rasters, and
    /// where characters are so small that the finest is needed it is no more than a shade.
    pub fn look_for_bold(&mut self) {
        let mut scale = 1.0;
        for raster in self.page.levels().iter().skip(1) {
            scale *= 2.0;
            self.look(&bold(raster), scale);
        }
    }

    /// Looks for rows in the ink of one raster, whose pixels are `scale` page pixels wide, and reads
    /// their stacks.
    fn look(&mut self, ink: &Ink, scale: f32) {
        let rows: Vec<Row> = rows(&blobs(ink))
            .iter()
            .map(|row| row.scaled(scale))
            .filter(|row| !self.is_found(row))
            .collect();
        let mut in_vain = 0;
        for stack in stacks(&rows) {
            let most = if self.found.is_empty() {
                STACKS_MAX
            } else {
                MORE_STACKS_MAX
            };
            if in_vain >= most {
                break;
            }
            in_vain += 1;
            let Some(clearest) = stack.rows.get(stack.clearest()).copied() else {
                continue;
            };
            if stack.rows.iter().any(|row| self.is_found(row)) || self.is_refused(&clearest, scale)
            {
                continue;
            }
            let zone = self.read(stack.leaning(lean(self.page, &clearest)));
            match zone.and_then(|zone| settled(self.net, self.page, zone)) {
                Some(zone) => {
                    self.add(zone);
                    in_vain -= 1;
                }
                None => self.refused.push((probed(&clearest), scale)),
            }
        }
    }

    /// Whether a zone was found whose check digits prove it.
    fn has_proven(&self) -> bool {
        self.found.iter().any(Settled::is_proven)
    }

    /// Whether a row belongs to a zone that was found.
    fn is_found(&self, row: &Row) -> bool {
        self.found.iter().any(|zone| zone.holds(row))
    }

    /// Whether characters of a row were looked at before, and were none of a zone: on a raster as fine, for
    /// on a coarser one the row may not have lain where it is.
    fn is_refused(&self, row: &Row, scale: f32) -> bool {
        self.refused
            .iter()
            .any(|(piece, seen_at)| *seen_at <= scale && row.runs_along(piece))
    }

    /// Adds a zone; of those on the same ink the likeliest stays.
    fn add(&mut self, zone: Settled) {
        if self
            .found
            .iter()
            .all(|other| !zone.overlaps(other) || other.score() < zone.score())
        {
            self.found.retain(|other| !zone.overlaps(other));
            self.found.push(zone);
        }
    }

    /// The best zone in a stack, read from either side.
    fn read(&self, stack: Stack) -> Option<Sighting> {
        let sides = [stack.reversed(), stack].map(|stack| {
            let side = Side::new(self.net, self.page, stack);
            (side.probe(), side)
        });
        let least = if self.has_proven() {
            MORE_LIKENESS_MIN
        } else {
            LIKENESS_MIN
        };
        let mut sides: Vec<Side> = likely(sides, least);
        let mut best: Option<Sighting> = None;
        for extended in 0..=ROWS_MISSED_MAX {
            for side in &mut sides {
                if extended > 0 && !side.extend() {
                    continue;
                }
                for sighting in side.sightings() {
                    if best
                        .as_ref()
                        .is_none_or(|best| best.score() < sighting.score())
                    {
                        best = Some(sighting);
                    }
                }
                if best
                    .as_ref()
                    .is_some_and(|best| best.is_zone() && best.refuted == 0)
                {
                    return best;
                }
            }
            if best.as_ref().is_some_and(Sighting::is_zone) {
                return best;
            }
        }
        None
    }
}

/// What stands out on a raster from its surroundings.
pub(super) fn plain(raster: &GrayImage) -> Ink {
    ink(raster, INK_RADIUS_PX, CONTRAST_MIN)
}

/// What stands out boldly: print without the guilloche that ties its characters together.
fn bold(raster: &GrayImage) -> Ink {
    ink(raster, INK_RADIUS_PX, BOLD_CONTRAST_MIN)
}

/// What stands out from its surroundings and from the noise that little light leaves.
pub(super) fn through_noise(raster: &GrayImage) -> Ink {
    if CONTRAST_NOISES * noise(raster) < f32::from(CONTRAST_MIN) {
        return plain(raster);
    }
    let calm = calmed(raster);
    let specks = CONTRAST_NOISES * noise(&calm);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to integer saturates"
    )]
    ink(&calm, INK_RADIUS_PX, CONTRAST_MIN.max(specks as u8))
}

/// The sides from which a stack looks like a zone, the likelier first; the other only where it is as likely.
fn likely(sides: [(f32, Side); 2], least: f32) -> Vec<Side> {
    let most = sides
        .iter()
        .map(|(likeness, _)| *likeness)
        .fold(0.0, f32::max);
    let mut sides: Vec<(f32, Side)> = sides
        .into_iter()
        .filter(|(likeness, _)| *likeness > least.max(most - DOUBT))
        .collect();
    sides.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    sides.into_iter().map(|(_, side)| side).collect()
}
