//! The identity card, 85.6 × 54 mm, in its issues of 2014 and 2024.

use casework::reading::DocumentKind;
use jiff::civil::Date;

use crate::chance::Chance;
use crate::draw::backdrop::{guilloche, rosette, specimen_mark};
use crate::draw::canvas::{Area, Canvas, Ink};
use crate::draw::codes::bar_code;
use crate::draw::face::Faces;
use crate::draw::portrait::portrait;
use crate::draw::text::Type;
use crate::mrz::Zone;
use crate::paper::drawing::{DrawError, Drawing, Press, dotted};
use crate::person::Person;

/// Width and height, millimetres (ID-1).
pub const SIZE: (f32, f32) = (85.6, 54.0);
const DOTS_PER_MM: f32 = 24.0;

/// Which issue of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// Number on the back, no sex, no citizenship.
    Y2014,
    /// Number on the front, sex and citizenship added.
    Y2024,
}

/// One identity card.
#[derive(Debug, Clone)]
pub struct IdCard {
    /// Its holder.
    pub holder: Person,
    /// Nine digits.
    pub number: String,
    /// Which issue.
    pub issue: Issue,
    /// Authority as printed.
    pub authority: String,
    /// Date of issue.
    pub issued: Date,
    /// Date of expiry.
    pub expires: Date,
}

impl IdCard {
    /// The photo side.
    pub fn front(&self, faces: &Faces, seed: u64) -> Drawing {
        let mut press = Press::for_cards(faces, seed, "id card front");
        let mut drawing = blank(DocumentKind::IdCardFront, seed);
        heading(&mut drawing, &mut press);
        let left = press.chance.between(3.4, 5.0);
        let top = press.chance.between(14.5, 16.5);
        let photo = Area::new(left, top, 24.0, 30.5);
        portrait(&mut drawing.canvas, &mut press.chance, photo);

        let column = photo.left + photo.width + press.chance.between(2.6, 4.4);
        let rows = self.front_rows();
        let step = if rows.len() > 5 {
            6.0
        } else {
            press.chance.between(6.5, 7.2)
        };
        let mut line = top + press.chance.between(0.4, 1.2);
        for (label, field, shown, value) in rows {
            labelled(
                &mut drawing,
                &mut press,
                (column, line),
                label,
                (field, &shown, &value),
            );
            line += step;
        }
        if self.issue == Issue::Y2024 {
            let number = Type {
                ink: [120, 30, 36],
                ..press.value
            };
            let shown = format!("№ {}", self.number);
            let at = (SIZE.0 - number.width(&shown) - 4.0, SIZE.1 - 4.2);
            drawing.print(&number, at, &shown, "document_number", &self.number);
        }
        specimen_mark(&mut drawing.canvas, faces, 9.0);
        drawing
    }

    /// The side with the machine readable zone.
    ///
    /// # Errors
    /// When the IIN cannot become a bar code.
    pub fn back(&self, faces: &Faces, seed: u64) -> Result<Drawing, DrawError> {
        let mut press = Press::for_cards(faces, seed, "id card back");
        let mut drawing = blank(DocumentKind::IdCardBack, seed);
        let column = press.chance.between(3.6, 5.2);
        let mut line = press.chance.between(2.6, 3.4);
        let rows = self.back_rows(&mut press);
        let step = if rows.len() > 4 { 4.95 } else { 5.7 };
        press.value.size = press.value.size.min(2.6);
        for (label, field, shown, value) in &rows {
            labelled(
                &mut drawing,
                &mut press,
                (column, line),
                label,
                (field, shown, value),
            );
            line += step;
        }
        self.print_period(&mut drawing, &mut press, (column, line));
        self.print_codes(&mut drawing, &mut press)?;
        specimen_mark(&mut drawing.canvas, faces, 8.0);
        Ok(drawing)
    }

    fn front_rows(&self) -> Vec<(&'static str, &'static str, String, String)> {
        let holder = &self.holder;
        let same = |text: &str| (text.to_owned(), text.to_owned());
        let mut rows = Vec::new();
        let mut row = |label, field, (shown, value): (String, String)| {
            rows.push((label, field, shown, value));
        };
        row("ТЕГІ/ФАМИЛИЯ", "surname", same(&holder.surname));
        row("АТЫ/ИМЯ", "given_names", same(&holder.given_names));
        if let Some(patronymic) = &holder.patronymic {
            row("ӘКЕСІНІҢ АТЫ/ОТЧЕСТВО", "patronymic", same(patronymic));
        }
        let birth = (dotted(holder.birth_date), holder.birth_date.to_string());
        row("ТУҒАН КҮНІ/ДАТА РОЖДЕНИЯ", "birth_date", birth);
        if self.issue == Issue::Y2024 {
            let shown = if holder.female {
                "ӘЙЕЛ/ЖЕН"
            } else {
                "ЕР/МУЖ"
            };
            row(
                "ЖЫНЫСЫ/ПОЛ",
                "sex",
                (shown.to_owned(), holder.sex().to_string()),
            );
        }
        row("ЖСН/ИИН", "iin", same(&holder.iin));
        rows
    }

    fn back_rows(
        &self,
        press: &mut Press<'_>,
    ) -> Vec<(&'static str, &'static str, String, String)> {
        let same = |text: &str| (text.to_owned(), text.to_owned());
        let mut rows = Vec::new();
        let mut row = |label, field, (shown, value): (String, String)| {
            rows.push((label, field, shown, value));
        };
        if self.issue == Issue::Y2014 {
            let sign = *press.chance.one_of(&["№ ", "№"]);
            let number = (format!("{sign}{}", self.number), self.number.clone());
            row(
                "КУӘЛІК НӨМІРІ/НОМЕР УДОСТОВЕРЕНИЯ",
                "document_number",
                number,
            );
        }
        row(
            "ТУҒАН ЖЕРІ/МЕСТО РОЖДЕНИЯ",
            "birth_place",
            same(self.holder.birth_place.0),
        );
        row(
            "ҰЛТЫ/НАЦИОНАЛЬНОСТЬ",
            "nationality",
            same(self.holder.nationality),
        );
        if self.issue == Issue::Y2024 {
            row("АЗАМАТТЫҒЫ/ГРАЖДАНСТВО", "citizenship", same("ҚАЗАҚСТАН"));
        }
        let label = *press
            .chance
            .one_of(&["БЕРГЕН ОРГАН/ОРГАН ВЫДАЧИ", "БЕРГЕН МЕКЕМЕ/ОРГАН ВЫДАЧИ"]);
        row(label, "issuing_authority", same(&self.authority));
        rows
    }

    fn print_period(&self, drawing: &mut Drawing, press: &mut Press<'_>, at: (f32, f32)) {
        let label = "БЕРІЛГЕН КҮНІ - ҚОЛДАНЫЛУ МЕРЗІМІ/ДАТА ВЫДАЧИ - СРОК ДЕЙСТВИЯ";
        let label_type = press.label.fitted(label, 56.0);
        drawing.canvas.text(&label_type, at, label);
        let line = at.1 + press.value.size * 1.06;
        let value = press.value;
        let first = dotted(self.issued);
        let between = *press.chance.one_of(&[" - ", " – ", "-"]);
        drawing.print(
            &value,
            (at.0, line),
            &first,
            "issue_date",
            &self.issued.to_string(),
        );
        let left = at.0 + value.width(&first);
        drawing.canvas.text(&value, (left, line), between);
        let left = left + value.width(between);
        let shown = dotted(self.expires);
        drawing.print(
            &value,
            (left, line),
            &shown,
            "expiry_date",
            &self.expires.to_string(),
        );
    }

    fn print_codes(&self, drawing: &mut Drawing, press: &mut Press<'_>) -> Result<(), DrawError> {
        let holder = &self.holder;
        let width = press.chance.between(27.0, 31.0);
        let top = press.chance.between(3.0, 8.0);
        let bars = Area::new(
            SIZE.0 - width - 4.0,
            top,
            width,
            press.chance.between(5.5, 7.5),
        );
        drawing.canvas.fill(
            Area::new(
                bars.left - 2.0,
                bars.top - 0.6,
                bars.width + 4.0,
                bars.height + 1.2,
            ),
            [250; 3],
            0.85,
        );
        bar_code(&mut drawing.canvas, bars, &holder.iin)?;
        drawing.note("iin", &holder.iin, bars);

        let lines = Zone {
            surname: &holder.surname_latin,
            given_names: &holder.given_names_latin,
            number: &self.number,
            birth: holder.birth_date,
            expiry: self.expires,
            sex: holder.sex(),
            iin: &holder.iin,
        }
        .td1();
        let zone = drawing.machine_zone(press, SIZE.0, 48.2, lines);
        drawing.note("birth_date", &holder.birth_date.to_string(), zone);
        drawing.note("sex", &holder.sex().to_string(), zone);
        drawing.note("surname_latin", &holder.surname_latin, zone);
        drawing.note("given_names_latin", &holder.given_names_latin, zone);
        if self.issue == Issue::Y2024 {
            drawing.note("document_number", &self.number, zone);
        }
        Ok(())
    }
}

/// Both sides of a card are of one stock, which the seed alone chooses.
fn blank(kind: DocumentKind, seed: u64) -> Drawing {
    let mut chance = Chance::new(seed, "card stock");
    let paper: Ink = *chance.one_of(&[
        [226, 236, 240],
        [236, 234, 222],
        [224, 236, 228],
        [232, 230, 240],
    ]);
    let waves: Ink = *chance.one_of(&[
        [96, 150, 170],
        [170, 150, 96],
        [100, 160, 120],
        [150, 130, 170],
    ]);
    let mut canvas = Canvas::new(SIZE, DOTS_PER_MM, paper);
    canvas.corner_mm = 3.2;
    let strength = chance.between(0.25, 0.5);
    let whole = Area::new(0.0, 0.0, SIZE.0, SIZE.1);
    guilloche(&mut canvas, &mut chance, whole, waves, strength);
    let centre = (SIZE.0 * chance.between(0.62, 0.8), SIZE.1 * 0.5);
    rosette(
        &mut canvas,
        centre,
        chance.between(9.0, 14.0),
        waves,
        strength * 0.8,
    );
    Drawing::new(kind, canvas)
}

fn heading(drawing: &mut Drawing, press: &mut Press<'_>) {
    let title = Type {
        ink: [30, 60, 110],
        ..press.title(press.label.size * 1.35)
    };
    let left = press.chance.between(14.0, 17.0);
    rosette(&mut drawing.canvas, (8.6, 7.4), 4.6, [40, 110, 150], 0.9);
    for (text, line) in [
        ("ҚАЗАҚСТАН РЕСПУБЛИКАСЫ / РЕСПУБЛИКА КАЗАХСТАН", 5.8),
        ("ЖЕКЕ КУӘЛІК / УДОСТОВЕРЕНИЕ ЛИЧНОСТИ", 9.4),
    ] {
        let fitted = title.fitted(text, SIZE.0 - left - 4.0);
        drawing.canvas.text(&fitted, (left, line), text);
    }
}

/// A small label with its value under it.
fn labelled(
    drawing: &mut Drawing,
    press: &mut Press<'_>,
    at: (f32, f32),
    label: &str,
    (field, shown, value): (&str, &str, &str),
) {
    let label_type = press.label.fitted(label, SIZE.0 - at.0 - 2.0);
    drawing.canvas.text(&label_type, at, label);
    let value_type = press.value.fitted(shown, SIZE.0 - at.0 - 3.0);
    drawing.print(
        &value_type,
        (at.0, at.1 + press.value.size * 1.06),
        shown,
        field,
        value,
    );
}
