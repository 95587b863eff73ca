//! A notification of the police: labelled lines.

use crate::draw::text::Type;
use crate::paper::drawing::{Drawing, Press, dotted};
use crate::paper::permit::{Permit, centred, sign, stamp};

pub(super) fn print(permit: &Permit, drawing: &mut Drawing, press: &mut Press<'_>) {
    let text = press.value;
    let left = press.chance.between(22.0, 30.0);
    let kazakh = press.chance.odds(0.6);
    let line = print_heading(permit, drawing, press) + text.size * 3.0;
    print_number(permit, drawing, &text, (left, line), kazakh);
    let line = print_entries(permit, drawing, press, (left, line), kazakh);
    print_closing(drawing, press, (left, line + text.size * 3.0));
}

/// Returns the baseline of its last line, as the others do.
fn print_heading(permit: &Permit, drawing: &mut Drawing, press: &mut Press<'_>) -> f32 {
    let text = press.value;
    let bold = press.title(text.size * 1.08).inked(text.ink);
    let mut line = press.chance.between(24.0, 32.0);
    centred(
        drawing,
        &bold,
        line,
        "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ ІШКІ ІСТЕР МИНИСТРЛІГІ",
    );
    line += text.size * 1.6;
    centred(
        drawing,
        &bold,
        line,
        "МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РЕСПУБЛИКИ КАЗАХСТАН",
    );
    line += text.size * 1.8;
    let area = centred(drawing, &text, line, &permit.authority);
    drawing.note("issuing_authority", &permit.authority, area);
    line += text.size * 3.6;
    centred(drawing, &bold, line, "ХАБАРЛАМА / УВЕДОМЛЕНИЕ");
    line += text.size * 1.6;
    let subject =
        "о разрешении на выезд за пределы Республики Казахстан на постоянное место жительства";
    centred(drawing, &text, line, subject);
    line
}

fn print_entries(
    permit: &Permit,
    drawing: &mut Drawing,
    press: &mut Press<'_>,
    (left, above): (f32, f32),
    kazakh: bool,
) -> f32 {
    let text = press.value;
    let step = text.size * press.chance.between(1.9, 2.4);
    let column = left + press.chance.between(68.0, 76.0);
    let tabbed = press.chance.odds(0.6);
    let mut line = above;
    for (field, shown, value) in permit.entries() {
        line += step;
        let label = label_of(field, kazakh);
        let label_type = if tabbed {
            text.fitted(label, column - left - 2.0)
        } else {
            text
        };
        let area = drawing.canvas.text(&label_type, (left, line), label);
        let at = if tabbed {
            column
        } else {
            left + area.width + text.size * 0.5
        };
        drawing.print(
            &text.fitted(&shown, 196.0 - at),
            (at, line),
            &shown,
            field,
            &value,
        );
    }
    line
}

fn print_closing(drawing: &mut Drawing, press: &mut Press<'_>, (left, above): (f32, f32)) {
    let text = press.value;
    let closing = "Выезд за пределы Республики Казахстан на постоянное место жительства разрешен. \
                   Удостоверение личности подлежит сдаче до выезда.";
    let mut line = above;
    for part in text.wrapped(closing, 190.0 - left) {
        drawing.canvas.text(&text, (left, line), &part);
        line += text.size * 1.5;
    }
    line += text.size * 4.0;
    drawing
        .canvas
        .text(&text, (left, line), "Бастығы / Начальник");
    sign(drawing, press, (left + 62.0, line));
    drawing
        .canvas
        .text(&text, (left + 112.0, line), "С. Т. Үлгібаев");
    stamp(drawing, press, (left + 70.0, line + 4.0));
}

fn print_number(
    permit: &Permit,
    drawing: &mut Drawing,
    text: &Type<'_>,
    at: (f32, f32),
    kazakh: bool,
) {
    let lead = if kazakh {
        "Нөмірі / Номер: № "
    } else {
        "№ "
    };
    let area = drawing.canvas.text(text, at, lead);
    let number = (at.0 + area.width, at.1);
    let area = drawing.print(
        text,
        number,
        &permit.number,
        "permit_number",
        &permit.number,
    );
    let lead = if kazakh {
        "Күні / Дата: "
    } else {
        "от "
    };
    let left = (number.0 + area.width + 10.0, at.1);
    let area = drawing.canvas.text(text, left, lead);
    let date = (left.0 + area.width, at.1);
    drawing.print(
        text,
        date,
        &dotted(permit.issued),
        "issue_date",
        &permit.issued.to_string(),
    );
}

fn label_of(field: &str, kazakh: bool) -> &'static str {
    match (field, kazakh) {
        ("surname", true) => "Тегі / Фамилия:",
        ("surname", false) => "Фамилия:",
        ("given_names", true) => "Аты / Имя:",
        ("given_names", false) => "Имя:",
        ("patronymic", true) => "Әкесінің аты / Отчество:",
        ("patronymic", false) => "Отчество:",
        ("birth_date", true) => "Туған күні / Дата рождения:",
        ("birth_date", false) => "Дата рождения:",
        ("iin", true) => "ЖСН / ИИН:",
        ("iin", false) => "ИИН:",
        ("destination_country", true) => "Баратын елі / Страна выезда:",
        ("destination_country", false) => "Страна выезда:",
        (_, true) => "Жарамды / Действительно до:",
        (_, false) => "Действительно до:",
    }
}
