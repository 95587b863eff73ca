//! Pages on which labels are lost, or the ground is taken for print.

use super::{FRONT, FoundMrz, check, zone};

#[test]
fn a_card_whose_label_is_lost_tells_the_value_by_its_place() {
    for label in ["ТЕГІ/ФАМИЛИЯ", "АТЫ/ИМЯ", "ӘКЕСІНІҢ АТЫ/ОТЧЕСТВО"]
    {
        let worn = FRONT
            .lines()
            .filter(|line| !line.starts_with(label))
            .collect::<Vec<_>>();
        check(
            &worn.join("\n"),
            &[],
            &[],
            "IdCardFront: birth_date=01.01.1990; document_number=012345678; given_names=АЙДАР; iin=900101300017; patronymic=СЕРІКҰЛЫ; sex=ЕР; surname=АХМЕТОВ",
        );
    }
}

#[test]
fn two_values_for_one_place_are_nobodys() {
    let worn = FRONT.replace("АТЫ/ИМЯ @ 400,275,130,18\n", "").replace(
        "АЙДАР @ 400,300,130,28",
        "АЙДАР @ 400,290,130,28\nЕРЛАН @ 400,325,130,28",
    );
    check(
        &worn,
        &[],
        &[],
        "IdCardFront: birth_date=01.01.1990; document_number=012345678; iin=900101300017; patronymic=СЕРІКҰЛЫ; sex=ЕР; surname=АХМЕТОВ",
    );
}

#[test]
fn specks_between_label_and_value_are_passed_over() {
    let specked = FRONT.replace(
        "АХМЕТОВ @ 400,225,180,28",
        "/ @ 610,215,8,20\nҚҮ @ 560,214,20,12\nХ АХМЕТОВ @ 355,225,225,28",
    );
    check(
        &specked,
        &[],
        &[],
        "IdCardFront: birth_date=01.01.1990; document_number=012345678; given_names=АЙДАР; iin=900101300017; patronymic=СЕРІКҰЛЫ; sex=ЕР; surname=АХМЕТОВ",
    );
}

#[test]
fn a_label_a_little_outside_its_zones_frame_belongs_to_it() {
    let back = "
ТУҒАН ЖЕРІ/МЕСТО РОЖДЕНИЯ @ 100,100,400,18
АЛМАТЫ @ 100,125,180,28
ҰЛТЫ/НАЦИОНАЛЬНОСТЬ @ 100,175,320,18
ҚАЗАҚ @ 100,200,120,28
";
    let lines = [
        "IDKAZ0123456784900101300017<<<",
        "9001011M3306149KAZ<<<<<<<<<<<0",
        "AKHMETOV<<AIDAR<<<<<<<<<<<<<<<",
    ];
    for (top, expected) in [
        (200.0, "IdCardBack: birth_place=АЛМАТЫ; nationality=ҚАЗАҚ"),
        (60.0, "IdCardBack: birth_place=АЛМАТЫ; nationality=ҚАЗАҚ"),
    ] {
        let zones = [zone(&lines, [60.0, top, 1010.0, 640.0])];
        check(back, &zones, &[], expected);
    }
}

#[test]
fn a_passport_without_legible_labels_is_told_by_its_zone() {
    let page = "
ҚАСЫМОВ / KASSYMOV @ 500,122,360,28
ҰЛАН / ULAN @ 500,192,200,28
ҚАЗАҚСТАН / KAZAKHSTAN @ 500,262,420,28
ТАЛДЫҚОРҒАН / TALDYKORGAN 25.08.2018 @ 500,332,720,28
02.01.1961 @ 500,402,200,28
24.08.2028 @ 500,472,200,28
ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ @ 500,542,500,28
";
    let zones = [zone(
        &[
            "P<KAZKASSYMOV<<ULAN<<<<<<<<<<<<<<<<<<<<<<<<<",
            "N822612406KAZ6101024M2808244610102337625<<60",
        ],
        [60.0, 60.0, 1240.0, 880.0],
    )];
    check(
        page,
        &zones,
        &[],
        "Passport: birth_place=ТАЛДЫҚОРҒАН / TALDYKORGAN; citizenship=ҚАЗАҚСТАН / KAZAKHSTAN; given_names=ҰЛАН; given_names_latin=ULAN; issue_date=25.08.2018; issuing_authority=ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ; surname=ҚАСЫМОВ; surname_latin=KASSYMOV",
    );
}

const PASSPORT: &str = "
ҚАСЫМОВ / KASSYMOV @ 500,122,360,28
ҰЛАН / ULAN @ 500,192,200,28
ҚАЗАҚСТАН / KAZAKHSTAN Е / М @ 500,262,600,28
02.01.1961 @ 500,332,200,28
610102337625 @ 960,332,270,28
ТАЛДЫҚОРҒАН @ 500,402,250,28
25.08.2018 @ 960,402,200,28
24.08.2028 @ 500,472,200,28
ГСК 7 @ 500,542,120,28
";

fn passport_zone() -> FoundMrz {
    zone(
        &[
            "P<KAZKASSYMOV<<ULAN<<<<<<<<<<<<<<<<<<<<<<<<<",
            "N822612406KAZ6101024M2808244610102337625<<60",
        ],
        [60.0, 60.0, 1240.0, 880.0],
    )
}

#[test]
fn a_passports_column_tells_the_place_of_birth_and_an_unknown_authority() {
    let names = "given_names=ҰЛАН; given_names_latin=ULAN; iin=610102337625; issue_date=25.08.2018";
    let surname = "surname=ҚАСЫМОВ; surname_latin=KASSYMOV";
    check(
        PASSPORT,
        &[passport_zone()],
        &[],
        &format!(
            "Passport: birth_place=ТАЛДЫҚОРҒАН; citizenship=ҚАЗАҚСТАН / KAZAKHSTAN; {names}; issuing_authority=ГСК 7; {surname}"
        ),
    );
    // Of the two that are missing only one is there: nobody can say which.
    let worn = PASSPORT.replace("24.08.2028 @ 500,472,200,28\nГСК 7 @ 500,542,120,28\n", "");
    check(
        &worn,
        &[passport_zone()],
        &[],
        &format!("Passport: citizenship=ҚАЗАҚСТАН / KAZAKHSTAN; {names}; {surname}"),
    );
}

#[test]
fn a_countrys_longer_name_stays_whole() {
    for (printed, read) in [
        ("ҚАЗАҚСТАН РЕСПУБЛИКАСЫ", "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ"),
        ("ҚАЗАҚСТАН Е / М", "ҚАЗАҚСТАН"),
    ] {
        let page = format!(
            "АЗАМАТТЫҒЫ / NATIONALITY @ 500,238,300,18\n{printed} @ 500,262,420,28\nТУҒАН КҮНІ / DATE OF BIRTH @ 500,310,300,18\n02.01.1961 @ 500,332,200,28"
        );
        let expected = format!("Passport: birth_date=02.01.1961; citizenship={read}");
        check(&page, &[passport_zone()], &[], &expected);
    }
}

#[test]
fn a_date_close_behind_a_place_is_the_next_columns() {
    let labelled = PASSPORT.replace(
        "ТАЛДЫҚОРҒАН @ 500,402,250,28\n25.08.2018 @ 960,402,200,28",
        "PLACE OF BIRTH @ 500,378,200,18\nТАЛДЫҚОРҒАН / TALDYKORGAN 25.08.2018 @ 500,402,720,28",
    );
    check(
        &labelled,
        &[passport_zone()],
        &[],
        "Passport: birth_place=ТАЛДЫҚОРҒАН / TALDYKORGAN; citizenship=ҚАЗАҚСТАН / KAZAKHSTAN; given_names=ҰЛАН; given_names_latin=ULAN; iin=610102337625; issue_date=25.08.2018; issuing_authority=ГСК 7; surname=ҚАСЫМОВ; surname_latin=KASSYMOV",
    );
}

#[test]
fn a_name_that_the_zone_spells_is_no_other_name_whatever_label_is_left() {
    let worn = "
NAME @ 500,98,90,18
ҚАСЫМОВ @ 500,122,180,28
KASSYMOV @ 500,155,180,28
ҰЛАН / ULAN @ 500,222,200,28
PLACE OF BIRTH @ 500,300,200,18
БЕР @ 760,300,30,18
СЕМЕЙ @ 500,322,130,28
";
    check(
        worn,
        &[passport_zone()],
        &[],
        "Passport: birth_place=СЕМЕЙ; given_names=ҰЛАН; given_names_latin=ULAN; surname=ҚАСЫМОВ; surname_latin=KASSYMOV",
    );
}
