//! A zone put in its place: where its document lies, and a second look along its true lines.
//!
//! Never here: finding one.

use super::FoundMrz;
use super::course::Course;
use super::geometry::{self, PITCH_MM};
use super::net::Net;
use super::posterior::{GRID_PER_PX, Posterior};
use super::row::Row;
use super::sighting::{Seen, Sighting};
use super::strip::{MARGIN, Strip};
use crate::frame::Frame;
use crate::homography::Homography;
use crate::raster::Pyramid;

/// The two views whose mean is taken where the first was not clear, heights of a capital.
const ZOOMS: [f32; 2] = [1.3, 1.65];
/// By how many characters the first look may have been off.
const SHIFTS: [f32; 5] = [0.0, -1.0, 1.0, -0.5, 0.5];

/// A zone and where its document's millimetres lie on the page.
pub(super) struct Settled {
    sighting: Sighting,
    to_page: Homography,
    strip: Frame,
    document: Frame,
}

/// Puts a zone in its place, and looks again along its true lines where the first look was not clear.
pub(super) fn settled(net: &Net, page: &Pyramid, first: Sighting) -> Option<Settled> {
    let mut to_page = first.located()?;
    let mut best = first;
    if !best.is_clear()
        && let Some(again) = looked_again(net, page, &best, &to_page)
        && (again.score() >= best.score() - 0.05
            || (again.is_aligned() && !best.is_aligned() && again.score() > best.score() - 0.4))
    {
        to_page = again.located().unwrap_or(to_page);
        best = again;
    }
    Some(Settled {
        strip: geometry::zone_frame(best.format, &to_page),
        document: geometry::document_frame(best.format, &to_page),
        sighting: best,
        to_page,
    })
}

impl Settled {
    /// Mean distance between characters, page pixels.
    pub fn pitch_px(&self) -> f32 {
        let format = self.sighting.format;
        let middle = geometry::character_mm(format, 0, format.line_length() / 2);
        let [across, _] = self.to_page.scale_at(middle);
        across * PITCH_MM
    }

    /// Whether both lie on the same ink, so that one of them is no zone.
    pub fn overlaps(&self, other: &Self) -> bool {
        let within = |a: &Self, b: &Self| b.strip.contains(a.strip.middle());
        within(self, other) || within(other, self)
    }

    /// What the choice between two zones on the same ink goes by.
    pub fn score(&self) -> f32 {
        self.sighting.score()
    }

    /// Whether its check digits prove it.
    pub const fn is_proven(&self) -> bool {
        self.sighting.is_proven()
    }

    /// Whether a row is one of its lines, or where its check digits prove it, other print of its document:
    /// a side of a document has one zone.
    pub fn holds(&self, row: &Row) -> bool {
        let [from, until] = row.span;
        let points = [0.1, 0.5, 0.9].map(|share| row.at(from + share * (until - from)));
        points.iter().any(|point| self.strip.contains(*point))
            || (self.is_proven() && points.iter().all(|point| self.document.contains(*point)))
    }

    /// What is handed on.
    pub fn found(&self) -> FoundMrz {
        FoundMrz {
            reading: self.sighting.reading(&self.to_page),
            frame: self.document,
            strip: self.strip,
            pitch_px: self.pitch_px(),
        }
    }
}

fn looked_again(
    net: &Net,
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
                let posterior = net.read(&strip.view(page))?;
                Some(Seen { strip, posterior })
            });
            let mut seen = views.next()?;
            views.for_each(|other| seen.posterior.blend(&other.posterior));
            Some(seen)
        })
        .collect();
    let seen = seen?;
    let lines: Vec<&Seen> = seen.iter().collect();
    let pitch = Strip::pitch_px();
    SHIFTS
        .iter()
        .filter_map(|shift| {
            let first_point = Posterior::point((MARGIN + shift) * pitch);
            let course = Course::from(first_point, pitch * GRID_PER_PX);
            Sighting::decode(first.format, &lines, course)
        })
        .reduce(|best, other| {
            if other.score() > best.score() + 0.02 {
                other
            } else {
                best
            }
        })
}
