//! The permit to leave for permanent residence, A4, in three layouts.

mod decision;
mod electronic;
mod notification;

use casework::reading::DocumentKind;
use jiff::civil::Date;

use crate::country::Country;
use crate::draw::backdrop::specimen_mark;
use crate::draw::canvas::{Area, Canvas};
use crate::draw::face::Faces;
use crate::paper::drawing::{DrawError, Drawing, Press, dotted};
use crate::person::Person;

/// Width and height, millimetres (A4).
pub const SIZE: (f32, f32) = (210.0, 297.0);
/// Enough for a scan of 300 dpi.
pub const DOTS_PER_MM: f32 = 14.0;

/// How the permit is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A police notification with labelled lines.
    Notification,
    /// A decision in a ruled table.
    Decision,
    /// A page of the e-government portal: sentences and a QR code.
    Electronic,
}

/// One permit.
#[derive(Debug, Clone)]
pub struct Permit {
    /// Whom it lets leave.
    pub holder: Person,
    /// Its number, without `№`.
    pub number: String,
    /// Its date.
    pub issued: Date,
    /// Police department or migration service.
    pub authority: String,
    /// Where to.
    pub destination: &'static Country,
    /// The last day it may be used.
    pub valid_until: Option<Date>,
    /// How it is laid out.
    pub layout: Layout,
}

impl Permit {
    /// The page.
    ///
    /// # Errors
    /// When the QR code cannot hold its text.
    pub fn page(&self, faces: &Faces, seed: u64) -> Result<Drawing, DrawError> {
        let mut press = Press::for_sheets(faces, seed, "permit");
        let canvas = Canvas::new(SIZE, DOTS_PER_MM, [253, 253, 251]);
        let mut drawing = Drawing::new(DocumentKind::ExitPermit, canvas);
        match self.layout {
            Layout::Notification => notification::print(self, &mut drawing, &mut press),
            Layout::Decision => decision::print(self, &mut drawing, &mut press),
            Layout::Electronic => electronic::print(self, &mut drawing, &mut press)?,
        }
        specimen_mark(&mut drawing.canvas, faces, 24.0);
        Ok(drawing)
    }

    /// What a labelled layout says: field, value as shown, value by the contract.
    fn entries(&self) -> Vec<(&'static str, String, String)> {
        let holder = &self.holder;
        let date = |field, date: Date| (field, dotted(date), date.to_string());
        let same = |field, text: &str| (field, text.to_owned(), text.to_owned());
        let mut entries = vec![
            same("surname", &holder.surname),
            same("given_names", &holder.given_names),
        ];
        entries.extend(
            holder
                .patronymic
                .as_deref()
                .map(|name| same("patronymic", name)),
        );
        entries.push(date("birth_date", holder.birth_date));
        entries.push(same("iin", &holder.iin));
        entries.push(same("destination_country", self.destination.russian));
        entries.extend(self.valid_until.map(|until| date("valid_until", until)));
        entries
    }
}

/// A signature scribble with a rule under it.
fn sign(drawing: &mut Drawing, press: &mut Press<'_>, at: (f32, f32)) {
    scribble(&mut drawing.canvas, press, at);
    let rule = ((at.0, at.1 + 1.0), (at.0 + 42.0, at.1 + 1.0));
    drawing.canvas.stroke(rule.0, rule.1, 0.25, [60; 3], 1.0);
}

/// Loops of a pen, in the blue of a ball point.
pub fn scribble(canvas: &mut Canvas, press: &mut Press<'_>, at: (f32, f32)) {
    let turns = press.chance.between(3.0, 6.0);
    let (tall, lean) = (
        press.chance.between(3.0, 5.5),
        press.chance.between(0.2, 0.7),
    );
    let points: Vec<_> = (0_u8..=120)
        .map(|step| {
            let share = f32::from(step) / 120.0;
            let angle = share * turns * std::f32::consts::TAU;
            let lift = tall * (1.0 - share * 0.6) * angle.sin();
            (
                at.0 + 3.0 + share * 30.0 + lift * lean + 2.0 * angle.cos(),
                at.1 - 2.5 - lift * 0.8,
            )
        })
        .collect();
    canvas.polyline(&points, 0.42, [34, 48, 130], 0.9);
}

/// A round stamp, faint, such as lies over signatures.
fn stamp(drawing: &mut Drawing, press: &mut Press<'_>, centre: (f32, f32)) {
    let ink = [60, 74, 160];
    for radius in [17.0, 15.8, 10.5] {
        let points: Vec<_> = (0_u8..=96)
            .map(|step| {
                let turn = f32::from(step) / 96.0 * std::f32::consts::TAU;
                (
                    centre.0 + radius * turn.cos(),
                    centre.1 + radius * turn.sin(),
                )
            })
            .collect();
        drawing.canvas.polyline(&points, 0.35, ink, 0.45);
    }
    let mut title = press.title(3.0).inked(ink);
    title.alpha = 0.5;
    for (row, text) in [(-3.0, "ІІМ"), (0.8, "ҮЛГІ"), (4.6, "МВД РК")] {
        let left = centre.0 - title.width(text) / 2.0;
        drawing.canvas.text(&title, (left, centre.1 + row), text);
    }
}

/// Centres a line of text on the page.
fn centred(
    drawing: &mut Drawing,
    style: &crate::draw::text::Type<'_>,
    line: f32,
    text: &str,
) -> Area {
    let style = style.fitted(text, SIZE.0 - 40.0);
    drawing
        .canvas
        .text(&style, ((SIZE.0 - style.width(text)) / 2.0, line), text)
}
