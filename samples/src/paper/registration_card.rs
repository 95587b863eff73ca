//! The registration card on paper, A4, typed; some carry their entries in a QR code.

use casework::card::schema::{EntryType, Schema, SchemaField};
use casework::case::CaseKind;
use casework::reading::DocumentKind;
use serde_json::{Map, Value};

use crate::draw::backdrop::specimen_mark;
use crate::draw::canvas::{Area, Canvas};
use crate::draw::codes::qr_code;
use crate::draw::face::Faces;
use crate::paper::drawing::{DrawError, Drawing, Press, dotted};
use crate::paper::permit::{DOTS_PER_MM, SIZE, scribble};

/// Entries by the keys of the schema, as the manifest has them.
pub type Entries = Map<String, Value>;

const LEFT: f32 = 18.0;
const RIGHT: f32 = 196.0;

/// A card to be printed.
#[derive(Debug)]
pub struct RegistrationCard<'a> {
    /// Permanent or temporary.
    pub kind: CaseKind,
    /// What it says.
    pub entries: &'a Entries,
    /// Whether a QR code carries the same.
    pub coded: bool,
}

impl RegistrationCard<'_> {
    /// The sheet.
    ///
    /// # Errors
    /// When the entries do not fit a QR code.
    pub fn page(&self, faces: &Faces, seed: u64) -> Result<Drawing, DrawError> {
        let mut press = Press::for_sheets(faces, seed, "registration card");
        press.value.size = press.chance.between(3.0, 3.3);
        let canvas = Canvas::new(SIZE, DOTS_PER_MM, [254, 254, 252]);
        let mut drawing = Drawing::new(DocumentKind::RegistrationCard, canvas);
        self.print_title(&mut drawing, &mut press);
        let column = LEFT + press.chance.between(80.0, 90.0);
        let step = press.chance.between(5.9, 6.2);
        let mut line = if self.coded { 78.0 } else { 42.0 };
        for field in Schema::current().fields_of(self.kind) {
            let Some(value) = self.entries.get(&field.key) else {
                continue;
            };
            print_entry(&mut drawing, &mut press, field, value, (column, line));
            line += step;
        }
        if self.coded {
            // 58 mm: a module of this many entries is still three dots wide at 200 dpi.
            let text = serde_json::to_string(self.entries).unwrap_or_default();
            qr_code(&mut drawing.canvas, (RIGHT - 60.0, 12.0), 60.0, &text)?;
        }
        specimen_mark(&mut drawing.canvas, faces, 24.0);
        Ok(drawing)
    }

    fn print_title(&self, drawing: &mut Drawing, press: &mut Press<'_>) {
        let bold = press.title(4.4).inked(press.value.ink);
        let (kazakh, russian) = match self.kind {
            CaseKind::Permanent => (
                "тұрақты тұратын азамат",
                "постоянно проживающего гражданина",
            ),
            CaseKind::Temporary => ("уақытша тұратын азамат", "временно проживающего гражданина"),
        };
        let width = if self.coded { 108.0 } else { RIGHT - LEFT };
        let lines = [
            "ЕСЕПКЕ АЛУ КАРТОЧКАСЫ / УЧЕТНАЯ КАРТОЧКА".to_owned(),
            format!("({kazakh} / {russian})"),
        ];
        for (text, line) in lines.iter().zip([24.0, 31.0]) {
            drawing
                .canvas
                .text(&bold.fitted(text, width), (LEFT, line), text);
        }
    }
}

fn print_entry(
    drawing: &mut Drawing,
    press: &mut Press<'_>,
    field: &SchemaField,
    value: &Value,
    (column, line): (f32, f32),
) {
    let text = press.value;
    let room = column - LEFT - 2.0;
    let both = format!("{} / {}:", field.labels.kk, field.labels.ru);
    // Two languages only where they fit in a size one can read.
    let fits = text.width(&both) * 0.8 < room;
    let label = if fits {
        both
    } else {
        format!("{}:", field.labels.ru)
    };
    drawing
        .canvas
        .text(&text.fitted(&label, room), (LEFT, line), &label);
    drawing.canvas.stroke(
        (column, line + 1.1),
        (RIGHT, line + 1.1),
        0.12,
        [140; 3],
        1.0,
    );
    if field.key == "signed" {
        scribble(&mut drawing.canvas, press, (column, line));
        drawing.note("signed", "true", Area::new(column, line - 4.0, 38.0, 5.0));
        return;
    }
    let shown = shown(field, value);
    let style = text.fitted(&shown, RIGHT - column);
    match value.as_str() {
        Some(said) => drawing.print(&style, (column, line), &shown, &field.key, said),
        None => drawing.canvas.text(&style, (column, line), &shown),
    };
}

/// As people type it.
fn shown(field: &SchemaField, value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    match field.entry_type {
        EntryType::Date => text.parse().map_or_else(|_| text.to_owned(), dotted),
        EntryType::Sex => if text == "F" { "Ж" } else { "М" }.to_owned(),
        EntryType::Consent => "келісемін (1–8) / согласие дано (1–8)".to_owned(),
        EntryType::Choice => {
            let chosen = field.choices.iter().find(|choice| choice.code == text);
            chosen.map_or_else(|| text.to_owned(), |choice| choice.labels.ru.clone())
        }
        EntryType::Text
        | EntryType::Name
        | EntryType::Number
        | EntryType::Iin
        | EntryType::Country
        | EntryType::Bool => text.to_owned(),
    }
}
