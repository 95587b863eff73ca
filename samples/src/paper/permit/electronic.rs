//! A page of the e-government portal: running sentences and a QR code.

use jiff::civil::Date;

use crate::draw::canvas::{Area, Point};
use crate::draw::codes::qr_code;
use crate::draw::text::Type;
use crate::paper::drawing::{DrawError, Drawing, Press, dotted};
use crate::paper::permit::{Permit, SIZE, centred};

const LEFT: f32 = 24.0;
const RIGHT: f32 = 186.0;

pub(super) fn print(
    permit: &Permit,
    drawing: &mut Drawing,
    press: &mut Press<'_>,
) -> Result<(), DrawError> {
    let text = press.value;
    let bold = press.title(text.size * 1.15).inked(text.ink);
    let grey = Type {
        ink: [110; 3],
        size: text.size * 0.72,
        ..text
    };
    let mut line = press.chance.between(20.0, 28.0);
    drawing.canvas.text(
        &grey,
        (LEFT, line),
        "«Электрондық үкімет» порталы / Портал «электронного правительства»",
    );
    line += text.size * 4.0;
    centred(drawing, &bold, line, "РҰҚСАТ / РАЗРЕШЕНИЕ");
    line += text.size * 1.7;
    centred(
        drawing,
        &text,
        line,
        "на выезд за пределы Республики Казахстан на постоянное место жительства",
    );
    line += text.size * 3.0;

    let leading = text.size * press.chance.between(1.6, 1.9);
    let mut flow = Flow {
        at: (LEFT, line),
        leading,
    };
    for piece in sentences(permit) {
        flow.set(drawing, &text, &piece);
    }
    let square = press.chance.between(34.0, 40.0);
    let top = flow.at.1 + leading * 2.5;
    let check = format!(
        "https://egov.example/check?document={}&date={}",
        permit.number, permit.issued
    );
    qr_code(&mut drawing.canvas, (LEFT, top), square, &check)?;
    let note = "Құжаттың түпнұсқалығын QR-код арқылы тексеруге болады. \
                Подлинность документа можно проверить по QR-коду. Электронный документ равнозначен \
                документу на бумажном носителе.";
    let mut row = top + 8.0;
    for part in grey.wrapped(note, RIGHT - LEFT - square - 6.0) {
        drawing
            .canvas
            .text(&grey, (LEFT + square + 6.0, row), &part);
        row += grey.size * 1.6;
    }
    drawing.canvas.text(&grey, (LEFT, SIZE.1 - 14.0), "1 / 1");
    Ok(())
}

/// A stretch of the running text; one with a field is a value.
struct Piece {
    shown: String,
    field: Option<(&'static str, String)>,
    /// Starts a new paragraph.
    paragraph: bool,
}

fn words(text: &str) -> Piece {
    Piece {
        shown: text.to_owned(),
        field: None,
        paragraph: false,
    }
}

fn value(field: &'static str, shown: &str, value: &str) -> Piece {
    Piece {
        field: Some((field, value.to_owned())),
        ..words(shown)
    }
}

fn paragraph(text: &str) -> Piece {
    Piece {
        paragraph: true,
        ..words(text)
    }
}

fn sentences(permit: &Permit) -> Vec<Piece> {
    let holder = &permit.holder;
    let same = |field, text: &str| value(field, text, text);
    let day = |field, day: Date| value(field, &dotted(day), &day.to_string());
    let to_whom = if holder.female {
        "гражданке"
    } else {
        "гражданину"
    };
    let mut pieces = vec![
        words("Разрешение №"),
        same("permit_number", &permit.number),
        words("от"),
        day("issue_date", permit.issued),
        words("года выдано"),
        words(to_whom),
        words("Республики Казахстан"),
        same("surname", &holder.surname),
        same("given_names", &holder.given_names),
    ];
    pieces.extend(
        holder
            .patronymic
            .as_deref()
            .map(|name| same("patronymic", name)),
    );
    pieces.extend([
        words(", дата рождения:"),
        day("birth_date", holder.birth_date),
        words(", ИИН"),
        same("iin", &holder.iin),
        words(", на выезд в"),
        same("destination_country", permit.destination.russian_towards),
        words("на постоянное место жительства."),
        paragraph("Орган, выдавший разрешение:"),
        same("issuing_authority", &permit.authority),
    ]);
    if let Some(until) = permit.valid_until {
        pieces.push(paragraph("Разрешение действительно до"));
        pieces.push(day("valid_until", until));
        pieces.push(words("года."));
    }
    pieces
}

/// Running text: where the pen is, and how far the next line is.
struct Flow {
    at: Point,
    leading: f32,
}

impl Flow {
    fn set(&mut self, drawing: &mut Drawing, text: &Type<'_>, piece: &Piece) {
        if piece.paragraph {
            self.at = (LEFT, self.at.1 + self.leading * 1.5);
        }
        let mut whole = None;
        if piece.shown.starts_with(',') {
            self.at.0 -= text.width("n") * 0.5;
        }
        for word in piece.shown.split(' ') {
            if self.at.0 + text.width(word) > RIGHT {
                self.at = (LEFT, self.at.1 + self.leading);
            }
            let area = drawing.canvas.text(text, self.at, word);
            whole = Some(whole.map_or(area, |before: Area| before.joined(area)));
            self.at.0 += area.width + text.width("n") * 0.5;
        }
        if let (Some((field, value)), Some(area)) = (&piece.field, whole) {
            drawing.note(field, value, area);
        }
    }
}
