//! The data page of the passport, 125 × 88 mm.

use casework::reading::DocumentKind;
use jiff::civil::Date;

use crate::draw::backdrop::{guilloche, rosette, specimen_mark};
use crate::draw::canvas::{Area, Canvas, Ink};
use crate::draw::face::Faces;
use crate::draw::portrait::portrait;
use crate::mrz::Zone;
use crate::paper::drawing::{Drawing, Press, dotted};
use crate::person::Person;

/// Width and height, millimetres (ID-3).
pub const SIZE: (f32, f32) = (125.0, 88.0);
const DOTS_PER_MM: f32 = 20.0;

/// One passport.
#[derive(Debug, Clone)]
pub struct Passport {
    /// Its holder.
    pub holder: Person,
    /// `N` and eight digits.
    pub number: String,
    /// Authority as printed.
    pub authority: String,
    /// Date of issue.
    pub issued: Date,
    /// Date of expiry.
    pub expires: Date,
}

/// A label in three languages: Kazakh, Russian, English.
type Label = [&'static str; 3];

/// What one document prints of them, and how it pairs the scripts.
#[derive(Clone, Copy)]
struct Manner {
    russian: bool,
    stacked: bool,
}

impl Passport {
    /// The data page.
    pub fn page(&self, faces: &Faces, seed: u64) -> Drawing {
        let mut press = Press::for_cards(faces, seed, "passport");
        let manner = Manner {
            russian: press.chance.odds(0.5),
            stacked: press.chance.odds(0.4),
        };
        let mut drawing = blank(&mut press);
        let photo = Area::new(press.chance.between(4.0, 6.5), 20.0, 32.0, 41.0);
        portrait(&mut drawing.canvas, &mut press.chance, photo);
        let left = photo.left + photo.width + press.chance.between(3.0, 6.0);
        self.print_heading(&mut drawing, &mut press, left);
        self.print_entries(&mut drawing, &mut press, left, manner);
        self.print_zone(&mut drawing, &mut press);
        specimen_mark(&mut drawing.canvas, faces, 13.0);
        drawing
    }

    fn print_heading(&self, drawing: &mut Drawing, press: &mut Press<'_>, left: f32) {
        let title = press.title(press.label.size * 1.4).inked([24, 60, 110]);
        let text = "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ / REPUBLIC OF KAZAKHSTAN";
        drawing
            .canvas
            .text(&title.fitted(text, 80.0), (left, 6.6), text);
        drawing.canvas.text(&title, (6.0, 6.6), "ПАСПОРТ");
        drawing.canvas.text(&title, (6.0, 10.0), "PASSPORT");
        rosette(&mut drawing.canvas, (14.0, 15.0), 3.2, [40, 110, 150], 0.8);
        let labels = ["ТҮРІ / TYPE", "КОД / CODE", "ПАСПОРТ № / PASSPORT No."];
        let values = ["P", "KAZ", &self.number];
        for ((label, value), offset) in labels.iter().zip(values).zip([0.0, 18.0, 38.0]) {
            drawing
                .canvas
                .text(&press.label, (left + offset, 11.0), label);
            let at = (left + offset, 11.0 + press.value.size);
            let area = drawing.canvas.text(&press.value, at, value);
            if value == self.number {
                drawing.note("document_number", value, area);
            }
        }
    }

    fn print_entries(
        &self,
        drawing: &mut Drawing,
        press: &mut Press<'_>,
        left: f32,
        manner: Manner,
    ) {
        let holder = &self.holder;
        let step = if manner.stacked {
            8.2
        } else {
            press.chance.between(6.6, 7.2)
        };
        let mut line = if manner.stacked { 17.2 } else { 18.6 };
        let names = [
            (
                ["ТЕГІ", "ФАМИЛИЯ", "SURNAME"],
                "surname",
                &holder.surname,
                &holder.surname_latin,
            ),
            (
                ["АТЫ", "ИМЯ", "GIVEN NAMES"],
                "given_names",
                &holder.given_names,
                &holder.given_names_latin,
            ),
        ];
        for (label, field, cyrillic, latin) in names {
            let latin_field = format!("{field}_latin");
            pair(
                drawing,
                press,
                (left, line),
                label,
                manner,
                [(field, cyrillic), (&latin_field, latin)],
            );
            line += step;
        }
        if manner.stacked {
            line += 0.6;
        }
        let step = 6.6;
        for [first, second] in self.short_rows(press) {
            for (offset, entry) in [(0.0, first), (44.0, second)] {
                let at = (left + offset, line);
                let said = (entry.field, entry.shown.as_str(), entry.value.as_str());
                single(drawing, press, at, entry.label, manner, said);
            }
            line += step;
        }
        let label = ["БЕРГЕН ОРГАН", "ОРГАН ВЫДАЧИ", "AUTHORITY"];
        let authority = &self.authority;
        single(
            drawing,
            press,
            (left, line),
            label,
            manner,
            ("issuing_authority", authority, authority),
        );
    }

    fn short_rows(&self, press: &mut Press<'_>) -> Vec<[Entry; 2]> {
        let holder = &self.holder;
        let day = |label, field, day: Date| Entry {
            label,
            field,
            shown: dotted(day),
            value: day.to_string(),
        };
        let same = |label, field, text: String| Entry {
            label,
            field,
            shown: text.clone(),
            value: text,
        };
        let sex = sex_entry(holder);
        let (cyrillic, latin) = holder.birth_place;
        let paired = press.chance.odds(0.5);
        let place = if paired {
            format!("{cyrillic} / {latin}")
        } else {
            cyrillic.to_owned()
        };
        let citizenship = *press
            .chance
            .one_of(&["ҚАЗАҚСТАН / KAZAKHSTAN", "ҚАЗАҚСТАН"]);
        let citizenship = same(
            ["АЗАМАТТЫҒЫ", "ГРАЖДАНСТВО", "NATIONALITY"],
            "citizenship",
            citizenship.to_owned(),
        );
        let birth = day(
            ["ТУҒАН КҮНІ", "ДАТА РОЖДЕНИЯ", "DATE OF BIRTH"],
            "birth_date",
            holder.birth_date,
        );
        let iin = same(["ЖСН", "ИИН", "PERSONAL No."], "iin", holder.iin.clone());
        let place = same(
            ["ТУҒАН ЖЕРІ", "МЕСТО РОЖДЕНИЯ", "PLACE OF BIRTH"],
            "birth_place",
            place,
        );
        let issued = day(
            ["БЕРІЛГЕН КҮНІ", "ДАТА ВЫДАЧИ", "DATE OF ISSUE"],
            "issue_date",
            self.issued,
        );
        let expires = day(
            ["ҚОЛДАНЫЛУ МЕРЗІМІ", "СРОК ДЕЙСТВИЯ", "DATE OF EXPIRY"],
            "expiry_date",
            self.expires,
        );
        let signature = same(["ҚОЛЫ", "ПОДПИСЬ", "SIGNATURE"], "", String::new());
        vec![
            [citizenship, sex],
            [birth, iin],
            [place, issued],
            [expires, signature],
        ]
    }

    fn print_zone(&self, drawing: &mut Drawing, press: &mut Press<'_>) {
        let holder = &self.holder;
        let lines = Zone {
            surname: &holder.surname_latin,
            given_names: &holder.given_names_latin,
            number: &self.number,
            birth: holder.birth_date,
            expiry: self.expires,
            sex: holder.sex(),
            iin: &holder.iin,
        }
        .td3();
        drawing.machine_zone(press, SIZE.0, 79.7, lines);
    }
}

/// One labelled value: as shown, and as the contract has it.
struct Entry {
    label: Label,
    field: &'static str,
    shown: String,
    value: String,
}

fn sex_entry(holder: &Person) -> Entry {
    Entry {
        label: ["ЖЫНЫСЫ", "ПОЛ", "SEX"],
        field: "sex",
        shown: if holder.female { "Ә / F" } else { "Е / M" }.to_owned(),
        value: holder.sex().to_string(),
    }
}

fn blank(press: &mut Press<'_>) -> Drawing {
    let paper: Ink = *press
        .chance
        .one_of(&[[232, 238, 242], [240, 236, 228], [230, 240, 236]]);
    let waves: Ink = *press
        .chance
        .one_of(&[[90, 150, 180], [180, 150, 100], [120, 130, 180]]);
    let mut canvas = Canvas::new(SIZE, DOTS_PER_MM, paper);
    canvas.corner_mm = 2.0;
    let strength = press.chance.between(0.2, 0.45);
    let whole = Area::new(0.0, 0.0, SIZE.0, SIZE.1);
    guilloche(&mut canvas, &mut press.chance, whole, waves, strength);
    let centre = (SIZE.0 * press.chance.between(0.55, 0.8), 42.0);
    rosette(
        &mut canvas,
        centre,
        press.chance.between(14.0, 20.0),
        waves,
        strength * 0.7,
    );
    // The zone for machines is plain.
    canvas.fill(Area::new(0.0, 69.0, SIZE.0, 19.0), paper, 0.75);
    Drawing::new(DocumentKind::Passport, canvas)
}

fn joined(label: Label, manner: Manner) -> String {
    let [kazakh, russian, english] = label;
    if manner.russian {
        format!("{kazakh} / {russian} / {english}")
    } else {
        format!("{kazakh} / {english}")
    }
}

fn single(
    drawing: &mut Drawing,
    press: &mut Press<'_>,
    at: (f32, f32),
    label: Label,
    manner: Manner,
    (field, shown, value): (&str, &str, &str),
) {
    let text = joined(label, manner);
    let width = (SIZE.0 - at.0 - 3.0).min(42.0);
    drawing
        .canvas
        .text(&press.label.fitted(&text, width), at, &text);
    if field.is_empty() {
        return;
    }
    let width = if field == "issuing_authority" {
        SIZE.0 - at.0 - 3.0
    } else {
        width
    };
    let line = (at.0, at.1 + press.value.size * 1.06);
    drawing.print(&press.value.fitted(shown, width), line, shown, field, value);
}

/// A name in both scripts: `НҰРЛАН / NURLAN` on a line, or one above the other.
fn pair(
    drawing: &mut Drawing,
    press: &mut Press<'_>,
    at: (f32, f32),
    label: Label,
    manner: Manner,
    [(field, cyrillic), (latin_field, latin)]: [(&str, &str); 2],
) {
    let text = joined(label, manner);
    let width = SIZE.0 - at.0 - 4.0;
    drawing
        .canvas
        .text(&press.label.fitted(&text, width), at, &text);
    let line = at.1 + press.value.size * 1.06;
    if manner.stacked {
        let value = press.value;
        drawing.print(&value, (at.0, line), cyrillic, field, cyrillic);
        drawing.print(
            &value,
            (at.0, line + value.size * 1.02),
            latin,
            latin_field,
            latin,
        );
        return;
    }
    let between = " / ";
    let value = press
        .value
        .fitted(&format!("{cyrillic}{between}{latin}"), width);
    drawing.print(&value, (at.0, line), cyrillic, field, cyrillic);
    let left = at.0 + value.width(cyrillic);
    drawing.canvas.text(&value, (left, line), between);
    let left = left + value.width(between);
    drawing.print(&value, (left, line), latin, latin_field, latin);
}
