//! Finds zones on a page and reads them: coarse to fine, one stack of rows at a time.

use casework::mrz::Format;
use image::GrayImage;

use super::geometry::{self, PITCH_MM};
use super::net::{Net, NetError};
use super::posterior::{GRID_PER_PX, Pitch};
use super::row::{Row, rows};
use super::sighting::{Seen, Sighting};
use super::stack::{Stack, stacks};
use super::strip::Strip;
use super::{FoundMrz, ReadMrz};
use crate::homography::Homography;
use crate::page::Page;
use crate::raster::{Pyramid, blobs, ink, resize};

/// Reads zones with the small net; one thread, no state between pages.
pub struct MrzReader {
    net: Net,
}

/// Surroundings that decide what is ink, pixels of the raster rows are looked for on.
const INK_RADIUS_PX: u32 = 15;
/// How much darker than its surroundings ink is.
const INK_DELTA: u8 = 12;
/// Capitals of this height are found for sure, pixels; finer rasters need not be looked at.
const FOUND_FOR_SURE_PX: f32 = 13.0;
/// A page smaller than this is looked at twice as large too, pixels of its longer side.
const SMALL_PAGE_PX: u32 = 1300;
/// Heights of a capital that a strip shows.
const ZOOM: f32 = 1.4;
/// The two views whose mean is taken where the first was not clear.
const ZOOMS: [f32; 2] = [1.3, 1.65];

impl MrzReader {
    /// Loads the net.
    ///
    /// # Errors
    /// [`NetError`] if the weights in this program are broken.
    pub fn new() -> Result<Self, NetError> {
        Ok(Self { net: Net::load()? })
    }

    /// Every zone on a page given as a pyramid.
    pub fn zones_on(&self, page: &Pyramid) -> Vec<FoundMrz> {
        let mut found: Vec<FoundMrz> = Vec::new();
        let mut factor = 1 << (page.levels().len() - 1);
        for raster in page.levels().iter().rev() {
            #[expect(clippy::cast_precision_loss, reason = "a power of two")]
            let scale = factor as f32;
            self.look(page, raster, scale, &mut found);
            let pitch = found
                .iter()
                .map(|zone| zone.pitch_px / scale)
                .fold(0.0, f32::max);
            if pitch > FOUND_FOR_SURE_PX {
                return found;
            }
            factor /= 2;
        }
        let (width, height) = page.page().dimensions();
        if found.is_empty() && width.max(height) < SMALL_PAGE_PX {
            let larger = resize(page.page(), 2 * width, 2 * height);
            self.look(page, &larger, 0.5, &mut found);
        }
        found
    }

    /// Looks for rows on one raster, whose pixels are `scale` page pixels wide, and reads their stacks.
    fn look(&self, page: &Pyramid, raster: &GrayImage, scale: f32, found: &mut Vec<FoundMrz>) {
        let on_raster = rows(&blobs(&ink(raster, INK_RADIUS_PX, INK_DELTA)));
        let new: Vec<Row> = on_raster
            .iter()
            .map(|row| row.scaled(scale))
            .filter(|row| {
                let middle = row.at(row.span[0].midpoint(row.span[1]));
                !found.iter().any(|zone| zone.strip.contains(middle))
            })
            .collect();
        for stack in stacks(&new) {
            if stack.rows.iter().any(|row| {
                let middle = row.at(row.span[0].midpoint(row.span[1]));
                found.iter().any(|zone| zone.strip.contains(middle))
            }) {
                continue;
            }
            if let Some(sighting) = self.read_stack(page, &stack) {
                found.extend(self.settled(page, sighting));
            }
        }
    }

    /// The best zone in a stack, read from either side.
    fn read_stack(&self, page: &Pyramid, stack: &Stack) -> Option<Sighting> {
        let upright = Rows::new(self, page, stack.evened());
        let turned = Rows::new(self, page, stack.evened().reversed());
        let mut sides = [upright, turned];
        let mut best: Option<Sighting> = None;
        for extended in [false, true] {
            for side in &mut sides {
                if extended && !side.extend() {
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

    /// Puts a zone in its place, and looks again along its true lines where the first look was not clear.
    fn settled(&self, page: &Pyramid, first: Sighting) -> Option<FoundMrz> {
        let mut to_page = first.located()?;
        let mut best = first;
        if !best.is_clear()
            && let Some(again) = self.looked_again(page, &best, &to_page)
            && again.score() >= best.score() - 0.05
        {
            to_page = again.located().unwrap_or(to_page);
            best = again;
        }
        let [pitch, _] = to_page
            .scale_at(geometry::character_mm(
                best.format,
                0,
                best.format.line_length() / 2,
            ))
            .map(|px_per_mm| px_per_mm * PITCH_MM);
        Some(FoundMrz {
            reading: best.reading(&to_page),
            frame: geometry::document_frame(best.format, &to_page),
            strip: geometry::zone_frame(best.format, &to_page),
            pitch_px: pitch,
        })
    }

    /// Reads a row; where ink goes on beyond its ends, a longer one.
    fn look_along(&self, page: &Pyramid, row: &Row) -> Option<Seen> {
        let mut row = *row;
        loop {
            let strip = Strip::along(&row, ZOOM)?;
            let posterior = self.net.read(&strip.view(page))?;
            let growth = posterior.inked.and_then(|ends| strip.cut_off(ends));
            match growth {
                Some(by) if posterior.sureness > SURENESS_MIN && row.length() < LENGTH_MAX => {
                    row = row.grown(by);
                }
                _ => return Some(Seen { strip, posterior }),
            }
        }
    }

    fn looked_again(
        &self,
        page: &Pyramid,
        first: &Sighting,
        to_page: &Homography,
    ) -> Option<Sighting> {
        let length = first.format.line_length();
        let seen: Option<Vec<Seen>> = (0..first.format.line_count())
            .map(|line| {
                let first_mm = geometry::character_mm(first.format, line, 0);
                let mut views = ZOOMS.iter().filter_map(|zoom| {
                    let strip = Strip::of_line(to_page, first_mm, length, *zoom)?;
                    let posterior = self.net.read(&strip.view(page))?;
                    Some(Seen { strip, posterior })
                });
                let mut seen = views.next()?;
                views.for_each(|other| seen.posterior.blend(&other.posterior));
                Some(seen)
            })
            .collect();
        let seen = seen?;
        let lines: Vec<&Seen> = seen.iter().collect();
        Sighting::decode(
            first.format,
            &lines,
            Pitch::even(Strip::pitch_px() * GRID_PER_PX),
        )
    }
}

impl ReadMrz for MrzReader {
    fn zones(&self, page: &Page) -> Vec<FoundMrz> {
        self.zones_on(&Pyramid::new(page.grey.clone()))
    }
}

/// The rows of a stack in one reading direction, each read when it is first asked for.
struct Rows<'a> {
    reader: &'a MrzReader,
    page: &'a Pyramid,
    stack: Stack,
    seen: Vec<Look>,
    probe: usize,
}

/// What became of looking at a row.
#[derive(Clone)]
enum Look {
    NotYet,
    Nothing,
    Seen(Box<Seen>),
}

impl Look {
    fn seen(&self) -> Option<&Seen> {
        match self {
            Self::Seen(seen) => Some(seen),
            Self::NotYet | Self::Nothing => None,
        }
    }
}

/// A row whose characters are less sure than this on the whole is none of a zone.
const SURENESS_MIN: f32 = 0.5;
/// A row shorter than this is none of a zone even where its ends are worn, in characters.
const LENGTH_MIN: f32 = 20.0;
/// No row grows beyond this, in characters.
const LENGTH_MAX: f32 = 48.0;
/// Two fillers, in columns of the net.
const FILLER_COLUMNS_MIN: usize = 4;

impl<'a> Rows<'a> {
    fn new(reader: &'a MrzReader, page: &'a Pyramid, stack: Stack) -> Self {
        let most = stack
            .rows
            .iter()
            .enumerate()
            .max_by_key(|(_, row)| row.count);
        Self {
            reader,
            page,
            seen: vec![Look::NotYet; stack.rows.len()],
            probe: most.map_or(0, |(index, _)| index),
            stack,
        }
    }

    fn see(&mut self, index: usize) -> Option<&Seen> {
        let row = self.stack.rows.get(index)?;
        let look = self.seen.get_mut(index)?;
        if matches!(look, Look::NotYet) {
            let seen = self.reader.look_along(self.page, row);
            *look = seen.map_or(Look::Nothing, |seen| Look::Seen(Box::new(seen)));
        }
        look.seen()
    }

    /// Whether its best row looks like characters of a zone read from this side.
    fn promises(&mut self) -> bool {
        let probe = self.probe;
        self.see(probe).is_some_and(|seen| {
            let length = seen.posterior.length().unwrap_or(0.0);
            length > LENGTH_MIN && seen.posterior.sureness > SURENESS_MIN
        })
    }

    /// Whether its best row has fillers, so that a line must be missing.
    fn has_fillers(&mut self) -> bool {
        let probe = self.probe;
        self.see(probe)
            .is_some_and(|seen| seen.posterior.fillers >= FILLER_COLUMNS_MIN)
    }

    /// Adds the rows that detection may have missed; whether that is worth a try.
    fn extend(&mut self) -> bool {
        if !self.promises() || !self.has_fillers() {
            return false;
        }
        let Some(extended) = self.stack.extended() else {
            return false;
        };
        self.stack = extended;
        self.seen.insert(0, Look::NotYet);
        self.seen.push(Look::NotYet);
        self.probe += 1;
        true
    }

    /// Every way to read two or three neighbouring rows as a format.
    fn sightings(&mut self) -> Vec<Sighting> {
        if !self.promises() {
            return Vec::new();
        }
        for index in 0..self.stack.rows.len() {
            self.see(index);
        }
        let mut sightings = Vec::new();
        for format in [Format::Td1, Format::Td2, Format::Td3] {
            for window in self.seen.windows(format.line_count()) {
                let seen: Option<Vec<&Seen>> = window.iter().map(Look::seen).collect();
                sightings.extend(seen.and_then(|seen| sighting(format, &seen)));
            }
        }
        sightings
    }
}

/// Decodes rows as a format where they are long enough for its lines.
fn sighting(format: Format, seen: &[&Seen]) -> Option<Sighting> {
    let mut pitches: Vec<Pitch> = seen
        .iter()
        .filter_map(|seen| seen.posterior.pitch)
        .collect();
    pitches.sort_by(|a, b| a.first.total_cmp(&b.first));
    let pitch = *pitches.get(pitches.len() / 2)?;
    #[expect(clippy::cast_precision_loss, reason = "44 at most")]
    let length = format.line_length() as f32;
    let longest = seen
        .iter()
        .filter_map(|seen| seen.posterior.length())
        .fold(0.0, f32::max);
    (longest > length - SHORT_MAX).then(|| Sighting::decode(format, seen, pitch))?
}

/// So many characters of a line may be worn away.
const SHORT_MAX: f32 = 7.0;
