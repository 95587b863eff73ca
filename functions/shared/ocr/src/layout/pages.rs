//! Whole pages as sketches, and what is read off them.

use std::fmt::Write as _;

use casework::reading::{MrzLine, MrzReading};

use super::*;

mod worn;

/// One line a document: `kind: field=value; …`, fields in order of their names.
fn told(sight: &Sight) -> String {
    let mut told = String::new();
    for found in documents(sight) {
        let mut fields: Vec<String> = found
            .values
            .iter()
            .map(|value| format!("{}={}", value.field, value.text()))
            .collect();
        fields.sort();
        writeln!(
            told,
            "{}",
            format!("{:?}: {}", found.kind, fields.join("; ")).trim()
        )
        .unwrap();
    }
    told
}

fn check(sketch: &str, zones: &[FoundMrz], codes: &[Payload], expected: &str) {
    let lines = sketch::lines(sketch);
    let size = [2480.0, 3508.0];
    let expected: String = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |all, line| all + line + "\n");
    assert_eq!(
        told(&Sight {
            size,
            lines: &lines,
            zones,
            codes
        }),
        expected
    );
    if zones.is_empty() && codes.is_empty() {
        for degrees in [7.0, 90.0, 180.0, 270.0] {
            let lines = sketch::turned(&lines, degrees, [2000.0, 2000.0]);
            assert_eq!(
                told(&Sight {
                    size,
                    lines: &lines,
                    zones,
                    codes
                }),
                expected,
                "turned by {degrees}"
            );
        }
    }
}

fn zone(lines: &[&str], [left, top, width, height]: [f32; 4]) -> FoundMrz {
    let frame = |top: f32, height: f32| Frame {
        corners: [
            [left, top],
            [left + width, top],
            [left + width, top + height],
            [left, top + height],
        ],
    };
    let line = |text: &&str| MrzLine {
        text: (*text).into(),
        margins: vec![5.0; text.len()],
        bounds: vec![[0.0; 4]; text.len()],
        alternatives: Vec::new().into(),
    };
    FoundMrz {
        reading: MrzReading {
            lines: lines.iter().map(line).collect(),
        },
        frame: frame(top, height),
        strip: frame(top + 0.7 * height, 0.3 * height),
        pitch_px: 20.0,
    }
}

const FRONT: &str = "
ҚАЗАҚСТАН РЕСПУБЛИКАСЫ @ 400,100,400,24
ЖЕКЕ КУӘЛІК / УДОСТОВЕРЕНИЕ ЛИЧНОСТИ @ 400,135,600,24
ТЕГІ/ФАМИЛИЯ @ 400,200,200,18
АХМЕТОВ @ 400,225,180,28
АТЫ/ИМЯ @ 400,275,130,18
АЙДАР @ 400,300,130,28
ӘКЕСІНІҢ АТЫ/ОТЧЕСТВО @ 400,350,330,18
СЕРІКҰЛЫ @ 400,375,200,28
ТУҒАН КҮНІ/ДАТА РОЖДЕНИЯ @ 400,425,380,18
01.01.1990 @ 400,450,220,28
ЖЫНЫСЫ/ПОЛ @ 850,425,170,18
ЕР/МУЖ @ 850,450,130,28
ЖСН/ИИН @ 400,500,120,18
900101300017 @ 400,525,270,28
012345678 @ 130,540,200,28
";

#[test]
fn the_front_of_a_card_at_any_turn() {
    check(
        FRONT,
        &[],
        &[],
        "IdCardFront: birth_date=01.01.1990; document_number=012345678; given_names=АЙДАР; iin=900101300017; patronymic=СЕРІКҰЛЫ; sex=ЕР; surname=АХМЕТОВ",
    );
}

#[test]
fn a_missing_patronymic_stays_missing_and_a_worn_label_costs_nothing() {
    let worn = FRONT
        .replace("СЕРІКҰЛЫ @ 400,375,200,28\n", "")
        .replace("ТЕГІ/ФАМИЛИЯ", "Т ФА");
    check(
        &worn,
        &[],
        &[],
        "IdCardFront: birth_date=01.01.1990; document_number=012345678; given_names=АЙДАР; iin=900101300017; sex=ЕР; surname=АХМЕТОВ",
    );
}

#[test]
fn two_peoples_cards_on_one_sheet_stay_apart() {
    let other = FRONT
        .replace("АХМЕТОВ", "ОСПАНОВА")
        .replace("900101300017", "851231400120")
        .replace("012345678", "");
    let mut lines = sketch::lines(FRONT);
    lines.extend(sketch::turned(&sketch::lines(&other), 0.0, [0.0, 700.0]));
    let sight = Sight {
        size: [2480.0, 3508.0],
        lines: &lines,
        zones: &[],
        codes: &[],
    };
    let told = told(&sight);
    let people: Vec<&str> = told
        .lines()
        .filter_map(|line| line.rsplit_once("surname=").map(|found| found.1))
        .collect();
    assert_eq!(people, ["АХМЕТОВ", "ОСПАНОВА"], "{told}");
}

#[test]
fn the_back_of_a_card_with_its_zone_and_bar_code() {
    let back = "
ТУҒАН ЖЕРІ/МЕСТО РОЖДЕНИЯ @ 100,100,400,18
АЛМАТЫ ОБЛЫСЫ @ 100,125,300,28
ҰЛТЫ/НАЦИОНАЛЬНОСТЬ @ 100,175,320,18
ҚАЗАҚ @ 100,200,120,28
БЕРГЕН ОРГАН/ОРГАН ВЫДАЧИ @ 100,250,400,18
ҚР ІІМ / МВД РК @ 100,275,330,28
БЕРІЛГЕН КҮНІ - ҚОЛДАНЫЛУ МЕРЗІМІ / ДАТА ВЫДАЧИ - СРОК ДЕЙСТВИЯ @ 100,325,800,18
15.06.2023 - 14.06.2033 @ 100,350,500,28
IDKAZ0123456784900101300017<<< @ 100,490,900,28
";
    let zones = [zone(
        &[
            "IDKAZ0123456784900101300017<<<",
            "9001011M3306149KAZ<<<<<<<<<<<0",
            "AKHMETOV<<AIDAR<<<<<<<<<<<<<<<",
        ],
        [60.0, 60.0, 1010.0, 640.0],
    )];
    let codes = [Payload {
        text: "900101300017".into(),
        linear: true,
        bounds: [700.0, 100.0, 200.0, 50.0],
    }];
    check(
        back,
        &zones,
        &codes,
        "IdCardBack: birth_place=АЛМАТЫ ОБЛЫСЫ; expiry_date=14.06.2033; iin=900101300017; issue_date=15.06.2023; issuing_authority=ҚР ІІМ / МВД РК; nationality=ҚАЗАҚ",
    );
}

#[test]
fn a_passport_prints_names_in_two_scripts() {
    let page = "
ТЕГІ/SURNAME @ 500,100,200,16
АХМЕТОВ / AKHMETOV @ 500,122,360,28
АТЫ/GIVEN NAMES @ 500,170,240,16
АЙДАР @ 500,192,130,28
AIDAR @ 500,226,130,28
ТУҒАН КҮНІ/DATE OF BIRTH @ 500,280,330,16
01.01.1990 @ 500,302,220,28
ПАСПОРТ №/PASSPORT NO @ 1000,40,300,16
N12345678 @ 1000,62,200,28
";
    let zones = [zone(
        &[
            "P<KAZAKHMETOV<<AIDAR<<<<<<<<<<<<<<<<<<<<<<<<",
            "N123456785KAZ9001011M3306149900101300057<<46",
        ],
        [60.0, 20.0, 1400.0, 980.0],
    )];
    check(
        page,
        &zones,
        &[],
        "Passport: birth_date=01.01.1990; document_number=N12345678; given_names=АЙДАР; given_names_latin=AIDAR; surname=АХМЕТОВ; surname_latin=AKHMETOV",
    );
    let foreign = [zone(
        &[
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ],
        [60.0, 20.0, 1400.0, 980.0],
    )];
    check(page, &foreign, &[], "Unknown:");
}

#[test]
fn a_range_of_dates_may_be_two_lines_and_two_columns_may_be_one() {
    let back = "
БЕРІЛГЕН КҮНІ - ҚОЛДАНЫЛУ МЕРЗІМІ / ДАТА ВЫДАЧИ - СРОК ДЕЙСТВИЯ @ 100,325,800,18
- 14.06.2033 @ 330,349,250,28
15.06.2023 - @ 100,351,240,28
";
    let id = [zone(
        &["IDKAZ0123456784900101300017<<<", "", ""],
        [60.0, 60.0, 1010.0, 640.0],
    )];
    let dates = "IdCardBack: expiry_date=14.06.2033; issue_date=15.06.2023";
    check(back, &id, &[], dates);
    let worn = back.replace("БЕРІЛГЕН КҮНІ - ҚОЛДАНЫЛУ МЕРЗІМІ", "Б");
    check(&worn.replace("ДАТА ВЫДАЧИ - СРОК", "Д"), &id, &[], dates);
    let half = "
ҚОЛДАНЫЛУ МЕРЗІМІ / СРОК ДЕЙСТВИЯ @ 300,325,600,18
15.06.2023 - 14.06.2033 @ 100,350,500,28
";
    check(half, &id, &[], dates);
    let cut = half.replace("2033", "203");
    check(&cut, &id, &[], "IdCardBack: issue_date=15.06.2023");
    let page = "
ТУҒАН ЖЕРН / PLACE Оғ Өіктн @ 500,100,300,16
БЕРІЛГЕН КҮНІ / DATE OF ISSUE @ 900,102,300,16
АЛМАТЫ / ALMATY 05.06.2020 @ 500,124,560,28
";
    let passport = [zone(
        &["P<KAZAKHMETOV<<AIDAR<<<<<<<<<<<<<<<<<<<<<<<<", ""],
        [60.0, 20.0, 1400.0, 980.0],
    )];
    check(
        page,
        &passport,
        &[],
        "Passport: birth_place=АЛМАТЫ / ALMATY; issue_date=05.06.2020",
    );
}

#[test]
fn a_permit_as_a_form() {
    check(
        "
РАЗРЕШЕНИЕ НА ВЫЕЗД НА ПОСТОЯННОЕ МЕСТО ЖИТЕЛЬСТВА @ 300,200,1500,40
Нөмірі / Номер: 12-345/2024 @ 300,300,800,36
Берілген күні / Дата выдачи: 12.11.2024 @ 300,360,1000,36
Берген орган / Орган выдачи: @ 300,420,700,36
ДП города Алматы, Управление @ 1100,420,700,36
миграционной службы @ 1100,465,500,36
Тегі / Фамилия @ 300,540,400,36
АХМЕТОВ @ 1100,540,250,36
Аты / Имя @ 300,600,300,36
АЙДАР @ 1100,600,200,36
ЖСН / ИИН @ 300,660,300,36
900101300017 @ 1100,660,400,36
Баратын елі / Страна назначения: Германия @ 300,720,1000,36
Действительно до: 12.11.2025 @ 300,780,800,36
",
        &[],
        &[],
        "ExitPermit: destination_country=Германия; given_names=АЙДАР; iin=900101300017; issue_date=12.11.2024; issuing_authority=ДП города Алматы, Управление миграционной службы; permit_number=12-345/2024; surname=АХМЕТОВ; valid_until=12.11.2025",
    );
}

#[test]
fn a_permit_as_running_sentences() {
    check(
        "
ДЕПАРТАМЕНТ ПОЛИЦИИ ГОРОДА АЛМАТЫ @ 300,200,1000,36
РЕШЕНИЕ № 45-12 от 12 ноября 2024 года @ 300,300,1100,36
Разрешение выдано гражданину Республики Казахстан @ 300,400,1500,36
Ахметову Айдару Серикулы, 01.01.1990 года рождения, @ 300,460,1500,36
ИИН 900101300017, на выезд в Федеративную @ 300,520,1300,36
Республику Германия на постоянное место жительства. @ 300,580,1500,36
Действительно до 12.11.2025. @ 300,640,800,36
",
        &[],
        &[],
        "ExitPermit: birth_date=01.01.1990; destination_country=Федеративную Республику Германия; given_names=Айдару; iin=900101300017; issue_date=12 ноября 2024; issuing_authority=ДЕПАРТАМЕНТ ПОЛИЦИИ ГОРОДА АЛМАТЫ; patronymic=Серикулы; permit_number=45-12; surname=Ахметову; valid_until=12.11.2025",
    );
}

#[test]
fn a_permit_whose_title_names_the_country_one_leaves() {
    check(
        "
РҰҚСАТ / РАЗРЕШЕНИЕ @ 900,100,500,36
на выезд за пределы Республики Казахстан на постоянное место жительства @ 200,160,1900,36
Разрешение 1) 18-68730 от 27.03.2026 года выдано гражданину Республики @ 270,300,1700,36
Казахстан АХМЕТОВ АЙДАР СЕРІКҰЛЫ, дата рождения: 01.01.1990, ИИН @ 270,360,1700,36
900101300017, на выезд за пределы РК в Республику @ 270,420,1500,36
Корея на постоянное место жительства. @ 270,480,1500,36
Орган, выдавший разрешение: ДП г. Алматы @ 270,560,1000,36
",
        &[],
        &[],
        "ExitPermit: birth_date=01.01.1990; destination_country=Республику Корея; given_names=АЙДАР; iin=900101300017; issue_date=27.03.2026; issuing_authority=ДП г. Алматы; patronymic=СЕРІКҰЛЫ; permit_number=18-68730; surname=АХМЕТОВ",
    );
}

#[test]
fn pieces_of_labels_on_a_sheet_are_no_values() {
    check(
        "
РЕШЕНИЕ О ВЫЕЗДЕ НА ПОСТОЯННОЕ МЕСТО ЖИТЕЛЬСТВА @ 300,100,1500,36
Номер решения @ 300,200,400,36
№6 584864532 @ 1100,200,400,36
Орган, принявший решениппе @ 300,260,600,36
Тегі Фам @ 300,320,200,36
АХМЕТОВ @ 1100,320,250,36
Страна постоянного @ 300,380,400,36
жительства @ 720,380,250,36
Канада @ 1100,380,200,36
",
        &[],
        &[],
        "ExitPermit: destination_country=Канада; permit_number=584864532; surname=АХМЕТОВ",
    );
}

#[test]
fn a_page_of_other_text_is_unknown_and_a_stray_word_is_nothing() {
    check(
        "СЧЕТ НА ОПЛАТУ ЗА ОКТЯБРЬ @ 100,100,900,36\nИтого: 5000 тенге @ 100,160,600,36",
        &[],
        &[],
        "Unknown:",
    );
    check("стр. 1 @ 100,100,200,36", &[], &[], "");
}

#[test]
fn a_form_in_small_letters_is_no_card_though_it_asks_for_the_same() {
    check(
        "
        Фамилия: @ 200,300,200,28
        Ахметов @ 800,300,200,28
        Имя: @ 200,400,100,28
        Айдар @ 800,400,150,28
        Отчество: @ 200,500,220,28
        Маратович @ 800,500,260,28
        ИИН: @ 200,600,110,28
        900101300017 @ 800,600,300,28
        ",
        &[],
        &[],
        "Unknown:",
    );
}
