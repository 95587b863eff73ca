//! Finds zones on a page and reads them: coarse to fine, one stack of rows at a time.

use image::GrayImage;

use super::lean::lean;
use super::net::{Net, NetError};
use super::row::{Row, rows};
use super::settle::{Settled, settled};
use super::side::Side;
use super::sighting::Sighting;
use super::stack::{Stack, stacks};
use super::{FoundMrz, ReadMrz};
use crate::page::Page;
use crate::raster::{Ink, Pyramid, blobs, calmed, doubled, ink, lit, noise};

/// Reads zones with the small net; one thread, no state between pages.
pub struct MrzReader {
    net: Net,
}

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
/// Stacks of a raster that are looked at, those with most characters first.
const STACKS_MAX: usize = 12;
/// Rows that detection may have missed on either side of a stack: two of three.
const ROWS_MISSED_MAX: usize = 2;
/// Characters that look less like those of a zone are not read further.
const LIKENESS_MIN: f32 = 0.73;

impl MrzReader {
    /// Loads the net.
    ///
    /// # Errors
    /// [`NetError`] if the weights in this program are broken.
    pub fn new() -> Result<Self, NetError> {
        Ok(Self { net: Net::load()? })
    }

    /// Every zone on a page. A dark one on which none is seen is looked at again as if it had more light.
    pub fn zones_on(&self, page: &GrayImage) -> Vec<FoundMrz> {
        let as_it_is = Pyramid::new(page.clone());
        let mut found = Vec::new();
        self.look_over(&as_it_is, plain, &mut found);
        self.look_for_bold(&as_it_is, &mut found);
        if found.is_empty()
            && let Some(lit) = lit(page)
        {
            self.look_over(&Pyramid::new(lit), through_noise, &mut found);
        }
        found.iter().map(Settled::found).collect()
    }

    /// Adds the zones that rows of this ink make, on the coarsest raster first.
    fn look_over(&self, page: &Pyramid, inked: fn(&GrayImage) -> Ink, found: &mut Vec<Settled>) {
        let mut factor = 1 << (page.levels().len() - 1);
        for raster in page.levels().iter().rev() {
            #[expect(clippy::cast_precision_loss, reason = "a power of two")]
            let scale = factor as f32;
            self.look(page, &inked(raster), scale, found);
            let pitch = found
                .iter()
                .map(|zone| zone.pitch_px() / scale)
                .fold(0.0, f32::max);
            if pitch > FOUND_FOR_SURE_PX {
                break;
            }
            factor /= 2;
        }
        let (width, height) = page.page().dimensions();
        if found.is_empty() && width.max(height) < SMALL_PAGE_PX {
            self.look(page, &inked(&doubled(page.page())), 0.5, found);
        }
    }

    /// Adds the zones whose characters a guilloche ties together. Its lines fade on coarser rasters, and
    /// where characters are so small that the finest is needed it is no more than a shade.
    fn look_for_bold(&self, page: &Pyramid, found: &mut Vec<Settled>) {
        let mut scale = 1.0;
        for raster in page.levels().iter().skip(1) {
            scale *= 2.0;
            self.look(page, &bold(raster), scale, found);
        }
    }

    /// Looks for rows in the ink of one raster, whose pixels are `scale` page pixels wide, and reads
    /// their stacks.
    fn look(&self, page: &Pyramid, ink: &Ink, scale: f32, found: &mut Vec<Settled>) {
        let rows: Vec<Row> = rows(&blobs(ink))
            .iter()
            .map(|row| row.scaled(scale))
            .filter(|row| !found.iter().any(|zone| zone.holds(row)))
            .collect();
        for stack in stacks(&rows).into_iter().take(STACKS_MAX) {
            if stack
                .rows
                .iter()
                .any(|row| found.iter().any(|zone| zone.holds(row)))
            {
                continue;
            }
            let zone = self.read_stack(page, &stack);
            if let Some(zone) = zone.and_then(|zone| settled(&self.net, page, zone)) {
                add(found, zone);
            }
        }
    }

    /// The best zone in a stack, read from either side.
    fn read_stack(&self, page: &Pyramid, stack: &Stack) -> Option<Sighting> {
        let evened = stack.evened();
        let clearest = evened.rows.get(evened.clearest())?;
        let evened = evened.leaning(lean(page, clearest));
        let sides = [evened.reversed(), evened].map(|stack| {
            let side = Side::new(&self.net, page, stack);
            (side.probe(), side)
        });
        let mut sides: Vec<Side> = likely(sides);
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

/// Adds a zone; of those on the same ink the likeliest stays.
fn add(found: &mut Vec<Settled>, zone: Settled) {
    if found
        .iter()
        .all(|other| !zone.overlaps(other) || other.score() < zone.score())
    {
        found.retain(|other| !zone.overlaps(other));
        found.push(zone);
    }
}

/// What stands out on a raster from its surroundings.
fn plain(raster: &GrayImage) -> Ink {
    ink(raster, INK_RADIUS_PX, CONTRAST_MIN)
}

/// What stands out boldly: print without the guilloche that ties its characters together.
fn bold(raster: &GrayImage) -> Ink {
    ink(raster, INK_RADIUS_PX, BOLD_CONTRAST_MIN)
}

/// What stands out from its surroundings and from the noise that little light leaves.
fn through_noise(raster: &GrayImage) -> Ink {
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
fn likely(sides: [(f32, Side); 2]) -> Vec<Side> {
    let most = sides
        .iter()
        .map(|(likeness, _)| *likeness)
        .fold(0.0, f32::max);
    let mut sides: Vec<(f32, Side)> = sides
        .into_iter()
        .filter(|(likeness, _)| *likeness > LIKENESS_MIN.max(most - DOUBT))
        .collect();
    sides.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    sides.into_iter().map(|(_, side)| side).collect()
}

/// A side that looks this much less likely than the other is not read.
const DOUBT: f32 = 0.15;

impl ReadMrz for MrzReader {
    fn zones(&self, page: &Page) -> Vec<FoundMrz> {
        self.zones_on(&page.grey)
    }
}
