//! A paper drawn flat, with the truth of what was printed on it.

use casework::reading::DocumentKind;
use jiff::civil::Date;

use crate::chance::Chance;
use crate::draw::canvas::{Area, Canvas, Ink, Point};
use crate::draw::codes::CodeError;
use crate::draw::face::{Face, Faces};
use crate::draw::text::Type;

/// Width of a character cell of a machine readable zone (ICAO 9303-3 §4.9: ten to the inch).
const PITCH_MM: f32 = 2.54;
/// From line to line of a machine readable zone (ICAO 9303-3 §4.9: four to the inch).
const LINE_PITCH_MM: f32 = 6.35;

/// A paper drawn flat.
#[derive(Debug)]
pub struct Drawing {
    /// What it is.
    pub kind: DocumentKind,
    /// How it looks.
    pub canvas: Canvas,
    /// The lines of its machine readable zone; none for most papers.
    pub mrz: Vec<String>,
    /// What is printed on it.
    pub fields: Vec<Printed>,
}

/// One printed value.
#[derive(Debug, Clone)]
pub struct Printed {
    /// Field name of the reading contract.
    pub field: String,
    /// The value in the contract's form (dates `YYYY-MM-DD`).
    pub value: String,
    /// Where it stands, millimetres of the paper.
    pub area: Area,
}

/// Why a paper cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// A bar or QR code cannot hold its text.
    #[error("code: {0}")]
    Code(#[from] CodeError),
}

/// How one printing house sets one document: faces, sizes and inks, chosen once a document.
#[derive(Debug)]
pub struct Press<'a> {
    /// All faces.
    pub faces: &'a Faces,
    /// Further choices of this document.
    pub chance: Chance,
    /// Labels.
    pub label: Type<'a>,
    /// Values.
    pub value: Type<'a>,
}

impl<'a> Press<'a> {
    /// A press for cards and passports; label and value sizes in millimetres.
    pub fn for_cards(faces: &'a Faces, seed: u64, topic: &str) -> Self {
        let mut chance = Chance::new(seed, topic);
        let bold = chance.odds(0.35);
        let label_face = chance.one_of(&faces.sans);
        let value_face = chance.one_of(if bold { &faces.sans_bold } else { &faces.sans });
        let label_ink: Ink =
            *chance.one_of(&[[62, 82, 110], [70, 70, 74], [40, 76, 84], [96, 70, 60]]);
        let dark = (chance.between(14.0, 60.0), chance.between(0.8, 1.25));
        let (label_size, value_size) = (chance.between(1.55, 1.85), chance.between(2.6, 3.1));
        let label = Type::new(label_face, label_size).inked(label_ink);
        let value = Type {
            weight: dark.1,
            spacing: chance.between(0.0, 0.12),
            ..Type::new(value_face, value_size).inked(grey(dark.0))
        };
        Self {
            faces,
            chance,
            label,
            value,
        }
    }

    /// A press for typed sheets; one face for all, text size in millimetres.
    pub fn for_sheets(faces: &'a Faces, seed: u64, topic: &str) -> Self {
        let mut chance = Chance::new(seed, topic);
        let family: &'a [Face] = match chance.below(5) {
            0 => &faces.typewriter,
            1 => &faces.sans,
            _ => &faces.serif,
        };
        let face = chance.one_of(family);
        let ink = grey(chance.between(10.0, 55.0));
        let weight = chance.between(0.85, 1.2);
        let size = chance.between(3.7, 4.4);
        let text = Type {
            weight,
            ..Type::new(face, size).inked(ink)
        };
        Self {
            faces,
            chance,
            label: text,
            value: text,
        }
    }

    /// The bold sans face that titles use.
    pub fn title(&mut self, size: f32) -> Type<'a> {
        let faces = self.faces;
        Type::new(self.chance.one_of(&faces.sans_bold), size)
    }

    /// OCR-B at the given pitch in millimetres.
    fn machine(&mut self, pitch: f32) -> Type<'a> {
        let faces = self.faces;
        // OCR-B of size I has an em of about 1.41 pitches.
        let face = if self.chance.odds(0.6) {
            faces.machine.first()
        } else {
            None
        };
        let face = face.unwrap_or_else(|| self.chance.one_of(&faces.machine));
        Type {
            weight: self.chance.between(0.8, 1.3),
            ..Type::new(face, pitch * 1.41)
        }
    }
}

impl Drawing {
    /// A blank paper.
    pub const fn new(kind: DocumentKind, canvas: Canvas) -> Self {
        Self {
            kind,
            canvas,
            mrz: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// Prints `shown` and notes that it says `value` of `field`.
    pub fn print(
        &mut self,
        style: &Type<'_>,
        at: Point,
        shown: &str,
        field: &str,
        value: &str,
    ) -> Area {
        let area = self.canvas.text(style, at, shown);
        self.note(field, value, area);
        area
    }

    /// Notes a value that is printed in `area`.
    pub fn note(&mut self, field: &str, value: &str, area: Area) {
        self.fields.push(Printed {
            field: field.to_owned(),
            value: value.to_owned(),
            area,
        });
    }

    /// Prints the machine readable zone, its last line at `last`, and notes what only it says.
    ///
    /// Lines stand 6.35 mm apart (ICAO 9303-3 §4.9); some issuers set them closer.
    pub fn machine_zone(
        &mut self,
        press: &mut Press<'_>,
        width_mm: f32,
        last: f32,
        lines: Vec<String>,
    ) -> Area {
        let style = press.machine(PITCH_MM);
        let cells = lines.first().map_or(0, String::len);
        let cells = f32::from(u8::try_from(cells).unwrap_or(u8::MAX));
        let left = (width_mm - cells * PITCH_MM) / 2.0 + press.chance.between(-1.2, 1.2);
        let apart = if press.chance.odds(0.7) {
            LINE_PITCH_MM
        } else {
            press.chance.between(4.3, 6.2)
        };
        let mut whole: Option<Area> = None;
        for (above, line) in (0_u8..).zip(lines.iter().rev()) {
            let at = (left, last - f32::from(above) * apart);
            let area = self.canvas.monospaced(&style, at, PITCH_MM, line);
            whole = Some(whole.map_or(area, |before| before.joined(area)));
        }
        self.mrz = lines;
        whole.unwrap_or(Area::new(left, last, 0.0, 0.0))
    }
}

/// A date as these papers print it.
pub fn dotted(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

/// A grey ink.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
pub const fn grey(value: f32) -> Ink {
    [value.clamp(0.0, 255.0) as u8; 3]
}
