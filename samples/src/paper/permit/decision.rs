//! A decision of the migration service: a ruled table.

use crate::draw::canvas::Area;
use crate::paper::drawing::{Drawing, Press, dotted};
use crate::paper::permit::{Permit, centred, sign, stamp};

const LEFT: f32 = 22.0;
const WIDTH: f32 = 168.0;

pub(super) fn print(permit: &Permit, drawing: &mut Drawing, press: &mut Press<'_>) {
    let text = press.value;
    let bold = press.title(text.size * 1.15).inked(text.ink);
    let mut line = press.chance.between(26.0, 36.0);
    for title in [
        "ШЕШІМ / РЕШЕНИЕ",
        "о выдаче разрешения на выезд из Республики Казахстан",
        "на постоянное место жительства",
    ] {
        centred(drawing, &bold, line, title);
        line += text.size * 1.7;
    }
    line += text.size * 1.2;

    let split = press.chance.between(66.0, 80.0);
    let height = text.size * press.chance.between(2.3, 2.9);
    for (field, shown, value) in rows(permit) {
        let row = Area::new(LEFT, line, WIDTH, height);
        drawing.canvas.frame(row, 0.28, [50; 3]);
        let edge = LEFT + split;
        drawing
            .canvas
            .stroke((edge, line), (edge, line + height), 0.28, [50; 3], 1.0);
        let base = line + height / 2.0 + text.size * 0.36;
        let label = label_of(field);
        drawing
            .canvas
            .text(&text.fitted(label, split - 4.0), (LEFT + 2.0, base), label);
        let value_type = text.fitted(&shown, WIDTH - split - 4.0);
        drawing.print(&value_type, (edge + 2.5, base), &shown, field, &value);
        line += height;
    }
    line += text.size * 3.0;
    let reason = "Решение принято на основании заявления гражданина и представленных документов. \
                  Препятствий для выезда, предусмотренных законом, не установлено.";
    for part in text.wrapped(reason, WIDTH) {
        drawing.canvas.text(&text, (LEFT, line), &part);
        line += text.size * 1.5;
    }
    line += text.size * 4.0;
    drawing
        .canvas
        .text(&text, (LEFT, line), "Уәкілетті тұлға / Уполномоченное лицо");
    sign(drawing, press, (LEFT + 92.0, line));
    stamp(drawing, press, (LEFT + 140.0, line + 6.0));
}

fn rows(permit: &Permit) -> Vec<(&'static str, String, String)> {
    let mut rows = vec![
        (
            "permit_number",
            format!("№ {}", permit.number),
            permit.number.clone(),
        ),
        (
            "issue_date",
            dotted(permit.issued),
            permit.issued.to_string(),
        ),
        (
            "issuing_authority",
            permit.authority.clone(),
            permit.authority.clone(),
        ),
    ];
    rows.extend(permit.entries());
    rows
}

fn label_of(field: &str) -> &'static str {
    match field {
        "permit_number" => "Номер решения",
        "issue_date" => "Дата решения",
        "issuing_authority" => "Орган, принявший решение",
        "surname" => "Тегі / Фамилия",
        "given_names" => "Аты / Имя",
        "patronymic" => "Әкесінің аты / Отчество",
        "birth_date" => "Туған күні / Дата рождения",
        "iin" => "ЖСН / ИИН",
        "destination_country" => "Страна постоянного жительства",
        _ => "Срок действия до",
    }
}
