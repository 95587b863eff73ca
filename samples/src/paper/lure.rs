//! Papers without a machine readable zone that look as if they might have one.

use casework::reading::DocumentKind;
use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::draw::canvas::{Area, Canvas};
use crate::draw::codes::bar_code;
use crate::draw::face::{Face, Faces};
use crate::draw::text::Type;
use crate::draw::texture::Texture;
use crate::invent;
use crate::paper::drawing::{DrawError, Drawing, grey};
use crate::paper::permit::Layout;
use crate::person::Person;
use crate::state::numbered;

/// A kind of such paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lure {
    /// An exit permit.
    Permit,
    /// The side of an identity card that has no zone.
    CardFront,
    /// A till's receipt, in a typewriter's face.
    Receipt,
    /// A picture of a screen.
    Screenshot,
    /// A sheet of bar codes with their numbers in OCR-B.
    BarCodes,
    /// A program's listing: lines of even length, angle brackets.
    Listing,
    /// A payment slip: coding lines in OCR-B with brackets and pluses.
    GiroSlip,
    /// Forms filled with OCR-B: names, dates and numbers, line under line.
    MachineForm,
}

impl Lure {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Permit,
        Self::CardFront,
        Self::Receipt,
        Self::Screenshot,
        Self::BarCodes,
        Self::Listing,
        Self::GiroSlip,
        Self::MachineForm,
    ];

    /// Draws one.
    ///
    /// # Errors
    /// When a bar code cannot be made.
    pub fn draw(self, faces: &Faces, seed: u64) -> Result<Drawing, DrawError> {
        let mut chance = Chance::new(seed, "lure");
        match self {
            Self::Permit => {
                let layout =
                    *chance.one_of(&[Layout::Notification, Layout::Decision, Layout::Electronic]);
                let holder = Person::invent(&mut chance);
                invent::permit(&mut chance, holder, layout).page(faces, seed)
            }
            Self::CardFront => {
                let holder = Person::invent(&mut chance);
                Ok(invent::id_card(&mut chance, holder).front(faces, seed))
            }
            Self::BarCodes => bar_codes(faces, &mut chance),
            Self::Receipt => Ok(Sheet::receipt(faces, &mut chance)),
            Self::Screenshot => Ok(Sheet::screenshot(faces, &mut chance)),
            Self::Listing => Ok(Sheet::listing(faces, &mut chance)),
            Self::GiroSlip => Ok(Sheet::giro_slip(faces, &mut chance)),
            Self::MachineForm => Ok(Sheet::machine_form(faces, &mut chance)),
        }
    }
}

/// A sheet of evenly set lines.
struct Sheet<'a> {
    canvas: Canvas,
    style: Type<'a>,
    left: f32,
    baseline: f32,
    step: f32,
    /// One letter a pitch of this many millimetres, or the face's own widths.
    pitch: Option<f32>,
}

impl<'a> Sheet<'a> {
    fn new(size: (f32, f32), face: &'a Face, em: f32) -> Self {
        Self {
            canvas: Canvas::new(size, 10.0, [250; 3]),
            style: Type::new(face, em),
            left: 8.0,
            baseline: 8.0 + em,
            step: em * 1.3,
            pitch: None,
        }
    }

    fn line(&mut self, text: &str) {
        let at = (self.left, self.baseline);
        match self.pitch {
            Some(pitch) => self.canvas.monospaced(&self.style, at, pitch, text),
            None => self.canvas.text(&self.style, at, text),
        };
        self.baseline += self.step;
    }

    const fn has_room(&self, height: f32) -> bool {
        self.baseline < height - 6.0
    }

    fn done(self) -> Drawing {
        Drawing::new(DocumentKind::Unknown, self.canvas)
    }

    fn receipt(faces: &'a Faces, chance: &mut Chance) -> Drawing {
        let tall = chance.between(90.0, 180.0);
        let mut sheet = Self::new((80.0, tall), chance.one_of(&faces.typewriter), 3.2);
        sheet.left = 4.0;
        sheet.line("    SUPERMARKT UTOPIA GMBH");
        sheet.line("--------------------------------");
        while sheet.has_room(tall) {
            let name =
                *chance.one_of(&["MILCH 3.5%", "BROT", "<<< AKTION >>>", "APFEL KG", "PFAND"]);
            let price = numbered(chance, "99,99");
            sheet.line(&format!("{name:<22}{price:>8} A"));
        }
        sheet.done()
    }

    fn screenshot(faces: &'a Faces, chance: &mut Chance) -> Drawing {
        let (wide, tall) = (170.0, 100.0);
        let mut sheet = Self::new((wide, tall), chance.one_of(&faces.sans), 3.0);
        let bar = Area::new(0.0, 0.0, wide, 7.0);
        sheet.canvas.fill(bar, [52, 92, 160], 1.0);
        sheet.baseline = 14.0;
        while sheet.has_room(tall) {
            let date = numbered(chance, "2026-19-29 19:59:59");
            let what = *chance.one_of(&[
                "Re: passport <no subject>",
                "INBOX >> Visa >> 2026",
                "Konsulat << zurueck",
            ]);
            let number = numbered(chance, "XXXXXXXXX");
            sheet.line(&format!("{date}   {what}   {number}"));
        }
        sheet.done()
    }

    fn listing(faces: &'a Faces, chance: &mut Chance) -> Drawing {
        let machine = chance.odds(0.4);
        let family = if machine {
            &faces.machine
        } else {
            &faces.typewriter
        };
        let mut sheet = Self::new((210.0, 297.0), chance.one_of(family), 3.2);
        if machine {
            sheet.pitch = Some(2.3);
        }
        let width = 40 + 2 * chance.below(12);
        while sheet.has_room(297.0) {
            let line = match chance.below(4) {
                0 => format!(
                    "VECTOR<MAP<STRING,LIST<INT>>> {}",
                    numbered(chance, "XXXXXXXXXXXX")
                ),
                1 => format!("STD::COUT << X{} << STD::ENDL", numbered(chance, "99")),
                2 => numbered(chance, "XXXX XXXX XXXX XXXX XXXX XXXX XXXX XXXX"),
                _ => numbered(chance, "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
            };
            let line: String = line.chars().take(width as usize).collect();
            sheet.line(&line);
        }
        sheet.done()
    }

    fn giro_slip(faces: &'a Faces, chance: &mut Chance) -> Drawing {
        let mut sheet = Self::new((210.0, 106.0), chance.one_of(&faces.machine), 3.58);
        sheet
            .canvas
            .fill(Area::new(0.0, 0.0, 210.0, 106.0), [250, 214, 190], 0.7);
        let print = Type::new(chance.one_of(&faces.sans), 2.6);
        for (row, text) in ["Einzahlung Giro", "Konto / Compte", "CHF", "Zahlungszweck"]
            .iter()
            .enumerate()
        {
            let top = 10.0 + 12.0 * f32::from(u8::try_from(row).unwrap_or(0));
            sheet.canvas.text(&print, (10.0, top), text);
            sheet.canvas.text(&print, (110.0, top), text);
        }
        sheet.pitch = Some(2.54);
        sheet.left = 60.0;
        sheet.step = *chance.one_of(&[6.35, 8.5]);
        sheet.baseline = 84.0;
        for _ in 0..=chance.below(3) {
            let line = match chance.below(3) {
                0 => numbered(
                    chance,
                    "0100000999999>999999999999999999999999999+ 019999999>",
                ),
                1 => numbered(chance, "<0999999999999<  999999999<9999999999+99<"),
                _ => numbered(chance, "999999999999999999999999999+ 079999999>"),
            };
            sheet.line(&line);
        }
        sheet.done()
    }

    fn machine_form(faces: &'a Faces, chance: &mut Chance) -> Drawing {
        let mut sheet = Self::new((210.0, 148.0), chance.one_of(&faces.machine), 3.58);
        let whole = Area::new(0.0, 0.0, 210.0, 148.0);
        chance
            .one_of(&Texture::ALL)
            .lay(&mut sheet.canvas, faces, chance, whole);
        sheet.pitch = Some(2.54);
        sheet.step = *chance.one_of(&[4.23, 6.35, 8.46]);
        sheet.style.ink = grey(chance.between(15.0, 70.0));
        while sheet.has_room(148.0) {
            let (surname, given) = crate::tongue::Tongue::Germanic.name(chance);
            let line = match chance.below(5) {
                0 => format!("{surname} {given}"),
                1 => numbered(chance, "ISBN 999-9-999-99999-9"),
                2 => numbered(chance, "99.99.9999  AA 999999 99999 UTO"),
                3 => numbered(chance, "999999999999999999999999999999999999"),
                _ => numbered(chance, "KUNDENNR 99999999 VERTRAG XXXXXXXXXXXXXXXX"),
            };
            sheet.line(&line);
        }
        sheet.done()
    }
}

fn bar_codes(faces: &Faces, chance: &mut Chance) -> Result<Drawing, DrawError> {
    let mut canvas = Canvas::new((150.0, 100.0), 16.0, [252; 3]);
    let style = faces.machine.first().map(|face| Type::new(face, 3.0));
    let mut top = 6.0;
    while top < 84.0 {
        let digits = numbered(chance, "99999999999999999999");
        let left = chance.between(6.0, 30.0);
        bar_code(&mut canvas, Area::new(left, top, 90.0, 9.0), &digits)?;
        if let Some(style) = &style {
            canvas.monospaced(style, (left, top + 12.5), 2.54, &digits);
        }
        top += chance.between(15.0, 20.0);
    }
    Ok(Drawing::new(DocumentKind::Unknown, canvas))
}
