//! The rows of a stack read in one direction, each when it is first asked for.
//!
//! Never here: which direction is right.

use casework::mrz::Format;

use super::centre::{Reach, centred};
use super::course::{Course, Pitch};
use super::net::Net;
use super::row::Row;
use super::sighting::{Seen, Sighting};
use super::stack::Stack;
use super::strip::Strip;
use crate::raster::Pyramid;

/// The rows of a stack in one reading direction.
pub(super) struct Side<'a> {
    net: &'a Net,
    page: &'a Pyramid,
    stack: Stack,
    looks: Vec<Look>,
    probe: usize,
}

/// What became of looking at a row.
#[derive(Clone)]
enum Look {
    NotYet(Reach),
    Nothing,
    Seen(Box<Seen>),
}

impl Look {
    fn seen(&self) -> Option<&Seen> {
        match self {
            Self::Seen(seen) => Some(seen),
            Self::NotYet(_) | Self::Nothing => None,
        }
    }
}

/// A row whose characters are less sure than this on the whole is none of a zone.
const SURENESS_MIN: f32 = 0.5;
/// A row shorter than this is none of a zone even where its ends are worn, in characters.
const LENGTH_MIN: f32 = 20.0;
/// No row grows beyond this, in characters.
const LENGTH_MAX: f32 = 46.0;
/// Two fillers, in columns of the net.
const FILLER_COLUMNS_MIN: usize = 4;
/// So many characters of a line may be worn away.
const SHORT_MAX: f32 = 7.0;
/// What a probe looks at, in characters.
const PROBE_LENGTH: f32 = 14.0;

impl<'a> Side<'a> {
    pub fn new(net: &'a Net, page: &'a Pyramid, stack: Stack) -> Self {
        Self {
            net,
            page,
            looks: vec![Look::NotYet(Reach::Fitted); stack.rows.len()],
            probe: stack.clearest(),
            stack,
        }
    }

    /// How much a few characters in the middle of the best row look like those of a zone, 0 to 1.
    pub fn probe(&self) -> f32 {
        let Some(row) = self.stack.rows.get(self.probe) else {
            return 0.0;
        };
        let seen =
            Strip::along(&probed(row)).and_then(|strip| self.net.read(&strip.view(self.page)));
        seen.map_or(0.0, |seen| seen.likeness())
    }

    /// Every way to read two or three neighbouring rows as a format.
    pub fn sightings(&mut self) -> Vec<Sighting> {
        if !self.promises() {
            return Vec::new();
        }
        for index in 0..self.stack.rows.len() {
            self.see(index);
        }
        let mut sightings = Vec::new();
        for format in [Format::Td1, Format::Td2, Format::Td3] {
            for window in self.looks.windows(format.line_count()) {
                let seen: Option<Vec<&Seen>> = window.iter().map(Look::seen).collect();
                sightings.extend(seen.and_then(|seen| sighting(format, &seen)));
            }
        }
        sightings
    }

    /// Adds the rows that detection may have missed; whether that is worth a try.
    pub fn extend(&mut self) -> bool {
        if !self.promises() || !self.has_fillers() {
            return false;
        }
        let Some(extended) = self.stack.extended() else {
            return false;
        };
        self.stack = extended;
        self.looks.insert(0, Look::NotYet(Reach::Guessed));
        self.looks.push(Look::NotYet(Reach::Guessed));
        self.probe += 1;
        true
    }

    fn see(&mut self, index: usize) -> Option<&Seen> {
        let row = self.stack.rows.get_mut(index)?;
        let look = self.looks.get_mut(index)?;
        if let Look::NotYet(reach) = look {
            *row = centred(self.page, row, *reach);
            let seen = look_along(self.net, self.page, *row);
            *look = seen.map_or(Look::Nothing, |seen| Look::Seen(Box::new(seen)));
        }
        look.seen()
    }

    /// Whether its best row looks like characters of a zone read from this side.
    fn promises(&mut self) -> bool {
        self.see(self.probe).is_some_and(|seen| {
            let length = seen.posterior.length().unwrap_or(0.0);
            length > LENGTH_MIN && seen.posterior.sureness > SURENESS_MIN
        })
    }

    /// Whether its best row has fillers, so that a line must be missing.
    fn has_fillers(&mut self) -> bool {
        self.see(self.probe)
            .is_some_and(|seen| seen.posterior.fillers >= FILLER_COLUMNS_MIN)
    }
}

/// The part of a row that a probe looks at.
pub(super) fn probed(row: &Row) -> Row {
    row.middle(PROBE_LENGTH)
}

/// Reads a row; where ink goes on beyond its ends, a longer one.
fn look_along(net: &Net, page: &Pyramid, mut row: Row) -> Option<Seen> {
    loop {
        let strip = Strip::along(&row)?;
        let posterior = net.read(&strip.view(page))?;
        let growth = posterior.inked.and_then(|ends| strip.cut_off(ends));
        match growth {
            Some(by) if posterior.sureness > SURENESS_MIN && row.length() < LENGTH_MAX => {
                row = centred(page, &row.grown(by), Reach::Fitted);
            }
            _ => return Some(Seen { strip, posterior }),
        }
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
    (longest > length - SHORT_MAX)
        .then(|| Sighting::decode(format, seen, Course::anywhere(pitch)))?
}
